"""How commands speak: tables and sentences on stdout, JSON on request, progress on a terminal's stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

Tell = Callable[[str, int, int], None]
Json = Annotated[bool, typer.Option("--json", help="Gibt das Ergebnis als JSON aus.")]


def emit(data: Any, render: Callable[[], None], *, as_json: bool) -> None:
    """Write ``data`` as JSON, or let ``render`` write it for people."""
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        render()


def say(text: str = "") -> None:
    """Write a line to stdout."""
    sys.stdout.write(f"{text}\n")


def table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None, right: Sequence[int] = ()
) -> None:
    """Write a table: on a terminal with rules and emphasis, otherwise in plain aligned columns of any width.

    ``right`` names the columns (from 0) that stand flush right.
    """
    if sys.stdout.isatty():
        _rich_table(headings, rows, title, right)
    else:
        _plain_table(headings, rows, title, right)


def _rich_table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None, right: Sequence[int]
) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for index, heading in enumerate(headings):
        drawn.add_column(heading, justify="right" if index in right else "left")
    for row in rows:
        drawn.add_row(*(escape(_text(cell)) for cell in row))
    Console().print(drawn)


def _plain_table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None, right: Sequence[int]
) -> None:
    lines = [list(headings), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(headings))]
    if title:
        say(title)
    for line in lines:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """Show that something longer goes on, with the time since it began; silent where stderr is no terminal.

    Gives a function that hears what is done now: text, done, of how many.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def tell(text: str, done: int, total: int) -> None:
            bar.update(task, description=f"{what}: {text}", completed=done, total=total or None)

        yield tell


def _silent(text: str, done: int, total: int) -> None:
    """Hear and say nothing."""
