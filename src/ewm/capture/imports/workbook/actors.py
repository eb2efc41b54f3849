"""A row of the sheet of actors becomes the values of an actor, and somebody whom other rows name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.actors.identifiers import as_registered
from ewm.capture.actors.models import GERMANY
from ewm.capture.imports.found import FoundActor
from ewm.capture.imports.workbook.known import plain
from ewm.capture.imports.workbook.parts import joined, whole_groups
from ewm.capture.periods import Period
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.workbook.known import Known
    from ewm.capture.imports.workbook.rows import SheetRow

_PLAIN = ("name", "actor_type", "country", "land", "district", "municipality")
_MEMBER = {
    "cluster": "Zu den Tagen gehört das Cluster. Bitte eintragen oder die Tage leeren.",
    "member_from": "Zum eigenen Cluster gehört der erste Tag. Bitte eintragen.",
}
_LAND_LENGTH = 2


def actor_values(row: SheetRow, stored: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return what a row says of an actor; parts with what is stored of a known one (empty: a new one)."""
    values: dict[str, Any] = {name: row.value(name) for name in _PLAIN if row.has(name)}
    if not stored:
        values.setdefault("country", GERMANY)
    if values.get("district") and not row.has("land"):
        values["land"] = values["district"][:_LAND_LENGTH]
    if row.has("parent"):
        values["parent"] = _parent(row, known)
    if row.starting("sizes"):
        values["sizes"] = joined(stored.get("sizes", ()), _sizes(row), ("size_from",))
    if row.starting("clusters"):
        given = whole_groups(row, "clusters", Period(), _MEMBER).values()
        members = [{"member_to": None, **plain(each)} for each in given]
        values["clusters"] = joined(stored.get("clusters", ()), members, ("cluster", "member_from"))
    if row.starting("identifiers"):
        values["identifiers"] = _identifiers(row, stored)
    return {name: plain(value) for name, value in values.items() if value is not None}


def as_found_actor(values: Mapping[str, Any], code: str) -> FoundActor:
    """Return the actor of a row as other rows of the file mean it."""
    sizes = values.get("sizes") or [{}]
    return FoundActor(
        name=str(values.get("name", "")),
        **{name: values.get(name) for name in _PLAIN[1:]},
        size_class=sizes[-1].get("size_class"),
        identifiers=tuple((each["scheme"], each["identifier"]) for each in values.get("identifiers", ())),
        code=code,
    )


def _parent(row: SheetRow, known: Known) -> dict[str, str]:
    """Return what stands above by code, else by name: it is matched like any other, also with a row of this file."""
    text = row.cells["parent"].text
    return {"code": text} if text in known.codes else {"name": text}


def _sizes(row: SheetRow) -> list[dict[str, Any]]:
    size, since = row.value("sizes:size_class"), row.value("sizes:size_from")
    if not row.has("sizes:size_from"):
        row.refuse("sizes:size_from", worded("Zur Größe gehört der Tag, ab dem sie gilt. Bitte eintragen."))
    if not row.has("sizes:size_class"):
        row.refuse("sizes:size_class", worded("Zum Tag gehört die Größe. Bitte eintragen oder den Tag leeren."))
    return [{"size_class": size, "size_from": plain(since)}] if size and since else []


def _identifiers(row: SheetRow, stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the identifiers: a filled column says what its register knows."""
    given = [
        {"scheme": key.partition(":")[2], "identifier": as_registered(key.partition(":")[2], text)}
        for key in row.starting("identifiers")
        if (text := row.value(key))
    ]
    told = {each["scheme"] for each in given}
    return [*(each for each in stored.get("identifiers", ()) if each["scheme"] not in told), *given]
