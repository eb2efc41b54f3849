"""A journal that is cut or changed opens as a beginning of what was committed, or not; a cut file does not."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture.tree import ROOT
from tests.support.trials import times
from tests.web.at_once.test_lost_updates import environment
from tests.web.kills.conftest import RECORDS
from tests.web.kills.judging import Crew, kill, partial

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "ewm.sqlite3"


@pytest.fixture(scope="module")
def torn(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose writers were killed: a good part of it lies in the journal beside it."""
    home = tmp_path_factory.mktemp("torn")
    data = home / "var"
    shutil.copytree(prepared, data)
    with Crew(home / "acknowledged", data) as crew:
        kill(crew.begin(0, random.Random(3), 0.3, 0.4))  # noqa: S311
        crew.ended()
        shutil.copytree(data, home / "kept")
    assert (home / "kept" / f"{NAME}-wal").stat().st_size > 100_000
    return home / "kept"


def opened(data: Path) -> tuple[list[str], set[str]] | None:
    """Return the codes in the order of their commits and what is half there; None where the file is refused."""
    try:
        with closing(sqlite3.connect(data / NAME)) as database:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

            def ask(statement: str) -> list[tuple[Any, ...]]:
                return database.execute(statement).fetchall()

            codes = [code for (code,) in ask("select code from projects_project order by id")]
            return codes, partial(ask)
    except sqlite3.DatabaseError:
        return None


def live(journal: bytes) -> int:
    """Return how many bytes of a journal are its own; behind them lie frames of the one before (other salts)."""
    frame, salts = 24 + int.from_bytes(journal[8:12], "big"), journal[16:24]
    starts = range(32, len(journal), frame)
    return next((at for at in starts if journal[at + 8 : at + 16] != salts), len(journal))


def cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(1, len(content))]


def flipped(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("spoil", [cut, flipped], ids=["cut", "bit"])
@pytest.mark.parametrize("number", times(8))
def test_a_spoiled_journal_is_a_beginning_of_the_commits(
    number: int, spoil: Callable[[bytes, random.Random], bytes], torn: Path, tmp_path: Path, tell: Callable[..., None]
) -> None:
    shutil.copytree(torn, tmp_path / "whole")
    whole = opened(tmp_path / "whole")
    assert whole is not None
    dice, shorter, refused = random.Random(number), 0, 0  # noqa: S311
    journal = (torn / f"{NAME}-wal").read_bytes()
    journal = journal[: live(journal)]
    for at in range(number):
        data = tmp_path / str(at)
        data.mkdir()
        shutil.copyfile(torn / NAME, data / NAME)
        (data / f"{NAME}-wal").write_bytes(spoil(journal, dice))
        found = opened(data)
        shutil.rmtree(data)
        if found is None:
            refused += 1
            continue
        codes, half = found
        assert codes == whole[0][: len(codes)]
        assert half == set()
        shorter += len(codes) < len(whole[0])
    tell(files=number, beginnings_of_the_commits=number - refused, shorter=shorter, refused=refused, half=0)
    assert shorter, "nothing that was spoiled mattered: the trial shows nothing"


@pytest.mark.parametrize("number", times(8))
def test_a_cut_database_is_refused_with_the_way_out(
    number: int, prepared: Path, tmp_path: Path, tell: Callable[..., None]
) -> None:
    content, dice = (prepared / NAME).read_bytes(), random.Random(number)  # noqa: S311
    paths = [tmp_path / f"{at}.sqlite3" for at in range(number)]
    for path in paths:
        path.write_bytes(cut(content, dice))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.web.kills.opener"], input="\n".join(map(str, paths)), cwd=ROOT, text=True,
        env=environment(tmp_path, None) | RECORDS, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = [json.loads(line) for line in ran.stderr.splitlines()]
    refused = [text for path, text in zip(paths, said, strict=True) if str(path) in text and "ewm restore" in text]
    tell(files=number, refused=len(refused))
    assert len(refused) == number, [text for text in said if text not in refused]
