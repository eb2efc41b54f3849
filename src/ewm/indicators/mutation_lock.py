"""What the last full mutation run saw, so that a test run need only repeat it for sheets that changed since.

For each sheet the lock names the sheets whose cases noticed its mutants. While the rules of all of them, their cases,
the small world, the mutants and the accepted survivors are the same, the outcome is the same.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import yaml

from ewm.errors import ContentError, FindingsError
from ewm.indicators.cases import SUFFIX
from ewm.indicators.mutants import mutants
from ewm.indicators.mutation import EQUIVALENTS, read_equivalents, rests_on
from ewm.indicators.seals import rule_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.mutation import Report
    from ewm.indicators.sheet import Sheet

LOCK = "mutation-lock.yaml"
WORLD = "world.yaml"


def changed_sheets(methodology: Methodology, folder: Path) -> list[str]:
    """Return the ids of sheets whose mutants may fare otherwise than in the last full run; all without a lock."""
    path = folder / LOCK
    locked = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not isinstance(locked, dict):
        raise ContentError(f"{path.name} ist nicht lesbar. Bitte neu schreiben: ewm methodology mutate --lock")
    found = _Fingerprints(methodology, folder)
    return [
        sheet_id
        for sheet_id in methodology.sheets
        if sheet_id not in locked
        or found.of(sheet_id, locked[sheet_id]["noticed_by"]) != locked[sheet_id]["fingerprint"]
    ]


def write_lock(report: Report, methodology: Methodology, folder: Path) -> Path:
    """Keep what a full run saw.

    Raises FindingsError where the run left something to remedy or out, since the lock vouches for every sheet.
    """
    if set(report.sheets) != set(methodology.sheets):
        raise FindingsError("Festgehalten wird nur ein Lauf über alle Blätter: ewm methodology mutate --lock")
    if findings := report.findings():
        raise FindingsError("\n".join(findings))
    prints = _Fingerprints(methodology, folder)
    entries = {}
    for sheet_id in methodology.sheets:
        noticed_by = sorted({o.by_sheet for o in report.outcomes if o.sheet_id == sheet_id and o.by_sheet})
        entries[sheet_id] = {"noticed_by": noticed_by, "fingerprint": prints.of(sheet_id, noticed_by)}
    header = "# Stand des letzten vollen Mutationslaufs. Nicht von Hand ändern: ewm methodology mutate --lock\n"
    text = yaml.safe_dump(entries, sort_keys=False, default_flow_style=None, width=200)
    (folder / LOCK).write_text(header + text, encoding="utf-8")
    return folder / LOCK


class _Fingerprints:
    """Hashes over everything that decides how the mutants of a sheet fare."""

    def __init__(self, methodology: Methodology, folder: Path) -> None:
        self.methodology = methodology
        self.below = rests_on(methodology)
        self.rules = {sheet.id: rule_digest(sheet) for sheet in methodology.sheets.values()}
        self.world = _file_digest(folder / WORLD)
        self.equivalents = read_equivalents(folder / EQUIVALENTS)

    def of(self, sheet_id: str, noticed_by: Iterable[str]) -> str:
        """Return the fingerprint of a sheet whose mutants the cases of ``noticed_by`` notice."""
        judges = [self.methodology.sheets[one] for one in sorted({sheet_id, *noticed_by}) if one in self.below]
        involved = sorted({below for judge in judges for below in self.below[judge.id]})
        lines = [
            self.world,
            *(f"{one} {self.rules[one]}" for one in involved),
            *(f"{judge.id} {_file_digest(_cases(judge))}" for judge in judges),
            *(mutant.name for mutant in mutants(self.methodology, self.methodology.sheets[sheet_id])),
            *(f"accepted {name}" for name in self.equivalents if name.startswith(f"{sheet_id} ")),
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _cases(sheet: Sheet) -> Path:
    return sheet.path.with_name(f"{sheet.path.stem}{SUFFIX}")


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()
