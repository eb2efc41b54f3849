"""Exported lists that come back: an untouched one changes nothing, an edited one what was edited, and no more."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.imports.found import Found, RecordKind
from ewm.capture.imports.reading import read_table
from ewm.capture.imports.workbook.list_finding import find_in_list
from ewm.capture.imports.workbook.own_lists import own_list
from ewm.capture.projects.services import projects_create
from tests.web.site.conftest import OWN, project
from tests.web.site.lists.test_export import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.usefixtures("projects")


def exported(client: Client, folder: Path, form: str, kind: str = "projects", query: str = "ansicht=alle") -> Path:
    answer: Any = client.get(reverse(f"{kind}:export", args=[form]) + f"?{query}")
    assert answer.status_code == 200
    path = folder / f"{kind}.{form}"
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def found_in(path: Path) -> tuple[RecordKind | None, list[Found]]:
    table = read_table(path)
    kind = own_list(table)
    assert kind is not None
    return kind, find_in_list(table, kind, cluster=OWN)


def edited(path: Path, changes: dict[tuple[str, str], str], rows: tuple[dict[str, str], ...] = ()) -> Path:
    """Change cells of an exported CSV by code and header, and add rows."""
    head, *body = csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
    for (code, header), text in changes.items():
        next(row for row in body if row and row[head.index("Kennung")] == code)[head.index(header)] = text
    added = [[row.get(header, "") for header in head] for row in rows]
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows([head, *added, *body])
    path.write_text(held.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["projects", "activities", "actors"])
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_an_untouched_export_changes_nothing(manager: Client, tmp_path: Path, form: str, kind: str) -> None:
    hostile = [replace(project(f"X-{place:02d}"), title=text) for place, text in enumerate(HOSTILE)]
    projects_create(entries=hostile)
    path = exported(manager, tmp_path, form, kind, "ansicht=alle&alle_spalten=ja")
    told, found = found_in(path)
    records = [each for each in found if not each.left_out]
    assert told == kind
    assert [each.problems for each in found] == [()] * len(found)
    assert [each.values for each in records] == [{"code": each.key} for each in records]
    assert [each.partners for each in records] == [()] * len(records)
    if kind == "projects":
        assert {each.code for each in hostile} < {each.key for each in records}
        assert all("anderen Cluster" in each.left_out or "Export" in each.left_out for each in found if each.left_out)


def test_in_english_too(manager: Client, tmp_path: Path) -> None:
    manager.cookies["django_language"] = "en"
    path = exported(manager, tmp_path, "csv", query="ansicht=alle&alle_spalten=ja")
    assert "Code" in path.read_text("utf-8-sig").splitlines()[0]
    kind, found = found_in(path)
    assert kind is RecordKind.PROJECTS
    assert all(each.problems == () and set(each.values) <= {"code"} for each in found)


def test_only_what_was_edited_comes_back(manager: Client, tmp_path: Path) -> None:
    projects_create(entries=[project("X-01")])
    path = exported(manager, tmp_path, "csv", query="ansicht=alle&alle_spalten=ja")
    edited(path, {
        ("X-01", "Titel"): "Neuer Titel", ("X-01", "Projektvolumen in Euro"): "1.250.000,50",
        ("X-01", "Beschreibung"): "'=1", ("X-01", "Akteure"): "77", ("X-01", "Ende"): "",
    })  # fmt: skip
    _, found = found_in(path)
    changed = {each.key: each.values for each in found if len(each.values) > 1}
    assert changed == {
        "X-01": {"code": "X-01", "title": "Neuer Titel", "project_volume": 125_000_050, "description": "=1"}
    }


def test_what_a_list_cannot_change_is_told(manager: Client, tmp_path: Path) -> None:
    projects_create(entries=[project("X-01")])
    path = exported(manager, tmp_path, "csv", query="ansicht=alle&alle_spalten=ja")
    edited(path, {
        ("X-01", "Status"): "regulär beendet", ("X-01", "Cluster"): "Tourismus", ("X-01", "Fassung"): "0",
        ("X-01", "Beteiligte"): "Ganz Neue GmbH",
    })  # fmt: skip
    _, found = found_in(path)
    (record,) = (each for each in found if each.key == "X-01")
    told = {each.column.partition(", ")[2]: each.message for each in record.problems}
    assert set(told) >= {"Status", "Cluster", "Fassung"}
    assert "Ein Status ändert sich an einem Tag" in told["Status"]
    assert "Fassung 0, jetzt 1" in told["Fassung"]
    assert record.partners[0].actor.name == "Ganz Neue GmbH"


def test_a_row_without_a_code_is_a_new_record(manager: Client, tmp_path: Path) -> None:
    path = exported(manager, tmp_path, "csv", query="ansicht=alle&alle_spalten=ja")
    edited(path, {}, ({
        "Titel": "Ganz neu", "Handlungsfeld": "Innovationswerkstatt", "Status": "in Vorbereitung", "Beginn": "3.2.2020",
        "Forschung, Entwicklung oder Innovation": "ja", "öffentliche Förderung": "angestrebt",
        "Projektvolumen in Euro": "10000", "Beteiligte": "Linsenwerk Süd GmbH; Ganz Neue GmbH",
    },))  # fmt: skip
    _, (new, *_) = found_in(path)
    assert new.problems == ()
    assert new.values["status_events"] == [{"status_from": "2020-02-03", "status": "preparation"}]
    assert new.values["funding_state"] == "sought"
    assert [each.actor.name for each in new.partners] == ["Linsenwerk Süd GmbH", "Ganz Neue GmbH"]


def test_a_foreign_table_is_no_list_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "fremd.csv"
    path.write_text("Kennung;Titel;Ort;PLZ;Telefon\n1;a;b;c;d\n", encoding="utf-8")
    assert own_list(read_table(path)) is None
