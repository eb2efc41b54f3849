"""Codes of new records: the next number behind a beginning, taken while it is written."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from ewm.capture.served import form_values
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.capture.base import Versioned

T = TypeVar("T")

ATTEMPTS = 20


def beginning(cluster: str, year: int, kind: str) -> str:
    """Return what a code begins with: the programme's letters for the cluster, the year, a letter for the kind."""
    letters = form_values().prefixes.get(cluster) or "".join(filter(str.isalnum, cluster.upper()))[:3]
    return f"{letters}-{year}-{kind}"


def next_code(model: type[Versioned], start: str, digits: int = 2) -> str:
    """Return the code after the highest number behind ``start``: ``MET-2020-P07``."""
    return next(free_codes(model, start, digits))


def free_codes(model: type[Versioned], start: str, digits: int = 2) -> Iterator[str]:
    """Yield one code after the other, from the highest number behind ``start`` on: for many new records at once.

    A record that was removed keeps its number: comments, letters and snapshots may still name it.
    """
    begin = {"code__startswith": start}
    stored = model.objects.filter(**begin).values_list("code", flat=True)
    removed = model.history.filter(**begin, history_type="-").values_list("code", flat=True)
    numbers = [int(rest) for code in (*stored, *removed) if (rest := code.removeprefix(start)).isdecimal()]
    return (f"{start}{number:0{digits}}" for number in count(max(numbers, default=0) + 1))


def written_with_next_code(
    model: type[Versioned], start: str, write: Callable[[str], T], *, once: str, digits: int = 2
) -> tuple[str, T]:
    """Write a record under the next free code; returns the code and what ``write`` returned.

    ``once`` names the rule that a code occurs once: where somebody else was faster, the next number is tried. Raises
    RefusedError with every other refusal.
    """
    for attempt in range(ATTEMPTS):
        code = next_code(model, start, digits)
        try:
            with transaction.atomic():
                return code, write(code)
        except RefusedError as error:
            if attempt + 1 == ATTEMPTS or {each.rule for each in error.refusals} != {once}:
                raise
    raise AssertionError
