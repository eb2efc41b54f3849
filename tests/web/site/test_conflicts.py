"""Two who save at once: the second sees both versions, decides, and nothing is lost, whoever comes third."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.models import Account
from ewm.capture.acting import Channel, acting_as
from ewm.capture.conflicts.carrying import Typed, opened, sealed
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT, ProjectEntry, StatusEvent
from ewm.capture.projects.services import project_update
from tests.web.site.conftest import FOREIGN, START, project

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World

URL = "/projekte/P-1/konflikt/"
MINE = replace(
    project("P-1"),
    title="Mein Titel",
    support_end=date(2023, 3, 31),
    participations=(*project("P-1").participations, Participation(actor="A-2", role="partner")),
    status_events=(*project("P-1").status_events, StatusEvent(status_from=date(2020, 11, 16), status="running")),
)
THEIRS = replace(
    project("P-1"),
    title="Ihr Titel",
    project_volume=760_000_00,
    status_events=(*project("P-1").status_events, StatusEvent(status_from=date(2020, 11, 12), status="approved")),
)


def save(entry: ProjectEntry, version: int, reason: str = "Bescheid vom 12.11.2020") -> None:
    other = Account.objects.get_or_create(email="tom@beispiel.invalid", defaults={"name": "Konto Zwei"})[0]
    with acting_as(other.pk, Channel.FORM):
        project_update(entry=entry, version=version, reason=reason)


def typed(client: Client, entry: ProjectEntry = MINE, *, code: str = "P-1") -> str:
    whose = f"{client.session['_auth_user_id']} project {code}"
    return sealed(PROJECT, Typed(entry, 1, "Telefonat"), whose=whose)


def stored() -> Any:
    return read_entries(PROJECT)[("P-1",)]


@pytest.fixture
def overtaken(world: World) -> None:  # noqa: ARG001
    save(THEIRS, 1)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.usefixtures("overtaken")
def test_both_versions_stand_side_by_side_in_words(manager: Client) -> None:
    answer = manager.post(URL, {"mine": typed(manager), "seen": "1"})
    page = text_of(answer)
    assert "Konto Zwei hat gespeichert, während Sie geschrieben haben" in page
    assert "4 Felder passen zusammen und sind schon vereint. Über ein Feld entscheiden Sie." in page
    assert "Titel vorher Vorhaben P-1" in page
    assert "Grund: Bescheid vom 12.11.2020" in page
    assert "Grund: Telefonat" in page
    assert "760.000 Euro" in page
    assert "31.03.2023" in page
    assert "Linsenwerk Süd GmbH, Partner hinzugefügt" in page
    assert "Status (beides gilt)" in page
    assert "bewilligt ab 12.11.2020" in page
    assert stored().version == 2


@pytest.mark.usefixtures("overtaken")
def test_what_is_decided_is_saved_with_both_sides_changes(manager: Client) -> None:
    answer = manager.post(URL, {"mine": typed(manager), "seen": "2", "wahl:title": "mine"})
    assert answer.status_code == 302
    merged = stored().entry
    assert (merged.title, merged.project_volume, merged.support_end) == ("Mein Titel", 760_000_00, date(2023, 3, 31))
    assert [each.status for each in merged.status_events] == ["preparation", "approved", "running"]
    assert {each.actor for each in merged.participations} == {"A-1", "A-2"}
    last = PROJECT.model.history.filter(code="P-1").first()
    assert (last.history_change_reason, last.history_channel) == ("Telefonat", "form")


@pytest.mark.usefixtures("overtaken")
def test_a_choice_left_open_is_asked_for_and_nothing_is_saved(manager: Client) -> None:
    answer = manager.post(URL, {"mine": typed(manager), "seen": "2"})
    assert "Titel: Bitte wählen Sie eine Fassung." in text_of(answer)
    assert stored().version == 2


@pytest.mark.usefixtures("overtaken")
def test_a_third_person_is_not_written_over_and_choices_that_hold_stay(manager: Client) -> None:
    save(replace(THEIRS, description="Vom dritten"), 2)
    mine = typed(manager)
    answer = manager.post(URL, {"mine": mine, "seen": "2", "wahl:title": "mine"})
    page = answer.content.decode()
    assert "Inzwischen hat noch jemand gespeichert." in page
    assert re.search(r'name="wahl:title" value="mine" required checked', page)
    assert stored().version == 3
    manager.post(URL, {"mine": mine, "seen": "3", "wahl:title": "mine"})
    assert (stored().entry.title, stored().entry.description) == ("Mein Titel", "Vom dritten")


@pytest.mark.usefixtures("overtaken")
def test_a_choice_against_a_title_that_changed_again_counts_no_longer(manager: Client) -> None:
    save(replace(THEIRS, title="Noch ein Titel"), 2)
    page = manager.post(URL, {"mine": typed(manager), "seen": "2", "wahl:title": "mine"}).content.decode()
    assert "required checked" not in page
    assert "Noch ein Titel" in page


@pytest.mark.usefixtures("world")
def test_changes_that_fit_singly_but_not_together_come_back_as_choices(manager: Client) -> None:
    save(replace(project("P-1"), project_volume=1000), 1)
    mine = typed(manager, replace(project("P-1"), funding_volume=2000))
    page = manager.post(URL, {"mine": mine, "seen": "2"}).content.decode()
    assert "Das Fördervolumen übersteigt das Projektvolumen" in page
    assert 'name="wahl:project_volume" value="theirs" required checked' in page
    assert 'name="wahl:funding_volume" value="mine" required checked' in page
    assert stored().version == 2
    manager.post(URL, {"mine": mine, "seen": "2", "wahl:project_volume": "mine"})
    assert (stored().entry.project_volume, stored().entry.funding_volume) == (None, 2000)


@pytest.mark.usefixtures("overtaken")
@pytest.mark.parametrize("forged", ["", "{}", "abc:def"])
def test_what_did_not_pass_a_form_is_not_read(manager: Client, forged: str) -> None:
    assert manager.post(URL, {"mine": forged, "seen": "2"}).status_code == 400
    assert manager.post(URL, {"mine": typed(manager, code="P-2"), "seen": "2"}).status_code == 400
    assert manager.post(URL, {"mine": typed(manager), "seen": ""}).status_code == 400


@pytest.mark.usefixtures("overtaken")
def test_another_account_cannot_send_it(manager: Client, client_of: Any) -> None:
    assert client_of("foreign_manager").post(URL, {"mine": typed(manager), "seen": "2"}).status_code == 404


@pytest.mark.usefixtures("overtaken")
def test_a_record_is_not_moved_to_a_foreign_cluster(manager: Client) -> None:
    mine = typed(manager, replace(MINE, cluster=FOREIGN))
    answer = manager.post(URL, {"mine": mine, "seen": "2", "wahl:title": "mine"})
    assert answer.status_code == 404
    assert stored().version == 2


@pytest.mark.usefixtures("overtaken")
def test_a_session_that_expires_here_brings_the_choice_back(manager: Client, client_of: Any) -> None:
    page = manager.post(URL, {"mine": typed(manager), "seen": "1"}).content.decode()
    mark = re.search(r'name="_konto" value="([^"]+)"', page)
    account = Account.objects.get(pk=manager.session["_auth_user_id"])
    sent = {"mine": typed(manager), "seen": "2", "wahl:title": "mine", "_konto": mark[1] if mark else ""}
    stranger = client_of("anonymous")
    answer = stranger.post(URL, sent)
    assert answer.status_code == 302
    stranger.force_login(account)
    back = stranger.get(f"{URL}?wieder=1").content.decode()
    assert 'name="wahl:title" value="mine" required checked' in back
    assert stored().version == 2


def test_what_is_carried_comes_back_whole() -> None:
    text = sealed(PROJECT, Typed(MINE, 4, "warum"), whose="7 project P-1")
    assert opened(PROJECT, text, whose="7 project P-1") == Typed(MINE, 4, "warum")
    assert MINE.support_start == START
    assert reverse("conflicts:project", kwargs={"code": "P-1"}) == URL


@pytest.mark.usefixtures("world")
def test_two_forms_of_one_project_meet(manager: Client) -> None:
    url = reverse("projects:edit", kwargs={"code": "P-1"})
    first, second = (manager.get(url).context["forms"].raw.values for _ in range(2))
    assert manager.post(url, {**first, "title": "Vom ersten", "fertig": "1"}).status_code == 302
    answer = manager.post(url, {**second, "title": "Vom zweiten", "description": "Neu", "fertig": "1"})
    assert "Ihr anderes Fenster hat gespeichert" in text_of(answer)
    page = answer.content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("mine", "seen")}
    sent = {name: found[1] for name, found in hidden.items() if found}
    assert manager.post(URL, sent | {"wahl:title": "theirs"}).status_code == 302
    assert (stored().entry.title, stored().entry.description) == ("Vom ersten", "Neu")
