"""Which figures float: pages filled on paper, the best choice, and what the typesetter reports."""

from __future__ import annotations

import pytest

from ewm.report.pdf.flow import (
    BOTTOM,
    DISTANCE_COST,
    FAR_COST,
    HEAD,
    SPACE,
    TOP,
    Piece,
    Spot,
    Stretch,
    best_choice,
    fill,
    gaps_cost,
    stretches,
)

PAGE = BOTTOM - TOP


def text(height: float) -> Piece:
    return Piece(height)


def figure(id_: str, height: float) -> Piece:
    return Piece(height, id_)


def stretch(*pieces: Piece, start: float = 0) -> Stretch:
    return Stretch(start, pieces)


def gaps(one: Stretch, *floating: str) -> list[tuple[int, float]]:
    return fill(one, frozenset(floating)).gaps


def spot(kind: str, page: int, y: float, id_: str = "", height: float = 0) -> Spot:
    return Spot(kind=kind, id=id_, page=page, y=y, height=height)  # type: ignore[typeddict-item]


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [(1, PAGE - 100)])])
def test_a_figure_stays_up_to_the_last_millimetre(more: float, found: list[tuple[int, float]]) -> None:
    assert gaps(stretch(text(100), figure("a", PAGE - 100 - SPACE + more))) == found


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [(1, HEAD + SPACE - 1)])])
def test_a_heading_keeps_its_first_lines(more: float, found: list[tuple[int, float]]) -> None:
    assert gaps(stretch(text(PAGE - HEAD - SPACE + more), text(60))) == found


def test_text_fills_the_page_that_a_floating_figure_leaves() -> None:
    one = stretch(text(100), figure("a", 150), text(160))
    assert gaps(one) == [(1, PAGE - 100)]
    assert gaps(one, "a") == []
    assert fill(one, frozenset("a")).distances == {"a": 1}


def test_what_floats_stands_before_the_chapter_ends() -> None:
    one = stretch(text(100), figure("a", 150), text(120))
    assert gaps(one, "a") == [(3, PAGE - 100 - SPACE - 120)]


def test_what_floats_stands_before_the_next_figure_in_place() -> None:
    one = stretch(text(150), figure("a", 100), text(30), figure("b", 20))
    assert gaps(one, "a") == [(3, PAGE - 150 - SPACE - 30)]


def test_figures_that_float_keep_their_order() -> None:
    one = stretch(text(150), figure("a", 100), figure("b", 20), text(80))
    assert gaps(one, "a", "b") == [(4, PAGE - 150 - SPACE - 80)]
    assert fill(one, frozenset("ab")).distances == {"a": 1, "b": 1}


def test_a_figure_may_float_on_its_own_page() -> None:
    assert fill(stretch(text(100), figure("a", 50), text(20)), frozenset("a")).distances == {"a": 0}


def test_a_chapter_begins_where_it_begins() -> None:
    assert gaps(stretch(figure("a", 60), start=200)) == [(0, PAGE - 200)]


def test_a_text_goes_on_over_pages() -> None:
    pages = fill(stretch(text(3 * PAGE)), frozenset())
    assert (pages.number, pages.gaps) == (2, [])


def test_distance_costs_more_than_it_fills() -> None:
    assert DISTANCE_COST[0] < DISTANCE_COST[1] < DISTANCE_COST[2] < FAR_COST
    far = stretch(text(150), *(figure(id_, PAGE) for id_ in "abcd"), text(60))
    assert fill(far, frozenset("abcd")).distances == {"a": 1, "b": 2, "c": 3, "d": 4}
    found = sum(cost**2 for cost in (DISTANCE_COST[1], DISTANCE_COST[2], FAR_COST, FAR_COST))
    assert fill(far, frozenset("abcd")).cost() == found + (PAGE - 150 - SPACE - 60) ** 2


def test_the_best_choice_fills_the_page() -> None:
    assert best_choice(stretch(text(100), figure("a", 150), text(120)), 25) == {"a"}


@pytest.mark.parametrize(("gap", "best"), [(40.0, set[str]()), (39.0, {"a"})])
def test_small_gaps_are_left_alone(gap: float, best: set[str]) -> None:
    assert best_choice(stretch(text(PAGE - 40), figure("a", 150), text(120)), gap) == best


def test_a_figure_without_text_behind_it_stays() -> None:
    assert best_choice(stretch(text(100), figure("a", 150)), 25) == frozenset()


def test_what_makes_no_page_fuller_stays() -> None:
    assert best_choice(stretch(text(210), figure("a", 100), text(60)), 25) == frozenset()


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


def test_pages_as_set_cost_what_they_leave_empty() -> None:
    spots = [spot("end", 1, 173), spot("frame", 2, 34, "a"), spot("end", 2, 263, "a"), spot("text", 3, 40)]
    assert gaps_cost(spots, frozenset()) == pytest.approx(100**2 + 10**2)
    assert gaps_cost(spots, frozenset({"a"})) == pytest.approx(10**2)
