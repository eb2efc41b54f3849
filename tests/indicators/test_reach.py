"""What is loaded about one number is enough for it: every statement is the one that the whole methodology gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.explain import ask, explain
from ewm.indicators.reach import load_about, tables_about
from ewm.snapshot import reader
from ewm.snapshot.reader import Snapshot, open_snapshot
from ewm.snapshot.schema import TABLES
from tests.support.random_region import random_region
from tests.support.snapshots import write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme

FOLDER = load_config().programme / "methodology"
SHEETS = sorted(path.name[: path.name.index("-", 2)] for path in (FOLDER / "indicators").glob("*.md"))


@pytest.mark.parametrize("sheet_id", SHEETS)
def test_a_statement_is_the_same_from_a_part_as_from_the_whole(sheet_id: str, delivered: Methodology) -> None:
    part = load_about(FOLDER, delivered.years, sheet_id.lower())
    assert len(part.sheets) < len(delivered.sheets) / 2
    statement = Compiler(part).standalone(part.indicator(sheet_id))
    assert statement == Compiler(delivered).standalone(delivered.indicator(sheet_id))


@pytest.fixture(scope="module")
def snapshot(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The random region of the fixture ``region`` as files."""
    rows = random_region(programme, count=200, seed=7)
    return open_snapshot(write_rows(tmp_path_factory.mktemp("region"), {name: rows.get(name, []) for name in TABLES}))


@pytest.fixture(scope="module")
def questions(region: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int, str, str, str, str, int]]:
    """One question about each indicator, with its answer."""
    columns = "indicator_id, population, cluster_id, reporting_year, value_name, level, k1, k2, value"
    asked = f"SELECT DISTINCT ON (indicator_id) {columns} FROM results WHERE value > 0 ORDER BY ALL"  # noqa: S608
    found = region.execute(asked).fetchall()
    assert {row[0] for row in found} == set(SHEETS)
    return found


@pytest.mark.parametrize(("small", "kind"), [(0, "VIEW"), (reader.SMALL, "BASE TABLE")])
def test_the_tables_of_what_is_loaded_are_enough_to_explain_it(
    snapshot: Snapshot, questions: list[Any], small: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SMALL", small)
    for sheet_id, population, cluster, year, name, level, *keys, value in questions if small else questions[:3]:
        part = load_about(FOLDER, snapshot.info.reporting_years, sheet_id)
        assert set(tables_about(part)) < set(TABLES)
        cell = {} if level == "total" else dict(zip(level.split(" > "), keys, strict=False))
        question = ask(part, sheet_id, cluster_id=cluster, year=year, population=population, value=name, cell=cell)
        with duckdb.connect(config={"threads": 1}) as connection:
            snapshot.offer(connection, tables_about(part))
            kinds = "SELECT DISTINCT table_type FROM information_schema.tables"
            assert connection.execute(kinds).fetchall() == [(kind,)]
            found = explain(connection, part, question, records=True)
        assert found.value == value
        assert found.records


def test_an_unknown_sheet_is_answered_from_the_whole(delivered: Methodology) -> None:
    whole = load_about(FOLDER, delivered.years, "X-99")
    assert whole.sheets.keys() == delivered.sheets.keys()


def test_a_mistake_in_a_sheet_below_is_found_and_one_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    for name in ("terms", "indicators"):
        (tmp_path / name).mkdir()
    head = 'source: {document: Jahresbericht 2020, chapter: "1", from_page: 2}\n---\n'
    count = "[S1] Zahl.\n```sql value n\ncount(*)\n```\n"
    new = "---\nid: T-01\nterm: new_project\ntitle: Neu\nof: projects\nkey: project_id\n" + head
    wrong = "---\nid: T-02\nterm: elsewhere\ntitle: Falsch\nof: projects\nkey: project_id\n" + head + "[S1] Nichts.\n"
    (tmp_path / "terms/T-01-neu.md").write_text(new + "[S1] Neu.\n```sql where\nis_rdi\n```\n", encoding="utf-8")
    (tmp_path / "terms/T-02-falsch.md").write_text(wrong, encoding="utf-8")
    one = "---\nid: P-01\ntitle: Zahl\nof: new_project\ncounts: project_id\n" + head + count
    (tmp_path / "indicators/P-01-zahl.md").write_text(one, encoding="utf-8")
    assert list(load_about(tmp_path, [2020], "P-01").sheets) == ["P-01", "T-01"]
    (tmp_path / "terms/T-01-neu.md").write_text(new + "[S1] Neu.\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"T-01-neu\.md"):
        load_about(tmp_path, [2020], "P-01")
