"""A data folder for the trials, made once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.empty_database import seed
from tests.web.at_once.test_lost_updates import environment, python

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = {"DJANGO_SETTINGS_MODULE": "ewm.web.settings"}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two actors and one project, to be copied."""
    data = seed(tmp_path_factory.mktemp("kills") / "var")
    python(environment(data, None) | RECORDS, "-m", "tests.web.kills.prepare")
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of a test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Keep what a trial came to, for the table at the end."""

    def kept(**found: Any) -> None:
        record_property("trial", ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found.items()))

    return kept
