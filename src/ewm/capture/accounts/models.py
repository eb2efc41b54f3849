"""Accounts and memberships. They are personal data: no snapshot and no history of records holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.acting import Channel
from ewm.capture.base import text_given
from ewm.capture.taxonomies.models import cluster_field


class Theme(models.TextChoices):
    """Light or dark."""

    SYSTEM = "system", _("wie das System")
    LIGHT = "light", _("hell")
    DARK = "dark", _("dunkel")


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with this address; raises ``Account.DoesNotExist``."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who may sign in."""

    email = models.EmailField(_("E-Mail-Adresse"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=150)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_demo = models.BooleanField(_("Vorführkonto"), default=False)
    language = models.CharField(_("Sprache"), max_length=2, default="de")
    theme = models.CharField(_("Darstellung"), max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("Tastenkürzel"), default=True)
    created_at = models.DateTimeField(_("angelegt"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("Konto")
        verbose_name_plural = _("Konten")
        constraints = (
            UniqueConstraint(Lower("email"), name="account_email_once"),
            text_given("name", "account_name_given", 150),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account has a role, in a cluster or everywhere."""

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("Konto"), related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=30, choices=Role.choices)
    cluster = cluster_field("Cluster", null=True)

    if TYPE_CHECKING:
        cluster_id: str | None

    class Meta:
        verbose_name = _("Rolle eines Kontos")
        verbose_name_plural = _("Rollen der Konten")
        constraints = (
            CheckConstraint(
                condition=Q(role__in=sorted(OF_A_CLUSTER), cluster__isnull=False)
                | Q(role__in=sorted(set(Role) - OF_A_CLUSTER), cluster__isnull=True),
                name="membership_cluster_fits_role",
            ),
            UniqueConstraint(fields=("account", "role", "cluster"), name="membership_once"),
            # An empty cluster is never equal to another empty one.
            UniqueConstraint(
                fields=("account", "role"), condition=Q(cluster__isnull=True), name="membership_everywhere_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class Action(models.TextChoices):
    """What was done to an account."""

    CREATED = "created", _("angelegt")
    CHANGED = "changed", _("Name oder Adresse geändert")
    ROLES = "roles", _("Rollen geändert")
    LINK = "link", _("Link zum Setzen des Passworts erzeugt")
    DEACTIVATED = "deactivated", _("gesperrt")
    REACTIVATED = "reactivated", _("wieder geöffnet")
    FACTOR_RESET = "factor_reset", _("zweiter Faktor zurückgesetzt")
    SESSIONS_ENDED = "sessions_ended", _("Sitzungen beendet")
    EXPORTED = "exported", _("Daten ausgegeben (Art. 15 DSGVO)")
    ERASED = "erased", _("Daten gelöscht (Art. 17 DSGVO)")
    REMOVED = "removed", _("Vorführkonto entfernt")


class AccountEvent(models.Model):
    """Who did what to an account, and when. Accounts are bare numbers: what is erased leaves no name here."""

    at = models.DateTimeField(_("Zeitpunkt"), auto_now_add=True)
    by_number = models.BigIntegerField(_("von Konto"), null=True)
    channel = models.CharField(_("Weg"), max_length=10, choices=[(each.value, each.value) for each in Channel])
    account_number = models.BigIntegerField(_("Konto"), db_index=True)
    action = models.CharField(_("Änderung"), max_length=20, choices=Action.choices)
    detail = models.CharField(_("Einzelheit"), max_length=400, default="", blank=True)

    class Meta:
        verbose_name = _("Änderung an einem Konto")
        verbose_name_plural = _("Änderungen an Konten")

    def __str__(self) -> str:
        return f"{self.account_number}: {self.action}"
