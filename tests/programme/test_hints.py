"""What programme.toml says for the plausibility checks: read where it is right, a problem with its line where not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.programme import HintValues, load_programme
from tests.programme.example import HEAD, problems, write

if TYPE_CHECKING:
    from pathlib import Path

HINTS = """
[hints]
usual_project_volume = 50_000
partner_roles = ["leitung", "partner"]
cross_cluster_guideline = "nachbarn"
guidelines_recorded_from = 2020-01-01
"""
TAXONOMIES = {
    name: f"taxonomy: {name}\nlabel: {{de: x, en: x}}\ndefaults: {{example: true}}\nterms:\n"
    + "".join(f"  - {{id: {term}, label: {{de: x, en: x}}}}\n" for term in terms)
    for name, terms in {"role": ("leitung", "partner"), "guideline": ("nachbarn", "umwelt")}.items()
}
LAST = HEAD.count("\n") + HINTS.count("\n")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in HINTS
    return write(folder, head=HEAD + HINTS.replace(old, new, 1), **TAXONOMIES)


def test_all_values(tmp_path: Path) -> None:
    assert load_programme(changed(tmp_path, "\n[hints]", "\n[hints]")).hints == HintValues(
        usual_project_volume=50_000,
        partner_roles=("leitung", "partner"),
        cross_cluster_guideline="nachbarn",
        guidelines_recorded_from=date(2020, 1, 1),
    )


@pytest.mark.parametrize("text", ["", "\n[hints]\n"])
def test_nothing_is_asked_for(tmp_path: Path, text: str) -> None:
    assert load_programme(write(tmp_path, head=HEAD + text)).hints == HintValues()


CASES: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "unknown key": ("partner_roles", "partner_rolls", LAST - 2, ('"partner_rolls"', 'Gemeint "partner_roles"?')),
    "no euros": ("50_000", "0", LAST - 3, ('"usual_project_volume"', "ganzen Euro über 0")),
    "not a whole number": ("50_000", "50_000.0", LAST - 3, ('"usual_project_volume"', "Bitte berichtigen")),
    "a flag for euros": ("50_000", "true", LAST - 3, ('"usual_project_volume"', "Bitte berichtigen")),
    "no list": ('["leitung", "partner"]', '"partner"', LAST - 2, ('"partner_roles"', "keine Liste")),
    "an empty list": ('["leitung", "partner"]', "[]", LAST - 2, ('"partner_roles"', "Bitte angeben")),
    "unknown role": ('"partner"]', '"partnr"]', LAST - 2, ('"partnr" steht nicht in taxonomies/role.yaml', "partner")),
    "a role for a guideline": ('"nachbarn"', '"leitung"', LAST - 1, ("taxonomies/guideline.yaml", "berichtigen")),
    "unknown guideline": ('"nachbarn"', '"nachbar"', LAST - 1, ("taxonomies/guideline.yaml", 'Gemeint "nachbarn"?')),
    "a blank guideline": ('"nachbarn"', '" "', LAST - 1, ('"cross_cluster_guideline"', "Bitte angeben")),
    "a moment": ("2020-01-01", "2020-01-01T00:00:00", LAST, ('"guidelines_recorded_from"', "JJJJ-MM-TT")),
    "a day in quotes": ("2020-01-01", '"2020-01-01"', LAST, ('"guidelines_recorded_from"', "ohne Anführungszeichen")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_value_is_a_problem_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, line, parts = CASES[case]
    (found,) = problems(changed(tmp_path, old, new))
    assert found.startswith(f"programme.toml, Zeile {line}: ")
    assert all(part in found for part in parts), found


def test_hints_that_are_no_table(tmp_path: Path) -> None:
    (found,) = problems(write(tmp_path, head=f"hints = 1\n{HEAD}"))
    assert found.startswith('programme.toml, Zeile 1: "hints" ist kein Abschnitt')


def test_the_delivered_programme_says_everything() -> None:
    hints = load_programme(load_config().programme).hints
    assert hints.usual_project_volume == 50_000
    assert all((hints.partner_roles, hints.cross_cluster_guideline, hints.guidelines_recorded_from))
    assert set(hints.finished_statuses) < set(hints.final_statuses)
    assert hints.checks


STATUS = (
    "taxonomy: status\nlabel: {de: x, en: x}\ndefaults: {example: true}\nterms:\n  - {id: zu, label: {de: x, en: x}}\n"
)
MORE = '\n[hints]\nfinal_statuses = ["zu"]\nfinished_statuses = ["zu"]\n\n[hints.checks]\none = "Ein Grund."\n'


def test_statuses_and_checks_of_the_programme(tmp_path: Path) -> None:
    hints = load_programme(write(tmp_path, head=HEAD + MORE, status=STATUS)).hints
    assert hints == HintValues(final_statuses=("zu",), finished_statuses=("zu",), checks={"one": "Ein Grund."})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('final_statuses = ["zu"]', 'final_statuses = ["auf"]', '"auf" steht nicht in taxonomies/status.yaml'),
        ('"Ein Grund."', '" "', '"one" fehlt oder ist kein Text'),
        ('[hints.checks]\none = "Ein Grund."', "checks = 1", '"checks" ist kein Abschnitt der Form [hints.checks]'),
    ],
)
def test_a_wrong_status_or_check_is_a_problem(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in MORE
    (found,) = problems(write(tmp_path, head=HEAD + MORE.replace(old, new), status=STATUS))
    assert said in found
