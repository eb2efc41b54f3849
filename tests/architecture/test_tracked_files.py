"""What must not stand in any file of the repository, and links that must lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.architecture.tree import files, name, texts

if TYPE_CHECKING:
    from pathlib import Path

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    r"(?<![A-Za-z0-9_.-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "fa" + "rm"]) + ")/"
)
REGISTRY_HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", "deb" + r"ian\.org"])
)
UNFINISHED = re.compile(
    r"\b(?:"
    + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error", "lorem" + " ipsum"])
    + r")\b"
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
MAXIMUM_BYTES = 1024 * 1024


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file}:{number}: {line.strip()[:100]}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_no_host_of_a_registry() -> None:
    assert lines_with(REGISTRY_HOSTS) == []


def test_nothing_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_no_large_file() -> None:
    assert [name(path) for path in files() if path.stat().st_size > MAXIMUM_BYTES] == []


def broken_links(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    found = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (page.parent / unquote(file)).resolve() if file else page
        if not goal.exists():
            found.append(f"{name(page)}: {target}")
        elif anchor and goal.suffix == ".md" and anchor not in anchors(goal):
            found.append(f"{name(page)}: {target} (no such heading)")
    return found


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+\s+(.+?)\s*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in files() if path.suffix == ".md"]
    assert len(pages) > 5
    assert [link for page in pages for link in broken_links(page)] == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One page\n[a](page.md#one-page) [b](page.md#two) [c](gone.md)\n", encoding="utf-8")
    assert broken_links(page) == [f"{page}: page.md#two (no such heading)", f"{page}: gone.md"]
