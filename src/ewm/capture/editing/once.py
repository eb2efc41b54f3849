"""The form of a new record makes one record, however often it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ewm.capture.accounts.access import reach
from ewm.capture.drafts.finished import digest_of, finished_or_none, form_finish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from ewm.capture.accounts.models import Account
    from ewm.capture.drafts.models import FinishedForm
    from ewm.capture.editing.kind import Pages
    from ewm.capture.forms.raw import Raw

DELIBERATE = "deliberate"
"""Name of the hidden field that says which name somebody was asked about; it is no part of what was typed."""


def finished(request: HttpRequest, kind: Pages[Any], raw: Raw) -> FinishedForm | None:
    """Return what has come of this very form of the account; None where it was not finished yet."""
    return finished_or_none(account=cast("Account", reach(request).account), kind=kind.name, key=raw.get("key"))


def remembering(request: HttpRequest, kind: Pages[Any], raw: Raw) -> Callable[[str], None]:
    """Return what is done with the code of a new record in the transaction that writes it: its form is remembered."""
    account, key = cast("Account", reach(request).account), raw.get("key")
    return lambda code: form_finish(account=account, kind=kind.name, key=key, record=code, data=_typed(raw))


def is_unchanged(made: FinishedForm, raw: Raw) -> bool:
    """Tell whether a form still holds what it was finished with."""
    return made.digest == digest_of(_typed(raw))


def _typed(raw: Raw) -> Mapping[str, Sequence[str]]:
    return raw.without(DELIBERATE).values


def led_there(request: HttpRequest, kind: Pages[Any], made: FinishedForm, raw: Raw) -> HttpResponse | None:
    """Lead to what the form has become; None where something in it was changed since."""
    if not is_unchanged(made, raw):
        return None
    told = _("Aus diesem Formular ist schon %(code)s entstanden, ein zweiter Eintrag nicht.")
    messages.info(request, told % {"code": made.record})
    return HttpResponseRedirect(kind.url("page", made.record))


def finished_otherwise(made: FinishedForm, button: str) -> str:
    """Return the question which record is meant; ``button`` is the one that makes a further one."""
    return _(
        "Aus diesem Formular ist schon %(code)s entstanden. Wollen Sie jenen Eintrag ändern, öffnen Sie ihn dort. Ist "
        "dies ein weiterer, drücken Sie noch einmal „%(button)s“. Angelegt ist noch kein zweiter."
    ) % {"code": made.record, "button": button}
