"""What somebody leaves behind in a year of work: run in an installation, as ``python life.py EMAIL NAME``."""

from __future__ import annotations

import io
import logging
import sys
from typing import TYPE_CHECKING

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from ewm.capture.accounts.roles import Role  # noqa: E402
from ewm.capture.accounts.services import Grant, account_create  # noqa: E402
from ewm.capture.acting import Channel, acting_as  # noqa: E402
from ewm.capture.actors.entries import ActorEntry  # noqa: E402
from ewm.capture.actors.models import Actor  # noqa: E402
from ewm.capture.actors.services import actor_update, actors_create  # noqa: E402
from ewm.capture.dialogue.services import question_answer, question_ask  # noqa: E402
from ewm.capture.drafts.services import draft_save  # noqa: E402
from ewm.capture.imports.services import import_begin, import_read  # noqa: E402
from ewm.capture.lists.services import saved_view_create  # noqa: E402
from ewm.capture.projects.models import Project  # noqa: E402
from ewm.capture.timeline.services import comment_add  # noqa: E402

if TYPE_CHECKING:
    from ewm.capture.accounts.models import Account

PASSWORD = "drei zufällige Wörter"  # noqa: S105
EMAIL, NAME = sys.argv[1:3]


def live() -> None:
    """Leave name and address wherever the software takes a text."""
    account_create(email="bleibt@beispiel.invalid", name="Bleibt Da", grants=[Grant(Role.ADMINISTRATOR)])
    account = account_create(email=EMAIL, name=NAME, grants=[Grant(Role.CLUSTER_MANAGER, "metall")], password=PASSWORD)
    project = Project.objects.filter(cluster_id="metall").first()
    assert project is not None
    with acting_as(account.pk, Channel.FORM):
        asked = question_ask(
            kind="projects", record_id=project.pk, cluster="metall", field="project_volume", text=f"Frag {NAME}"
        )
        question_answer(question=asked, version=asked.version, text=f"Ich, {NAME}, bestätige das.")
        comment_add(kind="project", record=project.code, text=f"Rückruf {EMAIL}")
        made = ActorEntry(code="Z-1", name="Werk", actor_type="company", country="DE", example=True)
        actors_create(entries=[made])
        renamed = ActorEntry(code="Z-1", name="Werk Zwei", actor_type="company", country="DE", example=True)
        actor_update(entry=renamed, version=Actor.objects.get(code="Z-1").version, reason=f"laut {NAME}")
        draft_save(account=account, kind="projects", key="n-1", cluster="metall", data={"title": [f"Idee von {NAME}"]})
        saved_view_create(account=account, kind="projects", name=f"Von {NAME}"[:60], query="?status=running")
        upload(account.pk, f"Liste_{NAME.replace(' ', '_')}.csv")
    upload(None, f"Beim Amt von {NAME}.csv")
    sign_in(account)
    cache.set(f"wrong:{EMAIL}", NAME)
    try:
        int(f"{NAME} <{EMAIL}>")
    except ValueError:
        logging.getLogger("ewm.web").exception("fault")


def upload(account: int | None, name: str) -> None:
    """Begin an import of a file that names the person."""
    content = f"Titel;Ansprechpartner\nVorhaben;{NAME}\nZweites;{EMAIL}\n".encode()
    begun = import_begin(file=io.BytesIO(content), name=name, cluster="metall", account=account)
    import_read(imported=begun.pk)


def sign_in(account: Account) -> None:
    """Sign in, wrongly and rightly, and look for oneself."""
    client = Client(SERVER_NAME="localhost")
    client.post("/anmeldung/", {"login": EMAIL, "password": NAME})
    client.force_login(account)
    client.get("/projekte/", {"suche": NAME})
    client.get(f"/{EMAIL}/")
    client.post("/konto/", {"name": NAME, "language": "xx"})


call_command("prepare", stdout=io.StringIO())
live()
