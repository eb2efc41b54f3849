"""Builds the site's assets in one go: packages, style sheet, icons, script, licences, then one rename."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import MissingError
from ewm.report.assets.node import present_packages
from ewm.web.assets import LICENCES, MANIFEST, SCRIPT, SPRITE, STYLES
from ewm.web.assets.sprite import build_sprite
from ewm.web.assets.styles import ENTRY, compile_styles

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCES = Path(__file__).resolve().parent
ICONS = _SOURCES.parent / "icons"
KERN = "@kern-ux/native"
HTMX = "htmx.org"
_LICENCES = {
    KERN: {"used_for": "Gestaltung und Symbole der Oberfläche", "attribution": "KERN-Team"},
    HTMX: {"used_for": "Nachladen von Seitenteilen", "attribution": "Big Sky Software"},
}


def build(*, root: Path, target: Path) -> bool:
    """Build ``target`` from the packages named in ``root/package-lock.json``; False where it is up to date.

    Raises MissingError without Node, network, lock file or where sass refuses. The former folder stays in place
    until the new one is whole.
    """
    lock = root / "package-lock.json"
    if not lock.is_file():
        raise MissingError(f"In {root} fehlt package-lock.json: Gestaltung und Symbole entstehen nur im Quellbaum.")
    inputs = _digest([lock, ENTRY, *sorted(_SOURCES.glob("*.py")), *sorted(ICONS.glob("*.svg"))])
    if _built_from(target) == inputs:
        return False
    packages = present_packages(root)
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent.parent, prefix="_site-") as scratch:
        fresh = Path(scratch) / "site"
        fresh.mkdir()
        _fill(fresh, packages)
        _write_manifest(fresh, inputs)
        if target.exists():
            target.rename(Path(scratch) / "former")
        fresh.rename(target)
    return True


def _fill(fresh: Path, packages: Path) -> None:
    (fresh / STYLES).write_text(compile_styles(packages), encoding="utf-8")
    (fresh / SPRITE).write_text(build_sprite(packages / KERN, ICONS), encoding="utf-8")
    shutil.copyfile(packages / HTMX / "dist" / SCRIPT, fresh / SCRIPT)
    entries = [{**_licence(packages, fresh, package), **about} for package, about in _LICENCES.items()]
    text = json.dumps(entries, ensure_ascii=False, indent=2)
    (fresh / LICENCES).write_text(f"{text}\n", encoding="utf-8")


def _licence(packages: Path, fresh: Path, package: str) -> dict[str, str]:
    folder = packages / package
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    name = f"licence-{package.strip('@').replace('/', '-')}.txt"
    shutil.copyfile(next(folder.glob("LICENSE*")), fresh / name)
    return {"name": package, "version": about["version"], "licence": about["license"], "text": f"site/{name}"}


def _digest(files: Iterable[Path]) -> str:
    summed = hashlib.sha256()
    for file in files:
        summed.update(f"{file.name}\n".encode())
        summed.update(file.read_bytes())
    return summed.hexdigest()


def _built_from(target: Path) -> str:
    manifest = target / MANIFEST
    return str(json.loads(manifest.read_text(encoding="utf-8"))["inputs"]) if manifest.is_file() else ""


def _write_manifest(folder: Path, inputs: str) -> None:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    text = json.dumps({"inputs": inputs, "files": files}, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
