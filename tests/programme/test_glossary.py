"""The glossary decides translations: what the programme calls its taxonomies and tables stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ewm.programme import Programme, load_programme
from ewm.snapshot import schema

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| German")
]


@pytest.fixture(scope="module", name="innobb")
def load() -> Programme:
    return load_programme(ROOT / "programmes" / "innobb")


def coded() -> dict[str, list[str]]:
    """Return the row of every word in the column ``in code``."""
    return {word: row for row in ROWS for word in re.findall(r"`([^`]+)`", row[2])}


def test_every_row_has_four_cells_and_every_german_word_one_row() -> None:
    assert len(ROWS) > 80
    assert [row for row in ROWS if len(row) != 4] == []
    german = [row[0] for row in ROWS]
    assert sorted(german) == sorted(set(german))


def test_every_code_word_has_one_row() -> None:
    words = [word for row in ROWS for word in re.findall(r"`([^`]+)`", row[2])]
    twice = {word for word in words if words.count(word) > 1}
    assert twice == set()


def test_taxonomies_are_called_as_the_glossary_says(innobb: Programme) -> None:
    missing = {
        name: (label.de, label.en)
        for name, label in innobb.taxonomy_labels.items()
        if name not in coded() or not _says(coded()[name], label.de, label.en)
    }
    assert missing == {}


def _says(row: list[str], german: str, english: str) -> bool:
    return german in re.split("[,;] ", row[0]) and english.lower() in re.split("[,;] ", row[1].lower())


def test_every_table_of_the_snapshot_is_in_the_glossary() -> None:
    assert set(schema.TABLES) - coded().keys() == set()


def test_words_of_the_house_that_are_not_used() -> None:
    english = " ".join(row[1] for row in ROWS).lower()
    assert re.findall(r"\b(?:metric|kpi|measure)s?\b", english) == []
