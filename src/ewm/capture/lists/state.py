"""What a list shows, as it stands in the address: everything that makes it can be sent as a link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Pairs = tuple[tuple[str, str], ...]

SORT, PAGE, SIZE, COLUMNS, VIEW = "sortierung", "seite", "anzahl", "spalten", "ansicht"
EVERYTHING = "alle"
COUNT, MORE = "zaehlen", "mehr"
"""Which boxes of filters are opened, so that their options are counted; no part of what the list shows."""
SIZES = (10, 20, 50)
LONGEST_VALUE = 200
MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class State:
    """Values of filters by key; sorting (a column's key, ``-`` before it for descending); page, size and columns.

    ``place`` is the cluster and year of the address; it is no filter, the header chooses it.
    """

    filters: Mapping[str, tuple[str, ...]]
    place: Pairs = ()
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]
    columns: tuple[str, ...] = field(default=())

    def values(self, key: str) -> tuple[str, ...]:
        """Return what is chosen in a filter."""
        return self.filters.get(key, ())

    def having(self, key: str, values: Iterable[str]) -> State:
        """Return the first page with other values in one filter; no values take the filter away."""
        filters = {**self.filters, key: tuple(values)}
        return replace(self, filters={each: chosen for each, chosen in filters.items() if chosen}, page=1)

    def sorted_by(self, key: str) -> State:
        """Return the first page sorted by a column: ascending, descending if it was ascending."""
        return replace(self, sort=f"-{key}" if self.sort == key else key, page=1)

    @property
    def kept(self) -> str:
        """The query string that a saved view keeps: without place, page and size."""
        return urlencode(pairs_of(replace(self, place=(), page=1, size=SIZES[0])))

    @property
    def query(self) -> str:
        """The query string of this state, with its question mark."""
        return f"?{urlencode(pairs_of(self))}"

    @property
    def place_query(self) -> str:
        """The query string of the place alone."""
        return urlencode(self.place)

    @property
    def hidden(self) -> Pairs:
        """What a form must carry along beside the filters and columns that it shows itself."""
        size = str(self.size) if self.size != SIZES[0] else ""
        return tuple(
            (key, value) for key, value in (*self.place, (SORT, self.sort), (SIZE, size), (VIEW, EVERYTHING)) if value
        )


def pairs_of(state: State) -> list[tuple[str, str]]:
    """Return keys and values of an address."""
    pairs = [*state.place, *((key, value) for key, values in state.filters.items() for value in values)]
    if not state.filters:
        pairs.append((VIEW, EVERYTHING))
    pairs += [(SORT, state.sort)] if state.sort else []
    pairs += [(COLUMNS, key) for key in state.columns]
    pairs += [(SIZE, str(state.size))] if state.size != SIZES[0] else []
    pairs += [(PAGE, str(state.page))] if state.page != 1 else []
    return pairs


@dataclass(frozen=True, slots=True)
class Choices:
    """What can stand in an address: keys of filters, of columns to sort by, of columns to show."""

    filters: Collection[str]
    sortable: Collection[str]
    columns: Collection[str]


def read_state(query: Any, choices: Choices, *, default: str, place: Pairs) -> State:
    """Read a state from a query (a QueryDict); what nobody could have chosen is left out.

    Without filters and without ``ansicht`` it has the filters of the query string ``default``.
    """
    keys = choices.filters
    filters = {key: values for key in keys if (values := _clean(query.getlist(key)))}
    if not filters and VIEW not in query:
        filters = filters_of(default, keys)
    sort = query.get(SORT, "")
    return State(
        filters=filters,
        place=place,
        sort=sort if sort.removeprefix("-") in choices.sortable else "",
        page=_number(query.get(PAGE)) or 1,
        size=size if (size := _number(query.get(SIZE))) in SIZES else SIZES[0],
        columns=tuple(key for key in dict.fromkeys(query.getlist(COLUMNS)) if key in choices.columns),
    )


def filters_of(query: str, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the filters of a query string."""
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl(query):
        if key in keys:
            found.setdefault(key, []).append(value)
    return {key: _clean(values) for key, values in found.items()}


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    given = (value.replace("\0", "").strip()[:LONGEST_VALUE] for value in values)
    return tuple(dict.fromkeys(filter(None, given)))[:MOST_VALUES]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 7 else None
