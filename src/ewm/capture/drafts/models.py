"""A draft keeps a form as it was typed, valid or not, for the account that typed it; a finished form is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.models import Account
from ewm.capture.taxonomies.models import cluster_field

if TYPE_CHECKING:
    from django.db.models import Manager


class Draft(models.Model):
    """A form as typed. ``kind`` is that of the record; ``record`` its code, empty for a new one.

    ``key`` tells the drafts of one account apart: the record's code, for a new record a number made by the form.
    ``cluster`` is empty for a record that all clusters share: an actor.
    """

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("Konto"), related_name="drafts")
    kind = models.CharField(_("Art"), max_length=20)
    key = models.CharField(_("Schlüssel"), max_length=40)
    record = models.CharField(_("Kennung"), max_length=40, null=True)
    cluster = cluster_field("Cluster", null=True)
    data = models.JSONField(_("Eingaben"))
    base_version = models.PositiveIntegerField(_("Fassung, die bearbeitet wurde"), null=True)
    saved_at = models.DateTimeField(_("gespeichert"))

    if TYPE_CHECKING:
        id: int
        objects: Manager[Draft]
        account_id: int
        cluster_id: str | None

    class Meta:
        verbose_name = _("Entwurf")
        verbose_name_plural = _("Entwürfe")
        constraints = (UniqueConstraint(fields=("account", "kind", "key"), name="draft_once"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What was typed as title or name so far, shortened for lists; empty where nothing was."""
        typed = self.data.get("title") or self.data.get("name") or [""]
        return str(typed[0]).strip()[:120]


class FinishedForm(models.Model):
    """The form of a new record that was finished: sent again, by a second click or after going back, it makes no twin.

    ``key`` is that of the form, ``record`` the code of what came of it, ``digest`` tells whether the same was sent.
    """

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("Konto"), related_name="+")
    kind = models.CharField(_("Art"), max_length=20)
    key = models.CharField(_("Schlüssel"), max_length=40)
    record = models.CharField(_("Kennung"), max_length=40)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    finished_at = models.DateTimeField(_("fertiggestellt"))

    if TYPE_CHECKING:
        id: int
        objects: Manager[FinishedForm]

    class Meta:
        verbose_name = _("fertiggestelltes Formular")
        verbose_name_plural = _("fertiggestellte Formulare")
        constraints = (UniqueConstraint(fields=("account", "kind", "key"), name="form_finished_once"),)

    def __str__(self) -> str:
        return self.record
