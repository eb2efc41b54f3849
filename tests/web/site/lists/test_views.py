"""Views of lists: what everybody has, what an account keeps, and that both belong to whom they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ewm.capture.accounts.roles import Role
from ewm.capture.lists.models import SavedView
from ewm.capture.lists.services import MOST_VIEWS
from ewm.capture.projects.entries import StatusEvent
from ewm.capture.projects.services import projects_create
from tests.web.site.conftest import project
from tests.web.site.lists.conftest import OPENED, get

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.usefixtures("projects")
LIST = "/projekte/"
DAY = timedelta(days=1)


def keep(client: Client, name: str, query: str = "?status=running&sortierung=-volumen") -> Any:
    return client.post(LIST + query, {"name": name})


def test_the_first_view_is_shown_and_every_view_says_how_many_it_has(manager: Client) -> None:
    page = get(manager)
    assert page.tabs["Neu 2020"] == 2
    assert page.tabs["Laufend 2020"] == 4
    assert page.tabs["Über 1 Mio. Euro"] == 1
    assert page.tabs["Alle"] == 5
    assert page.current_tabs == ["Neu 2020"]


def test_views_follow_the_chosen_year(manager: Client) -> None:
    page = get(manager, "?jahr=2019")
    assert page.tabs["Neu 2019"] == 1
    assert page.titles == ["azurblaue Farbe"]


def test_a_kept_view_is_a_tab_with_its_filters_and_order(manager: Client) -> None:
    answer = keep(manager, "  Meine   laufenden ")
    assert answer.status_code == 302
    assert "status=running" in answer["Location"]
    page = get(manager, "?status=running")
    assert page.tabs["Meine laufenden"] == 1
    assert page.current_tabs == ["Meine laufenden"]
    assert SavedView.objects.get().query == "status=running&sortierung=-volumen"


def test_a_kept_view_belongs_to_its_account_and_its_list(client_of: Callable[[str], Client]) -> None:
    manager, viewer = client_of(Role.CLUSTER_MANAGER), client_of(Role.CLUSTER_VIEWER)
    keep(manager, "Meine")
    assert "Meine" in get(manager).tabs
    assert "Meine" not in get(viewer).tabs
    assert "Meine" not in get(manager, "", "activities:list").tabs
    view = SavedView.objects.get()
    assert viewer.post(LIST, {"entfernen": view.id}).status_code == 404
    assert manager.post(LIST, {"entfernen": view.id}).status_code == 302
    assert "Meine" not in get(manager).tabs


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1"])
def test_a_view_that_is_not_there_cannot_be_forgotten(manager: Client, number: str) -> None:
    assert manager.post(LIST, {"entfernen": number}).status_code == 404


def test_a_name_that_is_taken_is_told_beside_what_was_typed(manager: Client) -> None:
    keep(manager, "Meine")
    answer = keep(manager, "Meine", "?beginn=2020&spalten=ende")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Eine Ansicht mit diesem Namen gibt es schon" in html
    assert 'value="Meine"' in html
    assert "spalten=ende" in html
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(("length", "status"), [(0, 422), (1, 302), (60, 302), (61, 422)])
def test_a_name_has_up_to_sixty_characters(manager: Client, length: int, status: int) -> None:
    assert keep(manager, "x" * length).status_code == status


def test_there_is_an_end_to_views(manager: Client) -> None:
    for number in range(MOST_VIEWS):
        assert keep(manager, f"Ansicht {number}").status_code == 302
    answer = keep(manager, "eine mehr")
    assert answer.status_code == 422
    assert "bitte erst eine entfernen" in answer.content.decode()


def test_more_filters_than_a_view_can_keep_are_refused(manager: Client) -> None:
    answer = keep(manager, "viel", "?" + "&".join(f"status={number}{'x' * 60}" for number in range(40)))
    assert answer.status_code == 422
    assert "mehr Filter gesetzt" in answer.content.decode()


def test_pages_hold_ten_rows_unless_more_are_asked_for(manager: Client, many: None) -> None:  # noqa: ARG001
    first, second, last = (get(manager, f"?ansicht=alle&seite={page}&sortierung=kennung") for page in (1, 2, 99))
    assert (len(first.titles), len(second.titles), len(last.titles)) == (10, 10, 5)
    assert len({*first.titles, *second.titles, *last.titles}) == 25
    assert "1 bis 10 von 25" in first.html
    assert "21 bis 25 von 25" in last.html
    assert 'rel="next"' in first.html
    assert 'rel="prev"' not in first.html
    assert 'rel="next"' not in last.html
    assert len(get(manager, "?ansicht=alle&anzahl=20").titles) == 20
    assert len(get(manager, "?ansicht=alle&anzahl=50").titles) == 25
    assert 'href="?cluster=metall&amp;jahr=2020&amp;ansicht=alle&amp;sortierung=kennung&amp;seite=2"' in first.html


def test_columns_are_chosen_in_the_address(manager: Client) -> None:
    html = get(manager, "?spalten=kennung&spalten=ende&ansicht=alle").html
    assert 'data-l="Kennung"' in html
    assert 'data-l="Ende"' in html
    assert 'data-l="Akteure"' not in html
    usual = get(manager, "?ansicht=alle").html
    assert 'data-l="Akteure"' in usual
    assert 'data-l="Ende"' not in usual


def test_a_search_of_the_usual_columns_keeps_the_address_short(manager: Client) -> None:
    usual = "&".join(
        f"spalten={key}" for key in ("status", "volumen", "foerderung", "akteure", "beginn", "vollstaendig")
    )
    assert "spalten" not in get(manager, f"?ansicht=alle&{usual}").html.partition("<table")[2].partition("<footer")[0]


def test_the_sum_says_how_much_of_it_is_estimated(manager: Client) -> None:
    assert (
        get(manager, "?ansicht=alle").summary
        == "5 Projekte, zusammen 2,0 Mio. Euro Projektvolumen, davon 1,0 Mio. Euro geschätzt"
    )
    assert get(manager, "?suche=Bandsäge").summary == "1 Projekt, zusammen 1.000.000 Euro Projektvolumen"
    assert get(manager, "?suche=Zink").summary == "1 Projekt"


def test_a_script_gets_the_address_to_push(manager: Client) -> None:
    answer = manager.get(
        reverse("projects:list") + "?suche=&status=running&volumen_ab=", headers={"HX-Request": "true"}
    )
    assert answer["HX-Push-Url"] == "/projekte/?cluster=metall&jahr=2020&status=running"
    assert "HX-Push-Url" not in manager.get(reverse("projects:list"))


def test_the_choice_in_the_header_counts_more_than_the_address_it_was_made_at(manager: Client) -> None:
    here = "/projekte/?cluster=metall&jahr=2020&status=running&seite=2"
    answer = manager.post(reverse("choose"), {"cluster": "metall", "year": "2019", "next": here})
    assert answer["Location"] == "/projekte/?status=running"
    assert "Neu 2019" in get(manager, "?status=running").tabs
    assert manager.post(reverse("choose"), {"next": "/projekte/?jahr=2020"})["Location"] == "/projekte/"
    assert manager.post(reverse("choose"), {"next": "//fremd.invalid/?jahr=2020"})["Location"] == "/"


def test_the_view_of_a_year_leaves_out_what_came_to_nothing(manager: Client) -> None:
    before = get(manager)
    start = date(2020, 3, 2)
    fails = (
        StatusEvent(status_from=start, status="preparation"),
        StatusEvent(status_from=start + DAY, status="aborted"),
    )
    projects_create(entries=[replace(project("P-8"), title="Abgebrochen", status_events=fails)])
    page = get(manager)
    assert page.titles == before.titles
    assert {name: page.tabs[name] - before.tabs[name] for name in ("Neu 2020", "Laufend 2020", "Alle")} == {
        "Neu 2020": 0,
        "Laufend 2020": 0,
        "Alle": 1,
    }
    assert "Abgebrochen" in get(manager, "?weggefallen=ja").titles
    everything = get(manager, "?ansicht=alle" + OPENED).options("weggefallen")
    assert everything["ja"] == 1
    chosen = "&".join(f"status={status}" for status in ("preparation", "running", "aborted"))
    assert get(manager, f"?ansicht=alle&{chosen}{OPENED}").options("weggefallen") == everything
