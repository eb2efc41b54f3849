"""Management commands: what an installation does, from an empty folder to a snapshot."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ewm.capture.taxonomies.models import Term
from ewm.errors import ContentError, MissingError, RefusedError
from ewm.snapshot.reader import open_snapshot

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "programmes" / "innobb"
RECORDS = PROGRAMME / "reference" / "records"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own data folder, and the delivered programme."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("EWM_PROGRAMME", str(PROGRAMME))
    return tmp_path / "data"


def run(*arguments: object, **options: object) -> dict[str, Any]:
    output = io.StringIO()
    result: dict[str, Any] = json.loads(call_command(*arguments, stdout=output, **options))  # type: ignore[arg-type]
    assert json.loads(output.getvalue()) == result
    return result


def test_from_an_empty_folder_to_a_snapshot(data: Path) -> None:
    told: list[str] = []

    def tell(what: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        told.append(what)

    assert run("prepare", progress=tell) == {"migrations": []}
    assert data.is_dir()
    first = run("load_programme", progress=tell)
    assert first["programme"] == "innobb"
    assert len(first["added"]) > 300
    again = run("load_programme")
    assert (again["added"], again["changed"], again["ended"]) == ([], [], [])
    assert again["unchanged"] == len(first["added"])
    loaded = {each["kind"]: each for each in run("load_records", RECORDS, progress=tell)["kinds"]}
    assert len(loaded["Projekte"]["added"]) > 100
    assert all(not each["added"] for each in run("load_records", str(RECORDS))["kinds"])
    made = run("snapshot_create", cut_off=date(2020, 12, 31), progress=tell)
    assert Path(made["folder"]).parent == data / "snapshots"
    assert made["rows"]["projects"] == len(loaded["Projekte"]["added"]) - made["left_out"].get("projects", 0)
    open_snapshot(Path(made["folder"]))
    assert run("snapshot_create", "--cut-off", "2020-12-31")["already_there"]
    assert {"Projekte", "Regeln werden geprüft"} <= set(told)


def test_a_moment_without_zone_is_local_time() -> None:
    run("load_programme")
    run("load_records", RECORDS)
    local = run("snapshot_create", cut_off=date(2020, 12, 31), as_of=datetime(2021, 2, 15, 12, 0))
    assert local["as_of"] == "2021-02-15T11:00:00+00:00"
    same = run("snapshot_create", "--cut-off=2020-12-31", "--as-of=2021-02-15T12:00")
    assert same["name"] == local["name"]


def test_the_next_step_is_named_where_something_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="ewm programme load"):
        run("snapshot_create", cut_off=date(2020, 12, 31))
    with pytest.raises(MissingError, match="Den Ordner"):
        run("load_records", tmp_path / "none")


def test_records_without_their_programme_are_refused() -> None:
    with pytest.raises(RefusedError, match="unknown_term"):
        run("load_records", RECORDS)


def test_another_programme_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_PROGRAMME", str(tmp_path))
    assert run("load_programme", programme=PROGRAMME)["programme"] == "innobb"


def test_a_layout_of_imports_that_is_wrong_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    shutil.copytree(PROGRAMME, tmp_path / "p")
    layout = tmp_path / "p" / "imports" / "kohesio.toml"
    layout.write_text(layout.read_text(encoding="utf-8").replace('"title"', '"titel"'), encoding="utf-8")
    with pytest.raises(ContentError, match=r'imports/kohesio\.toml, Zeile \d+: das Feld "titel" gibt es nicht'):
        run("load_programme", programme=tmp_path / "p")
    assert not Term.objects.exists()


def test_the_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "EWM_DATABASE_URL"},
        "EWM_DATA": str(tmp_path / "new" / "folder"),
        "DJANGO_SETTINGS_MODULE": "ewm.web.settings",
    }
    command = [sys.executable, "-W", "error", "-m", "django", "prepare"]
    first, second = (
        json.loads(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
        for _ in range(2)
    )
    assert {name.partition(".")[0] for name in first["migrations"]} == {
        "taxonomies", "actors", "activities", "projects", "editorial",
    }  # fmt: skip
    assert second == {"migrations": []}
    assert (tmp_path / "new" / "folder" / "ewm.sqlite3").is_file()
