"""Items to WordprocessingML: paragraphs, runs, fields, footnotes, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.report.office.docx.names import style_id, val
from ewm.report.office.items import (
    Break,
    Contents,
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
from ewm.report.office.xml import tag, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.report.brand import Colours
    from ewm.report.office.items import Run, Runs

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IMAGE, HYPERLINK = f"{_OFFICE}/image", f"{_OFFICE}/hyperlink"

LIST_OFFSET = 10
"""Ordered lists are counted by number instances from here on: each begins with one."""

FIRST_NOTE = 1
_EMU_PER_POINT = 12700
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(slots=True)
class Relations:
    """What a part of the file leads to, each target once: type, target, whether it is outside."""

    found: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def id(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of a target, a new one where there is none yet."""
        return self.found.setdefault((kind, target, external), f"rId{len(self.found) + 1}")


@dataclass(slots=True)
class Shared:
    """What the parts of one file count and gather together."""

    media: dict[bytes, str] = field(default_factory=dict)
    notes: list[Runs] = field(default_factory=list)
    lists: set[int] = field(default_factory=set)
    bookmarks: int = 0
    drawings: int = 0


@dataclass(slots=True)
class Body:
    """Writes items for one part of the file."""

    relations: Relations
    shared: Shared
    colours: Colours

    def items(self, items: Iterable[Para | Table | Contents]) -> str:
        """Return paragraphs, tables and contents."""
        from ewm.report.office.docx.contents import contents  # noqa: PLC0415 (they write paragraphs by this module)
        from ewm.report.office.docx.tables import table  # noqa: PLC0415

        return "".join(
            self.paragraph(item)
            if isinstance(item, Para)
            else table(item, self)
            if isinstance(item, Table)
            else contents(item, self)
            for item in items
        )

    def paragraph(self, item: Para, *, section: str = "") -> str:
        """Return one paragraph; ``section`` holds the properties of a section that ends with it."""
        properties = val("w:pStyle", style_id(item.style))
        if item.keep:
            properties += tag("w:keepNext")
        if item.new_page:
            properties += tag("w:pageBreakBefore")
        if item.style == "ordered":
            self.shared.lists.add(item.list_id)
            level = (val("w:ilvl", "0"), val("w:numId", str(LIST_OFFSET + item.list_id)))
            properties += tag("w:numPr", None, *level)
        return tag(
            "w:p", None, tag("w:pPr", None, properties, section), self._placed(item.anchors, self.runs(item.runs))
        )

    def runs(self, runs: Runs) -> str:
        """Return runs."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:  # noqa: PLR0911 (one line for each kind of run)
        if isinstance(run, Span):
            return self._span(run)
        if isinstance(run, Tab | Break):
            return plain_run(tag("w:tab" if isinstance(run, Tab) else "w:br"))
        if isinstance(run, Drawing):
            return plain_run(self._drawing(run))
        if isinstance(run, NoteMark):
            self.shared.notes.append(run.runs)
            number = str(FIRST_NOTE + len(self.shared.notes) - 1)
            return plain_run(tag("w:footnoteReference", {"w:id": number}), "footnote_mark")
        if isinstance(run, Label):
            return self._label(run)
        if isinstance(run, LabelReference):
            return complex_field(f" REF {run.anchor} \\h ", words(run.text))
        return _index_entry(run)

    def _span(self, span: Span) -> str:
        run = words(span.text, span.style)
        if span.href:
            target = self.relations.id(HYPERLINK, span.href, external=True)
            return tag("w:hyperlink", {"r:id": target, "w:history": "1"}, run)
        if span.anchor:
            return tag("w:hyperlink", {"w:anchor": span.anchor, "w:history": "1"}, run)
        return run

    def _label(self, label: Label) -> str:
        restart = f"\\r {label.number} " if label.restart else ""
        counter = complex_field(f" SEQ {label.word} \\* ARABIC {restart}", words(str(label.number), "label"), "label")
        return self._placed((label.anchor,), words(label.word + label.space, "label") + counter)

    def _placed(self, anchors: tuple[str, ...], content: str) -> str:
        for anchor in anchors:
            self.shared.bookmarks += 1
            number = {"w:id": str(self.shared.bookmarks)}
            content = tag("w:bookmarkStart", {**number, "w:name": anchor}) + content + tag("w:bookmarkEnd", number)
        return content

    def _drawing(self, drawing: Drawing) -> str:
        self.shared.drawings += 1
        suffix = "png" if drawing.data.startswith(b"\x89PNG") else "jpg"
        name = self.shared.media.setdefault(drawing.data, f"media/image{len(self.shared.media) + 1}.{suffix}")
        size = {"cx": f"{drawing.width * _EMU_PER_POINT:.0f}", "cy": f"{drawing.height * _EMU_PER_POINT:.0f}"}
        named = {"id": str(self.shared.drawings), "name": drawing.name, "descr": drawing.alt}
        picture = tag(
            "pic:pic",
            None,
            tag("pic:nvPicPr", None, tag("pic:cNvPr", named), tag("pic:cNvPicPr")),
            tag(
                "pic:blipFill",
                None,
                tag("a:blip", {"r:embed": self.relations.id(IMAGE, name)}),
                tag("a:stretch", None, tag("a:fillRect")),
            ),
            tag(
                "pic:spPr",
                None,
                tag("a:xfrm", None, tag("a:off", {"x": "0", "y": "0"}), tag("a:ext", size)),
                tag("a:prstGeom", {"prst": "rect"}, tag("a:avLst")),
            ),
        )
        inline = tag(
            "wp:inline",
            dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
            tag("wp:extent", size),
            tag("wp:docPr", named),
            tag("wp:cNvGraphicFramePr", None, tag("a:graphicFrameLocks", {"noChangeAspect": "1"})),
            tag("a:graphic", None, tag("a:graphicData", {"uri": PICTURE}, picture)),
        )
        return tag("w:drawing", None, inline)


# -- runs ------------------------------------------------------------------------------------------------------------


def plain_run(content: str, style: str = "") -> str:
    """Return a run in a character style."""
    properties = tag("w:rPr", None, val("w:rStyle", style_id(style))) if style else ""
    return tag("w:r", None, properties, content)


def words(value: str, style: str = "") -> str:
    """Return a run of text."""
    return plain_run(tag("w:t", {"xml:space": "preserve"}, text(value)), style)


def complex_field(instruction: str, result: str, style: str = "") -> str:
    """Return a field with the result that it has now."""
    return field_start(instruction, style) + result + field_end(style)


def field_start(instruction: str, style: str = "") -> str:
    """Return the beginning of a field up to its result."""
    code = tag("w:instrText", {"xml:space": "preserve"}, text(instruction))
    parts = (tag("w:fldChar", {"w:fldCharType": "begin"}), code, tag("w:fldChar", {"w:fldCharType": "separate"}))
    return "".join(plain_run(part, style) for part in parts)


def field_end(style: str = "") -> str:
    """Return the end of a field."""
    return plain_run(tag("w:fldChar", {"w:fldCharType": "end"}), style)


def _index_entry(entry: IndexEntry) -> str:
    """Return a hidden TC field, from which the list of figures and tables takes the short caption."""
    hidden = tag("w:rPr", None, tag("w:vanish"))

    def part(content: str) -> str:
        return tag("w:r", None, hidden, content)

    def code(value: str) -> str:
        return part(tag("w:instrText", {"xml:space": "preserve"}, text(value)))

    label, _, short = entry.text.replace("\\", "\\\\").replace('"', '\\"').partition("\t")
    begin, end = (part(tag("w:fldChar", {"w:fldCharType": kind})) for kind in ("begin", "end"))
    return begin + code(f' TC "{label}') + part(tag("w:tab")) + code(f'{short}" \\f F \\l 3 ') + end
