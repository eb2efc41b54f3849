"""``styles.xml``: every look of the file as a named style, the pages, the fonts inside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.odt.names import COVER_PAGE, NAMESPACES, PAGE, mm, pt, style_name
from ewm.report.office.styles import (
    BUILT_IN,
    BULLET_INDENT,
    FOOTER_FROM_EDGE,
    HEADER_FROM_EDGE,
    MARGIN_COLUMN,
    NUMBER_INDENT,
    PAGE_MARGINS,
    CharacterStyle,
    ParagraphStyle,
    character_styles,
    font_family,
    paragraph_styles,
)
from ewm.report.office.styles import PAGE as PAGE_SIZE
from ewm.report.office.xml import DECLARATION, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.report.brand import Brand
    from ewm.report.office.fonts import Face
    from ewm.report.office.items import Facts

LISTS = {"bullet": "ewm_bullets", "ordered": "ewm_numbers"}
"""List styles by the paragraph style of their items."""

_LIST_INDENTS = {"bullet": BULLET_INDENT, "ordered": NUMBER_INDENT}
_NOTE_ANCHOR, _NOTE_SYMBOL, _INDEX_LINK = "Footnote_20_anchor", "Footnote_20_Symbol", "Index_20_Link"
_COVER_TOP = 20.0
_RUNNING = 4.5
"""Height of the line of the running head or foot, mm."""


def styles_xml(
    brand: Brand, facts: Facts, names: Mapping[str, str], fonts: Sequence[Face], *, header: str, footer: str
) -> str:
    """Return the part; ``header`` and ``footer`` are the paragraphs of the running head and foot."""
    return DECLARATION + tag(
        "office:document-styles",
        NAMESPACES,
        font_declarations(fonts),
        tag(
            "office:styles",
            None,
            _defaults(brand, facts),
            *(_paragraph(style, brand, names) for style in paragraph_styles(brand)),
            *(_character(style, brand, names) for style in character_styles(brand)),
            *(_plain_character(name) for name in (_NOTE_SYMBOL, _INDEX_LINK)),
            tag("style:style", {"style:name": "Graphics", "style:family": "graphic"}),
            _outline(),
            *(_list(key, brand) for key in LISTS),
            _notes(),
        ),
        tag("office:automatic-styles", None, _layout("cover", _COVER_TOP), _layout("pages", PAGE_MARGINS["top"])),
        tag("office:master-styles", None, _master(header, footer), _cover_master()),
    )


# -- fonts -----------------------------------------------------------------------------------------------------------


def font_declarations(fonts: Sequence[Face]) -> str:
    """Return the families with their substitutes and the files inside the archive."""
    families: dict[str, list[Face]] = {}
    for face in fonts:
        families.setdefault(face.family, []).append(face)
    return tag("office:font-face-decls", None, *(_font(family, found) for family, found in families.items()))


def _font(family: str, found: Sequence[Face]) -> str:
    mono = found[0].role == "mono"
    stack = ", ".join(f"'{name}'" for name in (family, *found[0].fallbacks))
    sources = (
        tag(
            "svg:font-face-uri",
            {"xlink:href": f"Fonts/{face.file}", "xlink:type": "simple"},
            tag("svg:font-face-format", {"svg:string": "truetype"}),
        )
        for face in found
    )
    return tag(
        "style:font-face",
        {
            "style:name": family,
            "svg:font-family": stack,
            "style:font-family-generic": "modern" if mono else "swiss",
            "style:font-pitch": "fixed" if mono else "variable",
        },
        tag("svg:font-face-src", None, *sources),
    )


# -- paragraphs and characters ---------------------------------------------------------------------------------------


def _defaults(brand: Brand, facts: Facts) -> str:
    paragraph = tag(
        "style:paragraph-properties",
        {"fo:hyphenation-ladder-count": "2", "style:tab-stop-distance": "10mm", "style:writing-mode": "page"},
    )
    text = tag(
        "style:text-properties",
        {
            "style:font-name": brand.fonts.sans,
            "fo:font-size": "10pt",
            "fo:language": facts.language,
            "fo:country": facts.region,
            "fo:hyphenation-remain-char-count": "2",
            "fo:hyphenation-push-char-count": "3",
        },
    )
    graphic = tag("style:graphic-properties")
    return (
        tag("style:default-style", {"style:family": "graphic"}, graphic)
        + tag("style:default-style", {"style:family": "paragraph"}, paragraph, text)
        + tag("style:default-style", {"style:family": "table"}, tag("style:table-properties"))
        + tag("style:default-style", {"style:family": "table-row"}, tag("style:table-row-properties"))
    )


def _named(key: str, family: str, names: Mapping[str, str]) -> dict[str, str]:
    shown = BUILT_IN[key].odt if key in BUILT_IN else names[key]
    return {"style:name": style_name(key), "style:display-name": shown, "style:family": family}


def _paragraph(style: ParagraphStyle, brand: Brand, names: Mapping[str, str]) -> str:
    named = _named(style.key, "paragraph", names)
    if style.parent:
        named["style:parent-style-name"] = style_name(style.parent)
    if style.following:
        named["style:next-style-name"] = style_name(style.following)
    if style.outline is not None:
        named |= {"style:default-outline-level": str(style.outline), "style:list-style-name": ""}
    if style.key in LISTS:
        named["style:list-style-name"] = LISTS[style.key]
    if style.key == "contents_title":
        named["style:master-page-name"] = PAGE
    return tag("style:style", named, _paragraph_properties(style), _text_properties(style, brand))


def _paragraph_properties(style: ParagraphStyle) -> str:
    given: dict[str, str] = {}
    if style.left is not None and style.key not in LISTS:  # there the list has the indents
        given["fo:margin-left"] = mm(style.left - _outside(style))
        given["fo:text-indent"] = mm(-(style.hanging or 0))
    if style.before is not None:
        given["fo:margin-top"] = pt(style.before)
    if style.after is not None:
        given["fo:margin-bottom"] = pt(style.after)
    if style.line is not None:
        given["fo:line-height"] = f"{style.line:.0%}"
    if style.right:
        given["fo:text-align"] = "end"
    if style.keep_with_next is not None:
        given["fo:keep-with-next"] = "always" if style.keep_with_next else "auto"
    if style.keep_together is not None:
        given["fo:keep-together"] = "always" if style.keep_together else "auto"
    if style.border:
        side, width, distance, colour = style.border
        given[f"fo:border-{side}"] = f"{width:g}pt solid {colour}"
        given[f"fo:padding-{side}"] = pt(distance)
    if style.key == "normal":
        given |= {"fo:orphans": "2", "fo:widows": "2"}
    stops = (tag("style:tab-stop", {"style:position": mm(place), "style:type": kind}) for place, kind in style.tabs)
    tabs = tag("style:tab-stops", None, *stops) if style.tabs else ""
    return tag("style:paragraph-properties", given, tabs) if given or tabs else ""


def _outside(style: ParagraphStyle) -> float:
    """Return how far a line at the left stands outside of the text, mm: OpenDocument draws it inside the indent."""
    if style.border is None or style.border.side != "left":
        return 0
    return (style.border.width + style.border.distance) * 25.4 / 72


def _character(style: CharacterStyle, brand: Brand, names: Mapping[str, str]) -> str:
    return tag("style:style", _named(style.key, "text", names), _text_properties(style, brand))


def _plain_character(name: str) -> str:
    return tag(
        "style:style",
        {"style:name": name, "style:display-name": name.replace("_20_", " "), "style:family": "text"},
        tag("style:text-properties"),
    )


def _text_properties(style: ParagraphStyle | CharacterStyle, brand: Brand) -> str:
    given: dict[str, str] = {}
    if style.font:
        given["style:font-name"] = font_family(style.font, brand)
    if style.size is not None:
        given["fo:font-size"] = pt(style.size)
    if style.colour:
        given["fo:color"] = style.colour
    if isinstance(style, CharacterStyle):
        given |= {"fo:font-weight": "bold"} if style.bold else {}
        given |= {"fo:font-style": "italic"} if style.italic else {}
        given |= {"style:text-position": "super 62%"} if style.raised else {}
    elif style.hyphenate is not None:
        given["fo:hyphenate"] = "true" if style.hyphenate else "false"
    return tag("style:text-properties", given) if given else ""


# -- lists, outline, notes -------------------------------------------------------------------------------------------


def _outline() -> str:
    levels = (
        tag("text:outline-level-style", {"text:level": str(level), "style:num-format": ""}) for level in range(1, 11)
    )
    return tag("text:outline-style", {"style:name": "Outline"}, *levels)


def _list(key: str, brand: Brand) -> str:
    indent = _LIST_INDENTS[key]
    alignment = tag(
        "style:list-level-label-alignment",
        {
            "text:label-followed-by": "listtab",
            "text:list-tab-stop-position": mm(MARGIN_COLUMN + indent),
            "fo:text-indent": mm(-indent),
            "fo:margin-left": mm(MARGIN_COLUMN + indent),
        },
    )
    mode = {"text:list-level-position-and-space-mode": "label-alignment"}
    level = tag("style:list-level-properties", mode, alignment)
    if key == "bullet":
        font = tag("style:text-properties", {"style:font-name": brand.fonts.sans})
        content = tag(
            "text:list-level-style-bullet", {"text:level": "1", "text:bullet-char": "\N{BULLET}"}, level, font
        )
    else:
        numbers = {"text:level": "1", "style:num-format": "1", "style:num-suffix": "."}
        content = tag("text:list-level-style-number", numbers, level)
    return tag("text:list-style", {"style:name": LISTS[key], "style:display-name": BUILT_IN[key].odt}, content)


def _notes() -> str:
    return tag(
        "text:notes-configuration",
        {
            "text:note-class": "footnote",
            "text:default-style-name": style_name("footnote"),
            "text:citation-style-name": _NOTE_SYMBOL,
            "text:citation-body-style-name": _NOTE_ANCHOR,
            "style:num-format": "1",
            "text:start-value": "0",
            "text:footnotes-position": "page",
            "text:start-numbering-at": "document",
        },
    )


# -- pages -----------------------------------------------------------------------------------------------------------


def _layout(name: str, top: float) -> str:
    cover = name == "cover"
    width, height = PAGE_SIZE
    margins = {
        "fo:page-width": mm(width),
        "fo:page-height": mm(height),
        "style:print-orientation": "portrait",
        "fo:margin-top": mm(top if cover else HEADER_FROM_EDGE),
        "fo:margin-bottom": mm(PAGE_MARGINS["bottom"] if cover else FOOTER_FROM_EDGE),
        "fo:margin-left": mm(PAGE_MARGINS["left"]),
        "fo:margin-right": mm(PAGE_MARGINS["right"]),
    }
    separator = tag(
        "style:footnote-sep",
        {"style:width": "0.5pt", "style:rel-width": "25%", "style:distance-before-sep": "3mm",
         "style:distance-after-sep": "2mm", "style:line-style": "solid", "style:adjustment": "left"},
    )  # fmt: skip
    properties = tag("style:page-layout-properties", {**margins, "style:writing-mode": "lr-tb"}, separator)
    return tag(
        "style:page-layout",
        {"style:name": name},
        properties,
        "" if cover else _running("header", PAGE_MARGINS["top"] - HEADER_FROM_EDGE),
        "" if cover else _running("footer", PAGE_MARGINS["bottom"] - FOOTER_FROM_EDGE),
    )


def _running(kind: str, height: float) -> str:
    """Return the place of the running head or foot: as high as the text is away from where it begins."""
    side = "bottom" if kind == "header" else "top"
    given = {"fo:min-height": mm(height), f"fo:margin-{side}": mm(height - _RUNNING), "style:dynamic-spacing": "false"}
    return tag(f"style:{kind}-style", None, tag("style:header-footer-properties", given))


def _master(header: str, footer: str) -> str:
    named = {"style:name": PAGE, "style:page-layout-name": "pages"}
    return tag("style:master-page", named, tag("style:header", None, header), tag("style:footer", None, footer))


def _cover_master() -> str:
    return tag(
        "style:master-page",
        {
            "style:name": COVER_PAGE,
            "style:display-name": "First Page",
            "style:page-layout-name": "cover",
            "style:next-style-name": PAGE,
        },
    )
