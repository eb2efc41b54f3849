"""``ewm import``: lists of others and our own workbook become records, and can be taken back as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.exit_codes import FOUND
from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

app = group("Importe: Listen anderer und die eigene Arbeitsmappe einlesen, ansehen, zurücknehmen.")
Cluster = Annotated[str, typer.Option("--cluster", metavar="CLUSTER", help="Heimatcluster der Einträge.")]

ProfileName = Annotated[
    str | None, typer.Option("--profile", metavar="PROFIL", help="Aufbau der Datei; sonst wird er erkannt.")
]
Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="SPALTE=LESART", help="was eine mehrdeutige Spalte meint; auch mehrmals"),
]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="BLATT", help="sonst das größte Blatt")]
Take = Annotated[
    bool, typer.Option("--take-changes", help="Übernimmt in bekannte Einträge, was in der Datei abweicht.")
]
New = Annotated[
    bool, typer.Option("--new-where-similar", help="Legt neu an, was einem Eintrag oder Akteur nur ähnelt.")
]
Skip = Annotated[bool, typer.Option("--skip-where-similar", help="Lässt das aus.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Ändert nichts, zeigt nur.")]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="DATEI", help="Zeilen, die nicht übernommen wurden, als csv, xlsx oder ods."),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="steht im Verlauf")]

KINDS = {"projects": "Projekte", "activities": "Sonstige Aktivitäten", "actors": "Akteure"}
TALLIES = (
    ("new", "neu"),
    ("changed", "bekannt, ergänzt"),
    ("known", "bekannt, unverändert"),
    ("decide", "zu entscheiden"),
    ("error", "mit Fehler"),
    ("left_out", "ausgelassen"),
)


@app.command(cls=GermanCommand)
def file(
    path: Annotated[Path, typer.Argument(metavar="DATEI", help="xlsx, xls, ods, csv oder ein zip mit CSV-Dateien.")],
    cluster: Cluster,
    profile: ProfileName = None,
    answer: Answers = None,
    sheet: SheetName = None,
    take: Take = False,
    new: New = False,
    skip: Skip = False,
    dry_run: DryRun = False,
    report: Report = None,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Liest eine Datei ein: was sicher ist, wird übernommen, der Rest mit Zeile und Grund genannt.

    Endet mit 1, wenn Zeilen Fehler haben oder zu entscheiden sind; übernommen ist dann alles andere.
    """
    if new and skip:
        raise typer.BadParameter("--new-where-similar und --skip-where-similar schließen einander aus")
    similar = "new" if new else "skip" if skip else None
    read = {"cluster": cluster, "profile": profile, "answer": answer or [], "sheet": sheet}
    wanted = {"take": take, "similar": similar, "dry_run": dry_run, "report": report, "reason": reason}
    done = _run("import_file", "Import", path, **read, **wanted)
    emit(done, lambda: _show(done), as_json=as_json)
    if done["error"]["items"] or done["decide"]["items"]:
        raise typer.Exit(FOUND)


def _show(done: dict[str, Any]) -> None:
    rows = [(label, done[name]["items"], done[name]["rows"]) for name, label in TALLIES if done[name]["items"]]
    table(("Ergebnis", "Einträge", "Zeilen"), rows, title=f"{done['file']}: {done['profile']}", right=(1, 2))
    say(f"Zeilen in der Datei: {done['rows_in']}")
    if done["note"]:
        say(f"Hinweis: {done['note']}")
    for each in done["examples"]:
        say(f"  {each['place']}, {each['title']}: {each['reason']}")
    more = done["error"]["items"] + done["decide"]["items"] - len(done["examples"])
    if more > 0:
        say(f"  … und {more} weitere; alle nennt --report DATEI")
    if done["differing"]:
        say(f"{done['differing']} bekannte Einträge weichen ab und bleiben, wie sie sind; anders mit --take-changes")
    if done["report"]:
        say(f"Nicht übernommene Zeilen: {done['report']}")
    written = [f"{count} {KINDS[kind]}" for kind, count in done["created"].items()]
    changed = [f"{count} {KINDS[kind]} ergänzt" for kind, count in done["updated"].items()]
    told = ", ".join([*(f"{each} angelegt" for each in written), *changed]) or "nichts Neues"
    if done["dry_run"]:
        say(f"So sähe es aus: {told}. Geändert wurde nichts.")
    elif done["applied"]:
        say(f"Import {done['import']}: {told}. Zurücknehmen: ewm import undo {done['import']}")
    else:
        say("Übernommen wurde nichts.")


