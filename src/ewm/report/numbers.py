"""The one formatter of numbers and dates, after DIN 5008 in German: web, PDF, DOCX, charts and terminal share it.

All inputs are integers (cents, parts and wholes); rounding is half up, away from zero, and never binary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

MILLION, BILLION = 10**8, 10**11
"""A million and a billion euros, in cents."""


def rounded(part: int, whole: int) -> int:
    """Return ``part / whole`` rounded half up (away from zero) to an integer; raises ZeroDivisionError."""
    sign = -1 if (part < 0) != (whole < 0) else 1
    return sign * ((2 * abs(part) + abs(whole)) // (2 * abs(whole)))


@dataclass(frozen=True, slots=True)
class Formatter:
    """Formats for one language: separators, unit words and the order of a date."""

    language: str
    decimal: str
    thousands: str
    percent_sign: str
    euro: str
    million: str
    billion: str
    month_names: tuple[str, ...] = ()

    def integer(self, number: int) -> str:
        """Return an integer with separated thousands: ``2.462``, ``−3``."""
        sign = MINUS if number < 0 else ""
        return sign + f"{abs(number):,}".replace(",", self.thousands)

    def fraction(self, part: int, whole: int, decimals: int = 1) -> str:
        """Return ``part / whole`` with so many decimals: ``17,6``."""
        scale = 10**decimals
        number = rounded(part * scale, whole)
        if not decimals:
            return self.integer(number)
        full, rest = divmod(abs(number), scale)
        sign = MINUS if number < 0 else ""
        return f"{sign}{self.integer(full)}{self.decimal}{rest:0{decimals}}"

    def signed(self, part: int, whole: int, decimals: int = 1) -> str:
        """Return a change with its sign: ``+27,8`` or ``−1,3``."""
        text = self.fraction(part, whole, decimals)
        return f"+{text}" if rounded(part * 10**decimals, whole) > 0 else text

    def percent(self, part: int, whole: int, decimals: int = 1) -> str:
        """Return a share: ``76,5 %`` with a no-break space; an en dash where the whole is zero."""
        if not whole:
            return EN_DASH
        return f"{self.fraction(part * 100, whole, decimals)}{self.percent_sign}"

    def millions(self, cents: int, decimals: int = 1) -> str:
        """Return an amount as a number of millions, without its unit: ``17,6``."""
        return self.fraction(cents, MILLION, decimals)

    def money(self, cents: int, decimals: int = 1) -> str:
        """Return an amount with its unit: from a billion and a million on in these, below in full euros."""
        if abs(cents) >= BILLION:
            return f"{self.fraction(cents, BILLION, decimals)}{NBSP}{self.billion}"
        if abs(cents) >= MILLION:
            return f"{self.millions(cents, decimals)}{NBSP}{self.million}"
        return f"{self.fraction(cents, 100, 0)}{NBSP}{self.euro}"

    def euros(self, cents: int) -> str:
        """Return an amount to the cent: ``17.600.000 Euro``; cents are written only where there are any."""
        decimals = 2 if cents % 100 else 0
        return f"{self.fraction(cents, 100, decimals)}{NBSP}{self.euro}"

    def in_table(self, number: int) -> str:
        """Return an integer as tables print it: zero is an en dash."""
        return self.integer(number) if number else EN_DASH

    def day(self, when: date) -> str:
        """Return a date: ``31.12.2020`` or ``31 December 2020``."""
        if self.month_names:
            return f"{when.day}{NBSP}{self.month_names[when.month - 1]}{NBSP}{when.year}"
        return f"{when.day:02}.{when.month:02}.{when.year}"


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

FORMATTERS = {
    "de": Formatter("de", ",", ".", f"{NBSP}%", "Euro", "Mio. Euro", "Mrd. Euro"),
    "en": Formatter("en", ".", ",", "%", "euros", "million euros", "billion euros", _ENGLISH_MONTHS),
}
