"""Activities that are not projects: what they are, when they take place, who takes part."""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from ewm.capture.actors.models import Actor
from ewm.capture.base import Versioned, not_before, row_history, text_given
from ewm.capture.taxonomies.models import cluster_field, term_field


class Activity(Versioned):
    """An activity for networking, cooperation or the preparation of projects; without an end it still goes on."""

    code = models.CharField("Kennung", max_length=40)
    cluster = cluster_field("Heimatcluster")
    title = models.CharField("Titel", max_length=300)
    description = models.TextField("Beschreibung", null=True)
    activity_kind = term_field("Art")
    activity_format = term_field("Format", null=True)
    activity_start = models.DateField("Beginn")
    activity_end = models.DateField("Ende", null=True)
    is_standard = models.BooleanField("Standardaktivität", default=False)
    is_lead = models.BooleanField("Clustermanagement federführend", default=False)
    example = models.BooleanField("erfunden", default=False)
    withdrawn = models.BooleanField("zurückgezogen", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Sonstige Aktivität"
        verbose_name_plural = "Sonstige Aktivitäten"
        indexes = (
            # Lists count years and clusters from this alone.
            Index(
                fields=("cluster", "activity_start", "activity_end"),
                name="activity_years_of_cluster",
                condition=Q(withdrawn=False),
            ),
        )
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("code",), name="activity_code_once"),
            text_given("code", "activity_code_given", 40),
            text_given("title", "activity_title_given", 300),
            not_before("activity_end", "activity_start", "activity_end_not_before_start"),
        )

    def __str__(self) -> str:
        return self.title


class ActivityParticipation(Versioned):
    """An actor takes part in an activity."""

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="Aktivität", related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="+")
    role = term_field("Rolle")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Beteiligung an einer Aktivität"
        verbose_name_plural = "Beteiligungen an Aktivitäten"
        indexes = (Index(fields=("actor", "activity"), name="activities_of_an_actor"),)
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("activity", "actor"), name="activity_partner_once"),
        )

    def __str__(self) -> str:
        return f"{self.actor}: {self.activity}"


class ActivityAssignment(Versioned):
    """An activity is assigned to a term; one may be the main one in its taxonomy."""

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="Aktivität", related_name="assignments")
    term = term_field("Begriff")
    is_main = models.BooleanField("Hauptzuordnung", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Zuordnung einer Aktivität"
        verbose_name_plural = "Zuordnungen der Aktivitäten"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("activity", "term"), name="activity_term_once"),
        )

    def __str__(self) -> str:
        return f"{self.activity}: {self.term}"
