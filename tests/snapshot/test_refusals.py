"""What breaks the contract is refused with table, key and column, and nothing becomes visible."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from ewm.errors import RefusedError
from ewm.snapshot.arrow import arrow_schema, batch_of
from ewm.snapshot.checks import NAMED
from ewm.snapshot.schema import TABLES
from tests.support.snapshots import Rows, batches, build_snapshot, complete_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path


def rows() -> Rows:
    return complete_rows(
        {
            "actors": [{"actor_id": 1}, {"actor_id": 2, "parent_id": 1}],
            "projects": [{"project_id": 7, "code": "P07"}],
            "project_participations": [{"project_id": 7, "actor_id": 1}, {"project_id": 7, "actor_id": 2}],
            "project_status_events": [{"project_id": 7, "status_from": date(2020, 1, 1)}],
            "project_assignments": [{"project_id": 7, "term_id": "a-guideline"}],
        },
        years=(2020,),
    )


def refused(home: Path, given: Rows, **overrides: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(RefusedError) as caught:
        write_rows(home, given, **overrides)
    assert [path.name for path in home.iterdir()] == [".lock"]
    return [(refusal.record, refusal.field, refusal.rule) for refusal in caught.value.refusals]


def test_rows_that_keep_the_contract_are_written(tmp_path: Path) -> None:
    assert write_rows(tmp_path, rows()).is_dir()


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("projects", {"title": None}, ("projects[project_id=7] P07", "title", "not_null")),
        ("projects", {"cluster_id": "atlantis"}, ("projects[project_id=7] P07", "cluster_id", "term")),
        ("projects", {"status_at_cut_off": "a-guideline"}, ("projects[project_id=7] P07", "status_at_cut_off", "term")),
        ("projects", {"funding_state": "nowhere"}, ("projects[project_id=7] P07", "funding_state", "term")),
        ("actors", {"parent_id": 9}, ("actors[actor_id=1] actors-1", "parent_id", "reference")),
        (
            "project_participations",
            {"actor_id": 9},
            ("project_participations[project_id=7, actor_id=9]", "actor_id", "reference"),
        ),
        (
            "project_assignments",
            {"term_id": "b"},
            ("project_assignments[project_id=7, term_id=b]", "term_id", "reference"),
        ),
        (
            "project_status_events",
            {"project_id": 8},
            ("project_status_events[project_id=8, status_from=2020-01-01]", "project_id", "reference"),
        ),
    ],
)
def test_one_wrong_value_is_named(
    tmp_path: Path, table: str, change: dict[str, object], expected: tuple[str, str, str]
) -> None:
    given = rows()
    given[table][0].update(change)
    assert refused(tmp_path, given) == [expected]


@pytest.mark.parametrize("table", ["actors", "project_participations", "project_status_events", "terms"])
def test_a_key_that_comes_twice_is_named(tmp_path: Path, table: str) -> None:
    given = rows()
    given[table].append(dict(given[table][0]))
    key = ", ".join(TABLES[table].key)
    found = refused(tmp_path, given)
    assert [(field, rule) for _, field, rule in found] == [(key, "unique_key")]
    assert found[0][0].startswith(f"{table}[")


def test_keys_that_differ_in_one_part_are_two_keys(tmp_path: Path) -> None:
    given = rows()
    given["project_status_events"].append({"project_id": 7, "status_from": date(2020, 1, 2), "status": "running"})
    assert write_rows(tmp_path, given).is_dir()


def test_a_parent_in_a_term_of_its_own_table_must_exist(tmp_path: Path) -> None:
    given = rows()
    given["terms"][0]["parent_id"] = "nobody"
    assert [(field, rule) for _, field, rule in refused(tmp_path, given)] == [("parent_id", "reference")]


@pytest.mark.parametrize(
    ("parents", "circle"), [({1: 1}, True), ({1: 2, 2: 1}, True), ({1: 3, 2: 1, 3: 2}, True), ({1: 2, 2: 3}, False)]
)
def test_nobody_is_his_own_ancestor(tmp_path: Path, parents: dict[int, int], *, circle: bool) -> None:
    given = complete_rows({"actors": [{"actor_id": n, "parent_id": parents.get(n)} for n in (1, 2, 3)]})
    if not circle:
        assert write_rows(tmp_path, given).is_dir()
        return
    [(record, field, rule)] = refused(tmp_path, given)
    assert (field, rule) == ("parent_id", "cycle")
    assert record.startswith("actors[actor_id=")


@pytest.mark.parametrize("number", [NAMED, NAMED + 1])
def test_many_wrong_rows_are_named_in_part_and_counted(tmp_path: Path, number: int) -> None:
    given = rows()
    given["projects"] += [{**given["projects"][0], "project_id": 100 + n, "title": None} for n in range(number)]
    found = refused(tmp_path, given)
    assert len(found) == (number if number <= NAMED else NAMED + 1)
    assert found[-1][0] == ("projects" if number > NAMED else f"projects[project_id={99 + number}] P07")


def test_problems_of_several_tables_are_told_at_once(tmp_path: Path) -> None:
    given = rows()
    given["projects"][0]["title"] = None
    given["actors"][0]["name"] = None
    assert [field for _, field, _ in refused(tmp_path, given)] == ["name", "title"]


def test_columns_must_be_the_contracts(tmp_path: Path) -> None:
    tables = batches(rows())
    schema = arrow_schema(TABLES["actors"])
    wrong = pa.schema([f.with_type(pa.int32()) if f.name == "actor_id" else f for f in schema if f.name != "name"])
    tables["actors"] = [pa.RecordBatch.from_pylist([], schema=wrong.append(pa.field("email", pa.string())))]
    found = refused(tmp_path, rows(), tables=tables)
    assert found == [
        ("actors", "email", "unknown_column"),
        ("actors", "actor_id", "column_type"),
        ("actors", "name", "missing_column"),
    ]


def test_columns_may_come_in_another_order(tmp_path: Path) -> None:
    tables = batches(rows())
    plain = write_rows(tmp_path / "a", rows())
    tables["actors"] = [batch.select(list(reversed(batch.schema.names))) for batch in tables["actors"]]
    assert write_rows(tmp_path / "b", rows(), tables=tables).name == plain.name


def test_the_years_must_be_those_announced(tmp_path: Path) -> None:
    assert refused(tmp_path, rows(), reporting_years=[2019, 2020]) == [("years", "reporting_year", "reporting_years")]


def test_text_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    tables = batches(rows())
    [good] = tables["actors"]
    broken = pa.array([b"\xff\xfe", b"ok"], pa.binary()).view(pa.string())
    position = good.schema.names.index("name")
    tables["actors"] = [good.set_column(position, "name", broken)]
    assert refused(tmp_path, rows(), tables=tables) == [("actors", "name", "readable")]


def test_an_exporter_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def breaking() -> Any:
        yield batch_of(TABLES["projects"], rows()["projects"])
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        build_snapshot(tmp_path, tables={**batches(rows()), "projects": breaking()}, reporting_years=[2020])
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_the_message_is_german_and_says_where(tmp_path: Path) -> None:
    given = rows()
    given["projects"][0]["cluster_id"] = "atlantis"
    with pytest.raises(RefusedError, match=r"P07 · cluster_id: „atlantis“ ist kein Begriff der Taxonomie cluster"):
        write_rows(tmp_path, given)


def test_no_column_can_hold_contact_data_of_persons() -> None:
    contact = re.compile(r"mail|phone|telefon|fax|contact|kontakt|person|street|strasse|birth|first_name|last_name")
    names = [f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns]
    assert [name for name in names if contact.search(name)] == []


def test_every_reference_of_the_contract_leads_to_a_key_of_one_column() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.target:
                target = TABLES[column.target]
                assert len(target.key) == 1
                assert target.column(target.key[0]).type == column.type
