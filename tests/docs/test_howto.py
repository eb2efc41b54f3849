"""The pages that lead somebody by the hand, done: every file written, every command run as the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ewm.capture.hints import CHECKS
from ewm.cli.records import SEVERITIES
from tests.architecture.tree import ROOT
from tests.docs.pages import Reader, blocks, environment
from tests.support.once import once

TOOLS = Path(sys.executable).parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="session")
def demonstrated(loaded_records: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of somebody who has run the demonstration."""

    def make(folder: Path) -> None:
        shutil.copytree(loaded_records, folder)
        own = {**os.environ, "EWM_DATA": str(folder)}
        subprocess.run([TOOLS / "ewm", "demo"], env=own, capture_output=True, check=True)

    return once(tmp_path_factory, worker_id, "demonstrated", make)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Somebody in the folder of a clone, whose ``make demo`` is the command behind it."""
    shutil.copytree(ROOT / "programmes", tmp_path / "programmes")
    (tmp_path / ".venv").symlink_to(TOOLS.parent)
    make = tmp_path / "tools" / "make"
    make.parent.mkdir()
    make.write_text('#!/bin/sh\n[ "$*" = demo ] && exec ewm demo\n', encoding="utf-8")
    make.chmod(0o755)
    return Reader(tmp_path, environment(os.environ, make.parent, TOOLS))


@pytest.mark.long
def test_the_tutorial(reader: Reader) -> None:
    reader.follow(DOCS / "tutorial" / "vom-klon-zur-zahl.md")
    assert (reader.folder / "var" / "results").is_dir()
    assert not (reader.folder / "var-versuch").exists()


@pytest.mark.long
def test_a_new_indicator(reader: Reader, demonstrated: Path) -> None:
    shutil.copytree(demonstrated, reader.folder / "var")
    reader.follow(DOCS / "how-to" / "neuer-indikator.md")
    assert "P-90 S1" in reader.output
    assert "Einträge" in reader.output


@pytest.mark.long
def test_a_new_methodology_year(reader: Reader) -> None:
    reader.follow(DOCS / "how-to" / "neues-methodikjahr.md")
    assert any("comparability" in script for script in reader.ran)


@pytest.mark.long
def test_a_new_chapter_of_the_report(reader: Reader, demonstrated: Path) -> None:
    shutil.copytree(demonstrated, reader.folder / "var")
    reader.follow(DOCS / "how-to" / "neues-berichtskapitel.md")
    html = (reader.folder / "var" / "reports" / "annual-2020-metall-2020-en" / "html" / "index.html").read_text("utf-8")
    assert "Who funds" in html
    assert "Figure 12" in html


def test_checking_records(reader: Reader, demonstrated: Path) -> None:
    shutil.copytree(demonstrated, reader.folder / "var")
    reader.follow(DOCS / "how-to" / "eintraege-pruefen.md")
    assert "Gemeldet: 0, bei 0 Einträgen." in reader.output


def test_importing_lists(reader: Reader, demonstrated: Path) -> None:
    shutil.copytree(demonstrated, reader.folder / "var")
    reader.follow(DOCS / "how-to" / "importieren.md")
    assert (reader.folder / "bericht.csv").read_text("utf-8-sig").count("\n") > 2
    assert list((reader.folder / "var" / "imports").iterdir())


def test_the_page_on_checking_names_every_check_with_its_weight() -> None:
    page = (DOCS / "how-to" / "eintraege-pruefen.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", page, flags=re.MULTILINE))
    assert rows == {check.name: SEVERITIES[check.severity] for check in CHECKS.values()}


def test_a_page_that_says_the_wrong_thing_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    somebody = Reader(tmp_path, environment(os.environ, TOOLS))
    for text in ("```bash\nfalse\n```", "```bash fails\ntrue\n```", "```bash\necho a\n```\n```text\nb\n```"):
        page.write_text(text + "\n", encoding="utf-8")
        with pytest.raises(AssertionError):
            somebody.follow(page)


def test_blocks_and_their_files_are_told_apart() -> None:
    text = "Datei `a/b.md`:\n\n````markdown\n```sql\nx\n```\n````\n\nDann:\n\n```bash\nls\n```\n"
    assert [(block.kind, block.body, block.file) for block in blocks(text)] == [
        ("markdown", "```sql\nx\n```\n", "a/b.md"),
        ("bash", "ls\n", None),
    ]
