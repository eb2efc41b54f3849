"""Filters of lists: what a value in the address leaves of the records, and how many there are for each value.

Every filter narrows a query set without joins that would count a record twice, so filters combine in any order.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, CharField, F, Q, When
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from ewm.capture.forms.reading import AmbiguousError, UnreadableError, read_cents, written_cents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable
    from django.utils.functional import _StrPromise

    from ewm.capture.lists.columns import Scene

    Records = QuerySet[Any]
    Values = Sequence[str]

YES, NO = "ja", "nein"


@dataclass(frozen=True, slots=True)
class Option:
    """A value that may be chosen, how it is called, how many records it leaves (None: not counted)."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Rows to count by a value; ``counted`` is what identifies a record in them, ``pk`` if no record occurs twice.

    ``is_text`` says that the value is a text as it is.
    """

    rows: Records
    value: Combinable
    counted: str = "pk"
    is_text: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter(ABC):
    """Base: a key in the address, a label, and whether it has a chip of its own (else it stands under „Mehr“).

    ``control`` is how it is chosen: ``boxes``, ``one`` (radio buttons), ``text``, or ``search``.
    """

    key: str
    label: _StrPromise
    prime: bool = False
    control: str = "boxes"
    always: bool = False  # narrow even where nothing is chosen

    def readable(self, values: Values) -> tuple[str, ...]:
        """Return the values that mean something; others are named on the page and have no effect."""
        return tuple(values)

    @abstractmethod
    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records that have one of the values."""

    def counted(self) -> Combinable | None:
        """Return what of a record is counted for the options; None where nothing is, or rows of another table are."""
        return None

    def facet(self, keys: Any) -> Facet | None:
        """Return what is counted in rows of another table; ``keys`` is a query for the records' keys."""
        return None

    def text(self, value: str, scene: Scene) -> str:
        """Return how a value is called."""
        return scene.labels.told_apart(value)

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return what may be chosen: what some record has, and what is chosen."""
        values = sorted({*counts, *chosen} - {""}, key=scene.labels.order)
        return [Option(each, self.text(each, scene), counts.get(each, 0), each in chosen) for each in values]


@dataclass(frozen=True, kw_only=True)
class TermFilter(Filter):
    """Records whose column (or annotation) holds one of the terms."""

    column: str

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records with one of the terms."""
        return records.filter(**{f"{self.column}__in": values})

    def counted(self) -> Combinable:
        """Count the records by term."""
        return F(self.column)


@dataclass(frozen=True, kw_only=True)
class PartFilter(Filter):
    """Records with a part (an assignment, a funding, a partner) in which a column holds one of the terms.

    ``once`` says that no record has two parts with the same term. Only terms of the list's taxonomies are offered: so
    the parts need not be joined with their terms.
    """

    parts: Callable[[], Records]
    owner: str
    column: str
    once: bool = False

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records with such a part."""
        return records.filter(pk__in=self.parts().filter(**{f"{self.column}__in": values}).values(self.owner))

    def facet(self, keys: Any) -> Facet | None:
        """Count the records by the terms of their parts."""
        rows = self.parts().filter(**{f"{self.owner}__in": keys})
        return Facet(rows, F(self.column), "pk" if self.once else self.owner, is_text=True)

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return the terms of the list's taxonomies that some record has."""
        known = {term: count for term, count in counts.items() if term in scene.labels.words}
        return super().options(known, chosen, scene)


@dataclass(frozen=True, kw_only=True)
class NamedFilter(PartFilter):
    """Records with a part that a link names (an actor, by its code); ``named`` returns how it is called.

    Nothing is offered but what is chosen: there would be too much to choose from.
    """

    named: Callable[[str], str | None]

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep the first: a link names one."""
        return tuple(values[:1])

    def facet(self, keys: Any) -> None:
        """Nothing is counted."""

    def text(self, value: str, scene: Scene) -> str:
        """Return how it is called, what stands in the address where nothing is called so."""
        return self.named(value) or value

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return what is chosen, to be left out again."""
        named = self.readable(tuple(chosen))
        return [Option(each, self.text(each, scene), None, chosen=True) for each in named]


