"""A result as one reads it on a terminal, written by the one formatter."""

from __future__ import annotations

from ewm.report.numbers import EN_DASH, FORMATTERS, rounded

GERMAN = FORMATTERS["de"]


def whole(number: int) -> str:
    """Return an integer with dots between thousands."""
    return GERMAN.integer(number)


def figure(value: int | None, total: int | None, unit: str) -> str:
    """Return a result as one reads it; ``unit`` as in the results, ``total`` the denominator of shares and means.

    Nothing known is an en dash; a share or mean of nothing says so.
    """
    if value is None:
        return EN_DASH
    if total is None:
        return GERMAN.euros(value) if unit == "cents" else whole(value)
    if total == 0:
        return f"{EN_DASH} (Nenner 0)"
    first, _, second = unit.partition("/")
    if unit == "share":
        return f"{GERMAN.percent(value, total)} ({whole(value)} von {whole(total)})"
    mean = rounded(value, total)
    spelled = GERMAN.euros(mean) if first == "cents" else whole(mean)
    return f"{spelled} ({figure(value, None, first)} / {figure(total, None, second)})"
