"""Which symbols there are, and which one stands for what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ewm.web.assets import SPRITE, site_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

OTHER_STATUS = "status-other"


@dataclass(frozen=True, slots=True)
class Severity:
    """How a severity is drawn and called."""

    symbol: str
    word: _StrPromise


SEVERITIES: Mapping[str, Severity] = {
    "error": Severity("missing", _("Fehlt")),
    "warning": Severity("hint", _("Hinweis")),
    "hint": Severity("info", _("Tipp")),
    "question": Severity("question", _("Frage")),
    "done": Severity("success", _("Erledigt")),
}


@cache
def symbols() -> frozenset[str]:
    """Names of all symbols in the built sprite; raises MissingError where it has not been built."""
    text = (site_folder() / SPRITE).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', text))


def status_symbol(status: str) -> str:
    """Return the symbol of a status: the drawing that has its id, else a ring with a dot."""
    name = f"status-{status}"
    return name if name in symbols() else OTHER_STATUS


def appearance_of(request: Any, name: str) -> str:
    """Return what somebody chose for their eyes and hands (``theme``: light, dark; ``keys``: off).

    This browser's choice is a cookie; without one that of the account counts.
    """
    if request is None:
        return ""
    cookie = f"ewm_{name}"
    account = getattr(getattr(request, "reach", None), "account", None)
    if cookie in request.COOKIES or account is None:
        return str(request.COOKIES.get(cookie, ""))
    return str(account.theme) if name == "theme" else "" if account.shortcuts else "off"
