"""What can be chosen in a control: its value, its words, whether it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ewm.capture.forms.fields import label_of
from ewm.capture.imports.profiles import FIELDS, ValueKind
from ewm.capture.imports.views.labels import label_of_field
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ewm.capture.imports.found import RecordKind
    from ewm.capture.imports.profiles import Field

YES, NO = "ja", "nein"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    chosen: bool = False


def options(pairs: Iterable[tuple[str, Any]], chosen: str) -> list[Option]:
    """Return choices, one of them chosen."""
    return [Option(value, str(label), value == chosen) for value, label in pairs]


@dataclass(frozen=True, slots=True)
class Default:
    """What holds for all rows in which no column says it."""

    name: str
    label: str
    value: str
    options: list[Option]
    tiles: bool
    needed: bool


SUGGESTED = (ValueKind.TERM, ValueKind.FLAG, ValueKind.DAY, ValueKind.COUNTRY)
"""Kinds of values that may be the same in all rows."""


def written(value: Any) -> str:
    """Return a default as its control sends it."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def defaults(kind: RecordKind, given: Mapping[str, Any]) -> Iterator[Default]:
    """Yield a control for each field that may hold for all rows."""
    fields = FIELDS[kind]
    terms = _terms({each.taxonomy for each in fields.values() if each.taxonomy})
    for field in fields.values():
        if field.kind in SUGGESTED or field.name in given:
            value = written(given.get(field.name))
            pairs = list(_pairs(field, fields, terms))
            if value and pairs and value not in {each for each, _label in pairs}:
                pairs.append((value, value))
            tiles = field.kind is ValueKind.FLAG
            yield Default(field.name, label_of_field(field.name), value, options(pairs, value), tiles, field.needed)


def _pairs(field: Field, fields: Mapping[str, Field], terms: Mapping[str, list[Term]]) -> Iterator[tuple[str, str]]:
    if field.kind is ValueKind.FLAG:
        yield from ((YES, _("Ja")), (NO, _("Nein")))
        if not field.needed:
            yield "", _("keine Angabe")
    elif field.kind is ValueKind.DAY:
        yield "", _("keine Angabe")
        for each in fields.values():
            if each.kind is ValueKind.DAY and each.name != field.name:
                yield f"{{{each.name}}}", _("wie „%(field)s“") % {"field": label_of_field(each.name)}
    elif field.taxonomy:
        yield "", _("keine Angabe")
        yield from ((term.term_id, label_of(term)) for term in terms.get(field.taxonomy, ()))


def _terms(taxonomies: set[str]) -> dict[str, list[Term]]:
    """Return the terms of each taxonomy that have none below them."""
    rows = list(Term.objects.filter(taxonomy__in=taxonomies).order_by("taxonomy", "position", "term_id"))
    above = {term.parent_id for term in rows}
    found: dict[str, list[Term]] = {}
    for term in rows:
        if term.term_id not in above:
            found.setdefault(term.taxonomy, []).append(term)
    return found
