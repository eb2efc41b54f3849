"""An import in one go, as the command line does it: everything that is sure is taken over, the rest is told.

Whatever ends it before it is applied leaves no trace: no import, no file, no record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from ewm.capture.imports import files
from ewm.capture.imports.known import is_own, known_profiles, sheet_note
from ewm.capture.imports.models import Import, ImportItem, Outcome
from ewm.capture.imports.profiles import profile_from_json
from ewm.capture.imports.profiles.headers import header_key
from ewm.capture.imports.reading.sheet_scan import column_letters
from ewm.capture.imports.services import (
    import_apply,
    import_begun,
    import_decide_all,
    import_decide_many,
    import_map,
    import_read,
    import_table,
)
from ewm.capture.imports.storing import import_of
from ewm.capture.imports.summary import Summary, summary_of
from ewm.capture.imports.values import questions
from ewm.errors import MissingError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.values import Question

    Tell = Callable[[str, int, int], None]

_ATTEMPTS = 3
_READ, _FOUND, _APPLIED = "wird gelesen", "Zeilen werden abgeglichen", "wird übernommen"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What whoever calls wants: profile by id or label, answers by letter or header of the column, sheet.

    ``similar``: ``new`` makes new records of similar ones, ``skip`` leaves them out, empty leaves them undecided and
    so out, too. ``take``: fields of known records that differ are taken over.
    """

    cluster: str
    profile: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    similar: str = ""
    take: bool = False
    dry_run: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of it: the import (its number is empty after a dry run), its numbers, what it wrote, its items.

    ``note``: that another sheet was read than the one that the profile names; mostly empty.
    """

    number: int | None
    profile: str
    applied: bool
    summary: Summary
    created: Mapping[str, int]
    changed: Mapping[str, int]
    items: Sequence[ImportItem]
    note: str = ""


def import_at_once(*, file: IO[bytes], name: str, account: int | None, wanted: Wanted, tell: Tell) -> Finished:
    """Read, match and apply a file; a dry run writes nothing.

    Raises UnreadableFileError, MissingError where a profile or an answer is missing, RefusedError of the steps.
    """
    with import_begun(file=file, name=name, cluster=wanted.cluster, account=account) as begun:
        return _in_one_go(begun.pk, account, wanted, tell)


def _in_one_go(pk: int, account: int | None, wanted: Wanted, tell: Tell) -> Finished:
    applied = False
    try:
        sheet = wanted.sheet or (found.sheet if (found := _called(wanted.profile)) else "")
        import_read(imported=pk, sheet=sheet, progress=lambda done, total: tell(_READ, done, total))
        _map(pk, wanted, tell)
        if wanted.dry_run:
            return _rehearsed(pk, account)
        applied = _apply(pk, account, wanted, tell)
        return _finished(pk, applied=applied)
    finally:
        if not applied:
            Import.objects.filter(pk=pk).delete()
            files.forget(pk)


def _map(pk: int, wanted: Wanted, tell: Tell) -> None:
    profile = _profile(pk, wanted.profile)
    answers = {} if is_own(profile) else _answers(pk, profile, wanted.answers)
    import_map(
        imported=pk, profile=profile, answers=answers, progress=lambda done, total: tell(_FOUND, done, total)
    )  # fmt: skip
    if wanted.similar:
        import_decide_all(imported=pk, similar=wanted.similar)
    if wanted.take:
        differing = {
            item.pk: {**item.decision, "take": [each["field"] for each in item.match["differences"]]}
            for item in import_of(pk).items.filter(outcome=Outcome.KNOWN)
            if item.match.get("differences")
        }
        import_decide_many(imported=pk, decisions=differing)


def _called(name: str) -> Profile | None:
    """Return the known profile of this id or name."""
    wanted = header_key(name)
    return next(
        (each for each in known_profiles() if name and wanted in {header_key(each.id), header_key(each.label)}), None
    )


def _profile(pk: int, called: str) -> Profile:
    """Return the profile of this id or name, without one the recognised; raises MissingError that names them all."""
    if found := _called(called):
        return found
    if not called and (stored := import_of(pk).profile):
        return profile_from_json(stored)
    names = "; ".join(f"{each.id} ({each.label})" for each in known_profiles())
    what = f"Ein Profil „{called}“ gibt es nicht." if called else "Die Datei hat keinen Aufbau, der bekannt ist."
    raise MissingError(
        f"{what} Bekannt sind: {names}. Bitte eines mit --profile nennen, oder die Spalten im Browser zuordnen und als "
        "Profil speichern (Projekte › Importe)."
    )


def _answers(pk: int, profile: Profile, given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by number of the column; raises MissingError for questions that nobody answered."""
    answers: dict[str, str] = {}
    open_ones: list[Question] = []
    for each in questions(import_table(imported=pk), profile):
        names = {header_key(column_letters(each.column + 1)), header_key(each.header)}
        text = next((text for name, text in given.items() if header_key(name) in names), None)
        reading = next((key for key, meaning in each.readings if text in (key, meaning)), None)
        if reading is None:
            open_ones.append(each)
        else:
            answers[str(each.column)] = reading
    if open_ones:
        raise MissingError("\n".join(map(_asked, open_ones)))
    return answers


