"""A mapping that was kept for a sheet: read there again, and told where a file has no such sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ewm.capture.imports.models import Import, ImportProfile
from tests.capture.import_steps.test_layouts import of_two_years
from tests.web.site.importing import address, sent

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("world", "own_folder")
FORM = {
    "art": "projects", "feld-0": "title", "feld-1": "support_start", "standard-is_rdi": "ja",
    "standard-funding_state": "secured", "weiter": "1",
}  # fmt: skip


def uploaded(client: Client, *sheets: str) -> Import:
    file = SimpleUploadedFile("mappe.xlsx", of_two_years(*sheets))
    assert client.post(reverse("imports:new"), {"cluster": "metall", "datei": file}).status_code == 302
    return Import.objects.latest("pk")


def page(client: Client, name: str, imported: Import) -> str:
    text: str = client.get(address(name, imported)).content.decode()
    return text


@pytest.fixture
def kept(manager: Client) -> None:
    """A mapping, kept while the smaller of two sheets was read."""
    made = uploaded(manager, "2019", "2020")
    manager.post(address("columns", made), sent(made, blatt="2020", vorschlag="1"))
    made.refresh_from_db()
    assert made.sheet == "2020"
    form: dict[str, Any] = {**FORM, "name": "Jahresmappe"}
    assert manager.post(address("columns", made), sent(made, **form))["Location"] == address("rows", made)


@pytest.mark.usefixtures("kept")
def test_the_sheet_is_kept_and_read_again(manager: Client) -> None:
    assert ImportProfile.objects.get().profile["sheet"] == "2020"
    made = uploaded(manager, "2018", "2019", "2020")
    assert (made.sheet, made.profile_label) == ("2020", "Jahresmappe")
    assert "gilt dem Blatt" not in page(manager, "rows", made)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Zuordnung „Jahresmappe“ gilt dem Blatt „2020“. Das gibt es in dieser Datei nicht, gelesen"),
        ("en", "The mapping “Jahresmappe” is for the sheet “2020”. This file has no such sheet, “2021” was read."),
    ],
)  # fmt: skip
def test_a_file_without_that_sheet_is_read_and_told(manager: Client, language: str, text: str) -> None:
    made = uploaded(manager, "2021", "2022")
    manager.cookies["django_language"] = language
    assert (made.sheet, made.profile_label) == ("2021", "Jahresmappe")
    for name in ("rows", "columns"):
        assert text in page(manager, name, made)


@pytest.mark.usefixtures("kept")
def test_a_sheet_that_somebody_chose_is_read_and_told(manager: Client) -> None:
    made = uploaded(manager, "2019", "2020")
    manager.post(address("columns", made), sent(made, blatt="2019", vorschlag="1"))
    made.refresh_from_db()
    assert made.sheet == "2019"
    told = "Die Zuordnung „Jahresmappe“ gilt dem Blatt „2020“, gelesen ist „2019“."
    assert told in page(manager, "columns", made)
