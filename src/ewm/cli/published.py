"""``ewm check-published``: the figures that a report printed, compared with the computed ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.cli.figures import Figures
    from ewm.indicators.published import Check
    from ewm.indicators.published_form import Published


@dataclass(frozen=True, slots=True)
class Checked:
    """One list of published figures, the snapshot that it was checked on, and what came of each figure."""

    published: Published
    figures: Figures
    checks: list[Check]

    @property
    def misses(self) -> list[Check]:
        """The figures that do not fit."""
        return [check for check in self.checks if not check.passed]

    @property
    def summary(self) -> str:
        """How many of how many fit."""
        fitting = len(self.checks) - len(self.misses)
        return f"{fitting} von {len(self.checks)} veröffentlichten Zahlen stimmen ({self.published.document})."


def check_published(
    files: Annotated[list[str] | None, typer.Argument(metavar="LISTE", help="sonst alle des Programms")] = None,
    as_json: Json = False,
) -> None:
    """Vergleicht jede veröffentlichte Zahl mit der errechneten und nennt jede, die nicht stimmt."""
    from pathlib import Path

    from ewm.errors import FindingsError

    with progress("Zahlen werden gerechnet und verglichen"):
        found = [check_list(path) for path in ([Path(name) for name in files] if files else published_lists())]
    misses = [check for checked in found for check in checked.misses]
    if as_json:
        emit([_data(checked) for checked in found], say, as_json=True)
    else:
        for check in misses:
            say(f"  {check.message}")
        for checked in found:
            say(checked.summary)
    if misses:
        raise typer.Exit(FindingsError.exit_code)


def published_lists() -> list[Path]:
    """Return the programme's lists of published figures; raises MissingError where it has none."""
    from ewm.config import load_config
    from ewm.errors import MissingError

    folder = load_config().programme / "reference"
    found = sorted(folder.glob("published-*.yaml"))
    if not found:
        raise MissingError(f"In {folder} liegt keine Liste veröffentlichter Zahlen (published-….yaml).")
    return found


def check_list(path: Path) -> Checked:
    """Check one list on the last snapshot of its reporting year, computing the results where they are not there yet."""
    from ewm.cli.content import methodology
    from ewm.cli.figures import open_figures
    from ewm.indicators import published as comparison
    from ewm.indicators.published_form import load_published
    from ewm.indicators.results import open_results, write_results

    published = load_published(path)
    figures = open_figures(date(published.reporting_year, 12, 31))
    home = figures.config.results
    write_results(figures.connection, figures.methodology, figures.info, home)
    open_results(figures.connection, home, figures.info)
    return Checked(published, figures, comparison.check_published(published, figures.connection, methodology()))


def _data(checked: Checked) -> dict[str, Any]:
    return {
        "list": checked.published.name,
        "document": checked.published.document,
        "snapshot": checked.figures.snapshot.info.name,
        "figures": len(checked.checks),
        "fitting": len(checked.checks) - len(checked.misses),
        "misses": [{"id": check.figure.id, "message": check.message} for check in checked.misses],
    }
