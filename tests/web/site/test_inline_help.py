"""The rule behind a field stands below it: every field of every form of records has its sentence, on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

FORMS = ("/projekte/neu/", "/projekte/P-1/bearbeiten/", "/aktivitaeten/neu/", "/aktivitaeten/S-1/bearbeiten/",
         "/akteure/neu/", "/akteure/A-1/bearbeiten/")  # fmt: skip


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_field_has_its_sentence(manager: Client, address: str, language: str) -> None:
    manager.cookies["django_language"] = language
    answer = manager.get(address)
    page = answer.content.decode()
    shown = set(re.findall(r'id="(id_\w+)_helptext">[^<]+[.“”]</p>', page))
    told = set(re.findall(r'aria-describedby="[^"]*\b(id_\w+)_helptext', page))
    fields = {
        field.auto_id for field in answer.context["form"] if not field.is_hidden and f'name="{field.html_name}"' in page
    }
    assert len(fields) >= 5
    assert sorted(fields - shown) == []
    boxes = {each for each in fields if re.search(rf'<fieldset[^>]*id="{each}"', page)}
    assert sorted(fields - told - boxes) == [], "said to those who do not see it"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("address", FORMS)
def test_every_group_of_rows_has_its_sentence(manager: Client, address: str) -> None:
    page = manager.get(address).content.decode()
    groups = re.findall(r'data-rows="(\w+)"', page)
    assert groups
    for group in groups:
        before = page.split(f'data-rows="{group}"')[0]
        part = before[max(before.rfind("<section"), 0) :]
        assert 'class="hint"' in part, group
