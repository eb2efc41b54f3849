"""Numbers of the start page: at once for somebody who changes a record, a few seconds old while many people write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.projects.services import projects_create
from ewm.web.numbers import now as numbers
from ewm.web.numbers.now import AT_ONCE, OLDEST, WITHIN, numbers_now
from tests.web.site.conftest import World, project
from tests.web.site.test_start import page

if TYPE_CHECKING:
    from django.test import Client

SHEETS = ("P-01",)


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.moment = timezone.now()

    def now(self) -> Any:
        return self.moment

    def go(self, time: timedelta) -> None:
        self.moment += time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("ewm.web.numbers.now.timezone.now", made.now)
    return made


def begun(number: int) -> int | None:
    """Write one more project and return how many began in 2020 as the page would show it."""
    projects_create(entries=[project(f"N-{number}")])
    found = numbers_now(2020, SHEETS)
    assert found is not None
    (value,) = {
        result.value
        for cell, result in found.results.items()
        if (cell.cluster, cell.year, cell.term) == ("metall", 2020, None)
    }
    return value if found.is_current else None


def test_the_first_changes_are_seen_at_once_and_those_of_a_crowd_soon(world: World, clock: Clock) -> None:
    assert world.project
    assert [begun(number) for number in range(AT_ONCE)] == [2, 3, 4]
    assert begun(AT_ONCE) is None
    clock.go(OLDEST - timedelta(milliseconds=1))
    assert begun(AT_ONCE + 1) is None
    clock.go(timedelta(milliseconds=1))
    assert begun(AT_ONCE + 2) == 2 + AT_ONCE + 2
    clock.go(WITHIN)
    assert [begun(AT_ONCE + 3 + number) for number in range(2)] == [8, 9]


def test_numbers_that_are_not_current_say_so(manager: Client, world: World, clock: Clock) -> None:
    assert world.project
    for number in range(AT_ONCE):
        projects_create(entries=[project(f"N-{number}")])
        assert "neuere Änderungen folgen gleich" not in page(manager)
    projects_create(entries=[project("N-9")])
    text = page(manager)
    assert f"Stand {timezone.localtime(clock.moment):%H:%M:%S} Uhr, neuere Änderungen folgen gleich" in text


def test_what_another_request_computes_is_not_computed_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.project
    assert begun(1) == 2
    with monkeypatch.context() as busy:
        busy.setattr(numbers, "_begin", lambda _: False)
        assert begun(2) is None
    assert begun(3) == 4


def test_a_computation_that_fails_does_not_stand_in_the_way_of_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.project
    assert begun(1) == 2

    def broken(*_: Any) -> Any:
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as failing:
        failing.setattr(numbers, "compute_now", broken)
        with pytest.raises(RuntimeError):
            begun(2)
    assert begun(3) == 4
