"""How an actor is called, by the code that stands in an address."""

from __future__ import annotations

from ewm.capture.actors.models import Actor


def actor_name(code: str) -> str | None:
    """Return the name of the actor with a code; None where there is none."""
    found: str | None = Actor.objects.filter(code=code).values_list("name", flat=True).first()
    return found
