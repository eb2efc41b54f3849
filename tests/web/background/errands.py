"""Tasks for trials: each leaves a mark in the data folder, so that it shows how often it was done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from ewm.capture.background.ending import heed
from ewm.config import data_folder

if TYPE_CHECKING:
    from pathlib import Path


def marks() -> Path:
    """Where tasks leave their marks."""
    return data_folder() / "marks"


def leave(mark: str) -> None:
    """Leave a mark."""
    with marks().open("a", encoding="utf-8") as stream:
        stream.write(f"{mark}\n")


@task()
def mark_it(mark: str) -> str:
    """Leave a mark at once."""
    leave(mark)
    return mark


@task()
def go_wrong(typed: str) -> None:
    """Fail with words of somebody."""
    raise ValueError(typed)


@task()
def take_long(mark: str, seconds: float) -> None:
    """Say that it began, take long, heed the wish to end, and say that it is done."""
    leave(f"{mark} begun")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        heed()
        time.sleep(0.02)
    leave(f"{mark} done")


@task()
def write_slowly(name: str, seconds: float) -> None:
    """Write an actor at the beginning of a long transaction."""
    from ewm.capture.actors.entries import ActorEntry  # noqa: PLC0415
    from ewm.capture.actors.services import actors_create  # noqa: PLC0415

    with transaction.atomic():
        code = f"W-{name}"
        actors_create(entries=[ActorEntry(code=code, name=name, actor_type="company", country="DE", example=True)])
        leave(f"{name} begun")
        time.sleep(seconds)
    leave(f"{name} done")
