"""What every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.rescue import mark_of
from ewm.capture.accounts.roles import Right
from ewm.web.focus import programme

if TYPE_CHECKING:
    from django.http import HttpRequest

# Main menu: label, name of the view, right. A part of the site adds its line here.
MENU = (
    (_("Start"), "start", Right.SIGN_IN),
    (_("Projekte"), "projects:list", Right.READ),
    (_("Aktivitäten"), "activities:list", Right.READ),
    (_("Akteure"), "actors:list", Right.READ),
    (_("Stichtag"), "cut_off", Right.FREEZE),
    (_("Konten"), "accounts:list", Right.ADMINISTER),
)
BELOW = {"projects:list": "/importe/"}
"""What is reached from a list and has addresses of its own."""
ACCOUNT_MENU = (
    (_("Daten ausgeben"), "dataset", Right.READ),
    (_("Profil"), "profile", Right.SIGN_IN),
    (_("Zweiter Faktor"), "mfa_index", Right.SIGN_IN),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the main menu; ``current`` is ``page`` for the page itself, ``true`` for its section."""

    label: str
    url: str
    current: str | None


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what ``base.html`` needs."""
    whole = cast("Any", request)
    reach = getattr(whole, "reach", None)
    return {
        "reach": reach,
        "focus": getattr(whole, "focus", None),
        "nav": [entry for entry in (_entry(request, *line) for line in MENU) if entry] if reach else [],
        "account_nav": [entry for entry in (_entry(request, *line) for line in ACCOUNT_MENU) if entry] if reach else [],
        "data_as_of": timezone.localtime(),
        "programme_name": _short(programme().title.get("en" if (get_language() or "").startswith("en") else "de")),
        "demo": settings.EWM_DEMO,
        "rescue_mark": mark_of(request) if reach else "",
    }


def _short(title: str) -> str:
    """Return the short name that a title gives in brackets at its end, else the title."""
    return title[:-1].rpartition("(")[2] if title.endswith(")") else title


def _entry(request: HttpRequest, label: Any, name: str, right: Right) -> Entry | None:
    if not cast("Any", request).reach.can(right):
        return None
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    here = request.path == url
    within = url != "/" and request.path.startswith((url, BELOW.get(name, url)))
    return Entry(str(label), url, "page" if here else "true" if within else None)
