"""Comments on records. The account is a bare number, as in every history: erasing it touches no comment."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from ewm.capture.base import Versioned, row_history, text_given

LONGEST = 2000
KINDS = ("project", "activity", "actor")


class Comment(Versioned):
    """What somebody says about a record, named by kind and code; plain text."""

    kind = models.CharField("Art des Eintrags", max_length=20)
    record = models.CharField("Kennung", max_length=40)
    text = models.TextField("Kommentar")
    account = models.BigIntegerField("Konto", null=True)
    moment = models.DateTimeField("geschrieben am")
    edited_at = models.DateTimeField("geändert am", null=True)
    withdrawn = models.BooleanField("zurückgezogen", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Kommentar"
        verbose_name_plural = "Kommentare"
        indexes = (Index(fields=("kind", "record"), name="comment_of_a_record"),)
        constraints = (
            *Versioned.Meta.constraints,
            CheckConstraint(condition=Q(kind__in=KINDS), name="comment_kind_known"),
            text_given("text", "comment_given", LONGEST),
        )

    def __str__(self) -> str:
        return self.text
