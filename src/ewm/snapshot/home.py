"""The snapshots' home: one folder per snapshot, found by cut-off or name, published whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import EwmError, MissingError, TamperedError
from ewm.snapshot.exchange import exchange
from ewm.snapshot.manifest import MANIFEST, ManifestError, SnapshotInfo, parse_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

CORRECTIONS = "corrections"
PARTIAL = ".partial-"
FORMER = ".former-"
LOCK = ".lock"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_[0-9a-f]{8}(_\d+)?")


def folder_name(cut_off: date, content_hash: str) -> str:
    """Name of a snapshot's folder: sorts by cut-off and tells which data it holds."""
    return f"{cut_off.isoformat()}_{content_hash[:8]}"


def snapshot_folders(home: Path) -> list[Path]:
    """Folders of all snapshots in a home, by name; half-written ones have another name and are never among them."""
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if _NAME.fullmatch(path.name))


def read_info(folder: Path) -> SnapshotInfo:
    """What the manifest says, without looking at the tables; raises TamperedError where it is damaged."""
    try:
        return parse_manifest((folder / MANIFEST).read_bytes())
    except (ManifestError, OSError) as error:
        raise TamperedError(
            f"Datenstand {folder.name}: {MANIFEST} ist nicht lesbar oder verändert. {error}. "
            f"Bitte den Ordner aus der Sicherung wiederherstellen ({folder})."
        ) from error


def find_snapshot(home: Path, *, cut_off: date | None = None, name: str | None = None) -> Path:
    """Folder of one snapshot: the named one, else the last one written for the latest (or the given) cut-off.

    Raises MissingError where there is none, naming the command that makes it.
    """
    folders = snapshot_folders(home)
    if name is not None:
        folders = [folder for folder in folders if folder.name == name]
    if cut_off is not None:
        folders = [folder for folder in folders if _cut_off(folder) == cut_off.isoformat()]
    if not folders:
        raise MissingError(_missing(home, cut_off, name))
    latest = max(_cut_off(folder) for folder in folders)
    candidates = [folder for folder in folders if _cut_off(folder) == latest]
    return max(candidates, key=lambda folder: read_info(folder).sequence) if len(candidates) > 1 else candidates[0]


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home alone for writing, and sweep away what killed runs left; the lock ends with the process."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EwmError(
                f"In {home} schreibt gerade ein anderer Lauf. Bitte warten und dann erneut aufrufen."
            ) from error
        _restore(home)
        for leftover in home.glob(f"{PARTIAL}*"):
            shutil.rmtree(leftover)
        yield


def _restore(home: Path) -> None:
    """Give back what a kill in the middle of a replacement left without its name."""
    for former in home.glob(f"{FORMER}*"):
        target = home / former.name.removeprefix(FORMER)
        former.rename(home / f"{PARTIAL}{target.name}" if target.exists() else target)


@contextmanager
def draft(home: Path) -> Iterator[Path]:
    """A folder that nobody sees, in the same file system as the home; removed unless it was published."""
    folder = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, target: Path) -> None:
    """Make a draft visible under its name, in one step that outlives a power cut."""
    _finish(folder)
    folder.rename(target)
    _sync(target.parent)


def replace(folder: Path, target: Path) -> None:
    """Make a draft visible under its name, whatever stands there; that becomes the draft and goes with it.

    Readers see the former folder or the new one. Only on a file system that cannot exchange folders, a kill between
    two renames leaves none of them visible; the former one then comes back with the next ``locked``.
    """
    if not target.exists():
        publish(folder, target)
        return
    _finish(folder)
    try:
        exchange(folder, target)
    except OSError:
        former = target.with_name(f"{FORMER}{target.name}")
        target.rename(former)
        folder.rename(target)
        former.rename(folder)
    _sync(target.parent)


def _finish(folder: Path) -> None:
    """Bring a draft to the disk. Many small files at once take a disk hardly longer than one."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (who only reads does without)

    folder.chmod(0o755)
    with ThreadPoolExecutor() as pool:
        for _ in pool.map(_sync, [folder, *folder.rglob("*")]):
            pass


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cut_off(folder: Path) -> str:
    return folder.name.partition("_")[0]


def _missing(home: Path, cut_off: date | None, name: str | None) -> str:
    day = cut_off.isoformat() if cut_off else "JJJJ-MM-TT"
    if name is not None:
        known = ", ".join(folder.name for folder in snapshot_folders(home)) or "keine"
        return f"Den Datenstand {name} gibt es in {home} nicht (vorhanden: {known}). Übersicht: ewm snapshot list"
    what = f" zum Stichtag {cut_off.strftime('%d.%m.%Y')}" if cut_off else ""
    return f"In {home} liegt noch kein Datenstand{what}. Bitte anlegen: ewm snapshot create --cut-off {day}"
