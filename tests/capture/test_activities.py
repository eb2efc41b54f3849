"""Activities: every rule refuses with record, field and name, and lets the case beside it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.models import Activity, ActivityAssignment
from ewm.capture.activities.services import activities_create, activity_update
from ewm.capture.entries import Assignment, Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.shapes import same
from tests.capture.entries import activity
from tests.capture.refused import rules

pytestmark = pytest.mark.usefixtures("actors")


def assigned(*terms: str, main: bool = False) -> dict[str, Any]:
    return {"assignments": tuple(Assignment(term=term, is_main=main) for term in terms)}


def of_one_day(day: date, **changes: Any) -> dict[str, Any]:
    return {"activity_start": day, "activity_end": day, **changes}


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "code": ({"code": "S_1"}, "code", "code_form"),
    "title": ({"title": ""}, "title", "activity_title_given"),
    "ends before it begins": ({"activity_end": date(2020, 8, 31)}, "activity_end", "activity_end_not_before_start"),
    "unknown kind": ({"activity_kind": "party"}, "activity_kind", "unknown_term"),
    "format as kind": ({"activity_kind": "online"}, "activity_kind", "wrong_taxonomy"),
    "kind as format": ({"activity_format": "event"}, "activity_format", "wrong_taxonomy"),
    "home outside the structure": ({"cluster": "others", "assignments": ()}, "cluster", "cluster_within_structure"),
    "unknown partner": ({"participations": (Participation(actor="B", role="lead"),)}, "actor", "unknown_record"),
    "same partner twice": (
        {"participations": (Participation(actor="A-1", role="lead"),) * 2},
        "actor",
        "activity_partner_once",
    ),
    "role of another taxonomy": (
        {"participations": (Participation(actor="A-1", role="event"),)},
        "role",
        "wrong_taxonomy",
    ),
    "term with sub-terms": (assigned("wide"), "term", "assigned_to_a_leaf"),
    "same term twice": (assigned("digital", "digital"), "term", "activity_term_once"),
    "two main terms": (assigned("digital", "work", main=True), "is_main", "one_main_term"),
    "ended term": (of_one_day(date(2019, 6, 4), **assigned("narrow")), "term", "term_not_in_force"),
    "action field of another cluster": (assigned("optics-a"), "term", "action_field_of_home_cluster"),
    "ended action field": (
        of_one_day(date(2020, 11, 1), **assigned("metal-2014-b")),
        "term",
        "action_field_not_in_force",
    ),
}

PASSING: dict[str, dict[str, Any]] = {
    "everything": {},
    "one day": {"activity_end": date(2020, 9, 1)},
    "goes on": {"activity_end": None},
    "no format": {"activity_format": None},
    "standard": {"is_standard": True},
    "term on its last day": of_one_day(date(2019, 6, 3), **assigned("narrow")),
    "action field on its last day": of_one_day(date(2020, 10, 31), **assigned("metal-2014-b")),
    # The action field counts at the beginning, whatever follows.
    "action field that ends meanwhile": {
        "activity_start": date(2020, 10, 31), "activity_end": date(2020, 12, 1), **assigned("metal-2014-b"),
    },
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    changes, field, rule = REFUSED[case]
    entry = replace(activity(), **changes)
    assert rules(lambda: activities_create(entries=[entry])) == [(entry.code, field, rule)]
    assert not Activity.objects.exists()


@pytest.mark.parametrize("case", PASSING)
def test_passing(case: str) -> None:
    entry = activity(**PASSING[case])
    activities_create(entries=[entry])
    assert same(ACTIVITY, read_entries(ACTIVITY)[("S-1",)].entry, entry)


def test_an_update_replaces_what_changed() -> None:
    activities_create(entries=[activity()])
    changed = activity(is_standard=True, **assigned("wide-social", "work"))
    assert activity_update(entry=changed, version=1) == 2
    assert same(ACTIVITY, read_entries(ACTIVITY)[("S-1",)].entry, changed)
    assert ActivityAssignment.history.filter(term_id="metal-2014-b", history_type="-").count() == 1


def test_codes_are_taken_once() -> None:
    activities_create(entries=[activity()])
    assert rules(lambda: activities_create(entries=[activity()])) == [("S-1", "code", "activity_code_once")]
