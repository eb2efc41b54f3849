"""Profiles: which column of a layout says what, and what holds for all its rows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.found import RecordKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its possible headers (compared folded), and the field that it fills.

    ``occurrence`` tells columns of one header apart: 1 for the first. ``options`` say how cells are read; the fields
    name theirs (``profiles/options.py``).
    """

    headers: tuple[str, ...]
    field: str
    occurrence: int = 1
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows whose field contains a text are no records: why (German)."""

    field: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeepOnly:
    """Of all records only those of which some row has one of these values in a field; the others: why not (German)."""

    field: str
    values: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A layout.

    ``group_by``: rows with the same text in this field are one record with several partners. ``defaults``: values of
    fields that no column fills; ``{official_start}`` stands for the value of another field. ``sheet``: name of the
    sheet, empty for the largest. ``saved``: made by people, kept in the database.
    """

    id: str
    label: str
    source: str
    kind: RecordKind
    columns: tuple[Column, ...]
    group_by: str = ""
    defaults: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    leave_out: tuple[LeftOut, ...] = ()
    keep: KeepOnly | None = None
    sheet: str = ""
    saved: bool = False


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of a file: counted from 0, its letter (``A``), its header as written, and up to three of its cells."""

    index: int
    letter: str
    header: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A profile that fits a table: ``share`` of its columns that the table has, 0 to 1."""

    profile: Profile
    share: float


def profile_as_json(profile: Profile) -> dict[str, Any]:
    """Return a profile as JSON keeps it; ``profile_from_json`` gives the same profile back."""
    return {
        "id": profile.id,
        "label": profile.label,
        "source": profile.source,
        "kind": profile.kind.value,
        "columns": [
            {
                "headers": list(each.headers),
                "field": each.field,
                "occurrence": each.occurrence,
                "options": dict(each.options),
            }
            for each in profile.columns
        ],
        "group_by": profile.group_by,
        "defaults": dict(profile.defaults),
        "leave_out": [{"field": each.field, "text": each.text, "reason": each.reason} for each in profile.leave_out],
        "keep": dataclasses.asdict(profile.keep) if profile.keep else None,
        "sheet": profile.sheet,
        "saved": profile.saved,
    }


def profile_from_json(stored: dict[str, Any]) -> Profile:
    """Return the profile that ``profile_as_json`` wrote."""
    keep = stored.get("keep")
    return Profile(
        **{
            **stored,
            "kind": RecordKind(stored["kind"]),
            "columns": tuple(Column(**{**each, "headers": tuple(each["headers"])}) for each in stored["columns"]),
            "leave_out": tuple(LeftOut(**each) for each in stored["leave_out"]),
            "keep": KeepOnly(**{**keep, "values": tuple(keep["values"])}) if keep else None,
        }
    )
