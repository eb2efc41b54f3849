"""The process that writes a dataset: ``python -m ewm.web.dataset.child FILE ASKED``; prints ``{"moment"}`` as JSON.

It steps back behind whoever waits for a page. ``{"error"}``: the format cannot hold what is asked for.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(words: list[str]) -> int:
    """Write the file; returns 0 also where the format cannot hold it."""
    os.nice(3)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"
    import django  # noqa: PLC0415  (first the settings)

    django.setup()
    from django.utils.translation import override  # noqa: PLC0415

    from ewm.capture.dataset import Form, Scope, dataset_write  # noqa: PLC0415
    from ewm.errors import EwmError  # noqa: PLC0415

    asked = json.loads(words[1])
    clusters, notes = (None if asked[name] is None else frozenset(asked[name]) for name in ("clusters", "notes"))
    try:
        with override(asked["language"]):
            written = dataset_write(Path(words[0]), Form(asked["form"]), Scope(clusters, notes))
        told = {"moment": written.moment.isoformat()}
    except EwmError as error:
        told = {"error": str(error)}
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
