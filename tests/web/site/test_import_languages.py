"""What an import says about its rows is said in the language of the page, whatever it was when the file was read."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.models import Import, ImportItem, Outcome, State
from tests.support import efre
from tests.web.site.importing import address, import_in, item_in, upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world", "own_folder")
WRONG_DAY = {
    "de": "„31.02.2015“ ist kein Tag. Bitte als TT.MM.JJJJ eintragen",
    "en": "“31.02.2015” is not a day. Please enter it as DD.MM.YYYY",
}
REMARK = {
    "de": "In der Zeile ist nur eine Zelle gefüllt",
    "en": "Only one cell of the row is filled",
}
LANGUAGES = ("de", "en")


@pytest.fixture
def page(manager: Client) -> Callable[..., str]:
    """Open a page of an import in a language."""

    def opened(name: str, imported: Import, language: str, **more: str) -> str:
        manager.cookies["django_language"] = language
        answer = manager.get(address(name, imported, **more))
        return unescape(answer.getvalue().decode())

    return opened


@pytest.fixture
def read(manager: Client) -> Import:
    """A list with a day that does not exist and a remark below it, read while the page spoke English."""
    manager.cookies["django_language"] = "en"
    upload(manager, f"{efre.first(8)}Stand: heute,,,,,,,\n")
    return Import.objects.get()


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_and_reasons_are_said_in_the_language_of_the_page(
    read: Import, page: Callable[..., str], language: str
) -> None:
    assert read.state == State.REVIEWING
    shown = page("rows", read, language)
    assert WRONG_DAY[language] in shown
    assert REMARK[language] in shown
    other = next(each for each in LANGUAGES if each != language)
    assert WRONG_DAY[other] not in shown
    assert REMARK[other] not in shown


def test_what_is_stored_is_german(read: Import) -> None:
    told = [each["message"] for item in read.items.all() for each in item.found["problems"]]
    assert any(each.startswith(WRONG_DAY["de"]) for each in told)
    reasons = set(read.items.exclude(reason="").values_list("reason", flat=True))
    assert any(each.startswith(REMARK["de"]) for each in reasons)
    assert not any("is not" in each or "Please" in each for each in (*told, *reasons))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_what_was_not_taken_speaks_the_language_of_the_page(
    read: Import, page: Callable[..., str], language: str
) -> None:
    Import.objects.filter(pk=read.pk).update(state=State.APPLIED, applied_at=read.created_at)
    shown = page("not_taken", read, language, form="csv")
    assert WRONG_DAY[language] in shown
    assert REMARK[language] in shown


def _older(account: Account) -> ImportItem:
    made = import_in(State.REVIEWING, account)
    return item_in(made, Outcome.LEFT_OUT, reason="Beispielzeile der Vorlage.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_that_were_stored_without_parts_are_shown_as_before(
    account: Account, page: Callable[..., str], language: str
) -> None:
    item = _older(account)
    item_in(item.imported, Outcome.ERROR, 1)
    shown = page("rows", item.imported, language)
    assert "„31.02.2020“ ist kein Tag." in shown
    assert {"de": "Beispielzeile der Vorlage.", "en": "Example row of the template."}[language] in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_names_a_row_is_said_in_the_language_of_the_page(
    account: Account, page: Callable[..., str], language: str
) -> None:
    made = import_in(State.REVIEWING, account)
    sure = {"code": "P-1", "name": "Schweißzelle", "score": 100, "why": "gleiche Kennung"}
    where = ["Blatt „%(sheet)s“, Zeile %(row)s", {"sheet": "Projekte", "row": 2}]
    sentence = "%(place)s derselben Datei meint denselben Eintrag. Bitte entscheiden."
    parts = [[sentence, {"place": {"parts": [where]}}]]
    german = "Blatt „Projekte“, Zeile 2 derselben Datei meint denselben Eintrag. Bitte entscheiden."
    item_in(made, Outcome.DECIDE, match={"candidates": [sure], "reason": parts}, reason=german)
    english = "Sheet “Projekte”, row 2 of the same file means the same record. Please decide."
    assert {"de": german, "en": english}[language] in page("rows", made, language)
