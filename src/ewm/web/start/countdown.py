"""The days until the cut-off, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

_MORNING, _DAY, _EVENING = 4, 11, 18


@dataclass(frozen=True, slots=True)
class Countdown:
    """The last day of a year, and how many days it is away (negative: so long ago)."""

    cut_off: date
    days: int

    @property
    def is_past(self) -> bool:
        """Tell whether the cut-off is over."""
        return self.days < 0


def countdown(year: int, today: date | None = None) -> Countdown:
    """Return the countdown of a reporting year."""
    last = date(year, 12, 31)
    return Countdown(last, (last - (today or timezone.localdate())).days)


def greeting(now: datetime | None = None) -> str:
    """Return a greeting for the time of day."""
    hour = timezone.localtime(now).hour
    if _MORNING <= hour < _DAY:
        return _("Guten Morgen")
    return _("Guten Tag") if _DAY <= hour < _EVENING else _("Guten Abend")
