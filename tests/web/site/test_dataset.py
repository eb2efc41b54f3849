"""The page that gives all records out: to each role what it may read, no more, and never an account."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Role
from ewm.capture.acting import Channel, acting_as
from ewm.capture.dataset import Form
from ewm.capture.editorial.entries import NoteEntry
from ewm.capture.editorial.services import notes_create
from ewm.capture.projects.entries import Support
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from ewm.web.dataset import views
from tests.web.site.conftest import FOREIGN, OWN, START, project

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.web.site.conftest import World

WHOLE = ["P-1", "P-2", "P-3"]


@pytest.fixture(autouse=True)
def _records(world: World) -> None:  # noqa: ARG001
    """Besides the world a foreign project that the own cluster supports, and a note on each cluster."""
    from dataclasses import replace  # noqa: PLC0415

    support = (Support(cluster=OWN, supporting_from=START),)
    projects_create(entries=[replace(project("P-3", FOREIGN), supporting_clusters=support)])
    notes_create(
        entries=[
            NoteEntry(cluster=cluster, reporting_year=2020, topic="Lage", body="Vertraulich", held_on=date(2021, 2, 1))
            for cluster in (OWN, FOREIGN)
        ]
    )


def get(client: Client, query: str = "?format=datapackage") -> Any:
    return client.get(reverse("dataset_file") + query)


def tables(client: Client, query: str = "?format=datapackage") -> dict[str, list[dict[str, str]]]:
    answer = get(client, query)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        return {
            name[5:-4]: list(csv.DictReader(io.StringIO(packed.read(name).decode(), newline="")))
            for name in packed.namelist()
            if name.startswith("data/")
        }


def codes(client: Client, query: str = "?format=datapackage") -> list[str]:
    return [row["code"] for row in tables(client, query)["projects"]]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Role.CLUSTER_MANAGER, ["P-1", "P-3"]),
        (Role.CLUSTER_VIEWER, ["P-1", "P-3"]),
        ("foreign_manager", ["P-2", "P-3"]),
        (Role.EVALUATOR, WHOLE),
        (Role.MINISTRY, WHOLE),
    ],
)
def test_each_role_takes_along_what_it_reads(who: str, expected: list[str], client_of: Callable[[str], Client]) -> None:
    client = client_of(who)
    found = tables(client)
    assert [row["code"] for row in found["projects"]] == expected
    assert "interview_notes" not in found
    asked = tables(client, "?format=datapackage&notizen=ja")
    assert ("interview_notes" in asked) is (who == Role.EVALUATOR), "notes are those of whoever asks questions"
    page = client.get(reverse("dataset")).content.decode()
    assert ("mit Interviewnotizen" in page) is (who == Role.EVALUATOR)
    assert 'href="/daten/"' in page


@pytest.mark.parametrize("who", ["anonymous", Role.ADMINISTRATOR])
def test_who_reads_no_record_gets_none(who: str, client_of: Callable[[str], Client]) -> None:
    client = client_of(who)
    assert get(client).status_code == (302 if who == "anonymous" else 403)
    if who == Role.ADMINISTRATOR:
        assert 'href="/daten/"' not in client.get(reverse("start")).content.decode()


def test_a_foreign_cluster_is_not_there_and_an_own_one_can_be_chosen(client_of: Callable[[str], Client]) -> None:
    manager, evaluator = client_of(Role.CLUSTER_MANAGER), client_of(Role.EVALUATOR)
    assert get(manager, f"?format=csv&bereich={FOREIGN}").status_code == 404
    assert get(manager, f"?format=csv&bereich={OWN}&bereich={FOREIGN}").status_code == 404
    assert codes(evaluator, f"?format=datapackage&bereich={FOREIGN}") == ["P-2", "P-3"]
    notes = tables(evaluator, f"?format=datapackage&bereich={FOREIGN}&notizen=ja")["interview_notes"]
    assert [note["cluster"] for note in notes] == [FOREIGN]
    assert get(evaluator, "?format=exe").status_code == 404
    assert get(evaluator, "").status_code == 404


@pytest.mark.parametrize("form", list(Form))
def test_every_format_comes_whole_under_a_name_with_its_day(form: Form, client_of: Callable[[str], Client]) -> None:
    answer = get(client_of(Role.EVALUATOR), f"?format={form}")
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer["Content-Length"])
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    ending = form if form in {Form.XLSX, Form.ODS} else "zip"
    assert f'filename="ewm-{date.today().year}-' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize("form", list(Form))
def test_no_account_is_in_it(form: Form, client_of: Callable[[str], Client]) -> None:
    client = client_of(Role.EVALUATOR)
    account = Account.objects.get(email="evaluator@beispiel.invalid")
    Account.objects.filter(pk=account.pk).update(name="Zoe Merkmal")
    with acting_as(account.pk, Channel.FORM):
        projects_create(entries=[project("P-4")])
    content = b"".join(get(client, f"?format={form}&notizen=ja").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        text = b"".join(map(packed.read, packed.namelist())).decode("utf-8", "replace")
    assert "P-4" in text
    assert [word for word in ("Zoe", "Merkmal", "beispiel.invalid", "evaluator@") if word in text] == []


def test_one_at_a_time_the_others_are_told_to_wait(client_of: Callable[[str], Client]) -> None:
    client = client_of(Role.CLUSTER_MANAGER)
    with views._ONE_AT_A_TIME:
        answer = get(client)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Gerade wird schon eine Datei geschrieben" in answer.content.decode()
    assert codes(client) == ["P-1", "P-3"], "afterwards it goes on"


def test_what_a_format_cannot_hold_is_said_and_the_next_one_can_come(
    client_of: Callable[[str], Client], monkeypatch: Any
) -> None:
    client = client_of(Role.EVALUATOR)
    with monkeypatch.context() as small:
        small.setattr("ewm.capture.lists.export.xlsx.MOST_ROWS", 2)
        answer = get(client, "?format=xlsx")
    assert answer.status_code == 422
    assert "so viele fasst XLSX nicht" in answer.content.decode()
    again = get(client, "?format=xlsx")
    assert again.status_code == 200
    again.close()


def test_withdrawn_records_are_marked(client_of: Callable[[str], Client]) -> None:
    Project.objects.filter(code="P-1").update(withdrawn=True)
    found = tables(client_of(Role.EVALUATOR))["projects"]
    assert {row["code"]: row["withdrawn"] for row in found} == {"P-1": "true", "P-2": "false", "P-3": "false"}
