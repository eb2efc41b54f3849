"""Both files say what the document says, in its order, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.report.document import Chapter, Paragraph, Text
from ewm.report.office import write_docx, write_odt
from tests.report.office.expected import texts
from tests.report.office.reading import docx_lines, odt_lines

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document


def test_docx_and_odt_hold_the_same_paragraphs(docx: Path, odt: Path) -> None:
    assert docx_lines(docx) == odt_lines(odt)


def test_every_text_of_the_document_stands_in_its_place(document: Document, docx: Path) -> None:
    chapters = _after_contents(docx_lines(docx), document)
    place = 0
    for text in texts(document):
        found = chapters.find(_folded(text), place)
        assert found >= 0, f"{text!r} is not there, or not in its place"
        place = found + len(_folded(text))


def test_nothing_stands_there_that_the_document_does_not_say(document: Document, docx: Path) -> None:
    rest = _after_contents(docx_lines(docx), document)
    meta = document.meta
    imprint = [line for lines in (meta.imprint.publisher, meta.imprint.editor, meta.imprint.funding) for line in lines]
    known = [
        *texts(document),
        *imprint,
        *meta.imprint.notices,
        *meta.words.values(),
        "15.02.2021, 12:00 UTC",
        "31.12.2020",
    ]
    groups = re.findall(".{8}", meta.snapshot_hash)
    for text in sorted({_folded(text) for text in (*known, " ".join(groups))}, key=len, reverse=True):
        rest = rest.replace(text, " ") if text else rest
    assert set(rest) <= set(" ·:.")


def test_cover_and_contents_come_before_the_chapters(document: Document, docx: Path) -> None:
    lines = docx_lines(docx)
    assert lines[0] == lines[1]  # the field of dots says in words what it shows
    assert lines[2:5] == [document.meta.title, document.meta.subtitle, document.meta.cluster]
    start = lines.index("Inhalt")
    assert lines[start + 1 : start + 4] == [
        "1\tEinleitung und methodische Hinweise\t",
        "2\tMonitoringergebnisse\t",
        "2.1\tNeu initiierte Projekte\t",
    ]
    assert "Abbildung 1\tBegleitete und neu initiierte Projekte\t" in lines
    assert "Tabelle 1\tBeteiligte Akteure nach Typ\t" in lines
    assert "\tTransfer im Beispielnetz: Werkstatt der kurzen Wege\t" in lines
    assert not any(line.startswith("Akteure nach Typ\t") for line in lines)  # not outlined


def test_spaces_tabs_and_quotes_survive(document: Document, assets: Path, brand: Brand, tmp_path: Path) -> None:
    nasty = '  zwei  Leerzeichen,   drei; \N{NO-BREAK SPACE}geschützt & <spitz> "gerade" „typografisch“ \N{EN DASH} '
    chapter = Chapter("k", "1", "Titel & <mehr>", (Paragraph((Text(nasty),)),))
    changed = replace(document, chapters=(chapter,))
    write_docx(changed, tmp_path / "a.docx", assets=assets, brand=brand)
    write_odt(changed, tmp_path / "a.odt", assets=assets, brand=brand)
    assert nasty in docx_lines(tmp_path / "a.docx")
    assert nasty in odt_lines(tmp_path / "a.odt")


def _after_contents(lines: list[str], document: Document) -> str:
    """The text from the first chapter on, folded."""
    first = document.chapters[0]
    return _folded(" ".join(lines[lines.index(f"{first.number}\t{first.title}") :]))


def _folded(text: str) -> str:
    return " ".join(text.replace("[", " ").replace("]", " ").split())
