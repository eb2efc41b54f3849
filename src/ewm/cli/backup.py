"""``ewm backup`` and ``ewm restore``: every row and every snapshot in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="ORDNER", help="Ordner der Sicherung; sonst var/backups.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Sichert alle Einträge, Konten und Datenstände in eine Datei, auch während andere arbeiten."""
    from ewm.cli.capture import run_site

    with progress("Sicherung wird geschrieben") as tell:
        done = run_site("backup_create", tell=tell, to=to)
    emit(done, lambda: _show_made(done), as_json=as_json)


def _show_made(done: dict[str, Any]) -> None:
    say(f"Sicherung {done['path']}")
    say(f"{done['rows']} Zeilen aus {done['tables']} Tabellen, {done['snapshots']} Datenstände.")
    say("Sie enthält Konten: bitte so schützen wie die Datenbank. Zurückspielen: ewm restore DATEI")


def restore(
    path: Annotated[Path, typer.Argument(metavar="DATEI", help="Sicherung von ewm backup.")],
    as_json: Json = False,
) -> None:
    """Spielt eine Sicherung in eine leere Datenbank ein, SQLite oder PostgreSQL, und prüft jede Tabelle."""
    from ewm.cli.capture import run_site

    with progress("Sicherung wird eingespielt") as tell:
        done = run_site("backup_restore", path, tell=tell, prepare=False)
    emit(done, lambda: _show_restored(done), as_json=as_json)


def _show_restored(done: dict[str, Any]) -> None:
    say(f"Wiederhergestellt: {done['rows']} Zeilen in {done['tables']} Tabellen, Zeile für Zeile verglichen.")
    names = ", ".join(done["snapshots"])
    say(f"Datenstände: {names}." if names else "Datenstände: alle waren schon da.")
    _show_erased(done)


def _show_erased(done: dict[str, Any]) -> None:
    if done["erased"]:
        say(f"Wieder gelöscht, weil schon einmal gelöscht: Konto {', '.join(map(str, done['erased']))}.")
    if done["spelled"]:
        numbers = ", ".join(map(str, done["spelled"]))
        say(
            f"Konto {numbers}: damals wurden weitere Schreibweisen ersetzt. Bitte wie damals: ewm accounts erase --also"
        )
    if done["not_erased"]:
        numbers = ", ".join(map(str, done["not_erased"]))
        say(f"Nicht gelöscht, weil sonst niemand Konten verwaltet: Konto {numbers}. Bitte danach: ewm accounts erase")
