"""Finding actors while their name is typed, and making a new one in passing."""

from __future__ import annotations

import pytest

from ewm.capture.actors.models import Actor
from ewm.capture.actors.quick import Seat, actor_create_inline, similar_actors
from ewm.capture.actors.search import find_actors, known_actors
from ewm.capture.actors.services import actors_create
from tests.capture.entries import actor
from tests.capture.refused import rules

pytestmark = pytest.mark.usefixtures("programme")

NAMES = ("Stahlwerk Hennig GmbH", "Hennig Logistik", "Alt-Stahlwerk", "Müller Optik", "Zentrum für Stähle", "Ałbatros")


@pytest.fixture(autouse=True)
def _actors(programme: object) -> None:  # noqa: ARG001
    actors_create(entries=[actor(f"W-{at}", name=name) for at, name in enumerate(NAMES)])


@pytest.mark.parametrize(
    ("typed", "found"),
    {
        "stahl hen": ["Stahlwerk Hennig GmbH"],
        "HENNIG": ["Hennig Logistik", "Stahlwerk Hennig GmbH"],
        "werk": ["Alt-Stahlwerk", "Stahlwerk Hennig GmbH"],
        "stahlw": ["Stahlwerk Hennig GmbH", "Alt-Stahlwerk"],
        "müller": ["Müller Optik"],
        "mueller": ["Müller Optik"],
        "muller": ["Müller Optik"],
        "stähle": ["Zentrum für Stähle"],
        "albatros": ["Ałbatros"],
        "W-3": ["Müller Optik"],
        "hennig optik": [],
        " ": [],
        "&": [],
    }.items(),
)
def test_typed_words_stand_anywhere(typed: str, found: list[str]) -> None:
    assert [each.name for each in find_actors(typed, known_actors())] == found


def test_who_types_a_code_means_that_actor_and_not_its_parts() -> None:
    whole = actor("TUX", name="Technische Universität Xanten")
    actors_create(
        entries=[whole, actor("TUX-F1", name="TUX, Fakultät 1", parent="TUX"), actor("TUX-F2", name="TUX neu")]
    )
    assert find_actors("tux", known_actors())[0].code == "TUX"


def test_no_more_than_eight_are_offered() -> None:
    actors_create(entries=[actor(f"V-{at}", name=f"Verein {at}") for at in range(9)])
    assert len(find_actors("verein", known_actors())) == 8


def test_the_second_line_tells_actors_of_one_name_apart() -> None:
    actors_create(
        entries=[
            actor("X-1", name="Zwilling"),
            actor("X-2", name="Zwilling", municipality=None),
            actor("X-3", name="Zwilling", country="PL", land=None, district=None, municipality=None),
            actor("X-4", name="Zwilling", parent="W-0"),
        ]
    )
    hints = {each.code: each.hint for each in find_actors("zwilling", known_actors())}
    assert hints == {
        "X-1": "company (de), Cottbus",
        "X-2": "company (de), 12052 (de)",
        "X-3": "company (de), PL",
        "X-4": "gehört zu Stahlwerk Hennig GmbH",
    }


def test_a_new_actor_gets_the_next_code() -> None:
    seat = Seat("DE", "12", "12052", "Cottbus")
    first = actor_create_inline(name=" Neuwerk ", actor_type="company", seat=seat)
    second = actor_create_inline(name="Altwerk", actor_type="company", seat=Seat("PL"))
    assert (first, second) == ("A-0001", "A-0002")
    made = Actor.objects.get(code=first)
    assert (made.name, made.district_id, made.municipality) == ("Neuwerk", "12052", "Cottbus")
    assert made.history.get().history_change_reason == "Erfassung"


def test_deliberately_new_is_kept_as_the_reason() -> None:
    assert [(each.key, each.score) for each in similar_actors("Stahlwerk Hennig AG")] == [("W-0", 99)]
    code = actor_create_inline(name="Stahlwerk Hennig AG", actor_type="company", seat=Seat(), deliberate=True)
    reason = Actor.objects.get(code=code).history.get().history_change_reason
    assert reason == "Erfassung, bewusst neu trotz ähnlicher Namen (W-0 99 %)"
    code = actor_create_inline(name="Ganz anders", actor_type="company", seat=Seat(), deliberate=True)
    assert Actor.objects.get(code=code).history.get().history_change_reason == "Erfassung"


def test_a_reason_fits_its_column_however_many_are_alike() -> None:
    actors_create(entries=[actor(f"{'L' * 37}-{at}", name=f"Lang {'n' * 250}") for at in range(8)])
    code = actor_create_inline(name=f"Lang {'n' * 251}", actor_type="company", seat=Seat(), deliberate=True)
    assert len(Actor.objects.get(code=code).history.get().history_change_reason) <= 200


def test_a_wrong_new_actor_is_refused() -> None:
    found = rules(lambda: actor_create_inline(name=" ", actor_type="company", seat=Seat("DE", "11", "12052")))
    assert found == [("A-0001", "name", "actor_name_given"), ("A-0001", "district", "actor_district_in_land")]
