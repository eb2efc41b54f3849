"""What a methodology sheet is once read: a head, numbered sentences, SQL fragments and marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlglot import exp

FragmentKind = Literal["where", "value", "first", "select"]
SheetKind = Literal["indicator", "population", "attribute", "relation"]
OnBreak = Literal["footnote", "withhold"]

FIRST_YEAR, LAST_YEAR = 0, 9999
"""Bounds of an open range of years; they stand in the compiled SQL, so a new reporting year leaves it unchanged."""

MARKS = {
    "informativ": False,
    "Zähleinheit": False,
    "angenommen": False,
    "durchgesetzt": True,
    "Hinweis": True,
    "Quelle": True,
}
"""The marks that may end a sentence, and whether they carry a name after a colon."""

CARRIES_OUT = frozenset({"informativ", "Zähleinheit", "durchgesetzt", "Hinweis"})
"""Marks that excuse a sentence from having a fragment."""


@dataclass(frozen=True, slots=True, order=True)
class Years:
    """An inclusive range of reporting years."""

    first: int = FIRST_YEAR
    last: int = LAST_YEAR

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last

    def overlaps(self, other: Years) -> bool:
        """Return whether both ranges share a year."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        if self.first == FIRST_YEAR and self.last == LAST_YEAR:
            return "alle Jahre"
        if self.first == FIRST_YEAR:
            return f"bis {self.last}"
        if self.last == LAST_YEAR:
            return f"ab {self.first}"
        return f"{self.first}–{self.last}"


ALWAYS = Years()


@dataclass(frozen=True, slots=True)
class Mark:
    """A note in brackets at the end of a sentence, such as ``(durchgesetzt: project_period)``."""

    kind: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """The SQL below a sentence: its kind, the name it promises, the levels it is limited to, and its parsed form.

    ``parts`` holds one expression; for a ``value`` with a division at the top it holds part and whole,
    for ``first`` one expression per item of the order.
    """

    kind: FragmentKind
    text: str
    line: int
    parts: tuple[exp.Expression, ...]
    name: str | None = None
    levels: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The fragment's SQL in a normal form: two fragments with one rule do the same."""
        return " / ".join(part.sql(dialect="duckdb", normalize=True, comments=False) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence with its validity, its marks and the fragments that carry it out."""

    number: str
    text: str
    line: int
    years: Years = ALWAYS
    marks: tuple[Mark, ...] = ()
    fragments: tuple[Fragment, ...] = ()

    def has(self, kind: str) -> bool:
        """Return whether the sentence bears this mark."""
        return any(mark.kind == kind for mark in self.marks)

    def named(self, kind: str) -> str | None:
        """Return the name given with this mark, if any."""
        return next((mark.name for mark in self.marks if mark.kind == kind), None)

    @property
    def conditions(self) -> tuple[Fragment, ...]:
        """The sentence's ``where`` fragments."""
        return tuple(fragment for fragment in self.fragments if fragment.kind == "where")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is published: document, chapter and the page on which the section begins."""

    document: str
    chapter: str
    from_page: int

    def __str__(self) -> str:
        return f"{self.document}, Kap. {self.chapter}, ab S. {self.from_page}"


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One methodology sheet, equal only to itself; lists in the head keep the author's order.

    ``digest`` is the SHA-256 of the sheet's text.
    ``on_break`` maps the id of a changed sheet to what becomes of a comparison; ``*`` stands for all others.
    ``key`` maps the name under which consumers know a key column to the name it has in the sheet's rows.
    """

    id: str
    title: str
    path: Path
    source: Source
    sentences: tuple[Sentence, ...]
    digest: str
    term: str | None = None
    of: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    key: dict[str, str] = field(default_factory=dict)
    counts: tuple[str, ...] = ()
    by: tuple[tuple[str, ...], ...] = ()
    valid: Years = ALWAYS
    on_break: dict[str, OnBreak] = field(default_factory=dict)
    gives: tuple[str, ...] = ()
    taxonomies: dict[str, str] = field(default_factory=dict)
    partial: bool = False

    @property
    def name(self) -> str:
        """The name by which other sheets or a reader refer to it: the term's name or the indicator's id."""
        return self.term or self.id

    def fragments(self, kind: FragmentKind) -> tuple[tuple[Sentence, Fragment], ...]:
        """Return the fragments of one kind with their sentences, in order."""
        return tuple(
            (sentence, fragment)
            for sentence in self.sentences
            for fragment in sentence.fragments
            if fragment.kind == kind
        )

    @property
    def kind(self) -> SheetKind:
        """Indicator, population (only conditions), attribute (one key column) or relation (several)."""
        if self.term is None:
            return "indicator"
        if len(self.key) > 1:
            return "relation"
        if self.fragments("value") or self.fragments("first") or self.fragments("select"):
            return "attribute"
        return "population"

    @property
    def value_names(self) -> tuple[str, ...]:
        """Names that ``value`` fragments promise, each once, in order."""
        return tuple(dict.fromkeys(fragment.name or "" for _, fragment in self.fragments("value")))

    def has_value_at(self, name: str, level: str) -> bool:
        """Return whether a value is computed at a level: everywhere unless its fragment names levels."""
        limited = [fragment.levels for _, fragment in self.fragments("value") if fragment.name == name]
        return any(not levels or level in levels for levels in limited)

    @property
    def promises(self) -> tuple[str, ...]:
        """The words that other sheets may use because of this term."""
        return tuple(dict.fromkeys((*self.value_names, *self.gives)))

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """Every level of the results: the total, then each path of ``by`` with the levels above it."""
        paths = [path[: depth + 1] for path in self.by for depth in range(len(path))]
        return ((), *dict.fromkeys(paths))


def level_name(path: tuple[str, ...]) -> str:
    """Return the name of a level as results and cases spell it: ``total``, ``guideline`` or ``guideline > term_id``."""
    return " > ".join(path) if path else "total"
