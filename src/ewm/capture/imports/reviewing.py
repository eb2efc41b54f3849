"""The steps between reading and applying: find and match, correct cells, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ewm.capture.imports import files
from ewm.capture.imports.cases import NEW, SKIP
from ewm.capture.imports.models import Import, ImportItem, Outcome, State
from ewm.capture.imports.profiles import profile_as_json
from ewm.capture.imports.rules import NO_ITEM, NO_PROFILE, NO_TABLE, UNKNOWN_CELL, UNKNOWN_DECISION
from ewm.capture.imports.staging import decisions_of, judge_some, stage_corrected, staged, store
from ewm.capture.imports.storing import import_of, label_of, locked, move, note, refusal_of
from ewm.capture.refusing import refuse_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Table
    from ewm.errors import Refusal

    Progress = Callable[[int, int], None]

LONGEST_CELL = 100_000
OPEN = (State.MAPPING, State.REVIEWING)
_MAPPED_FROM = (*OPEN, State.READING)
_PARTS = frozenset({"record", "partners", "take", "reason"})


def import_table(*, imported: int) -> Table:
    """Return what was read of the file; raises RefusedError where it is not read, or removed already."""
    table = files.kept_table(imported)
    if table is None:
        refuse_all([NO_TABLE.refuse(label_of(import_of(imported)))])
    assert table is not None  # noqa: S101 (refused above)
    return table


def import_map(
    *, imported: int, profile: Profile | None = None, answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Import:  # fmt: skip
    """Find the records of the file by a profile (None: the recognised one) and match them: to ``reviewing``.

    ``answers`` say what ambiguous columns mean (``values.questions``). Decisions that were made on records which are
    found again stay. Raises RefusedError in other states than ``mapping`` and ``reviewing`` (a task: ``reading``), and
    without a profile.
    """
    table, found = import_table(imported=imported), import_of(imported)
    if found.state not in _MAPPED_FROM:
        refuse_all([refusal_of(found)])
    _set_mapping(found, profile, answers)
    ready = staged(found, table, progress)
    if found.state == State.READING:  # a task: nobody else sees or decides anything meanwhile
        _note_mapping(found)
        store(found, ready, progress)
        return move(imported, (State.READING,), State.REVIEWING)
    with transaction.atomic():
        locked(imported, OPEN)
        _note_mapping(found)
        store(found, ready if ready.decisions == decisions_of(found) else staged(found, table), progress)
        return move(imported, OPEN, State.REVIEWING)


def _set_mapping(found: Import, profile: Profile | None, answers: Mapping[str, str] | None) -> None:
    """Say by which profile and answers the table is read; raises RefusedError without a profile."""
    if profile is not None:
        found.profile, found.profile_label = profile_as_json(profile), profile.label
    if found.profile is None:
        refuse_all([NO_PROFILE.refuse(label_of(found))])
    found.answers = dict(found.answers if answers is None else answers)


def _note_mapping(found: Import) -> None:
    note(found.pk, profile=found.profile, profile_label=found.profile_label, answers=found.answers, message="")


def import_correct(*, item: int, row: int, column: int, text: str) -> Import:
    """Read another text in place of one cell: row of the file, number of the column from 0. The item is judged anew.

    Raises RefusedError where the item has no such row or nothing may be changed any more.
    """
    with transaction.atomic():
        corrected = _item(item)
        imported = locked(corrected.imported_id, (State.REVIEWING,))
        table = import_table(imported=imported.pk)
        width = max(len(each.cells) for each in table.rows)
        if row not in corrected.rows or not 0 <= column < width or len(text) > LONGEST_CELL:
            refuse_all([UNKNOWN_CELL.refuse(label_of(imported), f"Zeile {row}, Spalte {column + 1}")])
        others = [each for each in imported.corrections if each[:2] != [row, column]]
        imported.corrections = [*others, [row, column, text]]
        note(imported.pk, corrections=imported.corrections)
        stage_corrected(imported, table)
        return import_of(imported.pk)


def import_decide(*, item: int, decision: Mapping[str, Any]) -> ImportItem:
    """Decide on one record: ``{"record": "new" | "skip" | CODE, "partners": {"0": "new" | CODE}, "take": [field]}``.

    What is left out stays open, ``{}`` takes everything back; ``reason`` says why it is skipped. What is said of an
    organisation holds wherever the file names it. Raises RefusedError where there is no such record or partner, or
    nothing may be decided any more.
    """
    import_decide_many(imported=_item(item).imported_id, decisions={item: decision})
    return _item(item)


def import_decide_many(*, imported: int, decisions: Mapping[int, Mapping[str, Any]]) -> Import:
    """Decide on many records of one import (decision by item) as ``import_decide`` does, all or none."""
    with transaction.atomic():
        found = locked(imported, (State.REVIEWING,))
        items = list(found.items.all())
        chosen = [item for item in items if item.pk in decisions]
        if len(chosen) < len(decisions):
            refuse_all([NO_ITEM.refuse(label_of(found))])
        refuse_all(each for item in chosen for each in _wrong(found, item, decisions[item.pk]))
        touched = {key for item in chosen for key in _organisations(item, decisions[item.pk])}
        for item in chosen:
            item.decision = {name: value for name, value in decisions[item.pk].items() if name in _PARTS}
        anew = [item for item in items if item.pk in decisions or touched & _keys(item)]
        judged = {item.pk for item in anew}
        judge_some(found, anew, [item for item in items if item.pk not in judged])
        return import_of(imported)


def _wrong(imported: Import, item: ImportItem, decision: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield what does not fit the item; whether a code exists is seen when it is matched."""
    place = f"{label_of(imported)}, Zeile {item.first_row}"
    if unknown := sorted(decision.keys() - _PARTS):
        yield UNKNOWN_DECISION.refuse(place, ", ".join(unknown))
    record, partners = decision.get("record"), decision.get("partners") or {}
    if record is not None and record not in (NEW, SKIP) and not _is_code(record):
        yield UNKNOWN_DECISION.refuse(place, str(record))
    named = [str(at) for at in range(len(item.found["partners"]))]
    for at, actor in partners.items():
        if at not in named or not (actor == NEW or _is_code(actor)):
            yield UNKNOWN_DECISION.refuse(place, f"{at}: {actor}")
    if not all(isinstance(each, str) for each in decision.get("take") or ()):
        yield UNKNOWN_DECISION.refuse(place, "take")


