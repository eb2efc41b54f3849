"""Two snapshots side by side: records that differ, figures that move, sentences and editions that are concerned."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ewm.cli.numbers import figure
from ewm.cli.output import say, table

if TYPE_CHECKING:
    from ewm.config import Config
    from ewm.indicators.moves import Move
    from ewm.snapshot.diff import RecordChange, SnapshotDiff

KINDS = {"added": "neu", "removed": "entfallen", "changed": "geändert"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two snapshots; ``sentences`` by indicator, for those whose figures move."""

    difference: SnapshotDiff
    moves: tuple[Move, ...]
    sentences: dict[str, tuple[str, ...]]

    @property
    def editions(self) -> list[tuple[str, int]]:
        """Cluster and reporting year of every edition that prints a figure that moves."""
        return sorted({(move.cluster_id, move.reporting_year) for move in self.moves})

    def data(self) -> dict[str, Any]:
        """Return the comparison as JSON."""
        return {
            **asdict(self.difference),
            "figures": [asdict(move) for move in self.moves],
            "sentences": self.sentences,
            "editions": [{"cluster": cluster, "year": year} for cluster, year in self.editions],
        }


def compare_snapshots(config: Config, a: str, b: str) -> Comparison:
    """Verify both snapshots and compare them under the present methodology."""
    from ewm.indicators.methodology import load_methodology
    from ewm.indicators.moves import moved_figures, touched_sentences
    from ewm.snapshot.diff import diff_snapshots
    from ewm.snapshot.home import find_snapshot
    from ewm.snapshot.reader import open_snapshot

    first, second = (open_snapshot(find_snapshot(config.snapshots, name=name)) for name in (a, b))
    years = sorted({*first.info.reporting_years, *second.info.reporting_years})
    methodology = load_methodology(config.programme / "methodology", years, {})
    difference = diff_snapshots(first, second)
    moves = moved_figures(first, second, methodology) if difference.records else ()
    indicators = dict.fromkeys(move.indicator_id for move in moves)
    sentences = {
        name: touched_sentences(methodology, methodology.indicator(name), difference.cells) for name in indicators
    }
    return Comparison(difference, moves, sentences)


def show_comparison(found: Comparison) -> None:
    """Write a comparison for people."""
    if not found.difference.records:
        say(f"{found.difference.a} und {found.difference.b} enthalten dieselben Einträge.")
        return
    say(
        f"{len(found.difference.records)} Einträge unterscheiden sich von {found.difference.a} zu {found.difference.b}:"
    )
    for record in found.difference.records:
        _show_record(record)
    if not found.moves:
        say("\nKeine Zahl bewegt sich.")
        return
    say(f"\n{len(found.moves)} Zahlen bewegen sich:")
    headings = ("Indikator", "Grundgesamtheit", "Cluster", "Jahr", "Stufe", "Zelle", "Wert", "vorher", "nachher")
    table(headings, [_move_row(move) for move in found.moves], right=(7, 8))
    say("\nBeteiligte Sätze:")
    for indicator, sentences in found.sentences.items():
        say(f"  {indicator}: {', '.join(sentences) or 'keiner liest eine geänderte Stelle'}")
    say("\nBetroffene Ausgaben: " + ", ".join(f"{cluster} {year}" for cluster, year in found.editions))


def _show_record(record: RecordChange) -> None:
    name = " · ".join(filter(None, (record.code, record.title))) or ", ".join(map(str, record.key))
    say(f"  {record.table} {name}: {KINDS[record.kind]}")
    for change in record.fields:
        say(f"    {change.column}: {_shown(change.old)} → {_shown(change.new)}")


def _shown(value: object) -> str:
    return "leer" if value is None else str(value)


def _move_row(move: Move) -> tuple[object, ...]:
    cell = " > ".join(filter(None, (move.k1, move.k2)))
    return (
        move.indicator_id,
        move.population,
        move.cluster_id,
        move.reporting_year,
        move.level,
        cell,
        move.value_name,
        figure(move.old, move.old_whole, move.unit),
        figure(move.new, move.new_whole, move.unit),
    )
