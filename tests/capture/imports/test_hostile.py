"""Whatever is sent: an answer within ten seconds and 300 MB that says where and why, and nothing else happens."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.reading import LIMITS, Limits, UnreadableFileError, read_table
from tests.capture.imports.books import number, row, xlsx
from tests.capture.imports.hostile import READ, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

MEASURE = """
import resource, sys, time
from pathlib import Path
from ewm.capture.imports.reading import UnreadableFileError, look_at, read_table
begun = time.perf_counter()
try:
    look_at(Path(sys.argv[1]))
    read_table(Path(sys.argv[1]))
    answer = "read"
except UnreadableFileError as error:
    answer = str(error)
# The kernel counts what the process was before it became this one as well; its own peak stands in /proc.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(round(time.perf_counter() - begun, 2), peak // 1024, answer, sep="\\t")
"""


def measured(path: Path) -> tuple[float, int, str]:
    """Return seconds, megabytes (of parent or child, whichever had more) and the answer."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, megabytes, answer = done.stdout.rstrip("\n").split("\t", 2)
    return float(seconds), int(megabytes), answer


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_answered_and_changes_nothing(name: str, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    path = tmp_path / "datei"
    path.write_bytes(content())
    seconds, megabytes, answer = measured(path)
    assert re.search(said, answer), answer
    assert seconds <= 10
    assert megabytes <= 300
    assert [each.name for each in tmp_path.iterdir()] == ["datei"]


def test_there_are_forty_of_them() -> None:
    assert len(REFUSED) >= 40


@pytest.mark.parametrize("name", READ)
def test_an_unusual_file_is_read(name: str, tmp_path: Path) -> None:
    content, rows = READ[name]
    path = tmp_path / "datei"
    path.write_bytes(content())
    table = read_table(path)
    assert [each.cells for each in table.rows][: len(rows)] == rows
    assert table.rows[0].number == 1


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv"])
@pytest.mark.parametrize("name", ["xlsx", "ods", "iso-8859-15"])
def test_a_file_is_what_it_holds_whatever_it_is_called(name: str, ending: str, tmp_path: Path) -> None:
    content, rows = READ[name]
    path = tmp_path / f"datei.{ending}"
    path.write_bytes(content())
    assert [each.cells for each in read_table(path).rows] == rows


@pytest.mark.parametrize(("date1904", "serial"), [(False, 43941), (True, 43941 - 1462)])
def test_days_are_days_in_both_calendars(tmp_path: Path, date1904: bool, serial: int) -> None:  # noqa: FBT001
    path = tmp_path / "tage.xlsx"
    path.write_bytes(xlsx(row(1, number("A1", serial, style=1)), date1904=date1904))
    assert read_table(path).rows[0].cells == (date(2020, 4, 20),)


def test_a_row_keeps_its_number_after_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "luecken.xlsx"
    path.write_bytes(xlsx(row(3, number("B3", 1)) + row(7, number("B7", 2))))
    assert [each.number for each in read_table(path).rows] == [3, 7]


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    path.write_bytes(b"a;b\n" * 150_000)
    with pytest.raises(UnreadableFileError, match=r"0\.01 Sekunden"):
        read_table(path, limits=Limits(seconds=0.01))
    assert len(read_table(path).rows) == 150_000


def test_a_child_without_memory_dies_alone(tmp_path: Path) -> None:
    path = tmp_path / "gross.csv"
    path.write_bytes((b"x" * 90 + b";b\n") * 150_000)
    little = Limits(memory=40 << 20)
    with pytest.raises(UnreadableFileError, match="Arbeitsspeicher"):
        read_table(path, limits=little)
    assert resource.getrlimit(resource.RLIMIT_AS) != (little.memory, little.memory)


@pytest.mark.parametrize(("size", "refused"), [(LIMITS.size, False), (LIMITS.size + 1, True)])
def test_the_limit_of_size_has_two_sides(tmp_path: Path, size: int, refused: bool) -> None:  # noqa: FBT001
    path = tmp_path / "text.csv"
    line = b"a" * 50_000 + b";b\n"
    path.write_bytes((line * (size // len(line) + 1))[:size])
    if refused:
        with pytest.raises(UnreadableFileError, match="MB"):
            read_table(path)
    else:
        assert read_table(path).rows
