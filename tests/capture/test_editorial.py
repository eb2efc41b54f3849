"""Stories, macro values, notes and texts: every rule refuses, and lets the case beside it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT, StoryTerm
from ewm.capture.editorial.models import MacroValue, SuccessStory
from ewm.capture.editorial.services import (
    macro_value_update,
    macro_values_create,
    note_update,
    notes_create,
    stories_create,
    story_update,
    text_update,
    texts_create,
)
from ewm.capture.entry_reading import read_entries
from ewm.capture.shapes import same
from tests.capture.entries import at, macro, note, passage, story
from tests.capture.refused import rules

if TYPE_CHECKING:
    from ewm.capture.entries import Item

pytestmark = pytest.mark.usefixtures("records")

CREATE: dict[str, Any] = {
    "story": stories_create, "macro": macro_values_create, "note": notes_create, "text": texts_create,
}  # fmt: skip
PLAIN: dict[str, Item] = {"story": story(), "macro": macro(), "note": note(), "text": passage()}
SHAPE: dict[str, Any] = {"story": STORY, "macro": MACRO, "note": NOTE, "text": TEXT}


def told(*terms: str) -> dict[str, Any]:
    return {"assignments": tuple(StoryTerm(term=term) for term in terms)}


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("story", {"code": ""}, "code", "code_form"),
    ("story", {"title": "T" * 301}, "title", "story_title_given"),
    ("story", {"body": "\n"}, "body", "story_body_given"),
    ("story", {"reporting_year": 1999}, "reporting_year", "story_year_plausible"),
    ("story", {"cluster": "others"}, "cluster", "cluster_within_structure"),
    ("story", {"project": "P-9"}, "project", "unknown_record"),
    ("story", {"activity": "P-1"}, "activity", "unknown_record"),
    ("story", {"recorded_at": at(2020, 3, 1)}, "recorded_on", "recorded_before_target"),
    ("story", told("narrow"), "term", "term_not_in_force"),
    ("story", told("workshop"), "term", "wrong_taxonomy"),
    ("story", told("wide", "wide"), "term", "story_term_once"),
    ("macro", {"cluster": "steel"}, "cluster", "unknown_cluster"),
    ("macro", {"delimitation": "half"}, "delimitation", "unknown_term"),
    ("macro", {"measure": "core"}, "measure", "wrong_taxonomy"),
    ("macro", {"unit": "euros"}, "unit", "unknown_term"),
    ("macro", {"reporting_year": 2101}, "reporting_year", "macro_year_plausible"),
    ("macro", {"period": 1999}, "period", "macro_period_plausible"),
    ("macro", {"period_from": 2018}, "period_from", "macro_period_forward"),
    ("macro", {"source": ""}, "source", "macro_source_given"),
    ("note", {"topic": ""}, "topic", "note_topic_given"),
    ("note", {"body": ""}, "body", "note_body_given"),
    ("note", {"reporting_year": 0}, "reporting_year", "note_year_plausible"),
    ("text", {"chapter": ""}, "chapter", "text_chapter_given"),
    ("text", {"body": ""}, "body", "text_body_given"),
    ("text", {"language": "deu"}, "language", "text_language_two_letters"),
    ("text", {"language": "d1"}, "language", "text_language_two_letters"),
    ("text", {"reporting_year": 2101}, "reporting_year", "text_year_plausible"),
]

PASSING: list[tuple[str, dict[str, Any]]] = [
    ("story", {}),
    ("story", {"project": None, "activity": "S-1"}),
    ("story", {"project": None}),
    ("story", {"reporting_year": 2000, "recorded_at": None, **told()}),
    ("story", told("wide", "wide-technical", "digital", "metal-2014-a")),
    ("macro", {}),
    ("macro", {"period_from": 2017, "value": -13}),
    ("macro", {"period": 2100, "reporting_year": 2100, "note": "geschätzt"}),
    ("note", {}),
    ("text", {}),
    ("text", {"language": "en"}),
]


@pytest.mark.parametrize(("kind", "changes", "field", "rule"), REFUSED, ids=lambda value: str(value)[:40])
def test_refused(kind: str, changes: dict[str, Any], field: str, rule: str) -> None:
    entry = replace(PLAIN[kind], **changes)
    found = rules(lambda: CREATE[kind](entries=[entry]))
    assert [each[1:] for each in found] == [(field, rule)]
    assert read_entries(SHAPE[kind]) == {}


@pytest.mark.parametrize(("kind", "changes"), PASSING, ids=lambda value: str(value)[:40])
def test_passing(kind: str, changes: dict[str, Any]) -> None:
    entry = replace(PLAIN[kind], **changes)
    CREATE[kind](entries=[entry])
    [stored] = read_entries(SHAPE[kind]).values()
    assert same(SHAPE[kind], stored.entry, entry)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("story", "story_code_once"),
        ("macro", "macro_value_once"),
        ("note", "note_once"),
        ("text", "text_position_once"),
    ],
)
def test_the_same_twice_is_refused(kind: str, rule: str) -> None:
    CREATE[kind](entries=[PLAIN[kind]])
    assert [each[2] for each in rules(lambda: CREATE[kind](entries=[PLAIN[kind]]))] == [rule]


def test_one_story_stands_at_one_place_of_an_edition() -> None:
    stories_create(entries=[story()])
    beside = [story("E-2"), story("E-3", position=2), story("E-4", position=2), story("E-5", reporting_year=2021)]
    found = rules(lambda: stories_create(entries=beside))
    assert found == [(code, "position", "story_position_once") for code in ("E-2", "E-3", "E-4")]
    stories_create(entries=[story("E-2", position=2)])
    assert rules(lambda: story_update(entry=story("E-2"), version=1)) == [("E-2", "position", "story_position_once")]


def test_a_development_and_a_value_of_one_year_stand_beside_each_other() -> None:
    macro_values_create(entries=[macro(), macro(period_from=2008, value=278), macro(period_from=2009, value=100)])
    assert MacroValue.objects.count() == 3


def test_messages_name_a_value_by_its_key() -> None:
    [(record, _, _)] = rules(lambda: macro_values_create(entries=[macro(source="")]))
    assert record == "metal core companies 2020 2018"


def test_updates_find_the_entry_by_its_key() -> None:
    stories_create(entries=[story()])
    macro_values_create(entries=[macro(), macro(period=2017)])
    notes_create(entries=[note()])
    texts_create(entries=[passage()])
    assert story_update(entry=story(title="Neu", project=None, activity="S-1", **told("work")), version=1) == 2
    assert macro_value_update(entry=macro(value=1800), version=1) == 2
    assert note_update(entry=note(body="Neu"), version=1) == 2
    assert text_update(entry=passage(body="Neu"), version=1) == 2
    told_now = SuccessStory.objects.get()
    assert (told_now.title, told_now.project, told_now.activity.code) == ("Neu", None, "S-1")
    assert set(MacroValue.objects.values_list("period", "value")) == {(2018, 1800), (2017, 1762)}
    assert read_entries(NOTE)[("metal", 2020, "Lage", date(2021, 2, 1))].entry.body == "Neu"
