"""What is loaded about one number is enough for it: every statement is the one that the whole methodology gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.reach import load_about

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology

FOLDER = load_config().programme / "methodology"
SHEETS = sorted(path.name[: path.name.index("-", 2)] for path in (FOLDER / "indicators").glob("*.md"))


@pytest.mark.parametrize("sheet_id", SHEETS)
def test_a_statement_is_the_same_from_a_part_as_from_the_whole(sheet_id: str, delivered: Methodology) -> None:
    part = load_about(FOLDER, delivered.years, sheet_id.lower())
    assert len(part.sheets) < len(delivered.sheets) / 2
    statement = Compiler(part).standalone(part.indicator(sheet_id))
    assert statement == Compiler(delivered).standalone(delivered.indicator(sheet_id))


def test_an_unknown_sheet_is_answered_from_the_whole(delivered: Methodology) -> None:
    whole = load_about(FOLDER, delivered.years, "X-99")
    assert whole.sheets.keys() == delivered.sheets.keys()


def test_a_mistake_in_a_sheet_below_is_found_and_one_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    for name in ("terms", "indicators"):
        (tmp_path / name).mkdir()
    head = 'source: {document: Jahresbericht 2020, chapter: "1", from_page: 2}\n---\n'
    count = "[S1] Zahl.\n```sql value n\ncount(*)\n```\n"
    new = "---\nid: T-01\nterm: new_project\ntitle: Neu\nof: projects\nkey: project_id\n" + head
    wrong = "---\nid: T-02\nterm: elsewhere\ntitle: Falsch\nof: projects\nkey: project_id\n" + head + "[S1] Nichts.\n"
    (tmp_path / "terms/T-01-neu.md").write_text(new + "[S1] Neu.\n```sql where\nis_rdi\n```\n", encoding="utf-8")
    (tmp_path / "terms/T-02-falsch.md").write_text(wrong, encoding="utf-8")
    one = "---\nid: P-01\ntitle: Zahl\nof: new_project\ncounts: project_id\n" + head + count
    (tmp_path / "indicators/P-01-zahl.md").write_text(one, encoding="utf-8")
    assert list(load_about(tmp_path, [2020], "P-01").sheets) == ["P-01", "T-01"]
    (tmp_path / "terms/T-01-neu.md").write_text(new + "[S1] Neu.\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"T-01-neu\.md"):
        load_about(tmp_path, [2020], "P-01")
