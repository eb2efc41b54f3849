"""A zip of tables: two that belong together are one, row by row; quotes that are not doubled are understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.reading import UnreadableFileError, look_at, read_table
from tests.capture.imports.layouts import packed

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = 'ID;title\n1;"a;\nb"\n2;kurz\n3;ohne\n'
ORGANISATIONS = "name;projectId;city\nUni;1;Berlin\nFirma;2\nWaise;9;Bonn\nVerein;1;\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "datei.zip"


def test_two_tables_that_belong_together_are_one(path: Path) -> None:
    path.write_bytes(packed(organization=ORGANISATIONS, topics="projectID;t\n1;x\n", project=PROJECTS))
    table = read_table(path)
    assert (table.sheet, table.sheets) == (
        "project.csv + organization.csv",
        ("organization.csv", "topics.csv", "project.csv"),
    )
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("project.ID", "project.title", "organization.name", "organization.projectId", "organization.city")),
        (2, ("1", "a;\nb", "Uni", "1", "Berlin")),
        (3, ("2", "kurz", "Firma", "2")),
        (4, (None, None, "Waise", "9", "Bonn")),  # its project is not there
        (5, ("1", "a;\nb", "Verein", "1", None)),
        (6, ("3", "ohne")),  # nobody takes part in it
    ]


def test_one_of_them_can_be_chosen(path: Path) -> None:
    path.write_bytes(packed(organization=ORGANISATIONS, project=PROJECTS))
    table = read_table(path, sheet="project.csv")
    assert (table.sheet, [row.number for row in table.rows]) == ("project.csv", [1, 2, 4, 5])


def test_of_tables_that_do_not_belong_together_the_largest_is_read(path: Path) -> None:
    path.write_bytes(packed(a="x;y\n1;2\n", b="v;w\n1;2\n3;4\n"))
    assert read_table(path).sheet == "b.csv"


def test_the_cells_of_both_count(path: Path) -> None:
    """Above 200,000 cells a file is read in the background: joined, it has more than its parts say."""
    path.write_bytes(packed(project=PROJECTS, organization=ORGANISATIONS))
    assert not look_at(path).large
    assert look_at(path, cells=10).large


def test_a_damaged_part_is_told(path: Path) -> None:
    content = bytearray(packed(a="x;y\n" + "1;2\n" * 500))
    content[60:70] = bytes(10)
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="beschädigt"):
        read_table(path)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1;""Far" away";x', ("1", '"Far" away', "x")),
        ('1;"""Far"" away";x', ("1", '"Far" away', "x")),
        ('1;"so "genannt" hier";x', ("1", 'so "genannt" hier', "x")),
        ('1;"";x', ("1", None, "x")),
    ],
)
def test_quotes_that_are_not_doubled(tmp_path: Path, line: str, cells: tuple[str | None, ...]) -> None:
    path = tmp_path / "datei.csv"
    path.write_text(f"a;b;c\n{line}\n", encoding="utf-8")
    assert read_table(path).rows[1].cells == cells


@pytest.mark.parametrize("line", ['1;"a"b;c', '1;"a "b" c"', '1;"so "offen;c'])
def test_where_quotes_leave_it_open_the_row_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "datei.csv"
    path.write_text(f"a;b;c\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Zeile 2"):
        read_table(path)


def test_wrapped_cells_may_hold_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "datei.csv"
    path.write_bytes('="a";="b";\n="Größe; Höhe";="0123";\n'.encode("iso-8859-15"))
    assert [row.cells for row in read_table(path).rows] == [("a", "b", None), ("Größe; Höhe", "0123", None)]
