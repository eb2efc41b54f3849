"""What becomes of an import whose applying was refused: problems at its items, anew to be reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ewm.capture.imports.models import Outcome, State
from ewm.capture.imports.problems import problems_of
from ewm.capture.imports.reading.whole import row_words
from ewm.capture.imports.rules import CHANGED_SINCE
from ewm.capture.imports.staging import judge_anew
from ewm.capture.imports.storing import items_write, label_of, locked, move
from ewm.capture.published import REASON_FOR_PUBLISHED
from ewm.errors import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.models import Import

_WRITING = (State.REVIEWING, State.APPLYING)
_SHOWN = 10


def note_refused(pk: int, error: RefusedError, rows: Mapping[str, int]) -> RefusedError:
    """Note what rules refused as problems of the items; returns the refusals with the rows of the file.

    A missing reason is nothing that the file could mend: it is told, and the items stay as they are.
    """
    with transaction.atomic():
        imported = locked(pk, _WRITING)
        refusals = [_at_row(imported, each, rows) for each in error.refusals]
        by_row = {row: each for each in imported.items.all() for row in each.rows}
        wrong = {}
        for each in error.refusals:
            item = by_row.get(rows.get(each.record, 0))
            if item is None or each.rule == REASON_FOR_PUBLISHED.name:
                continue
            told = problems_of([each], row=rows[each.record], columns=imported.columns, values=item.found["values"])
            item.problems = [*item.problems, *told]
            item.outcome, item.reason, item.takes = Outcome.ERROR, item.problems[0]["message"], False
            wrong[item.pk] = item
        items_write(wrong.values(), ("problems", "outcome", "reason", "takes"))
        move(pk, _WRITING, State.REVIEWING)
    return RefusedError(refusals)


def _at_row(imported: Import, refusal: Refusal, rows: Mapping[str, int]) -> Refusal:
    row = rows.get(refusal.record)
    label = f"{label_of(imported)}, {row_words(row)}" if row else label_of(imported)
    return Refusal(label, refusal.field, refusal.rule, refusal.message)


def note_changed(pk: int) -> RefusedError:
    """Match the items of an import anew; returns the refusal that names their rows."""
    with transaction.atomic():
        imported = locked(pk, _WRITING)
        changed = judge_anew(imported, list(imported.items.all()))
        move(pk, _WRITING, State.REVIEWING)
    rows = [row_words(item.first_row) for item in changed]
    more = f" und {len(rows) - _SHOWN} weitere" if len(rows) > _SHOWN else ""
    return RefusedError([CHANGED_SINCE.refuse(label_of(imported), ", ".join(rows[:_SHOWN]) + more)])
