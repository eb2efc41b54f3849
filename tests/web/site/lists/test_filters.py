"""Filters, searching and sorting: what is left, in which order, and that all of it stands in the address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.entries import Assignment
from ewm.capture.lists.labels import read_labels
from ewm.capture.projects.entries import StatusEvent
from ewm.capture.projects.services import projects_create
from ewm.capture.taxonomies.models import Cluster, Term
from tests.web.site.conftest import project
from tests.web.site.lists.conftest import FIELD, OPENED, OTHER_FIELD, Page, get

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

RENEWED = "metall-2020-innovationswerkstatt"
BLECH, SAEGE, FARBE, ZINK, SUMME = "Ätzen von Blech", "Bandsäge", "azurblaue Farbe", "100 % Zink", "=SUMME(1;2)"
ALL = {BLECH, SAEGE, FARBE, ZINK, SUMME}
SUPPORTED = "Fremd, mitbegleitet"

pytestmark = pytest.mark.usefixtures("projects")

FILTERED = {
    "beginn=2020": {BLECH, SAEGE},
    "beginn=2019&beginn=2020": {BLECH, SAEGE, FARBE},
    "beginn=2017": set(),
    "laufend=2019": {FARBE, ZINK, SUMME},
    "laufend=2020": {BLECH, SAEGE, ZINK, SUMME},
    "laufend=2017": set(),
    "status=running": {BLECH},
    "status=preparation": {SAEGE, FARBE, ZINK, SUMME},
    "status=running&status=preparation": ALL,
    "feld=" + FIELD: {BLECH},
    "feld=" + OTHER_FIELD: {BLECH, SAEGE},
    "foerderung=secured": {SAEGE},
    "bewilligt_von=federal": {SAEGE},
    "bewilligt_von=eu": set(),
    "fue=nein": {SAEGE},
    "fue=ja&fue=nein": ALL,
    "geschaetzt=ja": {BLECH},
    "volumen_ab=1+Mio": {BLECH},
    "volumen_ab=999.999,99": {BLECH, SAEGE},
    "volumen_bis=999.999,99": {SAEGE},
    "volumen_ab=1&volumen_bis=2+Mio": {BLECH, SAEGE},
    "akteur=A-1": {BLECH, FARBE, ZINK, SUMME},
    "akteur=A-2": {SAEGE},
    "akteur=A-2&akteur=A-1": {SAEGE},
    "akteur=A-0": set(),
    "umfang=begleitet": ALL | {SUPPORTED},
    "umfang=alle": ALL | {SUPPORTED},
    "suche=blech": {BLECH},
    "suche=ätzen": {BLECH},
    "suche=ÄTZEN": {BLECH},
    "suche=bandSÄGE": {SAEGE},
    "suche=übach": {BLECH, FARBE, ZINK, SUMME},
    "suche=linsenwerk": {SAEGE},
    "suche=P-2": {SAEGE},
    "suche=100+%25": {ZINK},
    "suche=%25": {ZINK},
    "suche=_": set(),
    "suche=blech+walzwerk": {BLECH},
    "suche=blech+linsenwerk": set(),
    "suche=Geheimnis": set(),
    "ansicht=alle": ALL,
    "": {BLECH, SAEGE},
}


@pytest.mark.parametrize(("query", "found"), FILTERED.items(), ids=FILTERED)
def test_each_filter_leaves_what_it_says(manager: Client, query: str, found: set[str]) -> None:
    page = get(manager, f"?{query}")
    assert set(page.titles) == found
    assert len(page.titles) == len(found)
    assert page.summary.startswith(f"{len(found)} Projekt")


def test_filters_combine(manager: Client) -> None:
    assert get(manager, "?status=preparation&beginn=2018&laufend=2019&suche=zink").titles == [ZINK]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("volumen", [SAEGE, BLECH, FARBE, ZINK, SUMME]),
        ("-volumen", [BLECH, SAEGE, FARBE, ZINK, SUMME]),
        ("beginn", [ZINK, SUMME, FARBE, BLECH, SAEGE]),
        ("-beginn", [BLECH, SAEGE, FARBE, ZINK, SUMME]),
        ("-status", [BLECH, SAEGE, FARBE, ZINK, SUMME]),
        ("ende", [FARBE, SUMME, BLECH, SAEGE, ZINK]),
        ("-kennung", [SUMME, ZINK, FARBE, SAEGE, BLECH]),
        ("unbekannt", [ZINK, SUMME, FARBE, BLECH, SAEGE]),
    ],
)
def test_each_order_leaves_the_empty_to_the_end(manager: Client, sort: str, titles: list[str]) -> None:
    assert get(manager, f"?ansicht=alle&sortierung={sort}").titles == titles


def test_titles_stand_as_in_a_dictionary(manager: Client) -> None:
    found = get(manager, "?ansicht=alle&sortierung=titel").titles
    assert [each for each in found if each[0].isalpha()] == [BLECH, FARBE, SAEGE]
    assert get(manager, "?ansicht=alle&sortierung=-titel").titles == found[::-1]


def test_the_head_of_a_column_tells_and_turns_the_order(manager: Client) -> None:
    html = get(manager, "?ansicht=alle&sortierung=volumen").html
    assert (
        'aria-sort="ascending"><a href="?cluster=metall&amp;jahr=2020&amp;ansicht=alle&amp;sortierung=-volumen">'
        in html
    )
    assert html.count("aria-sort") == 1
    assert 'aria-sort="descending"' in get(manager, "?ansicht=alle&sortierung=-beginn").html


def test_options_count_what_each_would_leave_beside_the_other_filters(manager: Client) -> None:
    page = get(manager, "?ansicht=alle" + OPENED)
    assert page.options("status") == {"preparation": 4, "running": 1}
    assert page.options("feld") == {FIELD: 1, OTHER_FIELD: 2}
    assert page.options("beginn") == {"2020": 2, "2019": 1, "2018": 2}
    assert page.options("fue") == {"ja": 4, "nein": 1}
    assert page.options("bewilligt_von") == {"federal": 1}
    assert page.options("weggefallen") == {"ja": 0, "nein": 5}
    chosen = get(manager, "?status=running" + OPENED)
    assert chosen.options("status") == {"preparation": 4, "running": 1}
    assert chosen.options("feld") == {FIELD: 1, OTHER_FIELD: 1}


BOXES = {"status": "status", "feld": "feld", "mehr": "fue"}


@pytest.mark.parametrize(("box", "key"), BOXES.items())
def test_a_box_is_counted_when_it_is_opened(manager: Client, box: str, key: str) -> None:
    query = "?status=running&volumen_ab=1"
    closed, page = get(manager, query), get(manager, f"{query}&zaehlen={box}")
    assert closed.options(key) == {}
    assert _openable(closed) == set(BOXES)
    opened: Any = manager.get(f"/projekte/{query}&zaehlen={box}", headers={"HX-Request": "true"})
    assert "HX-Push-Url" not in opened
    inside = Page(opened.status_code, opened.content.decode())
    assert "<html" not in inside.html
    assert inside.options(key) == page.options(key) != {}
    assert _openable(page) == set(BOXES) - {box}


def _openable(page: Page) -> set[str]:
    here = r"\?cluster=metall&amp;jahr=2020&amp;status=running&amp;volumen_ab=1"
    return set(re.findall(rf'data-hx-get="{here}&amp;zaehlen=(\w+)"', page.html))


def test_a_closed_box_keeps_what_is_chosen_in_it(manager: Client) -> None:
    html = get(manager, "?status=running&volumen_ab=1&fue=ja&fue=nein").html
    for key, value in (("status", "running"), ("volumen_ab", "1"), ("fue", "ja"), ("fue", "nein")):
        assert html.count(f'<input type="hidden" name="{key}" value="{value}" form="filter">') == 1
    opened = get(manager, "?fue=ja&zaehlen=mehr").html
    assert '<input type="hidden" name="fue" value="ja" form="filter">' not in opened
    assert 'name="fue" value="ja" form="filter" checked>' in opened


@pytest.mark.parametrize("box", ["", "gibtesnicht", "suche", "fue"])
def test_a_box_that_is_not_there_cannot_be_opened(manager: Client, box: str) -> None:
    assert manager.get(f"/projekte/?zaehlen={box}", headers={"HX-Request": "true"}).status_code == 404
    assert get(manager, f"?zaehlen={box}").status == 200


def test_terms_of_the_same_name_are_told_apart_by_their_time(manager: Client) -> None:
    begun = date(2021, 2, 1)
    anew = replace(
        project("P-9"), title="Neue Fassung", support_start=begun,
        status_events=(StatusEvent(status_from=begun, status="preparation"),),
        assignments=(Assignment(term=RENEWED, is_main=True),),
    )  # fmt: skip
    projects_create(entries=[anew])
    html = get(manager, "?ansicht=alle&zaehlen=feld").html
    assert "<span>Innovationswerkstatt (bis Oktober 2020)</span>" in html
    assert "<span>Innovationswerkstatt (ab November 2020)</span>" in html
    page = get(manager, f"?feld={RENEWED}")
    assert page.titles == ["Neue Fassung"]
    assert set(page.chips) == {"Handlungsfeld: Innovationswerkstatt (ab November 2020)"}


def test_labels_name_the_cluster_only_where_clusters_share_a_word() -> None:
    own = Term.objects.get(term_id=RENEWED)
    other = Cluster.objects.exclude(cluster_id=own.cluster_id).exclude(kind_id="outside").order_by("position")[0]
    Term.objects.filter(term_id=FIELD).update(label_de="Werkstatt", cluster=other)
    Term.objects.filter(term_id=RENEWED).update(label_de="Werkstatt")
    labels = read_labels(["action_field"])
    assert labels.told_apart(FIELD) == f"Werkstatt ({other.label_de})"
    assert labels.told_apart(RENEWED) == "Werkstatt (Metall)"
    assert labels(RENEWED) == "Werkstatt"
    assert labels.told_apart("metall-2020-nicht-da") == "metall-2020-nicht-da"


def test_a_box_without_anything_to_choose_says_so(manager: Client) -> None:
    opened: Any = manager.get("/projekte/?suche=nichtszufinden&zaehlen=feld", headers={"HX-Request": "true"})
    assert "Hier gibt es nichts zu wählen." in opened.content.decode()


def test_a_chip_names_its_filter_and_takes_it_away(manager: Client) -> None:
    page = get(manager, "?status=running&volumen_ab=1+Mio&sortierung=-volumen&seite=1")
    assert set(page.chips) == {"Status: begonnen/laufend", "Projektvolumen ab: 1.000.000 Euro"}
    without = get(manager, page.chips["Status: begonnen/laufend"])
    assert set(without.chips) == {"Projektvolumen ab: 1.000.000 Euro"}
    assert 'aria-sort="descending"' in without.html
    last = get(manager, without.chips["Projektvolumen ab: 1.000.000 Euro"])
    assert set(last.titles) == ALL
    assert last.chips == {}


@pytest.mark.parametrize(
    ("query", "said"),
    [("volumen_ab=1.234", "1.234"), ("volumen_ab=viel", "viel"), ("beginn=vorgestern", "vorgestern"), ("fue=x", "x")],
)
def test_a_value_that_means_nothing_is_named_and_has_no_effect(manager: Client, query: str, said: str) -> None:
    page = get(manager, f"?{query}")
    assert f"„{said}“ passt nicht zum Filter" in page.html
    assert set(page.titles) == ALL


def test_a_term_that_nobody_knows_finds_nothing_and_can_be_taken_away(manager: Client) -> None:
    page = get(manager, "?status=nie+gehört")
    assert page.titles == []
    assert set(get(manager, page.chips["Status: nie gehört"]).titles) == ALL


@pytest.mark.parametrize(
    "query", ["seite=99999999999", "seite=x", "anzahl=7", "suche=%00", "spalten=x", "jahr=x&cluster=y"]
)
def test_nonsense_in_the_address_shows_a_list(manager: Client, query: str) -> None:
    assert set(get(manager, f"?ansicht=alle&{query}").titles) == ALL


def test_a_very_long_search_is_answered(manager: Client) -> None:
    assert get(manager, "?suche=" + "ä" * 5000).status == 200


def test_nothing_found_names_the_filter_that_keeps_out_most(manager: Client) -> None:
    page = get(manager, "?status=running&beginn=2018&fue=ja")
    assert page.titles == []
    assert "Am meisten schließt der Filter „Status“ aus: ohne ihn sind es 2 Projekte." in page.html
    assert "Filter „Status“ entfernen" in page.html


def test_nothing_there_offers_the_first_record_to_whoever_may_make_it(client_of: Callable[[str], Client]) -> None:
    page = get(client_of("cluster_manager"), "?ansicht=alle", "activities:list")
    assert "Noch keine Aktivitäten" in page.html
    assert 'href="/aktivitaeten/neu/"' in page.html
    assert 'href="/aktivitaeten/neu/"' not in get(client_of("cluster_viewer"), "?ansicht=alle", "activities:list").html


def test_an_actor_of_a_link_is_named_and_can_be_left_out(manager: Client) -> None:
    page = get(manager, "?umfang=alle&akteur=A-2&zaehlen=mehr")
    assert page.titles == [SAEGE]
    assert "Akteur: Linsenwerk Süd GmbH" in page.chips
    assert page.options("akteur") == {"A-2": None}
    assert get(manager, "?ansicht=alle&zaehlen=mehr").options("akteur") == {}
    assert len(get(manager, page.chips["Akteur: Linsenwerk Süd GmbH"]).titles) > 1
    assert "Akteur: gibt es nicht" in get(manager, "?akteur=gibt es nicht").chips
