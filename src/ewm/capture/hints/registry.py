"""All plausibility checks by name, and the one way to ask them."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ewm.capture.hints.completeness import (
    activity_without_end,
    project_below_usual_scope,
    project_without_partner,
    project_without_volume,
    record_without_main_action_field,
)
from ewm.capture.hints.cross_cluster import cross_cluster_tag_differs
from ewm.capture.hints.values import Check, Hint, Severity
from ewm.capture.taxonomies.services import refuse_other_programme
from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.hints.values import Finding, Scope, Source
    from ewm.programme import Programme

CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        Check("project_without_partner", Severity.WARNING, project_without_partner),
        Check("project_without_volume", Severity.WARNING, project_without_volume),
        Check("activity_without_end", Severity.WARNING, activity_without_end),
        Check("record_without_main_action_field", Severity.WARNING, record_without_main_action_field),
        Check("cross_cluster_tag_differs", Severity.WARNING, cross_cluster_tag_differs),
        Check("project_below_usual_scope", Severity.HINT, project_below_usual_scope),
    )
}


def find_hints(*, scope: Scope, programme: Programme, sources: Iterable[Source]) -> list[Hint]:
    """Ask every check that a sentence of the methodology names, and no other; in the order of records and checks.

    Raises ContentError where a sentence names a check that does not exist, or one for which the programme lacks a
    value; MissingError where the programme has not been loaded.
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
    # Sorted here: databases order text in their own ways. Projects come first; the order of the checks stays.
    return sorted(hints, key=lambda hint: (hint.finding.kind != "projects", hint.finding.record))


def _about(sources: Sequence[Source], finding: Finding) -> tuple[Source, ...]:
    """Keep the sentences that speak of this kind of record, all where none does."""
    return tuple(source for source in sources if finding.kind in source.tables) or tuple(sources)


def _refuse_unknown(named: Mapping[str, Sequence[Source]]) -> None:
    unknown = [source for name, sources in named.items() if name not in CHECKS for source in sources]
    if unknown:
        lines = [f"  {source}: „{source.name}“.{_meant(source.name)}" for source in unknown]
        raise ContentError("\n".join(["Methodenblätter nennen Prüfungen, die es nicht gibt:", *lines]))


def _meant(name: str) -> str:
    close = get_close_matches(name, CHECKS, 1)
    return f" Gemeint „{close[0]}“?" if close else f" Vorhanden sind: {', '.join(sorted(CHECKS))}."
