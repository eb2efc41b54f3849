"""The history page: every change with who, when, how and why; former versions come back; comments; withdrawing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.accounts.models import Account
from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.services import actor_update
from ewm.capture.entries import Assignment, Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT, Funding, ProjectEntry, StatusEvent
from ewm.capture.projects.services import project_update
from ewm.capture.shapes import same
from ewm.capture.timeline.history import latest
from ewm.capture.timeline.kinds import PROJECTS
from ewm.capture.timeline.models import Comment
from ewm.capture.timeline.services import comment_add
from ewm.capture.timeline.versions import entry_at, read_steps
from ewm.web.focus import programme as served
from tests.web.site.conftest import START, project

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World

URL = "/projekte/P-1/verlauf/"
SECOND = replace(
    project("P-1"),
    title="Neuer Titel",
    description="Eine Modellfabrik für kleine Betriebe in der Lausitz und anderswo",
    project_volume=760_000_00,
    funding=(Funding(granting_body="federal", funds_origin="federal", amount=100_00),),
    status_events=(*project("P-1").status_events, StatusEvent(status_from=date(2020, 11, 12), status="approved")),
    participations=(Participation(actor="A-2", role="partner"),),
)
THIRD = replace(SECOND, description="Eine Modellfabrik für kleine und mittlere Betriebe in der Lausitz und anderswo")


def change(entry: ProjectEntry, version: int, who: int | None, channel: Channel, reason: str = "") -> None:
    with acting_as(who, channel):
        project_update(entry=entry, version=version, reason=reason or "Änderung")


@pytest.fixture
def told(world: World) -> int:  # noqa: ARG001
    """A project with three versions: by a command, a person's form, an import of an account that is gone."""
    tom = Account.objects.create(email="tom@beispiel.invalid", name="Konto Zwei")
    change(SECOND, 1, tom.pk, Channel.FORM, "Bescheid vom 12.11.2020")
    change(THIRD, 2, 4711, Channel.IMPORT)
    return tom.pk


