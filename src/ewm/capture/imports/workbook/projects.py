"""A row of the sheet of projects becomes the values of a project."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from ewm.capture.imports.workbook.known import plain
from ewm.capture.imports.workbook.parts import assignments, joined, whole_groups
from ewm.capture.periods import Period
from ewm.capture.projects.models import UNFUNDED
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.workbook.parts import Item
    from ewm.capture.imports.workbook.rows import SheetRow

_DAYS = ("support_start", "support_end", "official_start", "official_end")
_PLAIN = (
    "title", "description", "is_rdi", "project_volume", "project_volume_regional", "project_volume_estimated",
    "funding_volume", "funding_volume_regional", "funding_volume_estimated",
)  # fmt: skip
_FUNDING = {"granting_body": worded("Zur Förderung gehört, wer sie bewilligt. Bitte eintragen.")}
_SUPPORT = {
    "cluster": worded("Zu den Tagen gehört das Cluster. Bitte eintragen oder die Tage leeren."),
    "supporting_from": worded("Zum begleitenden Cluster gehört sein erster Tag. Bitte eintragen."),
}
_AMOUNT = worded("Zur Förderung gehört ihr Betrag; eine Schätzung genügt. Bitte eintragen.")
_NO_STATUS = worded(
    "Am Beginn der Begleitung steht kein Status. Bitte in die Spalte des Status, mit dem das Projekt begann, ein x "
    "oder diesen Tag schreiben."
)
_OTHER_DAY = gettext_noop(
    "Erfasst ist dieser Status ab %(days)s. Ein Import nimmt keinen Statuswechsel zurück. Bitte diese Tage mit in die "
    "Zelle schreiben, sie leeren oder den Wechsel auf der Seite des Projekts berichtigen."
)


def project_values(row: SheetRow, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of a project; parts with what is stored of a known one (empty: a new one)."""
    values: dict[str, Any] = {name: row.value(name) for name in (*_DAYS, *_PLAIN) if row.has(name)}
    days = period(values, stored, "support_start", "support_end")
    if row.has("funding_state"):
        values["funding_state"] = row.value("funding_state", days)
    if values.get("funding_state") == UNFUNDED and not row.has("funding_volume"):
        values["funding_volume"] = 0
    if row.starting("status_events") or not stored:
        values["status_events"] = _statuses(row, days, stored)
    if row.starting("funding"):
        given = _funding(row, days, values.get("funding_volume", stored.get("funding_volume")))
        values["funding"] = joined(stored.get("funding", ()), given, ("granting_body", "funds_origin", "programme"))
    if row.starting("supporting_clusters"):
        supports = whole_groups(row, "supporting_clusters", days, _SUPPORT).values()
        given = [{"supporting_to": None, **plain(each)} for each in supports]
        before = stored.get("supporting_clusters", ())
        values["supporting_clusters"] = joined(before, given, ("cluster", "supporting_from"))
    if row.starting("assignments"):
        values["assignments"] = assignments(row, days, stored.get("assignments", ()))
    return {name: plain(value) for name, value in values.items() if value is not None}


def period(values: Mapping[str, Any], stored: Mapping[str, Any], first: str, last: str) -> Period:
    """Return the days of a record: what the row says, else what is stored; an end before the beginning is open."""
    start, end = (_day(values.get(name) or stored.get(name)) for name in (first, last))
    return Period(start, end) if start is None or end is None or start <= end else Period(start)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _statuses(row: SheetRow, days: Period, stored: Mapping[str, Any]) -> list[Item]:
    """Return the statuses with those stored; tells where a filled column leaves out a day that is stored."""
    filled = row.starting("status_events")
    given: list[Item] = []
    for key in filled:
        status = key.partition(":")[2]
        told_days = {day.isoformat() for day in row.days(key, days.first)}
        given += [{"status_from": day, "status": status} for day in sorted(told_days)]
        before = {each["status_from"] for each in stored.get("status_events", ()) if each["status"] == status}
        if told_days and before - told_days:
            row.refuse(key, worded(_OTHER_DAY, days="; ".join(f"{_day(each):%d.%m.%Y}" for each in sorted(before))))
    told = {key.partition(":")[2] for key in filled}
    found = joined(stored.get("status_events", ()), given, ("status_from", "status"))
    first = days.first.isoformat() if days.first else None
    unread = any(each.field in told for each in row.problems)
    if not stored and first and not unread and all(each["status_from"] != first for each in found):
        row.refuse(next((key for key in row.places if key.startswith("status_events:")), "status_events"), _NO_STATUS)
    return sorted(found, key=lambda each: (each["status_from"], each["status"]))


def _funding(row: SheetRow, days: Period, whole: int | None) -> list[Item]:
    """Return the grants; of a single one the amount is the whole funding unless said otherwise."""
    found = whole_groups(row, "funding", days, _FUNDING)
    grants = []
    for number, each in found.items():
        amount = each.get("amount") or (whole if len(found) == 1 else None)
        if amount:
            origin = each.get("funds_origin") or each["granting_body"]
            grants.append(
                {"funds_origin": origin, "programme": None, **each, "amount": amount} | {"funds_origin": origin}
            )
        elif not row.has(f"funding:{number}:amount"):
            row.refuse(f"funding:{number}:amount", _AMOUNT)
    return grants
