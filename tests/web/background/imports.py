# ruff: noqa: PLC0415 (models can be imported only after django.setup)
"""Imports for trials: ``python -m tests.web.background.imports KIND NUMBER ROWS``, or ``… state``.

Kinds: ``reading``: lists wait for being read; ``applying``: lists that were looked at wait for being taken over;
``at-once``: this process reads them as a site does while somebody waits. Names are random, so that no list knows
anything of another.
"""

from __future__ import annotations

import io
import json
import random
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTNERS = 20


def words(seed: int) -> Iterator[str]:
    """Yield texts that resemble nothing."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        yield " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(3))


def listed(seed: int, rows: int) -> bytes:
    """Return a list of projects."""
    text = words(seed)
    partners = [f"{next(text)} GmbH" for _ in range(PARTNERS)]
    lines = ["Vorhaben;Zuwendungsempfänger;Beginn;Ende;Gesamtausgaben"]
    lines += [f"{next(text)};{partners[at % PARTNERS]};01.03.2020;31.12.2022;{1000 + at},50" for at in range(rows)]
    return "\n".join(lines).encode()


def make(kind: str, number: int, rows: int) -> None:
    """Put imports into the queue."""
    from ewm.capture.imports import files, running
    from ewm.capture.imports.found import RecordKind
    from ewm.capture.imports.profiles import propose
    from ewm.capture.imports.services import import_begin, import_begun, import_map, import_read

    for seed in range(number):
        file = io.BytesIO(listed(seed, rows))
        if kind == "at-once":
            with import_begun(file=file, name=f"liste-{seed}.csv", cluster="metall", account=None) as begun:
                import_read(imported=begun.pk)
            continue
        found = import_begin(file=file, name=f"liste-{seed}.csv", cluster="metall", account=None).pk
        if kind == "reading":
            running.enqueue_reading(found)
            continue
        import_read(imported=found)
        table = files.kept_table(found)
        assert table is not None
        guessed = propose(table, RecordKind.PROJECTS)
        defaults = {**guessed.defaults, "is_rdi": True, "funding_state": "secured"}
        import_map(imported=found, profile=replace(guessed, defaults=defaults))
        running.enqueue_applying(found, None)


def state() -> dict[str, Any]:
    """Return what is stored: where each import stands, what was read of it, how many records came of it."""
    from django_tasks_db.models import DBTaskResult

    from ewm.capture.actors.models import Actor
    from ewm.capture.imports import files
    from ewm.capture.imports.models import Import
    from ewm.capture.projects.models import Project, ProjectParticipation

    imports = [
        {
            "state": each.state,
            "message": each.message,
            "read": len(table.rows) if (table := files.kept_table(each.pk)) else 0,
            "files": sorted(path.name for path in files.folder_of(each.pk).iterdir()),
            "written": each.records.count(),
            "results": each.items.exclude(result="").count(),
        }
        for each in Import.objects.order_by("pk")
    ]
    models = (Project, ProjectParticipation, Actor)
    return {
        "imports": imports,
        "tasks": list(DBTaskResult.objects.values_list("status", flat=True)),
        "rows": {model.__name__: model.objects.count() for model in models},
        "created": {model.__name__: model.history.filter(history_type="+").count() for model in models},
        "titles": Project.objects.values("title").distinct().count(),
    }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "state":
        print(json.dumps(state()))  # noqa: T201
    else:
        make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
