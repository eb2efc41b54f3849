"""Codes of actors that are made by hand: A-0001, A-0002, …; what came from files keeps the code that it had there."""

from __future__ import annotations

from ewm.capture.actors.models import Actor

_PREFIX = "A-"


def next_code() -> str:
    """Return the next free code; two at once may get the same, then the database refuses the second."""
    codes = Actor.objects.filter(code__startswith=_PREFIX).values_list("code", flat=True)
    numbers = [int(number) for code in codes if (number := code.removeprefix(_PREFIX)).isdecimal()]
    return f"{_PREFIX}{max(numbers, default=0) + 1:04}"
