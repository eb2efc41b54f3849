"""Writes the file in a process of its own: a long computation in this one would make every page slow meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import get_language

from ewm.capture.dataset import Form, Scope, dataset_into
from ewm.errors import EwmError

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 600
"""Seconds; beyond, something is wrong."""


@dataclass(frozen=True, slots=True)
class Made:
    """The file, at its beginning, and the moment of the last change that is in it."""

    file: IO[bytes]
    moment: datetime


def make(form: Form, scope: Scope) -> Made:
    """Write a dataset into a file without a name; raises EwmError where the format cannot hold it."""
    if connection.in_atomic_block:  # what this transaction has written, no other process would see
        return _here(form, scope)
    with tempfile.TemporaryDirectory(prefix="ewm-dataset-") as folder:
        path = Path(folder) / "file"
        told = _run([sys.executable, "-m", "ewm.web.dataset.child", str(path), json.dumps(_asked(form, scope))])
        if "error" in told:
            raise EwmError(told["error"])
        return Made(path.open("rb"), datetime.fromisoformat(told["moment"]))


def _here(form: Form, scope: Scope) -> Made:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever answers closes it)
    try:
        written = dataset_into(file, form, scope)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Made(file, written.moment)


def _asked(form: Form, scope: Scope) -> dict[str, Any]:
    return {
        "form": form.value,
        "clusters": None if scope.clusters is None else sorted(scope.clusters),
        "notes": None if scope.notes is None else sorted(scope.notes),
        "language": get_language(),
    }


def _run(command: Sequence[str]) -> dict[str, Any]:
    ended = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST, check=True)  # noqa: S603 (our own module)
    told: dict[str, Any] = json.loads(ended.stdout)
    return told
