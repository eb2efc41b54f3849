"""Values of entries as people read them: labels of terms, names of actors, euros, dates, whole rows of parts."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ewm.capture.days import shown_day
from ewm.capture.entries import Item, stored_fields
from ewm.capture.forms.fields import label_column
from ewm.capture.shapes import target_of
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.timeline.labels import CENTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Part, Shape

_NBSP = "\u00a0"
_FROM, _TO = gettext_lazy("ab %(day)s"), gettext_lazy("bis %(day)s")
# In a row of a part, days come last and marks are said by their word.
_DATED = {
    **dict.fromkeys(("status_from", "size_from", "supporting_from", "member_from"), _FROM),
    **dict.fromkeys(("supporting_to", "member_to"), _TO),
}
_MARKS = {"is_main": gettext_lazy("Hauptzuordnung")}


def written_euros(cents: int) -> str:
    """Return an amount with its unit, cents only where there are any: ``760.000 Euro``."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{'-' if cents < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    if not (get_language() or "").startswith("en"):
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text}{_NBSP}Euro"


class Words:
    """Words for the values of entries of one shape; names are read once for all entries given."""

    def __init__(self, shape: Shape[Any], entries: Iterable[Item], labels: Mapping[str, Any] | None = None) -> None:
        self._shape, self._labels = shape, {**FIELDS, **(labels or {})}
        self._names = _names(shape, entries)

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        label = label_column()
        clusters = Cluster.objects.order_by().values_list("cluster_id", label)
        return dict(Term.objects.order_by().values_list("term_id", label).union(clusters, all=True))

    def label(self, field: str) -> str:
        """Return what a field or a part is called."""
        return str(self._labels.get(field) or getattr(self._shape.model._meta.get_field(field), "verbose_name", field))

    def is_text(self, field: str) -> bool:
        """Tell whether a field holds text that people write, so that a change may be shown word by word."""
        each = self._shape.model._meta.get_field(field)
        return not each.is_relation and each.get_internal_type() in ("CharField", "TextField")

    def of(self, field: str, value: Any) -> str:
        """Return a value in words: of a field, or of the rows of a part."""
        part = next((part for part in self._shape.parts if part.name == field), None)
        if part is None:
            return self._value(self._shape.model, field, value)
        return "; ".join(self.row(part, item) for item in value) if value else _("nicht eingetragen")

    def row(self, part: Part, item: Item) -> str:
        """Return one row of a part: ``bewilligt ab 12.11.2020``, ``Werk GmbH, Partner``."""
        names = [*part.key, *(name for name in stored_fields(type(item)) if name not in part.key)]
        given = {name: value for name in names if (value := getattr(item, name)) not in (None, False)}
        said = [self._said(part.model, name, value) for name, value in given.items() if name not in _DATED]
        days = [str(_DATED[name]) % {"day": shown_day(given[name])} for name in names if name in _DATED.keys() & given]
        return " ".join([", ".join(said), *days])

    def _said(self, model: type[Versioned], name: str, value: Any) -> str:
        return str(_MARKS[name]) if value is True and name in _MARKS else self._value(model, name, value)

    def _value(self, model: type[Versioned], name: str, value: Any) -> str:
        if value is None or value == "":
            return _("keine Angabe")
        if isinstance(value, bool):
            return _("ja") if value else _("nein")
        if isinstance(value, date):
            return shown_day(value)
        if name in CENTS:
            return written_euros(value)
        if target_of(model, name):
            return self._names.get(value, str(value))
        is_term = model._meta.get_field(name).is_relation
        return self._terms.get(value, str(value)) if is_term else str(value)


def _names(shape: Shape[Any], entries: Iterable[Item]) -> dict[str, str]:
    """Names of the records that entries refer to by code: one query for each kind of record."""
    wanted: dict[type[Versioned], set[str]] = {}
    for entry in entries:
        for model, names, items in _referring(shape, entry):
            for name in names:
                wanted.setdefault(target_of(model, name), set()).update(getattr(item, name) or "" for item in items)  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for target, codes in wanted.items():
        found |= {row.code: str(row) for row in target.objects.filter(code__in=codes - {""})}
    return found


def _referring(shape: Shape[Any], entry: Item) -> Iterable[tuple[type[Versioned], list[str], list[Item]]]:
    yield shape.model, [name for name in shape.columns if target_of(shape.model, name)], [entry]
    for part in shape.parts:
        names = [name for name in stored_fields(part.item) if target_of(part.model, name)]
        if names:
            yield part.model, names, list(getattr(entry, part.name))
