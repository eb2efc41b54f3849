"""``ewm records check``: what is pointed out, how it is said, and that it blocks nothing."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.support.empty_database import seed

EWM = Path(sys.executable).parent / "ewm"
RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"


def ewm(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EWM_DATA": str(data)}
    return subprocess.run([EWM, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def loaded(loaded_programme: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the reference records, in which one project lacks its volume and its action field."""
    folder = tmp_path_factory.mktemp("records") / "records"
    shutil.copytree(RECORDS, folder)
    _change(folder / "projects.csv", "MET-2020-P01", {"project_volume": "", "project_volume_regional": ""})
    assignments = folder / "project_assignments.csv"
    lines = assignments.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith("MET-2020-P01,metall-"))
    assignments.write_text("".join(kept), encoding="utf-8")
    data = Path(shutil.copytree(loaded_programme, tmp_path_factory.mktemp("data") / "var"))
    run = ewm(data, "records", "load", str(folder))
    assert run.returncode == 0, run.stderr
    return data


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _change(path: Path, code: str, values: dict[str, str]) -> None:
    rows = _rows(path)
    for row in rows:
        if row["code"] == code:
            row.update(values)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_hints_stand_by_record_and_are_counted_by_name(loaded: Path) -> None:
    run = ewm(loaded, "records", "check", "--cluster", "metall", "--year", "2020")
    assert (run.returncode, run.stderr) == (0, "")
    blocks = run.stdout.split("\n\n")
    first = blocks[0].splitlines()
    assert first[0].startswith("MET-2020-P01  ")
    assert first[0].endswith(" (Projekt)")
    assert [line.strip() for line in first[2::2]] == [
        "project_without_volume, P-04 S7",
        "record_without_main_action_field, P-10 S1",
    ]
    assert first[1].startswith("  Fehlt, project_volume: Das Projektvolumen fehlt")
    counts = {line.split()[0]: line.split()[2] for line in blocks[-2].splitlines()[1:]}
    assert counts == {
        "project_without_partner": "0",
        "project_without_volume": "1",
        "activity_without_end": "3",
        "record_without_main_action_field": "1",
        "cross_cluster_tag_differs": "0",
        "project_below_usual_scope": "0",
        "project_without_funding_body": "0",
        "actor_without_seat": "0",
        "company_without_size": "0",
        "project_status_overdue": "0",
        "project_finished_without_end": "0",
        "project_estimate_left": "0",
        "project_region_unknown": "0",
        "possible_duplicate": "0",
    }
    assert "Gemeldet: 5, bei 4 Einträgen." in blocks[-1]


def test_json_has_the_same_with_the_sentences(loaded: Path) -> None:
    done = json.loads(ewm(loaded, "records", "check", "--json").stdout)
    assert (done["cluster"], done["year"]) == (None, None)
    assert done["checked"]["projects"] == len(_rows(RECORDS / "projects.csv"))
    assert sum(check["count"] for check in done["checks"]) == len(done["hints"])
    counts = {check["name"]: check["count"] for check in done["checks"]}
    overdue = counts.pop("project_status_overdue")  # without a year, today decides
    assert sum(counts.values()) == 6
    assert overdue == 21
    asked = next(check for check in done["checks"] if check["name"] == "project_status_overdue")
    assert asked["sources"][0]["sheet"] == ""
    assert asked["sources"][0]["text"].startswith("Der Status folgt dem Projekt")
    volume = next(hint for hint in done["hints"] if hint["name"] == "project_without_volume")
    assert (volume["record"], volume["kind"], volume["field"]) == ("MET-2020-P01", "projects", "project_volume")
    assert (volume["severity"], volume["sources"]) == ("error", [{"sheet": "P-04", "sentence": "S7"}])
    sentence = next(check["sources"][0]["text"] for check in done["checks"] if check["name"] == volume["name"])
    assert sentence.startswith("Projekte ohne erfasstes Volumen")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--year", "2018"], 0), (["--year", "2018", "--strict"], 0), (["--strict"], 1), (["--strict", "--json"], 1)],
)
def test_only_strict_ends_with_one(loaded: Path, arguments: list[str], code: int) -> None:
    run = ewm(loaded, "records", "check", *arguments)
    assert (run.returncode, run.stderr) == (code, "")
    assert run.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--cluster", "gibt-es-nicht"], 3, "Das Cluster „gibt-es-nicht“ gibt es nicht. Vorhanden: energietechnik, "),
        (["--year", "0"], 2, "--year: 0 ist kein Jahr"),
    ],
)
def test_a_wrong_question_is_refused(loaded: Path, arguments: list[str], code: int, said: str) -> None:
    run = ewm(loaded, "records", "check", *arguments)
    assert (run.returncode, run.stdout) == (code, "")
    assert said in run.stderr


def test_without_a_programme_the_command_that_loads_it_is_named(tmp_path: Path) -> None:
    run = ewm(seed(tmp_path / "var"), "records", "check")
    assert (run.returncode, run.stdout) == (6, "")
    assert "ewm programme load" in run.stderr
