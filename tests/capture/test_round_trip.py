"""What an export writes, the import reads back as it was: any text, in every format; and no cell is a formula.

What a format cannot hold is said here and in the handbook: XML has no control characters (ODS shows a replacement
sign; XLSX has a spelling of its own for them), XLSX no text of more than 32,767 characters, and reading drops blanks
around a text, as every form does. NUL stands in no text: forms and PostgreSQL refuse it.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from ewm.capture.imports.reading import read_table
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import Book, Head, Sheet
from ewm.capture.lists.export.csv import csv_lines
from ewm.capture.lists.export.ods import write_ods
from ewm.capture.lists.export.package import write_package
from ewm.capture.lists.export.xlsx import CUT, LONGEST, write_xlsx
from ewm.cells import SIGNS, restored

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("xlsx", "ods", "csv", "package")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HARD = [*SIGNS, *"'\"; ,|#\v\f\x85\u2028\u2029\xa0&<", "\x01", "\x1f", "\ufffe", "\ufeff", "_x0041_", "a", "1", "🏭"]
texts = st.one_of(
    st.lists(st.sampled_from(HARD), min_size=1, max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20),
)
columns = st.lists(texts.map(str.strip).filter(bool), min_size=1, max_size=150)


def book(rows: list[list[Any]], kinds: tuple[Kind, ...] = (Kind.TEXT, Kind.TEXT)) -> Book:
    """A book of one sheet with such rows."""
    heads = [Head(name=f"c{place}", title=f"Spalte {place}", kind=kind) for place, kind in enumerate(kinds)]
    sheet = Sheet(name="blatt", title="Blatt", heads=heads, rows=iter(rows))
    return Book(name="buch", title="Buch", sheets=[sheet], about=[("Quelle", "=EWM")], moment=datetime.now(UTC))


def written(form: str, made: Book) -> bytes:
    """The file of a format; of a package the table in it."""
    if form == "csv":
        return "".join(csv_lines(made)).encode()
    file = io.BytesIO()
    {"xlsx": write_xlsx, "ods": write_ods, "package": write_package}[form](made, file)
    if form != "package":
        return file.getvalue()
    with zipfile.ZipFile(file) as packed:
        return packed.read("data/blatt.csv")


def read_back(form: str, made: Book, folder: Path) -> dict[str, Any]:
    """The second column by the first, as the import reads them."""
    path = folder / f"file.{form}"
    path.write_bytes(written(form, made))
    table = read_table(path, sheet="Blatt")
    rows = [row.cells for row in table.rows if len(row.cells) > 1]
    return {str(one): restored(two) if isinstance(two, str) else two for one, two, *_ in rows}


def kept(form: str, text: str) -> str:
    """What a format can hold of a text."""
    if form == "ods":
        return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return re.sub("[\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", text) if form == "xlsx" else text


@pytest.mark.parametrize("form", FORMS)
def test_every_text_comes_back(form: str, tmp_path: Path) -> None:
    @settings(max_examples=5, deadline=None)
    @given(columns)
    @example([f"{sign}1{sign}x" for sign in "=+-@＝＋－＠"])
    @example(["a\tb", "a\rb", "a\r\nb", "a\n\nb", "'\t=1", "''=1", "a\t\t b"])
    def holds(stored: list[str]) -> None:
        rows: list[list[Any]] = [[f"K{place}", text] for place, text in enumerate(stored)]
        found = read_back(form, book(rows), tmp_path)
        assert [found.get(f"K{place}") for place in range(len(stored))] == [kept(form, text) for text in stored]

    holds()


def cells_of(form: str, content: bytes) -> list[str]:
    """Every cell of every sheet as a spreadsheet shows it, heads and notes included."""
    if form in {"xlsx", "ods"}:
        loaded = load_workbook(io.BytesIO(content))
        sheets = [loaded.get_sheet_by_name(name).to_python() for name in loaded.sheet_names]
        return [cell for sheet in sheets for row in sheet for cell in row if isinstance(cell, str)]
    import csv  # noqa: PLC0415  (only two formats are texts)

    delimiter = ";" if form == "csv" else ","
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return [cell for line in lines for cell in line]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("form", FORMS)
def test_no_sign_begins_a_cell(form: str, sign: str) -> None:
    hostile = [f"{sign}cmd|' /C calc'!A0", sign, f"'{sign}", f"{sign}{sign}1"]
    made = book([[text, text] for text in hostile])
    heads = [Head(name="a", title=f"{sign}1", kind=Kind.TEXT), Head(name="b", title=f"{sign}2", kind=Kind.TEXT)]
    sheet = Sheet(name="blatt", title="Blatt", heads=heads, rows=made.sheets[0].rows)
    named = [(f"{sign}Name", f"{sign}Text")]
    made = Book(name="buch", title="Buch", sheets=[sheet], about=named, moment=made.moment)
    found = cells_of(form, written(form, made))
    assert len(found) > 8
    assert [cell for cell in found if cell[:1] in set(SIGNS)] == []


@pytest.mark.parametrize("form", FORMS)
def test_values_come_back_as_what_they_are(form: str, tmp_path: Path) -> None:
    kinds = (Kind.TEXT, Kind.MONEY, Kind.COUNT, Kind.DAY, Kind.YES_NO, Kind.YEAR)
    rows: list[list[Any]] = [["K0", -123_456, 7, date(2020, 4, 20), True, 2020], ["K1", None, None, None, False, None]]
    path = tmp_path / f"file.{form}"
    path.write_bytes(written(form, book(rows, kinds)))
    first, second = read_table(path, sheet="Blatt").rows[1:3]
    expected = {
        "csv": ("K0", "-1234,56", "7", "20.04.2020", "ja", "2020"),
        "package": ("K0", "-1234.56", "7", "2020-04-20", "true", "2020"),
    }
    assert first.cells == expected.get(form, ("K0", -1234.56, 7, date(2020, 4, 20), "ja", 2020))
    assert [cell for cell in second.cells[1:] if cell is not None] == ["false" if form == "package" else "nein"]


def test_a_text_that_xlsx_cannot_hold_says_that_it_is_cut(tmp_path: Path) -> None:
    longest, longer = "x" * LONGEST, "y" * (LONGEST + 1)
    found = read_back("xlsx", book([["K0", longest], ["K1", longer], ["K2", "=" + longest]]), tmp_path)
    assert found["K0"] == longest
    assert found["K1"] == "y" * (LONGEST - len(CUT)) + CUT
    assert found["K2"].endswith(CUT)
    assert read_back("ods", book([["K1", longer]]), tmp_path)["K1"] == longer


@pytest.mark.parametrize("form", FORMS[:2] + FORMS[3:])
def test_the_same_book_gives_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def bytes_at(second: float) -> bytes:
        monkeypatch.setattr("time.time", lambda: second)
        made = Book(name="b", title="B", sheets=book([["K0", "x"]]).sheets, about=[("a", "b")], moment=moment)
        file = io.BytesIO()
        {"xlsx": write_xlsx, "ods": write_ods, "package": write_package}[form](made, file)
        return file.getvalue()

    assert bytes_at(1_000_000_000) == bytes_at(1_790_000_000)
