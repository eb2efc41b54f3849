"""Our own exported lists, edited and brought in again: recognised by their columns, in German or English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import override

from ewm.capture.accounts.access import Focus
from ewm.capture.activities.listing import ACTIVITIES
from ewm.capture.actors.listing import ACTORS
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.profiles.headers import header_key, shown
from ewm.capture.imports.values.days import DAY_FIRST, read_cell_day
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.money import COMMA, read_money
from ewm.capture.imports.values.plain import read_flag
from ewm.capture.imports.workbook.known import SHAPES
from ewm.capture.imports.workbook.words import ENGLISH, GERMAN
from ewm.capture.lists.columns import Kind, Scene
from ewm.capture.lists.labels import read_labels
from ewm.capture.projects.listing import PROJECTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ewm.capture.imports.reading import Table
    from ewm.capture.lists.columns import Column
    from ewm.capture.lists.labels import Labels
    from ewm.capture.lists.listing import Listing

LISTINGS: Mapping[RecordKind, Listing] = {
    RecordKind.PROJECTS: PROJECTS,
    RecordKind.ACTIVITIES: ACTIVITIES,
    RecordKind.ACTORS: ACTORS,
}
CODE, TITLE = "kennung", "titel"
NOTE = "#"
"""So begin the lines of a CSV that say where the rows come from."""
_OURS = 0.8
"""From this share of known headers on, a table is a list of ours; the rest is somebody's own."""
_LOOKED_AT = 20
_LANGUAGES = (GERMAN, ENGLISH)


def columns_by_header(kind: RecordKind) -> dict[str, Column]:
    """Return the columns of a list by their header as it is compared, in both languages."""
    found: dict[str, Column] = {}
    for language in _LANGUAGES:
        with override(language):
            found |= {header_key(str(each.name or each.label)): each for each in LISTINGS[kind].columns}
    return found


def own_list(table: Table) -> RecordKind | None:
    """Return of which list of ours a table is an export, None where it is none: code and title are always there.

    Of two lists with the same columns it is the one that the sheet is called by, else the one that has the codes.
    """
    first = next(iter(table.rows), None)
    if first is None:
        return None
    headers = [header_key(shown(cell)) for cell in first.cells if cell is not None]
    fitting = {kind: share for kind in LISTINGS if (share := _share(headers, kind)) >= _OURS}
    best = [kind for kind, share in fitting.items() if share == max(fitting.values())]
    if len(best) > 1:
        named = [kind for kind in best if table.sheet and header_key(table.sheet) in _titles(kind)]
        best = named or sorted(best, key=lambda kind: not _has_codes(table, headers, kind))
    return best[0] if best else None


def _share(headers: Sequence[str], kind: RecordKind) -> float:
    """Return how many of the headers are those of a list, 0 without code and title."""
    known = columns_by_header(kind)
    keys = {known[each].key for each in headers if each in known}
    return sum(each in known for each in headers) / len(headers) if {CODE, TITLE} <= keys else 0


def _has_codes(table: Table, headers: Sequence[str], kind: RecordKind) -> bool:
    """Tell whether one of the first rows names a record of this kind."""
    known = columns_by_header(kind)
    at = next(place for place, each in enumerate(headers) if each in known and known[each].key == CODE)
    codes = [shown(row.cells[at]) for row in islice(table.rows, 1, _LOOKED_AT) if at < len(row.cells)]
    return bool(SHAPES[kind].model.objects.filter(code__in=codes).exists())


def _titles(kind: RecordKind) -> set[str]:
    found = set()
    for language in _LANGUAGES:
        with override(language):
            found.add(header_key(str(LISTINGS[kind].title)))
    return found


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export would write now: by code and column the value, of words one in each language."""

    values: Mapping[str, Mapping[str, tuple[Any, ...]]]

    def says(self, code: str, key: str, cell: object) -> bool:
        """Tell whether a cell says what is stored; a blank more, or another way to write a day, is no change."""
        return any(_same(cell, each) for each in self.values.get(code, {}).get(key, ()))


def exported_now(kind: RecordKind, codes: Collection[str]) -> Exported:
    """Read what the lists show of these records today."""
    listing = LISTINGS[kind]
    records, today = SHAPES[kind].model.objects.filter(code__in=codes), timezone.localdate()
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for language in _LANGUAGES:
        with override(language):
            scene = Scene(None, Focus(None, "", today.year), today, read_labels(listing.taxonomies))  # type: ignore[arg-type]
            details = listing.export_details or listing.details
            for record in details(records, scene):
                row = found.setdefault(record.code, {})
                for key, value in _values(listing.columns, record, scene.labels):
                    row[key] = (*row.get(key, ()), value)
    return Exported(found)


def _values(columns: Collection[Column], record: Any, labels: Labels) -> Iterator[tuple[str, Any]]:
    for column in columns:
        value = column.read(record)
        if column.kind in {Kind.TERM, Kind.STATUS}:
            yield column.key, labels(value)
        elif column.kind is Kind.TERMS:
            yield column.key, ", ".join(labels(each) for each in sorted(value, key=labels.order))
        else:
            yield column.key, value


def _same(cell: object, value: Any) -> bool:
    try:
        if isinstance(value, bool):
            return read_flag(cell) == value
        if isinstance(value, date):
            return read_cell_day(cell, DAY_FIRST) == value
        if isinstance(value, int):
            return read_money(cell, COMMA) == value
    except CellError:
        return False
    return " ".join(shown(cell).split()) == " ".join(str(value or "").split())
