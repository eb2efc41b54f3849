"""Our own workbook in the browser: from the template to the rows without a mapping, problems with sheet and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ewm.capture.imports.models import Import, Outcome, State
from tests.capture.imports.filled import filled
from tests.capture.imports.test_at_once import ACTIVITY, ACTORS, PROJECT
from tests.web.site.importing import address

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("world", "own_folder")


def send(client: Client, rows: dict[str, list[dict[str, Any]]]) -> Any:
    file = SimpleUploadedFile("mappe.xlsx", filled(rows, cluster="metall"))
    return client.post(reverse("imports:new"), {"cluster": "metall", "datei": file})


def test_the_workbook_leads_straight_to_its_rows(manager: Client) -> None:
    wrong = PROJECT | {"Titel": "Ohne Tag", "Beginn": "31.02.2020"}
    answer = send(manager, {"Projekte": [PROJECT, wrong], "Aktivitäten": [ACTIVITY], "Akteure": ACTORS})
    imported = Import.objects.get()
    assert answer["Location"] == address("rows", imported)
    assert imported.state == State.REVIEWING
    assert imported.profile_label == "EWM-Arbeitsmappe"
    page = manager.get(address("rows", imported)).content.decode()
    assert re.findall(r'data-l="Zeile">([^<]+)<', page)[0] == "Projekte 3"
    assert "Spalte F, Beginn: „31.02.2020“ ist kein Tag." in page
    assert "Akteure 2" in page
    assert manager.get(address("columns", imported))["Location"] == address("rows", imported)
    outcomes = imported.items.values_list("outcome", flat=True)
    assert sorted(outcomes) == [Outcome.ERROR, *[Outcome.NEW] * 5]


def test_a_workbook_with_another_head_is_answered_with_the_place(manager: Client) -> None:
    answer = send(manager, {"Projekte": [PROJECT | {"Projektvolumen": 1}]})
    assert answer.status_code == 422
    assert "Spalte AS, Projektvolumen: Diese Spalte gibt es nicht." in answer.content.decode()
    assert not Import.objects.filter(state=State.MAPPING).exists()
