"""Rows become records: grouped, completed by the profile, with every problem at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.imports.finding.grouping import grouped
from ewm.capture.imports.finding.keys import told_apart
from ewm.capture.imports.finding.known import read_known
from ewm.capture.imports.finding.others import activity_values, actor_values
from ewm.capture.imports.finding.partners import partners_of
from ewm.capture.imports.finding.projects import project_values
from ewm.capture.imports.finding.rows import RowReader
from ewm.capture.imports.finding.settling import settled
from ewm.capture.imports.found import Found, Problem, RecordKind
from ewm.capture.imports.profiles.fields import FIELDS
from ewm.capture.imports.values.errors import too_long
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ewm.capture.imports.finding.grouping import Group
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.found import Json
    from ewm.capture.imports.profiles.model import Profile
    from ewm.capture.imports.reading import Table

__all__ = ["find"]
_NO_DAY = worded("Zur Größe fehlt der Tag, seit dem sie gilt. Bitte eine Spalte zuordnen oder ihn vorgeben.")
_NO_DAY_OF_MEMBER = worded(
    "Zur Zugehörigkeit fehlt der Tag, seit dem sie gilt. Bitte eine Spalte zuordnen oder ihn vorgeben."
)
_VALUES = {
    RecordKind.PROJECTS: project_values,
    RecordKind.ACTIVITIES: activity_values,
    RecordKind.ACTORS: actor_values,
}


def find(
    table: Table,
    profile: Profile,
    answers: Mapping[str, str] | None = None,
    corrections: Mapping[tuple[int, int], str] | None = None,
    *,
    cluster: str = "",
    today: date | None = None,
) -> list[Found]:
    """Return the records of a table, those left out among them: every row below the header is in exactly one.

    ``answers``: by the number of the column (``"3"``, from 0), as ``questions`` offers them. ``corrections``: other
    texts for cells, by row of the file and number of the column. ``cluster``: of terms with one label those of this
    cluster are meant. ``today`` decides what has begun or ended.
    """
    known = read_known(today or timezone.localdate(), cluster)
    reader = RowReader.of(table, profile, known, answers or {}, corrections or {})
    groups = grouped(reader.rows(), profile)
    keys = told_apart(group.key for group in groups)
    found = [_found(group, key, reader, known) for group, key in zip(groups, keys, strict=True)]
    return settled(found) if any(each.options.get("of") == "project" for each in profile.columns) else found


def _found(group: Group, key: str, reader: RowReader, known: Known) -> Found:
    profile = reader.profile
    rows = tuple(row.number for row in group.rows)
    values = _VALUES[profile.kind](group, known)
    if group.left_out:
        return Found(profile.kind, profile.source, key, values, rows=rows, left_out=group.left_out)
    partners = () if profile.kind == RecordKind.ACTORS else partners_of(group, known)
    problems = (*group.problems, *_missing(group, values, reader), *_too_long(group, values, reader))
    return Found(profile.kind, profile.source, key, values, partners, rows, problems)


def _missing(group: Group, values: dict[str, Json], reader: RowReader) -> Iterator[Problem]:
    """Yield what a record needs and does not have; what stands there and cannot be read is told already."""
    told = {problem.field for problem in group.problems}
    row = group.rows[0].number
    for name, field in FIELDS[reader.profile.kind].items():
        if field.needed and name not in values and name not in told:
            message = worded(
                "„%(field)s“ fehlt. Bitte in der Zelle eintragen, dem Feld eine Spalte zuordnen oder einen "
                "Wert für alle Zeilen vorgeben.",
                field=worded(field.label_de),
            )
            yield Problem(row, reader.column_named(name), "", message, name)
    for part, day, message in (("sizes", "size_from", _NO_DAY), ("clusters", "member_from", _NO_DAY_OF_MEMBER)):
        listed = values.get(part)
        for each in listed if isinstance(listed, list) else []:
            if isinstance(each, dict) and each[day] is None:
                yield Problem(row, reader.column_named(day), "", message, day)


def _too_long(group: Group, values: dict[str, Json], reader: RowReader) -> Iterator[Problem]:
    for name in ("title", "name"):
        text = values.get(name)
        if isinstance(text, str) and len(text) > 300:
            message = too_long(text, 300)
            yield Problem(group.rows[0].number, reader.column_named(name), text, message, name)
