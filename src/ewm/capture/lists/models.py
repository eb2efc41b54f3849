"""Views of lists that somebody keeps: a name for a query string. They are no records and have no history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.models import Account
from ewm.capture.base import text_given

NAME_LENGTH, QUERY_LENGTH = 60, 2000


class SavedView(models.Model):
    """A view of one kind of list, of one account: filters, sorting and columns, without cluster, year and page."""

    account = models.ForeignKey(Account, models.CASCADE, verbose_name=_("Konto"), related_name="saved_views")
    kind = models.CharField(_("Liste"), max_length=30)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    query = models.CharField(_("Filter"), max_length=QUERY_LENGTH)

    if TYPE_CHECKING:
        id: int
        account_id: int

    class Meta:
        verbose_name = _("gemerkte Ansicht")
        verbose_name_plural = _("gemerkte Ansichten")
        ordering: ClassVar[list[str]] = ["id"]
        constraints = (
            UniqueConstraint(fields=("account", "kind", "name"), name="saved_view_name_once"),
            text_given("name", "saved_view_name_given", NAME_LENGTH),
        )

    def __str__(self) -> str:
        return self.name
