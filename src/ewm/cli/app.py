"""The commands of ``ewm`` and where they stand. Importing this imports no room: each command does that when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ewm.cli.usage import GermanCommand, group

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    import typer

GROUPS = {
    **{name: name for name in ("programme", "records", "snapshot", "indicators", "methodology", "report", "accounts")},
    "import": "imports",
}
"""Groups of commands; each is the ``app`` of a module."""
COMMANDS = {
    "explain": "explain",
    "sheet": "sheet",
    "check-published": "published",
    "demo": "demo",
    "serve": "serve",
    "backup": "backup",
    "restore": "backup",
    "export": "dataset",
    "check": "check",
    "docs": "docs",
}
"""Single commands, each with the module in which a function bears its name."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the command line; where ``arguments`` begin with a command, only its module is imported."""
    first = arguments[0] if arguments and arguments[0] in {*GROUPS, *COMMANDS} else None
    app = group("Vom Eintrag zur Zahl: Ergebnis- und Wirkungsmonitoring von Clustern.")
    app.callback()(_stay_a_group)
    for name, module in GROUPS.items():
        if first in (None, name):
            app.add_typer(_module(module).app, name=name)
    for name, module in COMMANDS.items():
        if first in (None, name):
            app.command(name, cls=GermanCommand)(getattr(_module(module), name.replace("-", "_")))
    return app


def _module(name: str) -> ModuleType:
    return import_module(f"ewm.cli.{name}")


def _stay_a_group() -> None:
    """Keep the command line a group where it has one command only."""
