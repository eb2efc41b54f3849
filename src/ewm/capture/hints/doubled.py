"""Actors that may be recorded twice, of those that take part in the records in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.actors.duplicates.candidates import candidates
from ewm.capture.hints.values import Finding, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.programme import HintValues

SURE = 90
"""From this score in percent on the inbox points a pair out; the page of duplicates shows weaker ones as well."""
MERGE = "merge:"
"""Begins the field of a finding that is about two actors; what follows is the code of the other."""


def possible_duplicate(scope: Scope, values: HintValues) -> Iterator[Finding]:  # noqa: ARG001 - as all checks
    """Yield pairs of actors whose names are alike or that share an identifier, once for each pair.

    Pairs that somebody told apart are none any more; that is decided where actors are merged.
    """
    found = [pair for pair in candidates() if pair.score >= SURE]
    taking_part = set(scope.actors().values_list("code", flat=True)) if found else set()
    for pair in found:
        one, other = (pair.one, pair.other) if pair.one.code in taking_part else (pair.other, pair.one)
        if one.code not in taking_part:
            continue
        reason = f"dieselbe Kennung: {pair.identifier}" if pair.identifier else f"{pair.score} % Namensähnlichkeit"
        message = (
            f"{one.name} und {other.name} sind vielleicht derselbe Akteur ({reason}). Bitte zusammenführen oder als "
            "verschieden kennzeichnen."
        )
        short = f"vielleicht doppelt mit {other.name}"
        field = f"{MERGE}{other.code}"
        yield Finding("actors", one.code, one.name, field, short, message, f"{other.code}|{pair.score}", elsewhere=True)
