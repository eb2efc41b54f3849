"""Contents and list of captions as real indexes, filled in; page numbers are references that follow the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.odt.body import link, words
from ewm.report.office.odt.names import style_name
from ewm.report.office.xml import tag, text

if TYPE_CHECKING:
    from ewm.report.office.items import Contents, Entry
    from ewm.report.office.odt.body import Body

_LINK = "Index_20_Link"
_SECTION = "index_section"


def contents(item: Contents, body: Body) -> str:
    """Return a list of contents with the rules by which an office program makes it anew."""
    section = {"style:name": _SECTION, "style:family": "section"}
    body.automatic.setdefault(_SECTION, tag("style:style", section, tag("style:section-properties")))
    kind = "text:user-index" if item.captions else "text:table-of-content"
    title = style_name("captions_title" if item.captions else "contents_title")
    head = tag(
        "text:index-title",
        {"text:style-name": _SECTION, "text:name": f"{item.title}_Head"},
        tag("text:p", {"text:style-name": title}, text(item.title)),
    )
    return tag(
        kind,
        {"text:style-name": _SECTION, "text:protected": "true", "text:name": item.title},
        _captions_source(item, title) if item.captions else _headings_source(item, title),
        tag("text:index-body", None, head, *map(_entry, item.entries)),
    )


def _headings_source(item: Contents, title: str) -> str:
    levels = range(1, 3)
    templates = (_template("text:table-of-content-entry-template", level, f"contents_{level}") for level in levels)
    sources = (
        tag(
            "text:index-source-styles",
            {"text:outline-level": str(level)},
            tag("text:index-source-style", {"text:style-name": style_name(f"heading_{level}")}),
        )
        for level in levels
    )
    return tag(
        "text:table-of-content-source",
        {
            "text:outline-level": "2",
            "text:use-outline-level": "false",
            "text:use-index-marks": "false",
            "text:use-index-source-styles": "true",
        },
        tag("text:index-title-template", {"text:style-name": title}, text(item.title)),
        *templates,
        *sources,
    )


def _captions_source(item: Contents, title: str) -> str:
    return tag(
        "text:user-index-source",
        {"text:use-index-marks": "true", "text:index-name": item.title},
        tag("text:index-title-template", {"text:style-name": title}, text(item.title)),
        _template("text:user-index-entry-template", 1, "contents_3", linked=False),
    )


def _template(name: str, level: int, style: str, *, linked: bool = True) -> str:
    """Return how a line is made; the format knows links in contents, but none in other indexes."""
    named = {"text:style-name": _LINK}
    return tag(
        name,
        {"text:outline-level": str(level), "text:style-name": style_name(style)},
        tag("text:index-entry-link-start", named) if linked else "",
        tag("text:index-entry-text"),
        tag("text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": " "}),
        tag("text:index-entry-page-number"),
        tag("text:index-entry-link-end", named) if linked else "",
    )


def _entry(entry: Entry) -> str:
    page = tag("text:bookmark-ref", {"text:reference-format": "page", "text:ref-name": entry.anchor})
    line = words(entry.number) + tag("text:tab") + words(entry.title) + tag("text:tab") + page
    style = {"text:style-name": style_name(f"contents_{entry.level}")}
    return tag("text:p", style, link(f"#{entry.anchor}", _LINK, line))
