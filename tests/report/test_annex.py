"""The annex: corrections in the words of the report's language, and nothing that came after the reporting year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from ewm.indicators.parse import parse_sheet
from ewm.report.annex import Annex
from ewm.report.bound import Language
from ewm.report.document import Heading, Paragraph, PlainTable, plain
from ewm.report.numbers import FORMATTERS
from ewm.snapshot.corrections import Correction

if TYPE_CHECKING:
    from ewm.snapshot.sql import Value

SHEET = """---
id: P-80
title: Blatt
of: new_project
counts: project_id
valid: {valid}
source: {{document: Bericht, chapter: "1", from_page: 2}}
---
[S1] Immer gilt dies.
```sql value n
count(*)
```

[S2 | bis 2019] Zuerst galt dies.
```sql where
is_rdi
```

[S2 | 2020-2021] Seit dem Berichtsjahr gilt dies.
```sql where
not is_rdi
```

[S2 | ab 2022] Nun gilt das.
```sql where
is_rdi
```
"""


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key


def annex(*corrections: Correction, year: int = 2020, valid: str = "ab 2017", language: str = "de") -> Annex:
    sheet = parse_sheet(Path("P-80-blatt.md"), SHEET.format(valid=valid))
    methodology: Any = SimpleNamespace(
        sheets={"P-80": sheet}, years=(2019, 2020, 2021, 2022), describe=lambda name: f"Beschreibung {name}"
    )
    facts: Any = SimpleNamespace(year=year, states={("P-80", "total", "n", 2019, 2020): ("withhold", "P-80 S2")})
    labels = {"running": "laufend"}
    spoken = Language(FORMATTERS[language], cast("Any", None), lambda term: labels.get(term, term))
    snapshot: Any = SimpleNamespace(corrections=corrections)
    words = _Words({"yes": "ja", "no": "nein", "column_is_rdi": "FuEuI"})
    return Annex(methodology, snapshot, words, facts, spoken)


def correction(column: str, old: Value, new: Value) -> Correction:
    return Correction("projects", (7,), "MET-1", column, old, new, "Zahlendreher", "Clusterreporting", date(2021, 3, 9))


def cells(made: Annex) -> list[str]:
    (table,) = made.corrections()
    assert isinstance(table, PlainTable)
    (row,) = table.grid.rows
    return [plain(cell.content) for cell in row.cells]


@pytest.mark.parametrize(
    ("column", "old", "new", "shown"),
    [
        ("project_volume", None, 150_000_000, ("–", "1.500.000\N{NO-BREAK SPACE}Euro")),
        ("is_rdi", True, False, ("ja", "nein")),
        ("support_end", date(2020, 2, 1), None, ("01.02.2020", "–")),
        ("status_at_cut_off", "application", "running", ("application", "laufend")),
    ],
)
def test_a_correction_is_told_in_the_words_of_the_report(
    column: str, old: Value, new: Value, shown: tuple[str, str]
) -> None:
    name = "FuEuI" if column == "is_rdi" else f"Beschreibung {column}"
    assert cells(annex(correction(column, old, new))) == [
        "MET-1", name, *shown, "Zahlendreher", "Clusterreporting, 09.03.2021",
    ]  # fmt: skip


def test_another_language_writes_its_own_dates() -> None:
    (*_, decided) = cells(annex(correction("support_end", None, None), language="en"))
    assert decided == "Clusterreporting, 9\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2021"


def told(made: Annex) -> list[str]:
    return [plain(block.content) for block in made.changes() if isinstance(block, Paragraph)]


def test_changes_end_with_the_reporting_year() -> None:
    assert [line.partition(": ")[0] for line in told(annex(year=2020))] == ["P-80 S2, bis 2019", "P-80 S2, 2020–2021"]
    assert told(annex(year=2019)) == []
    assert len(told(annex(year=2022))) == 3


def test_a_sheet_of_a_later_year_is_none_of_this_report() -> None:
    later = annex(year=2020, valid="ab 2021")
    assert later.indicators() == []
    assert told(later) == []
    table = next(block for block in later.comparability() if isinstance(block, PlainTable))
    assert table.grid.rows == ()
    now = annex(year=2020, valid="ab 2020")
    assert [block for block in now.indicators() if isinstance(block, Heading)] != []
    table = next(block for block in now.comparability() if isinstance(block, PlainTable))
    assert len(table.grid.rows) == 1
