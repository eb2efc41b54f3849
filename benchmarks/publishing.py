"""The annual report in four formats, the chain that leads to it, and two other ways to paper with the same content."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import VAR, Sample, child, interleaved, module, tell
from benchmarks.report import Row
from benchmarks.thirteen import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EWM = str(Path(sys.executable).with_name("ewm"))
CLUSTER, YEAR = "metall", "2020"
LOAD = (("programme", "load"), ("records", "load", str(RECORDS)))
COUNT = (("snapshot", "create", "--cut-off", f"{YEAR}-12-31"), ("indicators", "run"))
BUILD = ("report", "build", "--cluster", CLUSTER, "--year", YEAR)


def prepare(folder: Path, commands: Sequence[Sequence[str]]) -> dict[str, str]:
    """Begin a data folder anew with these commands; returns the environment that names it."""
    shutil.rmtree(folder, ignore_errors=True)
    environment = {"EWM_DATA": str(folder)}
    for command in commands:
        child([EWM, *command], environment)
    return environment


def measure(runs: int) -> Iterator[Row]:
    """Yield the seconds and memory of one report in all formats, of the whole chain, and of the other ways."""
    folder = VAR / "publishing"
    tell("Einträge und Ergebnisse für den Bericht werden gerechnet ...")
    environment = prepare(folder, (*LOAD, *COUNT))
    yield from _report(environment, runs)
    yield from _chain(folder, environment, runs)
    yield from _beside(folder, environment, runs)
    shutil.rmtree(folder)


def _report(environment: dict[str, str], runs: int) -> Iterator[Row]:
    found = []
    for number in range(runs):
        found.append(child([EWM, *BUILD], environment))
        tell(f"  Bericht {number + 1}/{runs}: {found[-1].wall_s:.2f} s")
    sample = Sample(tuple(found))
    part, what = "Bericht", "vier Formate aus Ergebnissen, kalt"
    yield Row(part, what, sample.wall_s, "s", sample.spread, "<=", 4.0)
    yield Row(part, f"{what}, Spitze", sample.peak_mb, "MB", f"n={runs}", "<=", 500.0)


def _chain(folder: Path, environment: dict[str, str], runs: int) -> Iterator[Row]:
    """Every step in a cold process of its own, as a person calls them."""
    walls: list[list[float]] = []
    peak = 0.0
    for number in range(runs):
        for name in ("snapshots", "results", "reports"):
            shutil.rmtree(folder / name)
        steps = [child([EWM, *command], environment) for command in (*COUNT, BUILD)]
        walls.append([step.wall_s for step in steps])
        peak = max(peak, *(step.peak_mb for step in steps))
        tell(f"  Kette {number + 1}/{runs}: {sum(walls[-1]):.2f} s")
    sums = sorted(map(sum, walls))
    part, what = "Bericht", "Datenstand, Indikatoren, Bericht: drei kalte Aufrufe"
    spread = f"n={runs}, {sums[0]:.2f}–{sums[-1]:.2f} s"
    yield Row(part, what, sums[len(sums) // 2], "s", spread, "<=", 6.0)
    yield Row(part, f"{what}, Spitze", peak, "MB", f"n={runs}")


def ways(folder: Path) -> dict[str, list[str]]:
    """Return the commands that make a PDF of the built report, by name; tells which programs are missing."""
    (page,) = (folder / "reports").glob("*/html/index.html")
    report = page.parents[1]
    found = {"EWM": [EWM, *BUILD, "--format", "pdf"]}
    if importlib.util.find_spec("weasyprint"):
        target = folder / "weasyprint.pdf"
        found["WeasyPrint aus dem HTML"] = module("weasyprint_process", str(page), str(target))
    if soffice := shutil.which("soffice"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        found["LibreOffice aus dem DOCX"] = [soffice, profile, *convert, str(report / f"{report.name}.docx")]
    return found


def _beside(folder: Path, environment: dict[str, str], runs: int) -> Iterator[Row]:
    """The same report as one PDF, each in a cold process, side by side.

    The house's own way binds its texts and makes its figures as well; the others begin with a finished file.
    """
    commands = ways(folder)
    own = folder.with_name("publishing-beside")  # the house writes where the others do not read
    shutil.copytree(folder, own, ignore=shutil.ignore_patterns("reports"), dirs_exist_ok=True)
    for name, command in commands.items():
        if name.startswith("LibreOffice"):
            child(command)  # the first start makes the profile
    samples = interleaved(commands, runs, environment | {"EWM_DATA": str(own)})
    for name, sample in samples.items():
        yield Row("Bericht als PDF", f"{name}, kalt", sample.wall_s, "s", sample.spread)
        yield Row("Bericht als PDF", f"{name}, Spitze", sample.peak_mb, "MB", f"n={runs}")
    for missing in {"WeasyPrint aus dem HTML", "LibreOffice aus dem DOCX"} - set(commands):
        tell(f"  {missing}: nicht gemessen, das Programm fehlt.")
    shutil.rmtree(own)
