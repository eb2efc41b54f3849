"""Periods of days, both ends included; an open end goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; ``None`` leaves that side open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def day(cls, day: date) -> Period:
        """Return the period of one day."""
        return cls(day, day)

    @property
    def has_days(self) -> bool:
        """Tell whether the period does not end before it begins."""
        return self.first is None or self.last is None or self.first <= self.last

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have at least one day in common; a period that ends before it begins has none."""
        first = max(self.first or date.min, other.first or date.min)
        last = min(self.last or date.max, other.last or date.max)
        return first <= last

    def common(self, other: Period) -> Period:
        """Return the days that both have; a period without days where they have none."""
        first = max(filter(None, (self.first, other.first)), default=None)
        last = min(filter(None, (self.last, other.last)), default=None)
        return Period(first, last)

    def __str__(self) -> str:
        first = f"{self.first:%d.%m.%Y}" if self.first else "offen"
        last = f"{self.last:%d.%m.%Y}" if self.last else "offen"
        return first if self.first == self.last and self.first else f"{first} bis {last}"
