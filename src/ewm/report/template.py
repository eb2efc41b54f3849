"""Chapter templates: Markdown with a YAML head that binds names to facts, and expressions that print them.

Three guards keep prose and results together. Before rendering, every literal text is searched for digits and guarded
words (trends, shares, counts): what is neither bound, nor a fixed name, nor declared as an outside fact, is refused
with file and line. While rendering, the bound objects refuse words that the results do not carry. What was rendered is
searched once more, so that no expression prints a number of its own.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ewm.errors import ContentError
from ewm.report.bound import MARKERS, Bound, BoundList, bound_text, without_bound
from ewm.report.facts import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ewm.report.bound import Language
    from ewm.report.facts import Facts
    from ewm.report.words import Words

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD_KEYS = {"id", "number", "title", "short", "facts", "outside"}
_FACT_KEYS = {"indicator", "population", "year", "level", "k1", "k2", "value", "each"}
_DIRECTIVE = re.compile(r"^[ \t]*::[ \t]+(?:(?:figure|table|edition)\b.*$|[a-z]+)", re.MULTILINE)
"""What of a directive's line is no prose: its name, and the id that some of them take."""
_REFERENCE = re.compile(r"\[\[[a-z0-9-]+\]\]")
_ADDRESS = re.compile(r"\]\([^)\s]*\)|\{#[a-z0-9-]+\}|https?://[^\s)>]+")


@dataclass(frozen=True, slots=True)
class OutsideFact:
    """Words that no result proves, with the source that does."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's template: head with the lines of its facts, body, and the line on which the body begins."""

    path: Path
    id: str
    number: str
    title: str
    short: str
    facts: Mapping[str, Mapping[str, Any]]
    outside: tuple[OutsideFact, ...]
    body: str
    first_line: int
    fact_lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where prose says something that nothing proves."""

    path: str
    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, Zeile {self.line}: „{self.text}“ {self.reason}"


YEARS = "years"
"""What ``each`` says where a cell is meant in all recorded years instead of for all terms."""

OUTSIDE = "outside"
"""The function by which a text declares words that no result proves: ``{{ outside("über 350", "Quelle") }}``."""

REMEDY = (
    "Bitte an ein Ergebnis binden ({{ … }}), als feststehenden Namen in words.yaml aufnehmen oder mit "
    "outside und Quelle angeben."
)


def read_chapter(path: Path, text: str | None = None) -> Chapter:
    """Read a chapter's file; raises ContentError naming file and remedy for a wrong head."""
    content = path.read_text(encoding="utf-8") if text is None else text
    match = re.match(r"---\n(.*?)\n---\n", content, re.DOTALL)
    if not match:
        raise ContentError(f"{path.name}, Zeile 1: Der Kopf fehlt. Er beginnt und endet mit drei Bindestrichen.")
    try:
        head = yaml.load(match[1], Loader=_LOADER)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: Der Kopf ist kein gültiges YAML: {error}") from error
    if not isinstance(head, dict) or not {"id", "title"} <= set(head):
        raise ContentError(f"{path.name}, Zeile 1: Der Kopf braucht mindestens id und title.")
    if unknown := set(head) - _HEAD_KEYS:
        raise ContentError(f"{path.name}, Zeile 1: Der Kopf kennt {', '.join(sorted(unknown))} nicht.")
    return Chapter(
        path=path,
        id=str(head["id"]),
        number=str(head.get("number", "")),
        title=str(head["title"]),
        short=str(head.get("short") or head["title"]),
        facts=_facts(path, head.get("facts") or {}),
        outside=outside_facts(path.name, head.get("outside") or []),
        body=content[match.end() :],
        first_line=match[0].count("\n") + 1,
        fact_lines={
            name: number
            for name in head.get("facts") or {}
            for number, line in enumerate(match[0].splitlines(), 1)
            if line.lstrip().startswith(f"{name}:")
        },
    )


