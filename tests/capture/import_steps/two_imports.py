"""Two imports, or an import and a person, at the same moment. Only PostgreSQL lets them; see ``test_postgresql.py``."""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.models import Actor
from ewm.capture.entry_reading import read_entries
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.rules import CHANGED_SINCE
from ewm.capture.imports.services import import_apply, import_decide, import_undo
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update
from ewm.capture.served import programme as served
from ewm.capture.taxonomies.services import programme_load
from ewm.errors import RefusedError
from tests.capture.import_steps.lists import applied, only, preview, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 30
ROWS = [row("Walzwerk Havel GmbH", "Glühlinie"), row("Bauteilzentrum Wildau AG", "Prototypen")]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:  # noqa: ARG001
    """Replace that of the folder: here transactions end, so the programme is loaded for each test."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    programme_load(programme=served())


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def meanwhile(second: Callable[[], object], told: list[str]) -> Thread:
    """Run the second beside the transaction of this one, until it waits; ``told``: the rules that refused it."""

    def come_second() -> None:
        try:
            second()
        except RefusedError as error:
            told.extend(each.rule for each in error.refusals)
        finally:
            connection.close()

    other = Thread(target=come_second)
    other.start()
    end = time.monotonic() + SECONDS
    while not is_waiting():
        assert time.monotonic() < end
        time.sleep(0.02)
    return other


def test_the_second_import_of_one_file_waits_and_finds_everything_known() -> None:
    one, other = preview(ROWS), preview(ROWS)
    told: list[str] = []
    with transaction.atomic():
        import_apply(imported=one, account=None)
        thread = meanwhile(lambda: import_apply(imported=other, account=None), told)
    thread.join(timeout=SECONDS)
    assert told == [CHANGED_SINCE.name]
    assert (Project.objects.count(), Actor.objects.count()) == (2, 2)
    import_apply(imported=other, account=None)
    assert (Project.objects.count(), Actor.objects.count()) == (2, 2)


def test_two_clicks_at_once_apply_once() -> None:
    number = preview(ROWS)
    told: list[str] = []
    with transaction.atomic():
        import_apply(imported=number, account=None)
        thread = meanwhile(lambda: import_apply(imported=number, account=None), told)
    thread.join(timeout=SECONDS)
    assert told == ["import_applied_once"]
    assert Project.objects.count() == 2


def test_two_clicks_at_once_take_back_once() -> None:
    number = applied(ROWS)
    told: list[str] = []
    with transaction.atomic():
        import_undo(imported=number, account=None)
        thread = meanwhile(lambda: import_undo(imported=number, account=None), told)
    thread.join(timeout=SECONDS)
    assert told == ["import_taken_back_once"]
    assert Project.objects.count() == 0


def test_who_edits_a_record_beside_an_import_loses_nothing() -> None:
    applied(ROWS)
    number = preview([row("Walzwerk Havel GmbH", "Glühlinie", volume="2.000.000,00")])
    import_decide(item=only(number).pk, decision={"take": ["project_volume"]})
    told: list[str] = []
    with transaction.atomic(), acting_as(None, Channel.FORM):
        stored = read_entries(PROJECT)["MET-2020-P01",]
        project_update(entry=replace(stored.entry, project_volume=777), version=stored.version)
        thread = meanwhile(lambda: import_apply(imported=number, account=None), told)
    thread.join(timeout=SECONDS)
    assert told == [CHANGED_SINCE.name]
    assert Project.objects.get(code="MET-2020-P01").project_volume == 777
    assert Import.objects.get(pk=number).state == State.REVIEWING
