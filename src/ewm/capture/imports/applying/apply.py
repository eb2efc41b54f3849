"""Applies an import: looks at everything once more, writes, remembers what it wrote and under which keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from ewm.capture.imports.applying.writing import Writer
from ewm.capture.imports.cases import Case
from ewm.capture.imports.found import RecordKind, found_from_json
from ewm.capture.imports.models import ImportedKey, ImportedRecord, Outcome, Result, State
from ewm.capture.imports.rules import NOTHING_TO_TAKE, TOO_MANY_AT_ONCE
from ewm.capture.imports.staging import JUDGED, assessor, essence, judged, state_of_records
from ewm.capture.imports.storing import items_end, items_write, keys_note, label_of, move, records_note
from ewm.capture.refusing import refuse_all
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ewm.capture.imports.assessing import Verdict
    from ewm.capture.imports.models import Import, ImportItem
    from ewm.errors import Refusal

    Progress = Callable[[int, int], None]

_LONGEST_REASON = 200
MOST_ON_SQLITE = 10_000
"""Records that one import may write there: seconds of the twenty that a writer waits."""
TAKEN = (Outcome.NEW, Outcome.KNOWN)


class ChangedSinceError(Exception):
    """Records have changed since somebody looked at the items: their rows."""

    def __init__(self, rows: list[int]) -> None:
        self.rows = rows
        super().__init__(rows)


class RefusedRowsError(RefusedError):
    """Rules refused records; ``rows``: the first row of the file that speaks of a record, by code."""

    def __init__(self, refusals: list[Refusal], rows: Mapping[str, int]) -> None:
        super().__init__(refusals)
        self.rows = dict(rows)


class Steps:
    """Counts what is done."""

    def __init__(self, total: int, progress: Progress | None, *, done: int = 0) -> None:
        self._done, self._total, self._progress = done, total, progress

    def __call__(self, done: int) -> None:
        """Tell that so many more are done."""
        self._done = min(self._done + done, self._total)
        if self._progress:
            self._progress(self._done, self._total)


class OvertakenError(Exception):
    """What was prepared no longer holds: others wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The items of an import as they are to be written, and the state of the records with which they were compared."""

    items: list[ImportItem]
    cases: list[Case]
    verdicts: list[Verdict]
    basis: list[int]


def prepare(imported: Import, progress: Progress | None) -> Prepared:
    """Look at everything once more; nothing is written, and nobody has to wait meanwhile."""
    basis = state_of_records()
    items = list(imported.items.all())
    cases = [Case(found_from_json(each.found), each.decision) for each in items]
    verdicts = assessor(imported, [case.found for case in cases], imported.columns).judge(cases)
    Steps(3 * len(items), progress)(len(items))
    return Prepared(items, cases, verdicts, basis)


def apply(imported: Import, reason: str, progress: Progress | None, prepared: Prepared | None = None) -> Writer:
    """Write the items of an import within the caller's transaction; ``prepared`` makes that transaction short.

    Raises ChangedSinceError where something that is written would become something else than was looked at,
    RefusedError where a rule refuses a record or there is nothing to take over, OvertakenError where others wrote since
    it was prepared.
    """
    if prepared and prepared.basis != state_of_records():
        raise OvertakenError
    ready = prepared or prepare(imported, progress)
    items, cases, verdicts = ready.items, ready.cases, ready.verdicts
    tell = Steps(3 * len(items), progress, done=len(items))
    _refuse_changed(items, verdicts)
    if not any(each.outcome in TAKEN for each in verdicts):
        refuse_all([NOTHING_TO_TAKE.refuse(label_of(imported))])
    _refuse_too_many(imported, verdicts)
    writer = Writer(reason_of(imported, reason), bool(reason.strip()), tell)
    for case, verdict in zip(cases, verdicts, strict=True):
        if verdict.outcome not in TAKEN:
            case.entry = None
    try:
        writer.write(cases)
    except RefusedError as error:
        raise RefusedRowsError(error.refusals, writer.rows) from error
    _remember(imported, items, cases, verdicts, writer)
    tell(3 * len(items))
    return writer


def _refuse_too_many(imported: Import, verdicts: Sequence[Verdict]) -> None:
    """On SQLite nobody else can write meanwhile: not for longer than whoever saves a form waits."""
    number = sum(_writes(each.outcome, takes=each.takes) for each in verdicts)
    if connection.vendor == "sqlite" and number > MOST_ON_SQLITE:
        refuse_all([TOO_MANY_AT_ONCE.refuse(label_of(imported), f"{number}, höchstens {MOST_ON_SQLITE}")])


def reason_of(imported: Import, reason: str) -> str:
    """Return what the histories of all records say: ``Import 17: liste.csv``, and why."""
    told = f"{label_of(imported)}: {imported.file_name}"
    return (f"{told}; {reason.strip()}" if reason.strip() else told)[:_LONGEST_REASON]


def _refuse_changed(items: Sequence[ImportItem], verdicts: Sequence[Verdict]) -> None:
    rows = [
        item.first_row
        for item, verdict in zip(items, verdicts, strict=True)
        if _writes(item.outcome, takes=item.takes) or _writes(verdict.outcome, takes=verdict.takes)
        if essence(item.outcome, item.match) != essence(verdict.outcome, verdict.match)
    ]
    if rows:
        raise ChangedSinceError(rows)


def _writes(outcome: str, *, takes: bool) -> bool:
    return outcome == Outcome.NEW or takes


def _remember(
    imported: Import, items: Sequence[ImportItem], cases: Sequence[Case], verdicts: Sequence[Verdict], writer: Writer
) -> None:
    records_note([
        ImportedRecord(
            imported=imported, kind=each.kind, row=each.row, code=each.code, created=each.created, version=each.version
        )
        for each in writer.written
    ])  # fmt: skip
    anew = []
    for at, (item, case, verdict) in enumerate(zip(items, cases, verdicts, strict=True)):
        told = judged(verdict)
        if told != {name: getattr(item, name) for name in told}:
            vars(item).update(told)
            anew.append(item)
        item.result, item.result_code = _result(verdict, case, writer.code_of.get(at))
    items_write(anew, JUDGED)
    items_end(items)
    keys: dict[tuple[str, ...], ImportedKey] = {}
    for item, case in zip(items, cases, strict=True):
        if item.result_code is not None:
            for kind, key, code, said in _keys(item, case, writer):
                row = ImportedKey(imported=imported, kind=kind, source=case.found.source, key=key, code=code, said=said)
                keys.setdefault((kind, case.found.source, key), row)
    keys_note(list(keys.values()))


def _result(verdict: Verdict, case: Case, code: str | None) -> tuple[Result, str | None]:
    if verdict.outcome == Outcome.NEW:
        return Result.CREATED, code
    if verdict.outcome == Outcome.KNOWN:
        return (Result.CHANGED if verdict.takes else Result.SAME), case.chosen
    return Result.NOT_TAKEN, None


def _keys(item: ImportItem, case: Case, writer: Writer) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield kind, key, code and what was said of a record and of the organisations that it names."""
    key = case.key if case.is_actor else item.key
    yield case.found.kind.value, key, str(item.result_code), dict(case.found.values)
    for partner in case.partners:
        code = writer.codes.get(str(partner.actor), str(partner.actor))
        if not code.startswith("+") and not partner.found.code:
            yield RecordKind.ACTORS.value, partner.key, code, {}


def applied(imported: Import, reason: str) -> Import:
    """Bring an import to its state after everything is written."""
    return move(
        imported.pk,
        (State.REVIEWING, State.APPLYING),
        State.APPLIED,
        applied_at=timezone.now(),
        reason=reason.strip(),
        message="",
    )
