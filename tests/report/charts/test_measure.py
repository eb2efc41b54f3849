"""Widths come from the font, lines break where a reader would break them, and nothing is wider than its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.report.charts.measure import width_of, wrap
from tests.report.charts.ink import text_box


@pytest.mark.parametrize("weight", [300, 400, 500, 600, 700])
def test_width_is_that_of_the_font(weight: int) -> None:
    box = text_box("HHHHHHHHHH", (0, 0), 10, weight, "left")
    one = text_box("H", (0, 0), 10, weight, "left")
    pitch = (box.right - one.right) / 9
    assert width_of("H" * 10, 10, weight) == pytest.approx(10 * pitch, abs=0.05)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 50, [""]),
        ("kurz", 50, ["kurz"]),
        ("zwei Wörter", 30, ["zwei", "Wörter"]),
        ("Märkisch-Oderland", 50, ["Märkisch-", "Oderland"]),
        ("Frankfurt (Oder)", 45, ["Frankfurt", "(Oder)"]),
        ("begonnen/laufend", 45, ["begonnen/", "laufend"]),
        ("76,5\N{NO-BREAK SPACE}% von", 30, ["76,5\N{NO-BREAK SPACE}%", "von"]),
        ("Berg\N{SOFT HYPHEN}werk", 30, ["Berg-", "werk"]),
        ("Berg\N{SOFT HYPHEN}werk", 60, ["Bergwerk"]),
        ("– (keine)", 100, ["– (keine)"]),
    ],
)
def test_lines_break_at_spaces_hyphens_and_slashes(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, 8) == lines


@given(text=st.text("abc äß-/ Wm", max_size=60), width=st.floats(20, 200))
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = wrap(text, width, 8.5)
    assert all(width_of(line, 8.5) <= width for line in lines)
    kept = "".join(text.split()).replace("-", "")
    assert "".join("".join(lines).split()).replace("-", "") == kept
