"""The start page: what is open, by weight, with the way to the field; how complete; the year in figures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from ewm.capture.accounts.roles import Role
from ewm.capture.activities.services import activities_create
from ewm.capture.actors.services import actors_create
from ewm.capture.dialogue.models import HintConfirmation, Question
from ewm.capture.dialogue.services import question_answer
from ewm.capture.exporter.now import size_of_records, state_of_records
from ewm.capture.hints import Scope
from ewm.capture.projects.entries import StatusEvent
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.taxonomies.models import Cluster
from ewm.web.numbers import now
from ewm.web.start.countdown import countdown, greeting
from ewm.web.start.views import completeness
from tests.web.site.conftest import FOREIGN, START, activity, actor, project

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.web.site.conftest import World

SMALL: dict[str, Any] = {
    "funding_state": "none",
    "funding_volume": 0,
    "project_volume": 32_000_00,
    "project_volume_regional": 32_000_00,
}


def small(code: str = "P-9", **changes: Any) -> Any:
    """A project below the usual scope in which nothing but the action field is missing."""
    return replace(project(code), **(SMALL | changes))


def page(client: Client, address: str = "/?jahr=2020") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_open_points_lead_to_their_field_heaviest_first(manager: Client, world: World) -> None:
    projects_create(entries=[small()])
    text = page(manager)
    volume = text.index(f"/projekte/{world.project}/bearbeiten/#id_project_volume")
    question = text.index(f'href="/fragen/{world.question}/"')
    usual = text.index("32.000,00 Euro Volumen und keine Förderung")
    assert volume < question < usual
    assert "/hinweise/projekte/P-9/" in text
    assert world.foreign_project not in text
    assert f"/fragen/{world.foreign_question}/" not in text


def test_who_only_reads_is_led_to_the_record(client_of: Callable[[str], Client], world: World) -> None:
    text = page(client_of(Role.CLUSTER_VIEWER))
    assert "/bearbeiten/" not in text
    assert "/hinweise/" not in text
    assert "/projekte/neu/" not in text
    assert f'href="/projekte/{world.project}/"' in text


def test_the_evaluation_sees_answers_and_the_management_open_questions(
    client_of: Callable[[str], Client], world: World
) -> None:
    evaluator, manager = client_of(Role.EVALUATOR), client_of(Role.CLUSTER_MANAGER)
    link = f'href="/fragen/{world.question}/"'
    address = "/?jahr=2020&cluster=metall"
    assert (link in page(manager, address), link in page(evaluator, address)) == (True, False)
    question_answer(question=Question.objects.get(pk=world.question), version=1, text="Ja.")
    assert (link in page(manager, address), link in page(evaluator, address)) == (False, True)


def test_an_administrator_sees_no_records(client_of: Callable[[str], Client], world: World) -> None:
    text = page(client_of(Role.ADMINISTRATOR), "/")
    assert world.project not in text
    assert "Keine Einträge für dieses Konto" in text


def test_completeness_counts_records_and_questions_together(manager: Client, world: World) -> None:
    text = page(manager)
    # One project (lacks volume, funding body, field), one activity (lacks its field), one actor (lacks its size), one
    # question without answer: none of four is done.
    assert text.count("0 von 1") == 4
    assert "0\N{NO-BREAK SPACE}%" in text
    question_answer(question=Question.objects.get(pk=world.question), version=1, text="Ja.")
    text = page(manager)
    assert text.count("1 von 1") == 1
    assert "25\N{NO-BREAK SPACE}%" in text


def test_the_numbers_move_with_the_records(manager: Client, world: World) -> None:
    assert world.project
    before = state_of_records()
    assert '<p class="stat__number">1</p>' in page(manager)
    projects_create(entries=[replace(small("P-10"), support_start=START)])
    assert state_of_records() != before
    text = page(manager)
    assert '<p class="stat__number">2</p>' in text
    assert '<p class="stat__number">32.000 <small>Euro</small></p>' in text
    aborted = (StatusEvent(status_from=START, status="aborted"),)
    project_update(entry=replace(small("P-10"), status_events=aborted), version=1)
    assert '<p class="stat__number">2</p>' not in page(manager)


def test_too_many_records_show_the_last_snapshot_or_say_that_there_is_none(
    manager: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.project
    monkeypatch.setattr(now, "LIVE_UP_TO", size_of_records() - 1)
    assert "stat__number" not in page(manager, "/?jahr=2019")
    monkeypatch.setattr(now, "LIVE_UP_TO", size_of_records())
    assert "stat__number" in page(manager, "/?jahr=2019")


def test_a_year_without_methodology_says_so(manager: Client, world: World) -> None:
    assert world.project
    assert "Für 2021 gibt es noch keine Zahlen" in page(manager, "/?jahr=2021")


def test_recently_edited_is_newest_first_and_once(manager: Client, world: World) -> None:
    activities_create(entries=[activity("S-9")])
    entry = replace(project(world.project), title="Neuer Titel")
    project_update(entry=entry, version=1)
    text = page(manager)
    recent = text[text.index("Zuletzt bearbeitet") :]
    assert recent.index("Neuer Titel") < recent.index("Treffen S-9") < recent.index("Treffen S-1")
    assert recent.count(f'href="/projekte/{world.project}/"') == 1


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2020, 11, 24), 37), (date(2020, 12, 30), 1), (date(2020, 12, 31), 0), (date(2021, 1, 1), -1)],
)
def test_the_countdown(today: date, days: int) -> None:
    found = countdown(2020, today)
    assert (found.cut_off, found.days, found.is_past) == (date(2020, 12, 31), days, days < 0)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Guten Abend"), (4, "Guten Morgen"), (10, "Guten Morgen"), (11, "Guten Tag"), (17, "Guten Tag"),
     (18, "Guten Abend")],
)  # fmt: skip
def test_the_greeting(hour: int, words: str) -> None:
    assert greeting(timezone.make_aware(datetime(2020, 11, 24, hour))) == words


def test_a_hint_is_confirmed_with_a_reason_and_comes_back_with_another_value(manager: Client, world: World) -> None:
    assert world.project
    projects_create(entries=[small()])
    address = reverse("hints:record", args=["projekte", "P-9"])
    text = page(manager, f"{address}?jahr=2020")
    assert "Methodik T-01 S1" in text
    data = {"name": "project_below_usual_scope", "basis": "3200000", "reason": "Pilotvorhaben."}
    confirm = reverse("hints:confirm", args=["projekte", "P-9"])
    assert "Der Text fehlt" in manager.post(confirm, data | {"reason": " "}).content.decode()
    assert manager.post(confirm, data)["Location"] == address
    assert "Pilotvorhaben." in page(manager, address)
    assert "32.000,00 Euro Volumen" not in page(manager)
    project_update(entry=small(project_volume=31_000_00, project_volume_regional=None), version=1)
    assert "31.000,00 Euro Volumen" in page(manager)
    late = manager.post(
        confirm, data | {"basis": "3200000", "reason": "Alt."}
    ).content.decode()  # seen before the change
    assert "inzwischen geändert" in late
    assert "Alt.</textarea>" in late
    assert HintConfirmation.objects.get().reason == "Pilotvorhaben."


def test_a_confirmation_is_taken_back(manager: Client, world: World) -> None:
    assert world.project
    projects_create(entries=[small()])
    manager.get("/?jahr=2020")
    data = {"name": "project_below_usual_scope", "basis": "3200000", "reason": "Pilotvorhaben."}
    manager.post(reverse("hints:confirm", args=["projekte", "P-9"]), data)
    assert HintConfirmation.objects.count() == 1
    manager.post(reverse("hints:withdraw", args=["projekte", "P-9"]), {"name": "another"})
    assert HintConfirmation.objects.count() == 1
    manager.post(reverse("hints:withdraw", args=["projekte", "P-9"]), {"name": data["name"]})
    assert HintConfirmation.objects.count() == 0
    assert "32.000,00 Euro Volumen" in page(manager)


def test_the_page_of_a_kind_that_does_not_exist(manager: Client, world: World) -> None:
    assert manager.get(f"/hinweise/berichte/{world.project}/").status_code == 404
    assert manager.get("/hinweise/akteure/A-999/").status_code == 404
    assert manager.get(f"/hinweise/akteure/{world.actor}/").status_code == 200


def test_the_page_of_a_record_tells_how_complete_it_is(manager: Client, world: World) -> None:
    text = page(manager, f"/projekte/{world.project}/")
    assert f'<a href="/hinweise/projekte/{world.project}/">' in text
    assert "25\N{NO-BREAK SPACE}% vollständig" in text  # a partner is there; volume, funding body and field are not
    activities_create(entries=[replace(activity("S-8"), is_standard=True)])
    assert "% vollständig" not in page(manager, "/aktivitaeten/S-8/")


def test_a_possible_duplicate_leads_to_the_merge(manager: Client, world: World) -> None:
    actors_create(entries=[actor("A-7", "Walzwerk Nord AG")])
    text = page(manager)
    assert f'href="/akteure/{world.actor}/zusammenfuehren/A-7/"' in text
    assert "vielleicht doppelt mit Walzwerk Nord AG" in text
    assert manager.get(f"/akteure/{world.actor}/zusammenfuehren/A-7/").status_code == 200


def test_whoever_reads_several_clusters_sees_how_far_each_is(client_of: Callable[[str], Client], world: World) -> None:  # noqa: ARG001
    projects_create(entries=[small()])
    text = page(client_of(Role.EVALUATOR), "/?jahr=2020&cluster=metall")
    (table,) = re.findall(r'<section class="panel" aria-labelledby="alle-cluster">(.*?)</section>', text, re.DOTALL)
    rows = {
        label: re.findall(r"(\d+) von (\d+)|(–)", rest)
        for label, rest in re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>(.*?)</tr>', table, re.DOTALL)
    }
    for cluster in ("metall", FOREIGN):
        done = completeness(Scope(cluster, 2020))
        said = {each.name: each for each in done}
        own = rows[Cluster.objects.get(cluster_id=cluster).label_de]
        wanted = [said[name] for name in ("projects", "activities", "questions")]
        assert own == [(str(each.done), str(each.of), "") if each.of else ("", "", "–") for each in wanted], cluster
    assert f'href="/?cluster={FOREIGN}&amp;jahr=2020"' in table
    assert table.count('aria-current="true"') == 1
    assert 'id="alle-cluster"' not in page(client_of(Role.CLUSTER_MANAGER))
