"""Labels that fit beside their text and columns that break no word, on both sides of each threshold."""

from __future__ import annotations

import pytest

from ewm.report.charts.measure import width_of
from ewm.report.document import Cell, Grid, Row, Text
from ewm.report.office.items import Break, Tab
from ewm.report.office.styles import MARGIN_COLUMN, TEXT_WIDTH
from ewm.report.office.widths import Lettering, beside, column_widths

MM = 25.4 / 72


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell((Text(text),) if text else ()) for text in texts)


def grid(*rows: tuple[str, ...], widths: tuple[float, ...] | None = None) -> Grid:
    head, *body = rows
    return Grid((cells(*head),), tuple(Row(cells(*row)) for row in body), widths or (1.0,) * len(head))


def test_a_label_too_wide_for_the_margin_gets_a_line_of_its_own() -> None:
    text = "x"
    while width_of(text + "x", 9, 600) * MM <= MARGIN_COLUMN - 1.5:
        text += "x"
    assert beside(Lettering(text, 9, 600)) == Tab()
    assert beside(Lettering(text + "x", 9, 600)) == Break()
    assert beside(Lettering(text[:-9], 9, 600), Lettering("x" * 12, 9, 600)) == Break()


def test_shares_hold_where_every_line_fits() -> None:
    assert column_widths(grid(("a", "b"), ("1", "2"), widths=(3.0, 1.0))) == pytest.approx((126.0, 42.0))


def test_a_column_takes_what_others_can_spare() -> None:
    long = "Verbundprojekt mehrerer Unternehmen und Hochschulen"
    narrow, wide = column_widths(grid(("a", "b"), (long, "2"), widths=(0.1, 0.9)))
    assert narrow >= width_of(long, 9) * MM
    assert narrow + wide == pytest.approx(TEXT_WIDTH)


def test_no_word_breaks_where_the_words_fit() -> None:
    sentence = "Ein Projekt gehört in das Jahr, in dem seine Begleitung durch das Clustermanagement anfängt. " * 3
    word = "Innovationsförderungsfinanzierungsvereinbarung"
    widths = column_widths(grid(("Regel", "Satz", "Wort"), ("P-01", sentence, word)))
    assert widths[2] >= width_of(word, 9) * MM
    assert widths[0] >= width_of("Regel", 9) * MM
    assert widths[1] > max(widths[0], widths[2])
    assert sum(widths) == pytest.approx(TEXT_WIDTH)


def test_a_no_break_space_breaks_no_line() -> None:
    sentence = "Wort " * 200
    number = "1.234,5\N{NO-BREAK SPACE}Mio.\N{NO-BREAK SPACE}Euro\N{NO-BREAK SPACE}je\N{NO-BREAK SPACE}Jahr"
    widths = column_widths(grid(("a", "b"), (sentence, number)))
    assert widths[1] >= width_of(number, 9) * MM


def test_words_wider_than_the_page_share_it() -> None:
    widths = column_widths(grid(("a", "b"), ("x" * 90, "x" * 30)))
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    assert widths[0] > 2 * widths[1]


def test_empty_cells_need_nothing() -> None:
    assert sum(column_widths(grid(("", ""), ("", "")))) == pytest.approx(TEXT_WIDTH)
