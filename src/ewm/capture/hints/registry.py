"""All plausibility checks by name, and the one way to ask them."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ewm.capture.hints.completeness import (
    activity_without_end,
    actor_without_seat,
    company_without_size,
    project_without_funding_body,
    project_without_partner,
    project_without_volume,
    record_without_main_action_field,
)
from ewm.capture.hints.cross_cluster import cross_cluster_tag_differs
from ewm.capture.hints.doubled import possible_duplicate
from ewm.capture.hints.plausibility import (
    project_below_usual_scope,
    project_estimate_left,
    project_finished_without_end,
    project_region_unknown,
    project_status_overdue,
)
from ewm.capture.hints.values import KINDS, Check, Hint, Severity
from ewm.capture.taxonomies.services import refuse_other_programme
from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.hints.values import Finding, Scope, Source
    from ewm.programme import Programme

CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        Check("project_without_partner", Severity.ERROR, project_without_partner),
        Check("project_without_volume", Severity.ERROR, project_without_volume),
        Check("project_without_funding_body", Severity.ERROR, project_without_funding_body),
        Check("activity_without_end", Severity.ERROR, activity_without_end),
        Check("record_without_main_action_field", Severity.ERROR, record_without_main_action_field),
        Check("actor_without_seat", Severity.ERROR, actor_without_seat),
        Check("company_without_size", Severity.ERROR, company_without_size),
        Check("project_status_overdue", Severity.WARNING, project_status_overdue),
        Check("project_finished_without_end", Severity.WARNING, project_finished_without_end),
        Check("project_estimate_left", Severity.WARNING, project_estimate_left),
        Check("project_region_unknown", Severity.WARNING, project_region_unknown),
        Check("cross_cluster_tag_differs", Severity.WARNING, cross_cluster_tag_differs),
        Check("possible_duplicate", Severity.HINT, possible_duplicate),
        Check("project_below_usual_scope", Severity.HINT, project_below_usual_scope),
    )
}


def find_hints(*, scope: Scope, programme: Programme, sources: Iterable[Source]) -> list[Hint]:
    """Ask every check that a sentence of the methodology or the programme asks for, and no other.

    In the order of kinds, records and checks. Raises ContentError where a source names a check that does not exist, or
    one for which the programme lacks a value; MissingError where the programme has not been loaded.
    """
    named: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        named[source.name].append(source)
    _refuse_unknown(named)
    refuse_other_programme(programme)
    hints = [
        Hint(finding, check.name, check.severity, _about(named[check.name], finding))
        for check in CHECKS.values()
        if check.name in named
        for finding in check.find(scope, programme.hints)
    ]
    # Sorted here: databases order text in their own ways. The order of the checks stays.
    return sorted(hints, key=lambda hint: (KINDS.index(hint.finding.kind), hint.finding.record))


def _about(sources: Sequence[Source], finding: Finding) -> tuple[Source, ...]:
    """Keep the sentences that speak of this kind of record, all where none does."""
    return tuple(source for source in sources if finding.kind in source.tables) or tuple(sources)


def _refuse_unknown(named: Mapping[str, Sequence[Source]]) -> None:
    unknown = [source for name, sources in named.items() if name not in CHECKS for source in sources]
    if unknown:
        lines = [f"  {source}: „{source.name}“.{_meant(source.name)}" for source in unknown]
        raise ContentError("\n".join(["Verlangt werden Prüfungen, die es nicht gibt:", *lines]))


def _meant(name: str) -> str:
    close = get_close_matches(name, CHECKS, 1)
    return f" Gemeint „{close[0]}“?" if close else f" Vorhanden sind: {', '.join(sorted(CHECKS))}."
