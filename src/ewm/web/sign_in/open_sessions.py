"""Open sessions of an account: listed in words that people know, ended one by one or all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from ewm.capture.accounts.models import Action
from ewm.capture.accounts.services import note

if TYPE_CHECKING:
    from datetime import datetime

    from ewm.capture.accounts.models import Account

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One open session: its number, where and since when it is open, and whether it is the one that asks."""

    number: int
    browser: str
    address: str
    since: datetime
    is_own: bool


def open_sessions(account: Account, own_key: str | None = None) -> list[OpenSession]:
    """Return the open sessions, the youngest first; those that have expired are cleared away."""
    found = UserSession.objects.purge_and_list(account)
    return [
        OpenSession(each.pk, browser(each.user_agent), each.ip, each.created_at, each.session_key == own_key)
        for each in sorted(found, key=lambda each: each.created_at, reverse=True)
    ]


def browser(agent: str) -> str:
    """Return browser and system in two words."""
    name = next((word for mark, word in _BROWSERS if mark in agent), _("Unbekannter Browser"))
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    return _("{browser} auf {system}").format(browser=name, system=system) if system else name


def session_end(*, account: Account, number: int) -> None:
    """End one session of an account; one of another account is left alone."""
    for each in UserSession.objects.filter(user=account, pk=number):
        each.end()


def sessions_end(*, account: Account, but: str | None = None) -> None:
    """End every session of an account but the one with this key."""
    for each in UserSession.objects.filter(user=account).exclude(session_key=but or ""):
        each.end()
    note(account, Action.SESSIONS_ENDED)


def factor_reset(*, account: Account) -> None:
    """Take an account's second factors away, for somebody who has lost them, and end its sessions."""
    Authenticator.objects.filter(user=account).delete()
    note(account, Action.FACTOR_RESET)
    sessions_end(account=account)
