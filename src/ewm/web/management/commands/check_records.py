"""Ask the plausibility checks that the methodology names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ewm.capture.hints import CHECKS, KINDS, Hint, Scope, Source, find_hints
from ewm.config import load_config
from ewm.errors import ContentError
from ewm.programme import Programme, load_programme
from ewm.web.content import methodology_of
from ewm.web.hints import hint_sources
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"cluster", "year", "checked", "checks", "hints"}``.

    ``checked``: how many records of each kind were looked at; ``checks``: each check with its weight, sentences and
    number of hints; ``hints``: the hints themselves, by record.
    """

    help = "Prüft die Einträge auf Unvollständiges und Auffälliges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the cluster and the year."""
        parser.add_argument("--cluster", help="Kennung des Heimatclusters; sonst alle")
        parser.add_argument("--year", type=int, help="Jahr, das der Zeitraum des Eintrags berührt; sonst alle")

    def handle(
        self, *_: Any, cluster: str | None = None, year: int | None = None, progress: Progress | None = None, **__: Any
    ) -> str:
        """Find the hints; raises ContentError for an unknown cluster or check, MissingError without the programme."""
        programme = load_programme(load_config().programme)
        _refuse_unknown(cluster, programme)
        sources = hint_sources(methodology_of(programme), programme)
        scope = Scope(cluster, year)
        if progress:
            progress("Prüfungen laufen", 0, 1)
        hints = find_hints(scope=scope, programme=programme, sources=sources)
        if progress:
            progress("Prüfungen laufen", 1, 1)
        return as_json(
            cluster=cluster,
            year=year,
            checked={kind: scope.of(kind).count() for kind in KINDS},
            checks=_checks(sources, hints),
            hints=[_hint(hint) for hint in hints],
        )


def _refuse_unknown(cluster: str | None, programme: Programme) -> None:
    known = [each.cluster_id for each in programme.clusters]
    if cluster is not None and cluster not in known:
        raise ContentError(f"Das Cluster „{cluster}“ gibt es nicht. Vorhanden: {', '.join(known)}.")


def _checks(sources: Sequence[Source], hints: Sequence[Hint]) -> list[dict[str, Any]]:
    counts = Counter(hint.name for hint in hints)
    return [
        {
            "name": check.name,
            "severity": check.severity,
            "count": counts[check.name],
            "sources": [{**_place(source), "text": source.text} for source in sources if source.name == check.name],
        }
        for check in CHECKS.values()
        if any(source.name == check.name for source in sources)
    ]


def _hint(hint: Hint) -> dict[str, Any]:
    finding = hint.finding
    return {
        "record": finding.record,
        "kind": finding.kind,
        "title": finding.title,
        "field": finding.field,
        "name": hint.name,
        "severity": hint.severity,
        "message": finding.message,
        "sources": [_place(source) for source in hint.sources],
    }


def _place(source: Source) -> dict[str, str]:
    return {"sheet": source.sheet, "sentence": source.sentence}
