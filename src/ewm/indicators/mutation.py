"""Do the cases notice a wrong rule? Every mutant of every sheet is run against them, and one must tell it apart.

Only the cases of sheets that rest on the mutated one are run, those that name its sentence first, up to the first that
notices. A mutant that does the same as its sheet stands in ``equivalent-mutants.yaml`` with a reason; an entry that
matches no survivor fails.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Timer
from typing import TYPE_CHECKING, Literal

import yaml

from ewm.errors import ContentError
from ewm.indicators.case_run import FAILED, CaseRunner
from ewm.indicators.compile import Compiler
from ewm.indicators.methodology import build_methodology
from ewm.indicators.mutants import Mutant, mutants
from ewm.indicators.term_table import direct_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ewm.indicators.cases import Case
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.world import World

EQUIVALENTS = "equivalent-mutants.yaml"
SECONDS = 5.0
"""After this time a mutant's statement is stopped: a changed recursion may never end."""

WORTH_PROCESSES = 100
"""Fewer mutants than this are done before other processes have started."""

State = Literal["noticed", "refused", "equivalent", "survived"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant.

    ``noticed``: a case got another result. ``refused``: the sheet no longer loads, or its statement fails in a case.
    ``by`` names the case, ``by_sheet`` the case's sheet. ``equivalent``: unnoticed, ``reason`` says why that is right.
    """

    sheet_id: str
    name: str
    state: State
    by: str | None = None
    by_sheet: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The mutated sheets, what became of every mutant, and the accepted names that no survivor bears."""

    sheets: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    stale: tuple[str, ...]

    def having(self, state: State) -> tuple[Outcome, ...]:
        """Return the outcomes in one state."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == state)

    def findings(self) -> list[str]:
        """Return what must be remedied, in German: mutants that survived and stale entries."""
        remedy = f"Kein Fall bemerkt das. Bitte einen Fall ergänzen oder den Grund in {EQUIVALENTS} nennen."
        found = [f"{outcome.name}: {remedy}" for outcome in self.having("survived")]
        return found + [f"{EQUIVALENTS}: „{name}“ überlebt nicht oder gibt es nicht mehr." for name in self.stale]


def rests_on(methodology: Methodology) -> dict[str, frozenset[str]]:
    """Return for each sheet the ids of the sheets that its statement is made of, itself included."""
    compiler = Compiler(methodology)
    found: dict[str, frozenset[str]] = {}
    for sheet in methodology.sheets.values():
        names: Sequence[str] = (sheet.name,)
        populations: list[Sheet] = []
        if sheet.kind == "indicator":
            names = compiler.indicator(sheet).uses
            populations = [methodology.population(name) for name in sheet.of]
        elif sheet.kind == "population":
            names = direct_terms(compiler, sheet)
        below = [sheet, *populations, *(table.sheet for table in compiler.needed(names))]
        found[sheet.id] = frozenset(one.id for one in below)
    return found


class Trial:
    """Runs mutants of one methodology against its cases, on one database."""

    def __init__(self, methodology: Methodology, world: World, cases: Iterable[Case]) -> None:
        self.methodology = methodology
        self.cases = tuple(cases)
        self.below = rests_on(methodology)
        self.runner = CaseRunner(world)

    def run(self, mutant: Mutant) -> Outcome:
        """Run a mutant against the cases that could notice it, up to the first that does."""
        sheet_id = mutant.sheet.id
        sheets = [mutant.sheet if sheet.id == sheet_id else sheet for sheet in self.methodology.sheets.values()]
        try:
            changed = build_methodology(sheets, self.methodology.years, self.methodology.taxonomies)
        except ContentError:
            return Outcome(sheet_id, mutant.name, "refused")
        for case in self._relevant(mutant):
            if differences := self._differences(changed, case):
                state: State = "refused" if differences[0].startswith(FAILED) else "noticed"
                return Outcome(sheet_id, mutant.name, state, case.place, case.sheet_id)
        return Outcome(sheet_id, mutant.name, "survived")

    def _relevant(self, mutant: Mutant) -> list[Case]:
        """Return the cases of sheets that rest on the mutated one, the most likely to notice first."""
        touched = (mutant.sheet.id, mutant.number)
        relevant = [case for case in self.cases if mutant.sheet.id in self.below[case.sheet_id]]
        return sorted(relevant, key=lambda case: (touched not in case.covers, case.sheet_id != touched[0]))

    def _differences(self, changed: Methodology, case: Case) -> list[str]:
        watch = Timer(SECONDS, self.runner.interrupt)
        watch.start()
        try:
            return self.runner.run(changed, case)
        finally:
            watch.cancel()


_trial: Trial | None = None
"""The trial of a worker process."""


def _start(methodology: Methodology, world: World, cases: tuple[Case, ...]) -> None:
    global _trial  # noqa: PLW0603  (a worker process has one)
    _trial = Trial(methodology, world, cases)


def _run(mutant: Mutant) -> Outcome:
    assert _trial is not None  # noqa: S101  (set by the worker's start)
    return _trial.run(mutant)


def _outcomes(
    methodology: Methodology, world: World, cases: tuple[Case, ...], chosen: list[Mutant], jobs: int
) -> Iterator[Outcome]:
    if jobs == 1 or len(chosen) < WORTH_PROCESSES:
        yield from map(Trial(methodology, world, cases).run, chosen)
        return
    start = (methodology, world, cases)
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=start) as pool:
        yield from pool.map(_run, chosen, chunksize=8)


def mutate(
    methodology: Methodology,
    world: World,
    cases: Iterable[Case],
    equivalents: Mapping[str, str],
    *,
    only: Iterable[str] | None = None,
    jobs: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Run every mutant of every sheet, or of those in ``only``, in ``jobs`` processes.

    ``equivalents`` maps the names of mutants that may survive to the reason. ``progress`` is told done and all.
    """
    wanted = [methodology.sheet(sheet_id) for sheet_id in (methodology.sheets if only is None else only)]
    chosen = [mutant for sheet in wanted for mutant in mutants(methodology, sheet)]
    found: list[Outcome] = []
    for outcome in _outcomes(methodology, world, tuple(cases), chosen, jobs):
        found.append(_judged(outcome, equivalents))
        if progress:
            progress(len(found), len(chosen))
    accepted = {outcome.name for outcome in found if outcome.state == "equivalent"}
    ids = {sheet.id for sheet in wanted}
    mine = [name for name in equivalents if name.split(" ")[0] in ids or name.split(" ")[0] not in methodology.sheets]
    return Report(
        tuple(sheet.id for sheet in wanted), tuple(found), tuple(name for name in mine if name not in accepted)
    )


def _judged(outcome: Outcome, equivalents: Mapping[str, str]) -> Outcome:
    reason = equivalents.get(outcome.name)
    if outcome.state != "survived" or reason is None:
        return outcome
    return Outcome(outcome.sheet_id, outcome.name, "equivalent", reason=reason)


def read_equivalents(path: Path) -> dict[str, str]:
    """Return the accepted survivors by name with their reasons; raises ContentError for an entry without a reason."""
    given = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    if given is None:
        return {}
    if not isinstance(given, list):
        raise ContentError(f"{path.name}: Erwartet wird eine Liste von Einträgen mit mutant und reason.")
    found: dict[str, str] = {}
    for entry in given:
        if not isinstance(entry, dict) or set(entry) != {"mutant", "reason"} or not all(entry.values()):
            raise ContentError(f"{path.name}: Jeder Eintrag hat genau mutant und reason, hier: {entry}")
        if str(entry["mutant"]) in found:
            raise ContentError(f"{path.name}: „{entry['mutant']}“ steht doppelt.")
        found[str(entry["mutant"])] = str(entry["reason"])
    return found
