"""The list of published figures as a file: what a report printed, and the query on the results that must give it.

A list names its document, cluster and reporting year, its units (what one of them is in the results' units) and its
words: ``ranges`` bound a number, ``changes`` bound how far a number lies above another, as a part of that other.
``groups`` share chapter, page, caption and defaults; a figure states what differs. ``against`` is the figure's query
with what differs, unless it names an indicator of its own. Numbers with a decimal mark are written in quotes, fractions
as ``1/2``: nothing passes through binary fractions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from ewm.errors import ContentError
from ewm.indicators.world import likely, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Kind = Literal["exact", "rounded", "range", "order"]
Pick = Literal["sum", "largest", "cells"]

ANY = ("*",)
"""Every key that is given, as ``k1`` or ``k2`` of a query."""

_NUMBER = re.compile(r"-?\d+(\.\d+|/[1-9]\d*)?")
_LIST_KEYS = ("document", "cluster", "reporting_year", "units", "ranges", "changes", "groups")
_LIST_FURTHER = ("named_records", "outside_facts")
_GROUP_KEYS = ("chapter", "from_page", "caption", "figures")
_FIGURE_KEYS = ("id", "text", "check", "query")
_FIGURE_FURTHER = ("value", "unit", "decimals", "word", "against")
_QUERY_KEYS = ("indicator",)
_QUERY_FURTHER = ("population", "value", "level", "k1", "k2", "year", "pick", "per")
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "exact": ("value",),
    "rounded": ("value", "unit", "decimals"),
    "range": ("word",),
    "order": ("word", "against"),
}
_LIMITS = ("above", "at_least", "at_most", "below")
_MAY: Mapping[str, tuple[str, ...]] = {"exact": ("unit",), "rounded": (), "range": ("unit",), "order": ()}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits that a word of the report sets; one that is not given does not bind."""

    above: Fraction | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    below: Fraction | None = None

    def hold(self, number: Fraction, one: Fraction) -> bool:
        """Tell whether a number lies within the limits, each of them taken times ``one`` (not negative)."""
        return (
            (self.above is None or number > self.above * one)
            and (self.at_least is None or number >= self.at_least * one)
            and (self.at_most is None or number <= self.at_most * one)
            and (self.below is None or number < self.below * one)
        )


@dataclass(frozen=True, slots=True)
class Query:
    """Which cells of the results make a number: their sum, the largest of them, or how many are not zero.

    ``population`` is ``None`` for the only one that the indicator has. ``per`` divides the number, by another query's
    or by a plain one.
    """

    indicator: str
    year: int
    population: str | None = None
    value: str = "n"
    level: str = "total"
    k1: tuple[str, ...] = ()
    k2: tuple[str, ...] = ()
    pick: Pick = "sum"
    per: Query | Fraction | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The words of the level; none for the total."""
        return () if self.level == "total" else tuple(self.level.split(" > "))


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure: where it stands, what it says, and how it is checked.

    ``value`` is given in ``unit`` (a name of the list's units); ``word`` names a range, or a change for an order.
    """

    id: str
    chapter: str
    from_page: int
    caption: str
    text: str
    check: Kind
    query: Query
    value: Fraction | None = None
    unit: str | None = None
    decimals: int = 0
    word: str | None = None
    against: Query | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """All figures that one report printed about one cluster and year."""

    name: str
    document: str
    cluster: str
    reporting_year: int
    units: Mapping[str, Fraction]
    ranges: Mapping[str, Bounds]
    changes: Mapping[str, Bounds]
    figures: tuple[Figure, ...]


