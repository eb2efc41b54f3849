"""Hostile files through the page where one is chosen: each gets its answer, nothing is changed, no file is left."""

from __future__ import annotations

import html
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ewm.capture.actors.models import Actor
from ewm.capture.background.worker import Worker
from ewm.capture.imports.models import Import, ImportItem, State
from ewm.capture.projects.models import Project
from ewm.config import load_config
from tests.capture.imports.hostile import REFUSED

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("own_folder")
SLOW_TO_MAKE = {
    "bomb-of-tables", "every-row-of-a-sheet", "too-many-rows", "unclosed-quote", "zip-bomb", "zip-bomb-in-the-sheet",
}  # fmt: skip
QUICK = sorted(REFUSED.keys() - SLOW_TO_MAKE)
TOO_LARGE = "too-large"
"""Refused before any of it is kept: there is no import of it."""
IN_BACKGROUND = "too-many-rows"
"""So many cells that nobody waits for them."""


def uploaded(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("liste.xlsx", content)
    return client.post(reverse("imports:new"), {"cluster": "metall", "datei": file})


def wrong_with(client: Client, name: str) -> str:
    """Return what is wrong with the answer to a hostile file, nothing where all is well."""
    content, said = REFUSED[name]
    body, begun = content(), time.monotonic()
    answer = uploaded(client, body)
    if answer.status_code == 302:  # large: read in the background, told by the page that shows how far it is
        Worker("w").turn()
        answer = client.get(answer["Location"])
    seconds, page = time.monotonic() - begun, html.unescape(answer.content.decode())
    expected = {TOO_LARGE: (413, "zu groß|MB"), IN_BACKGROUND: (200, said)}.get(name, (422, said))
    left = [str(path) for path in (load_config().data / "imports").rglob("*") if path.is_file()]
    told = f"{name}: {answer.status_code}, {seconds:.1f} s, left {left}"
    good = answer.status_code == expected[0] and re.search(expected[1], page) and seconds <= 10 and not left
    return "" if good else told


@pytest.mark.parametrize("names", [QUICK, pytest.param(sorted(SLOW_TO_MAKE), marks=pytest.mark.soak)])
def test_every_hostile_file_is_answered_by_a_page_and_changes_nothing(names: list[str], manager: Client) -> None:
    histories = Project.history.count(), Actor.history.count()
    assert [wrong for name in names if (wrong := wrong_with(manager, name))] == []
    assert (Project.history.count(), Actor.history.count()) == histories
    assert not ImportItem.objects.exists()
    assert set(Import.objects.values_list("state", flat=True)) == {State.FAILED}
    assert not Import.objects.filter(message="").exists()
