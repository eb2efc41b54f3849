"""A region: thirteen clusters from the database to every indicator in one cold process, and one explained number."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, VAR, Sample, child, module, tell
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"
EWM = str(Path(sys.executable).with_name("ewm"))
CUT_OFF = "2020-12-31"
QUESTIONS = ("P-01", "A-01")
CLUSTER, YEAR = "metall", "2020"


def _state() -> str:
    """Hash of whatever the database is made from: a change builds it anew."""
    sources = [*RECORDS.iterdir(), *(ROOT / "programmes" / "innobb" / "taxonomies").iterdir()]
    sources += [Path(__file__).with_name("thirteen.py"), *(ROOT / "src" / "ewm" / "capture").rglob("*.py")]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def database() -> Path:
    """Return the data folder with the multiplied records in its database, building it where it is missing."""
    folder = VAR / f"region-{_state()}"
    if not (folder / "done").exists():
        tell("Einträge für dreizehn Cluster werden geladen ...")
        shutil.rmtree(folder, ignore_errors=True)
        records = folder / "records"
        child(module("thirteen", str(records)))
        environment = {"EWM_DATA": str(folder)}
        child([EWM, "programme", "load"], environment)
        child([EWM, "records", "load", str(records)], environment)
        (folder / "done").touch()
    return folder


def measure(runs: int) -> Iterator[Row]:
    """Yield snapshot and indicators in one cold process, then one explanation per question."""
    source = database()
    work = VAR / "region-run"
    found = []
    for number in range(runs):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(source, work, ignore=shutil.ignore_patterns("records", "snapshots", "results"))
        found.append(child(module("region_process", CUT_OFF), {"EWM_DATA": str(work)}))
        tell(f"  Region {number + 1}/{runs}: {found[-1].wall_s:.2f} s")
    sample = Sample(tuple(found))
    part = "Region, 13 Cluster"
    what = "Programm, Datenstand, alle Indikatoren"
    yield Row(part, what, sample.wall_s, "s", sample.spread, "<=", 3.0)
    yield Row(part, f"{what}, Spitze", sample.peak_mb, "MB", f"n={runs}", "<=", 400.0)
    yield from explain(work, runs)
    shutil.rmtree(work)


def explain(folder: Path, runs: int) -> Iterator[Row]:
    """Yield ``ewm explain … --records`` in cold processes; the snapshot must be there."""
    part = "Region, 13 Cluster"
    for question in QUESTIONS:
        command = [EWM, "explain", question, "--cluster", CLUSTER, "--year", YEAR, "--records"]
        sample = Sample(tuple(child(command, {"EWM_DATA": str(folder)}) for _ in range(runs)))
        yield Row(part, f"ewm explain {question} --records", sample.wall_s, "s", sample.spread, "<=", 0.5)
        yield Row(part, f"ewm explain {question}, Spitze", sample.peak_mb, "MB", f"n={runs}")


def measure_explain(runs: int) -> Iterator[Row]:
    """Yield the explanations alone, after one snapshot."""
    source = database()
    work = VAR / "region-run"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source, work, ignore=shutil.ignore_patterns("records", "snapshots", "results"))
    child([EWM, "snapshot", "create", "--cut-off", CUT_OFF], {"EWM_DATA": str(work)})
    yield from explain(work, runs)
    shutil.rmtree(work)