def text_of(answer: Any) -> str:
    marked = re.sub(r"<(ins|del)>(.*?)</\1>", r"[\1 \2]", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", marked))


def stored() -> Any:
    return read_entries(PROJECT)[("P-1",)]


@pytest.mark.usefixtures("told")
def test_each_change_stands_with_who_when_how_and_why_in_words(manager: Client) -> None:
    page = text_of(manager.get(URL))
    assert "Konto Zwei Formular" in page
    assert "Konto gelöscht Import" in page
    assert "Befehlszeile angelegt" in page
    assert "Befehlszeile Befehlszeile" not in page
    assert "Titel: [del Vorhaben P-1] [ins Neuer Titel]" in page
    assert "Projektvolumen: [ins 760.000 Euro]" in page
    assert "Akteur: [del Walzwerk Nord GmbH, Antragsteller] entfernt" in page or "[del Walzwerk Nord GmbH" in page
    assert "Akteur: [ins Linsenwerk Süd GmbH, Partner] hinzugefügt" in page
    assert "Status: [ins bewilligt ab 12.11.2020] hinzugefügt" in page
    assert "Grund: Bescheid vom 12.11.2020" in page
    assert "… für kleine [ins und mittlere] Betriebe" in page or "für kleine [ins und mittlere] Betriebe" in page
    assert "Grund: Änderung" not in page
    assert page.index("Konto gelöscht") < page.index("Konto Zwei") < page.index("angelegt")


@pytest.mark.usefixtures("told")
def test_one_field_can_be_followed(manager: Client) -> None:
    page = text_of(manager.get(URL, {"feld": "description"}))
    assert "Konto gelöscht" in page
    assert "angelegt" not in page
    title = text_of(manager.get(URL, {"feld": "title"}))
    assert "Konto gelöscht" not in title
    assert text_of(manager.get(URL, {"feld": "unfug"})).count("Fassung 1 ansehen") == 1


@pytest.mark.usefixtures("told")
def test_a_former_version_comes_back_with_all_its_parts(manager: Client) -> None:
    page = text_of(manager.get(f"{URL}1/"))
    assert "Titel [del Neuer Titel] [ins Vorhaben P-1]" in page
    assert "gespeichert von Befehlszeile" in page
    answer = manager.post(f"{URL}1/wiederherstellen/", {"seen": "3", "reason": "versehentlich geändert"})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert same(PROJECT, stored().entry, project("P-1"))
    last = PROJECT.model.history.filter(code="P-1").first()
    assert last.history_change_reason == "Fassung 1 wiederhergestellt: versehentlich geändert"
    manager.post(f"{URL}3/wiederherstellen/", {"seen": "4", "reason": "doch richtig"})
    assert same(PROJECT, stored().entry, THIRD)


@pytest.mark.usefixtures("told")
def test_restoring_needs_a_reason_and_the_version_that_was_seen(manager: Client) -> None:
    url = f"{URL}1/wiederherstellen/"
    assert "Grund:" in text_of(manager.post(url, {"seen": "3", "reason": " "}))
    page = manager.post(url, {"seen": "2", "reason": "zu spät"}).content.decode()
    assert "Inzwischen hat jemand gespeichert." in page
    assert 'name="seen" value="3"' in page
    assert 'value="zu spät"' in page
    assert stored().version == 3
    assert manager.get(f"{URL}9/").status_code == 404


@pytest.mark.usefixtures("told")
def test_what_a_rule_forbids_today_is_not_restored(manager: Client) -> None:
    change(replace(THIRD, title="Vierte"), 3, None, Channel.COMMAND)
    PROJECT.model.history.filter(code="P-1", version=1).update(support_start=date(2022, 1, 1))
    page = text_of(manager.post(f"{URL}1/wiederherstellen/", {"seen": "4", "reason": "versuchsweise"}))
    assert "Der Status beginnt, bevor die Begleitung beginnt" in page
    assert stored().version == 4


@pytest.mark.usefixtures("told")
def test_the_present_version_offers_nothing_to_restore(manager: Client) -> None:
    page = text_of(manager.get(f"{URL}3/"))
    assert "Das ist der jetzige Stand." in page
    assert "Diesen Stand wiederherstellen" not in page


@pytest.mark.usefixtures("told")
def test_who_only_reads_restores_nothing(client_of: Any) -> None:
    viewer = client_of("cluster_viewer")
    assert "Diesen Stand wiederherstellen" not in text_of(viewer.get(f"{URL}1/"))
    assert viewer.post(f"{URL}1/wiederherstellen/", {"seen": "3", "reason": "x"}).status_code == 403


@pytest.mark.usefixtures("told")
def test_every_version_is_replayed_from_history() -> None:
    pk = stored().id
    for number, entry in enumerate((project("P-1"), SECOND, THIRD), 1):
        then = entry_at(PROJECT, pk, number)
        assert then is not None
        assert same(PROJECT, then, entry)
    assert entry_at(PROJECT, pk, 4) is None
    assert [step.version for step in read_steps(PROJECT, pk)] == [1, 2, 3]


@pytest.mark.usefixtures("told")
def test_the_record_s_page_gets_the_last_changes() -> None:
    lines, count = latest(PROJECTS, PROJECT.model.objects.get(code="P-1"), limit=2)
    assert count == 3
    assert (lines[0]["who"], lines[0]["text"], lines[0]["after"]) == (
        "Konto gelöscht",
        "Kurzbeschreibung",
        "und mittlere",
    )
    assert lines[1]["text"].startswith("Titel (+")


def test_actors_have_a_history_too(manager: Client, world: World) -> None:
    before = read_entries(ACTOR)[(world.actor,)]
    with acting_as(None, Channel.API):
        actor_update(entry=replace(before.entry, name="Walzwerk Nord AG"), version=before.version)
    page = text_of(manager.get("/akteure/A-1/verlauf/"))
    assert "Name: [del Walzwerk Nord GmbH] [ins Walzwerk Nord AG]" in page
    assert "ohne Konto Schnittstelle" in page
    url = f"/akteure/A-1/verlauf/{before.version}/wiederherstellen/"
    manager.post(url, {"seen": str(before.version + 1), "reason": "nicht umgewandelt"})
    assert read_entries(ACTOR)[(world.actor,)].entry.name == "Walzwerk Nord GmbH"


@pytest.mark.usefixtures("world")
def test_a_main_assignment_is_said_by_its_word(manager: Client) -> None:
    term = next(each for each in served().leaves("guideline") if served().in_force(each, START, None))
    entry = replace(project("P-1"), assignments=(Assignment(term=term.term_id, is_main=True),))
    change(entry, 1, None, Channel.FORM)
    assert f"Zuordnung: [ins {term.label_de}, Hauptzuordnung] hinzugefügt" in text_of(manager.get(URL))


@pytest.mark.usefixtures("world")
def test_comments_stand_in_the_history_and_belong_to_their_author(manager: Client, client_of: Any) -> None:
    assert manager.post(URL, {"text": "Bitte <b>prüfen</b>.\n\nDanke"}).status_code == 302
    page = manager.get(URL).content.decode()
    assert "<p>Bitte &lt;b&gt;prüfen&lt;/b&gt;.</p>" in page
    said = Comment.objects.get()
    url = f"/projekte/P-1/kommentare/{said.pk}/"
    assert f'href="{url}"' in page
    assert manager.post(url, {"text": "Erledigt."}).status_code == 302
    assert "Erledigt." in text_of(manager.get(URL))
    evaluator = client_of("evaluator")
    assert "Kommentar ändern" not in text_of(evaluator.get(URL))
    assert evaluator.post(url, {"text": "fremd"}).status_code == 403
    assert evaluator.post(f"{url}zurueckziehen/").status_code == 403
    assert manager.post(f"{url}zurueckziehen/").status_code == 302
    page = text_of(manager.get(URL))
    assert "hat einen Kommentar zurückgezogen" in page
    assert "Erledigt." not in page
    assert [row.text for row in Comment.history.order_by("history_id")] == [
        "Bitte <b>prüfen</b>.\n\nDanke",
        *["Erledigt."] * 2,
    ]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("seconds", "saved"), [(14 * 60 + 50, True), (15 * 60 + 1, False)])
