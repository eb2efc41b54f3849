"""A published year stays what it was, or a correction says what changed, why, and which figures it moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ewm.errors import ContentError
from ewm.indicators.seals import CORRECTIONS, FOLDER, check_seals, read_seals, seal_year, sheet_hashes, write_seal
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.programme import Programme

HEAD = "id: P-01\ntitle: Neue Projekte\nof: new_project\ncounts: project_id\nby: status_at_cut_off"
TERM = "id: T-01\nterm: new_project\ntitle: Neu\nof: projects\nkey: project_id"
STARTS = "[S1] Neu im Jahr des Beginns.\n```sql where\nyear(support_start) = $reporting_year\n```\n"
LARGE = "[S2] Groß.\n```sql where\nproject_volume > 100\n```\n"


def with_term(body: str, head: str = HEAD, count: str = COUNT) -> Methodology:
    return methodology(sheet(TERM, body), sheet(head, count))


def hashes(found: Methodology, sheet_id: str = "T-01", year: int = 2020) -> tuple[str, str]:
    pair = sheet_hashes(found, found.sheet(sheet_id), year)
    return pair.text, pair.rule


BEFORE = with_term(STARTS + LARGE)


def changed(after: Methodology, sheet_id: str = "T-01", year: int = 2020) -> tuple[bool, bool]:
    """Return whether text and rule are others than before."""
    old, new = hashes(BEFORE, sheet_id, year), hashes(after, sheet_id, year)
    return old[0] != new[0], old[1] != new[1]


@pytest.mark.parametrize(
    ("body", "text", "rule"),
    [
        (STARTS + LARGE, False, False),
        (STARTS + LARGE.replace("Groß", "Umfangreich"), True, False),
        (STARTS + LARGE.replace("Groß.", "Groß. (angenommen)"), True, False),
        (STARTS + LARGE.replace("S2", "S3"), True, False),
        (STARTS + LARGE.replace("> 100", ">= 100"), False, True),
        (STARTS + LARGE.replace("> 100", "> 101"), False, True),
        (STARTS + LARGE.replace("project_volume > 100", "PROJECT_VOLUME   >\n\n 100 -- Cent"), False, False),
        (STARTS.replace("year(", "YEAR( ") + LARGE, False, False),
        (STARTS, True, True),
        (STARTS + LARGE + "[S3] Nicht negativ. (durchgesetzt: volume_is_not_negative)\n", True, True),
        (STARTS + LARGE + "[S3] Das ist so üblich. (informativ)\n", True, False),
    ],
)
def test_text_and_rule_are_hashed_apart(body: str, *, text: bool, rule: bool) -> None:
    assert changed(with_term(body)) == (text, rule)


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (HEAD.replace("Neue Projekte", "Neu"), False),
        (HEAD.replace("by: status_at_cut_off", "by: funding_state"), True),
        (HEAD + "\nwith: project_participations", True),
        (HEAD.replace("counts: project_id", "counts: [project_id, cluster_id]"), True),
    ],
)
def test_the_head_belongs_to_the_rule_and_the_title_to_the_text(head: str, *, rule: bool) -> None:
    assert changed(with_term(STARTS + LARGE, head), "P-01") == (not rule, rule)


def test_a_rule_that_changes_later_leaves_the_year_whole() -> None:
    later = LARGE.replace("[S2]", "[S2 | bis 2019]") + LARGE.replace("[S2]", "[S2 | ab 2020]").replace("100", "200")
    after = with_term(STARTS + later, HEAD + "\non_break: footnote")
    assert changed(after, year=2019) == (False, False)
    assert changed(after, "P-01", year=2019) == (False, False)
    assert changed(after, year=2020) == (False, True)


def test_what_a_break_means_is_sealed_once_the_break_is_published() -> None:
    two = STARTS.replace("[S1]", "[S1 | bis 2019]") + STARTS.replace("[S1]", "[S1 | ab 2020]").replace("start", "end")
    footnote, withhold = (with_term(two, f"{HEAD}\non_break: {action}") for action in ("footnote", "withhold"))
    assert hashes(footnote, "P-01", 2019) == hashes(withhold, "P-01", 2019)
    assert hashes(footnote, "P-01", 2020)[1] != hashes(withhold, "P-01", 2020)[1]


def test_a_sheet_is_sealed_in_the_years_for_which_it_is_valid() -> None:
    found = with_term(STARTS, HEAD + "\nvalid: ab 2020")
    assert set(seal_year(found, 2019).sheets) == {"T-01"}
    assert set(seal_year(found, 2020).sheets) == {"T-01", "P-01"}
    with pytest.raises(ContentError, match="2021"):
        seal_year(found, 2021)


# -- the files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    assert write_seal(BEFORE, tmp_path, 2020) == (tmp_path / "2020.yaml", True)
    return tmp_path


def declare(folder: Path, *entries: dict[str, Any]) -> None:
    (folder / CORRECTIONS).write_text(yaml.safe_dump(list(entries)), encoding="utf-8")


def correction(old: str = hashes(BEFORE)[1], new: str = "1" * 64, **given: Any) -> dict[str, Any]:
    return {
        "sheet": "T-01",
        "years": [2020],
        "sentence": "S2",
        "kind": "rule",
        "old": old,
        "new": new,
        "reason": "Die Schwelle war falsch abgeschrieben.",
        "figures": ["P-01"],
        "declared_on": yaml.safe_load("2021-03-01"),
        "by": "Clusterreporting",
        **given,
    }


def problems(found: Methodology, folder: Path) -> list[str]:
    return [str(problem) for problem in check_seals(found, folder)]


def test_a_seal_holds_for_the_sheets_that_it_was_made_of(sealed: Path) -> None:
    assert problems(BEFORE, sealed) == []
    assert read_seals(sealed) == (seal_year(BEFORE, 2020),)


def test_sealing_again_changes_nothing_and_refuses_changed_sheets(sealed: Path) -> None:
    before = (sealed / "2020.yaml").read_bytes()
    assert write_seal(BEFORE, sealed, 2020) == (sealed / "2020.yaml", False)
    with pytest.raises(ContentError, match="Siegel 2020, T-01: Die Regel ist verändert"):
        write_seal(with_term(STARTS), sealed, 2020)
    assert (sealed / "2020.yaml").read_bytes() == before


ABOVE_200 = with_term(STARTS + LARGE.replace("100", "200"))
REWORDED = with_term(STARTS + LARGE.replace("Groß", "Umfangreich"))


def test_an_undeclared_change_is_named_with_what_to_declare(sealed: Path) -> None:
    (rule,) = problems(ABOVE_200, sealed)
    assert rule.startswith("Siegel 2020, T-01: Die Regel ist verändert")
    assert hashes(BEFORE)[1] in rule
    assert hashes(ABOVE_200)[1] in rule
    (text,) = problems(REWORDED, sealed)
    assert "Der Wortlaut ist verändert" in text


def test_a_missing_sheet_is_a_change(sealed: Path) -> None:
    assert [problem.sheet_id for problem in check_seals(methodology(NEW_PROJECT), sealed)] == ["P-01", "T-01", "T-01"]
    no_longer = with_term(STARTS + LARGE, HEAD + "\nvalid: bis 2019")
    assert [problem.sheet_id for problem in check_seals(no_longer, sealed)] == ["P-01"]


def test_a_new_sheet_is_no_change(sealed: Path) -> None:
    new = sheet(HEAD.replace("P-01", "P-02"), COUNT)
    assert problems(methodology(*BEFORE.sheets.values(), new), sealed) == []


def test_a_declared_change_is_accepted(sealed: Path) -> None:
    declare(sealed, correction(hashes(BEFORE)[1], hashes(ABOVE_200)[1]))
    assert problems(ABOVE_200, sealed) == []
    declare(sealed, correction(hashes(BEFORE)[0], hashes(REWORDED)[0], kind="text", figures=[]))
    assert problems(REWORDED, sealed) == []


def test_corrections_of_one_sheet_follow_each_other(sealed: Path) -> None:
    above_300 = with_term(STARTS + LARGE.replace("100", "300"))
    first = correction(hashes(BEFORE)[1], hashes(ABOVE_200)[1])
    second = correction(hashes(ABOVE_200)[1], hashes(above_300)[1])
    declare(sealed, first, second)
    assert problems(above_300, sealed) == []
    assert len(problems(ABOVE_200, sealed)) == 1
    declare(sealed, first, second, correction(hashes(above_300)[1], hashes(BEFORE)[1]))
    assert problems(BEFORE, sealed) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"old": "0" * 64}, "führt nicht vom Siegel"),
        ({"new": "0" * 64}, "ist verändert"),
        ({"kind": "text", "figures": []}, "führt nicht vom Siegel"),
        ({"years": [2019]}, "führt nicht vom Siegel"),
        ({"years": [2019, 2020]}, "T-01 S2, 2019: Die Berichtigung führt nicht vom Siegel"),
        ({"sheet": "P-01"}, "führt nicht vom Siegel"),
        ({"sheet": "P-99"}, "P-99 S2: Ein Blatt dieser Kennung gibt es nicht"),
        ({"sentence": "S9"}, "T-01 S9: Den Satz gibt es nicht. Möglich: Kopf, S1, S2."),
        ({"figures": ["P-77"]}, "P-77 beruht nicht auf T-01"),
    ],
)
def test_a_correction_that_does_not_fit_fails(sealed: Path, given: dict[str, Any], message: str) -> None:
    declare(sealed, {**correction(new=hashes(ABOVE_200)[1]), **given})
    assert any(message in problem for problem in problems(ABOVE_200, sealed))


def test_a_correction_that_is_no_longer_needed_fails(sealed: Path) -> None:
    declare(sealed, correction(hashes(BEFORE)[1], hashes(ABOVE_200)[1]))
    (undone,) = problems(BEFORE, sealed)
    assert "Die Regel ist verändert" in undone


@pytest.mark.parametrize(
    "given",
    [
        {"reason": ""},
        {"by": None},
        {"kind": "number"},
        {"years": 2020},
        {"years": []},
        {"figures": "P-01"},
        {"kind": "text"},
        {"declared_on": "März"},
        {"old": "1" * 64},
        {"note": "ein Feld zu viel"},
    ],
)
def test_a_malformed_correction_is_refused(sealed: Path, given: dict[str, Any]) -> None:
    declare(sealed, {**correction(), **given})
    with pytest.raises(ContentError, match=r"corrections\.yaml, Eintrag 1: "):
        check_seals(BEFORE, sealed)


@pytest.mark.parametrize(
    "text", ["- a", "year: 2020", "year: [", "year: 2019\nsheets: {}", "year: 2020\nsheets: {A: {b: c}}"]
)
def test_a_file_that_is_no_seal_is_refused(sealed: Path, text: str) -> None:
    (sealed / "2020.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"2020\.yaml"):
        read_seals(sealed)


def test_corrections_are_a_list(sealed: Path) -> None:
    for text in ("a: b", "a: ["):
        (sealed / CORRECTIONS).write_text(text, encoding="utf-8")
        with pytest.raises(ContentError, match=r"corrections\.yaml"):
            check_seals(BEFORE, sealed)


def test_the_delivered_seals_hold(programme: Programme, delivered: Methodology) -> None:
    folder = programme.path / "methodology" / FOLDER
    assert 2020 in {seal.year for seal in read_seals(folder)}
    assert problems(delivered, folder) == []


def test_a_changed_delivered_sheet_is_noticed(programme: Programme, delivered: Methodology) -> None:
    folder = programme.path / "methodology" / FOLDER
    changed_sheet: Sheet = replace(delivered.sheet("T-01"), title="Anderer Titel")
    sheets = {**delivered.sheets, "T-01": changed_sheet}
    (problem,) = check_seals(replace(delivered, sheets=sheets), folder)
    assert (problem.year, problem.sheet_id) == (2020, "T-01")
