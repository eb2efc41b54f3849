"""``word/styles.xml``: every look of the file as a named style, with the language of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.docx.names import NAMESPACES, border, style_id, twips, val
from ewm.report.office.styles import (
    BUILT_IN,
    CELL_PADDING,
    OWN_TABLE,
    CharacterStyle,
    ParagraphStyle,
    character_styles,
    font_family,
    paragraph_styles,
)
from ewm.report.office.xml import DECLARATION, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.report.brand import Brand
    from ewm.report.office.items import Facts
    from ewm.report.office.styles import FontRole

NUMBERING = {"bullet": "1", "ordered": "2"}
"""Number definitions of ``word/numbering.xml`` that list styles use."""

_LINE = 240
"""A single line in the units of ``w:line``."""


def styles_xml(brand: Brand, facts: Facts, names: Mapping[str, str]) -> str:
    """Return the part; ``names`` has the names of the report's own styles."""
    return DECLARATION + tag(
        "w:styles",
        NAMESPACES,
        _defaults(brand, facts),
        _latent(),
        *(_paragraph(style, brand, names) for style in paragraph_styles(brand)),
        *(_character(style, brand, names) for style in character_styles(brand)),
        *_table_styles(brand, names),
    )


def _defaults(brand: Brand, facts: Facts) -> str:
    language = f"{facts.language}-{facts.region}"
    run = tag(
        "w:rPr",
        None,
        _fonts("sans", brand),
        val("w:sz", "20"),
        val("w:szCs", "20"),
        tag("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"}),
    )
    return tag("w:docDefaults", None, tag("w:rPrDefault", None, run), tag("w:pPrDefault"))


def _latent() -> str:
    """Hide the many styles that Word brings along, so that its list shows those of the report."""
    return tag(
        "w:latentStyles",
        {
            "w:defLockedState": "0",
            "w:defUIPriority": "99",
            "w:defSemiHidden": "1",
            "w:defUnhideWhenUsed": "1",
            "w:defQFormat": "0",
            "w:count": "376",
        },
    )


def _open(kind: str, key: str, names: Mapping[str, str], *, parent: str = "", following: str = "") -> tuple[str, ...]:
    built_in = BUILT_IN.get(key)
    return (
        val("w:name", built_in.docx if built_in else names[key]),
        val("w:basedOn", style_id(parent)) if parent else "",
        val("w:next", style_id(following)) if following else "",
        val("w:uiPriority", "1" if kind == "paragraph" else "2"),
        tag("w:qFormat"),
    )


def _attributes(kind: str, key: str) -> dict[str, str]:
    own = {} if key in BUILT_IN else {"w:customStyle": "1"}
    default = {"w:default": "1"} if key == "normal" else {}
    return {"w:type": kind, **default, **own, "w:styleId": style_id(key)}


def _paragraph(style: ParagraphStyle, brand: Brand, names: Mapping[str, str]) -> str:
    head = _open("paragraph", style.key, names, parent=style.parent, following=style.following)
    properties, run = "".join(_paragraph_properties(style)), _run(style, brand)
    return tag(
        "w:style",
        _attributes("paragraph", style.key),
        *head,
        tag("w:pPr", None, properties) if properties else "",
        run,
    )


def _paragraph_properties(style: ParagraphStyle) -> Iterator[str]:
    """Yield the properties in the order that the schema demands."""
    if style.keep_with_next is not None:
        yield _switch("w:keepNext", on=style.keep_with_next)
    if style.keep_together is not None:
        yield _switch("w:keepLines", on=style.keep_together)
    if style.key in NUMBERING:
        yield tag("w:numPr", None, val("w:numId", NUMBERING[style.key]))
    if style.border:
        side, width, distance, colour = style.border
        yield tag("w:pBdr", None, border(side, kind="single", width=width, colour=colour, distance=distance))
    if style.tabs:
        stops = (tag("w:tab", {"w:val": kind, "w:pos": twips(place)}) for place, kind in style.tabs)
        yield tag("w:tabs", None, *stops)
    if style.hyphenate is not None:
        yield _switch("w:suppressAutoHyphens", on=not style.hyphenate)
    yield _spacing(style)
    if style.left is not None:
        hanging = {"w:hanging": twips(style.hanging)} if style.hanging else {"w:firstLine": "0"}
        yield tag("w:ind", {"w:left": twips(style.left), **hanging})
    if style.right:
        yield val("w:jc", "right")
    if style.outline is not None:
        yield val("w:outlineLvl", str(style.outline - 1))


def _spacing(style: ParagraphStyle) -> str:
    given: dict[str, str] = {}
    if style.before is not None:
        given["w:before"] = f"{style.before * 20:.0f}"
    if style.after is not None:
        given["w:after"] = f"{style.after * 20:.0f}"
    if style.line is not None:
        given |= {"w:line": f"{style.line * _LINE:.0f}", "w:lineRule": "auto"}
    return tag("w:spacing", given) if given else ""


def _switch(name: str, *, on: bool) -> str:
    return tag(name) if on else val(name, "0")


def _character(style: CharacterStyle, brand: Brand, names: Mapping[str, str]) -> str:
    return tag(
        "w:style", _attributes("character", style.key), *_open("character", style.key, names), _run(style, brand)
    )


def _run(style: ParagraphStyle | CharacterStyle, brand: Brand) -> str:
    parts = [_fonts(style.font, brand)] if style.font else []
    if isinstance(style, CharacterStyle):
        parts += [tag("w:b"), tag("w:bCs")] if style.bold else []
        parts += [tag("w:i"), tag("w:iCs")] if style.italic else []
    if style.colour:
        parts.append(val("w:color", style.colour.lstrip("#")))
    if style.size is not None:
        size = f"{style.size * 2:.0f}"
        parts += [val("w:sz", size), val("w:szCs", size)]
    if isinstance(style, CharacterStyle) and style.raised:
        parts.append(val("w:vertAlign", "superscript"))
    return tag("w:rPr", None, *parts) if parts else ""


def _fonts(font: FontRole, brand: Brand) -> str:
    family = font_family(font, brand)
    return tag("w:rFonts", {"w:ascii": family, "w:hAnsi": family, "w:eastAsia": family, "w:cs": family})


def _table_styles(brand: Brand, names: Mapping[str, str]) -> Iterator[str]:
    sides = (tag(f"w:{side}", {"w:w": twips(CELL_PADDING[side]), "w:type": "dxa"}) for side in CELL_PADDING)
    margins = tag("w:tblCellMar", None, *sides)
    hair = {"kind": "single", "width": 0.25, "colour": brand.colours.hair}
    lines = tag("w:tblBorders", None, border("bottom", **hair), border("insideH", **hair))  # type: ignore[arg-type]
    yield tag(
        "w:style",
        {"w:type": "table", "w:default": "1", "w:styleId": "TableNormal"},
        val("w:name", "Normal Table"),
        val("w:uiPriority", "99"),
        tag("w:semiHidden"),
        tag("w:unhideWhenUsed"),
        tag("w:tblPr", None, margins),
    )
    yield tag(
        "w:style",
        {"w:type": "table", "w:customStyle": "1", "w:styleId": style_id(OWN_TABLE)},
        val("w:name", names[OWN_TABLE]),
        val("w:basedOn", "TableNormal"),
        val("w:uiPriority", "3"),
        tag("w:qFormat"),
        tag("w:tblPr", None, lines, margins),
    )
