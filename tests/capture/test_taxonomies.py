"""Loading a programme: idempotent; a term is never deleted, it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ewm.capture.periods import Period
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.taxonomies.services import plan_programme, programme_load
from tests.capture.programme import small_programme, term

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def loaded(*without: str, today: date = TODAY, **changed: dict[str, Any]) -> dict[str, list[str]]:
    """Load a version of the programme; return the ids that were added, changed and ended."""
    plan = programme_load(programme=small_programme(without, **changed), today=today)
    return {"added": list(plan.added), "changed": list(plan.changed), "ended": list(plan.ended)}


NOTHING: dict[str, list[str]] = {"added": [], "changed": [], "ended": []}


def test_all_is_loaded_as_the_files_have_it() -> None:
    programme = small_programme()
    plan = programme_load(programme=programme)
    assert len(plan.added) == len(programme.terms) + len(programme.clusters)
    assert (len(plan.changed), len(plan.ended), plan.unchanged) == (0, 0, 0)
    stored = Term.objects.values("term_id", *(name for name in Term.FIELDS if name != "term_id"))
    assert {row["term_id"]: row for row in stored} == {
        each.term_id: {name: getattr(each, name) for name in Term.FIELDS} for each in programme.terms.values()
    }
    assert list(Cluster.objects.order_by("id").values_list("cluster_id", "kind_id")) == [
        ("metal", "joint"),
        ("optics", "joint"),
        ("others", "outside"),
    ]


def test_a_second_load_writes_nothing() -> None:
    loaded()
    history = Term.history.count(), Cluster.history.count()
    plan = programme_load(programme=small_programme())
    assert plan.nothing
    assert plan.unchanged == Term.objects.count() + Cluster.objects.count()
    assert (Term.history.count(), Cluster.history.count()) == history


def test_a_changed_term_is_told_and_keeps_its_history() -> None:
    loaded()
    assert loaded(work={"label_de": "Neue Arbeit"}) == {**NOTHING, "changed": ["Begriff work"]}
    row = Term.objects.get(term_id="work")
    assert (row.label_de, row.version) == ("Neue Arbeit", 2)
    assert [each.label_de for each in Term.history.filter(term_id="work")] == ["Neue Arbeit", "work (de)"]


def test_a_term_that_vanished_ends_on_the_day_of_loading() -> None:
    loaded()
    assert loaded("work") == {**NOTHING, "ended": ["Begriff work"]}
    assert Term.objects.get(term_id="work").valid_to == TODAY
    assert loaded("work") == NOTHING
    assert loaded("work", today=TODAY + timedelta(days=1)) == NOTHING
    assert Term.objects.get(term_id="work").valid_to == TODAY


def test_a_cluster_that_vanished_ends_too() -> None:
    loaded()
    assert loaded("optics", "optics-a") == {
        **NOTHING,
        "ended": ["Cluster optics", "Begriff optics", "Begriff optics-a"],
    }
    assert Cluster.objects.get(cluster_id="optics").valid_to == TODAY


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ({"valid_to": TODAY - timedelta(days=1)}, TODAY - timedelta(days=1)),
        ({"valid_to": TODAY}, TODAY),
        ({"valid_to": TODAY + timedelta(days=1)}, TODAY),
        ({"valid_from": TODAY}, TODAY),
        # A term has at least a day: one that has not begun ends on its first.
        ({"valid_from": TODAY + timedelta(days=9)}, TODAY + timedelta(days=9)),
    ],
)
def test_a_term_that_ended_before_keeps_its_end(given: dict[str, Any], ends: date) -> None:
    loaded(work=given)
    loaded("work")
    assert Term.objects.get(term_id="work").valid_to == ends
    assert loaded("work") == NOTHING


def test_a_term_that_returns_is_open_again() -> None:
    loaded()
    loaded("work")
    assert loaded() == {**NOTHING, "changed": ["Begriff work"]}
    assert Term.objects.get(term_id="work").valid_to is None


def test_a_new_term_is_told() -> None:
    loaded("work")
    assert loaded() == {**NOTHING, "added": ["Begriff work"]}


def test_a_plan_writes_nothing() -> None:
    plan = plan_programme(programme=small_programme(), today=TODAY)
    assert not plan.nothing
    assert not Term.objects.exists()


def test_terms_may_come_before_what_they_refer_to() -> None:
    programme = small_programme()
    turned = replace(programme, terms=dict(reversed(list(programme.terms.items()))))
    programme_load(programme=turned)
    assert Term.objects.get(term_id="wide-social").parent.term_id == "wide"


def test_progress_is_told() -> None:
    loaded()
    told: list[tuple[str, int, int]] = []
    changed = small_programme(["digital"], work={"position": 7})
    programme_load(programme=changed, progress=lambda *what: told.append(what))
    assert told == [("Begriffe", 1, 2), ("Begriffe", 2, 2)]


def test_the_catalogue_answers_what_the_rules_ask() -> None:
    loaded()
    catalogue = read_catalogue()
    assert catalogue.outside == {"others"}
    assert catalogue.branches == {"science", "company", "wide"}
    assert catalogue.terms["metal-2020-a"].in_force == Period(date(2020, 11, 1), None)
    assert catalogue.is_a("start-up", "company")
    assert catalogue.is_a("company", "company")
    assert not catalogue.is_a("university", "company")
    assert not catalogue.is_a("no-such-term", "company")


def test_a_child_stands_below_its_parent() -> None:
    assert term("guideline", "wide/wide-artistic").parent_id == "wide"
