"""Puts the delivered report together in this process, from chapters, captions and texts that a test may spoil."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ewm.config import load_config
from ewm.indicators.methodology import load_methodology
from ewm.indicators.results import RunInfo, open_results
from ewm.programme import load_programme
from ewm.report.build import Inputs, build_document
from ewm.snapshot.home import find_snapshot
from ewm.snapshot.reader import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Document

CLUSTER, YEAR, FORM = "metall", 2020, "annual-2020"
REPORT = f"{FORM}-{CLUSTER}-{YEAR}-de"
BUILD = ("report", "build", "--cluster", CLUSTER, "--year", str(YEAR))
LOAD = (
    ("programme", "load"),
    ("records", "load", str(load_config().programme / "reference" / "records")),
)
COMMANDS = (("snapshot", "create", "--cut-off", "2020-12-31"), ("indicators", "run"), BUILD)


def ewm(data: Path, *words: str, programme: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a data folder of its own."""
    environment = {**os.environ, "EWM_DATA": str(data)}
    if programme:
        environment["EWM_PROGRAMME"] = str(programme)
    command = Path(sys.executable).with_name("ewm")
    return subprocess.run([command, *words], env=environment, capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Desk:
    """Everything that a report is built from, opened and verified."""

    inputs: Inputs

    @staticmethod
    def open(data: Path) -> Desk:
        """Open the only snapshot of a data folder and its results."""
        programme = load_programme(load_config().programme)
        snapshot = open_snapshot(find_snapshot(data / "snapshots"))
        methodology = load_methodology(programme.path / "methodology", snapshot.info.reporting_years, {})
        connection = duckdb.connect()
        snapshot.load(connection)
        info = RunInfo(
            snapshot=snapshot.info.name,
            snapshot_hash=snapshot.hash,
            corrections_hash=snapshot.corrections_hash,
            methodology_hash=methodology.content_hash,
        )
        open_results(connection, data / "results", info)
        return Desk(Inputs(programme, methodology, snapshot, connection))

    @contextmanager
    def own(self, folder: Path) -> Iterator[Desk]:
        """Yield a desk with a copy of the chapters and with edition texts that are as before afterwards."""
        home = copy_programme(self.inputs.programme.path, folder)
        connection = self.inputs.connection
        connection.execute("BEGIN")
        try:
            yield Desk(replace(self.inputs, programme=replace(self.inputs.programme, path=home)))
        finally:
            connection.execute("ROLLBACK")

    @property
    def form(self) -> Path:
        """The folder of the report form."""
        return self.inputs.programme.path / "chapters" / FORM

    def spoil(self, name: str, old: str, new: str) -> int:
        """Replace a text that stands in a file of the form once; returns the line on which it stood."""
        path = self.form / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name}: {text.count(old)} × {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def say(self, body: str, *, chapter: str = "3") -> None:
        """Let the edition say something in a chapter instead of what it said."""
        place = "cluster_id = ? AND reporting_year = ? AND chapter = ? AND language = 'de'"
        said = [CLUSTER, YEAR, chapter]
        connection = self.inputs.connection
        connection.execute(f"DELETE FROM edition_texts WHERE {place} AND position > 1", said)  # noqa: S608
        connection.execute(f"UPDATE edition_texts SET body = ? WHERE {place}", [body, *said])  # noqa: S608

    def tell(self, body: str, code: str) -> None:
        """Let a success story say something instead of what it said."""
        self.inputs.connection.execute("UPDATE success_stories SET body = ? WHERE code = ?", [body, code])

    def build(self, *, cluster: str = CLUSTER, language: str = "de") -> Document:
        """Put the document together."""
        return build_document(self.inputs, cluster_id=cluster, year=YEAR, form_name=FORM, language=language)


def copy_programme(source: Path, target: Path) -> Path:
    """Copy a programme's chapters; the rest is linked."""
    target.mkdir()
    for path in source.iterdir():
        if path.name == "chapters":
            shutil.copytree(path, target / path.name)
        else:
            (target / path.name).symlink_to(path)
    return target