@app.command("list", cls=GermanCommand)
def listed(
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="CLUSTER", help="Nur Importe dieses Clusters.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Nennt die Importe, den letzten zuerst."""
    done = _run("import_list", "Importe werden gelesen", cluster=cluster)
    emit(done, lambda: _show_list(done["imports"]), as_json=as_json)


def _show_list(imports: list[dict[str, Any]]) -> None:
    rows = [
        (
            each["import"],
            each["begun"].replace("T", " ")[:16],
            each["cluster"],
            each["file"],
            each["label"],
            each["rows"],
            each["created"],
            each["updated"],
            each["undo_until"],
        )
        for each in imports
    ]
    heads = ("Nr.", "begonnen", "Cluster", "Datei", "Stand", "Zeilen", "angelegt", "ergänzt", "zurücknehmbar bis")
    table(heads, rows, right=(0, 5, 6, 7))
    if not imports:
        say("Noch keine Importe.")


@app.command(cls=GermanCommand)
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMMER", help="aus ewm import list")],
    leave_changed: Annotated[
        bool, typer.Option("--leave-changed", help="Lässt Einträge stehen, die seither geändert oder verwendet sind.")
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="steht im Verlauf; nötig, wenn ein Datenstand Einträge zeigt"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Nimmt einen Import als Ganzes zurück: was er angelegt hat, geht, was er ergänzt hat, ist wie vorher."""
    done = _run("import_undo", "Import wird zurückgenommen", number, leave_changed=leave_changed, reason=reason)
    emit(done, lambda: _show_undone(done), as_json=as_json)


def _show_undone(done: dict[str, Any]) -> None:
    say(f"Import {done['import']} zurückgenommen: {done['removed']} entfernt, {done['restored']} wie vorher.")
    for each in done["left"]:
        say(f"  stehen geblieben: {each['code']}, {each['name']}: {each['why']}")


@app.command(cls=GermanCommand)
def tidy(as_json: Json = False) -> None:
    """Entfernt hochgeladene Dateien nach 90 Tagen; was noch geprüft wird, gilt dann als verworfen."""
    done = _run("import_tidy", "Dateien werden entfernt")
    emit(done, lambda: _show_tidied(done), as_json=as_json)


def _show_tidied(done: dict[str, Any]) -> None:
    say(f"Dateien entfernt: {len(done['removed'])}, Importe verworfen: {len(done['discarded'])}.")


@app.command(cls=GermanCommand)
def template(
    path: Annotated[Path, typer.Argument(metavar="DATEI", help="wohin, mit der Endung .xlsx oder .ods")],
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="CLUSTER", help="dessen Handlungsfelder angeboten werden")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="JAHR", min=1, max=9999, help="Begriffe ab diesem Jahr; sonst das letzte Berichtsjahr"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Schreibt die Arbeitsmappe zum Ausfüllen, mit den Begriffen des Programms als Listen."""
    done = _run("import_template", "Arbeitsmappe wird geschrieben", path, cluster=cluster, year=year)
    emit(done, lambda: say(f"Arbeitsmappe (Fassung {done['version']}) geschrieben: {done['file']}"), as_json=as_json)


def _run(command: str, what: str, *arguments: Any, **options: Any) -> dict[str, Any]:
    from ewm.cli.capture import run_site

    with progress(what) as tell:
        return run_site(command, *arguments, tell=tell, **options)
