"""Rendered chapters to blocks: Markdown by markdown-it, directives („:: figure …“) by the report's own rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from ewm.errors import ContentError
from ewm.report.bound import BOUND, CLOSE, EDITION, MIDDLE, NOTE, OPEN, unmarked
from ewm.report.document import (
    Block,
    Bullets,
    Emphasis,
    Footnote,
    Heading,
    Inline,
    Inlines,
    KeyNumber,
    Link,
    MarginNote,
    Number,
    Paragraph,
    Reference,
    Strong,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

_BOUND = re.compile(rf"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")
_MARKED = re.compile(rf"{BOUND}(?P<bound>\d+){BOUND}|\[\[(?P<target>[a-z0-9-]+)\]\]|{NOTE}(?P<note>\d+){NOTE}")
_DIRECTIVE = re.compile(r"^::\s+(?P<name>[a-z]+)\s*(?P<rest>.*)$")
_HEADING = re.compile(r"^(?P<text>.*?)\s*(?:\{#(?P<id>[a-z0-9-]+)\})?$")
_ITEM = {"list_item_open", "list_item_close", "paragraph_open", "paragraph_close", "inline"}
_LEFTOVER = re.compile(r"\*\*|__|\]\(|\[\[|\]\]|\^\[|^\s*\|.*\|\s*$")
_ALLOWED = {"paragraph", "heading", "bullet_list", "ordered_list", "list_item"}


@dataclass(frozen=True, slots=True)
class Source:
    """What an author wrote: a file's or text's name, the line on which its text begins, the text."""

    name: str
    first_line: int
    text: str


@dataclass(slots=True)
class Reader:
    """Turns a chapter's rendered Markdown into blocks.

    ``labels`` maps the ids of figures, tables and chapters to how the text calls them; ``directives`` makes the blocks
    of a directive from the rest of its line. ``sources`` are the texts that the Markdown was rendered from.
    """

    name: str
    labels: Mapping[str, str]
    directives: Mapping[str, Callable[[str], Sequence[Block]]]
    sources: Sequence[Source] = ()
    _notes: list[str] = field(default_factory=list)
    _bound: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, text: str) -> tuple[Block, ...]:
        """Return the blocks; raises ContentError naming the chapter for what Markdown or a directive may not hold."""
        found: list[Block] = []
        for is_directive, part in _parts(self._take_notes(text)):
            if is_directive:
                found.extend(self._directive(part))
            else:
                found.extend(self._markdown(part))
        return tuple(found)

    def inlines(self, text: str) -> Inlines:
        """Return the inlines of a one-line text such as a headline."""
        tokens = MarkdownIt("commonmark").parseInline(self._take_bound(self._take_notes(text)).strip())
        return self._inline(tokens[0].children or []) if tokens else ()

    def place(self, written: str) -> str:
        """Return where an author wrote something, with its line if it stands in a source as it was rendered."""
        sought = unmarked(written.strip()).partition("\n")[0]
        for source in self.sources:
            for number, line in enumerate(source.text.splitlines(), source.first_line):
                if sought and sought in line:
                    return f"{source.name}, Zeile {number}"
        return self.name

    def _take_notes(self, text: str) -> str:
        """Put footnotes (``^[…]``) aside, so that Markdown within them does not split them."""
        parts = text.split("^[")
        found = parts[0]
        for part in parts[1:]:
            depth, end = 1, 0
            while end < len(part) and depth:
                depth += {"[": 1, "]": -1}.get(part[end], 0)
                end += 1
            if depth:
                near = "^[" + unmarked(part).strip().partition("\n")[0][:30]
                raise ContentError(
                    f"{self.place(near)}: Eine Fußnote ist nicht geschlossen ({near}). "
                    "Bitte die schließende Klammer ergänzen."
                )
            self._notes.append(part[: end - 1])
            found += f"{NOTE}{len(self._notes) - 1}{NOTE}{part[end:]}"
        return found

    def _take_bound(self, text: str) -> str:
        """Put bound texts aside: a label is no Markdown, whatever characters it has."""

        def keep(match: re.Match[str]) -> str:
            self._bound.append((match[1], match[2]))
            return f"{BOUND}{len(self._bound) - 1}{BOUND}"

        return _BOUND.sub(keep, text)

    def _directive(self, line: str) -> Sequence[Block]:
        match = _DIRECTIVE.match(line.strip())
        if not match or match["name"] not in {*self.directives, "key", "margin", "lead"}:
            known = ", ".join(sorted({*self.directives, "key", "margin", "lead"}))
            raise ContentError(
                f"{self.place(line)}: Die Anweisung „{line.strip()}“ gibt es nicht. Möglich sind {known}."
            )
        name, rest = match["name"], match["rest"].strip()
        if name == "lead":
            return [Paragraph(self.inlines(rest), lead=True)]
        if name == "margin":
            title, _, text = rest.partition("|")
            return [MarginNote(title.strip(), self.inlines(text))]
        if name == "key":
            return [self._key(rest)]
        try:
            return self.directives[name](rest)
        except ContentError as error:
            if str(error).startswith(self.name):
                raise
            raise ContentError(f"{self.place(line)}: {error}") from error

    def _key(self, rest: str) -> KeyNumber:
        shown, _, meaning = rest.partition("|")
        number = next((inline for inline in self.inlines(shown) if isinstance(inline, Number)), None)
        if number is None:
            raise ContentError(
                f"{self.place(meaning)}: Die Randzahl „{rest}“ ist an kein Ergebnis gebunden. "
                "Bitte vor dem Strich ein Ergebnis einsetzen ({{ … }})."
            )
        figure, _, unit = number.text.partition("\N{NO-BREAK SPACE}")
        return KeyNumber(Number(figure, number.evidence), self.inlines(meaning), unit)

    def _markdown(self, text: str) -> Iterator[Block]:
        tokens = MarkdownIt("commonmark").parse(self._take_bound(text))
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type.removesuffix("_open")
            if kind not in _ALLOWED or not token.type.endswith("_open"):
                line = text.splitlines()[token.map[0]] if token.map else token.content
                raise ContentError(
                    f"{self.place(line)}: Markdown „{token.type}“ ist hier nicht möglich (nahe "
                    f"„{unmarked(line).strip()[:40]}“). Möglich sind Absätze, Überschriften und Listen."
                )
            end = next(
                i for i in range(index + 1, len(tokens)) if tokens[i].level == token.level and tokens[i].nesting < 0
            )
            inner = tokens[index + 1 : end]
            yield self._block(kind, token, inner)
            index = end + 1

    def _block(self, kind: str, token: Token, inner: Sequence[Token]) -> Block:
        if kind == "paragraph":
            return Paragraph(self._inline(inner[0].children or []))
        if kind == "heading":
            level = int(token.tag[1])
            match = _HEADING.match(inner[0].content)
            content = self.inlines(match["text"] if match else inner[0].content)
            identifier = (match["id"] if match else None) or _identifier(plain(content))
            return Heading(identifier, max(2, min(level, 3)), content, outlined=False)
        return Bullets(tuple(self._items(inner)), ordered=kind == "ordered_list")

    def _items(self, inner: Sequence[Token]) -> Iterator[Inlines]:
        """Yield the items of a list; raises ContentError for one that is more than a paragraph: it would be lost."""
        texts = sum(token.type == "inline" for token in inner)
        other = [token for token in inner if token.type not in _ITEM]
        items = sum(token.type == "list_item_open" for token in inner)
        if other or texts != items:
            near = (other or inner)[0].content or next((one.content for one in inner if one.content), "")
            raise ContentError(
                f"{self.place(near)}: Ein Punkt einer Liste ist hier genau ein Absatz (nahe „{near.strip()[:40]}“). "
                "Bitte Unterlisten und weitere Absätze auflösen."
            )
        yield from (self._inline(one.children or []) for one in inner if one.type == "inline")

    def _inline(self, tokens: Sequence[Token]) -> Inlines:
        found, index = [], 0
        while index < len(tokens):
            token = tokens[index]
            if token.type in {"strong_open", "em_open", "link_open"}:
                end = next(
                    i for i in range(index, len(tokens)) if tokens[i].level == token.level and tokens[i].nesting < 0
                )
                children = self._inline(tokens[index + 1 : end])
                found.append(_nested(token, children))
                index = end
            elif token.type in {"softbreak", "hardbreak"}:
                found.append(Text(" "))
            elif token.type == "text":
                found.extend(self._text(token.content))
            else:
                raise ContentError(
                    f"{self.place(_written(token))}: „{token.type}“ ist im Fließtext nicht möglich "
                    f"({token.content[:40]}). Möglich sind fett, kursiv, Verweise und Fußnoten."
                )
            index += 1
        return tuple(found)

    def _text(self, text: str) -> Iterator[Inline]:
        position = 0
        for match in _MARKED.finditer(text):
            if match.start() > position:
                yield self._plain(text[position : match.start()])
            position = match.end()
            if match["bound"]:
                evidence, bound = self._bound[int(match["bound"])]
                yield Text(bound) if evidence == EDITION else Number(bound, evidence)
            elif match["target"]:
                yield self._reference(match["target"])
            else:
                yield Footnote(self.inlines(self._notes[int(match["note"])]))
        if position < len(text):
            yield self._plain(text[position:])

    def _plain(self, text: str) -> Text:
        """Return a text; raises ContentError where it shows signs of Markdown that was not closed or is not known."""
        if match := _LEFTOVER.search(text):
            raise ContentError(
                f"{self.place(text)}: „{match[0].strip()[:40]}“ bliebe als Zeichen im Text stehen (nahe "
                f"„{text.strip()[:40]}“). Bitte die Auszeichnung schließen; Tabellen sind im Fließtext nicht möglich."
            )
        return Text(text)

    def _reference(self, target: str) -> Reference:
        if target not in self.labels:
            known = ", ".join(self.labels)
            raise ContentError(
                f"{self.place(f'[[{target}]]')}: Der Verweis [[{target}]] führt ins Leere. Möglich sind {known}."
            )
        return Reference(target, self.labels[target])


def _written(token: Token) -> str:
    """Return how an author wrote a token that has no line of its own."""
    return f"]({token.attrs['src']})" if "src" in token.attrs else token.content


def _identifier(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _nested(token: Token, children: Inlines) -> Inline:
    if token.type == "strong_open":
        return Strong(children)
    if token.type == "em_open":
        return Emphasis(children)
    return Link(str(token.attrs.get("href", "")), children)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield directives and the Markdown between them."""
    gathered: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith("::"):
            if any(part.strip() for part in gathered):
                yield False, "\n".join(gathered)
            gathered = []
            yield True, line
        else:
            gathered.append(line)
    if any(part.strip() for part in gathered):
        yield False, "\n".join(gathered)
