"""Questions and what became of them, and confirmations of hints.

Accounts are bare numbers, so that erasing one touches neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from ewm.capture.activities.models import Activity
from ewm.capture.actors.models import Actor
from ewm.capture.base import Versioned, row_history, text_given
from ewm.capture.projects.models import Project
from ewm.capture.taxonomies.models import cluster_field

if TYPE_CHECKING:
    from ewm.capture.hints import Kind

LONGEST = 2000
LONGEST_REASON = 500
_RECORDS = ("project", "activity", "actor")


class State(models.TextChoices):
    """Where a question stands."""

    ASKED = "asked", _("offen")
    ANSWERED = "answered", _("beantwortet")
    SETTLED = "settled", _("geklärt")


class Step(models.TextChoices):
    """What somebody did with a question."""

    ASK = "ask", _("fragt")
    ANSWER = "answer", _("antwortet")
    SETTLE = "settle", _("schließt ab")
    REOPEN = "reopen", _("fragt nach")


def _one_record() -> Q:
    found = Q()
    for name in _RECORDS:
        found |= Q(**{f"{each}__isnull": each != name for each in _RECORDS})
    return found


class Question(Versioned):
    """A question about one field of one record, put to the management of one cluster."""

    cluster = cluster_field("Cluster, das antwortet")
    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="questions", null=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="Aktivität", related_name="questions", null=True
    )
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name="Akteur", related_name="questions", null=True)
    field = models.CharField("Feld", max_length=60)
    text = models.TextField("Frage")
    state = models.CharField("Stand", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.BigIntegerField("gefragt von", null=True)
    asked_at = models.DateTimeField("gefragt am")

    history = row_history()

    if TYPE_CHECKING:
        cluster_id: str
        project_id: int | None
        activity_id: int | None
        actor_id: int | None

    class Meta(Versioned.Meta):
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"
        constraints = (
            *Versioned.Meta.constraints,
            CheckConstraint(condition=_one_record(), name="question_about_one_record"),
            CheckConstraint(condition=Q(state__in=State.values), name="question_state_known"),
            text_given("text", "question_text_given", LONGEST),
            text_given("field", "question_field_given", 60),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def kind(self) -> Kind:
        """The kind of the record that the question is about."""
        return "projects" if self.project_id else "activities" if self.activity_id else "actors"

    @property
    def record(self) -> Project | Activity | Actor:
        """The record that the question is about."""
        found = self.project or self.activity or self.actor
        assert found is not None  # noqa: S101 (a constraint holds it)
        return found


class Contribution(Versioned):
    """One step of a dialogue, with its text; settling needs none."""

    question = models.ForeignKey(Question, models.PROTECT, verbose_name="Frage", related_name="contributions")
    step = models.CharField("Schritt", max_length=10, choices=Step.choices)
    text = models.TextField("Text", null=True)
    account = models.BigIntegerField("Konto", null=True)
    moment = models.DateTimeField("wann")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Beitrag zu einer Frage"
        verbose_name_plural = "Beiträge zu Fragen"
        constraints = (
            *Versioned.Meta.constraints,
            CheckConstraint(condition=Q(step=Step.SETTLE) | Q(text__isnull=False), name="contribution_says_something"),
            text_given("text", "contribution_text_given", LONGEST),
        )

    def __str__(self) -> str:
        return self.text or str(self.step)


class HintConfirmation(Versioned):
    """A hint was looked at: the check by name, the record by kind and code, the values (``basis``), who, when and why.

    It holds as long as the hint rests on the same values; the account is a bare number, as in every history.
    """

    name = models.CharField("Prüfung", max_length=100)
    kind = models.CharField("Art des Eintrags", max_length=20)
    record = models.CharField("Kennung", max_length=40)
    basis = models.TextField("bestätigte Werte")
    reason = models.TextField("Begründung")
    account = models.BigIntegerField("Konto", null=True)
    moment = models.DateTimeField("bestätigt am")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "bestätigter Hinweis"
        verbose_name_plural = "bestätigte Hinweise"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("name", "kind", "record"), name="hint_confirmed_once"),
            text_given("reason", "confirmation_reason_given", LONGEST_REASON),
        )

    def __str__(self) -> str:
        return f"{self.record}: {self.name}"
