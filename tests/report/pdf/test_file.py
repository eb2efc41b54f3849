"""The file itself: fonts inside, syntax, validators, the same bytes from the same document, English."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from ewm.errors import ContentError
from ewm.report.pdf.row_headers import mark_row_headers
from tests.report.pdf.pages import poppler, text_of

if TYPE_CHECKING:
    from ewm.report.document import Document
    from tests.report.pdf.conftest import Printer

BIN = Path(sys.executable).parent


def test_the_syntax_is_right(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize(
    "validator", [["pdfua", "check", "--min-severity", "error"], ["outloud", "--fail-on", "warning"]]
)
def test_validators_find_nothing(report: Path, validator: list[str]) -> None:
    done = subprocess.run(
        [str(BIN / validator[0]), *validator[1:], str(report)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_all_fonts_are_inside(report: Path) -> None:
    lines = poppler("pdffonts", str(report)).decode().splitlines()
    fonts = {line.split()[0].partition("+")[2]: line.split()[-5:-2] for line in lines[2:]}
    assert set(fonts) == {
        "FiraSans-Light", "FiraSans-Regular", "FiraSans-Medium", "FiraSans-SemiBold", "FiraMono-Regular",
    }  # fmt: skip
    assert set(map(tuple, fonts.values())) == {("yes", "yes", "yes")}


def test_the_same_document_gives_the_same_bytes(printer: Printer, report: Path, document: Document) -> None:
    again = printer(document)
    assert again != report
    assert again.read_bytes() == report.read_bytes()


def test_another_language_has_its_own_dates_and_region(printer: Printer, document: Document) -> None:
    target = printer(replace(document, meta=replace(document.meta, language="en")))
    with pikepdf.open(target) as pdf:
        assert pdf.Root.Lang == "en-GB"
    assert "31 December 2020" in text_of(target, "-f", "2", "-l", "2").replace("\N{NO-BREAK SPACE}", " ")


def cell(kind: str, column: int, headers: str, *, table: int = 1) -> bytes:
    """A structure element as the typesetter writes it."""
    id_ = f"/ID(U{table}x{column}y0)" if kind == "TH" else ""
    return f"<</Type/StructElem/S/{kind}/P 9 0 R{id_}/A[<</O/Table/Headers[{headers}]/ColSpan 1>>]/K[1]>>".encode()


@pytest.mark.parametrize(("columns", "named"), [(2, 0), (3, 1)])
def test_rows_are_named_from_three_columns_on(columns: int, named: int) -> None:
    head = b"".join(cell("TH", column, "") for column in range(columns))
    row = b"".join(cell("TD", column, f"(U1x{column}y0)") for column in range(columns))
    marked = mark_row_headers(head + row, named)
    assert len(marked) == len(head + row)
    assert marked.count(b"/S/TH/P 9 0 R/A[<</O/Table/Scope/Row        /ColSpan 1>>]") == named
    assert b"/Headers" not in marked


def test_the_rows_kept_together_become_a_body() -> None:
    assert mark_row_headers(b"<</Type/StructElem/S/TFoot/P 1 0 R>>", 0) == b"<</Type/StructElem/S/TBody/P 1 0 R>>"


def test_another_number_of_rows_is_refused() -> None:
    with pytest.raises(ContentError, match="0 statt 3 Zeilenköpfe"):
        mark_row_headers(b"<</Type/StructElem/S/Table>>", 3)
