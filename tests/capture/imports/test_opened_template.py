"""Our workbook in a spreadsheet program: opened, saved again in either format, and printed by LibreOffice Calc."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.capture.actors.services import actors_create
from ewm.capture.imports.workbook.template import FORMS, book_of
from tests.capture import entries
from tests.capture.imports.filled import saved
from tests.capture.imports.test_template import cells
from tests.capture.imports.test_workbook import ACTIVITY, ACTOR, PROJECT, found_in, problems

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("programme")
SHEETS = {"Projekte": [PROJECT], "Aktivitäten": [ACTIVITY], "Akteure": [ACTOR]}


def has_calc() -> bool:
    program = shutil.which("soffice")
    return bool(program) and (Path(str(program)).resolve().parent / "libsclo.so").is_file()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workbooks lie, as they were made (``xlsx/mappe.xlsx``) and as they were saved (``ods/xlsx.ods``)."""
    if not has_calc():
        pytest.skip("LibreOffice Calc is not installed (libreoffice-calc-nogui)")
    return tmp_path_factory.mktemp("opened")


@pytest.fixture
def opened(folder: Path) -> Path:
    """The folder, filled by the first test."""
    actors_create(entries=[entries.actor("A-1"), entries.actor("A-2")])
    if not (folder / "pdf").exists():
        for form in FORMS:
            (folder / "made").mkdir(exist_ok=True)
            saved(folder, SHEETS, form=form).rename(folder / "made" / f"{form}.{form}")
        for form in (*FORMS, "pdf"):
            save(folder, form)
    return folder


def save(folder: Path, form: str) -> None:
    """Let the program save both workbooks in a format."""
    made = [str(folder / "made" / f"{each}.{each}") for each in FORMS]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder / form), *made]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def resaved(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each workbook as it was made with each that the program made of it."""
    for form in FORMS:
        for into in FORMS:
            yield folder / "made" / f"{form}.{form}", folder / into / f"{form}.{into}"


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def checks(path: Path) -> Counter[str]:
    """Return how many columns of a workbook as XLSX are checked in which way."""
    found = [part(path, f"xl/worksheets/sheet{at}.xml") for at in (2, 3, 4)]
    kinds = re.findall(r"<dataValidation\b[^>]*>", "".join(found))
    return Counter(match[1] for each in kinds if (match := re.search(r'\btype="(\w+)"', each)) and match[1] != "none")


def offered(path: Path) -> set[str]:
    """Return the cells that lists of a workbook as ODS offer."""
    text = part(path, "content.xml")
    named = dict(re.findall(r'<table:named-range table:name="(\w+)"[^>]*?cell-range-address="([^"]+)"', text))
    found = set(re.findall(r"is-in-list\(([^)]+)\)", text))
    return {re.sub(r"[$.\[\]]|Begriffe", "", named.get(each, each)) for each in found}


def widths(path: Path) -> list[float]:
    """Return the widths of the columns of the first three sheets of a workbook as XLSX, in characters."""
    found = []
    for at in (1, 2, 3):
        for first, last, width in _columns(part(path, f"xl/worksheets/sheet{at}.xml")):
            found += [width] * (min(last, 40) - first + 1)
    return found


def _columns(text: str) -> Iterator[tuple[int, int, float]]:
    for each in re.findall(r"<col\b[^>]*>", text):
        told = dict(re.findall(r'(\w+)="([^"]*)"', each))
        yield int(told["min"]), int(told["max"]), float(told["width"])


def test_what_was_saved_again_says_the_same_and_is_read_alike(opened: Path) -> None:
    for made, again in resaved(opened):
        before, after = cells(made.read_bytes()), cells(again.read_bytes())
        assert list(before) == list(after)
        for name, rows in before.items():
            assert [_filled(row) for row in rows] == [_filled(row) for row in after[name][: len(rows)]], (again, name)
        found = found_in(again)
        assert problems(found) == []
        assert found == found_in(made)


def _filled(row: list[object]) -> list[object]:
    while row and row[-1] == "":
        row = row[:-1]
    return row


def test_every_check_is_understood(opened: Path) -> None:
    made = checks(opened / "made" / "xlsx.xlsx")
    assert made["list"] > 20
    assert made["date"] > 10
    for form in FORMS:
        assert checks(opened / "xlsx" / f"{form}.xlsx") == made, form


def test_every_list_offers_its_terms(opened: Path) -> None:
    book = book_of("metal", 2020)
    assert len(offered(opened / "made" / "ods.ods")) == len(book.lists)
    for form in FORMS:
        assert offered(opened / "ods" / f"{form}.ods") == offered(opened / "made" / "ods.ods"), form


def test_columns_keep_their_widths(opened: Path) -> None:
    made = widths(opened / "made" / "xlsx.xlsx")
    assert len(set(made)) > 5
    for form in FORMS:
        again = widths(opened / "xlsx" / f"{form}.xlsx")[: len(made)]
        assert len(again) == len(made)
        assert max(abs(one - other) / one for one, other in zip(made, again, strict=True)) < 0.15, form


@pytest.mark.parametrize("form", FORMS)
def test_no_text_of_the_guide_is_printed_over_another(opened: Path, form: str) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    command = ["pdftotext", "-bbox", "-l", "2", str(opened / "pdf" / f"{form}.pdf"), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for page in told.split("<page ")[1:]:
        boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)', page)
        words = [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in boxes]
        assert len(words) > 100
        over = [(one[4], other[4]) for one, other in combinations(words, 2) if _meet(one, other)]
        assert not over


def _meet(one: tuple[float, float, float, float, str], other: tuple[float, float, float, float, str]) -> bool:
    """Tell whether two words share more of their places than the edges."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > (one[3] - one[1]) / 3
