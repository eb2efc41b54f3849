"""What the last full mutation run saw is kept: a test run mutates again only where the outcome may be another."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError, FindingsError
from ewm.indicators.cases import load_cases
from ewm.indicators.methodology import load_methodology
from ewm.indicators.mutation import EQUIVALENTS, mutate, read_equivalents
from ewm.indicators.mutation_lock import LOCK, WORLD, changed_sheets, write_lock
from ewm.indicators.seals import rule_digest
from ewm.indicators.world import World, load_world
from tests.indicators.build import SOURCE, sheet
from tests.indicators.test_cases import KNOWN
from tests.indicators.test_cases import WORLD as WORLD_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.cases import Case
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.mutation import Report

TERM = f"""id: T-01
term: new_project
title: Neu
of: projects
key: project_id
{SOURCE}
---
[S1] Neu.
```sql where
year(support_start) = $reporting_year
```
"""
TERM_CASES = """
- covers: [S1]
  projects: {a: {support_start: 2019-12-31, support_end: 2018-01-01}, b: {support_start: 2020-01-01}}
  expect: {2019: [a], 2020: [b]}
"""
LARGE = f"""id: P-01
title: Große
of: new_project
counts: project_id
{SOURCE}
---
[S1] Groß.
```sql where
project_volume > 7
```
[S2] Einmal gezählt.
```sql value n
count(*)
```
"""
LARGE_CASES = """
- covers: [S1, S2]
  projects:
    a: {project_volume: 7, project_volume_regional: 1}
    b: {project_volume: 8, project_volume_regional: 1}
  expect: {2020: 1}
"""
BY = f"""id: P-02
title: Aufgegliedert
of: new_project
counts: project_id
by: funding_state
{SOURCE}
---
[S1] Einmal gezählt.
```sql value n
count(*)
```
"""
BY_CASES = """
- covers: [S1]
  projects: {a: {}}
  expect: {2020: {total: 1, funding_state: {secured: 1}}}
"""
FILES = {
    "terms/T-01-a.md": TERM,
    "terms/T-01-a.cases.yaml": TERM_CASES,
    "indicators/P-01-b.md": LARGE,
    "indicators/P-01-b.cases.yaml": LARGE_CASES,
    "indicators/P-02-c.md": BY,
    "indicators/P-02-c.cases.yaml": BY_CASES,
    WORLD: WORLD_TEXT,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "m" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "m" / name).write_text(text, encoding="utf-8")
    return tmp_path / "m"


def loaded(folder: Path) -> tuple[Methodology, World, tuple[Case, ...]]:
    found = load_methodology(folder, (2017, 2018, 2019, 2020), KNOWN)
    world = load_world(folder / WORLD, KNOWN)
    return found, world, load_cases(folder, found, world)


def full(folder: Path) -> Report:
    return mutate(*loaded(folder), read_equivalents(folder / EQUIVALENTS), jobs=1)


@pytest.fixture
def locked(folder: Path) -> Path:
    write_lock(full(folder), loaded(folder)[0], folder)
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> list[str]:
    """Change a file; returns the sheets that must be mutated again."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return changed_sheets(loaded(folder)[0], folder)


def test_without_a_lock_every_sheet_is_mutated(folder: Path) -> None:
    assert changed_sheets(loaded(folder)[0], folder) == ["P-01", "P-02", "T-01"]


def test_nothing_changed_means_nothing_to_do(locked: Path) -> None:
    assert changed_sheets(loaded(locked)[0], locked) == []
    before = (locked / LOCK).read_bytes()
    write_lock(full(locked), loaded(locked)[0], locked)
    assert (locked / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("terms/T-01-a.md", "Neu.", "Frisch.", []),
        ("terms/T-01-a.md", "year(", "YEAR(", []),
        ("terms/T-01-a.md", "=", "<>", ["P-01", "P-02", "T-01"]),
        ("indicators/P-01-b.md", "7", "6", ["P-01"]),
        ("terms/T-01-a.cases.yaml", "2019-12-31", "2019-12-30", ["T-01"]),
        ("indicators/P-02-c.cases.yaml", "{a: {}}", "{a: {}, b: {}}", ["P-02"]),
        (WORLD, "country: DE", "country: PL", ["P-01", "P-02", "T-01"]),
    ],
)
def test_a_change_concerns_the_sheets_whose_outcome_it_may_move(
    locked: Path, name: str, old: str, new: str, expected: list[str]
) -> None:
    assert edit(locked, name, old, new) == expected


def test_another_number_is_a_change_since_mutants_are_named_by_it() -> None:
    body = "[S1] Neu.\n```sql where\nis_rdi\n```\n"
    head = "id: T-01\nterm: new_project\ntitle: Neu\nof: projects\nkey: project_id"
    assert rule_digest(sheet(head, body)) != rule_digest(sheet(head, body.replace("S1", "S2")))


def test_a_new_sheet_and_an_accepted_survivor_are_changes(locked: Path) -> None:
    (locked / EQUIVALENTS).write_text("- {mutant: 'P-02 Kopf · x', reason: y}", encoding="utf-8")
    assert changed_sheets(loaded(locked)[0], locked) == ["P-02"]
    shutil.copy(locked / "indicators/P-02-c.md", locked / "indicators/P-03-d.md")
    text = (locked / "indicators/P-03-d.md").read_text(encoding="utf-8").replace("P-02", "P-03")
    (locked / "indicators/P-03-d.md").write_text(text, encoding="utf-8")
    assert changed_sheets(loaded(locked)[0], locked) == ["P-02", "P-03"]


def test_only_a_full_run_without_findings_is_kept(folder: Path) -> None:
    found, world, cases = loaded(folder)
    with pytest.raises(FindingsError, match="über alle Blätter"):
        write_lock(mutate(found, world, cases, {}, only=["P-01"], jobs=1), found, folder)
    (folder / "indicators/P-02-c.cases.yaml").unlink()
    with pytest.raises(FindingsError, match="P-02 Kopf · by: funding_state → gestrichen"):
        write_lock(full(folder), found, folder)
    assert not (folder / LOCK).exists()


def test_a_lock_that_is_none_is_refused(locked: Path) -> None:
    (locked / LOCK).write_text("- a", encoding="utf-8")
    with pytest.raises(ContentError, match="mutation-lock"):
        changed_sheets(loaded(locked)[0], locked)
