"""Results as CSV: no cell is a formula, and the rule in SQL is the rule of every other export."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ewm.cells import SIGNS, neutral, restored
from ewm.indicators.cells import neutral_sql
from ewm.indicators.results import RESULT_COLUMNS, TABLES, _create, _write_files

if TYPE_CHECKING:
    from pathlib import Path

CONNECTION = duckdb.connect(config={"threads": 1})
TEXTS = st.lists(st.sampled_from([*SIGNS, "'", "a", " "])).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)


@given(st.lists(TEXTS, min_size=1))
@example(["'=1", "''", "'", "''''@x", "", *SIGNS])
def test_sql_and_python_say_the_same(texts: list[str]) -> None:
    statement = f"SELECT {neutral_sql('t')} FROM (SELECT unnest(?) AS t)"  # noqa: S608
    found = CONNECTION.execute(statement, [texts]).fetchall()
    assert [text for (text,) in found] == [neutral(text) for text in texts]


def test_what_is_not_known_stays_empty() -> None:
    assert CONNECTION.execute(f"SELECT {neutral_sql('CAST(NULL AS VARCHAR)')}").fetchone() == (None,)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_written_table_has_no_formula_and_comes_back(sign: str, tmp_path: Path) -> None:
    for name in TABLES:
        _create(CONNECTION, name)
    texts = [f"{sign}cmd|' /C calc'!A0", f"'{sign}1", "metall"]
    names = [column.name for column in RESULT_COLUMNS if column.type == "VARCHAR"]
    for text in texts:
        values = [text if column.name in names else None for column in RESULT_COLUMNS]
        CONNECTION.execute(f"INSERT INTO results VALUES ({', '.join('?' for _ in values)})", values)  # noqa: S608
    _write_files(CONNECTION, tmp_path)
    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells = [row[name] for row in rows for name in names]
    assert len(cells) == len(texts) * len(names)
    assert [cell for cell in cells if cell[:1] in set(SIGNS)] == []
    assert {restored(cell) for cell in cells} == set(texts)
    stored = CONNECTION.read_parquet(str(tmp_path / "results.parquet")).fetchall()
    assert {row[5] for row in stored} == set(texts), "other formats hold the texts as they are"
