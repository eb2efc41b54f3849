"""Pages of records ask the database a fixed number of times, and stay readable however much a record holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.entries import ACTOR, FormerName, FormerParent, Identifier, Membership, Size
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update
from ewm.capture.dialogue.services import question_ask
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.services import projects_create
from ewm.capture.timeline.kinds import KINDS
from ewm.capture.timeline.labels import FIELDS
from ewm.capture.timeline.rows import read_writings
from tests.web.site.conftest import FOREIGN, OWN, project
from tests.web.site.test_actors import fields_of

if TYPE_CHECKING:
    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world")

MOST = {"actors": 20, "projects": 22, "activities": 14}
PAGES = {"actors": "A-1", "projects": "P-1", "activities": "S-1"}
NAMES = [f"Walzwerk {number:02}" for number in range(60)]


def counted(client: Client, kind: str) -> int:
    with CaptureQueriesContext(connection) as statements:
        assert client.get(reverse(f"{kind}:page", kwargs={"code": PAGES[kind]})).status_code == 200
    return len(statements)


def fill(account: Account, number: int) -> None:
    """Give the actor of the world everything that an actor may have: sixty names, and so many projects."""
    both = [Participation(actor="A-1", role="partner"), Participation(actor="A-2", role="lead")]
    made = [project(f"V-{at:03}", FOREIGN if at % 10 == 0 else OWN) for at in range(number)]
    projects_create(entries=[replace(each, participations=tuple(both)) for each in made])
    stored = read_entries(ACTOR)[("A-1",)]
    day = date(2001, 1, 1)
    entry = replace(
        stored.entry,
        parent="A-2",
        former_names=tuple(FormerName(name=name, name_to=day.replace(month=1 + at % 12, year=1960 + at))
                           for at, name in enumerate(NAMES)),
        former_parents=(FormerParent(parent=None, parent_to=day),),
        sizes=(Size(size_class="micro", size_from=day), Size(size_class="small", size_from=date(2015, 1, 1))),
        clusters=(Membership(cluster=OWN, member_from=day), Membership(cluster=FOREIGN, member_from=day)),
        identifiers=(Identifier(scheme="vat", identifier="DE136695976"),),
    )  # fmt: skip
    with acting_as(account.pk, Channel.FORM):
        actor_update(entry=entry, version=stored.version, reason="alles auf einmal")
        question_ask(kind="actors", record_id=stored.id, cluster=OWN, field="name", text="Stimmt der Name?")


def test_every_part_of_a_record_has_a_name_on_pages() -> None:
    parts = {part.name for kind in KINDS.values() for part in kind.shape.parts}
    assert parts - FIELDS.keys() == set()


@pytest.mark.parametrize("kind", MOST)
def test_a_page_asks_a_few_times(manager: Client, kind: str) -> None:
    assert counted(manager, kind) <= MOST[kind]


def test_an_actor_with_everything_asks_no_oftener_than_the_limit(manager: Client, account: Account) -> None:
    fill(account, 30)
    manager.post("/akteure/entwurf/", {"record": "A-1", "name": "Angefangen"})
    assert counted(manager, "actors") <= MOST["actors"]
    few = counted(manager, "actors")
    projects_create(entries=[project(f"W-{at}") for at in range(30)])
    assert counted(manager, "actors") == few


def test_an_actor_with_three_hundred_projects_and_sixty_names_is_readable(manager: Client, account: Account) -> None:
    fill(account, 300)
    text = manager.get("/akteure/A-1/").content.decode()
    assert "271 Projekte" in text  # of 300, thirty belong to another cluster; one more is there from the start
    shown = re.findall(r'href="/projekte/(V-\d+)/"', text)
    assert shown[:2] == ["V-299", "V-298"]
    assert len(shown) == 25
    assert "V-290" not in shown
    assert "1 bis 25 von 271" in text
    assert 'href="/projekte/?umfang=alle&amp;akteur=A-1"' in text
    assert "271 Projekte" in manager.get("/projekte/?umfang=alle&akteur=A-1").content.decode()
    last = manager.get("/akteure/A-1/", {"seite": "99"}).content.decode()
    assert "251 bis 271 von 271" in last
    assert "Vorhaben P-1" in last
    before, _, behind = text.partition("<summary>56 weitere</summary>")
    assert (before.count("vorher „"), behind.count("vorher „")) == (4, 56)
    assert "vorher „Walzwerk 59“" in before
    assert "vorher „Walzwerk 00“" in behind.partition("</details>")[0]
    form = manager.get("/akteure/A-1/bearbeiten/").content.decode()
    folded, _, last_ones = form.partition("<summary>57 frühere</summary>")[2].partition("</details>")
    assert [each.count('name="former_names-') for each in (folded, last_ones)] == [2 * 57, 2 * (3 + 1)]
    wrong = manager.post("/akteure/A-1/bearbeiten/", {**fields_of(manager, "A-1"), "former_names-0-name_to": "32.1."})
    assert "<details open><summary>57 frühere</summary>" in wrong.content.decode()
    preview = manager.get("/akteure/A-2/zusammenfuehren/A-1/").content.decode()
    assert len(re.findall(r'href="/projekte/V-', preview)) == 20
    assert '<a href="/akteure/A-1/">251 weitere</a>' in preview
    listed = manager.get("/projekte/", {"ansicht": "alle", "umfang": "alle", "suche": "Walzwerk Nord GmbH"})
    assert listed.context["list"].page.paginator.count == 271


def test_one_statement_gives_the_rows_of_every_table_of_history(account: Account) -> None:
    fill(account, 0)
    pk = Actor.objects.get(code="A-1").pk
    with CaptureQueriesContext(connection) as statements:
        found = sorted(read_writings(ACTOR, pk), key=lambda each: each.order)
    assert len(statements) == 1
    tables = [(None, ACTOR.model, "id"), *((part, part.model, f"{part.owner}_id") for part in ACTOR.parts)]
    rows = [(part, values) for part, model, owner in tables for values in model.history.filter(**{owner: pk}).values()]
    rows.sort(key=lambda each: (each[1]["history_date"], each[0] is not None, each[1]["history_id"]))
    assert len(rows) > 60
    assert [(each.part, dict(each.values)) for each in found] == rows
