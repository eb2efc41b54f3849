"""Two who write the same at the same time: the second is refused by name, not by the database's error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from ewm.capture import serving
from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.services import activities_create
from ewm.capture.actors import services as actor_services
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.services import actors_create
from ewm.capture.editorial import services as editorial
from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT
from ewm.capture.entry_reading import read_keys
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from ewm.capture.serving import refused_when_overtaken
from tests.capture.entries import activity, actor, macro, note, passage, project, story
from tests.capture.refused import rules

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICES: dict[str, tuple[Callable[..., list[int]], Any, str]] = {
    "actor": (actors_create, actor("A-1"), "actor_code_once"),
    "project": (projects_create, project(), "project_code_once"),
    "activity": (activities_create, activity(), "activity_code_once"),
    "story": (editorial.stories_create, story(), "story_code_once"),
    "macro value": (editorial.macro_values_create, macro(), "macro_value_once"),
    "note": (editorial.notes_create, note(), "note_once"),
    "text": (editorial.texts_create, passage(), "text_position_once"),
}
SHAPES: dict[str, Any] = {
    "actor": ACTOR, "project": PROJECT, "activity": ACTIVITY, "story": STORY, "macro value": MACRO, "note": NOTE,
    "text": TEXT,
}  # fmt: skip


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first check sees the state before the other one wrote; every later check sees what there is."""
    seen: list[object] = []

    def keys(shape: Any) -> set[Any]:
        seen.append(shape)
        return set() if len(seen) == 1 else read_keys(shape)

    for module in (serving, actor_services):
        monkeypatch.setattr(module, "read_keys", keys)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("kind", SERVICES)
def test_who_comes_second_is_refused(kind: str, request: pytest.FixtureRequest) -> None:
    create, entry, rule = SERVICES[kind]
    if kind not in {"actor", "project", "activity"}:
        create(entries=[entry])
    request.getfixturevalue("late")
    refused = rules(lambda: create(entries=[entry]))
    assert [(field, name) for _, field, name in refused] == [(SHAPES[kind].once.field, rule)]


@pytest.mark.usefixtures("records")
def test_what_is_no_race_stays_an_error() -> None:
    tries = []

    @refused_when_overtaken
    def write() -> None:
        tries.append(1)
        with transaction.atomic():
            Project.objects.create()

    with pytest.raises(IntegrityError):
        write()
    assert len(tries) == 2
