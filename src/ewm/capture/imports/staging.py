"""From the table to items in the database: found, matched, judged; what was decided before stays decided."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Max

from ewm.capture.imports.assessing import Assessor
from ewm.capture.imports.cases import Case
from ewm.capture.imports.finding import find
from ewm.capture.imports.found import Found, RecordKind, found_as_json, found_from_json
from ewm.capture.imports.kinds import KINDS
from ewm.capture.imports.known import WORKBOOK, is_own
from ewm.capture.imports.models import ImportedKey, ImportItem, Outcome
from ewm.capture.imports.profiles import columns_of, header_row, placed_columns, profile_from_json
from ewm.capture.imports.reading.whole import place_of, version_of
from ewm.capture.imports.storing import items_replace, items_write, note
from ewm.capture.imports.workbook.finding import columns_in_workbook, find_in_workbook
from ewm.capture.imports.workbook.list_finding import find_in_list
from ewm.capture.wording import in_german, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ewm.capture.imports.assessing import Verdict
    from ewm.capture.imports.models import Import
    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Table

    Progress = Callable[[int, int], None]

JUDGED = ("outcome", "match", "decision", "takes", "problems", "reason")


@dataclass(frozen=True, slots=True)
class Staged:
    """The items of a table, matched, and what the import keeps beside them."""

    items: list[ImportItem]
    decisions: dict[int, dict[str, Any]]
    """What had been decided by then, by item."""
    columns: dict[str, str]
    rows: int
    basis: list[int]


def staged(imported: Import, table: Table, progress: Progress | None = None) -> Staged:
    """Find the records of a table and match them anew; decisions stay with their record. Nothing is written."""
    profile = profile_from_json(imported.profile or {})
    founds = found_in(imported, table, profile)
    if progress:
        progress(len(founds), 3 * len(founds))
    columns, basis = columns_by_field(table, profile, imported.cluster_id), state_of_records()
    old = {(each.found["kind"], each.key): each for each in imported.items.all()}
    cases = [_case(found, old) for found in founds]
    verdicts = assessor(imported, founds, columns).judge(cases)
    items = [
        _item(imported, at, case, verdict, old) for at, (case, verdict) in enumerate(zip(cases, verdicts, strict=True))
    ]
    decisions = {each.pk: each.decision for each in old.values()}
    if progress:
        progress(2 * len(founds), 3 * len(founds))
    return Staged(items, decisions, columns, rows_below_header(table), basis)


def store(imported: Import, found: Staged, progress: Progress | None = None) -> None:
    """Write what was staged. Where nothing is decided yet, piece by piece, so that nobody waits long.

    Whoever calls makes sure that nobody sees or decides anything meanwhile.
    """
    with transaction.atomic() if any(found.decisions.values()) else nullcontext():
        items_replace(imported, found.items, lambda done: _tell_stored(progress, done, len(found.items)))
        note(imported.pk, columns=found.columns, rows=found.rows, basis=found.basis)


def decisions_of(imported: Import) -> dict[int, dict[str, Any]]:
    """Return what is decided of an import, by item."""
    return dict(imported.items.values_list("pk", "decision"))


def _tell_stored(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(2 * total + done, 3 * total)


def stage(imported: Import, table: Table, progress: Progress | None = None) -> None:
    """Find the records of a table, match them anew and write them, in one transaction."""
    with transaction.atomic():
        store(imported, staged(imported, table, progress), progress)


def stage_corrected(imported: Import, table: Table) -> None:
    """Find the records of a table whose cells were corrected; those that read as before keep their match."""
    profile = profile_from_json(imported.profile or {})
    founds, items = found_in(imported, table, profile), list(imported.items.all())
    if [(each.kind, each.key, list(each.rows)) for each in founds] != [
        (each.found["kind"], each.key, each.rows) for each in items
    ]:
        stage(imported, table)
        return
    pairs = [(item, found_as_json(found)) for item, found in zip(items, founds, strict=True)]
    changed = [item for item, found in pairs if not same_json(item.found, found)]
    for item, found in pairs:
        item.found = found
    items_write(changed, ("found",))
    others = [item for item in items if item not in changed]
    judge_some(imported, changed, others)


def same_json(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two records are alike once they went through JSON, which knows no tuples."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def found_in(imported: Import, table: Table, profile: Profile) -> list[Found]:
    """Return the records of a table; a row is in exactly one of them."""
    corrections = {(row, column): text for row, column, text in imported.corrections}
    if profile.id == WORKBOOK.id:
        return find_in_workbook(table, cluster=imported.cluster_id, corrections=corrections)
    if is_own(profile):
        return find_in_list(table, profile.kind, cluster=imported.cluster_id, corrections=corrections)
    return find(table, profile, imported.answers, corrections, cluster=imported.cluster_id)


def columns_by_field(table: Table, profile: Profile, cluster: str) -> dict[str, str]:
    """Return which column fills a field of the profile, as people see it: ``C, Beginn``.

    Our own workbook has a sheet for each kind: there fields are called ``Projekte/title``.
    """
    if profile.id == WORKBOOK.id:
        return columns_in_workbook(table, cluster)
    columns = columns_of(table)
    named = {each.index: f"{each.letter}, {each.header}" for each in columns}
    return {column.field: named[index] for index, column in sorted(placed_columns(columns, profile).items())}


def rows_below_header(table: Table) -> int:
    """Count the rows that have to be accounted for."""
    if version_of(table.sheet):
        sheets = Counter(place_of(row.number)[0] for row in table.rows)
        return sheets.total() - len(sheets)  # each sheet has one
    header = header_row(table).number
    return sum(row.number > header for row in table.rows)


def assessor(
    imported: Import, founds: Iterable[Found], columns: Mapping[str, str],
    claims: Mapping[tuple[str, str], int] | None = None,
) -> Assessor:  # fmt: skip
    """Return who judges records of an import."""
    return Assessor(imported.cluster_id, columns, {each.source for each in founds}, claims)


def _case(found: Found, old: Mapping[tuple[str, str], ImportItem]) -> Case:
    before = old.get((found.kind.value, found.key))
    return Case(found, before.decision if before else {})


def _item(
    imported: Import, at: int, case: Case, verdict: Verdict, old: Mapping[tuple[str, str], ImportItem]
) -> ImportItem:
    before = old.get((case.found.kind.value, case.found.key))
    return ImportItem(
        id=before.pk if before else None,
        imported=imported,
        position=at,
        first_row=case.row,
        row_count=len(case.found.rows),
        rows=list(case.found.rows),
        key=case.found.key,
        found=found_as_json(case.found),
        decision=dict(case.decision),
        **judged(verdict),
    )


def judged(verdict: Verdict) -> dict[str, Any]:
    """Return what an item keeps of a verdict."""
    parts = parts_of(verdict.reason)
    return {
        "outcome": verdict.outcome,
        "match": {**verdict.match, **({"reason": parts} if parts else {})},
        "takes": verdict.takes,
        "problems": verdict.problems,
        "reason": in_german(verdict.reason),
    }


def judge_anew(imported: Import, items: Sequence[ImportItem]) -> list[ImportItem]:
    """Match all items of an import again and store what changed; returns the items that now become something else."""
    cases = [Case(found_from_json(each.found), each.decision) for each in items]
    basis = state_of_records()
    verdicts = assessor(imported, [case.found for case in cases], imported.columns).judge(cases)
    changed, written = [], []
    for item, verdict in zip(items, verdicts, strict=True):
        if essence(item.outcome, item.match) != essence(verdict.outcome, verdict.match):
            changed.append(item)
        if judged(verdict) != {name: getattr(item, name) for name in judged(verdict)}:
            vars(item).update(judged(verdict))
            written.append(item)
    items_write(written, JUDGED)
    note(imported.pk, basis=basis)
    return changed


def judge_some(imported: Import, items: Sequence[ImportItem], others: Iterable[ImportItem]) -> None:
    """Match some items of an import again, the others being as they are, and store them."""
    cases = [Case(found_from_json(each.found), each.decision) for each in items]
    claims = claims_of(others)
    judge = assessor(imported, [case.found for case in cases], imported.columns, claims)
    for item, verdict in zip(items, judge.judge(cases), strict=True):
        vars(item).update(judged(verdict))
    items_write(items, JUDGED)


def claims_of(items: Iterable[ImportItem]) -> dict[tuple[str, str], int]:
    """Return which item means which stored or new record."""
    found: dict[tuple[str, str], int] = {}
    for item in items:
        chosen, kind = item.match.get("chosen"), item.found["kind"]
        if chosen:
            found[kind, chosen["code"]] = item.first_row
        elif kind == RecordKind.ACTORS and item.outcome == Outcome.NEW:
            found[kind, f"+{item.match['key']}"] = item.first_row
    return found


def essence(outcome: str, match: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what somebody relied on who looked at an item: which records are meant, and in what they differ."""
    chosen = match.get("chosen") or {}
    partners = [each["actor"] for each in match.get("partners", ())]
    return str(outcome), chosen.get("code"), partners, match.get("differences")


def state_of_records() -> list[int]:
    """Return a mark of what is stored: last entry and number of entries of every table that rows are compared with.

    The number as well: of two transactions the one that began later may end first, with the higher entry.
    """
    models = [model for kind in KINDS.values() for model in (kind.shape.model, *(p.model for p in kind.shape.parts))]
    found = [(model.history, "history_id") for model in models] + [(ImportedKey.objects, "pk")]
    marks = [rows.aggregate(last=Max(column), n=Count("*")) for rows, column in found]
    return [number or 0 for mark in marks for number in (mark["last"], mark["n"])]
