"""``ewm serve``: the site in the foreground, for a service manager or for a look."""

from __future__ import annotations

import os
import sys

MODULE = "ewm.web.serve"


def serve() -> None:
    """Startet die Anwendung im Vordergrund, bis Strg-C oder bis der Dienst endet (EWM_ADDRESS, EWM_PROCESSES)."""
    become_server({})


def become_server(own: dict[str, str], *arguments: str) -> None:
    """Become the server: one process less between Ctrl-C and its end, and none of the command line's shortcuts."""
    sys.stdout.flush()
    command = [sys.executable, "-m", MODULE, *arguments]
    os.execve(sys.executable, command, {**os.environ, "DJANGO_SETTINGS_MODULE": "ewm.web.site", **own})  # noqa: S606
