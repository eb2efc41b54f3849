"""Puts together what the page of a list shows; templates only write it down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from ewm.capture.lists.export import FORMATS
from ewm.capture.lists.models import SavedView
from ewm.capture.lists.numbers import HITS
from ewm.capture.lists.reading import OPTIONS, VIEW, WITHOUT, Reading
from ewm.capture.lists.state import COUNT, EVERYTHING, MORE, SIZES, State, filters_of, pairs_of
from ewm.capture.lists.table import Row, attributes_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.capture.lists.columns import Column
    from ewm.capture.lists.filters import Filter, Option
    from ewm.capture.lists.listing import Listing
    from ewm.capture.lists.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Tab:
    """A view as a link; ``saved`` is the number of a kept one."""

    label: str
    url: str
    count: int
    current: bool
    saved: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    value: str
    url: str
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to choose from."""

    filter: Filter
    options: Sequence[Option]
    value: str

    @property
    def id(self) -> str:
        """What the page calls its control."""
        return f"filter-{self.filter.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """A box of filters behind one chip; its options are counted when it is opened, from ``url``.

    Until then it holds what is chosen (``chosen``: keys and values), and ``choices`` is None.
    """

    key: str
    label: str
    title: str
    url: str
    chosen: Sequence[tuple[str, str]]
    choices: Sequence[Choice] | None

    @property
    def id(self) -> str:
        """What the page calls it."""
        return f"filter-{self.key}"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; without an address it cannot be sorted by."""

    column: Column
    url: str
    sorting: str


