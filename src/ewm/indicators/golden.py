"""The golden form: one complete statement per indicator, committed and reviewed, and its translation for Spark.

A golden file holds rules only. A new title or wording leaves it as it is; whatever moves a number shows in its diff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot

from ewm.indicators.compile import Compiler
from ewm.indicators.fragments import DIALECT

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology


def golden_statements(methodology: Methodology) -> dict[str, str]:
    """Return the text of every golden file by its name, ``<ID>.sql``."""
    compiler = Compiler(methodology)
    return {f"{sheet.id}.sql": f"-- {sheet.id}\n{compiler.standalone(sheet)}" for sheet in methodology.indicators}


def write_golden(methodology: Methodology, folder: Path) -> list[str]:
    """Make the folder hold exactly the golden files; returns the names of those written or removed."""
    changed = golden_differences(methodology, folder)
    statements = golden_statements(methodology)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in statements:
            (folder / name).write_text(statements[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def golden_differences(methodology: Methodology, folder: Path) -> list[str]:
    """Return the names of golden files that are missing, out of date or left over, sorted."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.sql")}
    statements = golden_statements(methodology)
    return sorted(name for name in {*committed, *statements} if committed.get(name) != statements.get(name))


def spark_sql(statement: str) -> str:
    """Return a compiled statement in Spark's SQL."""
    return sqlglot.transpile(statement, read=DIALECT, write="spark", pretty=True)[0]
