"""An activity on one page, and the copy that repeats it a year later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.activities.entries import ACTIVITY, ActivityEntry
from ewm.capture.activities.filling import as_last_year
from ewm.capture.activities.models import Activity
from ewm.capture.activities.services import activities_create
from ewm.capture.drafts.models import Draft
from ewm.capture.entries import Assignment, Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.site.conftest import World

NEW = "/aktivitaeten/neu/"


def fields_on(day: date) -> list[str]:
    """Action fields of the cluster that are in force on a day."""
    found = Term.objects.filter(taxonomy="action_field", cluster="metall").order_by("position")
    return [
        each.term_id
        for each in found
        if (each.valid_from or day) <= day <= (each.valid_to or day)
        if not Term.objects.filter(parent=each).exists()
    ]


def typed(**values: str) -> dict[str, str]:
    given = {
        "title": "Jahresauftakt",
        "activity_kind": "event",
        "activity_start": "18.1.2020",
        "action_field": fields_on(date(2020, 1, 18))[0],
        "key": "k",
    }
    return given | values


def stored(code: str) -> ActivityEntry:
    pk = Activity.objects.get(code=code).pk
    (found,) = read_entries(ACTIVITY, range(pk, pk + 1)).values()
    return found.entry


def errors(answer: Any) -> dict[str, str]:
    return {problem.id: f"{problem.label}: {problem.text}" for problem in answer.context["problems"]}


def test_four_answers_make_an_activity(manager: Client, world: World) -> None:
    assert world.actor
    assert len(manager.post(NEW, {"fertig": "1"}).context["problems"]) == 4
    answer = manager.post(NEW, typed(is_standard="on", activity_end="19.1.2020") | {"fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"] == "/aktivitaeten/MET-2020-A01/"
    entry = stored("MET-2020-A01")
    assert (entry.activity_start, entry.activity_end) == (date(2020, 1, 18), date(2020, 1, 19))
    assert entry.is_standard
    assert not entry.is_lead
    assert [each.is_main for each in entry.assignments] == [True]
    assert "Jahresauftakt" in manager.get(answer["Location"]).content.decode()


def test_refusals_stand_at_their_fields(manager: Client, world: World) -> None:
    values = typed(activity_end="17.1.2020", **{"partners-0-actor": world.actor, "partners-0-role": "partner"})
    answer = manager.post(NEW, values | {"fertig": "1"})
    assert list(errors(answer)) == ["id_activity_end"]
    assert "endet vor ihrem Beginn" in errors(answer)["id_activity_end"]
    assert Draft.objects.get().kind == "activities"


def test_an_edited_activity_comes_back_as_it_was(manager: Client, world: World) -> None:
    partners = {"partners-0-actor": world.actor, "partners-0-role": "partner"}
    manager.post(NEW, typed(main_focus_topic="st-digitalisierung-daten", is_lead="on", **partners) | {"fertig": "1"})
    entry = stored("MET-2020-A01")
    url = "/aktivitaeten/MET-2020-A01/bearbeiten/"
    raw = manager.get(url).context["forms"].raw.values
    assert manager.post(url, {**raw, "fertig": "1"}).status_code == 302
    assert stored("MET-2020-A01") == entry
    assert Activity.objects.get(code="MET-2020-A01").version == 1
    assert manager.post(url, {**raw, "title": "Anders", "fertig": "1"}).status_code == 302
    assert stored("MET-2020-A01").title == "Anders"


@pytest.fixture
def last_years(world: World) -> ActivityEntry:
    """A recurring activity of 2016, under an action field that was followed by another in 2016 or later."""
    start = date(2016, 2, 29)
    entry = ActivityEntry(
        code="MET-2016-A01",
        cluster="metall",
        title="Beirat 2016",
        activity_kind="standard-meeting",
        activity_start=start,
        activity_end=start,
        is_standard=True,
        is_lead=True,
        participations=(Participation(actor=world.actor, role="partner"),),
        assignments=(Assignment(term=fields_on(start)[0], is_main=True),),
    )
    activities_create(entries=[entry])
    return entry


def test_as_last_year_repeats_everything_a_year_later(manager: Client, last_years: ActivityEntry) -> None:
    page = manager.get(f"/aktivitaeten/{last_years.code}/wie-im-vorjahr/")
    raw = page.context["forms"].raw
    assert raw.get("title") == "Beirat 2017"
    assert raw.get("activity_start") == raw.get("activity_end") == "28.02.2017"
    answer = manager.post(f"/aktivitaeten/{last_years.code}/wie-im-vorjahr/", {**raw.values, "fertig": "1"})
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"] == "/aktivitaeten/MET-2017-A01/"
    entry = stored("MET-2017-A01")
    assert (entry.is_standard, entry.is_lead, entry.activity_kind) == (True, True, "standard-meeting")
    assert [each.actor for each in entry.participations] == ["A-1"]
    assert stored(last_years.code) == last_years


def test_a_copied_term_out_of_force_is_left_out(manager: Client, last_years: ActivityEntry) -> None:
    assert manager
    (old,) = last_years.assignments
    term = Term.objects.get(term_id=old.term)
    first = term.valid_from
    assert first is not None
    other = ActivityEntry(**{name: getattr(last_years, name) for name in ("code", "cluster", "title", "activity_kind")},
                          activity_start=date(first.year - 3, 1, 1), assignments=last_years.assignments)  # fmt: skip
    assert as_last_year(other).several("action_field") == []
    assert as_last_year(last_years).several("action_field") != []


def test_a_copied_term_is_followed_by_the_one_that_continues_it(world: World) -> None:
    assert world.actor
    old, new, ended = (
        f"gesundheitswirtschaft-{name}" for name in ("vor-2020-versorgung", "2020-versorgung", "vor-2020-ansiedlung")
    )
    entry = ActivityEntry(
        code="X-1",
        cluster="gesundheitswirtschaft",
        title="T",
        activity_kind="event",
        activity_start=date(2019, 6, 1),
        assignments=(Assignment(term=old, is_main=True), Assignment(term=ended)),
    )
    raw = as_last_year(entry)
    assert raw.several("action_field") == [new]
    assert raw.several("other_action_fields") == []
