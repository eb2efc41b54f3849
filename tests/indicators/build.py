"""Small methodologies for tests: sheets as text, without files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ewm.indicators.methodology import Methodology, build_methodology
from ewm.indicators.parse import parse_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.indicators.sheet import Sheet

SOURCE = 'source: {document: Jahresbericht 2020, chapter: "1", from_page: 2}'
YEARS = (2017, 2018, 2019, 2020)
TAXONOMIES = {
    "status": frozenset({"preparation", "running", "finished", "aborted", "refused"}),
    "actor_type": frozenset({"university", "research_institute", "company"}),
    "origin": frozenset({"home", "away"}),
    "guideline": frozenset(),
}


def sheet(head: str, body: str) -> Sheet:
    """Parse a sheet given as head (without source) and body."""
    identifier = next(line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("id:"))
    return parse_sheet(Path(f"{identifier}-test.md"), f"---\n{head}\n{SOURCE}\n---\n{body}")


def methodology(*sheets: Sheet, taxonomies: Mapping[str, frozenset[str]] = TAXONOMIES) -> Methodology:
    """Put sheets together for the years 2017 to 2020."""
    return build_methodology(sorted(sheets, key=lambda one: one.id), YEARS, taxonomies)


NEW_PROJECT = sheet(
    "id: T-01\nterm: new_project\ntitle: Neu\nof: projects\nkey: project_id",
    """[S1] Neu im Jahr des Beginns.
```sql where
year(support_start) = $reporting_year
```
[S2] Nicht abgebrochen.
```sql where
status_at_cut_off not in ('aborted', 'refused')
```
""",
)

COUNT = """[S1] Einmal gezählt.
```sql value n
count(*)
```
"""
