"""Results as a German reader expects them; the formatter itself is tested with the report."""

from __future__ import annotations

import pytest

from ewm.cli.numbers import figure


@pytest.mark.parametrize(
    ("value", "total", "unit", "spelled"),
    [
        (27, None, "count", "27"),
        (-1000, None, "count", "−1.000"),
        (None, None, "count", "–"),
        (0, 0, "share", "– (Nenner 0)"),
        (13, 17, "share", "76,5 % (13 von 17)"),
        (200, 3, "cents/count", "0,67 Euro (2 Euro / 3)"),
        (100_050, None, "cents", "1.000,50 Euro"),
        (1000, None, "number", "1.000"),
    ],
)
def test_a_figure_by_its_unit(value: int | None, total: int | None, unit: str, spelled: str) -> None:
    assert figure(value, total, unit).replace("\N{NO-BREAK SPACE}", " ") == spelled
