"""``ewm snapshot``: records frozen at a cut-off, made, verified, listed and compared."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

if TYPE_CHECKING:
    from ewm.snapshot.manifest import SnapshotInfo

MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]

app = group("Datenstände: Einträge, zu einem Stichtag festgehalten.")


@app.command(cls=GermanCommand)
def create(
    cut_off: Annotated[
        datetime, typer.Option("--cut-off", metavar="JJJJ-MM-TT", formats=["%Y-%m-%d"], help="Stichtag.")
    ],
    as_of: Annotated[
        datetime | None,
        typer.Option(metavar="JJJJ-MM-TTThh:mm", formats=MOMENTS, help="Früherer Kenntnisstand; sonst der jetzige."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Hält die Einträge zu einem Stichtag fest, so wie sie jetzt oder früher bekannt waren."""
    from ewm.cli.capture import run_capture

    with progress("Datenstand wird geschrieben") as tell:
        done = run_capture("snapshot_create", tell=tell, cut_off=cut_off.date(), as_of=as_of)
    emit(done, lambda: _show_created(done), as_json=as_json)


def _show_created(done: dict[str, Any]) -> None:
    rows, left_out = done["rows"], done["left_out"]
    verb = "war schon geschrieben" if done["already_there"] else "ist geschrieben"
    say(
        f"Datenstand {done['name']} {verb}: {rows['projects']} Projekte, {rows['activities']} Sonstige Aktivitäten, "
        f"{rows['actors']} Akteure."
    )
    if any(left_out.values()):
        parts = ", ".join(f"{table} {count}" for table, count in left_out.items() if count)
        say(f"Nicht enthalten, weil später als der Stichtag: {parts}.")


@app.command("list", cls=GermanCommand)
def list_(as_json: Json = False) -> None:
    """Listet die Datenstände, die ältesten zuerst."""
    from ewm.config import load_config
    from ewm.snapshot.home import read_info, snapshot_folders

    home = load_config().snapshots
    infos = sorted((read_info(folder) for folder in snapshot_folders(home)), key=lambda info: info.sequence)
    emit([describe(info) for info in infos], lambda: _show(infos, home), as_json=as_json)


def describe(info: SnapshotInfo) -> dict[str, Any]:
    """Return what a manifest says, as JSON: names, dates, hashes and rows by table."""
    return {
        "name": info.name,
        "cut_off": info.cut_off,
        "as_of": info.as_of,
        "exported_at": info.exported_at,
        "sequence": info.sequence,
        "programme": info.programme_id,
        "programme_version": info.programme_version,
        "content_hash": info.content_hash,
        "previous": info.previous_name,
        "left_out": dict(info.left_out),
        "rows": info.rows,
    }


def _show(infos: list[SnapshotInfo], home: Path) -> None:
    if not infos:
        say(f"In {home} liegt noch kein Datenstand. Anlegen: ewm snapshot create --cut-off JJJJ-MM-TT")
        return
    headings = ("Nr.", "Datenstand", "Stichtag", "geschrieben", "Kenntnisstand", "Projekte", "Aktivitäten")
    table(headings, [_row(info) for info in infos], right=(0, 5, 6))


def _row(info: SnapshotInfo) -> tuple[object, ...]:
    return (
        info.sequence,
        info.name,
        f"{info.cut_off:%d.%m.%Y}",
        _moment(info.exported_at),
        _moment(info.as_of or info.exported_at),
        info.rows["projects"],
        info.rows["activities"],
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%d.%m.%Y %H:%M}"


@app.command(cls=GermanCommand)
def verify(
    name: Annotated[str | None, typer.Argument(metavar="DATENSTAND", help="sonst alle, mit ihrer Kette")] = None,
    as_json: Json = False,
) -> None:
    """Vergleicht jedes Byte mit der Prüfsummenliste und die Datenstände mit ihrer Kette."""
    from ewm.config import load_config
    from ewm.errors import TamperedError
    from ewm.snapshot.home import find_snapshot, snapshot_folders
    from ewm.snapshot.verify import verify_chain, verify_snapshot

    home = load_config().snapshots
    with progress("Datenstände werden geprüft"):
        problems = verify_snapshot(find_snapshot(home, name=name)) if name else verify_chain(home)
    checked = [name] if name else [folder.name for folder in snapshot_folders(home)]
    data = {"checked": checked, "problems": [{"file": found.file, "message": found.message} for found in problems]}
    if problems and not as_json:
        raise TamperedError("Nicht mehr, was geschrieben wurde:\n" + "\n".join(f"  {found}" for found in problems))
    emit(
        data,
        lambda: say(f"{len(checked)} Datenstand/Datenstände geprüft: jedes Byte ist, wie es war."),
        as_json=as_json,
    )
    if problems:
        raise typer.Exit(TamperedError.exit_code)


@app.command(cls=GermanCommand)
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="der frühere Datenstand")],
    b: Annotated[str, typer.Argument(metavar="B", help="der spätere Datenstand")],
    as_json: Json = False,
) -> None:
    """Zeigt, welche Einträge sich unterscheiden und welche Zahlen, Sätze und Ausgaben das bewegt."""
    from ewm.cli.compare import compare_snapshots, show_comparison
    from ewm.config import load_config

    with progress("Datenstände werden verglichen"):
        found = compare_snapshots(load_config(), a, b)
    emit(found.data(), lambda: show_comparison(found), as_json=as_json)
