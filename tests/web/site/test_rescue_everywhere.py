"""Every form in which somebody types brings the text back when the session ended: found by looking at every page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.rescue import MARK, is_rescuing
from ewm.capture.accounts.roles import Role
from ewm.capture.projects.services import projects_create
from tests.web.site.test_permissions import TABLE, filled, with_imports
from tests.web.site.test_start import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from tests.web.site.conftest import World

CHOSEN = frozenset({"choose", "set_language"})
"""Choices that are made anew with one click."""
OF_THE_SIGN_IN = ("account_", "mfa_")
"""Passwords, codes and names of keys: what is secret is kept nowhere."""
NOT_TYPED = frozenset({"hidden", "submit", "button"})


class Forms(HTMLParser):
    """Forms of a page that are posted: where to, and which of their fields somebody fills."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self._open = address, False
        self.found: list[tuple[list[str], set[str], set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = said.get("method", "").lower() == "post"
            if self._open:
                self.found.append(([said.get("action") or self.address], set(), set()))
        elif self._open and tag == "button" and said.get("formaction"):
            self.found[-1][0].append(said["formaction"])
        elif self._open and tag in {"input", "select", "textarea"} and said.get("name"):
            typed = said.get("type", "text") not in NOT_TYPED
            (self.found[-1][1] if typed else self.found[-1][2]).add(said["name"])

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"


def pages(client: Client, world: World) -> Iterator[tuple[str, Any]]:
    for name, row in TABLE.items():
        if row["get"] == 200 and not name.startswith(OF_THE_SIGN_IN):
            url = reverse(name, kwargs=filled(row, world))
            answer = client.get(url)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield url, answer


@pytest.mark.parametrize("who", [Role.CLUSTER_MANAGER, Role.EVALUATOR, Role.ADMINISTRATOR])
def test_whoever_types_gets_the_text_back(who: str, client_of: Callable[[str], Client], world: World) -> None:
    client = client_of(who)
    seen, wrong = set(), []
    for url, answer in pages(client, with_imports(world, who)):
        forms = Forms(url)
        forms.feed(answer.content.decode())
        for actions, typed, hidden in forms.found:
            for action in actions if typed else []:
                match = resolve(urlsplit(action).path)
                if match.view_name in CHOSEN or match.view_name.startswith(OF_THE_SIGN_IN):
                    continue
                seen.add(match.view_name)
                if MARK not in hidden or not is_rescuing(match.func):
                    wrong.append(f"{url}: {sorted(typed)} to {match.view_name}")
    assert sorted(set(wrong)) == []
    assert len(seen) >= (12 if who == Role.CLUSTER_MANAGER else 2), seen


CASES = {
    "projects:list": (Role.CLUSTER_VIEWER, {"name": "Meine laufenden"}, ""),
    "questions:ask": (Role.EVALUATOR, {"field": "title", "text": "Wer hat das gezählt?"}, ""),
    "questions:answer": (Role.CLUSTER_MANAGER, {"text": "Bestätigt am 3.3."}, "questions:detail"),
    "actors:merge": (Role.CLUSTER_MANAGER, {"reason": "dieselbe Adresse"}, ""),
    "actors:apart": (Role.CLUSTER_MANAGER, {"reason": "zwei Standorte"}, "actors:merge"),
    "actors:undo": (Role.CLUSTER_MANAGER, {"reason": "doch zwei"}, ""),
    "accounts:new": (Role.ADMINISTRATOR, {"name": "Neue Person", "email": "neu@beispiel.invalid"}, ""),
    "accounts:account": (Role.ADMINISTRATOR, {"name": "Anders", "email": "jemand@beispiel.invalid"}, ""),
    "profile": (Role.EVALUATOR, {"name": "Anders Genannt"}, ""),
    "imports:undo": (Role.CLUSTER_MANAGER, {"grund": "falsche Datei"}, "imports:result"),
}
"""By address: who sends what, and on which page it comes back where that is another one."""


@pytest.mark.parametrize("name", CASES)
def test_the_text_is_back_where_it_was_typed(name: str, client_of: Callable[[str], Client], world: World) -> None:
    who, text, page = CASES[name]
    client = client_of(who)
    world = with_imports(world, who)
    args = filled(TABLE[name], world)
    shown = reverse(page or name, kwargs=args)
    mark = client.get(shown).content.decode().split(f'name="{MARK}" value="')[1].split('"')[0]
    client.logout()
    again = client.post(reverse(name, kwargs=args), {**text, MARK: mark})["Location"]
    client.force_login(Account.objects.get(email=f"{who}@beispiel.invalid"))
    address = client.get(again, follow=False)
    assert address.status_code in {200, 302}
    back = client.get(f"{shown}?wieder=1").content.decode()
    for each in text.values():
        assert each in back, each
    assert "gespeichert ist noch nichts" in back
    assert client.get(shown).status_code == 200
    client.post(reverse(name, kwargs=args), text)
    assert "rescued" not in client.session


@pytest.mark.usefixtures("world")
def test_the_reason_of_a_confirmation_is_back_at_its_hint(manager: Client) -> None:
    projects_create(entries=[small()])
    args = {"kind": "projekte", "code": "P-9"}
    page = manager.get(f"{reverse('hints:record', kwargs=args)}?jahr=2020").content.decode()
    mark = page.split(f'name="{MARK}" value="')[1].split('"')[0]
    hint = page.split("So bestätigen")[0].rsplit('name="name" value="', 1)[1].split('"')[0]
    account = Account.objects.get(pk=manager.session["_auth_user_id"])
    manager.logout()
    manager.post(reverse("hints:confirm", kwargs=args), {"name": hint, "reason": "nachgefragt", MARK: mark})
    manager.force_login(account)
    back = manager.get(f"{reverse('hints:record', kwargs=args)}?wieder=1").content.decode()
    assert back.count("nachgefragt</textarea>") == 1
