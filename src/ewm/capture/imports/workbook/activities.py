"""A row of the sheet of activities becomes the values of an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.imports.workbook.known import plain
from ewm.capture.imports.workbook.parts import assignments
from ewm.capture.imports.workbook.projects import period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.workbook.rows import SheetRow

_PLAIN = ("title", "description", "activity_start", "activity_end", "is_standard", "is_lead")
_TERMS = ("activity_kind", "activity_format")


def activity_values(row: SheetRow, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of an activity; assignments with those stored of a known one (empty: a new one)."""
    values: dict[str, Any] = {name: row.value(name) for name in _PLAIN if row.has(name)}
    days = period(values, stored, "activity_start", "activity_end")
    values |= {name: row.value(name, days) for name in _TERMS if row.has(name)}
    if row.starting("assignments"):
        values["assignments"] = assignments(row, days, stored.get("assignments", ()))
    return {name: plain(value) for name, value in values.items() if value is not None}
