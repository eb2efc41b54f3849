"""What is remembered of duplicates: which actors were merged and what moved, and which two are not the same."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from ewm.capture.base import Versioned, row_history, text_given


class ActorMerge(Versioned):
    """One actor went up in another; ``moved`` holds what pointed to it, so that it can be taken back exactly."""

    survivor = models.ForeignKey("actors.Actor", models.PROTECT, verbose_name="bleibt", related_name="merges")
    merged = models.ForeignKey("actors.Actor", models.PROTECT, verbose_name="geht auf", related_name="+")
    reason = models.CharField("Grund", max_length=200)
    merged_at = models.DateTimeField("zusammengeführt am")
    undone_at = models.DateTimeField("zurückgenommen am", null=True)
    moved = models.JSONField("was verschoben wurde")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Zusammenführung"
        verbose_name_plural = "Zusammenführungen"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("merged",), condition=Q(undone_at__isnull=True), name="actor_merged_once"),
            CheckConstraint(condition=~Q(merged=F("survivor")), name="actor_merge_of_two"),
            text_given("reason", "actor_merge_reason_given", 200),
        )

    def __str__(self) -> str:
        return f"{self.merged} in {self.survivor}"


class ActorsApart(Versioned):
    """Two actors of similar names are not the same one, and why somebody is sure; ``first`` has the smaller id."""

    first = models.ForeignKey("actors.Actor", models.PROTECT, verbose_name="Akteur", related_name="+")
    second = models.ForeignKey("actors.Actor", models.PROTECT, verbose_name="anderer Akteur", related_name="+")
    reason = models.CharField("Grund", max_length=200)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "keine Dublette"
        verbose_name_plural = "keine Dubletten"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("first", "second"), name="actors_apart_once"),
            CheckConstraint(condition=Q(first__lt=F("second")), name="actors_apart_in_order"),
            text_given("reason", "actors_apart_reason_given", 200),
        )

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"
