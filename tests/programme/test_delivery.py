"""The programme travels in the wheel, and another one can be chosen."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ewm.config import load_config
from ewm.errors import MissingError
from ewm.programme import load_programme
from tests.programme.example import write

ROOT = Path(__file__).parents[2]
SHOW = (
    "from ewm.config import load_config; from ewm.programme import load_programme\n"
    "programme = load_programme(load_config().programme)\n"
    "print(programme.path, programme.content_hash)"
)


@pytest.fixture(scope="module", name="wheel")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheel_holds_the_programme(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("ewm/programmes/")}
    innobb = ROOT / "programmes" / "innobb"
    content = [innobb / "programme.toml", *(innobb / "taxonomies").glob("*.yaml")]
    assert {f"ewm/programmes/innobb/{path.relative_to(innobb).as_posix()}" for path in content} <= inside


def test_installed_from_the_wheel_it_finds_the_programme(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("EWM_PROGRAMME", None)
    command = [sys.executable, "-c", SHOW]
    shown = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    delivered = load_programme(ROOT / "programmes" / "innobb")
    assert shown.split() == [str(tmp_path / "ewm" / "programmes" / "innobb"), delivered.content_hash]


def test_without_a_choice_it_is_the_delivered_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EWM_PROGRAMME", raising=False)
    assert load_config().programme == ROOT / "programmes" / "innobb"


def test_another_programme_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_PROGRAMME", str(write(tmp_path)))
    assert load_programme(load_config().programme).id == "beispiel"


def test_a_choice_that_is_no_programme_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_PROGRAMME", str(tmp_path))
    with pytest.raises(MissingError, match=r"programme\.toml fehlt\). Bitte den Ordner des Programms angeben"):
        load_config()
