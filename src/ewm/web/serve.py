"""``python -m ewm.web.serve``: the site on this machine, in the foreground, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from typing import Any

from ewm.errors import EwmError

DEFAULT_ADDRESS = "127.0.0.1:8020"


def main() -> int:
    """Bring the database up to date, refuse what must not meet the public, and serve; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.site")
    import django  # noqa: PLC0415 (settings are read here)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from ewm.web.checks import refuse_demo_in_production  # noqa: PLC0415

    try:
        call_command("prepare")
        refuse_demo_in_production()
    except EwmError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    _run(os.environ.get("EWM_ADDRESS", DEFAULT_ADDRESS))
    return 0


def _run(address: str) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _options(address).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from ewm.web.wsgi import application  # noqa: PLC0415

            return application

    Site().run()


def _options(address: str) -> dict[str, Any]:
    return {
        "bind": address,
        "workers": 1,
        "threads": 8,
        "worker_class": "gthread",
        "loglevel": "warning",
        "timeout": 120,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
    }


if __name__ == "__main__":
    sys.exit(main())