def _asked(question: Question) -> str:
    letter = column_letters(question.column + 1)
    ways = " oder ".join(f"--answer '{letter}={key}' ({meaning})" for key, meaning in question.readings)
    return f"Spalte {letter}, {question.header}: Was heißt „{question.example}“? Bitte angeben: {ways}."


def _apply(pk: int, account: int | None, wanted: Wanted, tell: Tell) -> bool:
    """Apply what can be; a record that a rule refuses becomes an error, and the others are tried again."""
    for last in (*(False for _ in range(_ATTEMPTS - 1)), True):
        summary = summary_of(import_of(pk))
        if not (summary.new.items or summary.known.items or summary.changed.items):
            return False
        try:
            import_apply(
                imported=pk, account=account, reason=wanted.reason,
                progress=lambda done, total: tell(_APPLIED, done, total),
            )  # fmt: skip
        except RefusedError:
            if last or summary_of(import_of(pk)) == summary:
                raise
        else:
            return True
    return False


def _rehearsed(pk: int, account: int | None) -> Finished:
    """Apply and take it back at once: what a rule refuses is seen in the items."""
    nobody = Wanted(import_of(pk).cluster_id)
    with transaction.atomic():
        applied = _apply(pk, account, nobody, lambda *_: None)
        found = _finished(pk, applied=applied, dry=True)
        transaction.set_rollback(True)
    return found


def _finished(pk: int, *, applied: bool, dry: bool = False) -> Finished:
    imported = import_of(pk)
    counted: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for kind, created in imported.records.values_list("kind", "created"):
        counted[created][kind] = counted[created].get(kind, 0) + 1
    return Finished(
        number=pk if applied and not dry else None,
        profile=imported.profile_label,
        applied=applied and not dry,
        summary=summary_of(imported),
        created=counted[True],
        changed=counted[False],
        items=tuple(imported.items.all()),
        note=sheet_note(profile_from_json(imported.profile or {}), import_table(imported=pk)),
    )


def _differs(item: ImportItem) -> bool:
    return item.outcome == Outcome.KNOWN and not item.takes and bool(item.match.get("differences"))


def as_result(done: Finished) -> dict[str, Any]:
    """Return the numbers as JSON: every row of the file is in one of the tallies.

    ``differing``: known records from which the file differs, and of which nothing is taken over.
    """
    return {
        "import": done.number,
        "profile": done.profile,
        "note": done.note,
        "applied": done.applied,
        **done.summary.as_json(),
        "adds_up": done.summary.adds_up,
        "created": dict(done.created),
        "updated": dict(done.changed),
        "differing": sum(map(_differs, done.items)),
    }
