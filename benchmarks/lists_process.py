"""Pages of the list of projects, in a process of its own: ``python -m benchmarks.lists_process PROJECTS``.

Makes the records in the data folder (``EWM_DATA``) where they are missing; prints seconds and statements of every
request as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"
os.environ["EWM_HTTPS"] = "0"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.lists_records import fill  # noqa: E402
from ewm.capture.accounts.models import Account  # noqa: E402
from ewm.capture.accounts.roles import Role  # noqa: E402
from ewm.capture.accounts.services import Grant, account_create  # noqa: E402
from ewm.capture.projects.models import Project  # noqa: E402
from ewm.capture.taxonomies.models import Cluster  # noqa: E402
from ewm.capture.taxonomies.services import programme_load  # noqa: E402
from ewm.web.focus import programme  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

CLUSTERS = 5
MANAGER, EVALUATOR = "manager@bench.invalid", "evaluation@bench.invalid"


def prepare(projects: int) -> None:
    """Make database, records and two accounts where they are missing."""
    call_command("migrate", verbosity=0)
    if Project.objects.count() >= projects:
        return
    programme_load(programme=programme())
    clusters = clusters_used()
    account_create(email=MANAGER, name="Clustermanagement", grants=[Grant(Role.CLUSTER_MANAGER, clusters[0])])
    account_create(email=EVALUATOR, name="Evaluation", grants=[Grant(Role.EVALUATOR)])
    fill(projects, clusters)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def clusters_used() -> list[str]:
    """Return the clusters whose projects are made; half of the projects are in the first."""
    return list(
        Cluster.objects.exclude(kind_id="outside").order_by("position").values_list("cluster_id", flat=True)[:CLUSTERS]
    )


def requests() -> Iterator[tuple[str, str]]:
    """Yield who asks and the query string: 50 pages, filters, searches and orders."""
    for year in range(2016, 2021):
        yield MANAGER, f"jahr={year}"
        yield EVALUATOR, f"jahr={year}&beginn={year}&umfang=alle"
        yield MANAGER, f"laufend={year}&sortierung=-volumen"
    for sort in ("titel", "-titel", "status", "volumen", "-akteure", "ende", "kennung", "cluster"):
        yield EVALUATOR, f"umfang=alle&sortierung={sort}&anzahl=50"
        yield MANAGER, f"ansicht=alle&sortierung={sort}"
    for page in (1, 2, 40, 400, 2000):
        yield EVALUATOR, f"umfang=alle&seite={page}"
    for text in ("prüfstand", "GmbH", "P-0123", "Werkstoff Kälte", "nichtszufinden"):
        yield EVALUATOR, f"umfang=alle&suche={text}"
        yield MANAGER, f"suche={text}&sortierung=-beginn"
    yield EVALUATOR, "umfang=alle&status=running&bewilligt_von=federal&fue=ja&volumen_ab=1+Mio"
    yield MANAGER, "status=running&status=finished&geschaetzt=ja"
    yield EVALUATOR, "umfang=alle&foerderung=secured&anzahl=50&seite=9"
    yield MANAGER, "volumen_bis=500+Tsd&sortierung=volumen"


def actor_pages() -> Iterator[tuple[str, str]]:
    """Yield who asks, and the query string: the register of actors in every order, all of it and those taking part."""
    for view in ("ansicht=alle", "beteiligt=ja"):
        for sort in ("titel", "typ", "sitz", "-groesse", "-projekte", "aktivitaeten"):
            yield MANAGER, f"{view}&sortierung={sort}&anzahl=50"
    yield EVALUATOR, "suche=werk"
    yield EVALUATOR, "ansicht=alle&zaehlen=kreis"


def openings() -> Iterator[tuple[str, str]]:
    """Yield who opens a box of filters, and the query string: every box, of much, of some and with filters in force."""
    for box in ("status", "feld", "mehr"):
        yield EVALUATOR, f"umfang=alle&zaehlen={box}"
        yield EVALUATOR, f"umfang=alle&suche=GmbH&zaehlen={box}"
        yield EVALUATOR, f"umfang=alle&status=running&bewilligt_von=federal&zaehlen={box}"
        yield MANAGER, f"ansicht=alle&zaehlen={box}"
        yield MANAGER, f"laufend=2019&weggefallen=nein&zaehlen={box}"


def measured() -> dict[str, Any]:
    """Ask for every page; the first of each account warms up and is not counted."""
    clients = {email: Client(SERVER_NAME="localhost") for email in (MANAGER, EVALUATOR)}
    for email, client in clients.items():
        client.force_login(Account.objects.get(email=email))
        client.get(reverse("projects:list"))
        client.get(reverse("actors:list"))
    return {
        "requests": [one(clients[email], query) for email, query in requests()],
        "openings": [one(clients[email], query, {"HX-Request": "true"}) for email, query in openings()],
        "actors": [one(clients[email], query, name="actors:list") for email, query in actor_pages()],
        "exports": dict(exports(clients[EVALUATOR])),
    }


def one(
    client: Client, query: str, headers: dict[str, str] | None = None, name: str = "projects:list"
) -> dict[str, Any]:
    """Ask once for the time, once for the statements."""
    address = f"{reverse(name)}?{query}"
    begun, used = time.perf_counter(), time.process_time()
    answer = client.get(address, headers=headers)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    if answer.status_code != 200:
        sys.exit(f"{query}: {answer.status_code}")
    with CaptureQueriesContext(connection) as statements:
        client.get(address, headers=headers)
    return {"query": query, "seconds": seconds, "cpu": cpu, "statements": len(statements)}


def exports(client: Client) -> Iterator[tuple[str, float]]:
    """Yield the seconds of an export of everything by format."""
    for form in ("xlsx", "ods", "csv"):
        begun = time.perf_counter()
        answer: Any = client.get(f"{reverse('projects:export', args=[form])}?umfang=alle&alle_spalten=ja")
        size = sum(len(piece) for piece in answer.streaming_content)
        if not size:
            sys.exit(f"{form}: leer")
        yield form, time.perf_counter() - begun


if __name__ == "__main__":
    Path(os.environ["EWM_DATA"]).mkdir(parents=True, exist_ok=True)
    prepare(int(sys.argv[1]))
    print(json.dumps(measured()))
