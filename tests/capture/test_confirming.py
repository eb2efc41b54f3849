"""Confirmations: a hint that somebody looked at is quiet until the values it rests on change."""

from __future__ import annotations

from typing import Any

import pytest

from ewm.capture.acting import Channel, acting_as
from ewm.capture.dialogue.confirming import Sorted, confirmation_withdraw, hint_confirm, sort_hints
from ewm.capture.dialogue.models import LONGEST_REASON, HintConfirmation
from ewm.capture.hints import Hint, Scope, Source, find_hints
from ewm.capture.projects.services import project_update, projects_create
from ewm.errors import RefusedError
from tests.capture.entries import project, unfunded
from tests.capture.programme import small_programme

pytestmark = pytest.mark.usefixtures("actors")

USUAL, VOLUME = "project_below_usual_scope", "project_without_volume"
SOURCES = [Source.of_programme(name, "Ein Grund.") for name in (USUAL, VOLUME)]
SMALL: dict[str, Any] = {"project_volume": 32_000_00, "project_volume_regional": None}


def found() -> list[Hint]:
    return find_hints(scope=Scope(), programme=small_programme(), sources=SOURCES)


def now() -> Sorted:
    return sort_hints(found())


def test_a_confirmed_hint_is_quiet_and_tells_who_when_and_why() -> None:
    projects_create(entries=[unfunded(**SMALL)])
    (hint,) = now().open
    with acting_as(7, Channel.FORM):
        hint_confirm(hint=hint, reason="  Pilotvorhaben, mit dem Ministerium besprochen. ")
    ((again, confirmation),) = now().confirmed
    assert now().open == ()
    assert again == hint
    assert confirmation.account == 7
    assert confirmation.reason == "Pilotvorhaben, mit dem Ministerium besprochen."
    assert confirmation.history.get().history_user_id == 7


def test_it_comes_back_when_the_value_changes_and_only_then() -> None:
    projects_create(entries=[unfunded(**SMALL)])
    hint_confirm(hint=found()[0], reason="Stimmt so.")
    project_update(entry=unfunded(**SMALL, title="Anders"), version=1)
    assert now().open == ()
    project_update(entry=unfunded(**SMALL | {"project_volume": 31_000_00}), version=2)
    (hint,) = now().open
    assert now().confirmed == ()
    hint_confirm(hint=hint, reason="Auch das stimmt.")
    assert now().open == ()
    assert HintConfirmation.objects.get().history.count() == 2


def test_what_is_missing_cannot_be_confirmed() -> None:
    projects_create(entries=[project(project_volume=None, project_volume_regional=None)])
    with pytest.raises(RefusedError, match="missing_is_not_confirmed"):
        hint_confirm(hint=found()[0], reason="Ist so.")
    assert not HintConfirmation.objects.exists()


@pytest.mark.parametrize(("length", "refused"), [(0, True), (1, False), (LONGEST_REASON, False), (501, True)])
def test_a_reason_is_given_and_not_too_long(length: int, *, refused: bool) -> None:
    projects_create(entries=[unfunded(**SMALL)])
    if refused:
        with pytest.raises(RefusedError, match="confirmation_reason_given"):
            hint_confirm(hint=found()[0], reason="x" * length)
    else:
        hint_confirm(hint=found()[0], reason="x" * length)
    assert HintConfirmation.objects.exists() != refused


def test_it_can_be_taken_back() -> None:
    projects_create(entries=[unfunded(**SMALL)])
    hint_confirm(hint=found()[0], reason="Stimmt so.")
    confirmation_withdraw(confirmation=HintConfirmation.objects.get())
    assert len(now().open) == 1
    assert HintConfirmation.history.filter(history_type="-").count() == 1


def test_the_confirmation_of_one_record_is_not_that_of_another() -> None:
    projects_create(entries=[unfunded(**SMALL), unfunded("P-2", **SMALL)])
    hint_confirm(hint=found()[0], reason="Stimmt so.")
    assert [hint.finding.record for hint in now().open] == ["P-2"]
