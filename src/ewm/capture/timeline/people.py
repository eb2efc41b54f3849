"""Who did something, in words: the name of the account, or what stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.accounts.models import Account
from ewm.capture.acting import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WAYS = {
    Channel.FORM: gettext_lazy("Formular"),
    Channel.IMPORT: gettext_lazy("Import"),
    Channel.API: gettext_lazy("Schnittstelle"),
    Channel.COMMAND: gettext_lazy("Befehlszeile"),
}


class People:
    """Names of accounts, read in one query."""

    def __init__(self, accounts: Iterable[int | None]) -> None:
        wanted = {account for account in accounts if account is not None}
        self._names: Mapping[int, str] = dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))

    def name(self, account: int | None, channel: Channel) -> str:
        """Return the account's name; an erased account has none any more, a command never had one."""
        if account is not None:
            return self._names.get(account) or _("Konto gelöscht")
        return _("Befehlszeile") if channel is Channel.COMMAND else _("ohne Konto")
