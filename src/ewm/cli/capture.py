"""The one way from the command line to the records: management commands of ``web``."""

from __future__ import annotations

import json
import os
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ewm.cli.output import Tell


def run_capture(command: str, *arguments: Any, tell: Tell, **options: Any) -> dict[str, Any]:
    """Bring the tables of the records up to date, run one management command and return its result.

    Raises what the command raises: RefusedError, ContentError, MissingError.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.settings")
    return _run(command, arguments, options, tell, first="prepare")


def run_site(command: str, *arguments: Any, tell: Tell, prepare: bool = True, **options: Any) -> dict[str, Any]:
    """Do the same with all tables of the site, accounts included; ``prepare=False`` leaves the database as it is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"
    return _run(command, arguments, options, tell, first="prepare" if prepare else None)


def _run(
    command: str, arguments: tuple[Any, ...], options: dict[str, Any], tell: Tell, *, first: str | None
) -> dict[str, Any]:
    import django
    from django.core.management import call_command

    django.setup()
    from ewm.web.faults import said_plainly

    given = {name: value for name, value in options.items() if value is not None}
    with said_plainly():
        if first:
            call_command(first, progress=tell, stdout=StringIO())
        found = call_command(command, *arguments, progress=tell, stdout=StringIO(), **given)
    result: dict[str, Any] = json.loads(found)
    return result
