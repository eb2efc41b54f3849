"""Projects: periods, volumes and funding, dated statuses, partners and assignments."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from ewm.capture.actors.models import Actor
from ewm.capture.base import Versioned, not_before, row_history, text_given
from ewm.capture.plain import PlainText
from ewm.capture.taxonomies.models import cluster_field, term_field

UNFUNDED = "none"  # a state of funding
NO_FUNDING_BODY = "unfunded"  # a class of the results: nobody grants it


def _not_negative(field: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(**{f"{field}__gte": 0}), name=f"{field}_not_negative")


def _within(part: str, whole: str, name: str) -> CheckConstraint:
    """Constraint: a part needs its whole and does not exceed it."""
    return CheckConstraint(
        condition=Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": False}) & Q(**{f"{part}__lte": F(whole)}),
        name=name,
    )


class Project(Versioned):
    """A project that a cluster management supports; money in cents, empty where it is not known."""

    code = models.CharField("Kennung", max_length=40)
    cluster = cluster_field("Heimatcluster")
    title = models.CharField("Titel", max_length=300)
    description = models.TextField("Beschreibung", null=True)
    support_start = models.DateField("Beginn der Begleitung")
    support_end = models.DateField("Ende der Begleitung", null=True)
    official_start = models.DateField("offizieller Beginn", null=True)
    official_end = models.DateField("offizielles Ende", null=True)
    is_rdi = models.BooleanField("Forschung, Entwicklung oder Innovation")
    project_volume = models.BigIntegerField("Projektvolumen in Cent", null=True)
    project_volume_regional = models.BigIntegerField("Projektvolumen der Region in Cent", null=True)
    project_volume_estimated = models.BooleanField("Projektvolumen geschätzt", default=False)
    funding_volume = models.BigIntegerField("Fördervolumen in Cent", null=True)
    funding_volume_regional = models.BigIntegerField("Fördervolumen der Region in Cent", null=True)
    funding_volume_estimated = models.BooleanField("Fördervolumen geschätzt", default=False)
    funding_state = term_field("öffentliche Förderung")
    example = models.BooleanField("erfunden", default=False)
    withdrawn = models.BooleanField("zurückgezogen", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Projekt"
        verbose_name_plural = "Projekte"
        indexes = (
            # Lists count years, volumes and clusters from this alone; so it holds what they leave out, too.
            Index(
                fields=(
                    "cluster",
                    "support_start",
                    "support_end",
                    "withdrawn",
                    "project_volume",
                    "project_volume_estimated",
                    "funding_state",
                ),
                name="project_years_of_cluster",
            ),
            Index(PlainText("title"), name="projects_by_title"),
        )
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("code",), name="project_code_once"),
            text_given("code", "project_code_given", 40),
            text_given("title", "project_title_given", 300),
            not_before("support_end", "support_start", "support_end_not_before_start"),
            not_before("official_end", "official_start", "official_end_not_before_start"),
            _not_negative("project_volume"),
            _not_negative("project_volume_regional"),
            _not_negative("funding_volume"),
            _not_negative("funding_volume_regional"),
            CheckConstraint(
                condition=Q(funding_volume__isnull=True)
                | Q(project_volume__isnull=True)
                | Q(funding_volume__lte=F("project_volume")),
                name="funding_within_project_volume",
            ),
            _within("project_volume_regional", "project_volume", "regional_within_project_volume"),
            _within("funding_volume_regional", "funding_volume", "regional_within_funding_volume"),
            CheckConstraint(
                # IS NOT TRUE in effect: with an unknown volume the funding is not "none".
                condition=Q(funding_state=UNFUNDED, funding_volume__isnull=False, funding_volume=0)
                | ~Q(funding_state=UNFUNDED) & (Q(funding_volume__isnull=True) | Q(funding_volume__gt=0)),
                name="unfunded_without_funding_volume",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ProjectStatusEvent(Versioned):
    """A project has a status from a day on."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="status_events")
    status_from = models.DateField("Status ab")
    status = term_field("Status")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Statuswechsel"
        verbose_name_plural = "Statuswechsel"
        indexes = (Index(fields=("project", "status_from", "status"), name="project_status_on_a_day"),)
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("project", "status_from"), name="one_status_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.project} ab {self.status_from}"


class ProjectFunding(Versioned):
    """Public money for a project, secured or sought: who grants it and where it comes from."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="funding")
    granting_body = term_field("wer bewilligt")
    funds_origin = term_field("woher die Mittel stammen")
    programme = term_field("Förderprogramm", null=True)
    amount = models.BigIntegerField("Betrag in Cent")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Förderung"
        verbose_name_plural = "Förderungen"
        constraints = (
            *Versioned.Meta.constraints,
            CheckConstraint(condition=Q(amount__gt=0), name="funding_amount_above_zero"),
            CheckConstraint(
                condition=~Q(granting_body=NO_FUNDING_BODY) & ~Q(funds_origin=NO_FUNDING_BODY),
                name="funding_has_a_funding_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project}: {self.amount} Cent"


class ProjectSupportingCluster(Versioned):
    """Another cluster supports a project too, in a period."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="supporting_clusters")
    cluster = cluster_field("begleitendes Cluster")
    supporting_from = models.DateField("begleitet ab")
    supporting_to = models.DateField("begleitet bis", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "begleitendes Cluster"
        verbose_name_plural = "begleitende Cluster"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("project", "cluster", "supporting_from"), name="supporting_cluster_once_a_day"),
            not_before("supporting_to", "supporting_from", "supporting_end_not_before_begin"),
        )

    def __str__(self) -> str:
        return f"{self.project} ab {self.supporting_from}"


class ProjectParticipation(Versioned):
    """An actor takes part in a project."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="+")
    role = term_field("Rolle")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Beteiligung an einem Projekt"
        verbose_name_plural = "Beteiligungen an Projekten"
        indexes = (
            Index(fields=("actor", "project"), name="projects_of_an_actor"),
            Index(fields=("project", "role"), name="roles_in_a_project"),
        )
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("project", "actor"), name="project_partner_once"),
        )

    def __str__(self) -> str:
        return f"{self.actor}: {self.project}"


class ProjectAssignment(Versioned):
    """A project is assigned to a term; one may be the main one in its taxonomy."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="assignments")
    term = term_field("Begriff")
    is_main = models.BooleanField("Hauptzuordnung", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Zuordnung eines Projekts"
        verbose_name_plural = "Zuordnungen der Projekte"
        indexes = (
            Index(fields=("term", "project"), name="projects_of_a_term"),
            Index(fields=("project", "is_main", "term"), name="main_terms_of_a_project"),
        )
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("project", "term"), name="project_term_once"),
        )

    def __str__(self) -> str:
        return f"{self.project}: {self.term}"
