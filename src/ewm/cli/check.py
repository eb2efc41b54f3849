"""``ewm check``: is the installation fit for its task, and with ``--deploy`` for the public."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say

_WORDS = {"error": "Fehler", "warning": "Warnung", "info": "Hinweis"}


def check(
    deploy: Annotated[bool, typer.Option("--deploy", help="Prüft auch, was nur für den Betrieb gilt.")] = False,
    as_json: Json = False,
) -> None:
    """Prüft Einstellungen und Datenbank der Anwendung; endet mit 1, wo etwas dem Betrieb im Weg steht."""
    from ewm.cli.capture import run_site
    from ewm.errors import FindingsError

    with progress("Installation wird geprüft") as tell:
        done = run_site("check_site", tell=tell, deploy=deploy)
    emit(done, lambda: _show(done), as_json=as_json)
    if any(each["level"] == "error" for each in done["findings"]):
        raise typer.Exit(FindingsError.exit_code)


def _show(done: dict[str, Any]) -> None:
    for each in done["findings"]:
        say(f"{_WORDS[each['level']]} ({each['id']}): {each['message']}")
        if each["hint"]:
            say(f"  {each['hint']}")
    if not done["findings"]:
        say("Nichts gefunden: die Installation ist bereit." if done["deploy"] else "Nichts gefunden.")
