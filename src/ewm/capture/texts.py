"""Texts: given, and no longer than their column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.refusing import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.errors import Refusal


def check_text(
    record: str, field: str, value: str, rule: str, place: str, *, longest: int | None = None
) -> Iterator[Refusal]:
    """Yield a refusal (named after the constraint ``rule``) of a text that is blank or too long."""
    if not value.strip():
        yield Rule(rule, field, "Der Text fehlt").refuse(record, place=place)
    elif longest is not None and len(value) > longest:
        broken = Rule(rule, field, "Der Text hat mehr als %(most)s Zeichen", values=(("most", longest),))
        yield broken.refuse(record, str(len(value)), place=place)
