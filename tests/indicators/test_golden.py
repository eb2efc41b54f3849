"""The compiled SQL of every indicator is a committed file: what moves a number is seen in review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.indicators.golden import golden_differences, golden_statements, write_golden
from ewm.indicators.methodology import build_methodology

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet

GOLDEN = Path(__file__).parents[1] / "golden" / "sql"


def with_sheet(delivered: Methodology, changed: Sheet) -> Methodology:
    sheets = [changed if sheet.id == changed.id else sheet for sheet in delivered.sheets.values()]
    return build_methodology(sheets, delivered.years, delivered.taxonomies)


def test_golden_files_are_what_the_sheets_compile_to(delivered: Methodology) -> None:
    changed = golden_differences(delivered, GOLDEN)
    assert not changed, f"differs: {', '.join(changed)}. Look at the change, then run: ewm methodology golden --write"


def test_one_file_per_indicator_beginning_with_its_id(delivered: Methodology) -> None:
    files = golden_statements(delivered)
    assert set(files) == {f"{sheet.id}.sql" for sheet in delivered.indicators}
    assert all(text.startswith(f"-- {name.removesuffix('.sql')}\n") for name, text in files.items())


def test_new_wording_leaves_golden_files_as_they_are(delivered: Methodology) -> None:
    sheet = delivered.sheet("T-01")
    sentences = tuple(replace(sentence, text="Anders gesagt.") for sentence in sheet.sentences)
    reworded = with_sheet(delivered, replace(sheet, title="Anderer Titel", sentences=sentences))
    assert golden_statements(reworded) == golden_statements(delivered)


def test_a_moved_validity_shows_in_the_files_of_all_that_rest_on_it(delivered: Methodology) -> None:
    sheet = delivered.sheet("T-01")
    before = golden_statements(delivered)
    dropped = replace(sheet, sentences=tuple(s for s in sheet.sentences if s.number != "S3"))
    after = golden_statements(with_sheet(delivered, dropped))
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {f"{s.id}.sql" for s in delivered.indicators if "new_project" in s.of}


def test_writing_adds_replaces_and_removes(delivered: Methodology, tmp_path: Path) -> None:
    folder = tmp_path / "sql"
    assert set(write_golden(delivered, folder)) == set(golden_statements(delivered))
    first, second, *_ = sorted(golden_statements(delivered))
    (folder / first).write_text("SELECT 1\n", encoding="utf-8")
    (folder / second).unlink()
    (folder / "Z-99.sql").write_text("SELECT 1\n", encoding="utf-8")
    assert golden_differences(delivered, folder) == [first, second, "Z-99.sql"]
    assert write_golden(delivered, folder) == [first, second, "Z-99.sql"]
    assert golden_differences(delivered, folder) == []
