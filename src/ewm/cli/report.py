"""``ewm report``: from results to the report that is printed, edited and read on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ewm.cli.figures import CutOff, Name
from ewm.cli.output import Json, emit, progress, say
from ewm.cli.usage import GermanCommand, group

app = group("Berichte: aus Ergebnissen gesetzt, jede Zahl mit ihrer Herkunft.")

FORM = "annual-2020"
"""The report form that is built where none is named."""

Cluster = Annotated[str, typer.Option("--cluster", metavar="CLUSTER", help="Kennung des Clusters.")]
Year = Annotated[int, typer.Option("--year", metavar="JAHR", help="Berichtsjahr.")]


@app.command(cls=GermanCommand)
def build(
    cluster: Cluster,
    year: Year,
    formats: Annotated[
        str, typer.Option("--format", metavar="FORMAT[,…]", help="Formate: pdf, docx, odt, html.")
    ] = "pdf,docx,odt,html",
    lang: Annotated[str, typer.Option("--lang", metavar="SPRACHE", help="Sprache der Ausgabe: de oder en.")] = "de",
    form: Annotated[str, typer.Option("--form", metavar="FORM", help="Berichtsform des Programms.")] = FORM,
    cut_off: CutOff = None,
    snapshot: Name = None,
    as_json: Json = False,
) -> None:
    """Setzt den Bericht eines Clusters aus den gerechneten Ergebnissen."""
    from ewm.cli.reports import build_report

    with progress(f"Bericht {cluster} {year}") as tell:
        paths = build_report(
            cluster=cluster,
            year=year,
            formats=formats.split(","),
            language=lang,
            form=form,
            cut_off=cut_off,
            name=snapshot,
            tell=tell,
        )
    emit({name: str(path) for name, path in paths.items()}, lambda: _show(paths), as_json=as_json)


def _show(paths: dict[str, Path]) -> None:
    for name, path in paths.items():
        say(f"{name:<5} {path}")
