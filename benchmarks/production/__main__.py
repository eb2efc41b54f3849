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
FLAT_OUT = 16
"""People who click without a pause: as many as the site has threads."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Der Betrieb auf einem Rechner, in einem Ordner.")
    parser.add_argument("what", nargs="?", choices=["serve", "load"], default="serve")
    parser.add_argument("--users", type=int, default=50, help="Menschen zugleich")
    parser.add_argument("--seconds", type=float, default=120, help="Dauer der Last")
    parser.add_argument("--projects", type=int, default=2000, help="Projekte außer den 142 der Beispieldaten")
    parser.add_argument(
        "--think", type=float, nargs=2, default=(2.0, 6.0), help="Sekunden zwischen zwei Klicks, von bis"
    )
    parser.add_argument("--hurried", type=float, default=60, help="Sekunden mit 1 bis 3 s zwischen Klicks, 0: keine")
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
    machine = f"Last der Maschine vorher {os.getloadavg()[0]:.1f}"
    calm = _round("mit Bedenkzeit", people, given.seconds, tuple(given.think))
    rows = [Row(PART, "ewm check --deploy, Funde", len(running.findings), "", "", "<=", 0)]
    rows += _rows(f"{given.think[0]:g}–{given.think[1]:g} s zwischen Klicks", calm, people, machine, BAR_MS)
    if given.hurried:
        hurried = _round("in Eile", people, given.hurried, (1.0, 3.0))
        rows += _rows("1–3 s zwischen Klicks", hurried, people, "ohne Grenze", None)
    if given.flat_out:
        some = people[:FLAT_OUT]
        rows += _rows("ohne Pause", _round("ohne Pause", some, given.flat_out, (0.0, 0.0)), some, "ohne Grenze", None)
    saved = sum(len(person.saved) for person in people)
    rows.append(Row(PART, "bestätigte Änderungen verloren", len(lost(running, people)), "", f"von {saved}", "<=", 0))
    print(markdown(rows))
    print(f"\nGeschrieben: {write('production', rows)}")
    missed = any(row.verdict == "VERFEHLT" for row in rows)
    print("Urteil: VERFEHLT" if missed else "Urteil: erfüllt")
    return int(missed)


def _round(name: str, people: Sequence[Person], seconds: float, think: tuple[float, float]) -> Round:
    tell(f"{len(people)} Menschen {name}, {seconds:.0f} Sekunden ...")
    found = played(people, seconds, think)
    for kind, taken in found.by_name().items():
        tell(f"  {kind:<24} {len(taken):>5} ×  Median {middle(taken):>6.0f} ms  95 % {late(taken):>6.0f} ms")
    for fault in found.faults[:10]:
        tell(f"  FEHLER {fault}")
    return found


def _rows(name: str, found: Round, people: Sequence[Person], note: str, bar: float | None) -> list[Row]:
    seconds = [click.seconds for click in found.clicks]
    spread = f"n={len(seconds)}, Median {middle(seconds):.0f} ms, längste {max(seconds) * 1000:.0f} ms; {note}"
    what = f"{len(people)} Menschen, {name}"
    return [
        Row(PART, f"{what}: Fehler", len(found.faults), "", f"von {len(seconds)}", "<=", 0),
        Row(PART, f"{what}: Antwort, 95. Perzentil", found.late_ms, "ms", spread, "<=" if bar else None, bar),
        Row(PART, f"{what}: Anfragen je Sekunde", found.rate, "", f"{found.seconds:.0f} s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
