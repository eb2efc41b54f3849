"""The delivered methodology: every case holds, every sentence has one, and what the design decided is what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ewm.capture.hints import CHECKS
from ewm.config import load_config
from ewm.indicators.case_run import failures
from ewm.indicators.cases import Case, load_cases, uncovered
from ewm.indicators.checks import check_meaning
from ewm.indicators.compare import pairs
from ewm.indicators.methodology import Methodology, load_methodology
from ewm.indicators.world import World, load_world
from ewm.programme import load_programme
from ewm.web.hints import hint_sources
from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from ewm.indicators.sheet import Sheet

FOLDER = ROOT / "programmes" / "innobb" / "methodology"
PAGES = {
    "1": 2, "2": 5, "3": 7, "4.1": 8, "4.2": 9, "4.3": 10, "4.4": 11, "4.5": 14, "4.6": 16, "4.7": 17, "5": 20,
}  # fmt: skip
INDICATORS = [
    "A-01", "A-02", "A-03", "A-04", "A-05", "M-01", "M-02", "P-01", "P-02", "P-03", "P-04", "P-05", "P-06", "P-07",
    "P-08", "P-09", "P-10", "P-11", "S-01", "S-02", "S-03", "S-04", "S-05",
]  # fmt: skip
NOT_BEFORE_2020 = {"P-08", "P-09", "S-02", "S-03"}


def _taxonomies() -> dict[str, frozenset[str]]:
    programme = load_programme(load_config().programme)
    return {name: frozenset(term.term_id for term in programme.taxonomy(name)) for name in programme.taxonomies}


@pytest.fixture(scope="module")
def methodology() -> Methodology:
    return load_methodology(FOLDER, (2017, 2018, 2019, 2020), _taxonomies())


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(FOLDER / "world.yaml", _taxonomies())


@pytest.fixture(scope="module")
def cases(methodology: Methodology, world: World) -> tuple[Case, ...]:
    return load_cases(FOLDER, methodology, world)


def test_every_sheet_compiles_and_names_terms_that_exist(methodology: Methodology) -> None:
    assert check_meaning(methodology) == []


def test_every_case_holds(methodology: Methodology, world: World, cases: tuple[Case, ...]) -> None:
    assert len(cases) >= 90
    assert failures(methodology, world, cases) == []


def test_every_sentence_with_sql_has_a_case(methodology: Methodology, cases: tuple[Case, ...]) -> None:
    assert uncovered(methodology, cases) == []


def test_the_indicators_are_those_that_were_agreed(methodology: Methodology) -> None:
    assert [sheet.id for sheet in methodology.indicators] == INDICATORS


def _breaks(methodology: Methodology, sheet: Sheet) -> dict[int, tuple[str, tuple[str, ...]]]:
    """State and changed sentences of the total, by the later year of each pair of neighbours."""
    return {
        pair.year_b: (pair.state, pair.changed)
        for level, value, pair in pairs(methodology, sheet)
        if level == "total" and value == sheet.value_names[0] and pair.year_b == pair.year_a + 1
    }


SAME = dict.fromkeys((2018, 2019, 2020), ("comparable", ()))
ACTORS = {**SAME, 2019: ("footnote", ("T-05 S1",))}
ACTIVITIES = {**SAME, 2020: ("withhold", ("T-03 S1",))}
NEW = dict.fromkeys((2018, 2019, 2020), ("not_recorded", ()))
EXPECTED = {
    **dict.fromkeys(INDICATORS, SAME),
    **dict.fromkeys(("A-01", "A-05"), ACTORS),
    **dict.fromkeys(("S-01", "S-04", "S-05", "A-04"), ACTIVITIES),
    "A-03": {**ACTORS, 2020: ACTIVITIES[2020]},
    **dict.fromkeys(NOT_BEFORE_2020, NEW),
}


@pytest.mark.parametrize("sheet_id", [one for one in INDICATORS if not one.startswith("M")])
def test_years_are_comparable_as_decided(methodology: Methodology, sheet_id: str) -> None:
    assert _breaks(methodology, methodology.sheet(sheet_id)) == EXPECTED[sheet_id]


def test_only_the_changed_rule_breaks_a_level(methodology: Methodology) -> None:
    """The consortium does not hang on the counting level, so its series is whole."""
    states = {(level, pair.state) for level, _, pair in pairs(methodology, methodology.sheet("P-06"))}
    assert states == {
        ("total", "comparable"), ("consortium", "comparable"), ("consortium > main_programme", "comparable"),
    }  # fmt: skip


def test_what_is_recorded_since_2020_says_so(methodology: Methodology) -> None:
    limited = {sheet.id for sheet in methodology.indicators if 2019 not in sheet.valid}
    assert limited == NOT_BEFORE_2020
    assert all(2020 in sheet.valid for sheet in methodology.indicators)


def test_every_source_names_chapter_and_first_page(methodology: Methodology) -> None:
    for sheet in methodology.sheets.values():
        assert (sheet.source.document, sheet.source.from_page) == ("Jahresbericht 2020", PAGES[sheet.source.chapter])
        for sentence in sheet.sentences:
            named = sentence.named("Quelle")
            if named:
                chapter, page = re.fullmatch(r"Kap\. ([\d.]+), ab S\. (\d+)", named).groups()  # type: ignore[union-attr]
                assert PAGES[chapter] == int(page), f"{sheet.id} {sentence.number}"


def test_every_breakdown_has_labels(methodology: Methodology) -> None:
    for sheet in methodology.indicators:
        scope = methodology.scope(sheet, methodology.population(sheet.of[0]))
        unlabelled = [name for path in sheet.by for name in path if not scope.taxonomy_of(name)]
        assert unlabelled == [], sheet.id


def test_every_enforced_rule_is_one_of_capture(methodology: Methodology) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "ewm" / "capture").rglob("*.py")]
    rules = {name for source in sources for name in re.findall(r'Rule\(\s*"(\w+)"', source)}
    enforced = {
        f"{sheet.id} {sentence.number}": mark.name
        for sheet in methodology.sheets.values()
        for sentence in sheet.sentences
        for mark in sentence.marks
        if mark.kind == "durchgesetzt"
    }
    assert enforced
    assert {place: name for place, name in enforced.items() if name not in rules} == {}


def test_every_hint_is_a_check_of_capture_and_every_check_is_asked_for(methodology: Methodology) -> None:
    sources = hint_sources(methodology, load_programme(load_config().programme))
    assert {source.name for source in sources} == set(CHECKS)
    assert len({source.name for source in sources if source.sheet}) == 6


def test_a_hint_comes_from_the_sentence_about_its_records(methodology: Methodology) -> None:
    delivered = load_programme(load_config().programme)
    sources = {str(source): (source.name, *source.tables) for source in hint_sources(methodology, delivered)}
    assert sources["S-01 S1"] == ("record_without_main_action_field", "activities")
    assert sources["P-10 S1"] == ("record_without_main_action_field", "projects")
    assert sources["T-03 S3"] == ("activity_without_end", "activities")


@pytest.mark.parametrize(("sheet_id", "number", "years"), [("T-03", "S1", "bis 2019"), ("T-05", "S1", "bis 2018")])
def test_what_the_source_does_not_state_is_marked(
    methodology: Methodology, sheet_id: str, number: str, years: str
) -> None:
    assumed = {
        str(sentence.years): sentence.has("angenommen")
        for sentence in methodology.sheet(sheet_id).sentences
        if sentence.number == number
    }
    assert assumed.pop(years)
    assert not any(assumed.values())
