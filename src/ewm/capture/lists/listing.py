"""What is special about one kind of list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from ewm.capture.lists.columns import Column, Scene
    from ewm.capture.lists.filters import Filter
    from ewm.capture.lists.labels import Labels


@dataclass(frozen=True, slots=True)
class Preset:
    """A view that everybody has: its name, and its filters and sorting as a query string."""

    name: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of one kind of record; ``kind`` is the name space of its addresses (``projects:list``).

    ``records``  everything that whoever asks may read; only this is ever listed, counted and exported
    ``details``  adds to a query set what columns, ``record_title`` and ``record_second`` read
    ``export_details``  the same for columns that only exports have
    ``sums``     columns of the money that the line above the table sums, and of whether it is estimated
    ``count``    the words for so many records: ``lambda n: ngettext("%(n)s Projekt", "%(n)s Projekte", n)``
    ``bring``    name of the view through which whoever may add records brings in whole lists of them
    ``above``    a template shown above the table, and what it is given: drafts, for example
    """

    kind: str
    title: _StrPromise
    records: Callable[[HttpRequest], QuerySet[Any]]
    details: Callable[[QuerySet[Any], Scene], QuerySet[Any]]
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    presets: Callable[[Scene], Sequence[Preset]]
    taxonomies: tuple[str, ...]
    order: str
    heading: _StrPromise
    count: Callable[[int], str]
    search: _StrPromise
    record_title: Callable[[Any], str]
    record_second: Callable[[Any, Labels], str] = lambda record, labels: ""  # noqa: ARG005
    record_question: Callable[[Any], bool] = lambda record: False  # noqa: ARG005
    export_details: Callable[[QuerySet[Any], Scene], QuerySet[Any]] | None = None
    sums: tuple[str, str] | None = None
    sum_name: _StrPromise | str = ""
    add: _StrPromise | str = ""
    may_add: Callable[[Scene], bool] = lambda scene: False  # noqa: ARG005
    bring: str = ""
    empty: _StrPromise | str = ""
    empty_text: _StrPromise | str = ""
    above: str = ""
    above_context: Callable[[HttpRequest], Mapping[str, Any]] = lambda request: {}  # noqa: ARG005

    @cached_property
    def filter_of(self) -> Mapping[str, Filter]:
        """The filters by key."""
        return {each.key: each for each in self.filters}

    @cached_property
    def column_of(self) -> Mapping[str, Column]:
        """The columns by key."""
        return {each.key: each for each in self.columns}

    @cached_property
    def sortable(self) -> Mapping[str, Column]:
        """The columns that the list can be sorted by."""
        return {each.key: each for each in self.columns if each.order is not None}

    @cached_property
    def table_columns(self) -> Mapping[str, Column]:
        """The columns that a page can show."""
        return {each.key: each for each in self.columns if each.in_table}

    def in_words(self, number: int) -> str:
        """So many records, with separated thousands."""
        return self.count(number) % {"n": number_format(number, force_grouping=True)}
