"""What stands above whom, read for the whole register."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ewm.capture.actors.dated import dated
from ewm.capture.actors.models import Actor, ActorFormerParent
from ewm.capture.base import rows

if TYPE_CHECKING:
    from datetime import date, datetime

    from ewm.capture.actors.dated import Dated


def dated_parents(as_of: datetime | None = None) -> dict[str, Dated[str | None]]:
    """Return what stands above each actor (codes), by period, now or as known at a moment; two queries."""
    actors = list(rows(Actor, as_of).values_list("id", "code", "parent_id"))
    codes = {pk: code for pk, code, _ in actors}
    former: defaultdict[int, list[tuple[date, str | None]]] = defaultdict(list)
    for pk, last, above in rows(ActorFormerParent, as_of).values_list("actor_id", "parent_to", "parent_id"):
        former[pk].append((last, codes.get(above)))
    return {code: dated(former[pk], codes.get(above)) for pk, code, above in actors}
