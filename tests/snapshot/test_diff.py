"""What changed between two snapshots: records that came, went or changed, value by value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import yaml

from ewm.snapshot.corrections import corrections_file
from ewm.snapshot.diff import Cell, FieldChange, RecordChange, diff_snapshots
from ewm.snapshot.reader import open_snapshot
from tests.support.snapshots import Rows, build_snapshot

if TYPE_CHECKING:
    from pathlib import Path

BEFORE: Rows = {
    "projects": [
        {"project_id": 1, "code": "P01", "title": "Eins"},
        {"project_id": 2, "code": "P02", "title": "Zwei", "project_volume": 5, "support_end": date(2020, 6, 1)},
    ],
    "project_participations": [{"project_id": 1, "actor_id": 5}, {"project_id": 1, "actor_id": 6}],
}
AFTER: Rows = {
    "projects": [
        {"project_id": 2, "code": "P02", "title": "Zwo", "project_volume": None, "support_end": date(2020, 6, 1)},
        {"project_id": 3, "code": "P03", "title": "Drei"},
    ],
    "project_participations": [{"project_id": 3, "actor_id": 5}, {"project_id": 3, "actor_id": 6}],
}


def test_records_and_values_that_differ_are_listed(tmp_path: Path) -> None:
    a, b = (open_snapshot(build_snapshot(tmp_path, rows)) for rows in (BEFORE, AFTER))
    diff = diff_snapshots(a, b)
    assert (diff.a, diff.b) == (a.info.name, b.info.name)
    assert [record for record in diff.records if record.table == "projects"] == [
        RecordChange("projects", (1,), "removed", "P01", "Eins", ()),
        RecordChange(
            "projects", (2,), "changed", "P02", "Zwo",
            (FieldChange("title", "Zwei", "Zwo"), FieldChange("project_volume", 5, None)),
        ),
        RecordChange("projects", (3,), "added", "P03", "Drei", ()),
    ]  # fmt: skip
    participations = [(r.key, r.kind) for r in diff.records if r.table == "project_participations"]
    assert participations == [((1, 5), "removed"), ((1, 6), "removed"), ((3, 5), "added"), ((3, 6), "added")]
    assert {record.table for record in diff.records} == {"projects", "project_participations"}


def test_places_are_ready_for_whoever_asks_what_they_move(tmp_path: Path) -> None:
    a, b = (open_snapshot(build_snapshot(tmp_path, rows)) for rows in (BEFORE, AFTER))
    assert diff_snapshots(a, b).cells[:4] == (
        Cell("projects", (1,), None),
        Cell("projects", (2,), "title"),
        Cell("projects", (2,), "project_volume"),
        Cell("projects", (3,), None),
    )


def test_a_snapshot_does_not_differ_from_itself(tmp_path: Path) -> None:
    snapshot = open_snapshot(build_snapshot(tmp_path, BEFORE))
    assert diff_snapshots(snapshot, snapshot).records == ()


def test_the_other_direction_turns_everything_round(tmp_path: Path) -> None:
    a, b = (open_snapshot(build_snapshot(tmp_path, rows)) for rows in (BEFORE, AFTER))
    there, back = diff_snapshots(a, b), diff_snapshots(b, a)
    assert [record.key for record in there.records] == [record.key for record in back.records]
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [turned[record.kind] for record in there.records] == [record.kind for record in back.records]


def test_a_correction_is_a_difference(tmp_path: Path) -> None:
    folder = build_snapshot(tmp_path, BEFORE)
    plain = open_snapshot(folder)
    path = corrections_file(folder)
    path.parent.mkdir()
    correction = {"table": "projects", "record": "P02", "column": "project_volume", "old": 5, "new": 6}
    why = {"reason": "Tippfehler", "by": "Clustermanagement", "on": date(2021, 3, 2)}
    path.write_text(yaml.safe_dump({"corrections": [{**correction, **why}]}))
    diff = diff_snapshots(plain, open_snapshot(folder))
    assert [(record.key, record.fields) for record in diff.records] == [((2,), (FieldChange("project_volume", 5, 6),))]
