"""The smaller parts of the file: settings, numbering, fonts, head and foot, footnotes, metadata."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from ewm.report.office.docx.body import FIRST_NOTE, LIST_OFFSET, complex_field, plain_run, words
from ewm.report.office.docx.names import NAMESPACES, style_id, twips, val
from ewm.report.office.items import Para
from ewm.report.office.styles import BULLET_INDENT, MARGIN_COLUMN, NUMBER_INDENT
from ewm.report.office.xml import DECLARATION, tag, text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ewm.report.office.docx.body import Body
    from ewm.report.office.fonts import Face
    from ewm.report.office.items import Facts, Runs

_OBFUSCATED = 32
"""Bytes at the beginning of an embedded font that are masked with its key (ECMA-376, part 4, 2.8.1)."""


# -- settings --------------------------------------------------------------------------------------------------------


def settings_xml(facts: Facts) -> str:
    """Return the settings: hyphenation, embedded fonts, separators of footnotes, the present way of layout."""
    language = f"{facts.language}-{facts.region}"
    separators = (tag("w:footnote", {"w:id": number}) for number in ("-1", "0"))
    compatibility = tag(
        "w:compatSetting",
        {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"},
    )
    return DECLARATION + tag(
        "w:settings",
        NAMESPACES,
        tag("w:embedTrueTypeFonts"),
        val("w:defaultTabStop", "567"),
        tag("w:autoHyphenation"),
        val("w:consecutiveHyphenLimit", "2"),
        val("w:hyphenationZone", "425"),
        tag("w:doNotHyphenateCaps"),
        tag("w:footnotePr", None, *separators),
        tag("w:compat", None, compatibility),
        tag("w:themeFontLang", {"w:val": language}),
        val("w:decimalSymbol", "," if facts.language == "de" else "."),
        val("w:listSeparator", ";" if facts.language == "de" else ","),
    )


# -- lists -----------------------------------------------------------------------------------------------------------


def numbering_xml(lists: Collection[int]) -> str:
    """Return the definitions of bullets and numbers, with one counter for each ordered list."""
    instances = [_instance(1, 1), _instance(2, 2)]
    instances += [_instance(LIST_OFFSET + number, 2, restart=True) for number in sorted(lists)]
    kinds = (
        _abstract(1, "bullet", "\N{BULLET}", "bullet", BULLET_INDENT),
        _abstract(2, "decimal", "%1.", "ordered", NUMBER_INDENT),
    )
    return DECLARATION + tag("w:numbering", NAMESPACES, *kinds, *instances)


def _abstract(number: int, kind: str, sign: str, style: str, indent: float) -> str:
    level = tag(
        "w:lvl",
        {"w:ilvl": "0"},
        val("w:start", "1"),
        val("w:numFmt", kind),
        val("w:pStyle", style_id(style)),
        val("w:lvlText", sign),
        val("w:lvlJc", "left"),
        tag("w:pPr", None, tag("w:ind", {"w:left": twips(MARGIN_COLUMN + indent), "w:hanging": twips(indent)})),
    )
    return tag("w:abstractNum", {"w:abstractNumId": str(number)}, val("w:multiLevelType", "singleLevel"), level)


def _instance(number: int, abstract: int, *, restart: bool = False) -> str:
    override = tag("w:lvlOverride", {"w:ilvl": "0"}, val("w:startOverride", "1")) if restart else ""
    return tag("w:num", {"w:numId": str(number)}, val("w:abstractNumId", str(abstract)), override)


# -- fonts -----------------------------------------------------------------------------------------------------------


def font_key(face: Face) -> str:
    """Return the key of an embedded font, made from its bytes so that it is the same in every file."""
    digest = hashlib.sha256(face.data).digest()[:16]
    return f"{{{str(UUID(bytes=digest)).upper()}}}"


def masked(face: Face) -> bytes:
    """Return the font as Word embeds it: the first bytes combined with the key."""
    key = bytes.fromhex(font_key(face).strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ key[place % 16] for place, byte in enumerate(face.data[:_OBFUSCATED]))
    return head + face.data[_OBFUSCATED:]


def font_table_xml(faces: Sequence[Face], ids: Sequence[str]) -> str:
    """Return the fonts, each with its substitutes and its embedded cuts; ``ids`` are relations, one for each face."""
    families: dict[str, list[str]] = {}
    for face, relation in zip(faces, ids, strict=True):
        parts = families.setdefault(
            face.family,
            [
                val("w:altName", ",".join(face.fallbacks)),
                val("w:charset", "00"),
                val("w:family", "modern" if face.role == "mono" else "swiss"),
                val("w:pitch", "fixed" if face.role == "mono" else "variable"),
            ],
        )
        cut = "w:embedBold" if face.bold else "w:embedRegular"
        parts.append(tag(cut, {"r:id": relation, "w:fontKey": font_key(face)}))
    fonts = (tag("w:font", {"w:name": family}, *parts) for family, parts in families.items())
    return DECLARATION + tag("w:fonts", NAMESPACES, *fonts)


# -- head, foot, notes -----------------------------------------------------------------------------------------------


def header_xml(runs: Runs, body: Body) -> str:
    """Return the running head."""
    return DECLARATION + tag("w:hdr", NAMESPACES, body.paragraph(Para("header", runs)))


def footer_xml(runs: Runs, body: Body) -> str:
    """Return the running foot; it begins with the number of the page."""
    page = complex_field(" PAGE ", words("1"))
    properties = tag("w:pPr", None, val("w:pStyle", style_id("footer")))
    return DECLARATION + tag("w:ftr", NAMESPACES, tag("w:p", None, properties, page, body.runs(runs)))


def footnotes_xml(notes: Sequence[Runs], body: Body) -> str:
    """Return the notes, after the two separators that Word expects."""
    separators = (
        tag("w:footnote", {"w:type": kind, "w:id": number}, tag("w:p", None, plain_run(tag(f"w:{kind}"))))
        for kind, number in (("separator", "-1"), ("continuationSeparator", "0"))
    )
    mark = plain_run(tag("w:footnoteRef"), "footnote_mark") + plain_run(tag("w:tab"))
    style = tag("w:pPr", None, val("w:pStyle", style_id("footnote")))
    written = (
        tag("w:footnote", {"w:id": str(FIRST_NOTE + place)}, tag("w:p", None, style, mark, body.runs(note)))
        for place, note in enumerate(notes)
    )
    return DECLARATION + tag("w:footnotes", NAMESPACES, *separators, *written)


# -- metadata --------------------------------------------------------------------------------------------------------


def core_xml(facts: Facts) -> str:
    """Return the metadata; both dates are the day of publication, so that the same report gives the same bytes."""
    day = f"{facts.published_on.isoformat()}T00:00:00Z"
    dated = {"xsi:type": "dcterms:W3CDTF"}
    named = {
        "dc:title": facts.title,
        "dc:subject": facts.subject,
        "dc:creator": facts.author,
        "cp:keywords": ", ".join(facts.keywords),
        "dc:description": facts.description,
        "cp:lastModifiedBy": facts.author,
        "dc:identifier": facts.identifier,
        "dc:language": f"{facts.language}-{facts.region}",
    }
    return DECLARATION + tag(
        "cp:coreProperties",
        {
            "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        },
        *(tag(name, None, text(value)) for name, value in named.items()),
        tag("dcterms:created", dated, day),
        tag("dcterms:modified", dated, day),
    )


def app_xml() -> str:
    """Return the name of the program."""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return DECLARATION + tag("Properties", {"xmlns": namespace}, tag("Application", None, "EWM"))