def _facts(path: Path, entries: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    for name, entry in entries.items():
        if not isinstance(entry, dict) or "indicator" not in entry:
            raise ContentError(f"{path.name}: facts: „{name}“ braucht indicator.")
        if unknown := set(entry) - _FACT_KEYS:
            raise ContentError(f"{path.name}: facts: „{name}“ kennt {', '.join(sorted(unknown))} nicht.")
    return entries


def outside_facts(name: str, entries: Sequence[Mapping[str, str]]) -> tuple[OutsideFact, ...]:
    """Return declared outside facts; ``name`` is how a message calls the text. Raises ContentError without a source."""
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"says", "source"} or not all(entry.values()):
            raise ContentError(f"{name}: outside: Nötig sind says (die Worte) und source (ihre Quelle).")
    return tuple(OutsideFact(str(entry["says"]), str(entry["source"])) for entry in entries)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the template environment: sandboxed, strict about names, without escaping (the text is Markdown)."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",  # a heading's id is written {#id}
        comment_end_string="##}",
        finalize=_printed,
    )


def _printed(value: object) -> object:
    """Return what an expression prints; raises ContentError for an empty value, which would print its English name."""
    if value is None:
        raise ContentError("Ein Ausdruck hat keinen Wert und kann nicht gedruckt werden. Bitte den Ausdruck prüfen.")
    return value


@dataclass(slots=True)
class Binder:
    """Binds the facts of heads for one cluster, year and language.

    ``order`` lists the terms of a taxonomy, ``parent`` names the term above one, ``known`` tells terms from misspelt
    ones: a cell without a row is zero, so that a word nobody knows would pass for a zero.
    """

    facts: Facts
    language: Language
    order: Callable[[str], Sequence[str]]
    parent: Callable[[str], str | None] = lambda _term: None
    known: Callable[[str], bool] = lambda _term: True

    def query(self, entry: Mapping[str, Any]) -> Query:
        """Return the query of a head's entry; ``year`` is an offset (−1 is the year before) or a year."""
        year = entry.get("year", 0)
        for key in ("k1", "k2"):
            if entry.get(key) is not None and not self.known(str(entry[key])):
                raise ContentError(f"{entry['indicator']}: Den Begriff „{entry[key]}“ ({key}) gibt es nicht.")
        return Query(
            indicator=str(entry["indicator"]),
            year=self.facts.year + year if year <= 0 else year,
            value=entry.get("value"),
            population=entry.get("population"),
            level=str(entry.get("level", "total")),
            k1=entry.get("k1"),
            k2=entry.get("k2"),
        )

    def bind(self, entry: Mapping[str, Any]) -> Bound | BoundList:
        """Return the bound fact of an entry, or with ``each`` those of a whole level in the taxonomy's order."""
        query = self.query(entry)
        if "each" not in entry:
            return Bound(self.facts.fact(query), self.facts, self.language)
        if entry["each"] == YEARS:
            return BoundList(Bound(self.facts.fact(query), self.facts, self.language).years)
        return BoundList([self._item(query, term) for term in self.order(str(entry["each"]))])

    def _item(self, query: Query, term: str) -> Bound:
        if " > " in query.level:
            item = replace(query, k1=query.k1 or self.parent(term), k2=term)
        else:
            item = replace(query, k1=term)
        return Bound(self.facts.fact(item), self.facts, self.language)


def render(chapter: Chapter, binder: Binder, shared: Mapping[str, object]) -> str:
    """Return a chapter's Markdown with markers; ``shared`` are names that every chapter knows (year, cluster …).

    Raises ContentError naming file, line and remedy for what cannot be bound or rendered.
    """
    names = {name: _bound(chapter, binder, name) for name in chapter.facts}
    try:
        template = environment().from_string(chapter.body)
        text = template.render({**shared, **names, OUTSIDE: outside})
        require_proved(text, chapter.outside, binder.language.words)
    except TemplateSyntaxError as error:
        line = error.lineno + chapter.first_line - 1
        raise ContentError(
            f"{chapter.path.name}, Zeile {line}: Der Ausdruck ist nicht lesbar: {error.message}"
        ) from error
    except TemplateError as error:
        known = ", ".join(names)
        raise ContentError(
            f"{_place(chapter, error)}: {_said_of(error)} Im Kopf unter facts stehen: {known}."
        ) from error
    except ContentError as error:
        raise ContentError(f"{_place(chapter, error)}: {error}") from error
    return text


def _bound(chapter: Chapter, binder: Binder, name: str) -> Bound | BoundList:
    try:
        return binder.bind(chapter.facts[name])
    except ContentError as error:
        place = f"{chapter.path.name}, Zeile {chapter.fact_lines.get(name, 1)}"
        raise ContentError(f"{place}: {name}: {error}") from error


