"""Actors as a kind of record whose form keeps drafts; all clusters share them."""

from __future__ import annotations

from ewm.capture.actors.entries import ACTOR, ActorEntry
from ewm.capture.editing.kind import Pages

ACTORS: Pages[ActorEntry] = Pages(name="actors", shape=ACTOR)
