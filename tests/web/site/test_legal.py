"""Imprint, privacy, accessibility: what the operator said stands there, what is missing is said plainly."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.errors import ContentError, MissingError
from ewm.web.checks import warnings_at_start
from ewm.web.legal import checked, operator
from ewm.web.legal.checked import Checked, Violation

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db
WHOLE = """
[operator]
name = "Amt für Beispiele"
represented_by = "die Leitung"
street = "Musterweg 1"
city = "14467 Potsdam"
email = "amt@beispiel.invalid"
phone = "0331 000"
[privacy]
officer = "Stelle für Datenschutz"
legal_basis = "Art. 6 Abs. 1 Buchst. e DSGVO"
authority = "Landesbeauftragte"
retention = "Konten bis ein Jahr nach der letzten Anmeldung."
[accessibility]
contact = "barriere@beispiel.invalid"
enforcement = "Durchsetzungsstelle"
enforcement_url = "https://beispiel.invalid/schlichtung"
gaps = [{ part = "Ältere PDF-Dateien", reason = "werden bis 2027 ersetzt" }]
"""
RESULT = Checked(date(2026, 11, 24), "axe-core 4.12.1", 41, (360, 1280), ("light", "dark"))


@pytest.fixture
def said(tmp_path: Path, settings: Any) -> Path:
    file = tmp_path / "operator.toml"
    file.write_text(WHOLE, encoding="utf-8")
    settings.EWM_OPERATOR = str(file)
    return file


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "checked.json"
    monkeypatch.setattr(checked.read, "__defaults__", (file,))
    return file


@pytest.mark.parametrize("page", ["impressum", "datenschutz", "barrierefreiheit"])
def test_what_is_missing_is_said_on_the_page_and_at_the_start(page: str, client: Client, settings: Any) -> None:
    settings.EWM_OPERATOR = None
    assert "noch unvollständig" in client.get(f"/{page}/").content.decode()
    told = "\n".join(warnings_at_start())
    assert "operator.name" in told
    assert "accessibility.enforcement" in told


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("impressum", ("Amt für Beispiele", "Musterweg 1", "0331 000")),
        ("datenschutz", ("Stelle für Datenschutz", "Landesbeauftragte", "Amt für Beispiele", "letzten Anmeldung")),
        ("barrierefreiheit", ("Durchsetzungsstelle", "barriere@beispiel.invalid", "Ältere PDF-Dateien", "bis 2027")),
    ],
)
def test_what_was_said_stands_there(page: str, words: tuple[str, ...], client: Client, said: Path) -> None:  # noqa: ARG001
    text = client.get(f"/{page}/").content.decode()
    assert [word for word in words if word not in text] == []
    assert "noch unvollständig" not in text
    assert warnings_at_start() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[operator]\nnaem = 'x'", r"operator\.naem"),
        ("[other]\nx = 1", "other"),
        ("operator = [", "kein gültiges TOML"),
        ("[accessibility]\nstatus = 'gut'", "full, partly, none"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_key(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "operator.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        operator.read(file)
    with pytest.raises(MissingError, match="gibt es nicht"):
        operator.read(tmp_path / "none.toml")


def test_without_a_check_the_statement_says_so(client: Client, said: Path, result: Path) -> None:  # noqa: ARG001
    text = client.get("/barrierefreiheit/").content.decode()
    assert "noch nicht geprüft" in text
    assert "vereinbar" not in text


def test_a_check_stands_in_the_statement_with_tool_day_and_what_it_found(
    client: Client, said: Path, result: Path
) -> None:
    checked.write(RESULT, result)
    assert checked.read(result) == RESULT
    text = client.get("/barrierefreiheit/").content.decode()
    for word in (
        "teilweise vereinbar",
        "41 Seiten mit axe-core 4.12.1 am 24.11.2026",
        "360 und 1280 Pixeln",
        "nicht gefunden",
    ):
        assert word in text
    said.write_text(WHOLE.replace("gaps", 'status = "full"\ngaps'), encoding="utf-8")
    assert "vollständig vereinbar" in client.get("/barrierefreiheit/").content.decode()
    found = Violation("color-contrast", "Kontrast reicht nicht", "start")
    checked.write(Checked(RESULT.checked_on, RESULT.tool, 41, (360,), ("light",), (found,)), result)
    text = client.get("/barrierefreiheit/").content.decode()
    assert "Ein Verstoß wurde gefunden" in text
    assert "color-contrast" in text


def test_a_result_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "checked.json"
    for text in ("{", json.dumps({"checked_on": "gestern"})):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ContentError, match="kein Ergebnis einer Prüfung"):
            checked.read(file)


def test_runs_of_several_roles_and_themes_are_one_result() -> None:
    light = Checked(date(2026, 11, 23), "axe-core 4.12.1", 20, (360,), ("light",))
    dark = Checked(date(2026, 11, 24), "axe-core 4.12.1", 20, (360,), ("dark",), (Violation("r", "h", "p"),) * 2)
    made = checked.merged([light, dark])
    assert (made.checked_on, made.pages, made.themes) == (date(2026, 11, 24), 20, ("light", "dark"))
    assert made.violations == (Violation("r", "h", "p"),)
