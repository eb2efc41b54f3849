"""``ewm import``: template, dry run, import, report, list, undo, each as somebody types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ewm.capture.imports.reading import read_table
from tests.capture.imports.layouts import BRANDENBURG

EWM = Path(sys.executable).parent / "ewm"


def ewm(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EWM_DATA": str(data)}
    return subprocess.run([EWM, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False)


def result(data: Path, *arguments: object, code: int = 0) -> Any:
    run = ewm(data, *arguments, "--json")
    assert run.returncode == code, run.stderr + run.stdout
    return json.loads(run.stdout)


def tallies(done: Any) -> dict[str, int]:
    assert done["adds_up"] is True
    names = ("new", "known", "changed", "decide", "error", "left_out")
    assert sum(done[name]["rows"] for name in names) == done["rows_in"]
    return {name: done[name]["items"] for name in names if done[name]["items"]}


@pytest.fixture
def data(loaded_records: Path, tmp_path: Path) -> Path:
    """A data folder with the programme and the reference records."""
    return Path(shutil.copytree(loaded_records, tmp_path / "var"))


@pytest.fixture
def brandenburg(tmp_path: Path) -> Path:
    path = tmp_path / "brandenburg.csv"
    path.write_bytes(BRANDENBURG)
    return path


def test_a_list_comes_in_once_and_goes_as_a_whole(data: Path, brandenburg: Path) -> None:
    tried = result(data, "import", "file", brandenburg, "--cluster", "metall", "--dry-run")
    assert (tried["import"], tried["applied"], tried["dry_run"]) == (None, False, True)
    assert list((data / "imports").glob("*")) == []

    done = result(data, "import", "file", brandenburg, "--cluster", "metall")
    assert done["profile"].startswith("EFRE Brandenburg 2014")
    assert tallies(done) == tallies(tried)
    assert done["created"] == tried["created"]
    assert done["created"]["projects"] == done["new"]["items"]

    again = result(data, "import", "file", brandenburg, "--cluster", "metall")
    assert again["created"] == {}
    assert tallies(again)["known"] == done["new"]["items"]

    listed = ewm(data, "import", "list", "--cluster", "metall")
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == [str(again["import"]), str(done["import"])]
    assert "übernommen" in listed.stdout

    undone = result(data, "import", "undo", done["import"])
    assert undone == {
        "import": done["import"], "removed": sum(done["created"].values()), "restored": 0, "left": [],
    }  # fmt: skip
    twice = ewm(data, "import", "undo", done["import"])
    assert twice.returncode == 4
    assert "schon zurückgenommen" in twice.stderr


def test_the_workbook_is_written_and_read_again(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "mappe.ods"
    made = result(data, "import", "template", path, "--cluster", "metall")
    assert (made["year"], made["version"]) == (2020, "1")
    assert read_table(path).sheet == "EWM-Arbeitsmappe 1"
    done = result(data, "import", "file", path, "--cluster", "metall", "--dry-run")
    assert done["profile"] == "EWM-Arbeitsmappe"
    assert tallies(done) == {"left_out": 5}
    assert done["rows_in"] == 5
    assert done["reasons"] == {"Beispielzeile der Vorlage.": 5}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import", "file", "{own}"], 2, "es fehlt --cluster"),
        (["import", "file", "{own}", "--cluster", "m", "--new-where-similar", "--skip-where-similar"], 2, "schließen"),
        (["import", "file", "nichtda.csv", "--cluster", "metall"], 6, "gibt es nicht. Bitte den Pfad prüfen."),
        (["import", "undo", "99"], 4, "Diesen Import gibt es nicht"),
    ],
)
def test_what_is_wrong_is_said_with_the_way_out(
    data: Path, brandenburg: Path, arguments: list[str], code: int, said: str
) -> None:
    run = ewm(data, *(each.format(own=brandenburg) for each in arguments))
    assert (run.returncode, run.stdout) == (code, ""), run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