class _Reader:
    """Reads one list; what does not fit is noted with its place and refused at the end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[str] = []

    def wrong(self, place: str, message: str) -> None:
        self.problems.append(f"{self.name}, {place}: {message}")

    def mapping(self, given: object, place: str, needed: Iterable[str], further: Iterable[str] = ()) -> dict[str, Any]:
        """Return a mapping that has all ``needed`` keys and none but those and ``further``."""
        if not isinstance(given, dict):
            self.wrong(place, "Hier werden Angaben der Form Schlüssel: Wert erwartet.")
            return {}
        known = (*needed, *further)
        for key in given:
            if key not in known:
                self.wrong(place, f"Die Angabe „{key}“ ist nicht vorgesehen.{likely(str(key), known)}")
        for key in needed:
            if given.get(key) is None:
                self.wrong(place, f"Die Angabe „{key}“ fehlt. Bitte ergänzen.")
        return given

    def number(self, given: object, place: str) -> Fraction:
        """Return a number exactly; one that YAML took for a binary fraction is refused."""
        if isinstance(given, int) and not isinstance(given, bool):
            return Fraction(given)
        if isinstance(given, str) and _NUMBER.fullmatch(given):
            return Fraction(given)
        self.wrong(place, f'„{given}“ ist keine Zahl. Bitte ganz, als "17.6" in Anführungszeichen oder als 1/2.')
        return Fraction(0)

    def whole(self, given: object, place: str) -> int:
        """Return a whole number from zero on."""
        if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
            return given
        self.wrong(place, f"„{given}“ ist keine ganze Zahl ab 0.")
        return 0

    def bounds(self, given: object, place: str) -> Bounds:
        limits = self.mapping(given, place, (), _LIMITS)
        if not limits:
            self.wrong(place, "Das Wort setzt keine Grenze.")
        return Bounds(**{str(key): self.number(value, place) for key, value in limits.items() if key in _LIMITS})

    def named(self, given: object, place: str) -> dict[str, Any]:
        """Return a mapping from names to anything."""
        if isinstance(given, dict):
            return {str(key): value for key, value in given.items()}
        self.wrong(place, "Hier werden Angaben der Form Schlüssel: Wert erwartet.")
        return {}

    def one_of(self, given: object, place: str, known: Iterable[str]) -> str | None:
        """Return a text that is among the known ones."""
        listed = list(known)
        if isinstance(given, str) and given in listed:
            return given
        self.wrong(place, f"„{given}“ ist nicht bekannt.{likely(str(given), listed)} Möglich: {', '.join(listed)}.")
        return None


def _keys(given: object) -> tuple[str, ...]:
    return tuple(str(key) for key in given) if isinstance(given, list) else (str(given),) if given is not None else ()


def _query(reader: _Reader, given: object, place: str, year: int) -> Query:
    entry = reader.mapping(given, place, _QUERY_KEYS, _QUERY_FURTHER)
    pick = reader.one_of(entry.get("pick", "sum"), place, get_args(Pick))
    query = Query(
        indicator=str(entry.get("indicator")),
        year=reader.whole(entry.get("year", year), place),
        population=entry.get("population"),
        value=str(entry.get("value", "n")),
        level=str(entry.get("level", "total")),
        k1=_keys(entry.get("k1")),
        k2=_keys(entry.get("k2")),
        pick=cast("Pick", pick or "sum"),
    )
    if bool(query.k1) != (len(query.path) > 0) or bool(query.k2) != (len(query.path) > 1):
        reader.wrong(
            place, f"Die Stufe „{query.level}“ braucht {len(query.path)} Schlüssel (k1, k2); „*“ steht für alle."
        )
    return replace(query, per=_per(reader, entry.get("per"), f"{place}, per", query))


def _per(reader: _Reader, given: object, place: str, query: Query) -> Query | Fraction | None:
    """Return what a query is divided by: a query, a number, or for ``total`` its own value without breakdown."""
    if given is None:
        return None
    if given == "total":
        return replace(query, level="total", k1=(), k2=(), pick="sum")
    if isinstance(given, dict):
        return _query(reader, given, place, query.year)
    divisor = reader.number(given, place)
    if not divisor:
        reader.wrong(place, "Durch 0 lässt sich nicht teilen.")
    return divisor


def _against(reader: _Reader, entry: dict[str, Any], place: str, year: int) -> Query | None:
    given = entry.get("against")
    if given is None:
        return None
    if isinstance(given, dict) and isinstance(entry.get("query"), dict) and "indicator" not in given:
        given = {**entry["query"], **given}
    return _query(reader, given, f"{place}, against", year)


def _merged(defaults: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entry over its group's defaults; a query is merged key by key."""
    merged = {**defaults, **entry}
    if isinstance(defaults.get("query"), dict) and isinstance(entry.get("query"), dict):
        merged["query"] = {**defaults["query"], **entry["query"]}
    return merged


