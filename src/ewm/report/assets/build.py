"""Builds the assets in one go: packages, fonts, outlines, licences, then one rename. A second call does nothing."""

from __future__ import annotations

import hashlib
import json
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import MissingError
from ewm.report.assets import MANIFEST
from ewm.report.assets.node import install_packages
from ewm.report.assets.outlines import build_outlines, read_map_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCES = Path(__file__).resolve().parent


def build(*, root: Path, target: Path, programme: Path) -> bool:
    """Build ``target`` from the packages named in ``root/package-lock.json``; False where it is up to date.

    Raises MissingError without Node, network or lock file, ContentError for a wrong brand/map.toml. The former
    folder stays in place until the new one is whole.
    """
    if not (root / "package-lock.json").is_file():
        raise MissingError(f"In {root} fehlt package-lock.json: Schriften und Kreisgrenzen entstehen nur im Quellbaum.")
    spec_file = programme / "brand" / "map.toml"
    inputs = _digest([root / "package-lock.json", spec_file, *sorted(_SOURCES.glob("*.py"))])
    if _built_from(target) == inputs:
        return False
    packages = install_packages(root)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="_assets-") as scratch:
        fresh = Path(scratch) / "assets"
        fresh.mkdir()
        _fill(fresh, packages, _id(programme), spec_file)
        _write_manifest(fresh, inputs)
        _replace(target, fresh, Path(scratch))
    return True


def _fill(fresh: Path, packages: Path, programme: str, spec_file: Path) -> None:
    from ewm.report.assets.fonts import build_fonts  # noqa: PLC0415 (fontTools is there only where assets are built)
    from ewm.report.assets.licences import write_licences  # noqa: PLC0415

    build_fonts(packages, fresh)
    maps = []
    (fresh / "maps").mkdir()
    if spec_file.is_file():
        spec = read_map_spec(spec_file)
        shape = json.dumps(build_outlines(spec, packages), ensure_ascii=False, separators=(",", ":"))
        (fresh / "maps" / f"{programme}.geojson").write_text(shape, encoding="utf-8")
        maps.append(spec)
    write_licences(packages, fresh, maps)


def _id(programme: Path) -> str:
    """Return a programme's id, by which a report asks for its outlines wherever the folder lies."""
    head = programme / "programme.toml"
    return str(tomllib.loads(head.read_text(encoding="utf-8"))["id"]) if head.is_file() else programme.name


def _replace(target: Path, fresh: Path, scratch: Path) -> None:
    if target.exists():
        _keep_foreign(target, fresh)
        target.rename(scratch / "former")
    fresh.rename(target)


def _keep_foreign(target: Path, fresh: Path) -> None:
    """Take along the folders that others built beside these: the former manifest does not list their files."""
    manifest = target / MANIFEST
    if manifest.is_file():
        own = {name.partition("/")[0] for name in json.loads(manifest.read_text(encoding="utf-8"))["files"]}
        for folder in [child for child in target.iterdir() if child.is_dir() and child.name not in own]:
            folder.rename(fresh / folder.name)


def _digest(files: Iterable[Path]) -> str:
    summed = hashlib.sha256()
    for file in files:
        summed.update(f"{file.name}\n".encode())
        summed.update(file.read_bytes() if file.is_file() else b"")
    return summed.hexdigest()


def _built_from(target: Path) -> str:
    manifest = target / MANIFEST
    return str(json.loads(manifest.read_text(encoding="utf-8"))["inputs"]) if manifest.is_file() else ""


def _write_manifest(folder: Path, inputs: str) -> None:
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({"inputs": inputs, "files": files}, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
