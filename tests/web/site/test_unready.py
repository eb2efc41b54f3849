"""Where the installation lacks something, a page says what and the next step: it is no fault of the software."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ewm.capture.taxonomies.models import Term
from ewm.capture.writing import row_update
from ewm.errors import ContentError, MissingError, RefusedError, TamperedError
from ewm.web import health

if TYPE_CHECKING:
    from django.test import Client


def test_terms_older_than_the_programme_are_told_with_the_remedy(manager: Client) -> None:
    term = Term.objects.first()
    assert term is not None
    row_update(term, version=term.version, values={"label_de": "ein alter Name"}, reason="Test")
    answer = manager.get(reverse("start"))
    assert answer.status_code == 503
    assert "ewm programme load" in answer.content.decode()


@pytest.mark.parametrize("kind", [MissingError, ContentError, TamperedError])
def test_what_is_missing_or_damaged_is_said(
    kind: type[Exception], manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise kind("Die Datei fehlt. Bitte wiederherstellen.")

    monkeypatch.setattr(health, "JsonResponse", fails)
    answer = manager.get(reverse("live"))
    assert answer.status_code == 503
    assert "Bitte wiederherstellen." in answer.content.decode()


def test_a_fault_of_the_software_stays_one(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise RefusedError([])

    manager.raise_request_exception = False
    monkeypatch.setattr(health, "JsonResponse", fails)
    assert manager.get(reverse("live")).status_code == 500
