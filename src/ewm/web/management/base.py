"""What the commands share: results as JSON, progress handed in by whoever calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

Progress = Callable[[str, int, int], None]


class JsonCommand(BaseCommand):
    """Command whose ``handle`` returns its result as JSON text, which Django prints as well.

    ``call_command(..., progress=tell)`` hands in a function that hears what is done: text, done, of how many.
    """

    stealth_options = ("progress",)


def as_json(**result: Any) -> str:
    """Return a result as JSON text."""
    return json.dumps(result, ensure_ascii=False)
