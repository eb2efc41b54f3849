"""Every version of an entry, replayed from the history of its rows.

A change writes the record's row and those of its parts at one moment: that moment is one version. Rows that an import
dates later than their record (``recorded_at``) are steps of the same version.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ewm.capture.acting import Channel
from ewm.capture.entries import Item, stored_fields
from ewm.capture.shapes import attribute_of, in_order, target_of
from ewm.capture.timeline.rows import read_writings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Shape
    from ewm.capture.timeline.rows import Writing

E = TypeVar("E", bound=Item)


@dataclass(frozen=True, slots=True)
class Step(Generic[E]):
    """The entry after one change: when, by which account (None: no account) and way, why; ``version`` of the record.

    ``withdrawn`` tells whether it was out of lists and counts from then on.
    """

    version: int
    moment: datetime
    account: int | None
    channel: Channel
    reason: str
    entry: E
    withdrawn: bool = False


def read_steps(shape: Shape[E], pk: int) -> list[Step[E]]:
    """Return the states of one entry, oldest first; none where there never was such a record."""
    writings = sorted(read_writings(shape, pk), key=lambda each: each.order)
    codes = _codes(shape, writings)
    state = _State(shape, codes)
    steps = []
    for moment, together in groupby(writings, key=lambda each: each.values["history_date"]):
        rows = list(together)
        for each in rows:
            state.take(each)
        if state.own:
            steps.append(_step(moment, rows, state))
    return steps


def entry_at(shape: Shape[E], pk: int, version: int) -> E | None:
    """Return the entry as this version had it; None where the history knows no such version."""
    return next((step.entry for step in reversed(read_steps(shape, pk)) if step.version == version), None)


def _step(moment: datetime, rows: list[Writing], state: _State[E]) -> Step[E]:
    first = rows[0].values
    return Step(
        version=state.own["version"],
        moment=moment,
        account=first["history_user_id"],
        channel=Channel(first["history_channel"]),
        reason=first["history_change_reason"] or "",
        entry=state.entry(),
        withdrawn=bool(state.own.get("withdrawn")),
    )


@dataclass
class _State(Generic[E]):
    """Rows as they are after the writings that were taken."""

    shape: Shape[E]
    codes: dict[type[Versioned], dict[int, str]]
    own: Mapping[str, Any] = field(default_factory=dict)
    parts: defaultdict[str, dict[int, Item]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, writing: Writing) -> None:
        values, part = writing.values, writing.part
        if part is None:
            self.own = values
        elif values["history_type"] == "-":
            self.parts[part.name].pop(values["id"], None)
        else:
            item = part.item(**self._fields(part.model, stored_fields(part.item), values))
            self.parts[part.name][values["id"]] = item

    def entry(self) -> E:
        parts: dict[str, Any] = {
            part.name: tuple(in_order(self.parts[part.name].values())) for part in self.shape.parts
        }
        return self.shape.entry(**self._fields(self.shape.model, self.shape.columns, self.own), **parts)

    def _fields(self, model: type[Versioned], names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name in names:
            value, target = values[attribute_of(model, name)], target_of(model, name)
            found[name] = self.codes[target].get(value, f"#{value}") if target and value is not None else value
        return found


def _codes(shape: Shape[E], writings: Iterable[Writing]) -> dict[type[Versioned], dict[int, str]]:
    """Codes of the records that rows refer to, in one query for each kind of record."""
    wanted: defaultdict[type[Versioned], set[int]] = defaultdict(set)
    for each in writings:
        model = each.part.model if each.part else shape.model
        for name in stored_fields(each.part.item) if each.part else shape.columns:
            target = target_of(model, name)
            if target is not None:
                wanted[target].add(each.values[attribute_of(model, name)])
    return {
        target: dict(target.objects.filter(id__in=ids - {None}).values_list("id", "code"))
        for target, ids in wanted.items()
    }
