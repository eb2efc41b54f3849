"""What compiled statements compute: units without double counting, levels, changed rules, attributes of every year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler, ranges
from ewm.indicators.run import compute, result_table
from ewm.indicators.sheet import FIRST_YEAR, LAST_YEAR, Sheet, Years
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.support.random_region import fill
from tests.support.snapshots import complete_rows

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology

YEARS = (2017, 2018, 2019, 2020)


def results(rows: dict[str, list[dict[str, object]]], built: Methodology, one: Sheet) -> dict[tuple[Any, ...], Any]:
    """Compute one indicator: (year, level, k1, k2) to its values."""
    with duckdb.connect() as connection:
        fill(connection, complete_rows(rows, YEARS))
        compute(connection, built, [one])
        found = connection.execute(f"SELECT * EXCLUDE (population, cluster_id) FROM {result_table(one)}").fetchall()  # noqa: S608
    return {row[:4]: row[4:] if len(row) > 5 else row[4] for row in found}


def project(number: int, **columns: object) -> dict[str, object]:
    return {"project_id": number, "support_start": date(2020, 5, 1), **columns}


def test_years_are_cut_where_a_sentence_begins_or_ends() -> None:
    assert ranges([]) == (Years(),)
    assert ranges([Years(FIRST_YEAR, 2018), Years(2019, LAST_YEAR)]) == (
        Years(FIRST_YEAR, 2018),
        Years(2019, LAST_YEAR),
    )
    assert ranges([Years(2018, 2019)]) == (Years(FIRST_YEAR, 2017), Years(2018, 2019), Years(2020, LAST_YEAR))


def test_a_sum_at_the_brace_counts_a_project_once() -> None:
    guideline = sheet(
        "id: T-08\nterm: branch_of\ntitle: Ast\nof: terms\nkey: term_id",
        "[S1] Satz.\n```sql value branch\ncoalesce(parent_id, term_id)\n```\n",
    )
    body = COUNT + "[S2] Summe.\n```sql value volume\nsum(project_volume)\n```\n"
    one = sheet(
        "id: P-08\ntitle: x\nof: new_project\nwith: project_assignments\ncounts: project_id\nby: branch > term_id", body
    )
    rows: dict[str, list[dict[str, object]]] = {
        "terms": [
            {"term_id": "a"},
            {"term_id": "a1", "parent_id": "a"},
            {"term_id": "a2", "parent_id": "a"},
            {"term_id": "b"},
        ],
        "projects": [project(1, project_volume=100), project(2, project_volume=30)],
        "project_assignments": [
            {"project_id": 1, "term_id": "a1"},
            {"project_id": 1, "term_id": "a2"},
            {"project_id": 2, "term_id": "a2"},
            {"project_id": 2, "term_id": "b"},
        ],
    }
    assert results(rows, methodology(NEW_PROJECT, guideline, one), one) == {
        (2020, "total", None, None): (2, 130),
        (2020, "branch", "a", None): (2, 130),
        (2020, "branch", "b", None): (1, 30),
        (2020, "branch > term_id", "a", "a1"): (1, 100),
        (2020, "branch > term_id", "a", "a2"): (2, 130),
        (2020, "branch > term_id", "b", "b"): (1, 30),
    }


def test_an_attribute_of_every_year_takes_that_year_s_value() -> None:
    status = sheet(
        "id: T-13\nterm: status_of_year\ntitle: x\nof: project_status_events\nkey: project_id\npartial: true",
        "[S1] Bis Jahresende.\n```sql where\nstatus_from <= $year_end\n```\n"
        "[S2] Der letzte.\n```sql first\nstatus_from desc\n```\n```sql value status_then\nstatus\n```\n",
    )
    running = sheet(
        "id: T-02\nterm: running_project\ntitle: x\nof: projects\nkey: project_id",
        "[S1] x\n```sql where\nsupport_start <= $year_end\n```\n",
    )
    one = sheet("id: P-02\ntitle: x\nof: running_project\ncounts: project_id\nby: status_then", COUNT)
    rows: dict[str, list[dict[str, object]]] = {
        "projects": [project(1, support_start=date(2019, 3, 1))],
        "project_status_events": [
            {"project_id": 1, "status_from": date(2019, 3, 1), "status": "preparation"},
            {"project_id": 1, "status_from": date(2019, 12, 31), "status": "running"},
            {"project_id": 1, "status_from": date(2020, 1, 1), "status": "finished"},
        ],
    }
    found = results(rows, methodology(status, running, one), one)
    assert found[2019, "status_then", "running", None] == 1
    assert found[2020, "status_then", "finished", None] == 1
    assert len(found) == 4


def test_parts_and_wholes_stay_integers_and_a_limited_value_stays_on_its_level() -> None:
    body = (
        "[S1] x\n```sql value share\nsum(case when is_rdi then project_volume else 0 end) / sum(project_volume)\n```\n"
        "[S2] y\n```sql value n for status_at_cut_off\ncount(*)\n```\n"
    )
    one = sheet("id: P-04\ntitle: x\nof: new_project\ncounts: project_id\nby: status_at_cut_off", body)
    rows: dict[str, list[dict[str, object]]] = {
        "projects": [
            project(1, is_rdi=True, project_volume=1),
            project(2, project_volume=2),
            project(3, status_at_cut_off="aborted"),
        ]
    }
    assert results(rows, methodology(NEW_PROJECT, one), one) == {
        (2020, "total", None, None): (1, 3, None),
        (2020, "status_at_cut_off", "running", None): (1, 3, 2),
    }


def test_a_term_with_a_doubled_key_is_refused_at_run_time() -> None:
    partner = sheet(
        "id: T-07\nterm: partner_role\ntitle: x\nof: project_participations\nkey: project_id",
        "[S1] x\n```sql value partner_is\nrole\n```\n",
    )
    one = sheet("id: P-01\ntitle: x\nof: new_project\ncounts: project_id\nby: partner_is", COUNT)
    rows: dict[str, list[dict[str, object]]] = {
        "projects": [project(1)],
        "project_participations": [{"project_id": 1, "actor_id": 1}, {"project_id": 1, "actor_id": 2}],
    }
    with pytest.raises(ContentError, match="„partner_role“ ist nicht eindeutig"):
        results(rows, methodology(NEW_PROJECT, partner, one), one)


@pytest.mark.parametrize(("head", "complaint"), [("", "keine Zeile"), ("\npartial: true", "kann leer sein")])
def test_an_attribute_without_a_row_is_refused_or_must_not_be_the_unit(head: str, complaint: str) -> None:
    holding = sheet(
        f"id: T-05\nterm: holding\ntitle: x\nof: actors\nkey: actor_id{head}",
        "[S1] x\n```sql where\nparent_id is null\n```\n```sql value holding_id\nactor_id\n```\n",
    )
    one = sheet("id: A-01\ntitle: x\nof: new_project\nwith: project_participations\ncounts: holding_id", COUNT)
    rows: dict[str, list[dict[str, object]]] = {
        "actors": [{"actor_id": 1}, {"actor_id": 2, "parent_id": 1}],
        "projects": [project(1)],
        "project_participations": [{"project_id": 1, "actor_id": 2}],
    }
    with pytest.raises(ContentError, match=complaint):
        results(rows, methodology(NEW_PROJECT, holding, one), one)


def test_the_standalone_statement_gives_the_rows_of_the_run(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    for one in delivered.indicators:
        run = region.execute(f"SELECT * FROM {result_table(one)} ORDER BY ALL").fetchall()  # noqa: S608
        alone = region.execute(f"SELECT * FROM ({Compiler(delivered).standalone(one)}) ORDER BY ALL").fetchall()  # noqa: S608
        assert run == alone
        assert run
