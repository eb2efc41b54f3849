"""Follows a page of the documentation literally: writes its files, runs its commands, looks for its outputs.

``Datei `NAME`:`` names the file that the next block becomes; a ``bash`` block is run line by line in one shell
session (``bash fails`` must fail); a ``text`` block lists lines of which each must occur in the last output.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<kind>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"Datei `(?P<name>[^`]+)`:\s*\Z")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind and text, and the file that it becomes, if any."""

    kind: str
    body: str
    file: str | None


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a page in order."""
    end = 0
    for match in _BLOCK.finditer(text):
        named = _FILE.search(text[end : match.start()])
        end = match.end()
        yield Block(match["kind"].strip(), match["body"], named["name"] if named else None)


@dataclass
class Reader:
    """Somebody who follows a page in a folder; variables that it exports stay set."""

    folder: Path
    environment: dict[str, str]
    output: str = ""
    ran: list[str] = field(default_factory=list)

    def follow(self, page: Path) -> None:
        """Do what the page says, in order; fails at the first thing that is not as it says."""
        for block in blocks(page.read_text(encoding="utf-8")):
            if block.file:
                self._write(block.file, block.body)
            elif block.kind.startswith("bash"):
                self._run(block.body, fails=block.kind.endswith("fails"))
            elif block.kind == "text":
                missing = [line for line in block.body.splitlines() if line.strip() and line.strip() not in self.output]
                assert missing == [], f"not in the output of {self.ran[-1]!r}:\n{self.output}"

    def _write(self, name: str, body: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def _run(self, script: str, *, fails: bool) -> None:
        done = subprocess.run(
            ["bash", "-c", f"set -e\ntrap 'env -0 > .environment' EXIT\n{script}"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.output = done.stdout + done.stderr
        self.ran.append(script.strip())
        assert (done.returncode != 0) == fails, f"{script}\n{self.output}"
        self.environment = _environment(self.folder / ".environment")


def _environment(path: Path) -> dict[str, str]:
    pairs = (entry.partition("=") for entry in path.read_text(encoding="utf-8").split("\0") if entry)
    return {name: value for name, _, value in pairs}


def environment(base: Mapping[str, str], *tools: Path) -> dict[str, str]:
    """Return the environment of somebody who finds these tools first and has set nothing of EWM."""
    kept = {name: value for name, value in base.items() if not name.startswith("EWM_")}
    return {**kept, "PATH": ":".join([*map(str, tools), base.get("PATH", "")])}
