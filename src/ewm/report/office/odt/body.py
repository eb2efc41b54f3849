"""Items to OpenDocument text: paragraphs, headings, lists, links, footnotes, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from ewm.report.office.items import (
    Break,
    Drawing,
    IndexEntry,
    Label,
    LabelReference,
    NoteMark,
    Para,
    Span,
    Tab,
    Table,
)
from ewm.report.office.odt.names import COVER_PAGE, pt, style_name
from ewm.report.office.odt.styles import LISTS
from ewm.report.office.xml import tag, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.report.brand import Colours
    from ewm.report.office.items import Item, Run, Runs

PICTURES = "Pictures"
PICTURE_STYLE = "picture"
_SPACES = re.compile(r"(?<= ) +|^ ")


@dataclass(slots=True)
class Body:
    """Writes the items of one file and gathers what its other parts need.

    ``outline`` has the level of every style that is a heading; ``automatic`` are the styles that only one paragraph,
    table or cell has; ``index`` is the name of the list of figures and tables.
    """

    colours: Colours
    outline: Mapping[str, int]
    index: str
    media: dict[bytes, str] = field(default_factory=dict)
    automatic: dict[str, str] = field(default_factory=dict)
    sequences: dict[str, None] = field(default_factory=dict)
    notes: int = 0
    drawings: int = 0
    tables: int = 0

    def items(self, items: Iterable[Item]) -> str:
        """Return paragraphs, lists, tables and contents."""
        from ewm.report.office.odt.contents import contents  # noqa: PLC0415 (they write paragraphs by this module)
        from ewm.report.office.odt.tables import table  # noqa: PLC0415

        parts: list[str] = []
        for key, run in groupby(items, key=_list_of):
            if key:
                parts.append(self._list(key[0], [item for item in run if isinstance(item, Para)]))
                continue
            for item in run:
                if isinstance(item, Para):
                    parts.append(self.paragraph(item))
                else:
                    parts.append(table(item, self) if isinstance(item, Table) else contents(item, self))
        return "".join(parts)

    def paragraph(self, item: Para, *, cover: bool = False) -> str:
        """Return a paragraph or heading; ``cover`` begins the page of the cover."""
        style = self._style(item, cover=cover)
        content = placed(item.anchors, self.runs(item.runs))
        if item.style in self.outline:
            level = {"text:style-name": style, "text:outline-level": str(self.outline[item.style])}
            return tag("text:h", level, content)
        return tag("text:p", {"text:style-name": style}, content)

    def _style(self, item: Para, *, cover: bool) -> str:
        """Return a paragraph's style; a page that begins here or a line that stays is the only own formatting."""
        named = style_name(item.style)
        if not (item.new_page or item.keep or cover):
            return named
        name = f"{named}{'_cover' if cover else ''}{'_page' if item.new_page else ''}{'_kept' if item.keep else ''}"
        head = {"style:name": name, "style:family": "paragraph", "style:parent-style-name": named}
        if cover:
            head["style:master-page-name"] = COVER_PAGE
        given = {"fo:break-before": "page"} if item.new_page else {}
        given |= {"fo:keep-with-next": "always"} if item.keep else {}
        self.automatic[name] = tag("style:style", head, tag("style:paragraph-properties", given))
        return name

    def _list(self, style: str, items: Iterable[Para]) -> str:
        points = (tag("text:list-item", None, self.paragraph(item)) for item in items)
        return tag("text:list", {"text:style-name": LISTS[style]}, *points)

    # -- runs ------------------------------------------------------------------------------------------------------

    def runs(self, runs: Runs) -> str:
        """Return runs."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:  # noqa: PLR0911 (one line for each kind of run)
        if isinstance(run, Span):
            return _span(run)
        if isinstance(run, Tab | Break):
            return tag("text:tab" if isinstance(run, Tab) else "text:line-break")
        if isinstance(run, Drawing):
            return self._drawing(run)
        if isinstance(run, NoteMark):
            return self._note(run)
        if isinstance(run, Label):
            return self._label(run)
        if isinstance(run, LabelReference):
            kept = {"text:reference-format": "category-and-value", "text:ref-name": run.anchor}
            return tag("text:sequence-ref", kept, text(run.text))
        return self._index_entry(run)

    def _index_entry(self, entry: IndexEntry) -> str:
        named = {"text:index-name": self.index, "text:outline-level": "1", "text:string-value": entry.text}
        return tag("text:user-index-mark", named)

    def _label(self, label: Label) -> str:
        self.sequences[label.word] = None
        counter = tag(
            "text:sequence",
            {
                "text:ref-name": label.anchor,
                "text:name": label.word,
                "text:formula": f"ooow:{label.number}" if label.restart else f"ooow:{label.word}+1",
                "style:num-format": "1",
            },
            str(label.number),
        )
        content = tag("text:span", {"text:style-name": style_name("label")}, words(label.word + label.space), counter)
        return placed((label.anchor,), content)

    def _note(self, note: NoteMark) -> str:
        self.notes += 1
        body = tag("text:p", {"text:style-name": style_name("footnote")}, self.runs(note.runs))
        return tag(
            "text:note",
            {"text:id": f"ftn{self.notes}", "text:note-class": "footnote"},
            tag("text:note-citation", None, str(self.notes)),
            tag("text:note-body", None, body),
        )

    def _drawing(self, drawing: Drawing) -> str:
        self.drawings += 1
        png = drawing.data.startswith(b"\x89PNG")
        name = self.media.setdefault(drawing.data, f"{PICTURES}/image{len(self.media) + 1}.{'png' if png else 'jpg'}")
        self.automatic.setdefault(PICTURE_STYLE, _picture_style())
        frame = {
            "draw:style-name": PICTURE_STYLE,
            "draw:name": f"{drawing.name} ({self.drawings})",
            "text:anchor-type": "as-char",
            "svg:width": pt(round(drawing.width, 2)),
            "svg:height": pt(round(drawing.height, 2)),
        }
        image = {
            "xlink:href": name,
            "xlink:type": "simple",
            "xlink:show": "embed",
            "xlink:actuate": "onLoad",
            "draw:mime-type": "image/png" if png else "image/jpeg",
        }
        return tag("draw:frame", frame, tag("draw:image", image), tag("svg:desc", None, text(drawing.alt)))


def words(value: str) -> str:
    """Return text whose spaces all survive: the second and further ones of a run are elements."""
    parts, end = [], 0
    for match in _SPACES.finditer(value):
        count = len(match.group())
        parts += [text(value[end : match.start()]), tag("text:s", {"text:c": str(count)} if count > 1 else None)]
        end = match.end()
    return "".join([*parts, text(value[end:])])


def placed(anchors: tuple[str, ...], content: str) -> str:
    """Return content with places (bookmarks) around it."""
    for anchor in anchors:
        named = {"text:name": anchor}
        content = tag("text:bookmark-start", named) + content + tag("text:bookmark-end", named)
    return content


def link(target: str, style: str, content: str) -> str:
    """Return a link that looks as its character style says, visited or not."""
    named = {"text:style-name": style, "text:visited-style-name": style}
    return tag("text:a", {"xlink:type": "simple", "xlink:href": target, **named}, content)


def _span(span: Span) -> str:
    content = words(span.text)
    if span.href or span.anchor:
        return link(span.href or f"#{span.anchor}", style_name(span.style or "reference"), content)
    return tag("text:span", {"text:style-name": style_name(span.style)}, content) if span.style else content


def _picture_style() -> str:
    in_line = {"style:vertical-pos": "top", "style:vertical-rel": "baseline", "style:wrap": "none"}
    named = {"style:name": PICTURE_STYLE, "style:family": "graphic", "style:parent-style-name": "Graphics"}
    return tag("style:style", named, tag("style:graphic-properties", in_line))


def _list_of(item: Item) -> tuple[str, int] | None:
    return (item.style, item.list_id) if isinstance(item, Para) and item.list_id else None
