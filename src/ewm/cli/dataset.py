"""``ewm export``: every record in one file, for people or for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say
from ewm.cli.snapshot import MOMENTS


def export(
    path: Annotated[Path, typer.Argument(metavar="DATEI", help="Ziel; eine vorhandene Datei wird ersetzt.")],
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="xlsx, ods, csv oder datapackage; sonst die Endung."),
    ] = None,
    cluster: Annotated[
        list[str] | None,
        typer.Option("--cluster", metavar="CLUSTER", help="Nur dieses Cluster; auch mehrmals. Sonst alle."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(metavar="JJJJ-MM-TTThh:mm", formats=MOMENTS, help="Früherer Kenntnisstand; sonst der jetzige."),
    ] = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Auch die Interviewnotizen.")] = False,
    as_json: Json = False,
) -> None:
    """Gibt alle Einträge in einer Datei aus: XLSX, ODS, CSV je Tabelle oder Datenpaket."""
    from ewm.cli.capture import run_site

    with progress("Einträge werden ausgegeben") as tell:
        done = run_site(
            "dataset_export", path, tell=tell, form=form, cluster=cluster or [], as_of=as_of, with_notes=with_notes
        )
    emit(done, lambda: _show(done), as_json=as_json)


def _show(done: dict[str, Any]) -> None:
    rows = done["rows"]
    say(f"{done['path']}: {sum(rows.values())} Zeilen in {len(rows)} Tabellen ({done['bytes'] / 1000:.0f} kB).")
    say(f"{rows['projects']} Projekte, {rows['activities']} Sonstige Aktivitäten, {rows['actors']} Akteure.")
    say("Konten und Verlauf sind nicht dabei; ganz gesichert wird mit ewm backup.")