@dataclass(frozen=True)
class ListPage:
    """A page of a list; ``counted`` are the boxes of filters whose options are counted with it."""

    reading: Reading
    counted: Sequence[str] = ()

    @property
    def listing(self) -> Listing:
        """What is special about this kind of list."""
        return self.reading.listing

    @property
    def state(self) -> State:
        """What the address says."""
        return self.reading.state

    @cached_property
    def saved(self) -> list[SavedView]:
        """The views that the account keeps."""
        account = self.reading.scene.reach.account
        return list(SavedView.objects.filter(account=account, kind=self.listing.kind))

    @cached_property
    def views(self) -> dict[str, tuple[str, str, int | None]]:
        """Name, query string and number (of a kept one) of each view by an id."""
        views: dict[str, tuple[str, str, int | None]] = {
            f"p{place}": (preset.name, preset.query, None) for place, preset in enumerate(self.reading.presets)
        }
        views |= {f"s{view.id}": (view.name, view.query, view.id) for view in self.saved}
        return views | {EVERYTHING: (_("Alle"), f"ansicht={EVERYTHING}", None)}

    @cached_property
    def numbers(self) -> Numbers:
        """Every number of the page."""
        return self.reading.numbers((name, query) for name, (_name, query, _id) in self.views.items())

    @property
    def count_line(self) -> str:
        """So many records, in words."""
        return self.listing.in_words(self.page.paginator.count)

    @cached_property
    def tabs(self) -> list[Tab]:
        """The views as links: what everybody has, what the account keeps, everything."""
        return [self._tab(name, *view) for name, view in self.views.items()]

    def _tab(self, name: str, label: str, query: str, saved: int | None) -> Tab:
        filters = filters_of(query, self.listing.filter_of)
        url = "?" + "&".join(filter(None, (self.state.place_query, query)))
        return Tab(label, url, self.numbers.of(VIEW + name), _same(filters, self.state.filters), saved)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        scene = self.reading.scene
        for each in self.listing.filters:
            values = each.readable(self.state.values(each.key))
            if values and each.control != "search":
                text = f" {_('oder')} ".join(each.text(value, scene) for value in values)
                yield Chip(str(each.label), text, self.state.having(each.key, ()).query)

    @cached_property
    def unread(self) -> list[tuple[str, str]]:
        """Filters of the address that mean nothing, by label and value; they have no effect."""
        return [
            (str(each.label), value)
            for each in self.listing.filters
            for value in self.state.values(each.key)
            if value not in each.readable(self.state.values(each.key))
        ]

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The boxes of filters by key: one for each that has a chip of its own, and the rest."""
        free = [each for each in self.listing.filters if each.control != "search"]
        groups = {each.key: self._group(each.key, str(each.label), [each]) for each in free if each.prime}
        return {**groups, MORE: self._group(MORE, _("Mehr"), [each for each in free if not each.prime])}

    def _group(self, key: str, label: str, filters: Sequence[Filter]) -> Group:
        title = _("Weitere Filter") if key == MORE else label
        chosen = [(each.key, value) for each in filters for value in self.state.values(each.key)]
        url = f"{self.state.query}&{COUNT}={key}"
        return Group(key, label, title, url, chosen, self._choices(filters) if key in self.counted else None)

    def _choices(self, filters: Sequence[Filter]) -> list[Choice]:
        counts = self.reading.option_numbers(filters)
        found = [self._choice(each, counts.by_value(OPTIONS + each.key)) for each in filters]
        return [each for each in found if each.options or each.filter.control == "text"]

    def _choice(self, each: Filter, counts: Mapping[str, int]) -> Choice:
        values = self.state.values(each.key)
        options = each.options(counts, values, self.reading.scene) if each.control in {"boxes", "one"} else []
        return Choice(each, options, values[0] if values else "")

    @property
    def search(self) -> Choice | None:
        """The filter by text."""
        return next((self._choice(each, {}) for each in self.listing.filters if each.control == "search"), None)

    @cached_property
    def page(self) -> Page[Any]:
        """The page of the hits; a page that is not there is the last one."""
        return Paginator(range(self.numbers.of(HITS)), self.state.size).get_page(self.state.page)

    @cached_property
    def rows(self) -> list[Row]:
        """The records of the page."""
        if not self.page.paginator.count:
            return []
        found = self.reading.rows(self.page.start_index() - 1, self.page.end_index())
        columns = [(each, attributes_of(each)) for each in self.columns]
        return [row_of(self.reading, each, columns, self._base) for each in found]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are shown: those chosen, else the usual ones, in the order of the list."""
        chosen = self.state.columns
        return [each for each in self.listing.table_columns.values() if (each.key in chosen if chosen else each.shown)]

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column of the table, and whether it is shown."""
        shown = {each.key for each in self.columns}
        return [(each, each.key in shown) for each in self.listing.table_columns.values()]

    @property
    def title_head(self) -> Head:
        """The head of the first column."""
        return self._head(self.listing.column_of["titel"])

    @property
    def heads(self) -> list[Head]:
        """The heads of the other columns."""
        return [self._head(each) for each in self.columns]

    def _head(self, column: Column) -> Head:
        sort = self.state.sort or self.listing.order
        sorting = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
        current = replace(self.state, sort=sort)
        return Head(column, current.sorted_by(column.key).query if column.order is not None else "", sorting)

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """Numbers and addresses of the pages that are named; None where some are left out."""
        shown = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(each, self._page_url(each)) if isinstance(each, int) else (None, "") for each in shown]

    @property
    def previous_url(self) -> str:
        """Address of the page before, empty on the first."""
        return self._page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Address of the page after, empty on the last."""
        return self._page_url(self.page.number + 1) if self.page.has_next() else ""

    def _page_url(self, number: int) -> str:
        return replace(self.state, page=number).query

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """How many rows a page may have, its address, and whether it has so many."""
        return [(each, replace(self.state, size=each, page=1).query, each == self.state.size) for each in SIZES]

    @cached_property
    def obstacle(self) -> Chip | None:
        """Where nothing is found: the filter that keeps out most, and how many there would be without it."""
        numbers = self.reading.without_each()
        found = [
            Chip(str(each.label), "", self.state.having(each.key, ()).query, numbers.of(WITHOUT + each.key))
            for each in self.listing.filters
            if each.key in self.state.filters
        ]
        return max(found, key=lambda chip: chip.hits, default=None)

    @property
    def obstacle_line(self) -> str:
        """How many there would be without that filter, in words."""
        return self.listing.in_words(self.obstacle.hits) if self.obstacle else ""

    @property
    def state_pairs(self) -> Sequence[tuple[str, str]]:
        """What the address says, for a form that carries it along."""
        return pairs_of(self.state)

    @property
    def may_add(self) -> bool:
        """Tell whether whoever looks may make a record here."""
        return bool(self.listing.may_add(self.reading.scene))

    @property
    def add_url(self) -> str:
        """Address where a record is made."""
        return f"{self._base}neu/"

    @property
    def bring_url(self) -> str:
        """Address where whole lists are brought in, empty where nobody may."""
        return reverse(self.listing.bring) if self.listing.bring and self.may_add else ""

    @property
    def here(self) -> str:
        """Address of this list as it is."""
        return self._base + self.state.query

    @property
    def everything_url(self) -> str:
        """Address without any filter."""
        return replace(self.state, filters={}, page=1).query

    @property
    def usual_columns_url(self) -> str:
        """Address with the columns that are shown unless others are chosen."""
        return replace(self.state, columns=()).query

    @property
    def export_urls(self) -> dict[str, str]:
        """Address of the export by format."""
        return {form: reverse(f"{self.listing.kind}:export", args=[form]) for form in FORMATS}

    @property
    def _base(self) -> str:
        return reverse(f"{self.listing.kind}:list")


def _same(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> bool:
    return {key: set(values) for key, values in one.items()} == {key: set(values) for key, values in other.items()}
