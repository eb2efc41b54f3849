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
from tests.report.pdf.pages import text_of

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
    lines = subprocess.run(["pdffonts", str(report)], check=True, capture_output=True, text=True).stdout.splitlines()
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


def test_row_headers_move_no_byte() -> None:
    cell = b"<</Type/StructElem/S/TD/P 9 0 R/A[<</O/Table/Headers[(U1x0y0)]>>]/K[1]>>"
    other = b"<</Type/StructElem/S/TD/P 9 0 R/A[<</O/Table/Headers[(U1x1y0)]/ColSpan 2>>]/K[1]>>"
    marked = mark_row_headers(cell + other, 1)
    assert marked == (
        b"<</Type/StructElem/S/TH/P 9 0 R/A[<</O/Table/Scope/Row        >>]/K[1]>>"
        b"<</Type/StructElem/S/TD/P 9 0 R/A[<</O/Table                  /ColSpan 2>>]/K[1]>>"
    )


def test_another_number_of_rows_is_refused() -> None:
    with pytest.raises(ContentError, match="0 statt 3 Zeilenköpfe"):
        mark_row_headers(b"<</Type/StructElem/S/Table>>", 3)
