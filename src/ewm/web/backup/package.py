"""The file of a backup: a zip with ``manifest.json``, ``tables/*.jsonl`` and ``snapshots/**``, each with its hash."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import TamperedError
from ewm.web.backup.tables import Count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, SNAPSHOTS = "tables/", "snapshots/"
_BLOCK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, TypeError,
    RuntimeError,
)  # fmt: skip
"""What reading a damaged zip may raise: a flipped bit turns up as any of these."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: state of the tables, rows and hash of each, hash of every file of the snapshots."""

    version: str
    created_at: str
    state: tuple[tuple[str, str], ...]
    tables: Mapping[str, Count]
    files: Mapping[str, str]

    def as_bytes(self) -> bytes:
        """Return the manifest as it lies in the file."""
        said: dict[str, Any] = {"format": FORMAT, **asdict(self)}
        return json.dumps(said, ensure_ascii=False, indent=2).encode()


def table_name(label: str) -> str:
    """Return the name of a table's member."""
    return f"{TABLES}{label}.jsonl"


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup after looking at every byte of it; raises TamperedError where one is missing or changed."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise _broken(path, str(error)) from error
    with package:
        try:
            manifest = _manifest(package)
            _verify(package, manifest)
        except _DAMAGE as error:
            raise _broken(path, str(error)) from error
        yield package, manifest


def _broken(path: Path, why: str) -> TamperedError:
    return TamperedError(
        f"Die Sicherung {path} ist beschädigt oder keine: {why}. Wiederhergestellt wurde nichts. "
        "Bitte eine andere Sicherung nehmen."
    )


def _manifest(package: zipfile.ZipFile) -> Manifest:
    said = json.loads(package.read(MANIFEST))
    if said["format"] != FORMAT:
        raise ValueError(f"Format {said['format']}, dieses EWM liest Format {FORMAT}")
    return Manifest(
        version=said["version"],
        created_at=said["created_at"],
        state=tuple((app, name) for app, name in said["state"]),
        tables={label: Count(**each) for label, each in said["tables"].items()},
        files=said["files"],
    )


def _verify(package: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = {table_name(label): each.sha256 for label, each in manifest.tables.items()}
    wanted |= {f"{SNAPSHOTS}{name}": digest for name, digest in manifest.files.items()}
    present = set(package.namelist()) - {MANIFEST}
    for name in sorted(present ^ set(wanted)):
        raise ValueError(f"{name} {'fehlt' if name in wanted else 'gehört nicht dazu'}")
    for name, digest in wanted.items():
        if ".." in name.split("/") or name.startswith("/"):
            raise ValueError(f"{name} liegt außerhalb")
        with package.open(name) as member:
            counted = hashlib.sha256()
            while block := member.read(_BLOCK):
                counted.update(block)
        if counted.hexdigest() != digest:
            raise ValueError(f"{name} ist verändert")
