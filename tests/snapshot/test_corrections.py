"""Declared corrections: applied on reading, guarded by the old value, the sealed bytes untouched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import yaml

from ewm.errors import ContentError
from ewm.snapshot.corrections import Correction, corrections_file
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.verify import verify_chain
from tests.support.snapshots import Rows, build_snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows: Rows = {
        "actors": [{"actor_id": 5}],
        "projects": [
            {"project_id": 1, "code": "P01", "project_volume": 4_300_000_00},
            {"project_id": 2, "code": "P02", "support_end": date(2020, 5, 1), "title": "It's"},
            {"project_id": 3, "code": "P02"},
        ],
        "project_participations": [{"project_id": 1, "actor_id": 5, "role": "partner"}],
        "terms": [{"term_id": "lead", "taxonomy": "role"}],
    }
    return build_snapshot(tmp_path, rows)


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "table": "projects",
        "record": "P01",
        "column": "project_volume",
        "old": 4_300_000_00,
        "new": 3_400_000_00,
        "reason": "Zahlendreher im Zuwendungsbescheid",
        "by": "Clustermanagement",
        "on": date(2021, 3, 2),
        **changes,
    }


def declare(folder: Path, *entries: dict[str, Any]) -> None:
    path = corrections_file(folder)
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({"corrections": list(entries)}, allow_unicode=True), encoding="utf-8")


def values(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    open_snapshot(folder).register(connection)
    return connection.execute(query).fetchall()


def problem(folder: Path) -> str:
    with pytest.raises(ContentError) as caught:
        open_snapshot(folder)
    assert corrections_file(folder).name in str(caught.value)
    return str(caught.value)


def test_without_a_file_nothing_is_corrected(folder: Path) -> None:
    snapshot = open_snapshot(folder)
    assert snapshot.corrections == ()
    declare(folder)
    assert open_snapshot(folder).corrections_hash == snapshot.corrections_hash


def test_a_correction_changes_one_value_and_no_byte(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    declare(folder, entry())
    found = values(folder, "select project_id, project_volume from projects order by 1")
    assert found == [(1, 3_400_000_00), (2, None), (3, None)]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert verify_chain(folder.parent) == []


def test_a_correction_is_told_with_all_that_the_annex_prints(folder: Path) -> None:
    plain = open_snapshot(folder)
    declare(folder, entry())
    snapshot = open_snapshot(folder)
    assert snapshot.corrections == (
        Correction(
            table="projects",
            key=(1,),
            code="P01",
            column="project_volume",
            old=4_300_000_00,
            new=3_400_000_00,
            reason="Zahlendreher im Zuwendungsbescheid",
            by="Clustermanagement",
            on=date(2021, 3, 2),
        ),
    )
    assert snapshot.hash == plain.hash
    assert snapshot.corrections_hash != plain.corrections_hash


def test_the_hash_follows_every_part_of_a_correction(folder: Path) -> None:
    hashes = set()
    for changes in ({}, {"new": 1}, {"reason": "x"}, {"by": "x"}, {"on": date(2021, 3, 3)}):
        declare(folder, entry(**changes))
        hashes.add(open_snapshot(folder).corrections_hash)
    assert len(hashes) == 5


@pytest.mark.parametrize(
    ("changes", "query", "expected"),
    [
        ({"new": None}, "project_volume from projects where project_id = 1", None),
        ({"record": {"project_id": 1}}, "project_volume from projects where project_id = 1", 3_400_000_00),
        (
            {"record": {"project_id": 2}, "column": "title", "old": "It's", "new": "''; drop--"},
            "title from projects where project_id = 2",
            "''; drop--",
        ),
        (
            {"record": {"project_id": 2}, "column": "support_end", "old": date(2020, 5, 1), "new": None},
            "support_end from projects where project_id = 2",
            None,
        ),
        (
            {"record": {"project_id": 3}, "column": "support_end", "old": None, "new": date(2020, 6, 1)},
            "support_end from projects where project_id = 3",
            date(2020, 6, 1),
        ),
        ({"column": "is_rdi", "old": False, "new": True}, "is_rdi from projects where project_id = 1", True),
        (
            {
                "table": "project_participations",
                "record": {"project_id": 1, "actor_id": 5},
                "column": "role",
                "old": "partner",
                "new": "lead",
            },
            "role from project_participations",
            "lead",
        ),
    ],
)
def test_every_kind_of_value_can_be_corrected(
    folder: Path, changes: dict[str, Any], query: str, expected: object
) -> None:
    declare(folder, entry(**changes))
    assert values(folder, f"select {query}") == [(expected,)]


def test_two_values_of_one_record_can_be_corrected(folder: Path) -> None:
    declare(folder, entry(), entry(column="is_rdi", old=False, new=True))
    query = "select project_volume, is_rdi from projects where project_id = 1"
    assert values(folder, query) == [(3_400_000_00, True)]


def test_a_guard_that_matches_lets_the_correction_through(folder: Path) -> None:
    declare(folder, entry(old=4_300_000_00))
    assert len(open_snapshot(folder).corrections) == 1


@pytest.mark.parametrize("old", [4_300_000_01, 4_299_999_99, None])
def test_a_guard_that_does_not_match_stops_reading(folder: Path, old: int | None) -> None:
    declare(folder, entry(old=old))
    assert "hat in project_volume den Wert „430000000“, die Korrektur erwartet" in problem(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table": "people"}, "„people“ gibt es nicht"),
        ({"column": "volume"}, "„volume“ gibt es in projects nicht"),
        ({"column": "project_id", "old": 1, "new": 2}, "lässt sich nicht korrigieren"),
        ({"column": "code", "old": "P01", "new": "P09"}, "lässt sich nicht korrigieren"),
        ({"record": "P99"}, "projects code=P99 gibt es nicht"),
        ({"record": "P02"}, "projects code=P02 gibt es mehrfach"),
        ({"record": {"project_id": 99}}, "projects project_id=99 gibt es nicht"),
        ({"record": {"actor_id": 1}}, "erwartet wird die Kennung (code) oder der Schlüssel mit project_id"),
        ({"record": 1}, "erwartet wird die Kennung"),
        ({"table": "project_participations", "column": "role", "old": "a", "new": "b"}, "der Schlüssel mit project_id"),
        ({"new": "viel"}, "new: „viel“ passt nicht"),
        ({"new": 1.5}, "eine ganze Zahl (Geld in Cent)"),
        ({"new": True}, "new: „True“ passt nicht"),
        ({"new": 2**63}, "passt nicht zu project_volume"),
        ({"column": "title", "old": "x", "new": None}, "new: „None“ passt nicht"),
        ({"column": "title", "old": 12, "new": "x"}, "Ziffern in Anführungszeichen"),
        ({"column": "title", "old": "x", "new": "a\x00b"}, "ein Text"),
        ({"column": "is_rdi", "old": 0, "new": True}, "true oder false"),
        ({"column": "support_start", "old": "2020", "new": date(2020, 1, 1)}, "ein Datum"),
        ({"column": "cluster_id", "old": "metall", "new": "atlantis"}, "kein Begriff der Taxonomie cluster"),
        ({"column": "status_at_cut_off", "old": "running", "new": "lead"}, "kein Begriff der Taxonomie status"),
        ({"new": 4_300_000_00}, "old und new sind gleich"),
        ({"reason": " "}, "reason: Hier muss ein Text stehen"),
        ({"by": None}, "by: Hier muss ein Text stehen"),
        ({"on": "gestern"}, "on: „gestern“ ist kein Datum"),
        ({"until": 1}, "braucht genau diese Angaben"),
    ],
)
def test_a_wrong_entry_is_named(folder: Path, changes: dict[str, Any], message: str) -> None:
    declare(folder, entry(**changes))
    found = problem(folder)
    assert message in found
    assert "Zeile 2" in found


def test_int32_has_its_own_bounds(folder: Path) -> None:
    change = {"table": "clusters", "record": {"cluster_id": "metall"}, "column": "position", "old": 1}
    declare(folder, entry(**change, new=2**31 - 1))
    assert values(folder, "select position from clusters") == [(2**31 - 1,)]
    declare(folder, entry(**change, new=2**31))
    assert "passt nicht zu position" in problem(folder)


def test_a_reference_must_lead_somewhere(folder: Path) -> None:
    change = {"table": "actors", "record": {"actor_id": 5}, "column": "parent_id", "old": None}
    declare(folder, entry(**change, new=6))
    assert "„6“ ist kein Eintrag in actors" in problem(folder)


def test_corrections_must_not_turn_a_hierarchy_into_a_circle(folder: Path) -> None:
    rows: Rows = {"actors": [{"actor_id": 1}, {"actor_id": 2, "parent_id": 1}]}
    folder = build_snapshot(folder.parent, rows)
    change = {"table": "actors", "record": {"actor_id": 1}, "column": "parent_id", "old": None, "new": 2}
    declare(folder, entry(**change))
    assert "führt die Hierarchie im Kreis" in problem(folder)
    freed = {"table": "actors", "record": {"actor_id": 2}, "column": "parent_id", "old": 1, "new": None}
    declare(folder, entry(**change), entry(**freed))
    assert values(folder, "select actor_id, parent_id from actors order by 1") == [(1, 2), (2, None)]


def test_corrections_follow_a_link_to_the_snapshot(folder: Path, tmp_path: Path) -> None:
    declare(folder, entry())
    link = tmp_path / "elsewhere" / "current"
    link.parent.mkdir()
    link.symlink_to(folder)
    assert len(open_snapshot(link).corrections) == 1


def test_one_value_is_corrected_once(folder: Path) -> None:
    declare(folder, entry(), entry(record={"project_id": 1}, new=1))
    assert "project_volume wird 2-mal korrigiert" in problem(folder)


def test_all_wrong_entries_are_named_with_their_lines(folder: Path) -> None:
    declare(folder, entry(), entry(record="P99"), entry(table="people"))
    found = problem(folder)
    assert "Zeile 10" in found
    assert "Zeile 18" in found


@pytest.mark.parametrize(
    "text", ["corrections:\n  - {a", "[]", "corrections: 5", "corrections: []\ncorrections: []", "a: 1", "\x01"]
)
def test_a_file_of_another_form_is_refused(folder: Path, text: str) -> None:
    declare(folder)
    corrections_file(folder).write_text(text)
    assert "nicht lesbar" in problem(folder)


def test_a_file_with_the_other_ending_is_not_overlooked(folder: Path) -> None:
    declare(folder, entry())
    corrections_file(folder).rename(corrections_file(folder).with_suffix(".yml"))
    assert "muss auf .yaml enden" in problem(folder)
