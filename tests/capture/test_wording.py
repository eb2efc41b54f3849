"""Texts that keep what they were made of: German when stored, the page's language when said."""

from __future__ import annotations

import ast
import copy
import json
from pathlib import Path

import pytest
from django.utils.translation import override

import ewm.capture.imports
from ewm.capture.imports.found import Found, Problem, RecordKind, found_as_json, found_from_json
from ewm.capture.imports.rules import REASON_LENGTH
from ewm.capture.imports.values.errors import too_long
from ewm.capture.wording import in_german, joined, parts_of, said, stored, worded

PERCENT = worded("„%(text)s“ ist kein Anteil. Bitte Prozent zwischen 0 und 100 eintragen, etwa 80 %%.", text="5%s")
WITHIN = worded("Vorgabe „%(field)s“: %(why)s", field=worded("Titel"), why=PERCENT)


def in_english(text: str) -> str:
    with override("en"):
        return said(in_german(text), json.loads(json.dumps(parts_of(text))))


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        (worded("Bitte berichtigen."), "Bitte berichtigen.", "Please correct it."),
        (
            PERCENT,
            "„5%s“ ist kein Anteil. Bitte Prozent zwischen 0 und 100 eintragen, etwa 80 %.",
            "“5%s” is not a share. Please enter a percentage between 0 and 100, for example 80 %.",
        ),
        (
            WITHIN,
            f"Vorgabe „Titel“: {PERCENT}",
            "Set value “Title”: “5%s” is not a share. Please enter a percentage between 0 and 100, for example 80 %.",
        ),
        (joined("A-1: ", worded("nichts"), " ", worded("oder")), "A-1: nichts oder", "A-1: nothing or"),
        ("ohne Teile", "ohne Teile", "ohne Teile"),
        ("", "", ""),
    ],
)
def test_a_text_is_stored_in_german_and_said_in_the_language_of_the_page(text: str, german: str, english: str) -> None:
    assert in_german(text) == german
    assert in_english(text) == english
    assert in_english(stored(german, parts_of(text))) == english


def test_what_was_stored_without_parts_is_a_message_itself_or_stays() -> None:
    with override("en"):
        assert said("Auf Wunsch weggelassen.") == "Left out on request."
        assert said("„31.02.2020“ ist kein Tag.", None) == "„31.02.2020“ ist kein Tag."


def test_a_rule_that_refuses_on_an_english_page_is_stored_in_german() -> None:
    with override("en"):
        message = REASON_LENGTH.refuse("Import 1", "130", place="Zeile 3").message
    assert message.startswith("Zeile 3: The reason has more than 120 characters (130).")
    assert in_german(message) == "Zeile 3: Der Grund hat mehr als 120 Zeichen (130). Bitte kürzen."
    assert in_english(message) == str(message)


def test_a_found_record_keeps_the_parts_of_its_problems() -> None:
    problem = Problem(3, "C, Beginn", "x" * 9, too_long("x" * 9, 5), "title")
    older = Problem(4, "", "", "Ein Satz von früher.")
    found = Found(RecordKind.PROJECTS, "liste", "k", {"title": "x"}, (), (3,), (problem, older))
    again = found_from_json(json.loads(json.dumps(found_as_json(found))))
    assert again == found
    assert [parts_of(each.message) for each in again.problems] == [parts_of(problem.message), []]
    assert "parts" not in found_as_json(found)["problems"][1]
    assert parts_of(copy.deepcopy(problem.message)) == parts_of(problem.message)


PLACES = {"CellError": 0, "UnknownWordError": 0, "Problem": 3, "refuse": 1, "problem": 1}
"""Where calls say what is wrong with a row: which of their arguments is the message."""


def test_nothing_says_what_is_wrong_with_a_row_in_german_only() -> None:
    plain = []
    for file in sorted(Path(ewm.capture.imports.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            rule = isinstance(node.func, ast.Attribute) and str(getattr(node.func.value, "id", "")).isupper()
            given = [] if rule else node.args[PLACES.get(called, 9) :][:1]
            given += [each.value for each in node.keywords if called == "Match" and each.arg in {"wrong", "leave"}]
            plain += [f"{file.name}:{node.lineno}" for each in given if isinstance(each, (ast.JoinedStr, ast.Constant))]
    assert plain == []