def _is_code(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 40


def _organisations(item: ImportItem, decision: Mapping[str, Any]) -> set[str]:
    """Return the keys of the organisations about which something else is decided now."""
    before, now = item.decision.get("partners") or {}, decision.get("partners") or {}
    changed = {at for at in {*before, *now} if before.get(at) != now.get(at)}
    partners = item.match.get("partners", ())
    keys = {partners[int(at)]["key"] for at in changed if int(at) < len(partners)}
    if item.match.get("key") and item.decision.get("record") != decision.get("record"):
        keys.add(item.match["key"])
    return keys


def _keys(item: ImportItem) -> set[str]:
    return {each["key"] for each in item.match.get("partners", ())} | {item.match.get("key") or ""} - {""}


def import_decide_all(*, imported: int, similar: str) -> Import:
    """Decide everything that is open alike: ``new`` makes new records of similar ones, ``skip`` leaves them out.

    Fields that differ stay as they are stored.
    """
    decisions: dict[int, dict[str, Any]] = {}
    for item in import_of(imported).items.filter(outcome=Outcome.DECIDE):
        decided = dict(item.decision)
        if similar == SKIP:
            decided["record"] = SKIP
        else:
            if not item.match.get("chosen") and item.match.get("record") is None and "record" not in decided:
                decided["record"] = NEW
            named = enumerate(item.match.get("partners", ()))
            open_ones = {str(at): NEW for at, each in named if each["actor"] is None}
            decided["partners"] = {**open_ones, **(decided.get("partners") or {})}
        decisions[item.pk] = decided
    return import_decide_many(imported=imported, decisions=decisions)


def _item(pk: int) -> ImportItem:
    found = ImportItem.objects.filter(pk=pk).first()
    if found is None:
        refuse_all([NO_ITEM.refuse(f"Eintrag {pk}")])
    assert found is not None  # noqa: S101 (refused above)
    return found
