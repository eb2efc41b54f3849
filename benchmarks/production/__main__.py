"""``python -m benchmarks.production``: the production set-up on this machine until Ctrl-C; ``load`` tries it hard.

Nothing is left behind: everything lies in one temporary folder.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.measure import tell
from benchmarks.production.front import nginx
from benchmarks.production.load import BAR_MS, Round, gathered, late, lost, middle, played
from benchmarks.production.postgres import programs
from benchmarks.production.setup import Production, production
from benchmarks.report import Row, markdown, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.production.clicks import Person

PART = "Betrieb: PostgreSQL, nginx mit TLS, zwei Prozesse"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Der Betrieb auf einem Rechner, in einem Ordner.")
    parser.add_argument("what", nargs="?", choices=["serve", "load"], default="serve")
    parser.add_argument("--users", type=int, default=50, help="Menschen zugleich")
    parser.add_argument("--seconds", type=float, default=120, help="Dauer der Last")
    parser.add_argument("--projects", type=int, default=2000, help="Projekte außer den 142 der Beispieldaten")
    parser.add_argument(
        "--think", type=float, nargs=2, default=(1.0, 3.0), help="Sekunden zwischen zwei Klicks, von bis"
    )
    parser.add_argument("--flat-out", type=float, default=30, help="Sekunden ohne Bedenkzeit, 0: keine")
    return parser.parse_args()


def main() -> int:
    """Start the set-up; returns 1 where the check finds something or a bar is missed."""
    given = arguments()
    missing = [name for name, there in (("postgresql", programs()), ("nginx", nginx())) if not there]
    if missing:
        sys.exit(f"Es fehlt {', '.join(missing)}. Auf Debian: apt-get install {' '.join(missing)}")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with production() as running:
            if given.what == "load":
                return _judge(running, given)
            print(f"Anwendung: {running.base}/   (Strg-C beendet alles und räumt auf)", flush=True)
            print(f"Zertifikat: {running.certificate}", flush=True)
            while True:
                signal.pause()
    except KeyboardInterrupt:
        tell("\nBeendet, aufgeräumt.")
        return 0


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _judge(running: Production, given: argparse.Namespace) -> int:
    people = gathered(running, given.users, given.projects)
    before = os.getloadavg()
    tell(
        f"{given.users} Menschen, {given.seconds:.0f} Sekunden, {given.think[0]}–{given.think[1]} s zwischen Klicks ..."
    )
    calm = played(people, given.seconds, tuple(given.think))
    rows = _rows(running, people, calm, f"Last der Maschine vorher {before[0]:.1f}")
    if given.flat_out:
        tell(f"Ohne Bedenkzeit, {given.flat_out:.0f} Sekunden ...")
        fast = played(people[:16], given.flat_out, (0.0, 0.0))
        rows += _flat_out_rows(fast)
        calm.faults += fast.faults
    for name, seconds in calm.by_name().items():
        tell(f"  {name:<24} {len(seconds):>5} ×  Median {middle(seconds):>6.0f} ms  95 % {late(seconds):>6.0f} ms")
    for fault in calm.faults[:10]:
        tell(f"  FEHLER {fault}")
    print(markdown(rows))
    print(f"\nGeschrieben: {write('production', rows)}")
    missed = any(row.verdict == "VERFEHLT" for row in rows)
    print("Urteil: VERFEHLT" if missed else "Urteil: erfüllt")
    return int(missed)


def _rows(running: Production, people: Sequence[Person], calm: Round, machine: str) -> list[Row]:
    seconds = [click.seconds for click in calm.clicks]
    spread = f"n={len(seconds)}, Median {middle(seconds):.0f} ms, längste {max(seconds) * 1000:.0f} ms; {machine}"
    saved = sum(len(person.saved) for person in people)
    return [
        Row(PART, "ewm check --deploy, Funde", len(running.findings), "", "", "<=", 0),
        Row(PART, "Anfragen mit Fehler", len(calm.faults), "", f"von {len(seconds)}", "<=", 0),
        Row(PART, "Antwort, 95. Perzentil", calm.late_ms, "ms", spread, "<=", BAR_MS),
        Row(PART, "Anfragen je Sekunde", calm.rate, "", f"{len(people)} Menschen, mit Bedenkzeit"),
        Row(PART, "bestätigte Änderungen verloren", len(lost(running, people)), "", f"von {saved}", "<=", 0),
    ]


def _flat_out_rows(fast: Round) -> list[Row]:
    spread = f"16 zugleich, 95. Perzentil {fast.late_ms:.0f} ms"
    return [
        Row(PART, "Anfragen je Sekunde ohne Bedenkzeit", fast.rate, "", spread),
        Row(PART, "davon mit Fehler", len(fast.faults), "", "", "<=", 0),
    ]


if __name__ == "__main__":
    sys.exit(main())
