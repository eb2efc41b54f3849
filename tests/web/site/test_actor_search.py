"""The address that a combobox asks for actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("world")


def test_items_have_value_label_and_second_line(manager: Client) -> None:
    answer = manager.get(reverse("actors:search"), {"suche": "walzw"})
    assert answer.json() == {
        "items": [{"value": "A-1", "label": "Walzwerk Nord GmbH", "hint": "Unternehmen, Cottbus"}],
        "create": "„walzw“ neu anlegen",
        "similar": [],
    }


def test_a_name_that_is_there_already_is_warned_of(manager: Client) -> None:
    answer = manager.get(reverse("actors:search"), {"suche": "Walzwerk  Nord AG"})
    assert answer.json()["items"] == []
    assert answer.json()["similar"] == [{"value": "A-1", "label": "Walzwerk Nord GmbH", "score": 98}]


@pytest.mark.parametrize("typed", ["", "  ", "x" * 100_000])
def test_nothing_or_much_typed_is_answered(manager: Client, typed: str) -> None:
    answer = manager.get(reverse("actors:search"), {"suche": typed})
    assert answer.status_code == 200
    assert answer.json()["items"] == []
    assert (answer.json()["create"] == "") == (not typed.strip())


def test_one_search_asks_the_database_once_for_actors(manager: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        manager.get(reverse("actors:search"), {"suche": "werk"})
