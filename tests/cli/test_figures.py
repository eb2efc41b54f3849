"""Commands about snapshots and figures, on a small snapshot and the delivered methodology."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewm.cli.entry import run
from tests.cli.test_usage import loaded
from tests.support.snapshots import build_snapshot

PROJECTS: list[dict[str, Any]] = [
    {"project_id": 1, "title": "Erstes", "support_start": date(2020, 2, 1), "project_volume": 150},
    {"project_id": 2, "title": "Zweites", "support_start": date(2020, 3, 1), "status_at_cut_off": "aborted"},
    {"project_id": 3, "title": "Drittes", "support_start": date(2019, 4, 1), "project_volume": 50},
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a user who has one snapshot."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    build_snapshot(tmp_path / "snapshots", {"projects": PROJECTS})
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(said(capsys, *arguments, "--json"))


@pytest.mark.usefixtures("home")
def test_a_figure_is_explained_sentence_by_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "explain", "P-01", "--cluster", "metall", "--year", "2020", "--records")
    assert (found["value"], found["unit"]) == (1, "count")
    assert [(line["sheet"], line["sentence"], line["count"]) for line in found["funnel"]] == [
        (None, None, 3),
        ("T-01", "S2", 2),
        ("T-01", "S3", 1),
    ]
    assert [record["project_id"] for record in found["records"]] == ["projects-1 · Erstes"]


@pytest.mark.usefixtures("home")
def test_an_explanation_loads_neither_django_nor_arrow() -> None:
    assert not loaded("explain", "P-01", "--cluster", "metall", "--year", "2020") & {"django", "pyarrow", "rich"}


@pytest.mark.usefixtures("home")
def test_an_explanation_reads_well(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", "P-04", "--cluster", "metall", "--year", "2020")
    assert "P-04 Projekt- und Fördervolumina" in text
    assert "project_volume = 1,50\N{NO-BREAK SPACE}Euro" in text
    assert "Kap. 4.2, ab S. 9" in text
    lines = text.splitlines()
    first = next(index for index, line in enumerate(lines) if "erfasst" in line)
    assert lines[first].split() == ["3", "2", "Euro", "erfasst"]
    assert lines[first + 1].split()[:4] == ["2", "(−1)", "1,50", "Euro"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "word", "code"),
    [
        (["P-99", "--cluster", "metall", "--year", "2020"], "P-99", 3),
        (["P-01", "--cluster", "metal", "--year", "2020"], "metal", 3),
        (["P-01", "--cluster", "metall", "--year", "1999"], "1999", 3),
        (["P-08", "--cluster", "metall", "--year", "2019"], "nicht erhoben", 3),
        (["P-01", "--cluster", "metall", "--year", "2020", "--cell", "colour=red"], "colour", 3),
        (["P-01", "--cluster", "metall", "--year", "2020", "--cell", "colour"], "keine Zelle", 2),
        (["P-01", "--cluster", "metall", "--year", "2020", "--value", "m"], "„m“", 3),
        (["P-01", "--cluster", "metall", "--year", "2020", "--population", "old"], "„old“", 3),
        (["P-01", "--cluster", "metall", "--year", "2020", "--cut-off", "2019-12-31"], "31.12.2019", 6),
        (["P-01", "--cluster", "metall", "--year", "2020", "--snapshot", "other"], "other", 6),
    ],
)
def test_a_question_that_cannot_be_answered(
    arguments: list[str], word: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert word in captured.err


def test_results_are_computed_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = data(capsys, "indicators", "run"), data(capsys, "indicators", "run")
    assert (first["new"], second["new"]) == (True, False)
    assert first["rows"] == second["rows"] > 0
    names = {path.name for path in Path(first["folder"]).iterdir()}
    assert names >= {f"{table}.{suffix}" for table in ("results", "pairs") for suffix in ("parquet", "csv", "json")}
    assert Path(first["folder"]).parent == home / "results"


def test_a_changed_byte_stops_whatever_reads(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder,) = (path for path in (home / "snapshots").iterdir() if path.is_dir())
    file = folder / "projects.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    for arguments in (
        ["explain", "P-01", "--cluster", "metall", "--year", "2020"],
        ["indicators", "run"],
        ["snapshot", "verify"],
        ["snapshot", "verify", folder.name],
        ["snapshot", "diff", folder.name, folder.name],
        ["sheet", "P-01"],
    ):
        assert run(arguments) == 5, arguments
        captured = capsys.readouterr()
        assert "projects.parquet" in captured.err
        assert captured.out == ""
    assert not (home / "results").exists()


def test_a_damaged_snapshot_says_so_as_json_too(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder,) = (path for path in (home / "snapshots").iterdir() if path.is_dir())
    shutil.copy(folder / "years.parquet", folder / "extra.parquet")
    assert run(["snapshot", "verify", "--json"]) == 5
    found = json.loads(capsys.readouterr().out)
    assert [Path(problem["file"]).name for problem in found["problems"]] == ["extra.parquet"]


def test_snapshots_are_listed_and_compared(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = [{**PROJECTS[0], "project_volume": 200}, *PROJECTS[1:]]
    build_snapshot(home / "snapshots", {"projects": changed})
    a, b = (info["name"] for info in data(capsys, "snapshot", "list"))
    assert a in said(capsys, "snapshot", "list")
    found = data(capsys, "snapshot", "diff", a, b)
    assert [record["fields"] for record in found["records"]] == [[{"column": "project_volume", "old": 150, "new": 200}]]
    assert {figure["indicator_id"] for figure in found["figures"]} >= {"P-04"}
    assert "P-04 S1" in found["sentences"]["P-04"]
    assert {"cluster": "metall", "year": 2020} in found["editions"]
    text = said(capsys, "snapshot", "diff", a, b)
    assert "project_volume: 150 → 200" in text
    assert "metall 2020" in text
    assert "dieselben Einträge" in said(capsys, "snapshot", "diff", b, b)


@pytest.mark.usefixtures("home")
def test_a_sheet_shows_sentences_sql_funnel_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "sheet", "p-01")
    for part in ("[S1] ", "value n", "=== SQL ===", "GROUP BY", "Trichter: metall, 2020", "=== Fälle ===", "covers"):
        assert part in text
    assert data(capsys, "sheet", "T-05")["funnels"] == []


def test_an_empty_cluster_gives_zero_and_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_snapshot(home / "snapshots", {"clusters": [{"cluster_id": "leer"}]})
    question = ("explain", "P-01", "--cluster", "leer", "--year", "2020")
    found = data(capsys, *question)
    assert (found["value"], found["funnel"][0]["count"]) == (0, 0)
    assert "nichts erfasst" in said(capsys, *question)


PUBLISHED = """
document: Jahresbericht 2020
cluster: metall
reporting_year: 2020
units: {}
ranges: {}
changes: {}
groups:
  - chapter: "4.1"
    from_page: 8
    caption: Neue Projekte
    figures:
      - id: new
        text: neue Projekte
        check: exact
        value: VALUE
        query: {indicator: P-01, population: new_project, value: n}
"""


@pytest.mark.usefixtures("home")
def test_published_figures_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "published-2020.yaml"
    page.write_text(PUBLISHED.replace("VALUE", "1"), encoding="utf-8")
    assert (
        said(capsys, "check-published", str(page)) == "1 von 1 veröffentlichten Zahlen stimmen (Jahresbericht 2020).\n"
    )
    page.write_text(PUBLISHED.replace("VALUE", "2"), encoding="utf-8")
    assert run(["check-published", str(page)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert "new (Kap. 4.1, neue Projekte): gedruckt 2, errechnet 1" in first
    assert second.startswith("0 von 1")
    assert run(["check-published", str(page), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["misses"][0]["id"] == "new"
