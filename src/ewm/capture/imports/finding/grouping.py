"""Rows that are one record: what the profile says they have in common; and rows that are no record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from ewm.capture.actors.similar import folded
from ewm.capture.imports.finding.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.imports.finding.rows import RowValues
    from ewm.capture.imports.found import Problem
    from ewm.capture.imports.profiles.model import KeepOnly, Profile

_NO_RECORD = gettext_noop(
    "Die Zeile nennt weder einen Titel noch eine Organisation: eine Summe, eine Anmerkung oder eine Leerzeile."
)
_REMARK = gettext_noop("In der Zeile ist nur eine Zelle gefüllt: eine Anmerkung oder eine Zwischenüberschrift.")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one record, in the order of the file; ``left_out`` says why they are none.

    ``repeated``: fields whose amount stands in every row and is meant once.
    """

    key: str
    rows: tuple[RowValues, ...]
    left_out: str = ""
    repeated: frozenset[str] = frozenset()

    def first(self, name: str) -> Any:
        """Return the first value of a field."""
        return next((row.values[name] for row in self.rows if name in row.values), None)

    def all(self, name: str) -> list[Any]:
        """Return the values of a field, of the rows that have one."""
        return [row.values[name] for row in self.rows if name in row.values]

    def different(self, name: str) -> list[Any]:
        """Return the different values of a field."""
        return list(dict.fromkeys(self.all(name)))

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with any of the rows."""
        return [problem for row in self.rows for problem in row.problems]


def grouped(rows: Iterable[RowValues], profile: Profile) -> list[Group]:
    """Return the records in the order of their first rows, and each row that is none as a group of its own."""
    together: dict[tuple[str, str], list[RowValues]] = {}
    reasons: dict[tuple[str, str], str] = {}
    for row in rows:
        reason = _left_out(row, profile)
        common = "" if reason or not profile.group_by else folded(row.texts.get(profile.group_by, ""))
        at = ("together", common) if common else ("alone", str(row.number))
        together.setdefault(at, []).append(row)
        if reason:
            reasons[at] = reason
    repeated = frozenset(each.field for each in profile.columns if each.options.get("per") == "record")
    return [
        Group(
            _key(kept, profile, is_joint=at[0] == "together"),
            tuple(kept),
            reasons.get(at, "") or _not_kept(kept, profile),
            repeated,
        )
        for at, kept in together.items()
    ]


def _left_out(row: RowValues, profile: Profile) -> str:
    if row.filled <= 1 < len(profile.columns):
        return _REMARK
    if not any(row.texts.get(name) for name in ("title", "name", "partner_name", "partner_above", "code", "group")):
        return _NO_RECORD
    for each in profile.leave_out:
        if folded(each.text) in folded(row.texts.get(each.field, "")):
            return each.reason
    return ""


def _not_kept(rows: list[RowValues], profile: Profile) -> str:
    keep = profile.keep
    if keep is None or any(_kept(row, keep) for row in rows):
        return ""
    return keep.reason


def _kept(row: RowValues, keep: KeepOnly) -> bool:
    """Tell whether a row has one of the values; a Land may be told by its own field or by the seat."""
    value = row.get(keep.field)
    if value is None and keep.field.endswith("land"):
        seat = row.get(f"{keep.field.removesuffix('land')}seat")
        value = seat.land if seat else None
    return value in keep.values


def _key(rows: list[RowValues], profile: Profile, *, is_joint: bool) -> str:
    first = rows[0]
    number = first.get("number") or first.get("code")
    if is_joint and profile.group_by not in {"number", "code"}:
        return key_of(profile.group_by, first.texts[profile.group_by])
    if number:
        return str(number)[:100]
    name = first.get("name") or first.get("partner_name") or first.get("partner_above")
    return key_of(name, first.get("title"), first.first_day())
