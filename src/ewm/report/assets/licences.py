"""The licence of every asset, readable by machines, with its text: what the imprint of the software prints."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from ewm.report.assets.fonts import FAMILIES, copyright_notice

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.assets.outlines import MapSpec


def write_licences(packages: Path, target: Path, maps: list[MapSpec]) -> None:
    """Write ``licences.json`` and copy each package's licence text into ``licences/``."""
    (target / "licences").mkdir()
    entries = []
    for family in FAMILIES:
        entry = _entry(packages, target, family.package, used_for=f"Schrift {family.name}")
        entries.append({**entry, "attribution": copyright_notice(packages, family)})
    for package in sorted({spec.package for spec in maps}):
        specs = [spec for spec in maps if spec.package == package]
        entry = _entry(packages, target, package, used_for="Kreisgrenzen")
        attribution = " · ".join(dict.fromkeys(spec.attribution for spec in specs))
        terms = " · ".join(dict.fromkeys(spec.terms for spec in specs))
        entries.append({**entry, "attribution": attribution, "terms_of_data": terms})
    text = json.dumps(entries, ensure_ascii=False, indent=2)
    (target / "licences.json").write_text(f"{text}\n", encoding="utf-8")


def _entry(packages: Path, target: Path, package: str, *, used_for: str) -> dict[str, str]:
    about = json.loads((packages / package / "package.json").read_text(encoding="utf-8"))
    text = f"licences/{package.strip('@').replace('/', '-')}.txt"
    shutil.copyfile(packages / package / "LICENSE", target / text)
    return {
        "name": package,
        "version": about["version"],
        "licence": about["license"],
        "used_for": used_for,
        "text": text,
    }
