"""Reads office files as a person does: paragraph by paragraph, tabs, lines, pictures and footnotes where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE, FO, SVG = (
    f"{{{_ODF}{name}:1.0}}"
    for name in ("office", "text", "table", "drawing", "style", "xsl-fo-compatible", "svg-compatible")
)
XLINK = "{http://www.w3.org/1999/xlink}"


def part(path: Path, name: str) -> Tree.Element:
    """Return one XML part of a file."""
    with ZipFile(path) as archive:
        return Tree.fromstring(archive.read(name))  # noqa: S314 (written by this program)


# -- DOCX ------------------------------------------------------------------------------------------------------------


def docx_lines(path: Path) -> list[str]:
    """Return the text of every paragraph of the body; a footnote stands in brackets where its mark is."""
    notes = {note.get(f"{W}id", ""): "".join(_docx_text(note, {})).strip() for note in part(path, "word/footnotes.xml")}
    body = part(path, "word/document.xml")
    return ["".join(_docx_text(paragraph, notes)) for paragraph in body.iter(f"{W}p")]


def _docx_text(element: Tree.Element, notes: dict[str, str]) -> Iterator[str]:
    if element.tag == f"{W}r" and element.find(f"{W}rPr/{W}vanish") is not None:
        return  # an entry of the list of captions is hidden
    if element.tag == f"{W}t":
        yield element.text or ""
    elif element.tag == f"{W}tab":
        yield "\t"
    elif element.tag == f"{W}br":
        yield "\n"
    elif element.tag == f"{WP}docPr":
        yield element.get("descr", "")
    elif element.tag == f"{W}footnoteReference":
        yield f"[{notes[element.get(f'{W}id', '')]}]"
    for child in element:
        yield from _docx_text(child, notes)


# -- ODT -------------------------------------------------------------------------------------------------------------


def odt_lines(path: Path) -> list[str]:
    """Return the text of every paragraph and heading of the body, as ``docx_lines`` does."""
    text = part(path, "content.xml").find(f"{OFFICE}body/{OFFICE}text")
    assert text is not None
    return [_odt_text(node) for node in _odt_paragraphs(text)]


def _odt_paragraphs(element: Tree.Element) -> Iterator[Tree.Element]:
    for node in element:
        if node.tag in {f"{TEXT}p", f"{TEXT}h"}:
            yield node
        elif node.tag not in {f"{TEXT}table-of-content-source", f"{TEXT}user-index-source"}:
            yield from _odt_paragraphs(node)


def _odt_text(node: Tree.Element) -> str:
    return (node.text or "") + "".join(_odt_inline(child) + (child.tail or "") for child in node)


def _odt_inline(node: Tree.Element) -> str:
    if node.tag == f"{TEXT}tab":
        return "\t"
    if node.tag == f"{TEXT}line-break":
        return "\n"
    if node.tag == f"{TEXT}s":
        return " " * int(node.get(f"{TEXT}c", "1"))
    if node.tag == f"{DRAW}frame":
        return node.findtext(f"{SVG}desc", "")
    if node.tag == f"{TEXT}note":
        return f"[{''.join(_odt_text(paragraph) for paragraph in _odt_paragraphs(node))}]"
    return _odt_text(node)
