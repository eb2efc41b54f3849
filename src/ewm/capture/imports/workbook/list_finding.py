"""The records of an exported list that somebody edited: only what differs from what the list would show now.

An export that nobody touched changes nothing when it comes back. What a list shows but does not hold (a status of
today, a sum, who grants) cannot be changed in it: the message says where.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from ewm.capture.imports.found import Found, FoundPartner, RecordKind
from ewm.capture.imports.profiles.headers import header_key, shown
from ewm.capture.imports.reading.sheet_scan import column_letters
from ewm.capture.imports.workbook.columns import SINCE_START
from ewm.capture.imports.workbook.finding import SOURCE, records_of
from ewm.capture.imports.workbook.known import read_known
from ewm.capture.imports.workbook.layout import columns_of
from ewm.capture.imports.workbook.list_columns import BY_KIND, COMPUTED, FIELDS, elsewhere, gone_out, older
from ewm.capture.imports.workbook.own_lists import CODE, NOTE, columns_by_header, exported_now
from ewm.capture.imports.workbook.rows import Given, SheetRow
from ewm.capture.imports.workbook.words import UnknownWordError, read_words
from ewm.capture.lists.cells import restored
from ewm.capture.periods import Period
from ewm.capture.served import form_values
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.capture.imports.reading import Row, Table
    from ewm.capture.imports.workbook.columns import Column
    from ewm.capture.imports.workbook.known import Known
    from ewm.capture.imports.workbook.own_lists import Exported

_NOTES = gettext_noop("Eine Zeile darüber, woher der Export stammt.")


def find_in_list(
    table: Table, kind: RecordKind, *, cluster: str, corrections: Mapping[tuple[int, int], str] | None = None
) -> list[Found]:
    """Return the records of an exported list; every row below the header is in one of them.

    Notes at the end are left out. ``corrections``: other texts for cells, by number of the row and of the column.
    """
    words = read_words(cluster)
    reader = _Reader.of(table, kind, corrections or {})
    rows = [row for row in table.rows[1:] if not _is_note(row)]
    codes = {code for row in rows if (code := reader.code(row))}
    known = read_known(words, cluster, {kind: codes})
    now = exported_now(kind, codes)
    read = [reader.row(row, known, now) for row in rows]
    notes = [
        Found(kind, SOURCE, f"{NOTE}{row.number}", {}, rows=(row.number,), left_out=_NOTES)
        for row in table.rows[1:]
        if _is_note(row)
    ]
    found = records_of(kind, [row for row, _ in read], known)
    taking_part = [partners for _, partners in read]
    return [
        *(_with_partners(each, partners) for each, partners in zip(found, taking_part, strict=True)),
        *notes,
    ]


def _is_note(row: Row) -> bool:
    return shown(row.cells[0]).startswith(NOTE) if row.cells else False


def _with_partners(found: Found, partners: Sequence[FoundPartner]) -> Found:
    return replace(found, partners=tuple(partners))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of one list: ``keys`` and ``places`` by index of the column."""

    kind: RecordKind
    keys: Mapping[int, str]
    places: Mapping[int, str]
    corrections: Mapping[tuple[int, int], str]

    @classmethod
    def of(cls, table: Table, kind: RecordKind, corrections: Mapping[tuple[int, int], str]) -> _Reader:
        known = columns_by_header(kind)
        keys: dict[int, str] = {}
        places: dict[int, str] = {}
        for index, cell in enumerate(table.rows[0].cells):
            header = restored(shown(cell))
            if (column := known.get(header_key(header))) and column.key not in keys.values():
                keys[index], places[index] = column.key, f"{column_letters(index + 1)}, {header}"
        return cls(kind, keys, places, corrections)

    def cells(self, row: Row) -> Iterator[tuple[int, str, object]]:
        """Yield index, key and value of the cells that say something."""
        for index, key in self.keys.items():
            value: object = row.cells[index] if index < len(row.cells) else None
            corrected = self.corrections.get((row.number, index))
            value = value if corrected is None else corrected.strip() or None
            if value is not None:
                yield index, key, restored(value) if isinstance(value, str) else value

    def code(self, row: Row) -> str:
        """Return the code of a row, empty for a new record."""
        return next((shown(value) for _, key, value in self.cells(row) if key == CODE), "")

    def row(self, row: Row, known: Known, now: Exported) -> tuple[SheetRow, list[FoundPartner]]:
        """Return the cells that differ as a row of the workbook, and who takes part beyond those stored."""
        columns = {each.key: each for each in columns_of(self.kind, known.words, Period())}
        fields = FIELDS | BY_KIND[self.kind]
        code = self.code(row)
        changed = [
            (index, key, value)
            for index, key, value in self.cells(row)
            if key not in COMPUTED and (key == CODE or not now.says(code, key, value))
        ]
        cells = {
            fields[key]: Given(columns[fields[key]], self.places[index], value)
            for index, key, value in changed
            if key in fields
        }
        places = {fields[key]: self.places[index] for index, key in self.keys.items() if key in fields}
        places |= {key: self.places[index] for index, key in self.keys.items() if key not in fields}
        needed = {each.key: each.header for each in columns.values() if each.needed}
        found = SheetRow(row.number, cells, {**dict.fromkeys(columns, ""), **places},
                         known.words, needed)  # fmt: skip
        partners: list[FoundPartner] = []
        others = {key: value for _, key, value in changed if key not in fields}
        for key, value in others.items():
            if key == "beteiligte":
                partners = _partners(found, code, str(value), known, self.kind)
            elif code:
                found.refuse(key, elsewhere(key), value)
            else:
                _of_new(found, cells, columns, (key, value), known)
        self._refuse_older(found, row, code, known, is_changed=len(changed) > bool(code) or bool(partners))
        return found, partners

    def _refuse_older(self, found: SheetRow, row: Row, code: str, known: Known, *, is_changed: bool) -> None:
        """Tell where a changed row was exported before somebody else changed the record."""
        stored = known.stored[self.kind].get(code)
        then = next((value for _, key, value in self.cells(row) if key == "fassung"), None)
        if is_changed and stored and isinstance(then, (int, str)) and str(then) != str(stored["version"]):
            found.refuse("fassung", older(str(then), stored["version"]), then)


