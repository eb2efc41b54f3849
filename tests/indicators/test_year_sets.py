"""Units counted from sets of years are the units counted row by row, and sets are only used where they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.indicators import units as units_module
from ewm.indicators.compile import Compiler
from ewm.indicators.methodology import build_methodology
from ewm.indicators.run import compute, result_table
from tests.indicators.build import COUNT, NEW_PROJECT, TAXONOMIES, methodology, sheet
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.programme import Programme

RUNNING = sheet(
    "id: T-02\nterm: running_project\ntitle: Läuft\nof: projects\nkey: project_id",
    """[S1] Läuft im Jahr.
```sql where
support_start <= $year_end
```
[S2] Bis zum Ende.
```sql where
support_end is null or support_end >= $year_start
```
""",
)
ACTOR_KIND = sheet(
    "id: T-03\nterm: actor_kind\ntitle: Art\nof: actors\nkey: actor_id",
    "[S1 | bis 2018] Art.\n```sql value kind_of_actor\nactor_type\n```\n"
    "[S1 | ab 2019] Art.\n```sql value kind_of_actor\ncoalesce(size_class, actor_type)\n```\n",
)


def indicator(head: str, body: str = COUNT) -> Sheet:
    return sheet(f"id: A-90\ntitle: Akteure\nof: [new_project, running_project]\n{head}", body)


COUNTED = indicator("with: project_participations\ncounts: actor_id\nby: kind_of_actor")
RESTRICTED = indicator(
    "with: project_participations\ncounts: actor_id", COUNT + "[S2] Nur Leitung.\n```sql where\nrole = 'lead'\n```\n"
)
BY_YEAR = indicator(
    "with: project_participations\ncounts: actor_id",
    COUNT + "[S2] Nur gerade Jahre.\n```sql where\n$reporting_year % 2 = 0\n```\n",
)
OF_THE_RECORD = indicator("with: project_participations\ncounts: project_id")
NOT_JOINED = indicator("counts: project_id")


def built(one: Sheet) -> Methodology:
    return methodology(NEW_PROJECT, RUNNING, ACTOR_KIND, one)


def rows(programme: Programme, methodology: Methodology, ids: list[str]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=200, seed=23))
        sheets = [methodology.indicator(one) for one in ids]
        compute(connection, methodology, sheets)
        found = [
            connection.execute(f"SELECT * FROM {result_table(one)} ORDER BY ALL").fetchall()  # noqa: S608
            for one in sheets
        ]
    return [row for table in found for row in table]


def uses_sets(methodology: Methodology, one: Sheet) -> bool:
    return "year_set" in Compiler(methodology).indicator(one).statement


def test_sets_change_no_number_of_the_delivered_indicators(
    programme: Programme, delivered: Methodology, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [one.id for one in delivered.indicators if uses_sets(delivered, one)]
    assert len(ids) >= 3
    with_sets = rows(programme, delivered, ids)
    monkeypatch.setattr(units_module, "year_sets", lambda *_: None)
    assert not any(uses_sets(delivered, delivered.indicator(one)) for one in ids)
    assert rows(programme, delivered, ids) == with_sets
    assert len(with_sets) > 100


@pytest.mark.parametrize("one", [COUNTED, RESTRICTED])
def test_sets_change_no_number_where_rules_change_or_restrict(
    programme: Programme, one: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert uses_sets(built(one), one)
    with_sets = rows(programme, built(one), [one.id])
    monkeypatch.setattr(units_module, "year_sets", lambda *_: None)
    assert rows(programme, built(one), [one.id]) == with_sets


@pytest.mark.parametrize("one", [BY_YEAR, OF_THE_RECORD, NOT_JOINED])
def test_no_sets_where_a_condition_or_the_unit_hangs_on_the_year_or_the_record(one: Sheet) -> None:
    assert not uses_sets(built(one), one)


@pytest.mark.parametrize(("last", "expected"), [(2061, True), (2062, True), (2063, False)])
def test_more_years_than_bits_are_counted_row_by_row(last: int, *, expected: bool) -> None:
    years = range(2000, last + 1)
    over = build_methodology([NEW_PROJECT, RUNNING, COUNTED, ACTOR_KIND], years, TAXONOMIES)
    assert uses_sets(over, COUNTED) is expected
