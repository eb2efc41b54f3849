"""Faults of the database that an administrator can mend, said so that it can be done."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, OperationalError, connection

from ewm.errors import EwmError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEND = (
    "Bitte die Datei samt -wal und -shm zur Seite legen und die letzte Sicherung einspielen: ewm restore DATEI "
    "(docs/how-to/sichern.md)."
)
_SQLITE = {
    "SQLITE_CORRUPT": f"ist beschädigt. {_MEND}",
    "SQLITE_NOTADB": f"ist keine Datenbank oder beschädigt. {_MEND}",
    "SQLITE_CANTOPEN": "lässt sich nicht öffnen. Bitte Ordner und Rechte prüfen (EWM_DATA).",
    "SQLITE_READONLY": "lässt sich nicht schreiben. Bitte die Rechte von Datei und Ordner prüfen.",
    "SQLITE_FULL": "kann nicht wachsen: der Datenträger ist voll. Bitte Platz schaffen; nichts Halbes steht darin.",
    "SQLITE_IOERR": "lässt sich nicht lesen oder schreiben. Bitte Datenträger und Rechte prüfen.",
}


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn a fault of the database's file or server into an EwmError; what is a fault of the software stays one."""
    try:
        yield
    except DatabaseError as error:
        said = _of_sqlite(error) if connection.vendor == "sqlite" else _of_server(error)
        if said:
            raise EwmError(said) from error
        raise


def _of_sqlite(error: DatabaseError) -> str | None:
    cause = error.__cause__
    name = str(getattr(cause, "sqlite_errorname", "")) if isinstance(cause, sqlite3.Error) else ""
    words = next((text for kind, text in _SQLITE.items() if name.startswith(kind)), None)
    return f"Die Datenbank {connection.settings_dict['NAME']} {words} ({cause})" if words else None


def _of_server(error: DatabaseError) -> str | None:
    """Tell of a server that cannot be reached: an error that came before there was a connection."""
    if not isinstance(error, OperationalError) or connection.connection is not None:
        return None
    where = ":".join(filter(None, (connection.settings_dict["HOST"], connection.settings_dict["PORT"])))
    return (
        f"Die Datenbank {connection.settings_dict['NAME']} auf {where} ist nicht zu erreichen. Bitte prüfen, ob "
        f"PostgreSQL läuft und EWM_DATABASE_URL stimmt ({' '.join(str(error).split())})."
    )
