"""Rules as values: the service that writes and the check over the whole database refuse with the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from ewm.capture.wording import Wording, parts_of
from ewm.errors import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


CORRECT = gettext_noop("Bitte berichtigen.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (a constraint's, where the database enforces it), its field, what is wrong, the next step.

    The German texts are what the catalogue of translations knows them by; ``values`` fill the sentence: ``%(most)s``.
    """

    name: str
    field: str
    sentence: str
    step: str = CORRECT
    values: tuple[tuple[str, object], ...] = ()

    def refuse(self, record: str, detail: str = "", *, place: str = "", field: str = "") -> Refusal:
        """Return the refusal of one record; ``place`` says where it stands, ``detail`` which values break the rule."""
        before = [*(parts_of(place) or [place]), ": "] if place else []
        after = [" (", *(parts_of(detail) or [detail]), ")"] if detail else []
        parts = [*before, [self.sentence, dict(self.values)], *after, ". ", [self.step, {}]]
        return Refusal(record, field or self.field, self.name, Wording(parts, gettext))


def refuse_all(refusals: Iterable[Refusal]) -> None:
    """Raise RefusedError with all refusals where there is one."""
    found = list(refusals)
    if found:
        raise RefusedError(found)


def german(day: date | None) -> str:
    """Return a day as it is written in German, ``offen`` where it is open."""
    return f"{day:%d.%m.%Y}" if day else "offen"


def german_day_of(moment: datetime) -> str:
    """Return the local day of a moment as it is written in German."""
    return german(timezone.localdate(moment))


def german_cents(cents: int | None) -> str:
    """Return an amount in euros as it is written in German, ``leer`` where it is unknown."""
    if cents is None:
        return "leer"
    euros = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{euros},{abs(cents) % 100:02d} Euro"
