"""overview.toml: which figures the start page shows, read where it is right, a problem with its line where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.programme import Label, Note, OverviewFigure, load_overview, load_programme
from ewm.web.content import served_methodology
from tests.programme.example import write

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = """
[[figures]]
label = {de = "Vorhaben", en = "Projects"}
indicator = "X-1"
population = "new"
value = "n"
note = {label = {de = "davon {}", en = "of it {}"}, value = "m", level = "origin", term = "here"}
"""


def overview(folder: Path, text: str | None) -> tuple[OverviewFigure, ...]:
    path = write(folder)
    if text is not None:
        (path / "overview.toml").write_text(text, encoding="utf-8")
    return load_overview(load_programme(path))


def test_a_figure_with_its_note(tmp_path: Path) -> None:
    note = Note(Label("davon {}", "of it {}"), "m", "origin", "here")
    assert overview(tmp_path, GIVEN) == (OverviewFigure(Label("Vorhaben", "Projects"), "X-1", "new", "n", note),)


def test_a_programme_without_the_file_shows_none(tmp_path: Path) -> None:
    assert overview(tmp_path, None) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('indicator = "X-1"', "indicator = 1", '"indicator" fehlt'),
        ("indicator", "indikator", 'unbekannter Schlüssel "indikator"'),
        (', en = "Projects"', "", '"label" braucht genau die Sprachen'),
        ("davon {}", "davon", 'genau einmal "{}"'),
        (', term = "here"', "", '"level" und "term" nennen zusammen eine Zelle'),
        ("[[figures]]", "[figures]", '"figures" ist keine Liste'),
        ("[[figures]]", "[[figures", "kein gültiges TOML"),
        ("note = {", "note = 1 #", '"note" ist kein Abschnitt'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GIVEN
    with pytest.raises(ContentError, match=r"overview\.toml") as caught:
        overview(tmp_path, GIVEN.replace(old, new, 1))
    assert said in str(caught.value)


def test_the_delivered_figures_are_values_of_the_methodology() -> None:
    methodology = served_methodology()
    figures = load_overview(load_programme(load_config().programme))
    assert len(figures) == 4
    for figure in figures:
        sheet = methodology.indicator(figure.indicator)
        assert figure.population in sheet.of
        assert sheet.has_value_at(figure.value, "total")
        if figure.note is not None:
            assert sheet.has_value_at(figure.note.value, figure.note.level or "total")
