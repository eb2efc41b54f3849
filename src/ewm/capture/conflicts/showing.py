"""A conflict as its page shows it: what to decide, what is merged, who saved the other version."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ewm.capture.conflicts.merging import Difference, Kind, Merge, Side, merge_three
from ewm.capture.places import Place, places
from ewm.capture.timeline.differing import Piece, pieces
from ewm.capture.timeline.events import said_reason
from ewm.capture.timeline.people import People
from ewm.capture.timeline.versions import Step, read_steps
from ewm.capture.timeline.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ewm.capture.shapes import Shape


@dataclass(frozen=True, slots=True)
class Option:
    """One side of a choice in words; ``who`` and ``when`` are empty for what is not saved yet."""

    side: Side
    text: str
    reason: str
    chosen: bool
    who: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to decide; ``missing`` where it was left open."""

    token: str
    number: int
    label: str
    before: str
    options: tuple[Option, Option]
    missing: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A field that is merged: what each side changed, in pieces; nothing where a side left it alone."""

    label: str
    theirs: tuple[tuple[Piece, ...], ...]
    mine: tuple[tuple[Piece, ...], ...]

    @property
    def both(self) -> bool:
        """Tell whether both sides' changes hold."""
        return bool(self.theirs and self.mine)


@dataclass(frozen=True)
class Conflict:
    """Three versions of one record, and the steps by which others came to theirs (at least one)."""

    shape: Shape[Any]
    merge: Merge[Any]
    steps: Sequence[Step[Any]]
    before: Any
    reason: str = ""
    labels: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version that is stored."""
        return self.steps[-1].version

    @property
    def last(self) -> Step[Any]:
        """What was saved last."""
        return self.steps[-1]


def conflict_of(
    shape: Shape[Any],
    pk: int,
    *,
    base_version: int,
    mine: Any,
    reason: str = "",
    labels: Mapping[str, Any] | None = None,
) -> Conflict:
    """Read what became of a record since a version and merge it with what somebody wanted to save."""
    steps = read_steps(shape, pk)
    base = next((step.entry for step in reversed(steps) if step.version == base_version), None)
    later = [step for step in steps if step.version > base_version] or steps[-1:]
    merge = merge_three(shape, base=base, mine=mine, theirs=steps[-1].entry)
    return Conflict(shape, merge, later, base, reason, labels or {})


class Shown:
    """A conflict in words; ``choices`` are the sides chosen so far, ``open_all`` offers the merged places as well."""

    def __init__(
        self,
        conflict: Conflict,
        choices: Mapping[str, Side],
        *,
        account: int | None = None,
        open_all: bool = False,
        ask: bool = False,
    ) -> None:
        self._conflict, self._choices, self._ask, self._account = conflict, choices, ask, account
        self._people = People(step.account for step in conflict.steps)
        merge = conflict.merge
        self._words = Words(
            conflict.shape,
            [each for each in (merge.base, merge.mine, merge.theirs) if each],
            conflict.labels,
        )
        self._offered = [
            each
            for each in merge.differences
            if each.kind is Kind.COLLISION or (open_all and each.kind is not Kind.BOTH)
        ]
        self._kept = [each for each in merge.differences if each not in self._offered]

    @property
    def who(self) -> str:
        """Everybody who saved meanwhile: ``A``, ``A und B``, ``A, B und C``."""
        steps = self._conflict.steps
        names = list(dict.fromkeys(self._name(step) for step in steps))
        return (
            names[0]
            if len(names) == 1
            else _("%(some)s und %(last)s")
            % {
                "some": ", ".join(names[:-1]),
                "last": names[-1],
            }
        )

    def _name(self, step: Step[Any]) -> str:
        """Return who saved; whoever asks may have two windows open."""
        if step.account is not None and step.account == self._account:
            return _("Ihr anderes Fenster")
        return self._people.name(step.account, step.channel)

    @property
    def choices(self) -> list[Choice]:
        """Places to decide, in the order of the form."""
        return [self._choice(number, each) for number, each in enumerate(self._offered, 1)]

    @property
    def merged(self) -> list[Merged]:
        """Fields that are merged, each once."""
        found = []
        for name, group in groupby(self._kept, key=lambda each: each.place.field):
            each = list(group)
            found.append(
                Merged(self._words.label(name), self._changes(each, Side.THEIRS), self._changes(each, Side.MINE))
            )
        return found

    @property
    def merged_says(self) -> str:
        """How much is merged already."""
        count = len(self.merged)
        return (
            ngettext(
                "Ein Feld passt zusammen und ist schon vereint.",
                "%(count)s Felder passen zusammen und sind schon vereint.",
                count,
            )
            % {"count": count}
            if count
            else ""
        )

    @property
    def open_says(self) -> str:
        """How much is left to decide."""
        count = len(self._offered)
        if not count:
            return _("Zu entscheiden ist nichts.")
        return ngettext("Über ein Feld entscheiden Sie.", "Über %(count)s Felder entscheiden Sie.", count) % {
            "count": count
        }

    @property
    def errors(self) -> list[dict[str, str]]:
        """What was left open, for the summary on top of the form."""
        text = _("Bitte wählen Sie eine Fassung.")
        return [
            {"label": each.label, "text": text, "id": f"wahl-{each.number}"} for each in self.choices if each.missing
        ]

    def _changes(self, group: Iterable[Difference], side: Side) -> tuple[tuple[Piece, ...], ...]:
        mark = Kind.MINE if side is Side.MINE else Kind.THEIRS
        return tuple(
            tuple(pieces(self._words, each.place.field, each.base, each.of(side)))
            for each in group
            if each.kind in (mark, Kind.BOTH)
        )

    def _choice(self, number: int, each: Difference) -> Choice:
        token, name = each.place.token, each.place.field
        default = {Kind.MINE: Side.MINE, Kind.THEIRS: Side.THEIRS}.get(each.kind)
        chosen = self._choices.get(token, default)
        step = self._author(each.place)
        theirs = Option(
            Side.THEIRS,
            self._words.of(name, each.theirs),
            said_reason(step.reason),
            chosen is Side.THEIRS,
            self._name(step),
            step.moment,
        )
        mine = Option(Side.MINE, self._words.of(name, each.mine), self._conflict.reason, chosen is Side.MINE)
        known = self._conflict.before is not None
        before = self._words.of(name, each.base) if known else ""
        return Choice(token, number, self._words.label(name), before, (theirs, mine), self._ask and chosen is None)

    def _author(self, place: Place) -> Step[Any]:
        """Return the last step that changed a place, else the last of all."""
        shape, steps = self._conflict.shape, self._conflict.steps
        states = [places(shape, self._conflict.before), *(places(shape, step.entry) for step in steps)]
        for at in range(len(steps) - 1, -1, -1):
            if states[at].get(place, ()) != states[at + 1].get(place, ()):
                return steps[at]
        return steps[-1]
