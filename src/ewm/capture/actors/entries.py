"""Actors as they are handed to the services, and how they lie in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.actors.models import (
    Actor,
    ActorCluster,
    ActorFormerName,
    ActorFormerParent,
    ActorIdentifier,
    ActorSize,
)
from ewm.capture.entries import Item
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Part, Shape

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName(Item):
    """A name that held up to a day, included; the next one holds from the day after."""

    name: str
    name_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerParent(Item):
    """What stood above (code, None for nothing) up to a day, included; the next one from the day after."""

    parent: str | None = None
    parent_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Size(Item):
    """Size class from a day on."""

    size_class: str
    size_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Item):
    """A cluster to which the actor itself belongs, in a period."""

    cluster: str
    member_from: date
    member_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Item):
    """An identifier in another register."""

    scheme: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry(Item):
    """An actor; ``parent`` is the code of another one, ``country`` ISO 3166-1 alpha-2, land and district AGS.

    Name and parent hold today, and from the beginning where there are no former ones.
    """

    code: str
    name: str
    actor_type: str
    parent: str | None = None
    country: str = "DE"
    land: str | None = None
    district: str | None = None
    municipality: str | None = None
    example: bool = False
    former_names: tuple[FormerName, ...] = ()
    former_parents: tuple[FormerParent, ...] = ()
    sizes: tuple[Size, ...] = ()
    clusters: tuple[Membership, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


FORMER_PARENTS = Part(
    "former_parents",
    ActorFormerParent,
    FormerParent,
    owner="actor",
    key=("parent_to",),
    once=Rule("actor_former_parent_once_a_day", "parent_to", "An einem Tag endet nur eine Zuordnung"),
)

ACTOR = Shape(
    Actor,
    ActorEntry,
    key=("code",),
    once=Rule("actor_code_once", "code", "Einen Akteur mit dieser Kennung gibt es schon"),
    parts=(
        Part(
            "former_names",
            ActorFormerName,
            FormerName,
            owner="actor",
            key=("name_to",),
            once=Rule("actor_former_name_once_a_day", "name_to", "An einem Tag endet nur ein Name"),
        ),
        FORMER_PARENTS,
        Part(
            "sizes",
            ActorSize,
            Size,
            owner="actor",
            key=("size_from",),
            once=Rule("actor_size_once_a_day", "size_from", "An einem Tag beginnt nur eine Größenklasse"),
        ),
        Part(
            "clusters",
            ActorCluster,
            Membership,
            owner="actor",
            key=("cluster", "member_from"),
            once=Rule("actor_cluster_once_a_day", "cluster", "Dieselbe Zugehörigkeit ist zweimal eingetragen"),
        ),
        Part(
            "identifiers",
            ActorIdentifier,
            Identifier,
            owner="actor",
            key=("scheme", "identifier"),
            once=Rule("actor_identifier_once", "identifier", "Dieselbe Kennung ist zweimal eingetragen"),
        ),
    ),
)
