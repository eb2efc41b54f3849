"""Figures for a German reader, after DIN 5008: comma, dots between thousands, no-break space before a unit."""

from __future__ import annotations

NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"


def whole(number: int) -> str:
    """Return an integer with dots between thousands; a negative one with a minus sign."""
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", ".")


def euros(cents: int) -> str:
    """Return an amount in cents as euros; cents are written only where there are any."""
    full, rest = divmod(abs(cents), 100)
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    decimals = f",{rest:02}" if rest else ""
    return f"{sign}{whole(full)}{decimals}{NBSP}Euro"


def rounded(part: int, total: int) -> int:
    """Return ``part / total`` rounded half up (away from zero), in whole numbers throughout."""
    sign = -1 if (part < 0) != (total < 0) else 1
    return sign * ((2 * abs(part) + abs(total)) // (2 * abs(total)))


def percent(part: int, total: int) -> str:
    """Return a share in per cent with one decimal, rounded half up."""
    full, tenth = divmod(abs(rounded(part * 1000, total)), 10)
    sign = "\N{MINUS SIGN}" if (part < 0) != (total < 0) and (full or tenth) else ""
    return f"{sign}{whole(full)},{tenth}{NBSP}%"


def figure(value: int | None, total: int | None, unit: str) -> str:
    """Return a result as one reads it; ``unit`` as in the results, ``total`` the denominator of shares and means.

    Nothing known is an en dash; a share or mean of nothing says so.
    """
    if value is None:
        return EN_DASH
    if total is None:
        return euros(value) if unit == "cents" else whole(value)
    if total == 0:
        return f"{EN_DASH} (Nenner 0)"
    first, _, second = unit.partition("/")
    if unit == "share":
        return f"{percent(value, total)} ({whole(value)} von {whole(total)})"
    mean = rounded(value, total)
    spelled = euros(mean) if first == "cents" else whole(mean)
    return f"{spelled} ({figure(value, None, first)} / {figure(total, None, second)})"
