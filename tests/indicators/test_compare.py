"""Two years are comparable exactly when the same rules were in force, per value and level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.indicators.compare import Pair, pairs
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology


def by_value(built: Methodology, indicator: str, year_a: int, year_b: int) -> dict[tuple[str, str], Pair]:
    found = pairs(built, built.indicator(indicator))
    return {(level, value): pair for level, value, pair in found if (pair.year_a, pair.year_b) == (year_a, year_b)}


def changed_word(wording: str, rule: str) -> Methodology:
    term = sheet(
        "id: T-08\nterm: kind_of_project\ntitle: x\nof: projects\nkey: project_id",
        f"[S1 | bis 2018] Alt.\n```sql value kind_word\ncase when is_rdi then 'a' else 'b' end\n```\n"
        f"[S1 | ab 2019] {wording}\n```sql value kind_word\n{rule}\n```\n",
    )
    body = COUNT + "[S2] Summe.\n```sql value volume\nsum(project_volume)\n```\n"
    one = sheet("id: P-06\ntitle: x\nof: new_project\ncounts: project_id\nby: kind_word\non_break: footnote", body)
    return methodology(NEW_PROJECT, term, one)


def test_a_changed_breakdown_breaks_its_level_and_not_the_total() -> None:
    found = by_value(changed_word("Neu.", "'c'"), "P-06", 2018, 2019)
    assert found["total", "n"].state == "comparable"
    assert found["total", "volume"].state == "comparable"
    assert found["kind_word", "n"] == Pair(2018, 2019, "footnote", ("T-08 S1",))


def test_a_new_wording_of_the_same_rule_breaks_nothing() -> None:
    same = changed_word("Anders gesagt.", "CASE WHEN is_rdi THEN 'a'\n  ELSE 'b' END")
    assert {pair.state for pair in by_value(same, "P-06", 2018, 2019).values()} == {"comparable"}


def test_a_changed_value_breaks_that_value_alone() -> None:
    body = (
        COUNT
        + "[S2 | bis 2018] a\n```sql value volume\nsum(project_volume)\n```\n"
        + "[S2 | ab 2019] b\n```sql value volume\nsum(project_volume_regional)\n```\n"
    )
    one = sheet("id: P-04\ntitle: x\nof: new_project\ncounts: project_id\non_break: withhold", body)
    found = by_value(methodology(NEW_PROJECT, one), "P-04", 2018, 2019)
    assert found["total", "n"].state == "comparable"
    assert found["total", "volume"] == Pair(2018, 2019, "withhold", ("P-04 S2",))


def test_a_changed_constraint_breaks_too() -> None:
    body = COUNT + "[S2 | bis 2018] a (durchgesetzt: small_projects)\n[S2 | ab 2019] b (durchgesetzt: large_projects)\n"
    one = sheet("id: P-04\ntitle: x\nof: new_project\ncounts: project_id\non_break: footnote", body)
    assert by_value(methodology(NEW_PROJECT, one), "P-04", 2018, 2019)["total", "n"].state == "footnote"


def test_the_strictest_of_several_changes_decides(delivered: Methodology) -> None:
    found = by_value(delivered, "A-03", 2018, 2020)["total", "n"]
    assert found == Pair(2018, 2020, "withhold", ("T-03 S1", "T-05 S1"))


def test_the_delivered_methodology_breaks_where_the_published_report_says(delivered: Methodology) -> None:
    """Actors are footnoted 2018/2019, activities withheld 2019/2020, guidelines begin in 2020, the rest compares."""
    actors = ("2018/2019", "footnote", ("T-05 S1",))
    activities = ("2019/2020", "withhold", ("T-03 S1",))
    recorded_from_2020 = {(f"{year}/{year + 1}", "not_recorded", ()) for year in (2017, 2018, 2019)}
    expected = {
        **{one: {actors} for one in ("A-01", "A-05")},
        "A-03": {actors, activities},
        **{one: {activities} for one in ("A-04", "S-01", "S-04", "S-05")},
        **dict.fromkeys(("P-08", "P-09", "S-02", "S-03"), recorded_from_2020),
    }
    found: dict[str, set[tuple[str, str, tuple[str, ...]]]] = {}
    for one in delivered.indicators:
        for _, _, pair in pairs(delivered, one):
            if pair.year_b == pair.year_a + 1 and pair.state != "comparable":
                found.setdefault(one.id, set()).add((f"{pair.year_a}/{pair.year_b}", pair.state, pair.changed))
    assert found == expected
