"""Statuses of found projects: said by the file, or following from the days; the first stands at the support's begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ewm.capture.imports.finding import find
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.profiles import Column, Profile
from ewm.capture.imports.reading import Row, Table
from ewm.capture.imports.reading.container import Kind

if TYPE_CHECKING:
    from ewm.capture.imports.found import Found

TODAY = date(2020, 6, 15)
pytestmark = pytest.mark.usefixtures("innobb")
FIELDS = ("title", "support_start", "official_start", "official_end", "status", "status_from")
PROFILE = Profile(
    id="p",
    label="p",
    source="p",
    kind=RecordKind.PROJECTS,
    columns=tuple(Column((name,), name) for name in FIELDS),
    defaults={"is_rdi": False, "funding_state": "secured", "support_start": "{official_start}"},
)


def found(*cells: str | None) -> Found:
    rows = (Row(1, FIELDS), Row(2, ("Titel", *cells)))
    (only,) = find(Table(Kind.TEXT, "", (), rows), PROFILE, today=TODAY)
    return only


@pytest.mark.parametrize(
    ("cells", "statuses"),
    [
        # by the days alone
        ((None, "2020-06-15", None, None, None), {"2020-06-15": "running"}),
        ((None, "2020-06-16", None, None, None), {"2020-06-16": "approved"}),
        ((None, "2019-01-01", "2020-06-14", None, None), {"2019-01-01": "running", "2020-06-15": "finished"}),
        ((None, "2019-01-01", "2020-06-15", None, None), {"2019-01-01": "running"}),
        (("2018-05-01", "2019-01-01", "2030-01-01", None, None), {"2018-05-01": "approved", "2019-01-01": "running"}),
        (("2018-05-01", "2021-01-01", None, None, None), {"2018-05-01": "approved"}),
        (("2019-05-01", "2019-01-01", None, None, None), {"2019-05-01": "running"}),
        # said
        ((None, "2019-01-01", None, "Antragstellung", None), {"2019-01-01": "application"}),
        (
            (None, "2019-01-01", "2020-03-31", "regulär beendet", None),
            {"2019-01-01": "running", "2020-04-01": "finished"},
        ),
        ((None, "2019-01-01", None, "aborted", None), {"2019-01-01": "running", "2020-06-15": "aborted"}),
        ((None, "2020-06-15", None, "aborted", None), {"2020-06-15": "aborted"}),
        # said with its day
        ((None, "2019-01-01", None, "aborted", "2019-09-01"), {"2019-01-01": "running", "2019-09-01": "aborted"}),
        ((None, "2019-01-01", None, "running", "2019-09-01"), {"2019-01-01": "approved", "2019-09-01": "running"}),
        ((None, "2019-01-01", None, "application", "2018-09-01"), {"2019-01-01": "application"}),
    ],
)
def test_statuses(cells: tuple[str | None, ...], statuses: dict[str, str]) -> None:
    record = found(*cells)
    assert record.problems == ()
    assert record.values["status_events"] == [
        {"status_from": day, "status": status} for day, status in sorted(statuses.items())
    ]


def test_without_a_first_day_there_is_no_status() -> None:
    record = found(None, None, None, "running", None)
    assert "status_events" not in record.values
    assert [each.field for each in record.problems] == ["support_start"]
