"""Projects: every rule refuses with record, field and name, and lets the case beside it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.entries import Assignment, Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT, Funding, StatusEvent, Support
from ewm.capture.projects.models import (
    Project,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
)
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.shapes import same
from tests.capture.entries import START, at, project, unfunded
from tests.capture.refused import rules

if TYPE_CHECKING:
    from ewm.capture.base import Versioned

pytestmark = pytest.mark.usefixtures("actors")

BEFORE, AFTER = START - timedelta(days=1), START + timedelta(days=1)


def status(day: date, term: str = "running", **values: Any) -> StatusEvent:
    return StatusEvent(status_from=day, status=term, **values)


def grant(**changes: Any) -> dict[str, Any]:
    values = {"granting_body": "state", "funds_origin": "state", "amount": 1, **changes}
    return {"funding": (Funding(**values),)}


def assigned(*terms: str, main: bool = False) -> dict[str, Any]:
    return {"assignments": tuple(Assignment(term=term, is_main=main) for term in terms)}


def supported(**changes: Any) -> dict[str, Any]:
    values = {"cluster": "optics", "supporting_from": START, **changes}
    return {"supporting_clusters": (Support(**values),)}


def starting(day: date, **changes: Any) -> dict[str, Any]:
    """A project that starts on another day, with a status to match."""
    return {"support_start": day, "support_end": None, "status_events": (status(day),), **changes}


NOT_FUNDED = {"funding_state": "none", "funding_volume": 0, "funding_volume_regional": None}

REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "code": ({"code": "p 1"}, "code", "code_form"),
    "title": ({"title": ""}, "title", "project_title_given"),
    "support ends before it begins": ({"support_end": BEFORE}, "support_end", "support_end_not_before_start"),
    "official end before the start": (
        {"official_end": date(2020, 5, 31)}, "official_end", "official_end_not_before_start",
    ),
    "negative volume": ({"project_volume": -1, "project_volume_regional": None, "funding_volume": None,
                         "funding_volume_regional": None}, "project_volume", "project_volume_not_negative"),
    "negative regional volume": ({"project_volume_regional": -1}, "project_volume_regional",
                                 "project_volume_regional_not_negative"),
    "negative regional funding": ({"funding_volume_regional": -1}, "funding_volume_regional",
                                  "funding_volume_regional_not_negative"),
    "negative funding": ({"funding_volume": -1, "funding_volume_regional": None}, "funding_volume",
                         "funding_volume_not_negative"),
    "funding above the volume": ({"funding_volume": 100_000_01}, "funding_volume", "funding_within_project_volume"),
    "regional above total": ({"project_volume_regional": 100_000_01}, "project_volume_regional",
                             "regional_within_project_volume"),
    "regional without total": ({"project_volume": None}, "project_volume_regional", "regional_within_project_volume"),
    "regional funding above total": ({"funding_volume_regional": 50_000_01}, "funding_volume_regional",
                                     "regional_within_funding_volume"),
    "regional funding without total": ({"funding_volume": None}, "funding_volume_regional",
                                       "regional_within_funding_volume"),
    "funded with a volume of 0": ({"funding_volume": 0, "funding_volume_regional": None}, "funding_volume",
                                  "unfunded_without_funding_volume"),
    "unfunded with a volume": ({"funding_state": "none", "funding": (), "funding_volume": 1,
                                "funding_volume_regional": None}, "funding_volume", "unfunded_without_funding_volume"),
    "unfunded with an unknown volume": ({"funding_state": "none", "funding": (), "funding_volume": None,
                                         "funding_volume_regional": None}, "funding_volume",
                                        "unfunded_without_funding_volume"),
    "unfunded with a grant": ({**NOT_FUNDED, **grant()}, "funding_state", "unfunded_without_funding"),
    "grant of nothing": (grant(amount=0), "amount", "funding_amount_above_zero"),
    "grant of nobody": (grant(granting_body="unfunded"), "granting_body", "funding_has_a_funding_body"),
    "grant from nowhere": (grant(funds_origin="unfunded"), "granting_body", "funding_has_a_funding_body"),
    "grant by a programme": (grant(granting_body="voucher"), "granting_body", "wrong_taxonomy"),
    "grant of an unknown programme": (grant(programme="vouchers"), "programme", "unknown_term"),
    "unknown funding state": ({"funding_state": "secure"}, "funding_state", "unknown_term"),
    "no status": ({"status_events": ()}, "status_from", "first_status_on_support_start"),
    "first status a day late": ({"status_events": (status(AFTER),)}, "status_from", "first_status_on_support_start"),
    "status before the support": ({"status_events": (status(BEFORE), status(START))}, "status_from",
                                  "status_not_before_support"),
    "two statuses of a day": ({"status_events": (status(START), status(START, "finished"))}, "status_from",
                              "one_status_a_day"),
    "unknown status": ({"status_events": (status(START, "runing"),)}, "status", "unknown_term"),
    "first status recorded later": ({"status_events": (status(START, recorded_at=at(2020, 3, 3)),)}, "recorded_on",
                                    "first_status_recorded_with_project"),
    "status recorded before the project": (
        {"status_events": (status(START), status(AFTER, recorded_at=at(2020, 3, 1)))}, "recorded_on",
        "recorded_before_record",
    ),
    "status recorded tomorrow": (
        {"status_events": (status(START), status(AFTER, recorded_at=at(2999, 1, 1)))}, "recorded_on",
        "recorded_in_future",
    ),
    "supported by its own cluster": (supported(cluster="metal"), "cluster", "home_cluster_supports_anyway"),
    "supported from outside": (supported(cluster="others"), "cluster", "cluster_within_structure"),
    "further support ends before it begins": (supported(supporting_to=BEFORE), "supporting_to",
                                              "supporting_end_not_before_begin"),
    "further support twice": (
        {"supporting_clusters": (Support(cluster="optics", supporting_from=START),) * 2}, "cluster",
        "supporting_cluster_once_a_day",
    ),
    "home outside the structure": ({"cluster": "others", "assignments": ()}, "cluster", "cluster_within_structure"),
    "unknown home": ({"cluster": "metals", "assignments": ()}, "cluster", "unknown_cluster"),
    "unknown partner": ({"participations": (Participation(actor="A-9", role="lead"),)}, "actor", "unknown_record"),
    "same partner twice": (
        {"participations": (Participation(actor="A-1", role="lead"), Participation(actor="A-1", role="partner"))},
        "actor", "project_partner_once",
    ),
    "unknown role": ({"participations": (Participation(actor="A-1", role="leader"),)}, "role", "unknown_term"),
    "unknown term": (assigned("wide-artistic"), "term", "unknown_term"),
    "term of another taxonomy": (assigned("workshop"), "term", "wrong_taxonomy"),
    "term with sub-terms": (assigned("wide"), "term", "assigned_to_a_leaf"),
    "same term twice": (assigned("digital", "digital"), "term", "project_term_once"),
    "two main terms": (assigned("wide-technical", "wide-social", main=True), "is_main", "one_main_term"),
    "term that ended before the start": (
        starting(date(2019, 6, 4), **assigned("narrow")), "term", "term_not_in_force",
    ),
    "term that begins after the end": (
        {**starting(date(2019, 1, 1), **assigned("wide-social")), "support_end": date(2019, 6, 3)}, "term",
        "term_not_in_force",
    ),
    "action field of another cluster": (assigned("optics-a"), "term", "action_field_of_home_cluster"),
    "action field that ended a day before": (
        starting(date(2020, 11, 1), **assigned("metal-2014-a")), "term", "action_field_not_in_force",
    ),
    "action field that begins a day later": (
        starting(date(2020, 10, 31), **assigned("metal-2020-a")), "term", "action_field_not_in_force",
    ),
}  # fmt: skip

PASSING: dict[str, dict[str, Any]] = {
    "everything": {},
    "support of one day": {"support_end": START},
    "support that goes on": {"support_end": None},
    "official end without start": {"official_start": None},
    "official day": {"official_end": date(2020, 6, 1)},
    "funding as high as the volume": {"funding_volume": 100_000_00},
    "regional as high as total": {"project_volume_regional": 100_000_00},
    "funding of an unknown volume": {"project_volume": None, "project_volume_regional": None},
    "unknown funding volume": {"funding_volume": None, "funding_volume_regional": None},
    "sought": {"funding_state": "sought", "funding": ()},
    "a grant of a cent": grant(),
    "two grants of one programme": {"funding": (*grant(amount=1)["funding"], *grant(amount=2)["funding"])},
    "status only at the start": {"status_events": (status(START),)},
    "status a day later": {"status_events": (status(START), status(AFTER))},
    "status recorded with the project": {"status_events": (status(START, recorded_at=at(2020, 3, 2)),)},
    "further support of a day": supported(supporting_to=START),
    "further support again": {
        "supporting_clusters": (
            Support(cluster="optics", supporting_from=START, supporting_to=START),
            Support(cluster="optics", supporting_from=AFTER),
        )
    },
    "a main term of each taxonomy": assigned("wide-technical", "digital", "metal-2014-a", main=True),
    "no main term": assigned("wide-technical", "wide-social"),
    "term that ends on the first day": starting(date(2019, 6, 3), **assigned("narrow")),
    "term that begins on the last day": {
        **starting(date(2019, 1, 1), **assigned("wide-social")), "support_end": date(2019, 6, 4),
    },
    "term that begins while the support goes on": starting(date(2018, 1, 1), **assigned("wide-social")),
    "action field on its last day": starting(date(2020, 10, 31), **assigned("metal-2014-a")),
    "action field on its first day": starting(date(2020, 11, 1), **assigned("metal-2020-a")),
    "nobody takes part": {"participations": ()},
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    changes, field, rule = REFUSED[case]
    entry = replace(project(), **changes)
    found = rules(lambda: projects_create(entries=[entry]))
    # A negative funding volume breaks the rule about funding states as well.
    assert set(found) - {("P-1", "funding_volume", "unfunded_without_funding_volume")} | {
        (entry.code, field, rule)
    } == {(entry.code, field, rule)}
    assert (entry.code, field, rule) in found
    assert not Project.objects.exists()


@pytest.mark.parametrize("case", PASSING)
def test_passing(case: str) -> None:
    entry = project(**PASSING[case])
    [pk] = projects_create(entries=[entry])
    stored = read_entries(PROJECT)[("P-1",)]
    assert same(PROJECT, stored.entry, entry)
    assert (stored.id, stored.version) == (pk, 1)


def test_unfunded_passes() -> None:
    projects_create(entries=[unfunded()])
    assert Project.objects.get().funding_volume == 0


def test_everything_wrong_with_a_project_comes_together() -> None:
    entry = project(
        support_end=BEFORE,
        funding_volume=200_000_00,
        status_events=(status(BEFORE), status(START)),
        participations=(Participation(actor="A-1", role="lead"), Participation(actor="A-1", role="lead")),
        **assigned("wide", "optics-a"),
    )
    assert [rule for _, _, rule in rules(lambda: projects_create(entries=[entry, project("P-2")]))] == [
        "project_partner_once",
        "support_end_not_before_start",
        "funding_within_project_volume",
        "status_not_before_support",
        "assigned_to_a_leaf",
        "action_field_of_home_cluster",
    ]
    assert not Project.objects.exists()


def first_known(model: type[Versioned]) -> set[Any]:
    return set(model.history.values_list("history_date", flat=True))


def test_rows_are_known_from_their_own_day() -> None:
    projects_create(entries=[project(status_events=(status(START), status(AFTER, recorded_at=at(2020, 6, 15))))])
    assert first_known(Project) == first_known(ProjectFunding) == {at(2020, 3, 2)}
    assert first_known(ProjectStatusEvent) == {at(2020, 3, 2), at(2020, 6, 15)}


def test_a_partner_who_is_recorded_later_takes_part_later() -> None:
    """So that no state of the past has a partner without an actor."""
    projects_create(entries=[project(recorded_at=at(2016, 1, 1), participations=project().participations)])
    assert first_known(ProjectParticipation) == {at(2017, 1, 2)}


def test_an_update_keeps_the_rows_that_stay() -> None:
    projects_create(entries=[project()])
    rows = {row.granting_body_id: row.pk for row in ProjectFunding.objects.all()}
    changed = project(
        funding=(
            Funding(granting_body="state", funds_origin="eu", programme="voucher", amount=45_000_00),
            Funding(granting_body="eu", funds_origin="eu", amount=5_000_00),
        )
    )
    assert project_update(entry=changed, version=1) == 2
    after = {row.granting_body_id: row.pk for row in ProjectFunding.objects.all()}
    assert after["state"] == rows["state"]
    assert "federal" not in after
    kept = ProjectFunding.history.filter(id=rows["state"]).order_by("version")
    assert [(each.history_type, each.amount) for each in kept] == [("+", 40_000_00), ("~", 45_000_00)]
    assert ProjectFunding.history.filter(id=rows["federal"], history_type="-").count() == 1
    untouched = ProjectParticipation.history.filter(project__code="P-1")
    assert {each.history_type for each in untouched} == {"+"}


def test_of_two_equal_grants_one_can_be_taken_out() -> None:
    twice = (*grant(amount=5)["funding"], *grant(amount=5)["funding"])
    projects_create(entries=[project(funding=twice)])
    project_update(entry=project(funding=twice[:1]), version=1)
    assert [row.amount for row in ProjectFunding.objects.all()] == [5]


def test_the_order_of_rows_means_nothing() -> None:
    projects_create(entries=[project()])
    entry = project(participations=project().participations[::-1], assignments=project().assignments[::-1])
    assert same(PROJECT, read_entries(PROJECT)[("P-1",)].entry, entry)
