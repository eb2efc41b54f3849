"""At which level an actor counts: the methodology's matter, which the site asks for pages of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Member:
    """An actor of a hierarchy as the methodology sees it: id, type, and who stands above it among the members."""

    id: int
    actor_type: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class CountingLevels:
    """Which actor each one counts as (ids), the rule's sheet, and its sentences in force that year."""

    counted_as: Mapping[int, int]
    rule: str
    sentences: tuple[str, ...]


def counting_levels(members: Sequence[Member], year: int) -> CountingLevels | None:
    """Ask the methodology; None where it has no rule for it, or none is served (the command line)."""
    path = getattr(settings, "EWM_COUNTING_LEVELS", None)
    if path is None:
        return None
    ask = cast("Callable[[Sequence[Member], int], CountingLevels | None]", import_string(path))
    return ask(members, year)
