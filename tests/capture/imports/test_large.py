"""Large tables: read in the background, in a known amount of memory, with word of how far it is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.reading import IN_BACKGROUND, UnreadableFileError, look_at, read_table, read_to, table_kept
from ewm.capture.imports.reading.container import Kind
from tests.capture.imports.books import cell, number, ods, ods_cell, ods_row, row, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = 20
LETTERS = [chr(65 + at) for at in range(COLUMNS)]
MEASURE = """
import sys
from pathlib import Path
from ewm.capture.imports.reading import IN_BACKGROUND, read_to
table = read_to(Path(sys.argv[2]), Path(sys.argv[1]), limits=IN_BACKGROUND)
begun = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
rows = sum(1 for row in table.rows if len(row.cells) == 20)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(rows, table.cells, peak // 1024)
"""


def csv(rows: int) -> bytes:
    """A text with this many rows of twenty cells."""
    return "".join(";".join(f"{at}{column}" for column in LETTERS) + "\n" for at in range(rows)).encode()


def sheet(rows: int) -> bytes:
    """A workbook with this many rows of twenty cells."""
    return xlsx("".join(row(at, *(number(f"{column}{at}", at) for column in LETTERS)) for at in range(1, rows + 1)))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a file; returns its path."""

    def write(content: bytes) -> Path:
        path = tmp_path / "datei"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("make", [csv, sheet])
@pytest.mark.parametrize(("rows", "large"), [(30, False), (31, True)])
def test_the_limit_of_the_preview_has_two_sides(
    make: Callable[[int], bytes],
    rows: int,
    large: bool,  # noqa: FBT001
    file: Callable[[bytes], Path],
) -> None:
    assert look_at(file(make(rows)), cells=600).large is large


@pytest.mark.parametrize(("columns", "large"), [(20, False), (21, True)])
def test_repeated_cells_count(columns: int, large: bool, file: Callable[[bytes], Path]) -> None:  # noqa: FBT001
    repeated = ods_row(
        ods_cell("x", f' table:number-columns-repeated="{columns}"'), more=' table:number-rows-repeated="30"'
    )
    assert look_at(file(ods(repeated)), cells=600).large is large


def test_what_is_no_table_is_refused_when_it_is_looked_at(file: Callable[[bytes], Path]) -> None:
    with pytest.raises(UnreadableFileError, match="ein PDF"):
        look_at(file(b"%PDF-1.7\n"))


def test_rows_that_stay_in_a_file_are_the_rows(file: Callable[[bytes], Path], tmp_path: Path) -> None:
    path = file(xlsx(row(2, cell("A2", "Titel"), cell("B2", "Ort")) + row(5, number("A5", 43941, style=1)) + row(6)))
    kept = tmp_path / "rows"
    whole, table = read_table(path), read_to(kept, path)
    again = table_kept(kept)
    assert (again.kind, again.sheet, again.sheets) == (Kind.XLSX, "Daten", ("Daten",))
    for rows in (table.rows, again.rows):
        assert tuple(rows) == tuple(rows[:]) == whole.rows
        assert (rows[0], rows[-1], rows[1:], rows[::-1]) == (
            whole.rows[0], whole.rows[-1], whole.rows[1:], whole.rows[::-1],
        )  # fmt: skip
        assert len(rows) == len(whole.rows) == 2
        with pytest.raises(IndexError):
            rows[2]
    assert table.cells == whole.cells == sum(len(each.cells) for each in whole.rows)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["datei", "rows"]


def test_a_file_that_cannot_be_read_leaves_no_rows(file: Callable[[bytes], Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Zeile 2"):
        read_to(tmp_path / "rows", file(b'Titel;Text\nA;"offen\n' + b"B;c\n" * 60_000))
    assert [each.name for each in tmp_path.iterdir()] == ["datei"]


def test_reading_says_how_far_it_is_and_can_be_ended(file: Callable[[bytes], Path], tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    class Enough(Exception):  # noqa: N818 (nothing is wrong)
        pass

    def tell(done: int, total: int) -> None:
        heard.append((done, total))
        if done:
            raise Enough

    path = file(csv(60_000))
    with pytest.raises(Enough):
        read_to(tmp_path / "rows", path, tell=tell)
    done, total = heard[-1]
    assert 2000 <= done < 60_000
    assert total == 60_001
    assert [each.name for each in tmp_path.iterdir()] == ["datei"]


# Two million cells, held as objects, are more than 160 MB beside the interpreter.
@pytest.mark.parametrize("make", [csv, sheet])
@pytest.mark.parametrize("rows", [12_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_memory_does_not_grow_with_the_table(
    make: Callable[[int], bytes], rows: int, file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", MEASURE, str(file(make(rows))), str(tmp_path / "rows")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    read, cells, megabytes = map(int, done.stdout.split())
    assert (read, cells) == (rows, rows * COLUMNS)
    assert cells <= IN_BACKGROUND.cells
    assert megabytes <= 60
