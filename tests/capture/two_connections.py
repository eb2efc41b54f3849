"""Two connections that write at the same time. Only PostgreSQL lets them, so ``test_postgresql.py`` names this file."""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.editorial.services import stories_create
from ewm.capture.entry_writing import Targets
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from ewm.capture.taxonomies.services import programme_load
from ewm.errors import RefusedError
from tests.capture.entries import actor, project, story
from tests.capture.programme import small_programme

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 20

CASES: dict[str, tuple[Any, list[Any], list[Any], tuple[str, str, str]]] = {
    "an actor's code": (
        actors_create,
        [actor("A-3")],
        [actor("A-4"), actor("A-3")],
        ("A-3", "code", "actor_code_once"),
    ),
    "a project's code": (projects_create, [project("P-2")], [project("P-2")], ("P-2", "code", "project_code_once")),
    "a place in an edition": (stories_create, [story()], [story("E-2")], ("E-2", "position", "story_position_once")),
}


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def _stored() -> None:
    programme_load(programme=small_programme())
    actors_create(entries=[actor("A-1"), actor("A-2")])
    projects_create(entries=[project()])


@pytest.mark.parametrize("case", CASES)
def test_the_second_waits_for_the_first_and_is_refused(case: str) -> None:
    create, first, second, expected = CASES[case]
    found: list[tuple[str, str, str]] = []

    def come_second() -> None:
        try:
            create(entries=second)
        except RefusedError as error:
            found.extend((each.record, each.field, each.rule) for each in error.refusals)
        finally:
            connection.close()

    other = Thread(target=come_second)
    with transaction.atomic():
        create(entries=first)
        other.start()
        _wait_until_it_waits()
    other.join(timeout=SECONDS)
    assert found == [expected]


def test_the_second_writes_where_the_first_gives_up() -> None:
    other = Thread(target=_create_and_close)
    with transaction.atomic():
        projects_create(entries=[project("P-2", title="Vom ersten")])
        other.start()
        _wait_until_it_waits()
        transaction.set_rollback(True)
    other.join(timeout=SECONDS)
    assert Project.objects.get(code="P-2").title == "Vom zweiten"


def test_an_actor_that_somebody_makes_while_the_known_ones_are_read_is_no_fault() -> None:
    made: list[str] = []

    def make_one() -> None:
        actors_create(entries=[actor("A-9")])
        connection.close()

    def between(execute: Any, *given: Any) -> Any:
        found = execute(*given)
        if not made:
            made.append("A-9")
            other = Thread(target=make_one)
            other.start()
            other.join(timeout=SECONDS)
        return found

    with connection.execute_wrapper(between):
        known = Targets().of(Actor)
    assert made
    assert {"A-1", "A-2"} <= set(known) <= {"A-1", "A-2", "A-9"}


def _create_and_close() -> None:
    projects_create(entries=[project("P-2", title="Vom zweiten")])
    connection.close()


def _wait_until_it_waits() -> None:
    end = time.monotonic() + SECONDS
    while not is_waiting():
        assert time.monotonic() < end, "nobody waits for a lock"
        time.sleep(0.01)
