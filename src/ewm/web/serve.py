"""``ewm serve``, ``python -m ewm.web.serve``: the site on this machine, in the foreground, until Ctrl-C.

``--demo CLUSTER`` makes an account of every role first and writes their passwords to the terminal. ``EWM_PROCESSES``
says how many processes answer, each with eight threads: two with PostgreSQL, one with SQLite unless it says otherwise.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any

from ewm.errors import EwmError
from ewm.web.companion import hooks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEFAULT_ADDRESS = "127.0.0.1:8020"
LOOPBACK = ("127.", "localhost", "[::1]")
MOST_PROCESSES = 64


def main(arguments: Sequence[str] = ()) -> int:
    """Bring the database up to date, refuse what must not meet the public, and serve; returns the exit code."""
    try:
        return _main(arguments)
    except EwmError as error:
        sys.stderr.write(f"Fehler: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 0


def _main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.site")
    found, number = address(), processes()
    import django  # noqa: PLC0415 (settings are read here)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from ewm.web.checks import refuse_demo_in_production, warnings_at_start  # noqa: PLC0415
    from ewm.web.faults import said_plainly  # noqa: PLC0415

    with said_plainly():
        for command in ("prepare", "load_programme"):  # an update may bring tables and terms
            call_command(command, stdout=StringIO())
        refuse_demo_in_production()
    lines = _accounts(arguments[1]) if list(arguments[:1]) == ["--demo"] and len(arguments) == 2 else []
    lines += warnings_at_start()
    _run(found, number, partial(_announce, found, lines))
    return 0


def address() -> str:
    """Return where to listen (``EWM_ADDRESS``).

    Raises EwmError where that is no address, is in use, or would show a demonstration to others.
    """
    found = os.environ.get("EWM_ADDRESS", DEFAULT_ADDRESS)
    host, _, port = found.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise EwmError(f"EWM_ADDRESS={found} ist keine Adresse. Erwartet wird Rechner:Port, etwa {DEFAULT_ADDRESS}.")
    if os.environ.get("EWM_DEMO") == "1" and not host.startswith(LOOPBACK):
        raise EwmError(f"EWM_ADDRESS={found} ist von außen erreichbar, eine Vorführung ist es nie. Bitte 127.0.0.1.")
    try:
        with socket.create_server((host.strip("[]"), int(port)), family=_family(host)):
            return found
    except OSError as error:
        why = "ist belegt" if error.errno == errno.EADDRINUSE else f"lässt sich nicht öffnen ({error.strerror})"
        raise EwmError(
            f"{found} {why}; vielleicht läuft die Anwendung schon. "
            f"Bitte eine andere Adresse wählen: EWM_ADDRESS=127.0.0.1:{int(port) % 65535 + 1}"
        ) from None


def processes() -> int:
    """Return how many processes answer (``EWM_PROCESSES``); raises EwmError where that is no such number.

    SQLite gets one: older versions have a fault that needs several processes to destroy a database, and threads of
    one process take turns in writing as well as processes do.
    """
    given = os.environ.get("EWM_PROCESSES") or ("2" if os.environ.get("EWM_DATABASE_URL") else "1")
    if not given.isdecimal() or not 0 < int(given) <= MOST_PROCESSES:
        raise EwmError(f"EWM_PROCESSES={given} ist keine Zahl von 1 bis {MOST_PROCESSES}. Bitte etwa 2, je Kern eins.")
    return int(given)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if host.startswith("[") else socket.AF_INET


def _accounts(cluster: str) -> list[str]:
    """Make the demo accounts and return them as lines of the terminal."""
    import json  # noqa: PLC0415

    from django.core.management import call_command  # noqa: PLC0415

    made = json.loads(call_command("demo_accounts", cluster=cluster, stdout=StringIO()))["accounts"]
    width = max(len(each["name"]) for each in made)
    rows = [f"  {each['name']:<{width}}  {each['email']:<36}  {each['password']}" for each in made]
    return [
        "",
        "Konten zum Ausprobieren (Rolle, Adresse, Passwort; die Passwörter gelten bis zum nächsten Start):",
        *rows,
    ]


def _announce(found: str, lines: Sequence[str], _server: Any = None) -> None:
    text = [f"Anwendung: http://{found}/   (Strg-C beendet sie)", *lines, ""]
    sys.stdout.write("\n".join(text) + "\n")
    sys.stdout.flush()


def _run(found: str, number: int, when_ready: Callable[[Any], None]) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    def ready(server: Any) -> None:
        when_ready(server)

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {**_options(found, number), "when_ready": ready}.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from ewm.web.wsgi import application  # noqa: PLC0415

            return application

    Site().run()


def _options(found: str, number: int) -> dict[str, Any]:
    return {
        "bind": found,
        "workers": number,
        "threads": 8,
        "worker_class": "gthread",
        "loglevel": "warning",
        "timeout": 120,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
        **hooks(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
