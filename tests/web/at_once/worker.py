# ruff: noqa: PLC0415 (models can be imported only after django.setup)
"""One of several processes that change one record: ``python -m tests.web.at_once.worker WAY NUMBER EDITS``.

``form`` does what a form does: read entry and version, change it, save through the service, and where somebody was
faster settle the conflict as its page does. ``naive`` does what Django's own forms do: read, change, ``save()``. Each
edit adds a mark of its own; acknowledged ones are printed with how often the writer was told of a conflict.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import django

CODE = "P-1"


def marks(way: str, number: int, edits: int) -> tuple[list[str], int]:
    """Make the edits; returns the marks that were acknowledged, and how many conflicts were told."""
    edit = form_edit if way == "form" else naive_edit
    told, made = 0, []
    for at in range(edits):
        mark = f"{number}-{at}"
        told += edit(mark, number * edits + at + 1)
        made.append(mark)
    return made, told


def form_edit(mark: str, day: int) -> int:
    """Add a mark to the text, which collides, and a dated status, which does not; returns the conflicts told."""
    from ewm.capture.acting import Channel, acting_as
    from ewm.capture.conflicts.merging import Side
    from ewm.capture.conflicts.showing import conflict_of
    from ewm.capture.projects.entries import PROJECT
    from ewm.capture.projects.services import project_update
    from ewm.capture.writing import ConflictError

    pk, version, entry = stored()
    mine, told = edited(entry, mark, day), 0
    seen, wanted = version, mine
    with acting_as(day, Channel.FORM):
        while True:
            try:
                project_update(entry=wanted, version=seen, reason=mark)
            except ConflictError:
                told += 1
                found = conflict_of(PROJECT, pk, base_version=version, mine=mine)
                # Somebody decides: their text with this mark behind it; everything else is merged already.
                merged = found.merge.resolve(dict.fromkeys(("description",), Side.THEIRS))
                wanted = replace(merged, description=f"{merged.description} {mark}")
                seen = found.version
            else:
                return told


def edited(entry: Any, mark: str, day: int) -> Any:
    """Return the entry with a mark in its text and a status on a day of its own."""
    from ewm.capture.projects.entries import StatusEvent

    event = StatusEvent(
        status_from=entry.support_start + timedelta(days=1000 + day), status=entry.status_events[0].status
    )
    return replace(entry, description=f"{entry.description or ''} {mark}", status_events=(*entry.status_events, event))


def naive_edit(mark: str, day: int) -> int:  # noqa: ARG001
    """Read, change, save: nobody is ever told."""
    from ewm.capture.projects.models import Project

    row = Project.objects.get(code=CODE)
    row.description = f"{row.description or ''} {mark}"
    row.save()
    return 0


def stored() -> tuple[int, int, Any]:
    """Return id, version and entry as they are read for a form."""
    from ewm.capture.entry_reading import read_entries
    from ewm.capture.projects.entries import PROJECT

    found = read_entries(PROJECT)[(CODE,)]
    return found.id, found.version, found.entry


if __name__ == "__main__":
    django.setup()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    acknowledged, conflicts = marks(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"acknowledged": acknowledged, "told": conflicts}), flush=True)  # noqa: T201
