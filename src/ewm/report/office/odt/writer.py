"""Puts the parts of an ODT together: text, styles, metadata, settings, fonts, pictures, and the list of them all.

As with DOCX the archive is written here: odfdo begins with the template of another program and its date; the tests
read with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.archive import Part, write_archive
from ewm.report.office.flow import office_document
from ewm.report.office.fonts import faces
from ewm.report.office.items import Contents, Para
from ewm.report.office.odt.body import Body
from ewm.report.office.odt.names import NAMESPACES, style_name
from ewm.report.office.odt.styles import font_declarations, styles_xml
from ewm.report.office.styles import paragraph_styles
from ewm.report.office.xml import DECLARATION, tag, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document
    from ewm.report.office.fonts import Face
    from ewm.report.office.items import Facts, OfficeDocument

MIMETYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MEDIA = {".xml": "text/xml", ".png": "image/png", ".jpg": "image/jpeg", ".ttf": "application/x-font-ttf"}


def write_odt(document: Document, target: Path, *, assets: Path, brand: Brand) -> None:
    """Write the report to ``target``; raises ContentError for what cannot be written, MissingError without fonts."""
    office = office_document(document, assets=assets, brand=brand)
    parts = list(_parts(office, brand, faces(brand, assets)))
    listed = [
        Part("mimetype", MIMETYPE.encode()),  # first and not compressed, so that the file says what it is
        *parts,
        _part("META-INF/manifest.xml", _manifest(parts)),
    ]
    write_archive(target, listed, office.facts.published_on, stored=frozenset({"mimetype"}))


def _parts(office: OfficeDocument, brand: Brand, fonts: tuple[Face, ...]) -> Iterator[Part]:
    outline = {style.key: style.outline for style in paragraph_styles(brand) if style.outline is not None}
    captions = [item.title for item in office.body if isinstance(item, Contents) and item.captions]
    body = Body(brand.colours, outline, captions[0] if captions else "")
    yield _part("content.xml", _content(office, body, fonts))
    header = tag("text:p", {"text:style-name": style_name("header")}, body.runs(office.header))
    page = tag("text:page-number", {"text:select-page": "current"}, "1")
    footer = tag("text:p", {"text:style-name": style_name("footer")}, page, body.runs(office.footer))
    yield _part("styles.xml", styles_xml(brand, office.facts, office.style_names, fonts, header=header, footer=footer))
    yield _part("meta.xml", _meta(office.facts))
    yield _part("settings.xml", _settings())
    for face in fonts:
        yield Part(f"Fonts/{face.file}", face.data)
    for data, name in body.media.items():
        yield Part(name, data)


def _part(name: str, xml: str) -> Part:
    return Part(name, xml.encode())


def _content(office: OfficeDocument, body: Body, fonts: tuple[Face, ...]) -> str:
    first, *rest = office.cover
    opening = body.paragraph(first, cover=True) if isinstance(first, Para) else body.items([first])
    written = opening + body.items(rest) + body.items(office.body)
    counters = {"text:display-outline-level": "0"}
    sequences = (tag("text:sequence-decl", {**counters, "text:name": name}) for name in body.sequences)
    declared = tag("text:sequence-decls", None, *sequences)
    return DECLARATION + tag(
        "office:document-content",
        NAMESPACES,
        font_declarations(fonts),
        tag("office:automatic-styles", None, *body.automatic.values()),
        tag("office:body", None, tag("office:text", None, declared, written)),
    )


def _meta(facts: Facts) -> str:
    day = f"{facts.published_on.isoformat()}T00:00:00"
    entries = {
        "meta:generator": "EWM",
        "dc:title": facts.title,
        "dc:description": facts.description,
        "dc:subject": facts.subject,
        "meta:initial-creator": facts.author,
        "dc:creator": facts.author,
        "meta:creation-date": day,
        "dc:date": day,
        "dc:language": f"{facts.language}-{facts.region}",
    }
    keywords = (tag("meta:keyword", None, text(word)) for word in facts.keywords)
    identifier = tag("meta:user-defined", {"meta:name": "identifier"}, text(facts.identifier))
    written = (tag(name, None, text(value)) for name, value in entries.items())
    return DECLARATION + tag(
        "office:document-meta", NAMESPACES, tag("office:meta", None, *written, *keywords, identifier)
    )


def _settings() -> str:
    """Return the settings: tab stops from the text's edge, spaces that do not add up, fonts kept when it is saved."""
    choices = {
        "TabsRelativeToIndent": "false",
        "AddParaTableSpacing": "false",
        "EmbedFonts": "true",
        "EmbedOnlyUsedFonts": "true",
    }
    items = (
        tag("config:config-item", {"config:name": name, "config:type": "boolean"}, value)
        for name, value in choices.items()
    )
    chosen = tag("config:config-item-set", {"config:name": "ooo:configuration-settings"}, *items)
    namespaces = {**NAMESPACES, "xmlns:ooo": "http://openoffice.org/2004/office"}
    return DECLARATION + tag("office:document-settings", namespaces, tag("office:settings", None, chosen))


def _manifest(parts: list[Part]) -> str:
    entries = [("/", MIMETYPE), *((part.name, _MEDIA[part.name[part.name.rindex(".") :]]) for part in parts)]
    written = (
        tag("manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind}) for name, kind in entries
    )
    return DECLARATION + tag("manifest:manifest", {"xmlns:manifest": _MANIFEST, "manifest:version": "1.3"}, *written)
