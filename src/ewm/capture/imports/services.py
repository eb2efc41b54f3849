"""The steps of an import, one function each: begin, read, map, correct, decide, apply, take back, discard.

Every step begins with the state in which it makes sense and refuses all others (RefusedError), so that a second click,
a second window or another person never does it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.known import known_profiles
from ewm.capture.imports.models import LONGEST_NAME, Import, ImportItem, ImportProfile, State
from ewm.capture.imports.profiles import profile_as_json, recognise
from ewm.capture.imports.reading import LIMITS, UnreadableFileError, read_to
from ewm.capture.imports.storing import import_of, move, note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Limits, Table
    from ewm.capture.imports.summary import Summary
    from ewm.capture.imports.undoing import Undone

    Progress = Callable[[int, int], None]
    """Told how much of how much is done; may raise to stop."""

OPEN = (State.MAPPING, State.REVIEWING)
"""States in which nothing is written yet and somebody may still change everything."""


def import_begin(*, file: IO[bytes], name: str, cluster: str, account: int | None) -> Import:
    """Keep a file and begin its import; it is read next (``import_read``). Nothing of it is looked at yet."""
    called = name.replace("\\", "/").rpartition("/")[2].strip()[-LONGEST_NAME:] or "Datei"
    imported = Import(
        cluster_id=cluster, account=account, file_name=called, sha256="0" * 64, size=0, created_at=timezone.now()
    )
    imported.save()
    try:
        kept = files.keep(imported.pk, called, file)
    except OSError:
        files.forget(imported.pk)
        imported.delete()
        raise
    note(imported.pk, size=kept.size, sha256=kept.sha256)
    return import_of(imported.pk)


def import_read(*, imported: int, sheet: str = "", limits: Limits = LIMITS, progress: Progress | None = None) -> Import:
    """Read the file and recognise its layout: ``reading`` to ``mapping``.

    Also from ``mapping`` and ``reviewing``, to read another sheet. What cannot be read becomes ``failed``, with the
    reason as message; raises UnreadableFileError then.
    """
    found = move(imported, (State.READING, *OPEN), State.READING)
    path = files.file_of(found.pk, found.file_name)
    try:
        table = read_to(files.rows_of(imported), path, sheet=sheet, limits=limits, tell=progress)
    except UnreadableFileError as error:
        move(imported, (State.READING,), State.FAILED, message=str(error))
        files.forget(imported)
        raise
    recognised = recognise(table, known_profiles())
    profile = recognised.profile if recognised else None
    return move(
        imported,
        (State.READING,),
        State.MAPPING,
        sheet=table.sheet,
        cells=table.cells,
        profile=profile_as_json(profile) if profile else None,
        profile_label=profile.label if profile else "",
        answers={},
        corrections=[],
    )


def import_table(*, imported: int) -> Table:
    """Return what was read of the file; raises RefusedError where it is not read, or removed already."""
    raise NotImplementedError(imported)


def import_map(
    *, imported: int, profile: Profile | None = None, answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Import:  # fmt: skip
    """Find the records of the file by a profile (None: the recognised one) and match them: to ``reviewing``.

    ``answers`` say what ambiguous columns mean (``values.questions``). Decisions that were made on records which are
    found again stay. Raises RefusedError in other states than ``mapping`` and ``reviewing``.
    """
    raise NotImplementedError(imported, profile, answers, progress)


def import_correct(*, item: int, row: int, column: int, text: str) -> Import:
    """Read another text in place of one cell: row of the file, number of the column from 0. The item is judged anew.

    Raises RefusedError where the item has no such row or nothing may be changed any more.
    """
    raise NotImplementedError(item, row, column, text)


def import_decide(*, item: int, decision: Mapping[str, Any]) -> ImportItem:
    """Decide on one record: ``{"record": "new" | "skip" | CODE, "partners": {"0": "new" | CODE}, "take": [field]}``.

    What is left out stays open, ``{}`` takes everything back. Raises RefusedError where a code is not offered, a field
    does not differ, or nothing may be decided any more.
    """
    raise NotImplementedError(item, decision)


def import_decide_all(*, imported: int, similar: str) -> Import:
    """Decide everything that is open alike: ``new`` makes new records of similar ones, ``skip`` leaves them out.

    Fields that differ stay as they are stored.
    """
    raise NotImplementedError(imported, similar)


def import_apply(*, imported: int, account: int | None, reason: str = "", progress: Progress | None = None) -> Import:
    """Write everything that is new or chosen, in one transaction, through the channel import: to ``applied``.

    Records that are undecided or wrong are left out, with the reason. Raises RefusedError where nothing is to be
    written, where rules refuse a record (it stands as a problem at its item then), or where records have changed since
    the preview (those items are matched anew); then nothing is written and the import is ``reviewing``.
    """
    raise NotImplementedError(imported, account, reason, progress)


def import_cancel(*, imported: int) -> Import:
    """Stop an import that is being read, before anything is written: to ``cancelled``; its file is removed."""
    raise NotImplementedError(imported)


def import_discard(*, imported: int) -> Import:
    """Give up an import that wrote nothing: to ``discarded``; its file and its items are removed."""
    raise NotImplementedError(imported)


def import_undo(*, imported: int, account: int | None, leave_changed: bool = False, reason: str = "") -> Undone:
    """Take an applied import back as a whole, in one transaction: to ``taken_back``.

    What it created is removed, what it changed says again what it said before. Raises RefusedError where records were
    changed or are used since, each by name; with ``leave_changed`` exactly those stay (``Undone.left``).
    """
    raise NotImplementedError(imported, account, leave_changed, reason)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What an import would do: its numbers, its items in words, as they would be stored."""

    summary: Summary
    items: tuple[ImportItem, ...]


def import_dry_run(
    *, file: IO[bytes], name: str, cluster: str, account: int | None = None, profile: Profile | None = None,
    answers: Mapping[str, str] | None = None, similar: str = "",
) -> Rehearsed:  # fmt: skip
    """Do everything up to applying, and take all of it back: nothing is stored. Raises as the steps do."""
    raise NotImplementedError(file, name, cluster, account, profile, answers, similar)


def profile_save(*, name: str, profile: Profile, account: int | None) -> ImportProfile:
    """Save a layout under a name; raises RefusedError where the name is missing or taken."""
    raise NotImplementedError(name, profile, account)


def profile_remove(*, profile: int) -> None:
    """Forget a saved layout; imports that used it keep their copy."""
    ImportProfile.objects.filter(pk=profile).delete()