def test_a_comment_is_changed_for_a_quarter_of_an_hour(manager: Client, seconds: int, saved: bool) -> None:  # noqa: FBT001
    with acting_as(int(manager.session["_auth_user_id"]), Channel.FORM):
        said = comment_add(kind="project", record="P-1", text="alt")
    Comment.objects.filter(pk=said.pk).update(moment=timezone.now() - timedelta(seconds=seconds))
    answer = manager.post(f"/projekte/P-1/kommentare/{said.pk}/", {"text": "neu"})
    assert (answer.status_code == 302) is saved
    assert Comment.objects.get().text == ("neu" if saved else "alt")
    if not saved:
        assert "Ein Kommentar lässt sich 15 Minuten lang ändern" in text_of(answer)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_comment_says_something_and_not_too_much(manager: Client, text: str) -> None:
    answer = manager.post(URL, {"text": text})
    assert answer.status_code == 200
    assert not Comment.objects.exists()


@pytest.mark.usefixtures("world")
def test_a_withdrawn_record_is_told_and_can_be_taken_back(manager: Client, client_of: Any) -> None:
    url = "/projekte/P-1/zurueckziehen/"
    assert "Der Eintrag verschwindet aus Listen" in text_of(manager.get(url))
    assert manager.post(url, {"seen": "1", "reason": ""}).status_code == 200
    assert manager.post(url, {"seen": "1", "reason": "doppelt erfasst"}).status_code == 302
    page = text_of(manager.get(URL))
    assert "Zurückgezogen am" in page
    assert "Grund: doppelt erfasst" in page
    assert "P-1" not in text_of(manager.get("/projekte/"))
    assert "Vorhaben P-1" in text_of(manager.get("/zurueckgezogen/"))
    assert "Vorhaben P-1" not in text_of(client_of("foreign_manager").get("/zurueckgezogen/"))
    assert manager.post(f"{URL}1/wiederherstellen/", {"seen": "2", "reason": "x"}).status_code == 200
    answer = manager.post(url, {"seen": "2", "reason": "doch einmalig"})
    assert answer.status_code == 302
    assert "Vorhaben P-1" in text_of(manager.get("/projekte/?cluster=metall&jahr=2020"))
    assert "zurückgeholt" in text_of(manager.get(URL))


@pytest.mark.usefixtures("world")
def test_a_page_of_twenty_five_events_asks_few_questions(manager: Client, django_assert_max_num_queries: Any) -> None:
    for version in range(1, 40):
        change(replace(project("P-1"), title=f"Titel {version}"), version, None, Channel.FORM)
    with django_assert_max_num_queries(30):
        page = text_of(manager.get(URL, {"seite": 2}))
    assert "26 bis 40 von 40" in page
