"""Which database capture uses: SQLite in the data folder, or PostgreSQL by one address."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ewm.config import DATABASE_NAME
from ewm.errors import EwmError, MissingError

if TYPE_CHECKING:
    from pathlib import Path

# Readers go on while one writes (WAL); a writer takes its lock at the start, because a lock taken in the middle of a
# transaction fails at once whatever the timeout (IMMEDIATE); an acknowledged commit survives a power cut (FULL).
# mmap_size stays unset: with it a known fault of older SQLite versions has destroyed databases.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database_settings(url: str | None, data: Path) -> dict[str, Any]:
    """Return Django's settings for one database.

    ``url`` is ``postgresql://user:password@host:port/name?option=value`` (the options go to libpq), or None for
    SQLite in the folder ``data``. Raises EwmError for any other address, MissingError without the driver psycopg.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data.resolve() / DATABASE_NAME),
            "OPTIONS": _SQLITE_OPTIONS,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise EwmError(
            "EWM_DATABASE_URL nennt keine PostgreSQL-Datenbank. Erwartet wird "
            "postgresql://benutzer:passwort@rechner:5432/name; ohne diese Angabe gilt SQLite im Datenordner."
        )
    if find_spec("psycopg") is None:
        raise MissingError("Für PostgreSQL fehlt das Paket psycopg. Bitte installieren: pip install 'ewm[postgres]'")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        # A thread keeps its connection; one that the server has ended meanwhile is opened anew before a request.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
