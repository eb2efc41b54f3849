"""Compare a snapshot with its manifest, byte by byte, and the snapshots of a home with their chain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import TamperedError
from ewm.snapshot.home import CORRECTIONS, LOCK, PARTIAL, folder_name, snapshot_folders
from ewm.snapshot.manifest import (
    MANIFEST,
    FileEntry,
    ManifestError,
    SnapshotInfo,
    expected_files,
    file_of,
    parse_manifest,
)
from ewm.snapshot.pictures import is_picture_file
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LATER = {file_of(table.name) for table in TABLES.values() if table.later}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as the manifest says: the file (or folder) and, in German, what is wrong."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify_snapshot(folder: Path) -> list[Problem]:
    """All problems of one snapshot; empty where every byte is as it was written."""
    return inspect(folder)[1]


def inspect(folder: Path) -> tuple[SnapshotInfo | None, list[Problem]]:
    """What the manifest says (``None`` where it is no manifest) and all problems of the snapshot."""
    try:
        info = parse_manifest((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None, [Problem(MANIFEST, "Die Datei fehlt")]
    except (OSError, ManifestError) as error:
        return None, [Problem(MANIFEST, str(error))]
    return info, [*_wrong_name(folder, info), *_wrong_list(info), *_wrong_files(folder, info)]


def _wrong_name(folder: Path, info: SnapshotInfo) -> Iterator[Problem]:
    own = folder.resolve().name
    if own != info.name:
        yield Problem(own, f"Der Ordner wurde umbenannt; er hieß {info.name}")
    if not info.name.startswith(folder_name(info.cut_off, info.content_hash)):
        yield Problem(MANIFEST, f"Der Name {info.name} passt nicht zu Stichtag und Prüfsumme des Inhalts")


def _wrong_list(info: SnapshotInfo) -> Iterator[Problem]:
    unknown = {
        name for name in info.files.keys() - expected_files() if name not in _LATER and not is_picture_file(name)
    }
    for name in sorted((expected_files() - info.files.keys()) | unknown):
        yield Problem(MANIFEST, f"Die Liste der Dateien ist nicht die eines Datenstands ({name})")


def _wrong_files(folder: Path, info: SnapshotInfo) -> Iterator[Problem]:
    present = {path.name: path for path in folder.iterdir()}
    for name in sorted(present.keys() - info.files.keys() - {MANIFEST}):
        yield Problem(name, "Die Datei gehört nicht zum Datenstand (hinzugefügt oder umbenannt)")
    for name in sorted(info.files.keys() - present.keys()):
        yield Problem(name, "Die Datei fehlt (gelöscht oder umbenannt)")
    for name in sorted(info.files.keys() & present.keys()):
        yield from _wrong_bytes(present[name], info.files[name])


def _wrong_bytes(path: Path, entry: FileEntry) -> Iterator[Problem]:
    if path.is_symlink() or not path.is_file():
        yield Problem(path.name, "Das ist keine gewöhnliche Datei")
    elif (size := path.stat().st_size) != entry.bytes:
        yield Problem(path.name, f"Die Datei hat {size} Bytes, geschrieben wurden {entry.bytes}")
    elif hash_file(path) != entry.sha256:
        yield Problem(path.name, "Der Inhalt wurde verändert (SHA-256 stimmt nicht)")


def verify_chain(home: Path) -> list[Problem]:
    """All problems of a home: every snapshot, their chain without gap from the first, and whatever does not belong."""
    problems = [Problem(str(path.relative_to(home)), "gehört zu keinem Datenstand") for path in _strangers(home)]
    chain: list[SnapshotInfo] = []
    for folder in snapshot_folders(home):
        info, found = inspect(folder)
        problems += [Problem(f"{folder.name}/{problem.file}", problem.message) for problem in found]
        chain += [info] if info else []
    return [*problems, *_broken_links(sorted(chain, key=lambda info: info.sequence))]


def _strangers(home: Path) -> Iterator[Path]:
    names = {folder.name for folder in snapshot_folders(home)}
    for path in sorted(home.iterdir()) if home.is_dir() else []:
        if path.name not in {CORRECTIONS, LOCK, *names} and not path.name.startswith(PARTIAL):
            yield path
    for path in sorted((home / CORRECTIONS).glob("*")):
        if path.name not in {f"{name}.yaml" for name in names}:
            yield path


def _broken_links(chain: list[SnapshotInfo]) -> Iterator[Problem]:
    before: SnapshotInfo | None = None
    for info in chain:
        expected = before.sequence + 1 if before else 1
        if info.sequence != expected:
            yield Problem(info.name, f"In der Kette fehlt Nr. {expected}, davor liegt kein Datenstand mehr")
        elif (info.previous_name, info.previous_hash) != _link(before):
            yield Problem(info.name, f"Der Vorgänger {info.previous_name} ist nicht mehr der, an den er anschloss")
        before = info


def _link(info: SnapshotInfo | None) -> tuple[str | None, str | None]:
    return (info.name, info.manifest_hash) if info else (None, None)


def require_intact(folder: Path) -> SnapshotInfo:
    """What the manifest says of a snapshot that is as it was written; else TamperedError with every problem."""
    info, problems = inspect(folder)
    if info is None or problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise TamperedError(
            f"Der Datenstand {folder.name} ist nicht mehr so, wie er geschrieben wurde:\n{listed}\n"
            f"Es wird nichts daraus gelesen. Bitte den Ordner {folder} aus der Sicherung wiederherstellen; "
            "was danach noch abweicht, zeigt: ewm snapshot verify"
        )
    return info
