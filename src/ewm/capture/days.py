"""Days as pages show them: in the language of the page. What stands in a field is always ``20.04.2020``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language

if TYPE_CHECKING:
    from datetime import date

_NBSP = "\u00a0"


def shown_day(day: date) -> str:
    """Return a day as a page shows it: ``20.04.2020``, in English ``20 April 2020``."""
    english = (get_language() or "").startswith("en")
    return formatted(day, f"j{_NBSP}F{_NBSP}Y" if english else "d.m.Y")