def _partners(row: SheetRow, code: str, text: str, known: Known, kind: RecordKind) -> list[FoundPartner]:
    """Return who takes part and is not stored yet; tells who is stored and missing in the cell."""
    stored = known.stored[kind].get(code, {}).get("participations", [])
    codes = {each["actor"] for each in stored}
    named = [name for part in text.split(";") if (name := " ".join(part.split()))]
    resolved = {name: known.code_of(name) for name in named}
    gone = codes - set(resolved.values())
    if gone:
        names = sorted(map(known.name_of, gone))
        row.refuse("beteiligte", gone_out("; ".join(names)), text)
    role = form_values().further_role if stored else None
    return [FoundPartner(known.actor(name), role, row.number) for name in named if resolved[name] not in codes]


def _of_new(
    row: SheetRow, cells: dict[str, Given], columns: Mapping[str, Column], cell: tuple[str, object], known: Known
) -> None:
    """Take what a list says of a new record: its status holds from the beginning, its cluster is the import's."""
    key, value = cell
    text = shown(value)
    try:
        if key == "cluster" and known.words.cluster_id(text) != known.cluster:
            row.refuse(
                key, worded("Die Zeile gehört zu einem anderen Cluster. Bitte dort einlesen oder löschen."), value
            )
        elif key == "status":
            column = columns[f"status_events:{known.words.term('status', text, Period())}"]
            cells[column.key] = Given(column, row.places["status"], SINCE_START)
        elif key in {"sitz", "groesse", "foerderung"}:
            row.refuse(key, elsewhere(key), value)
    except UnknownWordError as error:
        row.refuse(key, error.of(text), value)
