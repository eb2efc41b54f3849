"""What the measurements rest on: a snapshot that is one, the same rows from every engine, records that are many."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from benchmarks import publishing
from benchmarks.eu import equal_rows
from benchmarks.eu_snapshot import YEARS, Size, generate
from benchmarks.report import Row, markdown
from benchmarks.thirteen import RECORDS, multiply
from ewm.config import load_config
from ewm.programme import load_programme
from ewm.snapshot.reader import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path


def test_every_engine_gives_the_same_rows_of_a_snapshot_that_opens(tmp_path: Path) -> None:
    folder = generate(tmp_path, projects=300)
    info = open_snapshot(folder).info
    assert (info.rows["projects"], len(info.reporting_years)) == (300, YEARS)
    assert equal_rows(folder) > 1_000


def test_the_same_seed_gives_the_same_snapshot(tmp_path: Path) -> None:
    hashes = [open_snapshot(generate(tmp_path / str(number), 60, seed)).hash for number, seed in enumerate((1, 1, 2))]
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_full_size_is_that_of_the_pattern() -> None:
    full = Size(2_000_000)
    assert (full.clusters, full.actors, full.actors_per_cluster) == (1_500, 500_000, 333)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_records_are_multiplied_to_every_cluster_and_the_originals_stay(tmp_path: Path) -> None:
    clusters = [one.cluster_id for one in load_programme(load_config().programme).clusters if one.kind != "outside"]
    multiply(tmp_path)
    projects, originals = rows(tmp_path / "projects.csv"), rows(RECORDS / "projects.csv")
    assert [row for row in projects if "-C" not in row["code"]] == originals
    assert len({row["code"] for row in projects}) == len(clusters) * len(originals)
    assert len(set(Counter(row["cluster"] for row in projects).values())) == 1
    assert {row["cluster"] for row in projects} == set(clusters)


@pytest.mark.parametrize(("value", "verdict"), [(1.2, "erfüllt"), (1.21, "VERFEHLT")])
def test_a_bar_is_met_up_to_its_very_value(value: float, verdict: str) -> None:
    assert verdict in markdown([Row("EU", "Verhältnis", value, "×", "n=5", "<=", 1.2)])
    assert Row("EU", "Verhältnis", 3 - value, "×", "n=5", ">=", 1.8).verdict == verdict


def test_other_ways_to_paper_begin_with_the_built_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "reports" / "bericht-de" / "html" / "index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    (tmp_path / "reports" / ".lock").touch()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    found = publishing.ways(tmp_path)
    assert list(found) == ["EWM", "WeasyPrint aus dem HTML", "LibreOffice aus dem DOCX"]
    assert str(page) in found["WeasyPrint aus dem HTML"]
    assert found["LibreOffice aus dem DOCX"][-1] == str(tmp_path / "reports" / "bericht-de" / "bericht-de.docx")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert list(publishing.ways(tmp_path)) == ["EWM"]
