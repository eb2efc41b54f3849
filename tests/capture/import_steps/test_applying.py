"""What is new is written once, through the channel import, and taken back as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.acting import Channel, acting_as
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.imports.models import Import, ImportedKey, ImportedRecord, State
from ewm.capture.imports.rules import (
    APPLIED_ALREADY,
    CHANGED_OR_USED,
    CHANGED_SINCE,
    NOTHING_TO_TAKE,
    TAKEN_BACK_ALREADY,
    TOO_LATE,
)
from ewm.capture.imports.services import import_apply, import_decide, import_undo
from ewm.capture.imports.storing import note
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update
from ewm.capture.timeline.services import comment_add
from ewm.capture.withdrawing import record_withdraw
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import (
    DECIDE,
    KNOWN,
    NEW,
    accounted,
    applied,
    items,
    outcomes,
    preview,
    row,
    stored_actor,
)
from tests.capture.refused import rules

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = [
    row("Walzwerk Havel GmbH", "Glühlinie", volume="1.000.000,50"),
    row("WALZWERK  Havel Gmbh", "Kühlturm", "15.05.2021"),
    row("Bauteilzentrum Wildau AG", "Prototypen", "15.05.2021"),
]


def apply(number: int) -> Import:
    return import_apply(imported=number, account=None)


def undo(number: int, **more: Any) -> Any:
    return import_undo(imported=number, account=None, **more)


def edit(code: str, **changes: Any) -> None:
    """Change a stored project as a form does."""
    stored = read_entries(PROJECT)[code,]
    with acting_as(None, Channel.FORM):
        project_update(entry=replace(stored.entry, **changes), version=stored.version)


def test_rows_become_projects_and_each_organisation_once() -> None:
    number = applied(ROWS)
    assert list(Actor.objects.order_by("code").values_list("code", "name")) == [
        ("A-0001", "Walzwerk Havel GmbH"),
        ("A-0002", "Bauteilzentrum Wildau AG"),
    ]
    projects = Project.objects.order_by("code")
    assert list(projects.values_list("code", "title", "project_volume")) == [
        ("MET-2020-P01", "Glühlinie", 100000050),
        ("MET-2021-P01", "Kühlturm", None),
        ("MET-2021-P02", "Prototypen", None),
    ]
    said = {(each.history_channel, each.history_change_reason) for each in Project.history.all()}
    assert said == {("import", f"Import {number}: liste.csv")}
    assert [(item.result, item.result_code) for item in items(number)] == [
        ("created", code) for code in projects.values_list("code", flat=True)
    ]
    assert ImportedRecord.objects.filter(imported=number, created=True).count() == 5


def test_a_second_click_writes_nothing() -> None:
    number = applied(ROWS)
    before = row_hashes()
    assert [each[2] for each in rules(lambda: apply(number))] == [APPLIED_ALREADY.name]
    assert row_hashes() == before


def test_the_same_file_again_is_known_and_writes_nothing() -> None:
    applied(ROWS)
    before = row_hashes()
    again = applied(ROWS)
    assert outcomes(again) == [KNOWN] * 3
    assert {item.result for item in items(again)} == {"same"}
    assert row_hashes() == before
    assert undo(again).removed == 0
    assert row_hashes() == before
    assert outcomes(preview(ROWS)) == [KNOWN] * 3


def test_codes_go_on_behind_the_highest() -> None:
    applied(ROWS)
    applied([row("Walzwerk Havel GmbH", "Noch etwas ganz anderes")])
    assert set(Project.objects.values_list("code", flat=True)) >= {"MET-2020-P01", "MET-2020-P02"}


def test_undone_is_as_before_and_may_come_again() -> None:
    stored_actor("Walzwerk Havel GmbH")
    before = row_hashes()
    number = applied(ROWS)
    done = undo(number)
    assert (done.removed, done.restored, done.left) == (4, 0, ())
    assert row_hashes() == before
    assert ImportedKey.objects.count() == 0
    assert Import.objects.get(pk=number).state == State.TAKEN_BACK
    assert set(Project.history.values_list("history_type", flat=True)) == {"+", "-"}
    assert [each[2] for each in rules(lambda: undo(number))] == [TAKEN_BACK_ALREADY.name]
    assert outcomes(preview(ROWS)) == [NEW] * 3


def test_what_others_changed_or_use_since_is_told_and_stays() -> None:
    before = row_hashes()
    number = applied(ROWS)
    edit("MET-2020-P01", title="Von Hand berichtigt")
    changed = row_hashes()
    refused = rules(lambda: undo(number))
    assert {each[2] for each in refused} == {CHANGED_OR_USED.name}
    # The project, and the organisation that takes part in it; the rest could go.
    assert {each[0] for each in refused} == {f"Import {number}, MET-2020-P01", f"Import {number}, A-0001"}
    assert row_hashes() == changed
    done = undo(number, leave_changed=True)
    assert done.removed == 3
    assert {each.code for each in done.left} == {"MET-2020-P01", "A-0001"}
    assert list(Project.objects.values_list("title", flat=True)) == ["Von Hand berichtigt"]
    assert list(Actor.objects.values_list("code", flat=True)) == ["A-0001"]
    assert row_hashes() != before
    # Who imports the file again finds what stayed.
    assert outcomes(preview(ROWS)) == [KNOWN, NEW, NEW]


def test_a_change_that_was_taken_back_is_none() -> None:
    before = row_hashes()
    number = applied(ROWS)
    edit("MET-2020-P01", title="Vertippt")
    edit("MET-2020-P01", title="Glühlinie")
    undo(number)
    assert row_hashes() == before


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_withdrawn_project_counts_as_changed(withdrawn: bool) -> None:  # noqa: FBT001
    number = applied(ROWS)
    if withdrawn:
        record_withdraw(record=Project.objects.get(code="MET-2021-P02"), version=1, reason="doppelt")
        assert f"Import {number}, MET-2021-P02" in {each[0] for each in rules(lambda: undo(number))}
    else:
        assert undo(number).removed == 5


def test_an_organisation_that_somebody_uses_stays_with_its_reason() -> None:
    number = applied(ROWS)
    other = applied([row("Walzwerk Havel GmbH", "Ein anderes Projekt", "01.01.2019")])
    refused = rules(lambda: undo(number))
    assert [each[0] for each in refused] == [f"Import {number}, A-0001"]
    undo(other)
    assert undo(number).removed == 5


def test_a_comment_keeps_its_project() -> None:
    number = applied(ROWS)
    comment_add(kind="project", record="MET-2020-P01", text="Bitte behalten.")
    assert {each[0] for each in rules(lambda: undo(number))} == {
        f"Import {number}, MET-2020-P01",
        f"Import {number}, A-0001",
    }


def test_an_import_is_taken_back_within_ninety_days() -> None:
    number = applied(ROWS)
    note(number, applied_at=timezone.now() - timedelta(days=90, minutes=1))
    assert [each[2] for each in rules(lambda: undo(number))] == [TOO_LATE.name]
    note(number, applied_at=timezone.now() - timedelta(days=89, hours=23))
    assert undo(number).removed == 5


def _new_actor() -> None:
    stored_actor("Bauteilzentrum Wildau AG", "A-0777")


def _renamed_actor() -> None:
    stored = read_entries(ACTOR)["A-0500",]
    actor_update(entry=replace(stored.entry, name="Prüfstand Nord GmbH"), version=stored.version)


@pytest.mark.parametrize("meanwhile", [_new_actor, _renamed_actor])
def test_what_changed_since_the_preview_is_shown_first(meanwhile: Callable[[], None]) -> None:
    stored_actor("Bauteilzentrum Wildau und Söhne AG", "A-0500")
    number = preview([*ROWS[:2], row("Prüfstand Nord GmbH", "Prüfstand"), ROWS[2]])
    before_items = outcomes(number)
    meanwhile()
    before = row_hashes()
    refused = rules(lambda: apply(number))
    assert [each[2] for each in refused] == [CHANGED_SINCE.name]
    assert row_hashes() == before
    assert Import.objects.get(pk=number).state == State.REVIEWING
    assert len(before_items) == 4
    apply(number)
    accounted(number)
    assert Actor.objects.filter(name="Bauteilzentrum Wildau AG").count() <= 1
    assert Actor.objects.filter(name="Prüfstand Nord GmbH").count() == 1


def test_what_others_change_elsewhere_does_not_matter() -> None:
    number = preview(ROWS)
    stored_actor("Ganz andere Werke GmbH", "A-0300")
    apply(number)
    assert Project.objects.count() == 3
    assert Actor.objects.filter(code__in=("A-0301", "A-0302")).count() == 2


def test_two_imports_of_one_file_make_one_of_each() -> None:
    one, other = preview(ROWS), preview(ROWS)
    apply(one)
    before = row_hashes()
    assert [each[2] for each in rules(lambda: apply(other))] == [CHANGED_SINCE.name]
    assert outcomes(other) == [KNOWN] * 3
    apply(other)
    assert row_hashes() == before


def test_nothing_to_take_over_is_said() -> None:
    stored_actor("Bauteilzentrum Wildau und Söhne AG")
    number = preview([row("Bauteilzentrum Wildau Söhne AG", "Neu")])
    assert outcomes(number) == [DECIDE]
    assert [each[2] for each in rules(lambda: apply(number))] == [NOTHING_TO_TAKE.name]


def test_a_change_of_a_known_record_is_restored() -> None:
    applied(ROWS)
    edit("MET-2020-P01", participations=(Participation(actor="A-0001", role="lead"),))
    before = row_hashes()
    news = [row("Walzwerk Havel GmbH", "Glühlinie", volume="2.000.000,00", end="31.12.2022"), *ROWS[1:]]
    number = preview(news)
    assert outcomes(number) == [KNOWN] * 3
    [first, *_] = items(number)
    assert {each["field"] for each in first.match["differences"]} == {"project_volume", "support_end"}
    import_decide(item=first.pk, decision={"take": ["project_volume"]})
    apply(number)
    project = Project.objects.get(code="MET-2020-P01")
    assert (project.project_volume, project.support_end) == (200000000, None)
    assert [item.result for item in items(number)] == ["changed", "same", "same"]
    done = undo(number)
    assert (done.removed, done.restored) == (0, 1)
    assert row_hashes() == before
