"""Pages that end a way say where it goes on: nothing there, not for this role, nothing to see."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.roles import Role
from ewm.capture.editing import page as editing
from ewm.capture.projects.models import Project
from ewm.capture.withdrawing import record_withdraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


@pytest.mark.parametrize(("kind", "label"), [("projekte", "Projekte"), ("aktivitaeten", "Aktivitäten")])
def test_a_record_that_is_not_there_leads_to_its_list(manager: Client, kind: str, label: str) -> None:
    answer = manager.get(f"/{kind}/GIBTSNICHT/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "gehört zu einem anderen Cluster" in page
    assert f'href="/{kind}/"><span class="kern-label">Zur Liste: {label}' in page


def test_an_address_that_is_none_speaks_of_no_record(manager: Client, client: Client) -> None:
    for whoever in (manager, client):
        page = whoever.get("/gibt-es-nicht/").content.decode()
        assert "Diese Seite gibt es nicht" in page
        assert "anderen Cluster" not in page


def test_the_administration_finds_the_accounts_on_its_start_page(client_of: Callable[[str], Any]) -> None:
    page = client_of(Role.ADMINISTRATOR).get("/").content.decode()
    assert "Keine Einträge für dieses Konto" in page
    assert f'href="{reverse("accounts:list")}"><svg' in page


def test_a_copy_says_what_it_repeats(manager: Client, world: Any) -> None:
    page = manager.get(f"/aktivitaeten/{world.activity}/wie-im-vorjahr/").content.decode()
    assert f"Übernommen aus {world.activity}, die Tage liegen ein Jahr später. Noch ist nichts gespeichert." in page


@pytest.mark.parametrize("demonstration", [False, True])
def test_a_withdrawn_record_leads_to_its_history(
    manager: Client,
    world: Any,
    settings: Any,
    demonstration: bool,  # noqa: FBT001
) -> None:
    settings.DEBUG = settings.EWM_DEMO = demonstration
    project = Project.objects.get(code=world.project)
    record_withdraw(record=project, version=project.version, reason="doppelt erfasst")
    answer = manager.get(f"/projekte/{world.project}/")
    assert answer.status_code == 404
    assert "Dieser Eintrag ist zurückgezogen" in answer.content.decode()
    assert f'href="/projekte/{world.project}/verlauf/"' in answer.content.decode()


def test_a_reason_that_is_asked_for_is_no_option(manager: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def label(page: str) -> str:
        return page.split('for="id_reason">')[1].split("</label>", maxsplit=1)[0]

    url = f"/projekte/{world.project}/bearbeiten/"
    assert "(optional)" in label(manager.get(url).content.decode())
    monkeypatch.setattr(editing, "snapshot_with", lambda *_: SimpleNamespace(cut_off=date(2020, 12, 31)))
    page = manager.get(url).content.decode()
    assert "(optional)" not in label(page)
    assert "Der Eintrag steht im Datenstand zum 31.12.2020. Wer ihn ändert, sagt warum." in page


@pytest.mark.usefixtures("programme")
def test_where_there_is_nothing_nothing_is_complete(manager: Client) -> None:
    page = manager.get("/").content.decode()
    assert "noch keine</span>" in page
    assert "0 von 0" not in page
