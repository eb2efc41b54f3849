"""Our workbook is read again: all sheets at once, what they say, and what is wrong with sheet, row and column."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.actors.services import actors_create
from ewm.capture.imports.found import FoundActor, RecordKind
from ewm.capture.imports.reading import UnreadableFileError, read_table
from ewm.capture.imports.reading.whole import row_number, row_words
from ewm.capture.imports.workbook.finding import find_in_workbook
from ewm.capture.imports.workbook.template import FORMS, write_template
from ewm.capture.projects.services import projects_create
from tests.capture import entries
from tests.capture.imports.filled import filled, saved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ewm.capture.imports.found import Found

pytestmark = pytest.mark.usefixtures("programme")

PROJECT: dict[str, Any] = {
    "Titel": "Prüfstand",
    "Beschreibung": "Zwei Sätze.\nIn zwei Zeilen.",
    "Handlungsfeld": "metal-2014-a (de)",
    "Forschung, Entwicklung oder Innovation": "ja",
    "Beginn": date(2020, 3, 2),
    "preparation (de) ab": "x",
    "running (de) ab": "01.09.2020; 1.2.2021",
    "Projektvolumen in Euro": 41_250_050,
    "Projektvolumen geschätzt": "nein",
    "öffentliche Förderung": "secured (de)",
    "Fördervolumen in Euro": "200.000,00",
    "Bewilligt von 1": "state (de)",
    "Mittel aus 1": "eu (de)",
    "Akteure: lead (de)": "Musterwerk GmbH",
    "Akteure: partner (de)": "A-1; Hochschule Muster",
    "Haupt-Leitlinie": "wide-technical (de)",
    "Leitlinie 2": "wide-social (de)",
}
ACTOR: dict[str, Any] = {
    "Name": "Musterwerk GmbH",
    "Typ": "company (de)",
    "Kreis": "12052 (de)",
    "Gemeinde": "Cottbus",
    "Größe": "micro (de)",
    "Größe gilt ab": date(2020, 1, 1),
}
ACTIVITY: dict[str, Any] = {
    "Titel": "Werkstattgespräch",
    "Art": "event (de)",
    "Handlungsfeld": "metal-2014-b (de)",
    "Beginn": date(2020, 6, 18),
    "Clustermanagement federführend": "ja",
    "Akteure: partner (de)": "Musterwerk GmbH",
}


def found_in(path: Path, corrections: Mapping[tuple[int, int], str] | None = None) -> list[Found]:
    return find_in_workbook(read_table(path), cluster="metal", corrections=corrections)


def problems(found: list[Found]) -> list[tuple[str, str, str]]:
    return [(row_words(each.row), each.column, each.message) for one in found for each in one.problems]


@pytest.fixture
def known(programme: object) -> None:  # noqa: ARG001
    actors_create(entries=[entries.actor("A-1"), entries.actor("A-2")])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("known")
def test_all_kinds_come_in_at_once_actors_first(tmp_path: Path, form: str) -> None:
    sheets = {"Projekte": [PROJECT], "Aktivitäten": [ACTIVITY], "Akteure": [ACTOR]}
    actor, project, activity = found = found_in(saved(tmp_path, sheets, form=form))
    assert problems(found) == []
    assert [each.kind for each in found] == [RecordKind.ACTORS, RecordKind.PROJECTS, RecordKind.ACTIVITIES]
    assert [each.rows for each in found] == [(3_000_002,), (1_000_002,), (2_000_002,)]
    assert len({each.key for each in found}) == 3
    assert actor.values == {
        "name": "Musterwerk GmbH", "actor_type": "company", "country": "DE", "land": "12", "district": "12052",
        "municipality": "Cottbus", "sizes": [{"size_class": "micro", "size_from": "2020-01-01"}],
    }  # fmt: skip
    assert project.values == {
        "title": "Prüfstand", "description": "Zwei Sätze.\nIn zwei Zeilen.", "is_rdi": True,
        "support_start": "2020-03-02", "project_volume": 41_250_050, "project_volume_estimated": False,
        "funding_volume": 20_000_000, "funding_state": "secured",
        "status_events": [
            {"status_from": "2020-03-02", "status": "preparation"},
            {"status_from": "2020-09-01", "status": "running"},
            {"status_from": "2021-02-01", "status": "running"},
        ],
        "funding": [{"granting_body": "state", "funds_origin": "eu", "programme": None, "amount": 20_000_000}],
        "assignments": [
            {"term": "metal-2014-a", "is_main": True},
            {"term": "wide-technical", "is_main": True},
            {"term": "wide-social", "is_main": False},
        ],
    }  # fmt: skip
    own, stored, new = (each.actor for each in project.partners)
    assert (own.name, own.actor_type, own.district, own.size_class) == ("Musterwerk GmbH", "company", "12052", "micro")
    assert stored == FoundActor(name="A-1", code="A-1")
    assert new == FoundActor(name="Hochschule Muster")
    assert [each.role for each in project.partners] == ["lead", "partner", "partner"]
    assert activity.partners[0].actor == own
    assert activity.values["is_lead"] is True


@pytest.mark.parametrize("form", FORMS)
def test_the_untouched_template_has_examples_only(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"vorlage.{form}"
    with path.open("wb") as file:
        write_template(file, cluster="metal", year=2020, form=form)
    found = found_in(path)
    assert len(found) == 5
    assert {each.left_out for each in found} == {"Beispielzeile der Vorlage."}
    assert problems(found) == []


def test_the_examples_are_right(tmp_path: Path) -> None:
    path = tmp_path / "vorlage.xlsx"
    with path.open("wb") as file:
        write_template(file, cluster="metal", year=2020, form="xlsx")
    table = read_table(path)
    unmarked = {(row.number, 0): "" for row in table.rows if row.cells[0] == "Beispiel"}
    found = find_in_workbook(table, cluster="metal", corrections=unmarked)
    assert problems(found) == []
    assert {each.left_out for each in found} == {""}


def test_an_example_that_somebody_overwrote_is_asked_about(tmp_path: Path) -> None:
    found = found_in(saved(tmp_path, {"Projekte": [PROJECT | {"Kennung": "Beispiel"}]}))
    assert [each.left_out for each in found if each.kind is RecordKind.PROJECTS] == [""]
    (where, column, message), *_ = problems(found)
    assert (where, column) == ("Blatt „Projekte“, Zeile 2", "A, Kennung")
    assert "Bitte die Kennung leeren" in message


def test_problems_name_sheet_row_and_column(tmp_path: Path) -> None:
    wrong = PROJECT | {
        "Handlungsfeld": "optics-a (de)",
        "Beginn": "31.02.2020",
        "running (de) ab": "bald",
        "Projektvolumen in Euro": "1.234",
        "Forschung, Entwicklung oder Innovation": "vielleicht",
        "Titel": "x" * 301,
    }
    found = found_in(saved(tmp_path, {"Projekte": [PROJECT, wrong], "Aktivitäten": [], "Akteure": [{"Name": "Werk"}]}))
    told = problems(found)
    assert {where for where, _, _ in told} == {"Blatt „Akteure“, Zeile 2", "Blatt „Projekte“, Zeile 3"}
    by_column = {column.partition(", ")[2]: message for _, column, message in told}
    assert set(by_column) == {
        "Typ", "Handlungsfeld", "Beginn", "running (de) ab", "Projektvolumen in Euro", "Titel",
        "Forschung, Entwicklung oder Innovation",
    }  # fmt: skip
    assert "301 Zeichen, höchstens 300" in by_column["Titel"]
    assert "„1.234“ kann 1.234,00 Euro oder 1,23 Euro heißen" in by_column["Projektvolumen in Euro"]
    assert "kein Tag" in by_column["Beginn"]
    assert "braucht jeder neue Eintrag" in by_column["Typ"]
    assert "steht nicht in der Liste" in by_column["Handlungsfeld"]


def test_a_corrected_cell_is_read_instead(tmp_path: Path) -> None:
    path = saved(tmp_path, {"Projekte": [PROJECT | {"Beginn": "31.02.2020"}], "Aktivitäten": [], "Akteure": []})
    at = next(each.column for each in found_in(path)[0].problems if each.field == "support_start")
    assert at.startswith("F, ")
    (project,) = found_in(path, {(row_number("Projekte", 2), 5): "29.02.2020"})
    assert project.problems == ()
    assert project.values["support_start"] == "2020-02-29"


def test_a_project_begins_with_a_status(tmp_path: Path) -> None:
    begins_later = {**PROJECT, "preparation (de) ab": None}
    found = found_in(saved(tmp_path, {"Projekte": [begins_later], "Aktivitäten": [], "Akteure": []}))
    ((_, column, message),) = problems(found)
    assert column.endswith("preparation (de) ab")
    assert "Am Beginn der Begleitung steht kein Status" in message


def test_a_field_is_asked_for_only_where_the_cluster_has_one(tmp_path: Path) -> None:
    early = {**PROJECT, "Handlungsfeld": None, "Haupt-Leitlinie": None, "Leitlinie 2": None}
    found = found_in(saved(tmp_path, {"Projekte": [early], "Aktivitäten": [], "Akteure": []}))
    assert [column.partition(", ")[2] for _, column, _ in problems(found)] == ["Handlungsfeld"]


@pytest.mark.usefixtures("known")
def test_a_known_record_says_only_what_changes_and_keeps_its_parts(tmp_path: Path) -> None:
    projects_create(entries=[entries.project("P-1")])
    row = {"Kennung": "P-1", "finished (de) ab": date(2021, 5, 31), "Ende": date(2021, 5, 31),
           "Bewilligt von 1": "state (de)", "Förderbetrag 1 in Euro": 100_00}  # fmt: skip
    (project,) = found_in(saved(tmp_path, {"Projekte": [row], "Aktivitäten": [], "Akteure": []}))
    assert project.problems == ()
    assert project.key == "P-1"
    stored = entries.project("P-1")
    events = [{"status_from": each.status_from.isoformat(), "status": each.status} for each in stored.status_events]
    assert project.values["status_events"] == [*events, {"status_from": "2021-05-31", "status": "finished"}]
    assert len(project.values["funding"]) == len(stored.funding) + 1  # type: ignore[arg-type]
    assert set(project.values) == {"code", "support_end", "status_events", "funding"}


@pytest.mark.usefixtures("known")
def test_a_status_that_is_stored_is_not_moved_and_another_field_becomes_the_main_one(tmp_path: Path) -> None:
    projects_create(entries=[entries.project("P-1")])
    stored = entries.project("P-1")
    first = stored.status_events[0]
    row = {"Kennung": "P-1", f"{first.status} (de) ab": date(2020, 3, 15), "Handlungsfeld": "metal-2014-b (de)"}
    (project,) = found_in(saved(tmp_path, {"Projekte": [row], "Aktivitäten": [], "Akteure": []}))
    ((_, _, message),) = problems([project])
    assert f"Erfasst ist dieser Status ab {first.status_from:%d.%m.%Y}" in message
    mains = {each["term"]: each["is_main"] for each in project.values["assignments"]}  # type: ignore[union-attr,index,call-overload]
    assert (mains["metal-2014-a"], mains["metal-2014-b"]) == (False, True)


@pytest.mark.usefixtures("known")
def test_a_code_that_is_not_there_or_belongs_to_others_is_told(tmp_path: Path) -> None:
    projects_create(entries=[entries.project("P-1", cluster="optics", assignments=(), supporting_clusters=())])
    rows = [{"Kennung": "P-1", "Titel": "Neu"}, {"Kennung": "P-9", "Titel": "Neu"}]
    found = found_in(saved(tmp_path, {"Projekte": rows, "Aktivitäten": [], "Akteure": []}))
    told = [message for _, column, message in problems(found) if column == "A, Kennung"]
    assert "gehört zu einem anderen Cluster" in told[0]
    assert "gibt es nicht" in told[1]


def test_groups_that_somebody_added_are_read(tmp_path: Path) -> None:
    more = PROJECT | {
        "Förderbetrag 1 in Euro": 100_00,
        "Bewilligt von 3": "federal (de)",
        "Förderbetrag 3 in Euro": 50_00,
    }
    (project,) = found_in(saved(tmp_path, {"Projekte": [more], "Aktivitäten": [], "Akteure": []}))
    assert [each["amount"] for each in project.values["funding"]] == [100_00, 50_00]  # type: ignore[union-attr,index,call-overload]


def test_own_columns_are_left_alone_and_almost_ours_are_told(tmp_path: Path) -> None:
    own = PROJECT | {"Ablage": "Schrank 3"}
    (project,) = found_in(saved(tmp_path, {"Projekte": [own], "Aktivitäten": [], "Akteure": []}))
    assert "Schrank 3" not in str(project)
    for header in ("Projektvolumen", "Beschreibungen"):
        path = saved(tmp_path, {"Projekte": [PROJECT | {header: "1"}]})
        with pytest.raises(UnreadableFileError, match=rf"Blatt „Projekte“, Zeile 1, Spalte A\w, {header}: .*Gemeint"):
            found_in(path)


def test_a_later_version_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mappe.ods"
    path.write_bytes(filled({}, form="ods"))
    table = read_table(path)
    assert table.sheet == "EWM-Arbeitsmappe 1"
    object.__setattr__(table, "sheet", "EWM-Arbeitsmappe 2")
    with pytest.raises(UnreadableFileError, match="hat die Fassung 2, gelesen wird bis Fassung 1"):
        find_in_workbook(table, cluster="metal")


def test_one_sheet_of_it_can_be_read_alone(tmp_path: Path) -> None:
    path = saved(tmp_path, {"Akteure": [ACTOR]})
    table = read_table(path, sheet="Akteure")
    assert table.sheet == "Akteure"
    assert [row.number for row in table.rows] == [1, 2]
