"""Make a backup while the site is in use: one reading transaction sees one moment of all tables."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.one_moment import one_moment
from ewm.snapshot.home import PARTIAL
from ewm.web.backup.package import MANIFEST, SNAPSHOTS, Manifest, table_name
from ewm.web.backup.tables import applied, models_at, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.web.backup.tables import Count

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """Where a backup lies, and what it holds."""

    path: Path
    manifest: Manifest


def backup_create(*, folder: Path, snapshots: Path, progress: Callable[[str, int, int], None] | None = None) -> Made:
    """Write a backup into ``folder``; others go on reading and writing, a killed run leaves no backup.

    The file appears under its name when it is whole and on disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(f"{PARTIAL}*"):
        leftover.unlink()
    moment = timezone.localtime()
    handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=folder)  # mkstemp gives mode 600: accounts are in it
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
                manifest = _fill(package, snapshots, progress or (lambda *_: None))
            stream.flush()
            os.fsync(stream.fileno())
        path = _free_name(folder, f"ewm-{moment:%Y-%m-%dT%H%M%S}")
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync(folder)
    return Made(path, manifest)


def _fill(package: zipfile.ZipFile, snapshots: Path, tell: Callable[[str, int, int], None]) -> Manifest:
    tables: dict[str, Count] = {}
    with one_moment():
        state = applied()
        models = models_at(state)
        created_at = timezone.now().isoformat()
        for done, model in enumerate(models):
            tell("Tabellen werden gesichert", done, len(models))
            label = model._meta.label_lower
            with package.open(table_name(label), "w") as member:
                tables[label] = write_rows(model, member)
    files: dict[str, str] = {}
    for file in _snapshot_files(snapshots):
        tell("Datenstände werden gesichert", len(files), len(files) + 1)
        name = file.relative_to(snapshots).as_posix()
        files[name] = _copy(file, package, f"{SNAPSHOTS}{name}")
    manifest = Manifest(version("ewm"), created_at, tuple(state), tables, files)
    package.writestr(MANIFEST, manifest.as_bytes())
    return manifest


def _snapshot_files(home: Path) -> Iterator[Path]:
    if home.is_dir():
        for file in sorted(home.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(home).parts)
            if file.is_file() and not hidden:
                yield file


def _copy(file: Path, package: zipfile.ZipFile, name: str) -> str:
    counted = hashlib.sha256()
    info = zipfile.ZipInfo.from_file(file, name)
    with file.open("rb") as source, package.open(info, "w", force_zip64=True) as member:
        while block := source.read(_BLOCK):
            counted.update(block)
            member.write(block)
    return counted.hexdigest()


def _free_name(folder: Path, stem: str) -> Path:
    names = (f"{stem}{f'-{number}' if number else ''}.zip" for number in range(1000))
    return next(folder / name for name in names if not (folder / name).exists())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
