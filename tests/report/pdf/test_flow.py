"""Which figures float: pages filled on paper, choices in order, and what the typesetter reports."""

from __future__ import annotations

import pytest

from ewm.report.pdf.flow import (
    BOTTOM,
    FLOAT_COST,
    HEAD,
    SPACE,
    TOP,
    Piece,
    Spot,
    Stretch,
    choices,
    fill,
    real_cost,
    stretches,
)

PAGE = BOTTOM - TOP


def text(height: float) -> Piece:
    return Piece(height)


def figure(id_: str, height: float) -> Piece:
    return Piece(height, (id_,))


def spot(kind: str, page: int, y: float, id_: str = "", height: float = 0) -> Spot:
    return Spot(kind=kind, id=id_, page=page, y=y, height=height)  # type: ignore[typeddict-item]


@pytest.mark.parametrize(("height", "gaps"), [(PAGE - 100 - SPACE, []), (PAGE - 100 - SPACE + 1, [(1, PAGE - 100)])])
def test_a_figure_stays_up_to_the_last_millimetre(height: float, gaps: list[tuple[int, float]]) -> None:
    assert fill(Stretch(0, (text(100), figure("a", height))), frozenset()) == gaps


def test_text_fills_the_page_that_a_floating_figure_leaves() -> None:
    stretch = Stretch(0, (text(100), figure("a", 150), text(160)))
    assert fill(stretch, frozenset()) == [(1, PAGE - 100)]
    assert fill(stretch, frozenset({"a"})) == []


def test_what_floats_stands_before_the_next_chapter() -> None:
    stretch = Stretch(0, (text(100), figure("a", 150), text(120)))
    assert fill(stretch, frozenset({"a"})) == [(3, PAGE - 100 - SPACE - 120)]


@pytest.mark.parametrize(("height", "gaps"), [(PAGE - HEAD - SPACE, []), (PAGE - HEAD - SPACE + 1, [(1, 33.0)])])
def test_a_heading_keeps_its_first_lines(height: float, gaps: list[tuple[int, float]]) -> None:
    assert fill(Stretch(0, (text(height), text(60))), frozenset()) == gaps


def test_a_figure_waits_for_those_that_float_before_it() -> None:
    stretch = Stretch(0, (text(150), figure("a", 100), text(30), figure("b", 20)))
    assert fill(stretch, frozenset({"a"})) == [(3, PAGE - 150 - SPACE - 30)]


def test_a_row_of_figures_floats_together() -> None:
    stretch = Stretch(0, (text(150), figure("a", 80), figure("b", 80), text(80)))
    assert fill(stretch, frozenset({"a", "b"})) == [(3, 1.0)]


def test_a_chapter_begins_where_it_begins() -> None:
    assert fill(Stretch(200, (figure("a", 60),)), frozenset()) == [(0, PAGE - 200)]


def test_the_best_choice_comes_first() -> None:
    stretch = Stretch(0, (text(100), figure("a", 150), text(120)))
    assert choices(stretch, 25) == [frozenset({"a"}), frozenset()]


@pytest.mark.parametrize(("gap", "best"), [(40.0, frozenset()), (39.0, frozenset({"a"}))])
def test_small_gaps_are_left_alone(gap: float, best: frozenset[str]) -> None:
    assert choices(Stretch(0, (text(PAGE - 40), figure("a", 150), text(120))), gap)[0] == best


def test_a_figure_without_text_behind_it_stays() -> None:
    assert choices(Stretch(0, (text(100), figure("a", 150))), 25) == [frozenset()]


def test_what_makes_no_page_fuller_stays() -> None:
    stretch = Stretch(0, (text(210), figure("a", 100), text(60)))
    assert choices(stretch, 25)[0] == frozenset()


def test_chapters_are_read_from_the_report_of_the_typesetter() -> None:
    spots = [
        spot("chapter", 1, 40),
        spot("text", 1, 50, height=30),
        spot("end", 1, 80),
        spot("chapter", 2, 134),
        spot("text", 2, 140, height=20),
        spot("end", 2, 160),
        spot("frame", 2, 170, "a"),
        spot("end", 2, 230, "a"),
    ]
    assert list(stretches(spots)) == [Stretch(100, (text(20), figure("a", 60)))]


def test_real_pages_cost_what_they_leave_empty() -> None:
    spots = [spot("end", 1, 173), spot("frame", 2, 34, "a"), spot("end", 2, 263, "a"), spot("text", 3, 40)]
    assert real_cost(spots, frozenset()) == pytest.approx(100**2 + 10**2)
    assert real_cost(spots, frozenset({"a"})) == pytest.approx(10**2 + FLOAT_COST**2)
