"""The counting level of actors, as the programme's methodology computes it, for pages: a handful of rows in memory."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb

from ewm.capture.actors.counting import CountingLevels
from ewm.capture.served import programme
from ewm.indicators.compile import Compiler
from ewm.indicators.run import create_terms
from ewm.web.content import methodology_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.actors.counting import Member
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet

_KEY, _COUNTED = "actor_id", "counting_actor_id"
_MEMBERS = "CREATE TABLE actors (actor_id BIGINT, actor_type VARCHAR, parent_id BIGINT)"


@cache
def _methodology() -> Methodology:
    return methodology_of(programme())


def _rule() -> Sheet | None:
    """Return the sheet that says as whom an actor counts; None where the methodology has none."""
    terms = _methodology().terms.values()
    return next((each for each in terms if _COUNTED in each.value_names and set(each.key) == {_KEY}), None)


def counting_levels(members: Sequence[Member], year: int) -> CountingLevels | None:
    """Return as whom each actor counts in a year; None where the methodology has no rule for it."""
    rule = _rule()
    if rule is None or not members:
        return None
    with duckdb.connect() as connection:
        connection.execute(_MEMBERS)
        rows = [(each.id, each.actor_type, each.parent_id) for each in members]
        connection.executemany("INSERT INTO actors VALUES (?, ?, ?)", rows)
        create_terms(connection, Compiler(_methodology()).needed([rule.name]))
        cursor = connection.execute(f"SELECT * FROM {rule.name}")  # noqa: S608 (a reviewed sheet's name)
        names = [column[0] for column in cursor.description or []]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    counted = {row[_KEY]: row[_COUNTED] for row in found if _holds(row, year)}
    sentences = tuple(each.text for each in rule.sentences if each.years.first <= year <= each.years.last)
    return CountingLevels(counted, rule.id, sentences)


def _holds(row: dict[str, int], year: int) -> bool:
    if "from_year" in row:
        return row["from_year"] <= year <= row["to_year"]
    return row.get("reporting_year", year) == year
