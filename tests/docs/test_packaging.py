"""What an administrator is handed: every file that the page names is there, and the list of components is complete."""

from __future__ import annotations

import configparser
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from types import ModuleType

PAGE = (ROOT / "docs" / "how-to" / "betreiben.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "packaging").glob("*.service")) + sorted((ROOT / "packaging").glob("*.timer"))


@pytest.fixture(scope="module")
def components() -> ModuleType:
    spec = importlib.util.spec_from_file_location("components", ROOT / "packaging" / "components.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_is_readable_and_runs_what_is_installed(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(unit, encoding="utf-8")
    assert "Description" in read["Unit"]
    if unit.suffix == ".service":
        assert read["Service"]["ExecStart"].startswith("/opt/ewm/bin/")
        assert read["Service"]["User"] == "ewm"
        assert read["Service"]["NoNewPrivileges"] == "yes"


def test_every_variable_of_the_page_is_one_that_the_settings_read() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "ewm").rglob("*.py")
        if "migrations" not in path.parts
    )
    named = set(re.findall(r"\bEWM_[A-Z_]+", PAGE))
    assert named
    assert {name for name in named if f'"{name}"' not in source} == set()


def test_every_health_address_of_the_page_is_there() -> None:
    from django.urls import reverse  # noqa: PLC0415

    assert {reverse("live"), reverse("ready")} <= set(re.findall(r"`(/gesund/\w+/)`", PAGE))
    assert reverse("live") in (ROOT / "packaging" / "Containerfile").read_text(encoding="utf-8")


def test_a_component_without_a_licence_or_with_an_unknown_one_is_named(
    components: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = {"name": "good", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}
    odd = [
        {"name": "silent", "version": "2"},
        {"name": "odd", "version": "3", "licenses": [{"expression": "SSPL-1.0"}]},
    ]
    monkeypatch.setattr(components, "ROOT", tmp_path)
    monkeypatch.setattr(components.sys, "argv", ["components.py", "build"])
    monkeypatch.setattr(components, "delivered", lambda: {"good"})
    monkeypatch.setattr(components, "sbom", lambda: {"components": [fine]})
    assert components.main() == 0
    monkeypatch.setattr(components, "sbom", lambda: {"components": [fine, *odd]})
    assert components.main() == 1
    said = capsys.readouterr().err
    assert "silent" in said
    assert "SSPL-1.0" in said
    assert "good" not in said
    assert json.loads((tmp_path / "build" / "sbom.cdx.json").read_text(encoding="utf-8"))["components"][0] == fine
    assert "| good | 1 | MIT |" in (tmp_path / "build" / "licences.md").read_text(encoding="utf-8")


def test_what_is_delivered_is_what_the_lock_file_names(components: Any) -> None:
    names = components.delivered()
    assert {"django", "duckdb", "typst", "gunicorn", "psycopg"} <= names
    assert not {"pytest", "hatchling", "colorama"} & names  # the last one is for Windows


def test_a_delivered_package_that_is_not_installed_is_named(
    components: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(components, "ROOT", tmp_path)
    monkeypatch.setattr(components, "sbom", lambda: {"components": []})
    monkeypatch.setattr(components, "delivered", lambda: {"psycopg"})
    monkeypatch.setattr(components.sys, "argv", ["components.py"])
    assert components.main() == 1
    assert "nicht in der Liste: psycopg" in capsys.readouterr().err


def test_a_licence_is_its_name_where_it_has_one(components: Any) -> None:
    bsd, other = "License :: OSI Approved :: BSD License", "License :: Other/Proprietary License"
    said = [{"license": {"id": "BSD-3-Clause"}}, {"license": {"name": bsd}}]
    assert components.licence({"licenses": said}) == "BSD-3-Clause"
    assert components.licence({"licenses": [{"license": {"name": each}} for each in (bsd, other)]}) == "BSD License"
    assert components.licence({"licenses": [{"license": {"name": other}}]}) == ""


def test_the_design_of_the_site_is_among_the_components(components: Any) -> None:
    named = {each["name"] for file in components.LISTS for each in json.loads(file.read_text(encoding="utf-8"))}
    assert {"@kern-ux/native", "htmx.org", "@fontsource/fira-sans"} <= named


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:  # the programs stand where this machine has some
        text = unit.read_text(encoding="utf-8").replace("/opt/ewm/bin/", f"{Path(sys.executable).parent}/")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    words = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    about = [line for line in found.stderr.splitlines() if "ewm" in line]
    assert (found.returncode, about) == (0, []), found.stderr
    (tmp_path / "ewm.service").write_text("[Service]\nExecStart=none\n", encoding="utf-8")
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0
