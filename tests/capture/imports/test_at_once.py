"""An import in one go: what is sure comes in, the rest is told with its reason; what fails leaves no trace."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from ewm.capture.activities.models import Activity
from ewm.capture.imports import files
from ewm.capture.imports.models import Import
from ewm.capture.imports.reading import UnreadableFileError, read_table
from ewm.capture.imports.services import profile_save
from ewm.capture.imports.workbook.template import FORMS, write_template
from ewm.capture.projects.models import Project
from ewm.errors import EwmError, MissingError, RefusedError
from tests.capture.import_steps.test_layouts import LAYOUT, of_two_years
from tests.capture.imports.filled import saved
from tests.capture.imports.layouts import BRANDENBURG

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("innobb")]

HEADER = BRANDENBURG.decode().splitlines()[0]
AMBIGUOUS = (
    f"{HEADER}\nMusterwerk Zwei GmbH,Alte Bleche,01.02.2016,1.234,80%,Cottbus,Deutschland,064 Forschung\n"
    "Musterwerk Drei GmbH,Ganz alte Bleche,31.02.2016,2.345,80%,Cottbus,Deutschland,064 Forschung\n"
)
PROJECT: dict[str, Any] = {
    "Titel": "Prüfstand", "Handlungsfeld": "Innovationswerkstatt", "Forschung, Entwicklung oder Innovation": "ja",
    "Beginn": date(2020, 3, 2), "in Vorbereitung ab": "x", "begonnen/laufend ab": date(2020, 9, 1),
    "Projektvolumen in Euro": 41_250_000, "öffentliche Förderung": "sichergestellt",
    "Fördervolumen in Euro": 20_000_000, "Bewilligt von 1": "Land", "Akteure: federführend": "Musterwerk Probe GmbH",
    "Akteure: Partner": "Hochschule Muster", "Haupt-Leitlinie": "gl-nachhaltig-sozial",
}  # fmt: skip
ACTIVITY: dict[str, Any] = {
    "Titel": "Werkstattgespräch", "Art": "Veranstaltung", "Handlungsfeld": "Innovationswerkstatt",
    "Beginn": date(2020, 6, 18), "Ende": date(2020, 6, 18), "Akteure: Partner": "Musterwerk Probe GmbH",
}  # fmt: skip
ACTORS: list[dict[str, Any]] = [
    {"Name": "Hochschule Muster", "Typ": "Hochschule", "Kreis": "Cottbus", "Gemeinde": "Cottbus"},
    {"Name": "Musterwerk Probe GmbH", "Typ": "Unternehmen", "Kreis": "Oberhavel",
     "Größe": "10 bis 49 Beschäftigte", "Größe gilt ab": date(2020, 1, 1)},
    {"Name": "Hochschule Muster, Institut für Bleche", "Typ": "Hochschule", "Kreis": "Cottbus",
     "gehört zu": "Hochschule Muster"},
]  # fmt: skip
SHEETS = {"Projekte": [PROJECT], "Aktivitäten": [ACTIVITY], "Akteure": ACTORS}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_DATA", str(tmp_path / "var"))


def run(command: str, *arguments: Any, **options: Any) -> Any:
    return json.loads(call_command(command, *arguments, **options))


def imported(path: Path, **options: Any) -> Any:
    """Import a file into one cluster; every row is in one of the tallies."""
    done = run("import_file", path, **{"cluster": "metall", **options})
    assert done["adds_up"] is True
    return done


def items(done: Any) -> dict[str, int]:
    names = ("new", "known", "changed", "decide", "error", "left_out")
    return {name: done[name]["items"] for name in names if done[name]["items"]}


def counts() -> tuple[int, int]:
    return Import.objects.count(), Project.objects.count()


def text(folder: Path, content: str) -> Path:
    path = folder / "liste.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_an_ambiguous_column_is_asked_about_and_answered(tmp_path: Path) -> None:
    path = text(tmp_path, AMBIGUOUS)
    with pytest.raises(MissingError, match=r"Spalte D, .*Was heißt „1\.234“\? .*--answer 'D=,' \(1\.234"):
        imported(path)
    assert counts() == (0, 0)
    for answer, cents in (("D=,", 123_400), ("gesamtbetrag der förderfähigen ausgaben des vorhabens=,", 123_400)):
        done = imported(path, answer=[answer])
        assert items(done) == {"new": 1, "error": 1} or items(done) == {"known": 1, "error": 1}
        assert Project.objects.values_list("project_volume", flat=True).get() in (cents, 123)


def test_rows_not_taken_over_are_reported(tmp_path: Path) -> None:
    path = text(tmp_path, AMBIGUOUS)
    for form in ("csv", "xlsx", "ods"):
        report = tmp_path / f"bericht.{form}"
        done = imported(path, answer=["D=."], dry_run=True, report=report)
        assert items(done) == {"new": 1, "error": 1}
        row = (
            list(csv.reader(report.read_text("utf-8-sig").splitlines(), delimiter=";"))[1]
            if form == "csv"
            else [str(cell or "") for cell in read_table(report).rows[1].cells]
        )
        assert row[1:6] == ["3", "C, Beginns des Vorhabens", "Fehler", "Ganz alte Bleche", "31.02.2016"]
        assert "ist kein Tag" in row[6]
    assert done["examples"][0]["place"] == "Zeile 3"
    assert counts() == (0, 0)


@pytest.mark.parametrize("form", FORMS)
def test_the_workbook_goes_the_whole_way(tmp_path: Path, form: str) -> None:
    path = saved(tmp_path, SHEETS, form=form, cluster="metall")
    done = imported(path)
    assert items(done) == {"new": 5}
    assert done["created"] == {"actors": 3, "projects": 1, "activities": 1}
    stored = Project.objects.get()
    assert list(stored.status_events.order_by("status_from").values_list("status_id", flat=True)) == [
        "preparation", "running",
    ]  # fmt: skip
    assert {each.actor.name: each.role_id for each in stored.participations.all()} == {
        "Musterwerk Probe GmbH": "lead", "Hochschule Muster": "partner",
    }  # fmt: skip
    assert stored.participations.get(role="lead").actor.district_id == "12065"
    again = imported(path)
    assert (items(again), again["created"], again["updated"]) == ({"known": 5}, {}, {})
    for number in (again["import"], done["import"]):
        run("import_undo", number)
    assert Project.objects.count() == 0


def test_what_a_row_with_a_code_says_is_taken_where_it_is_wanted(tmp_path: Path) -> None:
    imported(saved(tmp_path, SHEETS, cluster="metall"))
    code = Project.objects.get().code
    row = {"Kennung": code, "Titel": "Neuer Prüfstand", "regulär beendet ab": date(2021, 5, 31),
           "Ende": date(2021, 5, 31)}  # fmt: skip
    path = saved(tmp_path, {"Projekte": [row], "Aktivitäten": [], "Akteure": []}, cluster="metall")
    looked = imported(path)
    assert (items(looked), looked["updated"], looked["differing"]) == ({"known": 1}, {}, 1)
    done = imported(path, take=True)
    assert (items(done), done["updated"]) == ({"changed": 1}, {"projects": 1})
    stored = Project.objects.get()
    assert (stored.title, stored.support_end, stored.status_events.count()) == ("Neuer Prüfstand", date(2021, 5, 31), 3)
    assert run("import_undo", done["import"])["restored"] == 1
    assert Project.objects.get().title == "Prüfstand"


def test_an_exported_list_comes_back_through_the_whole_chain(tmp_path: Path) -> None:
    imported(saved(tmp_path, SHEETS, cluster="metall"))
    activity = Activity.objects.get()
    path = text(tmp_path, f"Kennung;Titel;Beginn\n{activity.code};Werkstattgespräch;18.06.2020\n# Quelle;EWM\n")
    done = imported(path)
    assert done["profile"] == "EWM-Liste der Aktivitäten"
    assert (items(done), done["differing"]) == ({"known": 1, "left_out": 1}, 0)
    done = imported(text(tmp_path, f"Kennung;Titel;Beginn\n{activity.code};'=1+1;18.06.2020\n"), take=True)
    assert (items(done), done["updated"]) == ({"changed": 1}, {"activities": 1})
    assert Activity.objects.get().title == "=1+1"


def test_a_rule_is_told_with_sheet_row_and_column(tmp_path: Path) -> None:
    wrong = PROJECT | {"Titel": "Zu viel Geld", "Fördervolumen in Euro": 99_000_000}
    path = saved(tmp_path, {**SHEETS, "Projekte": [PROJECT, wrong]}, cluster="metall")
    report = tmp_path / "bericht.csv"
    done = imported(path, report=report)
    assert items(done) == {"new": 5, "error": 1}
    (row,) = list(csv.DictReader(report.read_text("utf-8-sig").splitlines()[:2], delimiter=";"))
    assert (row["Blatt"], row["Zeile"]) == ("Projekte", "3")
    assert row["Spalte"].endswith("Fördervolumen in Euro")
    assert "übersteigt das Projektvolumen" in row["Grund"]


def test_the_untouched_template_brings_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vorlage.xlsx"
    with path.open("wb") as file:
        write_template(file, cluster="metall", year=2020, form="xlsx")
    done = imported(path)
    assert (items(done), done["applied"], done["import"]) == ({"left_out": 5}, False, None)
    assert done["reasons"] == {"Beispielzeile der Vorlage.": 5}
    assert counts() == (0, 0)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"cluster": "metal"}, RefusedError, "gemeint metall"),
        ({"profile": "gibtesnicht"}, MissingError, "foerderkatalog"),
        ({"report": "bericht.pdf"}, MissingError, ".csv, .xlsx, .ods"),
        ({"content": "a;b;c\n1;2;3\n"}, MissingError, "keinen Aufbau, der bekannt ist"),
        ({"content": "%PDF-1.7"}, UnreadableFileError, "ein PDF, keine Tabelle"),
    ],
)
def test_what_fails_says_why_and_leaves_no_trace(
    tmp_path: Path, options: dict[str, Any], error: type[EwmError], said: str
) -> None:
    path = text(tmp_path, options.pop("content", BRANDENBURG.decode()))
    if "report" in options:
        options["report"] = tmp_path / options["report"]
    with pytest.raises(error, match=said):
        imported(path, **options)
    assert counts() == (0, 0)
    assert not list(files.folder_of(0).parent.glob("*"))


def test_a_workbook_with_another_head_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, {**SHEETS, "Projekte": [PROJECT | {"Projektvolumen": 1}]}, cluster="metall")
    with pytest.raises(UnreadableFileError, match=r"Blatt „Projekte“, Zeile 1, Spalte A\w, Projektvolumen: "):
        imported(path)
    assert counts() == (0, 0)


def test_the_template_command_names_what_it_cannot_write(tmp_path: Path) -> None:
    made = run("import_template", tmp_path / "a.ods", cluster="metall")
    assert (made["year"], made["version"]) == (2020, "1")
    with pytest.raises(MissingError, match=r"\.xlsx, \.ods"):
        run("import_template", tmp_path / "a.pdf")
    with pytest.raises(MissingError, match="Bitte einen Ordner nennen"):
        run("import_template", tmp_path / "nichtda" / "a.ods")
    with pytest.raises(MissingError, match=r"Das Cluster x gibt es nicht\. Es gibt: energietechnik, "):
        run("import_template", tmp_path / "a.ods", cluster="x")


def test_a_profile_that_is_named_reads_its_sheet_and_tells_where_there_is_none(tmp_path: Path) -> None:
    profile_save(name="Mappe", profile=replace(LAYOUT, sheet="2020"), account=None)
    path = tmp_path / "mappe.xlsx"
    path.write_bytes(of_two_years("2019", "2020"))
    done = imported(path, profile="Mappe", dry_run=True)
    assert (done["rows_in"], done["note"]) == (3, "")
    path.write_bytes(of_two_years("2018", "2019"))
    done = imported(path, profile="Mappe", dry_run=True)
    assert done["rows_in"] == 4
    assert "gilt dem Blatt „2020“. Das gibt es in dieser Datei nicht, gelesen ist „2018“" in done["note"]
