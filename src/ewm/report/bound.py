"""Numbers and words bound to facts, as chapter templates use them.

Whatever a template prints through these objects carries a marker with the fact's id, so that the document knows
which words are proved by results and where each of them leads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ewm.report.facts import Fact, Facts
    from ewm.report.numbers import Formatter
    from ewm.report.words import Words

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
"""Private-use characters around a bound text: OPEN id MIDDLE text CLOSE. They never reach a reader."""

NOTE, BOUND = "\ue003", "\ue004"
"""Private-use characters around the numbers of footnotes and bound texts, while Markdown is read."""

MARKERS = OPEN + MIDDLE + CLOSE + NOTE + BOUND


def mark(evidence: str, text: str) -> str:
    """Return a text with the marker of the fact that proves it; raises ContentError for a text that has one itself."""
    if any(marker in text for marker in MARKERS):
        raise ContentError(f"„{text}“ enthält ein Steuerzeichen (U+E000 bis U+E004). Bitte dort löschen.")
    return f"{OPEN}{evidence}{MIDDLE}{text}{CLOSE}"


EDITION = "edition"
"""Instead of a fact's id: what the edition itself proves, such as its year; it leads nowhere."""


def bound_text(text: str) -> str:
    """Return a text that the edition itself proves."""
    return mark(EDITION, text)


def unmarked(text: str) -> str:
    """Return a rendered text without its markers."""
    return re.sub(f"{OPEN}[^{MIDDLE}]*{MIDDLE}([^{CLOSE}]*){CLOSE}", r"\1", text)


def without_bound(text: str) -> str:
    """Return a rendered text without what is marked: the rest is what nothing proves."""
    return re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", " ", text)


@dataclass(frozen=True, slots=True)
class Language:
    """What binding needs of a language: the formatter, the table of words, and labels of terms."""

    formatter: Formatter
    words: Words
    label: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Bound:
    """One fact in a template. Printed as it stands it is formatted by its unit; other forms are properties."""

    fact: Fact
    facts: Facts
    language: Language

    def _mark(self, text: str) -> str:
        if not self.fact.known:
            raise ContentError(
                f"{self.fact.query.indicator}: Dieser Wert ist nicht bekannt; bitte den Fall mit „known“ unterscheiden."
            )
        return mark(self.fact.id, text)

    @property
    def value(self) -> int:
        """The bare value, for conditions only."""
        return self.fact.value

    @property
    def known(self) -> bool:
        """Whether there is a value at all, for conditions only."""
        return self.fact.known

    @property
    def whole(self) -> int:
        """The bare whole of a share or mean, for conditions only."""
        return self.fact.whole or 0

    @property
    def size(self) -> Fraction:
        """The number itself as a fraction, of a share or mean what part and whole give; for conditions only."""
        if self.fact.whole is None:
            return Fraction(self.fact.value)
        return Fraction(self.fact.value, self.fact.whole) if self.fact.whole else Fraction(0)

    def _plain(self) -> int:
        """Return the value of a count or an amount; raises ContentError for a share or mean, whose value is a part."""
        if self.fact.whole is not None:
            raise ContentError(
                f"{self.fact.query.indicator}, {self.fact.query.value}: Ein Anteil oder Mittelwert hat diese Form "
                "nicht. Bitte den Wert selbst, part oder whole_count verwenden."
            )
        return self.fact.value

    def text(self) -> str:
        """Return the number as its unit wants it, without marker."""
        form, fact = self.language.formatter, self.fact
        if fact.unit == "cents":
            return form.money(fact.value)
        if fact.unit == "permille":
            return form.percent(fact.value, 1000)
        if fact.unit == "share":
            return form.percent(fact.value, fact.whole or 0)
        if fact.whole is not None:
            mean = self._mean()
            return form.money(mean) if fact.unit.startswith("cents") else form.integer(mean)
        return form.integer(fact.value)

    def _mean(self) -> int:
        if not self.fact.whole:
            raise ContentError(
                f"{self.fact.query.indicator}: Der Nenner ist null; bitte den Fall im Text unterscheiden."
            )
        return rounded(self.fact.value, self.fact.whole)

    def __str__(self) -> str:
        return self._mark(self.text())

    def of(self, one: str, many: str, *, article: str | None = None, none: str | None = None) -> str:
        """Return count and noun by the rules of grammar: „27 Projekte“, „zwei Projekte“, „ein Projekt“, „keine …“.

        Counts up to twelve are words. ``article`` replaces the word for one („eine“, „einem“), ``none`` that for zero.
        """
        count = self._plain()
        if count == 1:
            return f"{self._mark(article or self.language.words.number(1))} {one}"
        return f"{self._mark(none) if none and not count else self.word} {many}"

    @property
    def word(self) -> str:
        """A count up to twelve as a word, larger ones in digits."""
        words, count = self.language.words, self._plain()
        return self._mark(words.number(count) if 0 <= count < len(words.numbers) else self.text())

    @property
    def number(self) -> str:
        """The number without its unit: millions of an amount, the integer of a count."""
        form, value = self.language.formatter, self._plain()
        return self._mark(form.millions(value) if self.fact.unit == "cents" else form.integer(value))

    @property
    def millions(self) -> str:
        """An amount or a mean in millions with its unit: „0,7 Mio. Euro“."""
        form, fact = self.language.formatter, self.fact
        cents = fact.value if fact.whole is None else self._mean()
        return self._mark(f"{form.millions(cents)}\N{NO-BREAK SPACE}{form.million}")

    @property
    def whole_percent(self) -> str:
        """A share without decimals: „55 %“."""
        return self._mark(self.language.formatter.percent(self.fact.value, self.fact.whole or 0, 0))

    @property
    def tenths(self) -> str:
        """A value in tenths of a per cent as a share: „3,7 %“."""
        return self._mark(self.language.formatter.percent(self.fact.value, 1000))

    @property
    def signed(self) -> str:
        """A change in tenths of a per cent with its sign: „−1,3 %“."""
        form = self.language.formatter
        return self._mark(form.signed(self.fact.value, 10) + form.percent_sign)

    @property
    def dash(self) -> str:
        """A count as tables print it: zero is an en dash."""
        return self._mark(self.language.formatter.in_table(self._plain()))

    @property
    def whole_count(self) -> str:
        """The whole of a share as a count."""
        return self._mark(self.language.formatter.integer(self.fact.whole or 0))

    @property
    def part(self) -> str:
        """The part of a share as a count."""
        return self._mark(self.language.formatter.integer(self.fact.value))

    @property
    def share(self) -> str:
        """The word of a share: „rund drei Viertel“."""
        return self._mark(self.language.words.share(self.fact.value, self.fact.whole or 0))

    def share_of(self, whole: Bound) -> str:
        """Return the word of this count's share of another."""
        return self._mark(self.language.words.share(self._plain(), whole._plain()))

    def percent_of(self, whole: Bound) -> str:
        """Return this count's share of another in per cent."""
        return self._mark(self.language.formatter.percent(self._plain(), whole._plain()))

    def change(self, before: Bound) -> str:
        """Return the trend word against an earlier year; raises ContentError across a changed rule."""
        self._require_comparable(before)
        return self._mark(self.language.words.change(*self._comparable_values(before)))

    def difference(self, before: Bound) -> str:
        """Return the size of the difference to an earlier year, formatted like the value."""
        self._require_comparable(before)
        size = abs(self._plain() - before._plain())
        form = self.language.formatter
        return self._mark(form.money(size) if self.fact.unit == "cents" else form.integer(size))

    def _comparable_values(self, before: Bound) -> tuple[int, int]:
        if self.fact.whole is None or before.fact.whole is None:
            return before.fact.value, self.fact.value
        return before.fact.value * self.fact.whole, self.fact.value * before.fact.whole

    def comparable(self, before: Bound) -> bool:
        """Return whether the two years may be compared without a note."""
        state, _ = self.facts.state(self.fact.query, self.fact.query.year, before.fact.query.year)
        return state == "comparable"

    def _require_comparable(self, before: Bound) -> None:
        """Raise ContentError where a rule changed between the two years: no trend word may cross it."""
        state, changed = self.facts.state(self.fact.query, self.fact.query.year, before.fact.query.year)
        if state != "comparable":
            raise ContentError(
                f"{self.fact.query.indicator}: Zwischen {before.fact.query.year} und {self.fact.query.year} ist kein "
                f"Vergleich möglich ({changed or 'nicht erhoben'}). Bitte den Trend aus dem Text nehmen oder mit "
                "„comparable“ unterscheiden."
            )

    @property
    def year_text(self) -> str:
        """The reporting year of the fact."""
        return self._mark(str(self.fact.query.year))

    @property
    def years(self) -> tuple[Bound, ...]:
        """The same cell in every recorded year up to the reporting year."""
        recorded = self.facts.years[self.fact.query.indicator]
        queries = (replace(self.fact.query, year=year) for year in recorded)
        return tuple(Bound(self.facts.fact(query), self.facts, self.language) for query in queries)

    @property
    def label(self) -> str:
        """The name of the cell's last term: the largest field, the most frequent partner."""
        name = self.fact.query.k2 or self.fact.query.k1
        return self._mark(self.language.label(name)) if name else ""

    @property
    def term(self) -> str:
        """The bare id of the cell's last term, for conditions only."""
        return self.fact.query.k2 or self.fact.query.k1 or ""


