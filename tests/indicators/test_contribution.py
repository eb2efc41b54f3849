"""What one unit adds: summed over the units behind any cell it gives the value, and the whole where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlglot

from ewm.indicators.contribution import contribution

if TYPE_CHECKING:
    from sqlglot import exp


def parsed(text: str) -> exp.Expression:
    return sqlglot.parse_one(text, dialect="duckdb")  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("value", "adds"),
    [
        ("count(*)", "1"),
        ("count(1)", "1"),
        ("count(project_volume)", "CASE WHEN NOT project_volume IS NULL THEN 1 ELSE 0 END"),
        ("sum(project_volume)", "(project_volume)"),
        ("max(value)", "(value)"),
        ("sum(case when realised then 1 else 0 end)", "(CASE WHEN realised THEN 1 ELSE 0 END)"),
        ("sum(a) - sum(b)", "(a) - (b)"),
        ("case when sum(case when x then 1 end) = 2 then sum(case when y then v end) end", "(CASE WHEN y THEN v END)"),
        ("case when realised then sum(a) else sum(b) end", "CASE WHEN realised THEN (a) ELSE (b) END"),
    ],
)
def test_a_unit_adds_what_the_value_sums(value: str, adds: str) -> None:
    assert contribution(parsed(value)).sql(dialect="duckdb") == adds


def test_the_value_itself_stays_as_it_was() -> None:
    value = parsed("sum(a)")

    contribution(value)

    assert value.sql(dialect="duckdb") == "SUM(a)"