@dataclass(frozen=True, kw_only=True)
class YearFilter(Filter):
    """Records with a date in one of the years."""

    column: str

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep years."""
        return tuple(value for value in values if _year(value))

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records with a date in one of the years."""
        wanted = Q()
        for value in values:
            wanted |= Q(**{f"{self.column}__range": (date(int(value), 1, 1), date(int(value), 12, 31))})
        return records.filter(wanted)

    def counted(self) -> Combinable | None:
        """Count the records by year; as text, which no database has to compute a date for."""
        return Substr(Cast(self.column, CharField()), 1, 4)

    def text(self, value: str, scene: Scene) -> str:
        """Return the year."""
        return value

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return the years that there are, the latest first."""
        values = sorted({*counts, *chosen} - {""}, reverse=True)
        return [Option(each, each, counts.get(each, 0), each in chosen) for each in values]


@dataclass(frozen=True, kw_only=True)
class PeriodFilter(YearFilter):
    """Records whose period, open ends included, touches one of the years; ``column`` is its first day."""

    last: str

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records whose period has a day in one of the years."""
        wanted = Q()
        for value in values:
            begun = Q(**{f"{self.column}__lte": date(int(value), 12, 31)})
            lasting = Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": date(int(value), 1, 1)})
            wanted |= begun & lasting
        return records.filter(wanted)

    def counted(self) -> None:
        """Nothing is counted: a record lies in many years."""

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return the years of the programme."""
        years = sorted({*map(str, scene.focus.years), *chosen}, reverse=True)
        return [Option(each, each, None, each in chosen) for each in years]


@dataclass(frozen=True, kw_only=True)
class YesNoFilter(Filter):
    """Records whose column is true or false."""

    column: str

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep ``ja`` and ``nein``."""
        return tuple(value for value in values if value in {YES, NO})

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records with one of the two."""
        return records.filter(**{f"{self.column}__in": [value == YES for value in values]})

    def counted(self) -> Combinable:
        """Count both."""
        return F(self.column)

    def text(self, value: str, scene: Scene) -> str:
        """Return yes or no."""
        return str(_("ja") if value == YES else _("nein"))

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return both; databases write a truth as 1, true or t."""
        truth = {YES: ("1", "true", "True", "t"), NO: ("0", "false", "False", "f")}
        return [
            Option(each, self.text(each, scene), sum(counts.get(written, 0) for written in truth[each]), each in chosen)
            for each in (YES, NO)
        ]


@dataclass(frozen=True, kw_only=True)
class HasPartFilter(YesNoFilter):
    """Records that have one of some parts (an ending status), or none; it starts from the parts, which are few."""

    parts: Callable[[], Records]
    column: str = ""
    owner: str

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records with such a part, those without, or all."""
        has = self._has()
        return records.filter(reduce(or_, (has if value == YES else ~has for value in values)))

    def counted(self) -> Combinable:
        """Count both."""
        return Case(When(self._has(), then=True), default=False, output_field=BooleanField())

    def _has(self) -> Q:
        return Q(pk__in=self.parts().values(self.owner))


@dataclass(frozen=True, kw_only=True)
class AmountFilter(Filter):
    """Records whose amount is at least or (``most``) at most so many euros; empty amounts are left out."""

    column: str
    most: bool = False
    control: str = "text"

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep the first amount that can be read in one way."""
        return tuple(value for value in values[:1] if _cents(value) is not None)

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records on the right side of the amount."""
        return records.filter(**{f"{self.column}__{'lte' if self.most else 'gte'}": _cents(values[0])})

    def text(self, value: str, scene: Scene) -> str:
        """Return the amount as it was understood."""
        cents = _cents(value)
        return value if cents is None else f"{written_cents(cents).removesuffix(',00')}\u00a0Euro"


@dataclass(frozen=True, kw_only=True)
class StateFilter(Filter):
    """Records that fulfil all chosen conditions, each with its word and what it leaves of the records."""

    conditions: Mapping[str, tuple[_StrPromise, Callable[[Records, Scene], Records]]] = field(default_factory=dict)

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep the names of conditions."""
        return tuple(value for value in values if value in self.conditions)

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records that fulfil every condition."""
        for value in values:
            records = self.conditions[value][1](records, scene)
        return records

    def text(self, value: str, scene: Scene) -> str:
        """Return the condition's word."""
        return str(self.conditions[value][0]) if value in self.conditions else value

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return the conditions."""
        return [Option(each, self.text(each, scene), None, each in chosen) for each in self.conditions]


@dataclass(frozen=True, kw_only=True)
class SearchFilter(Filter):
    """Records in which every word is found in one of the columns or parts (``within`` gets a condition on a name)."""

    columns: tuple[str, ...]
    names: str = ""
    within: Callable[[Q], Q] | None = None
    control: str = "search"

    def readable(self, values: Values) -> tuple[str, ...]:
        """Keep the first text."""
        return tuple(values[:1])

    def narrow(self, records: Records, values: Values, scene: Scene) -> Records:
        """Keep the records that have every word."""
        for word in values[0].split()[:8]:
            wanted = Q()
            for column in self.columns:
                wanted |= contains(column, word)
            if self.within is not None:
                wanted |= self.within(contains(self.names, word))
            records = records.filter(wanted)
        return records

    def text(self, value: str, scene: Scene) -> str:
        """Return what is searched for, in quotation marks."""
        return f"„{value}“"


def contains(column: str, word: str) -> Q:
    """Condition: a text contains a word in whatever case; SQLite alone knows that of ASCII letters only."""
    special = [letter for letter in dict.fromkeys(word) if not letter.isascii() and letter.lower() != letter.upper()]
    wanted = Q()
    for cases in product(*((each.lower(), each.upper()[:1]) for each in special[:3])):
        turned = word.translate(dict(zip(map(ord, special), cases, strict=False)))
        wanted |= Q(**{f"{column}__icontains": turned})
    return wanted


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2199 else None


def _cents(text: str) -> int | None:
    try:
        return read_cents(text)
    except (AmbiguousError, UnreadableError):
        return None
