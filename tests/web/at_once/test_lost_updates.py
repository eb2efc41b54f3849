"""Four processes change one record at once: nothing is lost silently, and every loser is told.

The same trial with Django's ordinary ``save()`` loses edits: so this test can fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.empty_database import seed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
POSTGRES = os.environ.get("EWM_TEST_POSTGRES_URL")
PROCESSES = 4
READ = """
import django; django.setup()
import json
from tests.web.at_once.worker import CODE, stored
from ewm.capture.projects.models import Project, ProjectStatusEvent
pk, version, entry = stored()
reasons = list(Project.history.filter(id=pk).values_list("history_change_reason", flat=True))
print(json.dumps({"version": version, "marks": entry.description.split(), "statuses": len(entry.status_events),
                  "reasons": reasons}))
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a trial."""

    acknowledged: list[str]
    told: int
    version: int
    marks: list[str]
    statuses: int
    reasons: list[str]

    @property
    def lost(self) -> set[str]:
        """Edits that were acknowledged and are not there."""
        return set(self.acknowledged) - set(self.marks)


def environment(data: Path, url: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EWM_")}
    address = {"EWM_DATABASE_URL": url} if url else {}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    settings = {"EWM_DATA": str(data), "EWM_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "ewm.web.site", "PYTHONPATH": paths}
    return {**kept, **address, **settings}


def python(env: dict[str, str], *words: str) -> str:
    ran = subprocess.run([sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def trial(data: Path, way: str, edits: int, url: str | None = None) -> Outcome:
    """Let the processes start together and make their edits."""
    env = environment(data, url)
    command = [sys.executable, "-m", "tests.web.at_once.worker", way]
    running = [
        subprocess.Popen(
            [*command, str(number), str(edits)],
            env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0] * PROCESSES
    results = [json.loads(each) for each in said]
    acknowledged = [mark for result in results for mark in result["acknowledged"]]
    return Outcome(acknowledged, sum(result["told"] for result in results), **json.loads(python(env, "-c", READ)))


def assert_nothing_is_lost(outcome: Outcome, edits: int) -> None:
    every = PROCESSES * edits
    assert len(outcome.acknowledged) == every
    assert outcome.lost == set()
    assert len(outcome.marks) == every
    assert outcome.statuses == 2 + every
    assert outcome.version == 1 + every
    assert set(outcome.acknowledged) <= set(outcome.reasons)
    assert outcome.told > 0, "nobody was overtaken: the trial shows nothing"


@contextmanager
def postgresql() -> Iterator[str]:
    import psycopg  # noqa: PLC0415

    assert POSTGRES is not None
    name = f"ewm_at_once_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}"')


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one project, to be copied."""
    data = seed(tmp_path_factory.mktemp("prepared"))
    python(environment(data, None), "-m", "tests.web.at_once.prepare")
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of a test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


EDITS = [10, pytest.param(50, marks=pytest.mark.soak)]


@pytest.mark.parametrize("edits", EDITS)
def test_no_edit_is_lost_and_every_loser_is_told(data: Path, edits: int) -> None:
    assert_nothing_is_lost(trial(data, "form", edits), edits)


@pytest.mark.skipif(not POSTGRES, reason="EWM_TEST_POSTGRES_URL is not set")
@pytest.mark.parametrize("edits", EDITS)
def test_no_edit_is_lost_on_postgresql(tmp_path: Path, edits: int) -> None:
    with postgresql() as url:
        python(environment(tmp_path / "data", url), "-m", "tests.web.at_once.prepare")
        assert_nothing_is_lost(trial(tmp_path / "data", "form", edits, url), edits)


def test_the_ordinary_way_loses_edits(data: Path) -> None:
    outcome = trial(data, "naive", 10)
    assert len(outcome.acknowledged) == PROCESSES * 10
    assert outcome.lost
    assert outcome.told == 0


@pytest.mark.parametrize("requests", [10, pytest.param(200, marks=pytest.mark.soak)])
def test_eight_threads_that_read_and_write_are_never_locked_out(data: Path, requests: int) -> None:
    found = json.loads(python(environment(data, None), "-m", "tests.web.at_once.threads", str(requests)))
    assert found["errors"] == []
    assert set(found["answers"]) == {"200", "302"}
    assert sum(found["answers"].values()) == 8 * requests
    assert found["comments"] == 8 * requests // 5
