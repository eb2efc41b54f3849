"""The page of an import whose reading was lost with the process that did it: it hands it on, or says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from ewm.capture.imports import files, lost
from ewm.capture.imports.carrying import carried
from ewm.capture.imports.models import Import, State
from tests.web.site.importing import address, import_in

if TYPE_CHECKING:
    from django.test import Client

    from ewm.capture.accounts.models import Account

pytestmark = pytest.mark.usefixtures("world", "own_folder")


def unread(account: Account) -> Import:
    """Make an import whose file is there and not read."""
    made = import_in(State.READING, account)
    files.rows_of(made.pk).unlink()
    files.keep(made.pk, made.file_name, ContentFile(b"Vorhaben;Ort\n"))
    return made


def test_opening_the_page_hands_it_to_the_worker_once(manager: Client, account: Account) -> None:
    made = unread(account)
    for _ in range(2):
        assert "Gleich geht es los." in manager.get(address("progress", made)).content.decode()
    assert DBTaskResult.objects.count() == 1


def test_opening_the_page_disturbs_no_reading(manager: Client, account: Account) -> None:
    made = unread(account)
    with carried(made.pk):
        manager.get(address("progress", made))
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("language", "text"), [("de", lost.UPLOAD_LOST), ("en", "The upload was interrupted and the file did not arrive")]
)
def test_the_page_says_what_to_do_in_its_language(manager: Client, account: Account, language: str, text: str) -> None:
    made = import_in(State.READING, account, size=0)
    manager.cookies["django_language"] = language
    page = manager.get(address("progress", made)).content.decode()
    assert text in page
    made.refresh_from_db()
    assert (made.state, made.message) == (State.FAILED, lost.UPLOAD_LOST)
