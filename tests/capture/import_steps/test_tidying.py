"""Uploaded files go after ninety days, not before; what was written stays."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.models import State
from ewm.capture.imports.storing import import_of, note
from ewm.capture.imports.tidying import imports_tidy
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import KNOWN, applied, outcomes, preview, row

ROWS = [row("Werk A GmbH", "Eins")]


def test_files_go_after_ninety_days_and_what_was_written_stays() -> None:
    number, waiting = applied(ROWS), preview(ROWS)
    before = row_hashes()
    soon, late = (imports_tidy(now=timezone.now() + timedelta(days=days)) for days in (89, 91))
    assert (soon.removed, soon.discarded) == ((), ())
    assert (late.removed, late.discarded) == ((number,), (waiting,))
    assert [files.folder_of(each).exists() for each in (number, waiting)] == [False, False]
    assert import_of(waiting).state == State.DISCARDED
    assert row_hashes() == before
    assert outcomes(preview(ROWS)) == [KNOWN]


def test_a_late_applied_import_keeps_its_file_as_long_as_it_can_be_taken_back() -> None:
    number = applied(ROWS)
    note(number, created_at=timezone.now() - timedelta(days=100))
    assert imports_tidy().removed == ()
    assert files.folder_of(number).exists()
