"""Actors: every rule refuses with record, field and name, and lets the case beside it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from ewm.capture.actors.entries import ACTOR, Identifier, Membership, Size
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update, actors_create
from ewm.capture.entry_reading import read_entries
from ewm.capture.shapes import same
from ewm.capture.writing import ConflictError
from tests.capture.entries import actor, at
from tests.capture.refused import rules

pytestmark = pytest.mark.usefixtures("programme")

DAY = date(2020, 3, 1)
ABROAD = {"land": None, "district": None}
NO_COMPANY = {"actor_type": "university", "sizes": ()}


def size(term: str = "micro", day: date = DAY) -> Size:
    return Size(size_class=term, size_from=day)


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "code in small letters": ({"code": "a-1"}, "code", "code_form"),
    "code too long": ({"code": "A" * 41}, "code", "code_form"),
    "code with two hyphens": ({"code": "A--1"}, "code", "code_form"),
    "no name": ({"name": " "}, "name", "actor_name_given"),
    "name too long": ({"name": "N" * 301}, "name", "actor_name_given"),
    "unknown type": ({"actor_type": "compani", "sizes": ()}, "actor_type", "unknown_term"),
    "type of another taxonomy": ({"actor_type": "running", "sizes": ()}, "actor_type", "wrong_taxonomy"),
    "country in small letters": ({**ABROAD, "country": "De"}, "country", "actor_country_two_capitals"),
    "country with a digit": ({**ABROAD, "country": "D1"}, "country", "actor_country_two_capitals"),
    "land abroad": ({"country": "PL", "district": None}, "land", "actor_land_in_germany"),
    "district of another land": ({"land": "11"}, "district", "actor_district_in_land"),
    "district without land": ({"land": None}, "district", "actor_district_in_land"),
    "unknown land": ({"land": "99", "district": None}, "land", "unknown_term"),
    "district as land": ({"land": "12052", "district": None}, "land", "wrong_taxonomy"),
    "blank municipality": ({"municipality": " "}, "municipality", "actor_municipality_given"),
    "size of a university": ({"actor_type": "university"}, "size_class", "size_class_of_a_company"),
    "unknown size": ({"sizes": (size("tiny"),)}, "size_class", "unknown_term"),
    "two sizes of a day": ({"sizes": (size(), size("large"))}, "size_from", "actor_size_once_a_day"),
    "unknown cluster": ({"clusters": (Membership(cluster="metals", member_from=DAY),)}, "cluster", "unknown_cluster"),
    "membership ends before it begins": (
        {"clusters": (Membership(cluster="metal", member_from=DAY, member_to=date(2020, 2, 29)),)},
        "member_to",
        "actor_cluster_end_not_before_begin",
    ),
    "membership twice": (
        {"clusters": (Membership(cluster="metal", member_from=DAY),) * 2}, "cluster", "actor_cluster_once_a_day",
    ),
    "unknown register": ({"identifiers": (Identifier(scheme="isni", identifier="1"),)}, "scheme", "unknown_term"),
    "blank identifier": (
        {"identifiers": (Identifier(scheme="ror", identifier=""),)}, "identifier", "actor_identifier_given",
    ),
    "identifier twice": (
        {"identifiers": (Identifier(scheme="ror", identifier="02wxx3e24"),) * 2}, "identifier", "actor_identifier_once",
    ),
    **{
        f"LEI {what}": (
            {"identifiers": (Identifier(scheme="lei", identifier=text),)}, "identifier", "lei_check_digits",
        )
        for what, text in {
            "with another letter": "213800KUD8LXJWSQ9D15",
            "with another check digit": "213800KUD8LAJWSQ9D16",
            "with two characters exchanged": "213800KUD8LJAWSQ9D15",
            "with blanks": "2138 00KU D8LA JWSQ 9D15",
            "in small letters": "213800kud8lajwsq9d15",
            "too short, though its digits fit": "13800KUD8LAJWSQ9D32",
            "too long, though its digits fit": "0213800KUD8LAJWSQ9D15",
        }.items()
    },
    **{
        f"ROR {what}": (
            {"identifiers": (Identifier(scheme="ror", identifier=text),)}, "identifier", "ror_check_digits",
        )
        for what, text in {
            "with another character": "02wxx3f24",
            "with another check digit": "02wxx3e25",
            "with two characters exchanged": "02xwx3e24",
            "that does not begin with 0": "12wxx3e24",
            "with a letter that the alphabet lacks": "02wxx3u24",
            "in capitals": "02WXX3E24",
            "with its address": "https://ror.org/02wxx3e24",
            "too short": "02wxx3e2",
            "with check digits that are no digits": "02wxx3eab",
        }.items()
    },
    "unknown parent": ({"parent": "A-9"}, "parent", "unknown_record"),
    "its own parent": ({"parent": "A-1"}, "parent", "actor_not_its_own_parent"),
    "recorded tomorrow": ({"recorded_at": at(2999, 1, 1)}, "recorded_on", "recorded_in_future"),
}  # fmt: skip

PASSING: dict[str, dict[str, Any]] = {
    "shortest code": {"code": "A"},
    "longest name": {"name": "N" * 300},
    "abroad without land": {"country": "PL", "land": None, "district": None},
    "land without district": {"district": None},
    "no municipality": {"municipality": None},
    "university without size": NO_COMPANY,
    "a kind of company with a size": {"actor_type": "start-up"},
    "sizes on two days": {"sizes": (size(), size("large", date(2020, 3, 2)))},
    **{
        f"{scheme} {text}": {"identifiers": (Identifier(scheme=scheme, identifier=text),)}
        for scheme, text in (
            ("lei", "213800KUD8LAJWSQ9D15"),
            ("lei", "529900T8BM49AURSDO55"),
            ("ror", "02wxx3e24"),
            ("ror", "042aqky30"),
            ("ror", "000000098"),  # the largest check digits
            ("register", "Cottbus HRB 1"),
        )
    },
    "member for a day": {"clusters": (Membership(cluster="metal", member_from=DAY, member_to=DAY),)},
    "member of what is outside": {"clusters": (Membership(cluster="others", member_from=DAY),)},
    "member again": {
        "clusters": (
            Membership(cluster="metal", member_from=DAY, member_to=DAY),
            Membership(cluster="metal", member_from=date(2020, 3, 2)),
        )
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    changes, field, rule = REFUSED[case]
    entry = replace(actor(), **changes)
    assert rules(lambda: actors_create(entries=[entry])) == [(entry.code, field, rule)]
    assert not Actor.objects.exists()


@pytest.mark.parametrize("case", PASSING)
def test_passing(case: str) -> None:
    entry = actor(**PASSING[case])
    actors_create(entries=[entry])
    assert same(ACTOR, read_entries(ACTOR)[(entry.code,)].entry, entry)


def test_all_refusals_come_together_and_nothing_is_written() -> None:
    wrong = actor("A-2", name="", actor_type="compani", district="11000")
    found = rules(lambda: actors_create(entries=[actor("A-1"), wrong, actor("A-1")]))
    assert found == [
        ("A-1", "code", "actor_code_once"),
        ("A-1", "code", "actor_code_once"),
        ("A-2", "name", "actor_name_given"),
        ("A-2", "actor_type", "unknown_term"),
        ("A-2", "district", "actor_district_in_land"),
        ("A-2", "size_class", "size_class_of_a_company"),
    ]
    assert not Actor.objects.exists()


def test_a_code_is_taken_once() -> None:
    actors_create(entries=[actor("A-1")])
    assert rules(lambda: actors_create(entries=[actor("A-1")])) == [("A-1", "code", "actor_code_once")]


def test_parents_may_come_after_their_children() -> None:
    entries = [actor("C", parent="B"), actor("B", parent="A"), actor("A")]
    ids = actors_create(entries=entries)
    assert [Actor.objects.get(code=code).pk for code in "CBA"] == ids
    assert Actor.objects.get(code="C").parent.parent.code == "A"


def test_a_circle_of_parents_is_refused() -> None:
    entries = [actor("A", parent="C"), actor("B", parent="A"), actor("C", parent="B"), actor("D", parent="A")]
    found = rules(lambda: actors_create(entries=entries))
    assert found == [(code, "parent", "hierarchy_without_cycle") for code in "ABC"]


def test_a_circle_through_stored_actors_is_refused() -> None:
    actors_create(entries=[actor("A"), actor("B", parent="A"), actor("C", parent="B")])
    found = rules(lambda: actor_update(entry=actor("A", parent="C"), version=1))
    assert found == [("A", "parent", "hierarchy_without_cycle")]
    assert actor_update(entry=actor("C", parent="A"), version=1) == 2


def test_a_child_is_not_known_before_its_parent() -> None:
    entries = [actor("A", recorded_at=at(2018, 1, 2)), actor("B", parent="A", recorded_at=at(2018, 1, 1))]
    assert rules(lambda: actors_create(entries=entries)) == [("B", "recorded_on", "recorded_before_target")]
    actors_create(entries=[actor("A", recorded_at=at(2018, 1, 2)), actor("B", parent="A", recorded_at=at(2018, 1, 2))])


def test_an_update_changes_adds_and_takes_out_rows() -> None:
    actors_create(entries=[actor("A-1", sizes=(size(), size("large", date(2020, 3, 2))))])
    stored = read_entries(ACTOR)[("A-1",)]
    changed = actor("A-1", name="Neu", sizes=(size("large"), size("micro", date(2021, 1, 1))))
    assert actor_update(entry=changed, version=stored.version) == 2
    assert same(ACTOR, read_entries(ACTOR)[("A-1",)].entry, changed)
    with pytest.raises(ConflictError):
        actor_update(entry=changed, version=1)


def test_an_update_is_known_from_now_on() -> None:
    actors_create(entries=[actor("A-1")])
    before = timezone.now()
    actor_update(entry=actor("A-1", name="Neu"), version=1)
    assert read_entries(ACTOR, as_of=before)[("A-1",)].entry.name == "Werk A-1"
    assert read_entries(ACTOR, as_of=timezone.now())[("A-1",)].entry.name == "Neu"


def test_what_is_not_stored_cannot_be_changed() -> None:
    assert rules(lambda: actor_update(entry=actor("A-1"), version=1)) == [("A-1", "code", "not_stored")]


def test_a_wrong_update_changes_nothing() -> None:
    actors_create(entries=[actor("A-1")])
    assert rules(lambda: actor_update(entry=actor("A-1", name=""), version=1)) == [("A-1", "name", "actor_name_given")]
    assert Actor.objects.get().version == 1


def test_messages_are_german_and_name_the_place() -> None:
    entry = actor("A-1", actor_type="compani", sizes=(), place="actors.csv, Zeile 7")
    with pytest.raises(Exception, match=r"actors\.csv, Zeile 7") as caught:
        actors_create(entries=[entry])
    assert "gemeint company?" in str(caught.value)
    assert "Bitte berichtigen." in str(caught.value)
    assert "(Regel: unknown_term)" in str(caught.value)
