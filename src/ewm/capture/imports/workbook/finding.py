"""The records of our own workbook: actors first, then the projects and activities that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from ewm.capture.actors.similar import folded
from ewm.capture.imports.finding.keys import key_of, told_apart
from ewm.capture.imports.found import Found, RecordKind
from ewm.capture.imports.profiles.headers import shown
from ewm.capture.imports.workbook.activities import activity_values
from ewm.capture.imports.workbook.actors import actor_values, as_found_actor
from ewm.capture.imports.workbook.examples import TITLE
from ewm.capture.imports.workbook.guide import EXAMPLE
from ewm.capture.imports.workbook.known import read_known
from ewm.capture.imports.workbook.layout import SHEETS
from ewm.capture.imports.workbook.parts import partners
from ewm.capture.imports.workbook.projects import project_values
from ewm.capture.imports.workbook.sheets import sheets_in
from ewm.capture.imports.workbook.words import read_words
from ewm.capture.periods import Period
from ewm.capture.taxonomies.rules import ACTION_FIELD
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.imports.found import FoundPartner
    from ewm.capture.imports.reading import Table
    from ewm.capture.imports.workbook.known import Known
    from ewm.capture.imports.workbook.rows import SheetRow
    from ewm.capture.imports.workbook.sheets import Sheet

SOURCE = "ewm"
"""Where records of our own files come from; the key of a known one is its code."""
_LEFT_OUT = gettext_noop("Beispielzeile der Vorlage.")
_FOREIGN = gettext_noop("Der Eintrag gehört zu einem anderen Cluster, und die Zeile ändert nichts.")
_NOT_EMPTIED = worded(
    "Die Zeile ist als „%(mark)s“ gekennzeichnet, sagt aber etwas Eigenes. Bitte die Kennung leeren, dann zählt sie, "
    "oder die Zeile löschen.",
    mark=EXAMPLE,
)
_ORDER = (RecordKind.ACTORS, RecordKind.PROJECTS, RecordKind.ACTIVITIES)
_MAIN_FIELD = f"assignments:{ACTION_FIELD}:1"
_FIRST_DAY = {RecordKind.PROJECTS: "support_start", RecordKind.ACTIVITIES: "activity_start"}


def find_in_workbook(
    table: Table, *, cluster: str, corrections: Mapping[tuple[int, int], str] | None = None
) -> list[Found]:
    """Return the records of all sheets, examples among them as left out; every row below a header is in one.

    ``corrections``: other texts for cells, by number of the row (``reading.whole``) and of the column.
    """
    words = read_words(cluster)
    sheets = sheets_in(table, words, corrections or {})
    known = read_known(words, cluster, {kind: _codes(sheet) for kind, sheet in sheets.items()})
    return [found for kind in _ORDER if kind in sheets for found in records_of(kind, sheets[kind].rows, known)]


def columns_in_workbook(table: Table, cluster: str) -> dict[str, str]:
    """Return where the fields of each sheet stand: ``Projekte/title`` in ``B, Titel``.

    Raises UnreadableFileError with sheet, row and column where a sheet does not have the columns of the template.
    """
    found: dict[str, str] = {}
    for kind, sheet in sheets_in(table, read_words(cluster), {}).items():
        for key, place in sheet.places.items():
            for name in _fields(key):
                found.setdefault(f"{SHEETS[kind]}/{name}", place)
    return found


def _fields(key: str) -> tuple[str, ...]:
    """Return the fields of an entry that a column speaks of."""
    part, _, rest = key.partition(":")
    named = {
        "status_events": ("status_from", "status"),
        "participations": ("actor", "role", "partner_code", "partner_name"),
        "assignments": ("term", "is_main"),
        "identifiers": ("identifier", "scheme"),
    }
    return named.get(part, (rest.rpartition(":")[2],)) if rest else (part,)


def _codes(sheet: Sheet) -> set[str]:
    return {row.cells["code"].text for row in sheet.rows if row.has("code")}


def records_of(kind: RecordKind, rows: Sequence[SheetRow], known: Known, source: str = SOURCE) -> list[Found]:
    """Return the records of the rows of one kind; actors are remembered for the rows that name them."""
    found = [_record(kind, row, known) for row in rows]
    keys = told_apart(each.key for each in found)
    return [
        Found(
            kind, source, key, each.values, each.partners, (each.row.number,), tuple(each.row.problems), each.left_out
        )
        for key, each in zip(keys, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Record:
    row: SheetRow
    key: str
    values: dict[str, Any]
    partners: tuple[FoundPartner, ...] = ()
    left_out: str = ""


def _record(kind: RecordKind, row: SheetRow, known: Known) -> _Record:
    code = row.cells["code"].text if row.has("code") else ""
    name = "name" if kind is RecordKind.ACTORS else "title"
    if folded(code) == folded(EXAMPLE):
        title = row.cells[name].text if row.has(name) else ""
        if title and not title.startswith(TITLE):
            row.refuse("code", _NOT_EMPTIED)
            return _Record(row, key_of(kind, title), {name: title})
        return _Record(row, key_of(kind, EXAMPLE, title), {name: title}, left_out=_LEFT_OUT)
    if set(row.cells) == {"code"} and not row.problems and _is_foreign(known.stored[kind].get(code, {}), known):
        return _Record(row, code, {"code": code}, left_out=_FOREIGN)
    stored = _stored(kind, code, row, known)
    values = _values(kind, row, stored, known)
    if not stored:
        _refuse_missing(row, values.get(_FIRST_DAY.get(kind, "")))
    if code:
        values["code"] = code
    if kind is RecordKind.ACTORS:
        actor = as_found_actor(values, code if stored else "")
        known.own.setdefault(folded(actor.name), actor)
    taking_part = () if kind is RecordKind.ACTORS else tuple(partners(row, known))
    title, first = str(values.get(name, "")), values.get(_FIRST_DAY.get(kind, ""))
    return _Record(row, code or key_of(kind, title, first), values, taking_part)


def _values(kind: RecordKind, row: SheetRow, stored: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if kind is RecordKind.PROJECTS:
        return project_values(row, stored)
    if kind is RecordKind.ACTIVITIES:
        return activity_values(row, stored)
    return actor_values(row, stored, known)


def _is_foreign(stored: Mapping[str, Any], known: Known) -> bool:
    return bool(stored.get("cluster", known.cluster) != known.cluster)


def _stored(kind: RecordKind, code: str, row: SheetRow, known: Known) -> Mapping[str, Any]:
    """Return what is stored under a code; tells where there is nothing, or nothing that this import may change."""
    if not code:
        return {}
    stored = known.stored[kind].get(code, {})
    if not stored:
        row.refuse(
            "code",
            worded(
                "Die Kennung „%(code)s“ gibt es nicht. Bitte berichtigen, bei neuen Einträgen leeren.", code=shown(code)
            ),
        )
    elif stored["withdrawn"]:
        row.refuse(
            "code",
            worded("„%(code)s“ ist zurückgezogen. Bitte zuerst wieder aufnehmen oder die Zeile löschen.", code=code),
        )
    elif _is_foreign(stored, known):
        row.refuse(
            "code",
            worded(
                "„%(code)s“ gehört zu einem anderen Cluster. Bitte dort einlesen oder die Zeile löschen.", code=code
            ),
        )
    return stored


def _refuse_missing(row: SheetRow, first_day: str | None) -> None:
    """Tell what a new record needs and the row does not say; an action field only where the cluster has one then."""
    days = Period.day(date.fromisoformat(first_day)) if first_day else Period()
    for key, header in row.needed.items():
        if not row.has(key) and (key != _MAIN_FIELD or row.words.on_offer(ACTION_FIELD, days)):
            row.refuse(key, worded("„%(field)s“ fehlt; das braucht jeder neue Eintrag. Bitte eintragen.", field=header))
