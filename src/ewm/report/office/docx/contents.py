"""Contents and list of captions as real TOC fields, filled in.

Their page numbers are fields without a result: only a layout knows them, and a number that is made up would be wrong.
LibreOffice computes them as it opens the file; Word does when it prints, exports or updates the contents, without the
question that a forced update asks on opening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.office.docx.body import complex_field, field_end, field_start, plain_run, words
from ewm.report.office.docx.names import style_id, val
from ewm.report.office.items import Para, Span
from ewm.report.office.xml import tag

if TYPE_CHECKING:
    from ewm.report.office.docx.body import Body
    from ewm.report.office.items import Contents, Entry

_HEADINGS = ' TOC \\o "1-2" \\h \\z '
_CAPTIONS = ' TOC \\f F \\l "3-3" \\h \\z '


def contents(item: Contents, body: Body) -> str:
    """Return a list of contents; the main one as the block that Word offers to update."""
    title = body.paragraph(Para("captions_title" if item.captions else "contents_title", (Span(item.title),)))
    begin, last = field_start(_CAPTIONS if item.captions else _HEADINGS), len(item.entries) - 1
    lines = "".join(
        _entry(entry, begin if place == 0 else "", field_end() if place == last else "")
        for place, entry in enumerate(item.entries)
    )
    if item.captions:
        return title + lines
    properties = tag("w:docPartObj", None, val("w:docPartGallery", "Table of Contents"), tag("w:docPartUnique"))
    return tag("w:sdt", None, tag("w:sdtPr", None, properties), tag("w:sdtContent", None, title + lines))


def _entry(entry: Entry, before: str, after: str) -> str:
    """Return a line; the field begins in the first and ends in the last one, so that no empty line is left."""
    tab = plain_run(tag("w:tab"))
    page = complex_field(f" PAGEREF {entry.anchor} \\h ", "")
    link = {"w:anchor": entry.anchor, "w:history": "1"}
    line = tag("w:hyperlink", link, words(entry.number) if entry.number else "", tab, words(entry.title), tab, page)
    style = val("w:pStyle", style_id(f"contents_{entry.level}"))
    return tag("w:p", None, tag("w:pPr", None, style), before, line, after)
