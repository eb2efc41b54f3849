"""Remove what is no longer needed: uploaded files once their import cannot be taken back, imports given up long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.imports import files
from ewm.capture.imports.models import RUNNING, Import
from ewm.capture.imports.services import OPEN, import_discard
from ewm.capture.imports.undoing import UNDO_DAYS

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tidied:
    """Numbers of the imports whose file was removed, and of those that were discarded."""

    removed: tuple[int, ...]
    discarded: tuple[int, ...]


def imports_tidy(*, now: datetime | None = None) -> Tidied:
    """Remove files of imports that were begun more than ninety days ago; those still under review are discarded.

    What was written stays, and so do the results and the keys by which the source's next file is matched.
    """
    limit = (now or timezone.now()) - timedelta(days=UNDO_DAYS)
    given_up = list(Import.objects.filter(state__in=OPEN, created_at__lt=limit).values_list("pk", flat=True))
    for pk in given_up:
        import_discard(imported=pk)
    done = Import.objects.exclude(state__in=(*OPEN, *RUNNING)).filter(created_at__lt=limit)
    applied = done.exclude(applied_at__gte=limit).order_by("pk").values_list("pk", flat=True)
    removed = [pk for pk in applied if files.folder_of(pk).exists()]
    for pk in removed:
        files.forget(pk)
    return Tidied(tuple(removed), tuple(given_up))
