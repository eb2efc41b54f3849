"""Runs cases with the same engine as real snapshots, on an in-memory database that holds the small world.

Every case runs in a transaction that is rolled back, so cases cannot see each other and the world is loaded once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import duckdb

from ewm.errors import ContentError
from ewm.indicators.cases import EMPTY, number_words
from ewm.indicators.compile import Compiler
from ewm.indicators.run import compute, create_terms, result_table
from ewm.indicators.sheet import Sheet
from ewm.indicators.term_table import direct_terms
from ewm.indicators.units import branch, branch_ranges, unit_rows
from ewm.indicators.world import is_id
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ewm.indicators.cases import Case, Cells, Keys, Values
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.world import Rows, World

FAILED = "Die Rechnung schlägt fehl"
"""How the difference of a case begins whose statement fails."""

_SQL_TYPES = {"int64": "BIGINT", "int32": "INTEGER", "text": "VARCHAR", "date": "DATE", "bool": "BOOLEAN"}


class CaseRunner:
    """Runs cases of one world; one database for all of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        self._connection.execute("SET enable_progress_bar = false")
        for table in TABLES.values():
            columns = ", ".join(
                f"{column.name} {_SQL_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
                for column in table.columns
            )
            self._connection.execute(f"CREATE TABLE {table.name} ({columns})")
        self._insert(world.rows, number_words(world.rows, {}))

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def interrupt(self) -> None:
        """Stop the statement that another thread is running; its case then fails."""
        self._connection.interrupt()

    def run(self, methodology: Methodology, case: Case) -> list[str]:
        """Run a case; returns its differences in German, none where the sheet does what the case expects.

        A statement that fails is a difference too.
        """
        self._connection.execute("BEGIN")
        try:
            self._insert(case.rows, case.numbers)
            return list(self._differences(methodology, methodology.sheet(case.sheet_id), case))
        except (ContentError, duckdb.Error) as error:
            return [f"{FAILED}: {error}"]
        finally:
            self._connection.execute("ROLLBACK")

    def _insert(self, rows: Rows, numbers: Mapping[str, int]) -> None:
        for name, listed in rows.items():
            columns = TABLES[name].columns
            values = [
                numbers[row[column.name]] if is_id(column) and row[column.name] is not None else row[column.name]
                for row in listed
                for column in columns
            ]
            marks = ", ".join([f"({', '.join('?' * len(columns))})"] * len(listed))
            self._connection.execute(f"INSERT INTO {name} VALUES {marks}", values)

    def _differences(self, methodology: Methodology, sheet: Sheet, case: Case) -> Iterator[str]:
        words = {number: word for word, number in case.numbers.items()}
        if sheet.kind == "indicator":
            yield from _indicator_differences(case, self._indicator(methodology, sheet, case.cluster))
        elif sheet.kind == "population":
            yield from _population_differences(case, self._population(methodology, sheet, words))
        else:
            yield from _term_differences(sheet, case, self._term(methodology, sheet, words), self.world.years)

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        cursor = self._connection.execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _indicator(self, methodology: Methodology, sheet: Sheet, cluster: str) -> dict[tuple[str, int], Cells]:
        units = compute(self._connection, methodology, [sheet])[sheet.id]
        found: dict[tuple[str, int], Cells] = defaultdict(lambda: defaultdict(dict))
        for row in self._rows(f"SELECT * FROM {result_table(sheet)}"):
            if row["cluster_id"] == cluster:
                keys = (row["k1"], row["k2"])[: 0 if row["level"] == "total" else row["level"].count(" > ") + 1]
                values = {
                    value.name: row[value.name] if len(value.parts) == 1 else _share(row, value.name)
                    for value in units.values
                }
                found[row["population"], row["reporting_year"]][row["level"]][keys] = values
        return found

    def _population(self, methodology: Methodology, sheet: Sheet, words: Mapping[int, str]) -> dict[int, set[str]]:
        compiler = Compiler(methodology)
        (key,) = sheet.key
        probe = Sheet(sheet.id, sheet.title, sheet.path, sheet.source, (), "", of=(sheet.name,), counts=(key,))
        create_terms(self._connection, compiler.needed(direct_terms(compiler, sheet)))
        found: dict[int, set[str]] = defaultdict(set)
        for years in branch_ranges(probe, sheet):
            for row in self._rows(unit_rows(branch(compiler, probe, sheet, years, (key,)), distinct=False)):
                found[row["reporting_year"]].add(words.get(row[key], str(row[key])))
        return found

    def _term(self, methodology: Methodology, sheet: Sheet, words: Mapping[int, str]) -> list[dict[str, Any]]:
        create_terms(self._connection, Compiler(methodology).needed([sheet.name]))
        return [
            {
                name: words.get(value, value) if name.endswith("_id") and isinstance(value, int) else value
                for name, value in row.items()
            }
            for row in self._rows(f"SELECT * FROM {sheet.name}")
        ]


