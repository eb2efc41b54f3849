"""What a database answers in its own way, asked once more of PostgreSQL, where a server is reachable.

A file of tests is either tried again there or not; a new one chooses, and says why it is tried again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ADDRESS = os.environ.get("EWM_TEST_POSTGRES_URL")

AGAIN = {
    "test_actor_merging.py": "rows are moved by bulk statements and moved back",
    "test_actor_search.py": "letters are compared and sorted by the database",
    "test_actor_validity.py": "a day's name is looked up in SQL",
    "test_agreement.py": "its constraints are held against the services",
    "test_completeness.py": "shares are counted in one query",
    "test_constraints.py": "its constraints are each met from both sides",
    "test_dataset.py": "all of its tables are read as they were at one moment",
    "test_exporter.py": "states of the past are resolved in SQL, rows come in batches",
    "test_hints.py": "sums and periods are compared in SQL",
    "test_history.py": "the history is queried as of a moment",
    "test_overtaken.py": "its error for a key taken twice is translated",
    "test_plausibility.py": "what the programme asks for is compared in SQL",
    "test_recheck.py": "rules across rows are SQL",
    "test_records.py": "tables are loaded in bulk, or not at all",
    "test_removing.py": "it refuses to lose what others refer to",
    "test_schema.py": "it made its tables by the same migrations",
    "test_taxonomies.py": "keys that refer to each other are loaded in one transaction",
    "test_withdrawing.py": "what is withdrawn is left out in SQL",
    "test_writing.py": "versions are compared while it writes",
}
"""File and what PostgreSQL does in its own way there."""

ONCE = {
    "imports", "test_activities.py", "test_actors.py", "test_cells.py", "test_confirming.py", "test_editorial.py",
    "test_merging.py", "test_periods.py", "test_projects.py", "test_published.py",
    "test_reading.py", "test_round_trip.py", "test_similar.py", "test_story_pictures.py", "test_uniting.py",
    "test_wording.py",
}  # fmt: skip
"""Rules in Python, files, and services whose ways of writing are tried again by the others."""

LONG = (
    "test_actor_merging.py::test_merged_and_undone_everything_is_as_before_and_no_circle_ever_arises",  # a random walk
    "test_exporter.py::test_many_rows_come_in_batches",  # of one size everywhere
)


def test_every_file_chooses() -> None:
    files = {path.name for path in HERE.glob("test_*.py")} - {Path(__file__).name} | {"imports"}
    assert files == AGAIN.keys() | ONCE
    assert not AGAIN.keys() & ONCE


@pytest.mark.long
@pytest.mark.skipif(not ADDRESS, reason="EWM_TEST_POSTGRES_URL names no server")
def test_capture_on_postgresql() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_TEST_", "PYTEST_"))}
    files = [f"tests/capture/{name}" for name in (*AGAIN, "two_connections.py")]
    without = [f"--deselect=tests/capture/{name}" for name in LONG]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *files, *without, "-n0"],
        cwd=ROOT,
        env={**environment, "EWM_DATABASE_URL": str(ADDRESS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
