"""Writing: the same data give the same bytes, in one order, as a chain; what is written is what is read."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewm.errors import EwmError, MissingError, RefusedError
from ewm.snapshot.home import find_snapshot, locked
from ewm.snapshot.manifest import MANIFEST, expected_files
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.schema import TABLES
from tests.support.snapshots import CUT_OFF, Rows, batches, build_snapshot, complete_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path

LATER = datetime(2022, 3, 1, 8, 0, tzinfo=UTC)


def sample(projects: int = 40) -> Rows:
    """Projects with partners and events, enough for several batches."""
    numbers = range(1, projects + 1)
    return complete_rows(
        {
            "projects": [
                {"project_id": n, "project_volume": n * 100_000_00, "title": f"Vorhaben ß {n}"} for n in numbers
            ],
            "project_participations": [{"project_id": n, "actor_id": a} for n in numbers for a in (n, n % 7 + 100)],
            "project_status_events": [{"project_id": n, "status_from": date(2020, 1, 1 + n % 28)} for n in numbers],
            "activities": [{"activity_id": 5, "activity_end": date(2020, 5, 1)}],
        },
        years=(2019, 2020),
    )


def data_bytes(folder: Path) -> dict[str, bytes]:
    """Bytes of all files but the manifest."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MANIFEST}


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_same_data_give_the_same_bytes_in_any_batches_order_and_at_any_time(tmp_path: Path, size: int) -> None:
    rows = sample()
    first = write_rows(tmp_path / "a", rows)
    for found in rows.values():
        random.Random(size).shuffle(found)  # noqa: S311
    second = write_rows(tmp_path / "b", rows, tables=batches(rows, size), exported_at=LATER)
    assert data_bytes(first) == data_bytes(second)
    assert first.name == second.name
    assert open_snapshot(first).hash == open_snapshot(second).hash
    assert open_snapshot(first).info.manifest_hash != open_snapshot(second).info.manifest_hash


def test_rows_stand_in_the_order_of_their_key(tmp_path: Path) -> None:
    rows = sample()
    rows["project_participations"].reverse()
    folder = write_rows(tmp_path, rows)
    table = pq.read_table(folder / "project_participations.parquet")
    pairs = list(zip(table["project_id"].to_pylist(), table["actor_id"].to_pylist(), strict=True))
    assert pairs == sorted(pairs)
    assert len(pairs) == 80


def test_the_manifest_says_what_the_snapshot_is(tmp_path: Path) -> None:
    as_of = datetime(2021, 2, 1, tzinfo=UTC)
    folder = write_rows(tmp_path, sample(), as_of=as_of, left_out={"projects": 3})
    info = open_snapshot(folder).info
    assert folder.name == f"2020-12-31_{info.content_hash[:8]}" == info.name
    assert (info.cut_off, info.as_of, info.left_out) == (CUT_OFF, as_of, {"projects": 3})
    assert info.reporting_years == (2019, 2020)
    assert info.rows["projects"] == 40
    assert info.rows["success_stories"] == 0
    assert (info.sequence, info.previous_name) == (1, None)
    assert {path.name for path in folder.iterdir()} == {MANIFEST, *expected_files()}


def test_the_data_package_describes_every_table(tmp_path: Path) -> None:
    folder = build_snapshot(tmp_path)
    package = json.loads((folder / "datapackage.json").read_bytes())
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources.keys() == {name for name, table in TABLES.items() if not table.later}
    entry = open_snapshot(folder).info.files["actors.parquet"]
    actors = resources["actors"]
    assert (actors["hash"], actors["bytes"]) == (f"sha256:{entry.sha256}", entry.bytes)
    assert actors["schema"]["primaryKey"] == ["actor_id"]
    parent = {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["actor_id"]}}
    kind = {"fields": ["actor_type"], "reference": {"resource": "terms", "fields": ["term_id"]}}
    assert parent in actors["schema"]["foreignKeys"]
    assert kind in actors["schema"]["foreignKeys"]


def test_pages_carry_checksums_and_required_columns_are_required(tmp_path: Path) -> None:
    folder = build_snapshot(tmp_path, {"projects": [{}]})
    file = pq.ParquetFile(folder / "projects.parquet", page_checksum_verification=True)
    assert file.read().num_rows == 1
    assert not file.schema_arrow.field("project_id").nullable
    assert file.schema_arrow.field("project_volume").nullable
    raw = bytearray((folder / "projects.parquet").read_bytes())
    column = file.metadata.row_group(0).column(0)
    assert column.dictionary_page_offset is not None
    raw[column.dictionary_page_offset + column.total_compressed_size - 1] ^= 1
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(raw)
    with pytest.raises(OSError, match="CRC"):
        pq.read_table(broken, page_checksum_verification=True)


