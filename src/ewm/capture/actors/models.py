"""Actors: organisations, their place in a hierarchy, seat, size and own clusters."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Left, Length, Upper
from django.db.models.lookups import Exact

from ewm.capture.actors.duplicates.models import ActorMerge, ActorsApart
from ewm.capture.base import Versioned, not_before, row_history, text_given
from ewm.capture.taxonomies.models import cluster_field, term_field

GERMANY = "DE"
__all__ = [
    "Actor", "ActorCluster", "ActorFormerName", "ActorFormerParent", "ActorIdentifier", "ActorMerge", "ActorSize",
    "ActorsApart",
]  # fmt: skip


class Actor(Versioned):
    """An organisation or a part of one; persons are not recorded.

    Name and parent are those of today; what was before stands in the former names and parents, each to its last day.
    """

    code = models.CharField("Kennung", max_length=40)
    name = models.CharField("Name", max_length=300)
    actor_type = term_field("Akteurstyp")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="übergeordnete Einrichtung", related_name="+", null=True
    )
    country = models.CharField("Staat", max_length=2)
    land = term_field("Land", null=True)
    district = term_field("Kreis", null=True)
    municipality = models.CharField("Gemeinde", max_length=200, null=True)
    example = models.BooleanField("erfunden", default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, verbose_name="aufgegangen in", related_name="+", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Akteur"
        verbose_name_plural = "Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("code",), name="actor_code_once"),
            text_given("code", "actor_code_given", 40),
            text_given("name", "actor_name_given", 300),
            text_given("municipality", "actor_municipality_given", 200),
            CheckConstraint(condition=~Q(parent=F("id")), name="actor_not_its_own_parent"),
            CheckConstraint(condition=~Q(merged_into=F("id")), name="actor_not_merged_into_itself"),
            CheckConstraint(
                condition=Q(country=Upper("country")) & Q(Exact(Length("country"), 2)),
                name="actor_country_two_capitals",
            ),
            CheckConstraint(condition=Q(land__isnull=True) | Q(country=GERMANY), name="actor_land_in_germany"),
            CheckConstraint(
                # A district's official key begins with its land's.
                condition=Q(district__isnull=True) | (Q(land__isnull=False) & Q(land=Left("district", 2))),
                name="actor_district_in_land",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ActorFormerName(Versioned):
    """A name that an actor had up to a day, from the end of the name before it on."""

    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="former_names")
    name = models.CharField("früherer Name", max_length=300)
    name_to = models.DateField("galt bis")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "früherer Name eines Akteurs"
        verbose_name_plural = "frühere Namen der Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("actor", "name_to"), name="actor_former_name_once_a_day"),
            text_given("name", "actor_former_name_given", 300),
        )

    def __str__(self) -> str:
        return self.name


class ActorFormerParent(Versioned):
    """What stood above an actor up to a day, from the end of what stood there before on; empty where nothing did."""

    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="former_parents")
    parent = models.ForeignKey(
        Actor, models.PROTECT, verbose_name="früher übergeordnete Einrichtung", related_name="+", null=True
    )
    parent_to = models.DateField("galt bis")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "frühere Zuordnung eines Akteurs"
        verbose_name_plural = "frühere Zuordnungen der Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("actor", "parent_to"), name="actor_former_parent_once_a_day"),
            CheckConstraint(condition=~Q(parent=F("actor")), name="actor_never_its_own_parent"),
        )

    def __str__(self) -> str:
        return f"{self.actor} bis {self.parent_to}"


class ActorSize(Versioned):
    """Size class of a company from a day on."""

    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="sizes")
    size_class = term_field("Größenklasse")
    size_from = models.DateField("gilt ab")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Größe eines Akteurs"
        verbose_name_plural = "Größen der Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("actor", "size_from"), name="actor_size_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.actor} ab {self.size_from}"


class ActorCluster(Versioned):
    """An actor belongs to a cluster in a period."""

    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="clusters")
    cluster = cluster_field("Cluster")
    member_from = models.DateField("Mitglied ab")
    member_to = models.DateField("Mitglied bis", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Cluster eines Akteurs"
        verbose_name_plural = "Cluster der Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("actor", "cluster", "member_from"), name="actor_cluster_once_a_day"),
            not_before("member_to", "member_from", "actor_cluster_end_not_before_begin"),
        )

    def __str__(self) -> str:
        return f"{self.actor} ab {self.member_from}"


class ActorIdentifier(Versioned):
    """An actor's identifier in another register."""

    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="identifiers")
    scheme = term_field("Verzeichnis")
    identifier = models.CharField("Kennung", max_length=100)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Kennung eines Akteurs"
        verbose_name_plural = "Kennungen der Akteure"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("actor", "scheme", "identifier"), name="actor_identifier_once"),
            text_given("identifier", "actor_identifier_given", 100),
        )

    def __str__(self) -> str:
        return self.identifier
