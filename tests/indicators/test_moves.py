"""Which figures move when records change, and which sentences read what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.indicators.moves import moved_figures, touched_sentences
from ewm.snapshot.diff import diff_snapshots
from ewm.snapshot.reader import Snapshot, open_snapshot
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.support.snapshots import build_snapshot

if TYPE_CHECKING:
    from pathlib import Path

INDICATOR = sheet("id: P-01\ntitle: Neu\nof: new_project\ncounts: project_id\nby: status_at_cut_off", COUNT)
VOLUME = sheet(
    "id: P-04\ntitle: Volumen\nof: new_project\ncounts: project_id",
    "[S1] Summe.\n```sql value volume\nsum(project_volume)\n```\n",
)
METHODOLOGY = methodology(NEW_PROJECT, INDICATOR, VOLUME)


def two(home: Path, before: dict[str, Any], after: dict[str, Any]) -> tuple[Snapshot, Snapshot]:
    first, second = (build_snapshot(home, {"projects": [{"project_id": 1, **project}]}) for project in (before, after))
    return open_snapshot(first), open_snapshot(second)


def test_a_title_moves_nothing(tmp_path: Path) -> None:
    a, b = two(tmp_path, {"title": "alt"}, {"title": "neu"})
    assert len(diff_snapshots(a, b).records) == 1
    assert moved_figures(a, b, METHODOLOGY) == ()


def test_a_volume_moves_the_sum_and_not_the_count(tmp_path: Path) -> None:
    a, b = two(tmp_path, {"project_volume": 100}, {"project_volume": 300})
    moves = moved_figures(a, b, METHODOLOGY)
    assert [(move.indicator_id, move.reporting_year, move.level, move.old, move.new) for move in moves] == [
        ("P-04", 2020, "total", 100, 300)
    ]
    cells = diff_snapshots(a, b).cells
    assert touched_sentences(METHODOLOGY, VOLUME, cells) == ("P-04 S1",)
    assert touched_sentences(METHODOLOGY, INDICATOR, cells) == ()


def test_a_date_moves_a_record_from_year_to_year(tmp_path: Path) -> None:
    a, b = two(tmp_path, {"support_start": date(2020, 1, 1)}, {"support_start": date(2019, 12, 31)})
    moves = [move for move in moved_figures(a, b, METHODOLOGY) if move.indicator_id == "P-01"]
    totals = [(move.reporting_year, move.old, move.new) for move in moves if move.level == "total"]
    assert totals == [(2019, 0, 1), (2020, 1, 0)]
    cells = [(move.reporting_year, move.k1, move.old, move.new) for move in moves if move.level != "total"]
    assert cells == [(2019, "running", None, 1), (2020, "running", 1, None)]
    assert touched_sentences(METHODOLOGY, INDICATOR, diff_snapshots(a, b).cells) == ("T-01 S1",)


def test_a_new_record_touches_every_sentence_that_reads_its_table(tmp_path: Path) -> None:
    first = build_snapshot(tmp_path, {"projects": [{"project_id": 1}]})
    second = build_snapshot(tmp_path, {"projects": [{"project_id": 1}, {"project_id": 2}]})
    a, b = open_snapshot(first), open_snapshot(second)
    touched = touched_sentences(METHODOLOGY, INDICATOR, diff_snapshots(a, b).cells)
    assert touched == ("P-01 S1", "T-01 S1", "T-01 S2")
