"""Rows become records: grouped, completed by the profile, with every problem at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ewm.capture.imports.found import Found
    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Table


def find(
    table: Table,
    profile: Profile,
    answers: Mapping[str, str] | None = None,
    corrections: Mapping[tuple[int, int], str] | None = None,
    *,
    today: date | None = None,
) -> list[Found]:
    """Return the records of a table, those left out among them: every row below the header is in exactly one.

    ``answers``: by the number of the column (``"3"``, from 0), as ``questions`` offers them. ``corrections``: other
    texts for cells, by row of the file and number of the column. ``today`` decides what has begun or ended.
    """
    raise NotImplementedError(table, profile, answers, corrections, today)
