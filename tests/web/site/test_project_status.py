"""A status is a dated event: added, never written over, and taken back with everything else in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ewm.capture.projects import status as changing
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update
from ewm.capture.writing import ConflictError
from tests.web.site.conftest import project

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World


def events(code: str) -> list[tuple[str, str]]:
    rows = Project.objects.get(code=code).status_events.order_by("status_from")
    return [(row.status_id, str(row.status_from)) for row in rows]


def test_a_change_is_one_more_dated_event_and_can_be_taken_back(manager: Client, world: World) -> None:
    url = f"/projekte/{world.project}/status/"
    answer = manager.post(url, {"status": "application", "status_from": "12.11.2020", "reason": "Antrag gestellt"})
    assert answer["Location"] == f"/projekte/{world.project}/"
    assert events(world.project) == [("preparation", "2020-03-02"), ("application", "2020-11-12")]
    history = Project.objects.get(code=world.project).status_events.last().history.latest()
    assert (history.history_change_reason, history.history_channel) == ("Antrag gestellt", "form")
    page = manager.get(answer["Location"]).content.decode()
    assert "Antragstellung" in page
    assert "ab 12.11.2020" in page
    undo = reverse("projects:take_back", kwargs={"code": world.project, "day": "2020-11-12"})
    assert undo in page
    assert manager.post(undo).status_code == 302
    assert events(world.project) == [("preparation", "2020-03-02")]
    assert manager.post(undo).status_code == 302  # twice is once


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status": "application", "status_from": "1.3.2020"}, "bevor die Begleitung beginnt"),
        ({"status": "application", "status_from": "2.3.2020"}, "An einem Tag beginnt nur ein Status"),
        ({"status": "application", "status_from": "bald"}, "ist kein Tag"),
        ({"status": "", "status_from": "3.3.2020"}, "Bitte auswählen."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    manager: Client, world: World, sent: dict[str, str], words: str
) -> None:
    answer = manager.post(f"/projekte/{world.project}/status/", sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert f'value="{sent["status_from"]}"' in page
    assert len(events(world.project)) == 1


def test_the_first_status_stays(manager: Client, world: World) -> None:
    answer = manager.post(f"/projekte/{world.project}/status/2020-03-02/zuruecknehmen/")
    assert "Am Beginn der Begleitung steht kein Status" in answer.content.decode()
    assert len(events(world.project)) == 1
    assert manager.post(f"/projekte/{world.project}/status/irgendwann/zuruecknehmen/").status_code == 404


def test_whoever_is_overtaken_adds_to_what_the_other_wrote(
    manager: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def overtaken(**given: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ConflictError(what="Projekt", my_version=1, their_version=2, mine={}, theirs={})
        return project_update(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(changing, "project_update", overtaken)
    manager.post(f"/projekte/{world.project}/status/", {"status": "application", "status_from": "12.11.2020"})
    assert calls == 2
    assert len(events(world.project)) == 2


def test_the_profile_shows_the_way_and_what_is_still_open(manager: Client, world: World) -> None:
    page = manager.get(f"/projekte/{world.project}/")
    steps = page.context["sheet"].steps
    assert [(step.status, step.state) for step in steps] == [
        ("preparation", "current"), ("application", "open"), ("approved", "open"), ("running", "open"),
        ("finished", "open"),
    ]  # fmt: skip
    manager.post(f"/projekte/{world.project}/status/", {"status": "aborted", "status_from": "12.11.2020"})
    steps = manager.get(f"/projekte/{world.project}/").context["sheet"].steps
    assert [(step.status, step.state) for step in steps] == [("preparation", "done"), ("aborted", "current")]


def test_the_profile_leads_to_its_actors(manager: Client, world: World) -> None:
    page = manager.get(f"/projekte/{world.project}/").content.decode()
    assert f'href="/akteure/{world.actor}/"' in page
    assert manager.get(f"/akteure/{world.actor}/").status_code == 200


def test_a_profile_costs_few_queries(manager: Client, world: World, django_assert_max_num_queries: object) -> None:
    assert project(world.project)
    manager.get(f"/projekte/{world.project}/")
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        manager.get(f"/projekte/{world.project}/")
