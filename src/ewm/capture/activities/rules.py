"""What must hold for an activity. Rules with a constraint's name are enforced by the database as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.periods import Period
from ewm.capture.refusing import Rule, german
from ewm.capture.taxonomies.rules import Use, check_assignments, check_cluster, check_term
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.activities.entries import ActivityEntry
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

ACTIVITY_END = Rule("activity_end_not_before_start", "activity_end", "Die Aktivität endet vor ihrem Beginn")


def check_activity(entry: ActivityEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one activity in itself."""
    yield from check_text(entry.code, "title", entry.title, "activity_title_given", entry.place, longest=300)
    given = Period(entry.activity_start, entry.activity_end)
    if not given.has_days:
        detail = f"{german(given.first)} bis {german(given.last)}"
        yield ACTIVITY_END.refuse(entry.code, detail, place=entry.place)
    period = given if given.has_days else Period(entry.activity_start)
    use = Use(entry.code, "cluster", entry.place, period)
    yield from check_cluster(catalogue, entry.cluster, use, within_structure=True)
    for field in ("activity_kind", "activity_format"):
        use = Use(entry.code, field, entry.place, period)
        yield from check_term(catalogue, getattr(entry, field), (field,), use)
    for partner in entry.participations:
        yield from check_term(catalogue, partner.role, ("role",), Use(entry.code, "role", partner.place, period))
    yield from check_assignments(catalogue, entry.assignments, record=entry.code, cluster=entry.cluster, period=period)