def _place(chapter: Chapter, error: Exception) -> str:
    """Return the file, and the line on which the template was when it failed."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(frame.lineno or 1) + chapter.first_line - 1 for frame in frames if frame.filename == "<template>"]
    return f"{chapter.path.name}, Zeile {lines[-1]}" if lines else chapter.path.name


def _said_of(error: TemplateError) -> str:
    """Say what the template engine says in the language of the messages."""
    message = str(error.message)
    if match := re.fullmatch(r"'(?P<name>[^']+)' is undefined", message):
        return f"Den Namen „{match['name']}“ gibt es nicht."
    if match := re.search(r"has no attribute '(?P<name>[^']+)'", message):
        return f"Die Eigenschaft „{match['name']}“ gibt es an diesem Wert nicht."
    return f"{message}."


def outside(says: str, source: str) -> str:
    """Print an outside fact; a source must be given."""
    if not source.strip():
        raise ContentError(f"outside(„{says}“) braucht eine Quelle.")
    return bound_text(says)


def require_proved(text: str, outside: Sequence[OutsideFact], words: Words) -> None:
    """Raise ContentError where a rendered text has a digit or guarded word that no marker proves and nobody declared.

    Expressions can compute („{{ a.value - b.value }}“): what they print must be bound as well.
    """
    for finding in _literal("", without_bound(text), 1, _allowed(outside, words), _guarded(words)):
        raise ContentError(f"Ein Ausdruck druckt „{finding.text}“, das an kein Ergebnis gebunden ist. {REMEDY}")


def unbound(chapter: Chapter, words: Words) -> Iterator[Finding]:
    """Yield every digit and guarded word of a chapter's titles and literal text that nothing proves."""
    for title in dict.fromkeys((chapter.title, chapter.short)):
        yield from unbound_text(chapter.path.name, title, 1, chapter.outside, words)
    yield from unbound_text(chapter.path.name, chapter.body, chapter.first_line, chapter.outside, words)


def unbound_text(
    name: str, body: str, first_line: int, outside: Sequence[OutsideFact], words: Words
) -> Iterator[Finding]:
    """Yield the findings of one template's text; ``name`` is how a message calls it."""
    try:
        tokens = list(environment().lex(body))
    except TemplateSyntaxError as error:
        place = f"{name}, Zeile {error.lineno + first_line - 1}"
        raise ContentError(f"{place}: Der Ausdruck ist nicht lesbar: {error.message}. Bitte prüfen.") from error
    allowed, guarded = _allowed(outside, words), _guarded(words)
    for number, line_text in enumerate(body.split("\n"), start=first_line):
        if any(marker in line_text for marker in MARKERS):
            yield Finding(name, number, line_text[:40], "enthält ein Steuerzeichen (U+E000 bis U+E004).")
    for line, value in _said(tokens):
        yield from _literal(name, value, line + first_line - 1, allowed, guarded)


def _said(tokens: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Yield line and text of what a template says: its literal text, and strings but those of an outside fact."""
    called, depth = False, 0
    for line, kind, value in tokens:
        if kind == "operator" and value in "()" and (called or depth):
            depth += 1 if value == "(" else -1
        if kind == "data" or (kind == "string" and not depth):
            yield line, value
        if kind != "whitespace":
            called = kind == "name" and value == OUTSIDE


def _allowed(outside: Sequence[OutsideFact], words: Words) -> list[str]:
    return sorted([*words.names, *(fact.says for fact in outside)], key=len, reverse=True)


def _guarded(words: Words) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\w])(?:{'|'.join(words.guarded)})\w*", re.IGNORECASE) if words.guarded else None


def _literal(
    name: str, value: str, line: int, allowed: Sequence[str], guarded: re.Pattern[str] | None
) -> Iterator[Finding]:
    text = value
    for pattern in (_DIRECTIVE, _REFERENCE, _ADDRESS):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    for phrase in allowed:
        words = re.escape(phrase).replace(r"\ ", r"\s+")
        text = re.sub(words, lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in re.finditer(r"\d[\d.,]*", text):
        yield Finding(name, line + text.count("\n", 0, match.start()), match[0], "ist eine getippte Zahl.")
    if guarded:
        for match in guarded.finditer(text):
            yield Finding(name, line + text.count("\n", 0, match.start()), match[0], "ist ein Mengen- oder Trendwort.")
