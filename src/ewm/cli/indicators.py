"""``ewm indicators``: computed for every cluster and year, and listed."""

from __future__ import annotations

from typing import Any

from ewm.cli.figures import CutOff, Name
from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

app = group("Indikatoren: gerechnet für alle Cluster und Berichtsjahre.")


@app.command(cls=GermanCommand)
def run(cut_off: CutOff = None, snapshot: Name = None, as_json: Json = False) -> None:
    """Rechnet alle Indikatoren eines Datenstands und legt die Ergebnisse ab."""
    data = compute(cut_off, snapshot)
    done = "gerechnet" if data["new"] else "lagen schon vor"
    text = f"{data['rows']} Werte {done}: {data['folder']} (results und pairs als Parquet, CSV und JSON)."
    emit(data, lambda: say(text), as_json=as_json)


def compute(cut_off: Any = None, snapshot: str | None = None) -> dict[str, Any]:
    """Compute a snapshot's results unless they are there intact; returns folder, rows and whether they are new."""
    from ewm.cli.figures import open_figures
    from ewm.indicators.results import open_results, write_results

    with progress("Indikatoren werden gerechnet") as tell:
        figures = open_figures(cut_off, snapshot)
        home = figures.config.results
        folder, new = write_results(figures.connection, figures.methodology, figures.info, home, tell)
        open_results(figures.connection, home, figures.info)
        (rows,) = figures.connection.execute("SELECT COUNT(*) FROM results").fetchone() or (0,)
    return {"snapshot": figures.snapshot.info.name, "folder": str(folder), "new": new, "rows": rows}


@app.command("list", cls=GermanCommand)
def list_(as_json: Json = False) -> None:
    """Listet die Indikatoren mit Quelle, Aufgliederung und Gültigkeit."""
    from ewm.cli.content import methodology
    from ewm.indicators.sheet import level_name

    sheets = methodology().indicators
    data = [
        {
            "id": sheet.id,
            "title": sheet.title,
            "source": str(sheet.source),
            "populations": list(sheet.of),
            "levels": [level_name(path) for path in sheet.levels],
            "values": list(sheet.value_names),
            "valid": str(sheet.valid),
        }
        for sheet in sheets
    ]
    rows = [(one.id, one.title, "; ".join(map(level_name, one.by)), str(one.valid)) for one in sheets]
    emit(data, lambda: table(("Kennung", "Titel", "Aufgliederung", "gilt"), rows), as_json=as_json)
