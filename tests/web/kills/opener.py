# ruff: noqa: T201 (models can be imported only after django.setup)
"""Opens one database file after the other as every command does: ``opener``, a path per line; says what came of it."""

from __future__ import annotations

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from ewm.errors import EwmError
    from ewm.web.faults import said_plainly

    for line in sys.stdin:
        connection.close()
        connection.settings_dict["NAME"] = line.strip()
        said = ""
        try:
            with said_plainly():
                call_command("prepare")
        except EwmError as error:
            said = str(error)
        print(json.dumps(said), file=sys.stderr, flush=True)
