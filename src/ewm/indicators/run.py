"""Runs compiled indicators on a connection that has the snapshot's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.rows import Timing
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import level_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.term_table import TermTable
    from ewm.indicators.units import Units


def result_table(sheet: Sheet) -> str:
    """Return the name of the temporary table that holds an indicator's wide results."""
    return f"result_{sheet.id.lower().replace('-', '_')}"


def create_terms(connection: duckdb.DuckDBPyConnection, tables: Iterable[TermTable]) -> None:
    """Create the terms' tables, each after what it rests on, and check their keys.

    Raises ContentError where a key is doubled, or where an attribute leaves out a key of its base.
    """
    for table in tables:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table.name} AS\n{table.sql}")
        _check_term(connection, table)


def _check_term(connection: duckdb.DuckDBPyConnection, table: TermTable) -> None:
    """Look up what the term's form does not prove: at European size a look costs as much as the table itself."""
    sheet = table.sheet
    if not table.unique:
        _check_unique(connection, table)
    if sheet.kind == "attribute" and not (table.complete or sheet.partial or sheet.fragments("select")):
        _check_complete(connection, table)


def _check_unique(connection: duckdb.DuckDBPyConnection, table: TermTable) -> None:
    sheet = table.sheet
    keys = list(sheet.key)
    if table.timing is Timing.RANGED:
        keys.append("from_year")
    elif table.timing is Timing.YEARLY:
        keys.append("reporting_year")
    listed = ", ".join(keys)
    doubled = connection.execute(
        f"SELECT {listed} FROM {table.name} GROUP BY {listed} HAVING COUNT(*) > 1 ORDER BY {listed} LIMIT 1"
    ).fetchone()
    if doubled:
        raise ContentError(
            f"{sheet.path.name}: Der Begriff „{table.name}“ ist nicht eindeutig: "
            f"{dict(zip(keys, doubled, strict=True))} kommt mehrfach vor. Bitte die Sätze schärfen oder einen "
            "Abschnitt „first“ ergänzen."
        )


def _check_complete(connection: duckdb.DuckDBPyConnection, table: TermTable) -> None:
    sheet = table.sheet
    ((outer, inner),) = sheet.key.items()
    if inner in sheet.value_names:
        return
    per_year = " AND term.reporting_year = years.reporting_year" if table.timing is Timing.YEARLY else ""
    years = " CROSS JOIN years" if table.timing is Timing.YEARLY else ""
    missing = connection.execute(
        f"SELECT base.{inner} FROM (SELECT DISTINCT {inner} FROM {sheet.of[0]}) AS base{years} "
        f"LEFT JOIN {table.name} AS term ON term.{outer} = base.{inner}{per_year} "
        f"WHERE term.{outer} IS NULL ORDER BY 1 LIMIT 1"
    ).fetchone()
    if missing:
        raise ContentError(
            f"{sheet.path.name}: Der Begriff „{table.name}“ hat für {inner} = {missing[0]} keine Zeile. "
            "Bitte die Sätze prüfen; ist das gewollt, dann partial: true in den Kopf schreiben."
        )


def _check_unit(connection: duckdb.DuckDBPyConnection, methodology: Methodology, sheet: Sheet) -> None:
    """Refuse a unit of count that may be empty and that no sentence of the indicator restricts."""
    own = {column.name for _, fragment in sheet.fragments("where") for column in columns_of(fragment.parts[0])}
    for name in sheet.counts:
        owner = methodology.words.get(name)
        if owner is None or owner.kind != "attribute" or name in own:
            continue
        empty = connection.execute(f"SELECT COUNT(*) FROM {owner.name} WHERE {name} IS NULL").fetchone()
        if owner.partial or (empty and empty[0]):
            raise ContentError(
                f"{sheet.path.name}: Die Zähleinheit „{name}“ kann leer sein ({owner.id}); alle Leeren zählten dann "
                "als eine Einheit. Bitte den Begriff vervollständigen oder leere Werte mit einem Satz ausschließen."
            )


def prepare(connection: duckdb.DuckDBPyConnection, compiler: Compiler, sheets: Iterable[Sheet]) -> dict[str, Units]:
    """Create the terms that indicators need and check them; returns the compiled units, whose statements may then run.

    Raises ContentError for a term without unique keys or a unit of count that is empty.
    """
    compiled = {sheet.id: compiler.indicator(sheet) for sheet in sheets}
    create_terms(connection, _terms(compiler, compiled))
    for units in compiled.values():
        _check_unit(connection, compiler.methodology, units.sheet)
    return compiled


def _terms(compiler: Compiler, compiled: Mapping[str, Units]) -> tuple[TermTable, ...]:
    return compiler.needed(dict.fromkeys(name for units in compiled.values() for name in units.uses))


def compute(
    connection: duckdb.DuckDBPyConnection,
    methodology: Methodology,
    sheets: Iterable[Sheet] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    *,
    pack: bool = False,
) -> dict[str, Units]:
    """Compute indicators into temporary tables ``result_…``; returns their compiled units by id.

    Wide columns: population, cluster_id, reporting_year, level, k1, k2, then one column per value (and ``…_whole``).
    With ``pack`` the rows of the snapshot are read once and words are numbers meanwhile (for whole runs).
    Raises ContentError for a term without unique keys or a unit of count that is empty.
    """
    compiler = Compiler(methodology)
    chosen = tuple(sheets) if sheets is not None else methodology.indicators
    compiled = {sheet.id: compiler.indicator(sheet) for sheet in chosen}
    terms = _terms(compiler, compiled)
    statements = {units.sheet: units.statement for units in compiled.values()}
    if not pack:
        _execute(connection, methodology, terms, statements, progress)
        return compiled
    from ewm.indicators.packed import packed, typed  # noqa: PLC0415 (only a whole run needs it)

    words = {name for sheet in chosen for name in (*sheet.of, *map(level_name, sheet.levels))}
    with packed(connection, [*statements.values(), *(table.sql for table in terms)], words):
        coded = {sheet: typed(statement, words) for sheet, statement in statements.items()}
        _execute(connection, methodology, terms, coded, progress)
    return compiled


def _execute(
    connection: duckdb.DuckDBPyConnection,
    methodology: Methodology,
    terms: Iterable[TermTable],
    statements: Mapping[Sheet, str],
    progress: Callable[[str, int, int], None] | None,
) -> None:
    create_terms(connection, terms)
    for sheet in statements:
        _check_unit(connection, methodology, sheet)
    for index, (sheet, statement) in enumerate(statements.items()):
        if progress:
            progress(sheet.id, index, len(statements))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {result_table(sheet)} AS\n{statement}")
