"""Clusters and terms, copied from the programme's files so that the database can refer to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ewm.capture.base import Versioned, not_before, row_history, text_given


def term_field(label: str, *, null: bool = False) -> models.ForeignKey[str, str]:
    """Column that holds a term's id; which taxonomy it must come from is the service's rule."""
    return models.ForeignKey(
        "taxonomies.Term", models.PROTECT, to_field="term_id", verbose_name=label, related_name="+", null=null
    )


def cluster_field(label: str, *, null: bool = False) -> models.ForeignKey[str, str]:
    """Column that holds a cluster's id."""
    return models.ForeignKey(
        "taxonomies.Cluster", models.PROTECT, to_field="cluster_id", verbose_name=label, related_name="+", null=null
    )


class Cluster(Versioned):
    """A cluster, a sub-topic, or the industries outside the cluster structure."""

    cluster_id = models.CharField("Cluster", max_length=100, unique=True)
    label_de = models.CharField("Bezeichnung, deutsch", max_length=300)
    label_en = models.CharField("Bezeichnung, englisch", max_length=300)
    kind = term_field("Art")
    position = models.IntegerField("Reihenfolge")
    valid_from = models.DateField("gilt ab", null=True)
    valid_to = models.DateField("gilt bis", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Cluster"
        verbose_name_plural = "Cluster"
        constraints = (
            *Versioned.Meta.constraints,
            text_given("cluster_id", "cluster_id_given", 100),
            not_before("valid_to", "valid_from", "cluster_end_not_before_begin"),
        )

    def __str__(self) -> str:
        return self.label_de


class Term(Versioned):
    """A term of one taxonomy; it is never deleted, it ends."""

    FIELDS: ClassVar[tuple[str, ...]] = (
        "term_id", "taxonomy", "label_de", "label_en", "parent_id", "scheme_id", "cluster_id", "series_id", "code",
        "position", "valid_from", "valid_to", "example", "source",
    )  # fmt: skip

    term_id = models.CharField("Begriff", max_length=100, unique=True)
    taxonomy = models.CharField("Taxonomie", max_length=100, db_index=True)
    label_de = models.CharField("Bezeichnung, deutsch", max_length=300)
    label_en = models.CharField("Bezeichnung, englisch", max_length=300)
    parent = term_field("übergeordneter Begriff", null=True)
    scheme = term_field("Strategie oder Masterplan", null=True)
    cluster = cluster_field("Cluster, für das der Begriff gilt", null=True)
    series = term_field("erster Begriff der Reihe")
    code = models.CharField("amtlicher Schlüssel", max_length=100, null=True)
    position = models.IntegerField("Reihenfolge")
    valid_from = models.DateField("gilt ab", null=True)
    valid_to = models.DateField("gilt bis", null=True)
    example = models.BooleanField("Beispielbegriff", default=False)
    source = models.TextField("Quelle", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Begriff"
        verbose_name_plural = "Begriffe"
        constraints = (
            *Versioned.Meta.constraints,
            text_given("term_id", "term_id_given", 100),
            not_before("valid_to", "valid_from", "term_end_not_before_begin"),
        )

    def __str__(self) -> str:
        return self.label_de