class BoundList:
    """The facts of one level, in the order of the taxonomy."""

    def __init__(self, items: Sequence[Bound]) -> None:
        self.items = tuple(items)

    def __iter__(self) -> Iterator[Bound]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, term: str) -> Bound:
        for item in self.items:
            if item.term == term:
                return item
        raise ContentError(f"Die Aufgliederung hat keinen Eintrag „{term}“ ({', '.join(i.term for i in self.items)}).")

    @property
    def ranked(self) -> tuple[Bound, ...]:
        """The items from the largest to the smallest, ties in the order of the taxonomy."""
        return tuple(sorted(self.items, key=lambda item: -item.size))

    @property
    def largest(self) -> Bound:
        """The largest item; raises ContentError where the first place is shared or nothing is counted."""
        if not self.has_largest:
            raise ContentError(
                "Es gibt keinen eindeutig größten Eintrag; bitte den Fall mit „has_largest“ unterscheiden."
            )
        return self.ranked[0]

    @property
    def has_largest(self) -> bool:
        """Whether one item alone is the largest."""
        sizes = [item.size for item in self.ranked[:2]]
        return bool(sizes) and sizes[0] > 0 and (len(sizes) == 1 or sizes[0] > sizes[1])

    @property
    def counted(self) -> tuple[Bound, ...]:
        """The items with a value above zero."""
        return tuple(item for item in self.items if item.value)

    @property
    def count_counted(self) -> str:
        """How many items have a value above zero; leads to the first of them."""
        return self._number(len(self.counted), self.counted or self.items)

    @property
    def count_all(self) -> str:
        """How many items there are."""
        return self._number(len(self.items), self.items)

    @staticmethod
    def _number(count: int, items: Sequence[Bound]) -> str:
        if not items:
            raise ContentError("Die Aufgliederung ist leer; bitte den Fall im Text unterscheiden.")
        return mark(items[0].fact.id, items[0].language.formatter.integer(count))
