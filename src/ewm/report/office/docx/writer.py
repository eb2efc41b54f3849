"""Puts the parts of a DOCX together: document, styles, notes, fonts, pictures, and how they belong to each other.

The package is written here and not by python-docx: that has no footnotes, captions, contents or embedded fonts, writes
the time of day into the archive, and takes longer to import than this takes to write. The tests read with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.archive import Part, write_archive
from ewm.report.office.docx import parts
from ewm.report.office.docx.body import Body, Relations, Shared
from ewm.report.office.docx.names import NAMESPACES, twips
from ewm.report.office.docx.styles import styles_xml
from ewm.report.office.flow import office_document
from ewm.report.office.fonts import faces
from ewm.report.office.items import Para
from ewm.report.office.styles import FOOTER_FROM_EDGE, HEADER_FROM_EDGE, PAGE, PAGE_MARGINS
from ewm.report.office.xml import DECLARATION, tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document
    from ewm.report.office.fonts import Face
    from ewm.report.office.items import Item, OfficeDocument

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_SUFFIXES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}


def write_docx(document: Document, target: Path, *, assets: Path, brand: Brand) -> None:
    """Write the report to ``target``; raises ContentError for what cannot be written, MissingError without fonts."""
    office = office_document(document, assets=assets, brand=brand)
    write_archive(target, _parts(office, brand, faces(brand, assets)), office.facts.published_on)


def _parts(office: OfficeDocument, brand: Brand, fonts: tuple[Face, ...]) -> Iterator[Part]:
    shared, main, notes, head = Shared(), Relations(), Relations(), Relations()
    for kind in ("styles", "settings", "numbering", "fontTable", "footnotes"):
        main.id(f"{_OFFICE}/{kind}", f"{kind}.xml")
    running = (main.id(f"{_OFFICE}/header", "header1.xml"), main.id(f"{_OFFICE}/footer", "footer1.xml"))
    text = _document(office, Body(main, shared, brand.colours), *running)
    footnotes = parts.footnotes_xml(shared.notes, Body(notes, shared, brand.colours))
    outer = Body(head, shared, brand.colours)
    font_names = [f"fonts/font{place}.odttf" for place, _ in enumerate(fonts, 1)]
    font_relations = Relations()
    font_ids = [font_relations.id(f"{_OFFICE}/font", name) for name in font_names]

    yield _part("[Content_Types].xml", _content_types())
    yield _part("_rels/.rels", _relations(_package_relations()))
    yield _part("docProps/core.xml", parts.core_xml(office.facts))
    yield _part("docProps/app.xml", parts.app_xml())
    yield _part("word/document.xml", text)
    yield _part("word/_rels/document.xml.rels", _relations(main))
    yield _part("word/styles.xml", styles_xml(brand, office.facts, office.style_names))
    yield _part("word/settings.xml", parts.settings_xml(office.facts))
    yield _part("word/numbering.xml", parts.numbering_xml(shared.lists))
    yield _part("word/header1.xml", parts.header_xml(office.header, outer))
    yield _part("word/footer1.xml", parts.footer_xml(office.footer, outer))
    yield _part("word/footnotes.xml", footnotes)
    if notes.found:
        yield _part("word/_rels/footnotes.xml.rels", _relations(notes))
    yield _part("word/fontTable.xml", parts.font_table_xml(fonts, font_ids))
    yield _part("word/_rels/fontTable.xml.rels", _relations(font_relations))
    for name, face in zip(font_names, fonts, strict=True):
        yield Part(f"word/{name}", parts.masked(face))
    for data, name in shared.media.items():
        yield Part(f"word/{name}", data)


def _part(name: str, xml: str) -> Part:
    return Part(name, xml.encode())


# -- document --------------------------------------------------------------------------------------------------------


def _document(office: OfficeDocument, body: Body, header: str, footer: str) -> str:
    *cover, last = office.cover
    written = body.items(cover) + _section_end(last, body) + body.items(office.body)
    running = tag("w:headerReference", {"w:type": "default", "r:id": header}) + tag(
        "w:footerReference", {"w:type": "default", "r:id": footer}
    )
    return DECLARATION + tag("w:document", NAMESPACES, tag("w:body", None, written, _section(running)))


def _section_end(last: Item, body: Body) -> str:
    """Return the last item of the cover with the end of its section, which has neither head nor foot."""
    if not isinstance(last, Para):
        raise TypeError("The cover ends with a paragraph.")
    return body.paragraph(last, section=_section("", top=20.0))


def _section(running: str, top: float = PAGE_MARGINS["top"]) -> str:
    margins = {f"w:{side}": twips(width) for side, width in {**PAGE_MARGINS, "top": top}.items()}
    edges = {"w:header": twips(HEADER_FROM_EDGE), "w:footer": twips(FOOTER_FROM_EDGE), "w:gutter": "0"}
    size = {"w:w": twips(PAGE[0]), "w:h": twips(PAGE[1])}
    return tag("w:sectPr", None, running, tag("w:pgSz", size), tag("w:pgMar", {**margins, **edges}))


# -- package ---------------------------------------------------------------------------------------------------------


def _content_types() -> str:
    defaults = (tag("Default", {"Extension": end, "ContentType": kind}) for end, kind in _SUFFIXES.items())
    overrides = (tag("Override", {"PartName": f"/{name}", "ContentType": kind}) for name, kind in _TYPES.items())
    return DECLARATION + tag("Types", {"xmlns": f"{_PACKAGE}/content-types"}, *defaults, *overrides)


def _package_relations() -> Relations:
    relations = Relations()
    relations.id(f"{_OFFICE}/officeDocument", "word/document.xml")
    relations.id(f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    relations.id(f"{_OFFICE}/extended-properties", "docProps/app.xml")
    return relations


def _relations(relations: Relations) -> str:
    entries = (
        tag(
            "Relationship",
            {"Id": key, "Type": kind, "Target": target, **({"TargetMode": "External"} if external else {})},
        )
        for (kind, target, external), key in relations.found.items()
    )
    return DECLARATION + tag("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}, *entries)