def test_the_same_snapshot_is_not_written_twice(tmp_path: Path) -> None:
    rows = sample()
    folder = write_rows(tmp_path, rows)
    before = (folder / MANIFEST).read_bytes()
    assert write_rows(tmp_path, rows, exported_at=LATER) == folder
    assert (folder / MANIFEST).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == [folder.name]


def test_data_that_come_back_become_the_latest_again(tmp_path: Path) -> None:
    first = write_rows(tmp_path, sample(3))
    other = write_rows(tmp_path, sample(4))
    assert find_snapshot(tmp_path) == other
    again = write_rows(tmp_path, sample(3))
    assert again.name == f"{first.name}_3"
    assert find_snapshot(tmp_path) == again
    assert open_snapshot(again).hash == open_snapshot(first).hash


def test_each_snapshot_names_the_one_before(tmp_path: Path) -> None:
    folders = [write_rows(tmp_path, sample(n)) for n in (1, 2, 3)]
    infos = [open_snapshot(folder).info for folder in folders]
    assert [info.sequence for info in infos] == [1, 2, 3]
    assert [info.previous_hash for info in infos[1:]] == [info.manifest_hash for info in infos[:-1]]


def test_the_latest_cut_off_is_found_unless_another_is_asked_for(tmp_path: Path) -> None:
    newer = write_rows(tmp_path, sample(1))
    older = write_rows(tmp_path, sample(1), cut_off=date(2019, 12, 31))
    assert find_snapshot(tmp_path) == newer
    assert find_snapshot(tmp_path, cut_off=date(2019, 12, 31)) == older
    assert find_snapshot(tmp_path, name=older.name) == older


def test_a_missing_snapshot_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="ewm snapshot create --cut-off 2020-12-31"):
        find_snapshot(tmp_path, cut_off=CUT_OFF)
    with pytest.raises(MissingError, match="ewm snapshot create"):
        find_snapshot(tmp_path / "nowhere")
    folder = build_snapshot(tmp_path)
    with pytest.raises(MissingError, match=folder.name):
        find_snapshot(tmp_path, name="2020-12-31_00000000")
    with pytest.raises(MissingError, match="ewm snapshot list"):
        open_snapshot(tmp_path / "2020-12-31_00000000")


def test_only_one_run_writes_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(EwmError, match="gerade"):
        build_snapshot(tmp_path)
    assert build_snapshot(tmp_path).is_dir()


def test_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_snapshot(tmp_path, exported_at=datetime(2021, 1, 1))
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_folders_with_pattern_characters_are_read_as_they_are(tmp_path: Path) -> None:
    odd = build_snapshot(tmp_path / "a[b]*?'c", {"projects": [{}]})
    build_snapshot(tmp_path / "abx'c", {"projects": [{}, {}]})
    connection = duckdb.connect()
    open_snapshot(odd).register(connection)
    assert connection.execute("select count(*) from projects").fetchall() == [(1,)]


def test_two_snapshots_fit_into_one_connection(tmp_path: Path) -> None:
    one, two = (open_snapshot(write_rows(tmp_path, sample(n))) for n in (1, 2))
    connection = duckdb.connect()
    one.register(connection, schema="a")
    two.register(connection, schema="b")
    counts = "select (select count(*) from a.projects), (select count(*) from b.projects)"
    assert connection.execute(counts).fetchall() == [(1, 2)]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
PROJECT = st.fixed_dictionaries(
    {
        "project_id": st.integers(-(2**63), 2**63 - 1),
        "title": TEXT,
        "project_volume": st.none() | st.integers(-(2**63), 2**63 - 1),
        "support_end": st.none() | st.dates(),
        "is_rdi": st.booleans(),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(PROJECT, unique_by=lambda row: row["project_id"], max_size=8))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, projects: list[dict[str, object]]
) -> None:
    rows = complete_rows({"projects": projects})
    snapshot = open_snapshot(write_rows(tmp_path_factory.mktemp("home"), rows))
    connection = duckdb.connect()
    snapshot.register(connection)
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns]
        read = [dict(zip(columns, row, strict=True)) for row in connection.execute(f"select * from {name}").fetchall()]  # noqa: S608
        assert read == sorted(rows[name], key=lambda row: tuple(row[key] for key in table.key))


def test_a_missing_or_unknown_table_is_refused(tmp_path: Path) -> None:
    tables = batches(sample(1))
    del tables["actors"]
    with pytest.raises(RefusedError) as caught:
        write_rows(tmp_path, sample(1), tables={**tables, "emails": []})
    assert [(r.record, r.rule) for r in caught.value.refusals] == [
        ("actors", "missing_table"),
        ("emails", "unknown_table"),
    ]
