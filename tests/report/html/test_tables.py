"""Tables get the scopes, row groups and alignment that the browser and a screen reader need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.report.document import Cell, Grid, Row, Text
from ewm.report.html.tables import bodies, head_rows, numeric_columns, record_groups
from tests.report.sample import cell
from tests.report.sample_evidence import sample_evidence

if TYPE_CHECKING:
    from ewm.report.html.tables import HtmlRow

GRID = Grid(
    head=(
        (cell("", header=True), cell("Projekte", span=2, header=True), cell("Aktivitäten", header=True)),
        tuple(cell(name, header=True) for name in ("Typ", "2019", "2020", "2020")),
    ),
    rows=(
        Row((cell("Unternehmen"), cell("19", "right"), cell("16", "right", strong=True), cell("45"))),
        Row((cell("Organisationen", span=4),), "group"),
        Row((cell("Kammern"), cell("1"), cell("2"), cell("3"))),
        Row((cell("Summe"), cell("20"), cell("18"), cell("48")), "sum"),
    ),
    widths=(0.4, 0.2, 0.2, 0.2),
    break_before=(2,),
    groups=("", "projects", "projects", "activities"),
)


def shown(row: HtmlRow) -> list[tuple[str, str, int, str]]:
    return [(cell.tag, cell.scope, cell.span, cell.classes) for cell in row.cells]


def test_a_spanning_head_heads_its_columns_and_an_empty_one_none() -> None:
    above, below = head_rows(GRID)

    assert shown(above) == [("td", "", 1, ""), ("th", "colgroup", 2, "projects"), ("th", "col", 1, "activities")]
    assert [scope for _, scope, *_ in shown(below)] == ["col"] * 4
    assert shown(below)[2][3] == "break projects", "a break is found by column, not by place in the row"


def test_a_head_of_blanks_heads_nothing() -> None:
    blank = Cell((Text(" "),), header=True)

    (row,) = head_rows(Grid(((blank, cell("2020", header=True)),), (Row((blank, cell("27"))),), (0.5, 0.5)))

    assert [one.tag for one in row.cells] == ["td", "th"]
    assert [one.tag for one in bodies(Grid((), (Row((blank, cell("27"))),), ()))[0][0].cells] == ["td", "td"]


def test_every_row_is_headed_by_its_first_cell_and_groups_by_their_row() -> None:
    first, second = bodies(GRID)

    assert shown(first[0]) == [
        ("th", "row", 1, ""),
        ("td", "", 1, "right"),
        ("td", "", 1, "right strong break"),
        ("td", "", 1, ""),
    ]
    assert shown(second[0]) == [("th", "rowgroup", 4, "")]
    assert [row.classes for row in second] == ["group", "plain", "sum"]


def test_the_rows_of_one_unit_share_its_name() -> None:
    groups = record_groups(sample_evidence()["A-01:actors"])

    assert len(groups) == 34
    assert [(row.spans, row.unit, row.part, row.whole) for row in groups[0]] == [
        (3, 0, 1, 1),
        (0, 0, 1, 1),
        (0, 0, 1, 1),
    ]
    assert [(row.spans, row.part) for row in groups[33]] == [(2, 0), (0, 0)]


def test_records_without_further_word_are_one_unit_each() -> None:
    groups = record_groups(sample_evidence()["P-01:new"])

    assert [(row.spans, row.part, row.whole) for group in groups for row in group] == [(1, 1, 1)] * 27


@pytest.mark.parametrize(
    ("cells", "numeric"),
    [
        (("1.234,50", "–"), True),
        (("3.800.000 Euro", "0,5 Mio. Euro"), True),
        (("−3", "·"), True),
        (("03.02.2020", "04.02.2020"), False),
        (("12", "ja"), False),
        (("P01", "P02"), False),
    ],
)
def test_only_columns_of_numbers_are_flush_right(cells: tuple[str, ...], numeric: bool) -> None:  # noqa: FBT001
    assert numeric_columns([("Eintrag", one) for one in cells]) == (frozenset({1}) if numeric else frozenset())
