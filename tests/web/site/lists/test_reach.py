"""Records of a foreign cluster and withdrawn ones appear nowhere: no row, no count, no option, no sum, no export."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ewm.capture.accounts.roles import Role
from ewm.capture.activities.services import activities_create
from ewm.capture.projects.models import Project
from tests.web.site.conftest import FOREIGN, activity
from tests.web.site.lists.conftest import OPENED, get

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.usefixtures("projects")

SECRET = "Fremd, Geheimnis"  # noqa: S105 (a title)
# Query: how many projects begin in 2020, as the options count them.
QUERIES = {
    "ansicht=alle": 2,
    "umfang=alle": 3,
    "umfang=begleitet": 3,
    "suche=Geheimnis": 0,
    "suche=Fremd&umfang=alle": 1,
    f"cluster={FOREIGN}&ansicht=alle": 2,
    f"cluster={FOREIGN}&umfang=alle": 3,
    "volumen_ab=7+Mio&umfang=alle": 0,
    "beginn=2020&umfang=alle": 3,
}


def exported(client: Client, query: str, kind: str = "projects") -> str:
    answer = client.get(reverse(f"{kind}:export", args=["csv"]) + f"?{query}&alle_spalten=ja")
    text: str = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return text


@pytest.mark.parametrize(("query", "count"), QUERIES.items())
@pytest.mark.parametrize("role", [Role.CLUSTER_MANAGER, Role.CLUSTER_VIEWER])
def test_a_foreign_record_is_nowhere(client_of: Callable[[str], Client], role: Role, query: str, count: int) -> None:
    client = client_of(role)
    page = get(client, f"?{query}{OPENED}")
    assert SECRET not in page.titles
    assert "7,0 Mio" not in page.summary
    assert SECRET not in exported(client, query)
    assert page.options("beginn").get("2020", 0) == count
    assert page.tabs["Alle"] == 5


def test_whoever_reads_everything_sees_everything(client_of: Callable[[str], Client]) -> None:
    evaluator = client_of(Role.EVALUATOR)
    assert SECRET in get(evaluator, "?umfang=alle").titles
    assert SECRET in get(evaluator, f"?cluster={FOREIGN}&ansicht=alle").titles
    assert SECRET not in get(evaluator, "?cluster=metall&ansicht=alle").titles
    assert SECRET in exported(evaluator, "umfang=alle")


def test_the_foreign_manager_sees_the_other_side(client_of: Callable[[str], Client]) -> None:
    page = get(client_of("foreign_manager"), "?ansicht=alle")
    assert set(page.titles) == {SECRET, "Fremd, mitbegleitet"}
    assert page.tabs["Alle"] == 2


def test_the_public_sees_no_list(client_of: Callable[[str], Client]) -> None:
    client = client_of("anonymous")
    assert client.get(reverse("projects:list")).status_code == 302
    assert client.get(reverse("projects:export", args=["csv"])).status_code == 302


def test_foreign_activities_are_nowhere(manager: Client) -> None:
    activities_create(entries=[activity("S-1"), replace(activity("S-2", FOREIGN), title=SECRET)])
    page = get(manager, "?umfang=alle", "activities:list")
    assert page.titles == ["Treffen S-1"]
    assert SECRET not in exported(manager, "umfang=alle", "activities")


def test_a_withdrawn_record_is_in_no_list(manager: Client) -> None:
    from ewm.capture.withdrawing import record_withdraw  # noqa: PLC0415

    record = Project.objects.get(code="P-1")
    record_withdraw(record=record, version=record.version, reason="doppelt erfasst")
    assert "Ätzen von Blech" not in get(manager, "?ansicht=alle").titles
    assert get(manager, "?ansicht=alle").tabs["Alle"] == 4
    assert "Ätzen" not in exported(manager, "ansicht=alle")


def test_an_unknown_format_is_not_there(manager: Client) -> None:
    assert manager.get(reverse("projects:export", args=["pdf"])).status_code == 404
