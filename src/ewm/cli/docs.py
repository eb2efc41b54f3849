"""``ewm docs``: writes the reference pages, or says which of them are out of date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ewm.cli.output import say

MEASURED = frozenset({"boesartige-dateien.md"})
"""Pages that come from measuring (``make hostile``), not from the content."""


def docs(
    folder: Annotated[Path, typer.Argument(metavar="ORDNER", help="sonst docs/reference")] = Path("docs/reference"),
    check: Annotated[bool, typer.Option("--check", help="Schreibt nichts; nennt veraltete Seiten.")] = False,
) -> None:
    """Schreibt die Referenz: Befehle, Rückgabewerte, Tabellen, Indikatoren, Begriffe und Berichtskapitel."""
    from ewm.cli.content import methodology
    from ewm.cli.reference import pages
    from ewm.errors import FindingsError

    wanted = pages(methodology())
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in wanted.items():
            (folder / name).write_text(text, encoding="utf-8")
        say(f"{len(wanted)} Seiten in {folder} geschrieben.")
        return
    stale = [name for name, text in wanted.items() if _read(folder / name) != text]
    stale += [path.name for path in sorted(folder.glob("*.md")) if path.name not in {*wanted, *MEASURED}]
    if stale:
        raise FindingsError(f"Nicht mehr aktuell in {folder}: {', '.join(stale)}. Bitte neu erzeugen: make docs")
    say(f"{len(wanted)} Seiten in {folder} sind aktuell.")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
