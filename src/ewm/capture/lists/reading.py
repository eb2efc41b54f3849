"""Reads what a list shows from the database: narrowed, counted, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from ewm.capture.accounts.access import focus, reach
from ewm.capture.lists.columns import Scene
from ewm.capture.lists.filters import Facet
from ewm.capture.lists.labels import read_labels
from ewm.capture.lists.numbers import FOUND, Hits, Numbers, Question, Statement, read_numbers, written
from ewm.capture.lists.state import Choices, Pairs, State, filters_of, read_state
from ewm.capture.served import asked_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.lists.filters import Filter
    from ewm.capture.lists.listing import Listing, Preset

WITHOUT, VIEW, OPTIONS = "without:", "view:", "options:"
MOST_WRITTEN = 2000
_WRITTEN: dict[tuple[Any, ...], Statement] = {}
"""Statements of views, by everything that their text and parameters depend on; never what they found."""


@dataclass(frozen=True)
class Reading:
    """One list as one request asks for it."""

    listing: Listing
    request: HttpRequest
    scene: Scene
    state: State

    @cached_property
    def records(self) -> QuerySet[Any]:
        """Everything that may be read here."""
        return self.listing.records(self.request)

    @cached_property
    def presets(self) -> Sequence[Preset]:
        """The views that everybody has."""
        return self.listing.presets(self.scene)

    def narrowed(self, filters: Mapping[str, Sequence[str]], without: str = "") -> QuerySet[Any]:
        """Return what filters leave of the records, one of them perhaps left out."""
        records = self.records
        for each in self.listing.filters:
            values = each.readable(filters.get(each.key, ())) if each.key != without else ()
            if values or each.always:
                records = each.narrow(records, values, self.scene)
        return records

    @cached_property
    def hits(self) -> QuerySet[Any]:
        """The records that the filters leave, in no order."""
        return self.narrowed(self.state.filters)

    @cached_property
    def ordered(self) -> QuerySet[Any]:
        """The hits in their order; records with the same value stand in the order in which they were made."""
        return self.in_order(self.hits)

    def numbers(self, views: Iterable[tuple[str, str]]) -> Numbers:
        """Count the hits, and the views (id and query string)."""
        asked = [Question(VIEW + name, self._written_view(query)) for name, query in views]
        return read_numbers(Hits(self.hits, self.listing.sums, {}), asked)

    def _written_view(self, query: str) -> Statement:
        """Return what finds the records of a view; it is written once for everybody who sees the same."""
        who, where = self.scene.reach, self.scene.focus
        sees = None if who.reads_everything else who.readable
        key = (self.listing.kind, sees, where.cluster, where.year, self.scene.today, asked_checks(), query)
        found = _WRITTEN.get(key)
        if found is None:
            if len(_WRITTEN) >= MOST_WRITTEN:
                _WRITTEN.clear()
            found = _WRITTEN[key] = written(self.narrowed(filters_of(query, self.listing.filter_of)))
        return found

    def option_numbers(self, filters: Sequence[Filter]) -> Numbers:
        """Count what each option of some filters would leave beside the other filters."""
        questions = list(self._chosen_options(filters))
        free = [each for each in filters if each.key not in self.state.filters]
        questions += [Question(OPTIONS + each.key, facet) for each in free if (facet := each.facet(FOUND))]
        values = {OPTIONS + each.key: value for each in free if (value := each.counted()) is not None}
        return read_numbers(Hits(self.hits, None, values), questions)

    def _chosen_options(self, filters: Sequence[Filter]) -> Iterator[Question]:
        """Yield what counts the options of filters in force: as if the filter were not."""
        for each in filters:
            if each.key in self.state.filters:
                others = self.narrowed(self.state.filters, without=each.key)
                value = each.counted()
                facet = Facet(others, value) if value is not None else each.facet(others.values("pk"))
                if facet is not None:
                    yield Question(OPTIONS + each.key, facet)

    def without_each(self) -> Numbers:
        """Count what would be found without each of the filters."""
        keys = [key for key in self.state.filters if key in self.listing.filter_of]
        asked = [Question(WITHOUT + key, self.narrowed(self.state.filters, without=key)) for key in keys]
        return read_numbers(None, asked)

    def rows(self, first: int, last: int) -> list[Any]:
        """Return the records from one place to before another, with their details.

        Only their keys are sorted; what is shown of them is read for them alone.
        """
        keys = self.ordered.values("pk")[first:last]
        found = self.listing.details(self.records.model.objects.filter(pk__in=keys), self.scene)
        return list(self.in_order(found))

    def all_rows(self) -> QuerySet[Any]:
        """Return every hit with its details, in order: for an export."""
        load = self.listing.export_details or self.listing.details
        return self.in_order(load(self.hits, self.scene))

    def in_order(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Sort records by a column's key, ``-`` before it for descending; empty values always come last."""
        sort = self.state.sort or self.listing.order
        column = self.listing.sortable[sort.removeprefix("-")]
        by: Any = column.order(self.scene) if column.order else F("pk")
        last = True if column.may_be_empty else None
        turned = by.desc(nulls_last=last) if sort.startswith("-") else by.asc(nulls_last=last)
        return records.order_by(turned, "pk")


def read_list(listing: Listing, request: HttpRequest) -> Reading:
    """Return the list that a request asks for."""
    chosen = focus(request)
    scene = Scene(reach(request), chosen, timezone.localdate(), read_labels(listing.taxonomies))
    place: Pairs = (("cluster", chosen.cluster), ("jahr", str(chosen.year))) if chosen.cluster else ()
    presets = listing.presets(scene)
    choices = Choices(listing.filter_of, listing.sortable, listing.table_columns)
    state = read_state(request.GET, choices, default=presets[0].query if presets else "", place=place)
    usual = {each.key for each in listing.table_columns.values() if each.shown}
    if set(state.columns) == usual:
        state = replace(state, columns=())
    return Reading(listing, request, scene, state)
