"""The table that a measurement ends in: Markdown for readers, JSON for comparison."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from benchmarks.measure import VAR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BETTER = {"<=": lambda value, bar: value <= bar, ">=": lambda value, bar: value >= bar}
PACKAGES = ("duckdb", "pyarrow", "sqlglot", "numpy", "pandas", "django")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure, with the bar that it has to meet (if there is one) and how it was come by."""

    part: str
    what: str
    value: float
    unit: str
    spread: str = ""
    sign: Literal["<=", ">="] | None = None
    bar: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the bar is met; empty without a bar."""
        if self.sign is None or self.bar is None:
            return ""
        return "erfüllt" if BETTER[self.sign](self.value, self.bar) else "VERFEHLT"

    def cells(self) -> tuple[str, ...]:
        """The row's texts."""
        sign = "≤" if self.sign == "<=" else "≥"
        bar = f"{sign} {_number(self.bar)} {self.unit}" if self.bar is not None else "–"
        return (
            self.part,
            self.what,
            f"{_number(self.value)} {self.unit}",
            bar,
            self.verdict or "–",
            self.spread or "–",
        )


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".") if value >= 100 else f"{value:.2f}".replace(".", ",")


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as one Markdown table."""
    heading = ("Teil", "Was", "Wert", "Grenze", "Urteil", "Läufe, Spanne")
    lines = [heading, tuple("---" for _ in heading), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def write(name: str, rows: Sequence[Row]) -> Path:
    """Write the rows with machine and time as JSON; returns the file."""
    now = datetime.now(UTC)
    path = VAR / f"{name}-{now:%Y%m%dT%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "measured_at": now.isoformat(timespec="seconds"),
        "machine": machine(),
        "rows": [{**asdict(row), "verdict": row.verdict} for row in rows],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
