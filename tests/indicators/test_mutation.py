"""Mutants must be noticed: weak cases are found out, accepted survivors need a reason, and nothing is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.indicators import mutation
from ewm.indicators.cases import load_cases
from ewm.indicators.mutation import EQUIVALENTS, mutate, read_equivalents, rests_on
from ewm.indicators.mutation_lock import WORLD, changed_sheets
from ewm.indicators.world import World, load_world
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.indicators.test_cases import KNOWN
from tests.indicators.test_cases import WORLD as WORLD_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.mutation import Report
    from ewm.programme import Programme

ALL = methodology(
    NEW_PROJECT, sheet("id: P-01\ntitle: P\nof: new_project\ncounts: project_id\nby: funding_state", COUNT)
)
BY = "P-01 Kopf · by: funding_state → gestrichen"

STRONG = """
- covers: [S1]
  projects:
    before: {support_start: 2019-12-31}
    first: {support_start: 2020-01-01, official_start: 2018-01-01, support_end: 2018-01-01}
  expect: {2019: [before], 2020: [first]}
- covers: [S2]
  projects: {aborted: {status_at_cut_off: aborted}, refused: {status_at_cut_off: refused}, running: {}}
  expect: {2020: [running]}
"""
WEAK = "- {covers: [S1, S2], projects: {one: {}}, expect: {2020: [one]}}"


@pytest.fixture
def world(tmp_path: Path) -> World:
    (tmp_path / WORLD).write_text(WORLD_TEXT, encoding="utf-8")
    return load_world(tmp_path / WORLD, KNOWN)


@pytest.fixture
def run(world: World, tmp_path: Path) -> Callable[..., Report]:
    """Mutate sheets against cases given as text; the indicator has none unless they are given."""

    def run(term: str, only: str, indicator: str = "", equivalents: dict[str, str] | None = None) -> Report:
        for sheet_id, text in (("T-01", term), ("P-01", indicator)):
            if text:
                (tmp_path / f"{sheet_id}-test.cases.yaml").write_text(text, encoding="utf-8")
        return mutate(ALL, world, load_cases(tmp_path, ALL, world), equivalents or {}, only=[only], jobs=1)

    return run


def names(report: Report, state: mutation.State) -> set[str]:
    return {outcome.name for outcome in report.having(state)}


def test_cases_on_both_sides_notice_every_mutant(run: Callable[..., Report]) -> None:
    report = run(STRONG, "T-01")
    assert report.findings() == []
    assert {outcome.state for outcome in report.outcomes} == {"noticed"}
    assert {(outcome.by, outcome.by_sheet) for outcome in report.outcomes} == {
        ("T-01, Fall 1 (S1)", "T-01"),
        ("T-01, Fall 2 (S2)", "T-01"),
    }


def test_a_case_without_a_threshold_is_found_out(run: Callable[..., Report]) -> None:
    report = run(WEAK, "T-01")
    assert names(report, "survived") == {
        "T-01 S2 · Bedingung: NOT status_at_cut_off IN ('aborted', 'refused') → gestrichen",
        "T-01 S2 · Aufzählung: 'aborted' → gestrichen",
        "T-01 S2 · Aufzählung: 'refused' → gestrichen",
        "T-01 S2 · Spalte: status_at_cut_off → funding_state",
    }
    assert len(report.findings()) == 4
    assert report.findings()[0].endswith("oder den Grund in equivalent-mutants.yaml nennen.")


def test_cases_of_sheets_above_notice_too(run: Callable[..., Report]) -> None:
    above = "- {covers: [S1], projects: {one: {status_at_cut_off: aborted}, two: {}}, expect: {2020: {total: 1}}}"
    report = run(WEAK, "T-01", above)
    noticed_above = {o.name for o in report.outcomes if o.by_sheet == "P-01"}
    assert "T-01 S2 · Aufzählung: 'aborted' → gestrichen" in noticed_above
    assert names(report, "survived") == {"T-01 S2 · Aufzählung: 'refused' → gestrichen"}


def test_a_sheet_without_cases_lets_everything_pass_that_still_loads(run: Callable[..., Report]) -> None:
    assert names(run(STRONG, "P-01"), "survived") == {BY}


def test_an_accepted_survivor_has_its_reason_and_a_stale_one_fails(run: Callable[..., Report]) -> None:
    report = run(STRONG, "P-01", equivalents={BY: "Grund", "T-01 S9 · Zahl: 1 → 2": "anderes Blatt, nicht dabei"})
    assert [outcome.reason for outcome in report.having("equivalent")] == ["Grund"]
    assert report.findings() == []
    noticed = "- {covers: [S1], projects: {one: {}}, expect: {2020: {total: 1, funding_state: {secured: 1}}}}"
    report = run(STRONG, "P-01", noticed, equivalents={BY: "Grund", "P-99 Kopf · with: a → gestrichen": "kein Blatt"})
    assert report.stale == (BY, "P-99 Kopf · with: a → gestrichen")
    assert len(report.findings()) == 2


def test_a_mutant_that_does_not_load_or_fails_is_refused(world: World, tmp_path: Path) -> None:
    split = COUNT.replace("value n", "value n for total")
    one = methodology(
        NEW_PROJECT,
        sheet("id: P-01\ntitle: P\nof: new_project\ncounts: project_id\nby: is_rdi", split.replace("total", "is_rdi")),
    )
    (tmp_path / "P-01-test.cases.yaml").write_text(
        "- {covers: [S1], projects: {one: {}}, expect: {2020: {is_rdi: {'true': 1}}}}", encoding="utf-8"
    )
    report = mutate(one, world, load_cases(tmp_path, one, world), {}, only=["P-01"], jobs=1)
    assert [(o.state, o.by) for o in report.outcomes] == [("refused", None)]


def test_a_mutant_that_never_ends_is_stopped(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = """[S1] Alle.
```sql select
with recursive up as (
  select actor_id, parent_id from actors
  union all select up.actor_id, actors.parent_id from up join actors on actors.actor_id = up.parent_id)
select distinct actor_id, parent_id as above_id from up where parent_id is not null
```
"""
    line = methodology(sheet("id: T-01\nterm: line\ntitle: Linie\nkey: [actor_id, above_id]\ngives: [x]", query))
    (tmp_path / "T-01-test.cases.yaml").write_text("- {covers: [S1], expect: {faculty: [uni]}}", encoding="utf-8")
    monkeypatch.setattr(mutation, "SECONDS", 0.2)
    report = mutate(line, world, load_cases(tmp_path, line, world), {}, jobs=1)
    endless = [o for o in report.outcomes if "actors.parent_id → actors.actor_id" in o.name]
    assert [outcome.state for outcome in endless] == ["refused"]


def test_what_a_sheet_rests_on(delivered: Methodology) -> None:
    below = rests_on(delivered)
    assert below["P-05"] == {"P-05", "T-01"}
    assert {"A-01", "T-01", "T-02", "T-04", "T-05", "T-15"} <= below["A-01"]
    assert below["T-05"] == {"T-05", "T-04"}
    assert all(sheet_id in ids for sheet_id, ids in below.items())


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "- a",
        "- {mutant: a}",
        "- {mutant: a, reason: ''}",
        "- {mutant: a, reason: b, note: c}",
        "- {mutant: a, reason: b}\n- {mutant: a, reason: c}",
    ],
)
def test_an_accepted_survivor_needs_a_reason_and_stands_once(tmp_path: Path, text: str) -> None:
    (tmp_path / EQUIVALENTS).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=EQUIVALENTS):
        read_equivalents(tmp_path / EQUIVALENTS)


# -- the delivered methodology --------------------------------------------------------------------------------------


def delivered_run(programme: Programme, delivered: Methodology, only: list[str] | None, jobs: int) -> Report:
    folder = programme.path / "methodology"
    world = load_world(folder / WORLD, delivered.taxonomies)
    cases = load_cases(folder, delivered, world)
    return mutate(delivered, world, cases, read_equivalents(folder / EQUIVALENTS), only=only, jobs=jobs)


def test_sheets_changed_since_the_last_full_run(programme: Programme, delivered: Methodology) -> None:
    changed = changed_sheets(delivered, programme.path / "methodology")
    report = delivered_run(programme, delivered, changed, jobs=1)
    assert report.findings() == [], "then: ewm methodology mutate --lock"


@pytest.mark.soak
def test_every_mutant_of_every_sheet(programme: Programme, delivered: Methodology) -> None:
    report = delivered_run(programme, delivered, None, jobs=2)
    assert report.findings() == []
    assert set(report.sheets) == set(delivered.sheets)
    assert len(report.outcomes) > 500
    assert changed_sheets(delivered, programme.path / "methodology") == [], "ewm methodology mutate --lock"
