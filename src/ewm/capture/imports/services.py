"""The steps of an import, one function each: begin, read, map, correct, decide, apply, take back, discard.

Every step begins with the state in which it makes sense and refuses all others (RefusedError), so that a second click,
a second window or another person never does it twice.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.applying import import_apply
from ewm.capture.imports.carrying import carried
from ewm.capture.imports.known import recognised, sheet_named
from ewm.capture.imports.models import LONGEST_LABEL, LONGEST_NAME, Import, ImportProfile, State
from ewm.capture.imports.profiles import profile_as_json
from ewm.capture.imports.reading import LIMITS, UnreadableFileError, read_to
from ewm.capture.imports.reading.whole import version_of
from ewm.capture.imports.reviewing import (
    import_correct,
    import_decide,
    import_decide_all,
    import_decide_many,
    import_map,
    import_table,
)
from ewm.capture.imports.rules import PROFILE_NAME_ONCE
from ewm.capture.imports.storing import import_of, items_replace, move, note
from ewm.capture.imports.undoing import import_undo
from ewm.capture.imports.workbook.finding import columns_in_workbook
from ewm.capture.refusing import refuse_all
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.rules import Use, check_cluster
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Limits, Table

    Progress = Callable[[int, int], None]
    """Told how much of how much is done; may raise to stop."""

__all__ = [
    "OPEN", "import_apply", "import_begin", "import_begun", "import_correct", "import_decide",
    "import_decide_all", "import_decide_many", "import_discard", "import_map", "import_read",
    "import_table", "import_undo", "profile_remove", "profile_save",
]  # fmt: skip

OPEN = (State.MAPPING, State.REVIEWING)
"""States in which nothing is written yet and somebody may still change everything."""


def import_begin(*, file: IO[bytes], name: str, cluster: str, account: int | None) -> Import:
    """Keep a file and begin its import; it is read next (``import_read``). Nothing of it is looked at yet.

    Raises RefusedError where there is no such cluster.
    """
    with import_begun(file=file, name=name, cluster=cluster, account=account) as imported:
        return imported


@contextmanager
def import_begun(*, file: IO[bytes], name: str, cluster: str, account: int | None) -> Iterator[Import]:
    """Begin an import as ``import_begin`` does and carry on with it until the block ends.

    If the process ends before, others see it and hand the import on (``lost.hand_on``).
    """
    refuse_all(check_cluster(read_catalogue(), cluster, Use("Import", "cluster"), within_structure=True))
    called = name.replace("\\", "/").rpartition("/")[2].strip()[-LONGEST_NAME:] or "Datei"
    imported = Import(
        cluster_id=cluster, account=account, file_name=called, sha256="0" * 64, size=0, created_at=timezone.now()
    )
    with ExitStack() as held:
        with transaction.atomic():  # whoever sees it sees as well that somebody carries on with it
            imported.save()
            files.make_folder(imported.pk)
            held.enter_context(carried(imported.pk))
        try:
            kept = files.keep(imported.pk, called, file)
        except OSError:
            files.forget(imported.pk)
            imported.delete()
            raise
        note(imported.pk, size=kept.size, sha256=kept.sha256)
        yield import_of(imported.pk)


def import_read(*, imported: int, sheet: str = "", limits: Limits = LIMITS, progress: Progress | None = None) -> Import:
    """Read the file and recognise its layout: ``reading`` to ``mapping``.

    Also from ``mapping`` and ``reviewing``, to read another sheet. What cannot be read becomes ``failed``, with the
    reason as message; raises UnreadableFileError then.
    """
    with carried(imported):
        return _read(imported, sheet, limits, progress)


def _read(imported: int, sheet: str, limits: Limits, progress: Progress | None) -> Import:
    found = move(imported, (State.READING, *OPEN), State.READING)
    path = files.file_of(found.pk, found.file_name)
    try:
        read = partial(read_to, files.rows_of(imported), path, limits=limits, tell=progress)
        table = read(sheet=sheet) if sheet else _read_of_layout(read)
        if version_of(table.sheet):
            columns_in_workbook(table, found.cluster_id)
    except UnreadableFileError as error:
        move(imported, (State.READING,), State.FAILED, message=str(error))
        files.forget(imported)
        raise
    profile = recognised(table)
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


def _read_of_layout(read: Callable[..., Table]) -> Table:
    """Read the largest sheet, or the one that its layout names, unless nobody knows what that one holds."""
    table = read(sheet="")
    named, is_known = sheet_named(table), recognised(table) is not None  # the next reading takes its rows away
    if not named:
        return table
    other = read(sheet=named)
    return read(sheet=table.sheet) if is_known and not recognised(other) else other


def import_discard(*, imported: int) -> Import:
    """Give up an import that wrote nothing: to ``discarded``; its file and its items are removed."""
    with transaction.atomic():
        found = move(imported, OPEN, State.DISCARDED)
        items_replace(found, [])
    files.forget(imported)
    return found


def profile_save(*, name: str, profile: Profile, account: int | None) -> ImportProfile:
    """Save a layout under a name; raises RefusedError where the name is missing or taken."""
    called = " ".join(name.split())
    taken = ImportProfile.objects.filter(name=called).exists()
    refuse_all([
        *check_text(called or "Profil", "name", called, "import_profile_name_given", "", longest=LONGEST_LABEL),
        *([PROFILE_NAME_ONCE.refuse(called)] if taken else []),
    ])  # fmt: skip
    own = replace(profile, id=f"saved:{called}", label=called, saved=True)
    row = ImportProfile(name=called, account=account, profile=profile_as_json(own), saved_at=timezone.now())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        refuse_all([PROFILE_NAME_ONCE.refuse(called)])
    return row


def profile_remove(*, profile: int) -> None:
    """Forget a saved layout; imports that used it keep their copy."""
    ImportProfile.objects.filter(pk=profile).delete()
