"""Checks of an installation: ``ewm check --deploy`` runs them with Django's own."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.checks import Error, Tags, register
from django.db import connection

from ewm.capture.background.queue import taking_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.checks import CheckMessage

# Readers and writers that reset the journal at one moment can destroy the database: sqlite.org/wal.html.
_WAL_RESET = ((3, 7, 0), (3, 51, 3))
_MUST_BE_ON = {
    "synchronous_commit": ("E001", "bestätigt, bevor es geschrieben hat"),
    "fsync": ("E003", "wartet nicht, bis auf der Platte steht, was es schreibt"),
    "full_page_writes": ("E004", "kann halb geschriebene Seiten nicht mehr heilen"),
}
"""Settings that PostgreSQL must not be without: number of the check, what happens otherwise."""


@register(Tags.database, deploy=True)
def durable(app_configs: Any, **_: Any) -> Sequence[CheckMessage]:  # noqa: ARG001 (Django's signature)
    """Refuse a PostgreSQL that acknowledges before it has written; warn of an SQLite with the fault of the journal."""
    if connection.vendor == "postgresql":
        return _postgresql()
    return _sqlite(sqlite3.sqlite_version_info)


def _postgresql() -> list[CheckMessage]:
    """Look at the settings as this connection has them: they may be set for the server, a database, a role."""
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for name, (number, what) in _MUST_BE_ON.items():
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone() == ("off",):
                found.append(
                    Error(
                        f"PostgreSQL {what} ({name} = off).",
                        hint="Nach einem Absturz fehlen Einträge, die als gespeichert galten. Bitte auf „on“ stellen.",
                        id=f"ewm.{number}",
                    )
                )
    return found


def _sqlite(version: tuple[int, ...]) -> list[CheckMessage]:
    first, mended = _WAL_RESET
    if not first <= version[:3] < mended:
        return []
    return [
        checks.Warning(
            f"SQLite {'.'.join(map(str, version))} hat einen Fehler, der Datenbanken im Modus WAL zerstören kann "
            f"(behoben in {'.'.join(map(str, mended))}).",
            hint="Er ist selten und braucht mehrere Prozesse. Bitte SQLite aktualisieren oder PostgreSQL verwenden.",
            id="ewm.W001",
        )
    ]


@register(Tags.security, deploy=True)
def no_demonstration(app_configs: Any, **_: Any) -> Sequence[CheckMessage]:  # noqa: ARG001 (Django's signature)
    """Refuse what belongs to a demonstration."""
    if settings.EWM_DEMO:
        return [Error("EWM_DEMO ist gesetzt.", hint="Vorführkonten gehören nie in den Betrieb.", id="ewm.E002")]
    return []


@register(Tags.database, deploy=True)
def background(app_configs: Any, **_: Any) -> Sequence[CheckMessage]:  # noqa: ARG001 (Django's signature)
    """Warn where nobody takes the tasks of the background."""
    if taking_tasks():
        return []
    return [
        checks.Warning(
            "Kein Dienst nimmt die Aufgaben im Hintergrund an: lange Importe bleiben liegen.",
            hint="Bitte starten: systemctl enable --now ewm-worker (packaging/ewm-worker.service), "
            "oder ewm serve ohne EWM_WORKER=0.",
            id="ewm.W003",
        )
    ]
