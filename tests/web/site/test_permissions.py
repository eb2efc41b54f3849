"""Every address × every role × GET and POST: what is answered is what the table says, and every address is in it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ewm.capture.accounts.access import ATTRIBUTE
from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import RIGHTS, Right, Role
from ewm.capture.imports.models import State
from ewm.web import health
from tests.web.site.conftest import FOREIGN, WHO
from tests.web.site.importing import applied, import_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from tests.web.site.conftest import World

# Who may freeze a state really does: into a folder of the test's own, which no later test takes for its snapshots.
pytestmark = pytest.mark.usefixtures("own_folder")

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8")
)
METHODS = ("get", "post")


def addresses(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Yield the full name of every address that the resolver knows."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name}"


def rights_of(who: str) -> frozenset[Right]:
    if who == "anonymous":
        return frozenset({Right.PUBLIC})
    role = Role.CLUSTER_MANAGER if who == "foreign_manager" else Role(who)
    return RIGHTS[role] | {Right.PUBLIC, Right.SIGN_IN}


def expected(who: str, row: dict[str, Any], method: str) -> set[int]:
    right = Right(row["right"])
    if right not in rights_of(who):
        return {302} if who == "anonymous" else {403}
    if who == "foreign_manager" and row.get("foreign"):
        return {404} if row[method] != 405 else {404, 405}
    return {row[method], 302} if row.get("redirects") else {row[method]}


def filled(row: dict[str, Any], world: World, *, foreign: bool = False) -> dict[str, str]:
    codes = asdict(world)
    own = {
        name: codes[f"foreign_{name}"] if foreign and f"foreign_{name}" in codes else code
        for name, code in codes.items()
    }
    return {name: str(value).format(**own) for name, value in row.get("args", {}).items()}


def with_imports(world: World, who: str) -> World:
    """Give whoever asks an import of their own at each step, and a foreign cluster the same."""
    account = Account.objects.filter(email=f"{who}@beispiel.invalid").first()
    steps = (State.MAPPING, State.REVIEWING, State.READING)
    made: dict[str, Any] = {f"import_{step}": import_in(step, account).pk for step in steps}
    made |= {f"foreign_import_{step}": import_in(step, None, cluster=FOREIGN).pk for step in steps}
    made |= {
        "import_applied": applied(account, world.project).pk,
        "foreign_import_applied": applied(None, world.foreign_project, FOREIGN).pk,
    }
    return replace(world, **{name: str(pk) for name, pk in made.items()})


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(addresses()) == set(TABLE)


@pytest.mark.parametrize("who", WHO)
def test_each_role_is_answered_as_the_table_says(who: str, client_of: Callable[[str], Client], world: World) -> None:
    client = client_of(who)
    world = with_imports(world, who)
    wrong = []
    for name, row in TABLE.items():
        for method in METHODS:
            if name == "account_logout" and who != "anonymous":
                continue  # tried last: it ends the session that the others need
            url = reverse(name, kwargs=filled(row, world))
            answer = getattr(client, method)(url, row.get("data", {}) if method == "post" else {})
            if answer.status_code not in expected(who, row, method):
                wrong.append(f"{method.upper()} {url}: {answer.status_code}, not {expected(who, row, method)}")
            if answer.status_code == 302 and Right(row["right"]) not in rights_of(who):
                assert answer["Location"].startswith(reverse("account_login")), url
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
def test_a_record_of_a_foreign_cluster_is_not_there(
    method: str, client_of: Callable[[str], Client], world: World
) -> None:
    client = client_of(Role.CLUSTER_MANAGER)
    world = with_imports(world, Role.CLUSTER_MANAGER)
    wrong = {
        url: answer.status_code
        for name, row in TABLE.items()
        if row.get("foreign") and Right(row["right"]) in rights_of(Role.CLUSTER_MANAGER)
        for url in [reverse(name, kwargs=filled(row, world, foreign=True))]
        if (answer := getattr(client, method)(url, row.get("data", {}))).status_code not in {404, 405}
    }
    assert wrong == {}


def test_a_view_that_says_nothing_is_refused(client_of: Callable[[str], Client], monkeypatch: Any) -> None:
    for who in ("anonymous", Role.CLUSTER_MANAGER):
        client = client_of(who)
        assert client.get(reverse("live")).status_code == 200
        with monkeypatch.context() as silent:
            silent.delattr(health.live, ATTRIBUTE)
            assert client.get(reverse("live")).status_code == 403
