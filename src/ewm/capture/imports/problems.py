"""Refusals of rules as problems of a file: at the row, and the column, where the value stands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.capture.forms.reading import written_cents, written_day
from ewm.capture.imports.found import Problem, problem_as_json
from ewm.capture.imports.reading.whole import place_of
from ewm.capture.timeline.labels import CENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.errors import Refusal

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FILLED_BY = {
    "status_from": ("status_from", "status", "support_start"),
    "status": ("status",),
    "term": ("terms",),
    "funding_volume": ("funding_volume", "cofinancing"),
    "amount": ("funding_volume", "cofinancing"),
    "role": ("partner_role",),
    "actor": ("partner_name",),
    "scheme": ("partner_identifier", "identifier"),
    "identifier": ("identifier", "partner_identifier"),
    "name": ("name", "partner_name"),
    "actor_type": ("actor_type", "partner_type"),
    "country": ("country", "partner_country", "partner_seat", "seat"),
    "land": ("land", "partner_land", "partner_seat", "seat"),
    "district": ("district", "partner_district", "partner_seat", "seat"),
    "municipality": ("municipality", "partner_municipality", "partner_seat", "seat"),
    "size_class": ("size_class", "partner_size_class"),
    "size_from": ("size_from",),
    "cluster": ("cluster", "own_cluster"),
}
"""In which fields of a profile the value of a refused field may stand, where it is not the one of its name."""


def problem(field: str, message: str, *, row: int, columns: Mapping[str, str], value: Any = "") -> dict[str, Any]:
    """Return a problem as an item keeps it; ``columns``: where the fields of the profile stand (``C, Beginn``).

    In our own workbook the row says the sheet, and the field is called ``Projekte/title``.
    """
    sheet = place_of(row)[0]
    fields = (field, *_FILLED_BY.get(field, ()))
    named = (columns.get(f"{sheet}/{each}" if sheet else each, "") for each in fields)
    return problem_as_json(Problem(row, next(filter(None, named), ""), value, message, field))


def problems_of(
    refusals: Iterable[Refusal], *, row: int, columns: Mapping[str, str], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the refusals of one record as problems, each sentence once."""
    found = {}
    for each in refusals:
        value = _written(each.field, values.get(each.field))
        found[each.field, each.message] = problem(each.field, each.message, row=row, columns=columns, value=value)
    return list(found.values())


def _written(field: str, value: Any) -> str:
    """Return a value as people type it, so that it can be corrected; nothing for what no single cell says."""
    if isinstance(value, int) and not isinstance(value, bool) and field in CENTS:
        return written_cents(value)
    if not isinstance(value, str):
        return ""
    return written_day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
