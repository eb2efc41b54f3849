"""Results are tidy, complete, reproducible and tamper-evident."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.errors import MissingError, TamperedError
from ewm.indicators.measure import unit_of
from ewm.indicators.results import (
    MANIFEST,
    PAIR_COLUMNS,
    RESULT_COLUMNS,
    RunInfo,
    open_results,
    read_manifest,
    write_results,
)
from tests.indicators.build import sheet
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme

INFO = RunInfo("2020-12-31_00000000", "a" * 64, "b" * 64, "c" * 64)


@pytest.fixture
def connection(programme: Programme) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    fill(connection, random_region(programme, count=40, seed=3))
    return connection


def test_a_run_is_complete_documented_and_the_same_bytes_again(
    connection: duckdb.DuckDBPyConnection, delivered: Methodology, tmp_path: Path
) -> None:
    first, new = write_results(connection, delivered, INFO, tmp_path / "one")
    second, _ = write_results(connection, delivered, INFO, tmp_path / "two")
    assert new
    assert sorted(path.name for path in first.iterdir()) == sorted(
        [MANIFEST, *(f"{table}.{suffix}" for table in ("results", "pairs") for suffix in ("parquet", "csv", "json"))]
    )
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
    with duckdb.connect() as fresh:
        open_results(fresh, tmp_path / "one", INFO)
        for name, columns in (("results", RESULT_COLUMNS), ("pairs", PAIR_COLUMNS)):
            described = [row[:2] for row in fresh.execute(f"DESCRIBE {name}").fetchall()]
            assert described == [(column.name, column.type) for column in columns]
        rows = fresh.execute("SELECT * FROM results").fetchall()
    assert json.loads((first / "results.json").read_text())[0].keys() == {column.name for column in RESULT_COLUMNS}
    assert (first / "results.csv").read_text().count("\n") == len(rows) + 1


def test_a_run_of_the_same_inputs_is_left_alone_and_a_damaged_one_made_again(
    connection: duckdb.DuckDBPyConnection, delivered: Methodology, tmp_path: Path
) -> None:
    folder, _ = write_results(connection, delivered, INFO, tmp_path)
    again, new = write_results(connection, delivered, INFO, tmp_path)
    assert (again, new) == (folder, False)
    (folder / "results.csv").write_text("x")
    assert write_results(connection, delivered, INFO, tmp_path) == (folder, True)
    assert read_manifest(folder)["inputs"] == INFO.inputs


def test_other_inputs_make_another_run() -> None:
    others = [
        RunInfo(*("z" if index == place else value for index, value in enumerate(("s", "a", "b", "c"))))
        for place in range(4)
    ]
    assert len({info.folder for info in others}) == 4


@pytest.mark.parametrize("damage", ["flip", "remove", "add", "rename", "manifest"])
def test_damaged_results_are_not_read(
    connection: duckdb.DuckDBPyConnection, delivered: Methodology, tmp_path: Path, damage: str
) -> None:
    folder, _ = write_results(connection, delivered, INFO, tmp_path)
    target = folder / "results.parquet"
    if damage == "flip":
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(bytes(content))
    elif damage == "remove":
        target.unlink()
    elif damage == "add":
        (folder / "more.csv").write_text("")
    elif damage == "rename":
        target.rename(folder / "result.parquet")
    else:
        (folder / MANIFEST).write_text("{}")
    with pytest.raises(TamperedError, match="Bitte neu rechnen: ewm indicators run"):
        open_results(duckdb.connect(), tmp_path, INFO)


def test_missing_results_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="ewm indicators run"):
        open_results(duckdb.connect(), tmp_path, INFO)


def test_a_cluster_without_records_gets_zeros_marked_as_filled(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    filled = region.execute(
        "SELECT DISTINCT value, whole IS NULL OR whole = 0 FROM results WHERE filled AND indicator_id = 'P-04'"
    ).fetchall()
    assert filled == [(0, True)]
    counted = region.execute(
        "SELECT COUNT(*) FROM results WHERE indicator_id = 'P-01' AND level = 'total' AND value_name = 'n'"
    ).fetchone()
    clusters = region.execute("SELECT COUNT(*) FROM clusters WHERE kind <> 'outside'").fetchone()
    assert counted is not None
    assert clusters is not None
    assert counted[0] == clusters[0] * len(delivered.years)


def test_what_others_measured_is_unknown_where_nobody_did(region: duckdb.DuckDBPyConnection) -> None:
    recorded = region.execute("SELECT COUNT(DISTINCT cluster_id) FROM macro_values").fetchone()
    found = region.execute(
        "SELECT COUNT(DISTINCT cluster_id), BOOL_OR(filled) FROM results WHERE indicator_id = 'M-01'"
    ).fetchone()
    assert recorded is not None
    assert found == (recorded[0], False)


def test_years_outside_the_validity_have_no_rows(region: duckdb.DuckDBPyConnection) -> None:
    years = region.execute("SELECT DISTINCT reporting_year FROM results WHERE indicator_id = 'P-08'").fetchall()
    assert years == [(2020,)]


def test_the_state_is_that_against_the_year_before(region: duckdb.DuckDBPyConnection) -> None:
    states = dict(
        region.execute(
            "SELECT reporting_year, state FROM results WHERE indicator_id = 'A-03' AND level = 'total' GROUP BY ALL"
        ).fetchall()
    )
    assert states == {2017: "first_year", 2018: "comparable", 2019: "footnote", 2020: "withhold"}


@pytest.mark.parametrize(
    ("expression", "unit"),
    [
        ("count(*)", "count"),
        ("sum(project_volume)", "cents"),
        ("sum(case when is_rdi then project_volume else 0 end)", "cents"),
        ("sum(case when is_rdi then 1 else 0 end)", "count"),
        ("sum(funding_volume) / sum(project_volume)", "share"),
        ("sum(project_volume) / count(*)", "cents/count"),
        ("sum(value)", "number"),
    ],
)
def test_the_unit_follows_from_the_expression(expression: str, unit: str) -> None:
    one = sheet(
        "id: P-01\ntitle: x\nof: new_project\ncounts: project_id", f"[S1] x\n```sql value v\n{expression}\n```\n"
    )
    assert unit_of(one.sentences[0].fragments[0]) == unit
