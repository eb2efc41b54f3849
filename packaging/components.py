"""Lists what EWM is made of: a CycloneDX SBOM and a page of licences, from the installed packages of the lock file.

    python packaging/components.py build

Writes ``build/sbom.cdx.json`` and ``build/licences.md``; ends with 1 where a component has no licence or one that is
not on the list below, or where a package that is delivered is not installed. Packages for development are left out:
what ``requirements-server.lock`` names is delivered, and what the assets are made of.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-server.lock"
ASSETS = ROOT / "src" / "ewm" / "_assets"
LISTS = (ASSETS / "licences.json", ASSETS / "site" / "licences.json")
# Licences that an application under the EUPL-1.2 may be delivered with, by a word of their name.
ALLOWED = (
    "0BSD", "Apache", "BSD", "CC0", "EUPL", "HPND", "ISC", "LGPL", "MIT", "MPL", "Mozilla", "OFL", "PSF", "Python-2.0",
    "Python Software Foundation", "Unlicense", "ZPL", "Zlib", "dl-de",
)  # fmt: skip

CLASSIFIER, OTHER = "License :: ", "License :: Other/Proprietary License"


def delivered() -> set[str]:
    """Return the names of the packages that the lock file delivers to this kind of machine, in their plain form."""
    lines = re.findall(r"^([A-Za-z0-9][^\\\n]*==[^\\\n]*)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [Requirement(line.strip()) for line in lines]
    return {plain(each.name) for each in wanted if each.marker is None or each.marker.evaluate()}


def plain(name: str) -> str:
    """Return a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def sbom() -> dict[str, Any]:
    """Return the SBOM of what is delivered; the assets' packages stand in it, too."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sbom.json"
        words = ["environment", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml"), "-o", str(target)]
        program = Path(sys.executable).with_name("cyclonedx-py")
        subprocess.run([program, *words, sys.executable], check=True, cwd=folder)
        made: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    names = delivered()
    made["components"] = [each for each in made["components"] if plain(each["name"]) in names]
    kept = {each["bom-ref"] for each in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    made["dependencies"] = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", []) if ref in kept]}
        for each in made.get("dependencies", [])
        if each["ref"] in kept
    ]
    made["components"] += [_asset(each) for file in LISTS for each in json.loads(file.read_text(encoding="utf-8"))]
    return made


def _asset(entry: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": f"npm:{entry['name']}@{entry['version']}",
        "name": entry["name"],
        "version": entry["version"],
        "licenses": [{"license": {"name": entry["licence"]}}],
        "purl": f"pkg:npm/{entry['name'].replace('@', '%40')}@{entry['version']}",
    }


def licence(component: dict[str, Any]) -> str:
    """Return a component's licences in one line, empty where it names none."""
    said = []
    for each in component.get("licenses", []):
        inner = each.get("license", {})
        said.append(each.get("expression") or inner.get("id") or inner.get("name") or "")
    words = [word for word in said if not word.startswith(CLASSIFIER)]  # a classifier only where nothing says more
    words = words or [word.rpartition(" :: ")[2] for word in said if word != OTHER]
    return "; ".join(dict.fromkeys(filter(None, words)))


def page(components: list[dict[str, Any]]) -> str:
    """Return the list of licences as a page."""
    rows = [f"| {each['name']} | {each.get('version', '')} | {licence(each)} |" for each in components]
    return "\n".join(["# Komponenten und Lizenzen", "", "| Paket | Version | Lizenz |", "|---|---|---|", *rows, ""])


def main() -> int:
    """Write both files and name what has no allowed licence."""
    made = sbom()
    target = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")
    target.mkdir(parents=True, exist_ok=True)
    components = sorted(made["components"], key=lambda each: plain(each["name"]))
    (target / "sbom.cdx.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    (target / "licences.md").write_text(page(components), encoding="utf-8")
    missing = sorted(delivered() - {plain(each["name"]) for each in components})
    if missing:
        sys.stderr.write(f"Nicht installiert und darum nicht in der Liste: {', '.join(missing)} (make .venv/.server)\n")
    odd = [each for each in components if not any(word in licence(each) for word in ALLOWED)]
    for each in odd:
        sys.stderr.write(f"{each['name']} {each.get('version')}: Lizenz „{licence(each) or 'keine genannt'}“ prüfen\n")
    sys.stdout.write(f"{len(components)} Komponenten: {target / 'sbom.cdx.json'}, {target / 'licences.md'}\n")
    return int(bool(odd or missing))


if __name__ == "__main__":
    sys.exit(main())
