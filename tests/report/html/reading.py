"""Reads a page of the report as a plain tree of elements, with nothing but the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOID = {"br", "circle", "img", "link", "meta", "path", "rect"}


@dataclass(slots=True)
class Element:
    """One element: its tag, attributes, children in order, and the text that stands directly in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    @property
    def ids(self) -> set[str]:
        """The ids below the element, gathered once."""
        if not self._ids:
            self._ids.update(element.attributes["id"] for element in self.all() if "id" in element.attributes)
        return self._ids

    def all(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        """Yield the elements below with this tag and these attributes (``data_unit`` for ``data-unit``)."""
        wanted = [(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items()]
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if tag in {"", child.tag} and all(child.attributes.get(name) == value for name, value in wanted):
                yield child
            waiting.extend(child.children[::-1])

    @property
    def text(self) -> str:
        """All text in and below the element, white space collapsed; in document order within each level."""
        return " ".join(" ".join([*self.texts, *(child.text for child in self.children)]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        last = self.open.pop()
        if last.tag != tag:
            raise AssertionError(f"</{tag}> ends <{last.tag}>")

    def handle_data(self, data: str) -> None:
        self.open[-1].texts.append(data)


def read_page(path: Path) -> Element:
    """Return a page's tree; raises AssertionError where tags are not closed in order."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    assert len(reader.open) == 1, f"{path.name}: <{reader.open[-1].tag}> is not closed"
    return reader.open[0]