def _figure(reader: _Reader, given: object, group: dict[str, Any], head: Published) -> Figure | None:
    place = f"Zahl {given.get('id')}" if isinstance(given, dict) else f"Kap. {group.get('chapter')}"
    merged = _merged(group.get("defaults", {}), given) if isinstance(given, dict) else given
    entry = reader.mapping(merged, place, _FIGURE_KEYS, _FIGURE_FURTHER)
    kind = reader.one_of(entry.get("check"), place, get_args(Kind))
    if kind is None:
        return None
    _check_form(reader, entry, place, kind, head)
    return Figure(
        id=str(entry.get("id")),
        chapter=str(group.get("chapter")),
        from_page=reader.whole(group.get("from_page"), place),
        caption=str(group.get("caption")),
        text=str(entry.get("text")),
        check=cast("Kind", kind),
        query=_query(reader, entry.get("query"), place, head.reporting_year),
        value=reader.number(entry["value"], place) if "value" in entry else None,
        unit=entry.get("unit"),
        decimals=reader.whole(entry.get("decimals", 0), place),
        word=entry.get("word"),
        against=_against(reader, entry, place, head.reporting_year),
    )


def _check_form(reader: _Reader, entry: dict[str, Any], place: str, kind: str, head: Published) -> None:
    """Note what a kind of check lacks or does not need, and words and units that the list does not know."""
    stated = [key for key in _FIGURE_FURTHER if key in entry]
    for key in _NEEDS[kind]:
        if key not in stated:
            reader.wrong(place, f"Zur Prüfung „{kind}“ gehört die Angabe „{key}“. Bitte ergänzen.")
    for key in stated:
        if key not in (*_NEEDS[kind], *_MAY[kind]):
            reader.wrong(place, f"Zur Prüfung „{kind}“ gehört die Angabe „{key}“ nicht. Bitte streichen.")
    if "word" in stated:
        reader.one_of(entry["word"], place, head.changes if kind == "order" else head.ranges)
    if "unit" in stated:
        reader.one_of(entry["unit"], place, head.units)


def _figures(reader: _Reader, given: object, head: Published) -> Iterator[Figure]:
    """Yield the figures of all groups; a group whose form is wrong is noted and left out."""
    for number, each in enumerate(given if isinstance(given, list) else [], start=1):
        place = f"Gruppe {number}"
        group = reader.mapping(each, place, _GROUP_KEYS, ("defaults",))
        listed = group.get("figures")
        if not isinstance(listed, list) or not isinstance(group.get("defaults", {}), dict):
            reader.wrong(place, "figures ist eine Liste, defaults sind Angaben der Form Schlüssel: Wert.")
            continue
        for entry in listed:
            if (figure := _figure(reader, entry, group, head)) is not None:
                yield figure


def _head(reader: _Reader, given: dict[str, Any], name: str) -> Published:
    named = {key: reader.named(given.get(key), key) for key in ("units", "ranges", "changes")}
    units = {unit: reader.number(value, f"Einheit {unit}") for unit, value in named["units"].items()}
    for unit, size in units.items():
        if size <= 0:
            reader.wrong(f"Einheit {unit}", "Eine Einheit ist größer als 0.")
    return Published(
        name=name,
        document=str(given.get("document")),
        cluster=str(given.get("cluster")),
        reporting_year=reader.whole(given.get("reporting_year"), "Kopf"),
        units=units,
        ranges={word: reader.bounds(value, f"Wort {word}") for word, value in named["ranges"].items()},
        changes={word: reader.bounds(value, f"Wort {word}") for word, value in named["changes"].items()},
        figures=(),
    )


def load_published(path: Path) -> Published:
    """Read a list of published figures; raises ContentError listing everything that does not fit, with its place."""
    if not path.is_file():
        raise ContentError(f"Die Liste der veröffentlichten Zahlen fehlt: {path.name}")
    reader = _Reader(path.name)
    given = reader.mapping(read_yaml(path), "Kopf", _LIST_KEYS, _LIST_FURTHER)
    head = _head(reader, given, path.name)
    figures = tuple(_figures(reader, given.get("groups"), head))
    for figure_id, times in Counter(figure.id for figure in figures).items():
        if times > 1:
            reader.wrong(f"Zahl {figure_id}", "Diese Kennung kommt mehrfach vor.")
    if reader.problems:
        raise ContentError("\n".join(reader.problems))
    return replace(head, figures=figures)
