"""The reference records of one cluster multiplied to all clusters and sub-topics of the programme.

    python benchmarks/thirteen.py FOLDER [SEED]

Every cluster gets a copy of every record under a code of its own. The clusters that a record names are rotated, so a
copy is as much entwined with its neighbours as the original; action fields are drawn from those in force, volumes are
scaled. The folder can be loaded like the original: ``ewm records load FOLDER``.
"""

from __future__ import annotations

import csv
import random
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import yaml  # noqa: E402

from ewm.programme import load_programme  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.programme import Programme

RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"
CODES = frozenset({"code", "actor", "project", "activity", "parent"})
MONEY = ("project_volume", "project_volume_regional", "funding_volume", "funding_volume_regional", "amount")
STARTS = {"projects.csv": "support_start", "activities.csv": "activity_start"}
ONCE = frozenset({"actor_identifiers.csv"})
"""An identifier belongs to one organisation, so copies have none."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of all records: which cluster becomes which, and what is appended to every code."""

    shift: int
    clusters: tuple[str, ...]

    def cluster(self, name: str) -> str:
        """Return the cluster that stands in this copy for another; what lies outside the structure stays."""
        if name not in self.clusters:
            return name
        return self.clusters[(self.clusters.index(name) + self.shift) % len(self.clusters)]

    def code(self, name: str) -> str:
        """Return a record's code in this copy."""
        return f"{name}-C{self.shift:02}" if self.shift and name else name


class Multiplier:
    """Writes the folder table by table."""

    def __init__(self, programme: Programme, seed: int) -> None:
        self.programme = programme
        self.random = random.Random(seed)  # noqa: S311  (records for a measurement, no secret)
        self.fields = programme.taxonomy("action_field")
        clusters = tuple(one.cluster_id for one in programme.clusters if one.kind != "outside")
        self.copies = [Copy(shift, clusters) for shift in range(len(clusters))]
        self.factors: dict[str, Decimal] = {}
        self.begun: dict[str, tuple[str, date]] = {}

    def write(self, source: Path, target: Path) -> None:
        """Write every table of ``source``, multiplied, into ``target``."""
        target.mkdir(parents=True, exist_ok=True)
        for name, start in STARTS.items():
            for row in _read(source / name):
                self.begun[row["code"]] = (row["cluster"], date.fromisoformat(row[start]))
        for path in sorted(source.glob("*.csv")):
            copies = self.copies[:1] if path.name in ONCE else self.copies
            _write(target / path.name, [row for copy in copies for row in self.table(path, copy)])
        for path in sorted(source.glob("*.yaml")):
            rows = yaml.safe_load(path.read_text(encoding="utf-8"))
            copied = [self.row(row, copy) for copy in self.copies for row in rows]
            (target / path.name).write_text(yaml.safe_dump(copied, allow_unicode=True), encoding="utf-8")

    def table(self, path: Path, copy: Copy) -> Iterator[Row]:
        """Yield a table's rows in one copy; an assignment to no action field, or to one drawn before, is left out."""
        assigned = set()
        for row in _read(path):
            copied = self.row(row, copy)
            assignment = (copied.get("project") or copied.get("activity"), copied["term"]) if "term" in row else None
            if assignment is None or (assignment[1] and assignment not in assigned):
                yield copied
            assigned.add(assignment)

    def row(self, row: Row, copy: Copy) -> Row:
        """Return a row with its codes, clusters, action fields and sums as they are in one copy."""
        copied = dict(row)
        for name, value in row.items():
            if name in CODES and value:
                copied[name] = copy.code(value)
            elif name == "cluster":
                copied[name] = copy.cluster(value)
            elif name == "name" and copy.shift:
                copied[name] = f"{value} ({copy.shift})"
        if "term" in row:
            copied["term"] = self.term(row["term"], row.get("project") or row.get("activity"), copy)
        if "terms" in row:
            record = row.get("project") or row.get("activity")
            terms = [self.term(term, record, copy) for term in row["terms"]]
            copied["terms"] = list(dict.fromkeys(term for term in terms if term))
        self.scale(copied, row)
        return copied

    def term(self, term: str, record: str | None, copy: Copy) -> str | None:
        """Return a term, an action field replaced by one of the copy's cluster; None where none is in force."""
        if not copy.shift or self.programme.terms[term].taxonomy != "action_field":
            return term
        if record not in self.begun:
            return None
        cluster, day = self.begun[record]
        home = copy.cluster(cluster)
        in_force = [
            field.term_id
            for field in self.fields
            if field.cluster_id == home and (field.valid_from or day) <= day <= (field.valid_to or day)
        ]
        return self.random.choice(in_force) if in_force else None

    def scale(self, copied: Row, row: Row) -> None:
        """Scale a record's sums by its own factor, the original's by one."""
        record = copied.get("project") or copied.get("code")
        if record and record != (row.get("project") or row.get("code")):
            factor = self.factors.setdefault(record, Decimal(self.random.randrange(50, 200)) / 100)
            copied |= {name: f"{Decimal(row[name]) * factor:.2f}" for name in MONEY if row.get(name)}


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def multiply(target: Path, seed: int = 1) -> Path:
    """Write the multiplied records below ``target``; returns it. The same seed gives the same bytes."""
    Multiplier(load_programme(ROOT / "programmes" / "innobb"), seed).write(RECORDS, target)
    return target


if __name__ == "__main__":
    print(multiply(Path(sys.argv[1]), *map(int, sys.argv[2:])))
