"""Make a new actor in passing, while another record is written: a name, a type, a seat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ewm.capture.actors.entries import ACTOR, ActorEntry
from ewm.capture.actors.models import GERMANY, Actor
from ewm.capture.actors.search import known_actors, named
from ewm.capture.actors.services import actors_create
from ewm.capture.actors.similar import Alike, similar_names
from ewm.capture.codes import written_with_next_code
from ewm.capture.serving import CREATED

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_REASON = 200
CODE_START = "A-"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an organisation sits: country (ISO 3166-1 alpha-2), in Germany land and district by AGS, municipality."""

    country: str = GERMANY
    land: str | None = None
    district: str | None = None
    municipality: str | None = None


def similar_actors(name: str, *, without: str | None = None) -> list[Alike]:
    """Return the stored actors whose name is so like this one that somebody should be asked; most alike first."""
    return similar_names(name, named(each for each in known_actors() if each.code != without))


def reason_for(name: str) -> str:
    """Return the reason of a creation by somebody who was shown the actors of similar names, and made a new one."""
    alike = ", ".join(f"{each.key} {each.score} %" for each in similar_actors(name))
    return f"{CREATED}, bewusst neu trotz ähnlicher Namen ({alike})"[:_LONGEST_REASON] if alike else CREATED


def actor_create_inline(*, name: str, actor_type: str, seat: Seat, deliberate: bool = False) -> str:
    """Create an actor and return its new code: A-0001, A-0002, ….

    ``deliberate`` says that somebody saw the similar names and wants a new actor all the same; the history names them.
    Whether to ask before is the form's matter (``similar_actors``): a similar name never blocks.
    Raises RefusedError with everything that is wrong.
    """
    return actor_create(
        entry=ActorEntry(
            code="",
            name=name.strip(),
            actor_type=actor_type,
            country=seat.country,
            land=seat.land,
            district=seat.district,
            municipality=seat.municipality,
        ),
        deliberate=deliberate,
    )


def actor_create(*, entry: ActorEntry, deliberate: bool = False, then: Callable[[str], None] | None = None) -> str:
    """Create an actor under the next free code, whatever the entry's, and return that; else as the one above.

    ``then`` is given the code in the same transaction: what comes with the actor.
    """
    reason = reason_for(entry.name) if deliberate else CREATED

    def write(code: str) -> None:
        actors_create(entries=[replace(entry, code=code)], reason=reason)
        if then is not None:
            then(code)

    code, _ = written_with_next_code(Actor, CODE_START, write, once=ACTOR.once.name, digits=4)
    return code
