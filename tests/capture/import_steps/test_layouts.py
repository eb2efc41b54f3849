"""Files in the programme's layouts, from the upload to the records and back; their sheets are found by name."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import ImportedKey
from ewm.capture.imports.profiles import Column, Profile
from ewm.capture.imports.services import (
    import_apply,
    import_begin,
    import_map,
    import_read,
    import_undo,
    profile_save,
)
from ewm.capture.imports.storing import import_of
from ewm.capture.imports.summary import summary_of
from ewm.capture.projects.models import Project
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import CLUSTER, accounted, items
from tests.capture.imports import layouts
from tests.capture.imports.test_found_keep_rules import FILES

if TYPE_CHECKING:
    from ewm.capture.imports.models import Import


LAYOUT = Profile(
    id="",
    label="",
    source="mappe",
    kind=RecordKind.PROJECTS,
    columns=(Column(("Was",), "title"), Column(("Wann",), "support_start")),
    defaults={"is_rdi": False, "funding_state": "secured"},
)


def mapped(content: bytes, name: str = "liste") -> Import:
    imported = import_begin(file=io.BytesIO(content), name=name, cluster=CLUSTER, account=None)
    read = import_read(imported=imported.pk)
    import_map(imported=imported.pk)
    accounted(imported.pk)
    return read


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_imported_recognised_again_and_taken_back(name: str) -> None:
    before = row_hashes()
    first = mapped(FILES[name]())
    assert first.profile_label
    import_apply(imported=first.pk, account=None)
    stored = Project.objects.count()
    assert stored == summary_of(import_of(first.pk)).new.items > 0
    again = summary_of(mapped(FILES[name]()))
    assert (again.known.items, again.new.items) == (stored, 0)
    assert ImportedKey.objects.count() >= stored  # those of organisations among them
    import_undo(imported=first.pk, account=None, leave_changed=False)
    assert row_hashes() == before
    assert not ImportedKey.objects.exists()


def test_a_row_more_in_the_same_list_is_the_only_new_one() -> None:
    """A joint project gets one more partner's row: it stays the same project."""
    import_apply(imported=mapped(layouts.catalogue()).pk, account=None)
    lines = layouts.catalogue().splitlines(keepends=True)
    more = lines[2].replace(b"01XX0001B", b"01XX0001D").replace("Universität".encode("iso-8859-15"), b"Akademie")
    single = lines[4].replace(b"01XX0002", b"01XX0009").replace("Kühlung".encode("iso-8859-15"), b"Heizung")
    found = items(mapped(b"".join([*lines, more, single])).pk)
    outcomes = {each.found["key"]: each.outcome for each in found}
    assert outcomes["01XX0009"] == "new"
    assert outcomes["01XX0002"] == "known"
    assert len([each for each in outcomes.values() if each == "new"]) == 1


def test_a_layout_may_name_its_sheet() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        notes, listed = book.add_worksheet("Hinweise"), book.add_worksheet("Vorhaben")
        for row in range(20):
            notes.write_row(row, 0, ["Text"] * 9)
        listed.write_row(0, 0, ["Was", "Wann"])
        listed.write_row(1, 0, ["Neue Bleche", "01.02.2020"])
    profile = replace(LAYOUT, sheet="Vorhaben")
    begun = import_begin(file=io.BytesIO(held.getvalue()), name="mappe.xlsx", cluster=CLUSTER, account=None)
    assert import_read(imported=begun.pk).sheet == "Hinweise"  # the largest
    profile_save(name="Mappe", profile=profile, account=None)
    read = mapped(held.getvalue(), "mappe.xlsx")
    assert (read.sheet, read.profile_label) == ("Vorhaben", "Mappe")
    assert [each.found["values"]["title"] for each in items(read.pk)] == ["Neue Bleche"]


def of_two_years(*names: str) -> bytes:
    """Return a workbook whose sheets all have the layout, each a row less than the one before."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for at, name in enumerate(names):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Was", "Wann"])
            for row in range(1, 5 - at):
                sheet.write_row(row, 0, [f"Bleche {name} {row}", "01.02.2020"])
    return held.getvalue()


def test_the_sheet_that_a_layout_names_comes_before_the_largest_of_the_same_columns() -> None:
    profile_save(name="Mappe", profile=replace(LAYOUT, sheet="2020"), account=None)
    read = mapped(of_two_years("2019", "2020"), "mappe.xlsx")
    assert (read.sheet, len(items(read.pk))) == ("2020", 3)


def test_a_sheet_of_that_name_that_holds_something_else_is_not_read() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        listed, other = book.add_worksheet("2019"), book.add_worksheet("2020")
        for row, cells in enumerate((["Was", "Wann"], ["Bleche", "01.02.2020"], ["Rohre", "01.02.2020"])):
            listed.write_row(row, 0, cells)
        other.write_row(0, 0, ["Notiz"])
    profile_save(name="Mappe", profile=replace(LAYOUT, sheet="2020"), account=None)
    read = mapped(held.getvalue(), "mappe.xlsx")
    assert (read.sheet, len(items(read.pk))) == ("2019", 2)
