"""Texts: given, no longer than their column, and without signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ewm.capture.refusing import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.errors import Refusal


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Control characters, marks of writing direction and blanks without width: pasted along, never typed. A title with
one of them looks like another and is another; PostgreSQL refuses the first."""


def without_unseen(text: str) -> str:
    """Return a text without the signs that nobody sees; what joins letters or pictures of one sign stays."""
    return _UNSEEN.sub("", text)


def says_something(text: str) -> bool:
    """Tell whether a text has a letter, a digit or another sign that is seen."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def check_text(
    record: str, field: str, value: str, rule: str, place: str, *, longest: int | None = None
) -> Iterator[Refusal]:
    """Yield a refusal (named after the constraint ``rule``) of a text that is blank or too long."""
    if not says_something(value):
        yield Rule(rule, field, "Der Text fehlt").refuse(record, place=place)
    elif longest is not None and len(value) > longest:
        broken = Rule(rule, field, "Der Text hat mehr als %(most)s Zeichen", values=(("most", longest),))
        yield broken.refuse(record, str(len(value)), place=place)
