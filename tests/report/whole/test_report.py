"""The delivered report as a reader finds it: every published number in it, every number led to its records."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.indicators.published_form import load_published
from ewm.report.numbers import FORMATTERS
from tests.report.html.links import check_links, number_links
from tests.report.whole.desk import ewm

if TYPE_CHECKING:
    from pathlib import Path

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")


def pdf_text(path: Path) -> str:
    """The text of a PDF with plain spaces and without hyphens at line ends."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}\n", ""))


def test_the_four_formats_are_there(report: Path) -> None:
    name = report.name
    found = {path.name for path in report.iterdir()}
    assert found == {f"{name}.pdf", f"{name}.docx", f"{name}.odt", "html"}


def test_every_number_of_the_web_edition_leads_to_its_records(report: Path) -> None:
    assert check_links(report / "html") == []
    assert len(number_links(report / "html")) > 200


@needs_pdftotext
def test_the_pdf_holds_every_published_number(report: Path) -> None:
    published = load_published(load_config().programme / "reference" / "published-2020.yaml")
    text = pdf_text(report / f"{report.name}.pdf")
    form = FORMATTERS["de"]
    printed = {
        form.fraction(
            figure.value.numerator, figure.value.denominator, figure.decimals or figure.value.denominator != 1
        )
        for figure in published.figures
        if figure.value and (figure.unit or figure.value.denominator == 1)  # a half was printed as a word
    }
    assert len(printed) > 30
    missing = sorted(number for number in printed if not re.search(rf"(?<![\d,]){re.escape(number)}(?!\d)", text))
    assert missing == []


@needs_qpdf
def test_the_pdf_is_sound_and_tagged(report: Path) -> None:
    pdf = report / f"{report.name}.pdf"
    assert subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, check=False).returncode == 0
    content = pdf.read_bytes()
    assert b"/StructTreeRoot" in content or b"/ObjStm" in content


def test_other_clusters_get_their_report_too(data: Path) -> None:
    """A small and an empty cluster: nothing overlaps with what is not there."""
    for cluster in ("kunststoffe-chemie", "tim"):
        done = ewm(data, "report", "build", "--cluster", cluster, "--year", "2020", "--format", "pdf,html")
        assert done.returncode == 0, done.stderr
        folder = data / "reports" / f"annual-2020-{cluster}-2020-de"
        assert check_links(folder / "html") == []


def test_the_english_edition_differs_by_content_only(data: Path) -> None:
    done = ewm(data, "report", "build", "--cluster", "metall", "--year", "2020", "--format", "html", "--lang", "en")
    assert done.returncode == 0, done.stderr
    german = data / "reports" / "annual-2020-metall-2020-de" / "html"
    english = data / "reports" / "annual-2020-metall-2020-en" / "html"
    assert check_links(english) == []

    def evidence(folder: Path) -> set[str]:
        return {path.name for path in (folder / "evidence").iterdir()}

    assert evidence(german) == evidence(english)


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("--cluster", "stahl"), 3, "Das Cluster „stahl“ gibt es nicht"),
        (("--cluster", "metall", "--format", "doc"), 3, "Das Format „doc“ gibt es nicht"),
        (("--cluster", "metall", "--lang", "pl"), 3, "nicht in der Sprache „pl“"),
        (("--cluster", "metall", "--form", "factsheet"), 3, "Die Berichtsform „factsheet“ gibt es nicht"),
    ],
)
def test_what_is_not_there_is_named(data: Path, words: tuple[str, ...], code: int, complaint: str) -> None:
    done = ewm(data, "report", "build", "--year", "2020", *words)
    assert done.returncode == code
    assert complaint in done.stderr