def failures(methodology: Methodology, world: World, cases: Iterable[Case]) -> list[str]:
    """Run cases; returns one German line per difference: sheet, case, covered sentences, expected and computed."""
    runner = CaseRunner(world)
    try:
        return [f"{case.place}: {line}" for case in cases for line in runner.run(methodology, case)]
    finally:
        runner.close()


def _share(row: Mapping[str, Any], name: str) -> str | None:
    """Return ``part/whole`` as cases write it, with ``~`` for a part that is not known."""
    part, whole = row[name], row[f"{name}_whole"]
    if part is None and whole is None:
        return None
    return f"{EMPTY if part is None else part}/{EMPTY if whole is None else whole}"


def _shown(keys: Keys) -> str:
    return " > ".join(EMPTY if key is None else str(key) for key in keys)


def _value_differences(where: str, expected: Values, got: Values) -> Iterator[str]:
    for name, value in expected.items():
        if got.get(name) != value or isinstance(got.get(name), bool) != isinstance(value, bool):
            yield f"{where} · {name}: erwartet {_text(value)}, gerechnet {_text(got.get(name))}"


def _text(value: object) -> str:
    return "leer" if value is None else str(value)


def _key_differences(where: str, expected: Iterable[Keys], got: Iterable[Keys]) -> Iterator[str]:
    for keys in sorted(set(expected) - set(got), key=_shown):
        yield f"{where} · {_shown(keys) or 'ganze Zeile'}: erwartet, aber nicht gerechnet"
    for keys in sorted(set(got) - set(expected), key=_shown):
        yield f"{where} · {_shown(keys) or 'ganze Zeile'}: gerechnet, aber nicht erwartet"


def _indicator_differences(case: Case, got: Mapping[tuple[str, int], Cells]) -> Iterator[str]:
    expected: dict[tuple[str, int], Cells] = case.expected
    for place in sorted({*expected, *got}):
        where = " · ".join(map(str, place))
        if place not in got or place not in expected:
            yield f"{where}: " + (
                "erwartet, aber nicht gerechnet" if place in expected else "gerechnet, aber nicht erwartet"
            )
            continue
        for level, cells in expected[place].items():
            found = got[place].get(level, {})
            yield from _key_differences(f"{where} · {level}", cells, found)
            for keys in cells.keys() & found.keys():
                yield from _value_differences(f"{where} · {level} {_shown(keys)}".rstrip(), cells[keys], found[keys])


def _population_differences(case: Case, got: Mapping[int, set[str]]) -> Iterator[str]:
    expected: dict[int, frozenset[str]] = case.expected
    for year in sorted({*expected, *got}):
        wanted, found = expected.get(year, frozenset()), got.get(year, set())
        if wanted != found:
            yield f"{year}: erwartet {_listed(wanted)}, gerechnet {_listed(found)}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "nichts"


def _in_year(row: Mapping[str, Any], year: int) -> bool:
    if "from_year" in row:
        return bool(row["from_year"] <= year <= row["to_year"])
    return bool(row.get("reporting_year", year) == year)


def _term_differences(sheet: Sheet, case: Case, rows: list[dict[str, Any]], years: Iterable[int]) -> Iterator[str]:
    expected: dict[int | None, dict[str, dict[Keys, Values]]] = case.expected
    for stated, entries in expected.items():
        for year in years if stated is None else (stated,):
            yield from _term_year(sheet, [row for row in rows if _in_year(row, year)], year, entries)
            if stated is None and not any("from_year" in row or "reporting_year" in row for row in rows):
                break


def _term_year(
    sheet: Sheet, rows: list[dict[str, Any]], year: int, entries: dict[str, dict[Keys, Values]]
) -> Iterator[str]:
    sheet_keys = tuple(sheet.key)
    for word, wanted in entries.items():
        found = {
            tuple(row[name] for name in sheet_keys[1:]): row for row in rows if row[sheet_keys[0]] == word
        }  # fmt: skip
        where = f"{year} · {word}"
        if len(sheet_keys) > 1:
            yield from _key_differences(where, wanted, found)
        for keys, values in wanted.items():
            if keys in found or len(sheet_keys) == 1:
                yield from _value_differences(f"{where} {_shown(keys)}".rstrip(), values, found.get(keys, {}))
