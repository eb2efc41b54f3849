"""The twelve tables: which sheets they are, and how one engine's child process reports on them.

Seven are the programme's own sheets; five stand in ``benchmarks/methodology``, which also replaces one term, because
the delivered ones ask for what the synthetic snapshot does not have (one region's districts, guidelines from 2020) or
for one table more (the status at each year's end).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.indicators.methodology import build_methodology, read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from ewm.indicators.methodology import Methodology

ROOT = Path(__file__).resolve().parents[1]
TABLES = ("B-01", "B-02", "P-04", "B-03", "P-06", "P-07", "B-04", "B-05", "P-10", "A-01", "P-11", "A-02")
TEXTS = ("population", "cluster_id", "level", "k1", "k2")
FOLDERS = (ROOT / "programmes" / "innobb" / "methodology", ROOT / "benchmarks" / "methodology")


def methodology(years: range) -> Methodology:
    """The programme's sheets, with those of the benchmark in place of or beside them."""
    sheets = {sheet.id: sheet for folder in FOLDERS for sheet in read_sheets(folder)}
    return build_methodology(sorted(sheets.values(), key=lambda sheet: sheet.id), years, {})


def cpu() -> float:
    """Seconds that this process has computed so far, on all cores."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Watched:
    """A connection that keeps the wall and CPU seconds of every statement under the name of what it creates."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.stages: dict[str, tuple[float, float]] = {}

    def execute(self, sql: str, *parameters: Any) -> Any:
        """Execute a statement and keep its time."""
        begun, used = time.perf_counter(), cpu()
        result = self.connection.execute(sql, *parameters)
        words = sql.split(" AS", 1)[0].split()
        self.add(words[-1] if words[0] == "CREATE" else "other", time.perf_counter() - begun, cpu() - used)
        return result

    def add(self, name: str, wall: float, used: float) -> None:
        """Add seconds to a stage."""
        before = self.stages.get(name, (0.0, 0.0))
        self.stages[name] = (before[0] + wall, before[1] + used)


def digests(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Of every result table the number of rows and two sums over the hashes of its rows, whatever their order."""
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'result\\_%' ESCAPE '\\' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        texts = ", ".join(f"{column}::VARCHAR AS {column}" for column in TEXTS)
        spelled = f"SELECT * REPLACE ({texts}) FROM {name}"
        row = connection.execute(
            f"SELECT count(*), sum(hash(r)::HUGEINT), bit_xor(hash(r)) FROM ({spelled}) AS r"
        ).fetchone()
        found[name] = [str(value) for value in row or ()]
    return found


def report(run: Callable[[Path, dict[str, Any]], duckdb.DuckDBPyConnection]) -> None:
    """Run one engine on the snapshot named on the command line and print what it measured as JSON.

    Options: ``--digest`` adds the digests of the rows (not while times are taken), ``--stages`` the time of each
    statement.
    """
    begun = time.perf_counter()
    measured: dict[str, Any] = {}
    connection = run(Path(sys.argv[1]), measured)
    measured["run_s"] = time.perf_counter() - begun
    if "--digest" in sys.argv:
        measured["digests"] = digests(connection)
    if "--stages" not in sys.argv:
        measured.pop("stages", None)
    print(json.dumps(measured))
