"""``ewm accounts``: accounts of the web application, from the first administrator to the last trace of a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

app = group("Konten der Anwendung: anlegen, Vorführkonten entfernen, Daten ausgeben und löschen.")
Email = Annotated[str, typer.Option("--email", metavar="ADRESSE", help="Adresse, mit der sich die Person anmeldet.")]


@app.command(cls=GermanCommand)
def create(
    email: Email,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="sonst der Anfang der Adresse")] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role",
            metavar="ROLLE",
            help="administrator, ministry, evaluator, cluster_manager, cluster_viewer; auch mehrmals",
        ),
    ] = None,
    cluster: Annotated[
        list[str] | None,
        typer.Option("--cluster", metavar="CLUSTER", help="für cluster_manager und cluster_viewer; auch mehrmals"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Legt ein Konto an und nennt den Link, mit dem die Person ihr Passwort setzt."""
    done = _run(
        "accounts_create", "Konto wird angelegt", email=email, name=name, role=role or [], cluster=cluster or []
    )
    emit(done, lambda: _show_created(done), as_json=as_json)


@app.command("remove-demo", cls=GermanCommand)
def remove_demo(as_json: Json = False) -> None:
    """Entfernt die Konten der Vorführung; was sie eingetragen haben, bleibt."""
    done = _run("accounts_remove_demo", "Konten werden entfernt")
    emit(done, lambda: say(f"Entfernt: {', '.join(done['removed']) or 'nichts, es gab keine'}"), as_json=as_json)


@app.command(cls=GermanCommand)
def export(
    email: Email,
    file: Annotated[Path | None, typer.Option("--file", metavar="DATEI", help="sonst auf die Ausgabe")] = None,
) -> None:
    """Gibt alles als JSON aus, was über ein Konto gespeichert ist (Art. 15 DSGVO)."""
    found = _run("accounts_export", "Daten werden gesammelt", email=email)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if file is None:
        say(text)
        return
    file.write_text(f"{text}\n", encoding="utf-8")
    file.chmod(0o600)
    rows = sum(map(len, found["rows"].values()))
    say(f"{rows} Zeilen aus {len(found['rows'])} Tabellen und {len(found['mentions'])} Textstellen: {file}")


@app.command(cls=GermanCommand)
def erase(
    email: Email,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="TEXT", help="weitere Schreibweise des Namens; auch mehrmals"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ändert nichts, zeigt nur.")] = False,
    as_json: Json = False,
) -> None:
    """Löscht ein Konto, und seinen Namen überall (Art. 17 DSGVO); im Verlauf bleibt eine Nummer."""
    done = _run("accounts_erase", "Konto wird gelöscht", email=email, also=also or [], dry_run=dry_run)
    emit(done, lambda: _show_erased(done), as_json=as_json)


def _run(command: str, what: str, **options: Any) -> dict[str, Any]:
    from ewm.cli.capture import run_site

    with progress(what) as tell:
        return run_site(command, tell=tell, **options)


def _show_created(done: dict[str, Any]) -> None:
    say(f"Konto {done['account']} angelegt: {done['email']}, {', '.join(done['roles']) or 'ohne Rolle'}")
    if done["sent"]:
        say("Der Link zum Setzen des Passworts ist unterwegs. Er gilt drei Tage und einmal.")
    else:
        say(f"Link zum Setzen des Passworts (gilt drei Tage und einmal):\n  {done['link']}")


def _show_erased(done: dict[str, Any]) -> None:
    say(f"Konto {done['account']}: " + ("so sähe es aus, geändert wurde nichts" if done["dry_run"] else "gelöscht"))
    rows = [("gelöscht", place, count) for place, count in done["deleted"].items()]
    rows += [("Name ersetzt", place, count) for place, count in done["replaced"].items()]
    rows += [("Nummer bleibt", place, count) for place, count in done["kept"].items()]
    table(("Was", "Wo", "Zeilen"), rows, right=(2,))
    say("Sicherungen von früher ändert das nicht; ewm restore löscht wieder. Bitte jetzt sichern: ewm backup")
