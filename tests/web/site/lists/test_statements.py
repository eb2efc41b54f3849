"""A page of a list asks the database a fixed number of times, however many records there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.lists_records import fill
from ewm.capture.accounts.roles import Role
from ewm.capture.drafts.services import draft_save
from ewm.capture.lists.services import saved_view_create
from tests.web.site.conftest import FOREIGN, OWN, activity

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ewm.capture.accounts.models import Account
    from ewm.programme import Programme

MOST = 12
QUERIES = (
    "",
    "jahr=2019",
    "ansicht=alle&anzahl=50",
    "umfang=alle&seite=2",
    "umfang=alle&suche=GmbH&sortierung=-titel",
    "umfang=alle&status=running&feld=x&bewilligt_von=federal&fue=ja&volumen_ab=1&zustand=unvollstaendig",
    "umfang=alle&zaehlen=feld",
    "umfang=alle&zaehlen=mehr",
    "umfang=alle&akteur=A-000001",
    "suche=nichtszufinden&status=running&beginn=2019",
    "ansicht=alle&sortierung=-akteure&spalten=kennung&spalten=cluster&spalten=foerderstand&spalten=vollstaendig",
)


def counted(client: Client, query: str, name: str = "projects:list") -> int:
    with CaptureQueriesContext(connection) as statements:
        assert client.get(f"{reverse(name)}?{query}").status_code == 200
    return len(statements)


@pytest.mark.parametrize("role", [Role.CLUSTER_MANAGER, Role.EVALUATOR])
def test_a_page_asks_at_most_twelve_times_whatever_there_is(
    role: Role,
    client_of: Callable[[str], Client],
    programme: Programme,  # noqa: ARG001
) -> None:
    client = client_of(role)
    account: Account = client.get(reverse("projects:list") + "?jahr=2019").context["reach"].account
    for number in range(3):
        saved_view_create(account=account, kind="projects", name=f"Ansicht {number}", query="status=running")
        draft_save(
            account=account,
            kind="projects",
            key=f"k{number}",
            record=None,
            cluster=OWN,
            data={"title": ["T"]},
            base_version=None,
        )
    fill(30, (OWN, FOREIGN))
    few = {query: counted(client, query) for query in QUERIES}
    fill(90, (OWN, FOREIGN), first=1000)
    many = {query: counted(client, query) for query in QUERIES}
    assert max(few.values()) <= MOST, few
    assert many == few


def test_the_list_of_activities_asks_as_seldom(manager: Client, world: object) -> None:  # noqa: ARG001
    from ewm.capture.activities.services import activities_create  # noqa: PLC0415

    few = counted(manager, "ansicht=alle", "activities:list")
    activities_create(entries=[activity(f"S-{number}") for number in range(10, 40)])
    assert counted(manager, "ansicht=alle&anzahl=50", "activities:list") == few <= MOST


def test_an_export_asks_by_five_hundred_rows(manager: Client, programme: Programme) -> None:  # noqa: ARG001
    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            answer = manager.get(reverse("projects:export", args=["csv"]) + "?ansicht=alle&alle_spalten=ja")
            assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return len(statements)

    fill(30, (OWN,))
    few = asked()
    fill(90, (OWN,), first=1000)
    assert asked() == few
