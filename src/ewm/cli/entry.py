"""Entry point: runs the command and turns every end into one German block and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

import typer

from ewm.cli.app import application
from ewm.cli.exit_codes import INTERRUPTED, UNEXPECTED
from ewm.cli.usage import explain
from ewm.errors import EwmError


def main() -> None:
    """Run ``ewm`` with the arguments of the process and leave with its exit code."""
    gc.disable()  # a process runs one command; looking for cycles takes a tenth of a short one
    code = run(sys.argv[1:])
    _leave(code)


def _leave(code: int) -> None:
    """End the process after its exit functions, without taking every object apart: a tenth of a short command."""
    atexit._run_exitfuncs()  # noqa: SLF001  (the one way to have them without the rest)
    with suppress(BrokenPipeError):  # whoever read the output has had enough
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code and writes an error as one block to stderr.

    With ``EWM_DEBUG=1`` an error is raised with its traceback instead.
    """
    try:
        code = application(arguments)(arguments, prog_name="ewm", standalone_mode=False)
    except Exception as error:
        if os.environ.get("EWM_DEBUG") == "1":
            raise
        return _end(error)
    if code == INTERRUPTED:
        _say("Abgebrochen. Nichts Halbes bleibt zurück; der Befehl kann wiederholt werden.")
    return code if isinstance(code, int) else 0


def _end(error: Exception) -> int:
    if isinstance(error, EwmError):
        _say(f"Fehler: {error}")
        return error.exit_code
    if isinstance(error, typer.TyperException):
        help_asked = type(error).__name__ == "NoArgsIsHelpError"
        _say(error.message if help_asked else f"Fehler: {explain(error)}")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    _say(
        f"Fehler in der Software: {type(error).__name__}: {error}\n"
        "Bitte denselben Befehl mit EWM_DEBUG=1 wiederholen und die Ausgabe melden (siehe CONTRIBUTING.md)."
    )
    return UNEXPECTED


def _say(text: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")
