"""What a term's form proves of its keys holds in the rows, and what it does not prove is still looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.proof import keys_in
from ewm.indicators.rows import Timing
from ewm.indicators.run import compute, create_terms
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.programme import Programme

TIME = {Timing.STATIC: [], Timing.RANGED: ["from_year"], Timing.YEARLY: ["reporting_year"]}


def term(head: str, body: str) -> Sheet:
    return sheet(f"id: T-90\nterm: probe\ntitle: Probe\n{head}", f"[S1] Probe.\n{body}")


def value(sql: str) -> str:
    return f"```sql value word_of_probe\n{sql}\n```\n"


UNIQUE = [
    ("of: projects\nkey: project_id", value("is_rdi")),
    ("of: project_funding\nkey: project_id", value("sum(amount)")),
    ("of: project_funding\nkey: project_id", value("amount") + "```sql first\namount desc\n```\n"),
    ("of: projects\nwith: project_participations\nkey: [project_id, actor_id]", value("is_rdi")),
    ("of: projects\nwith: [project_participations, project_funding]\nkey: [project_id, actor_id]", value("is_rdi")),
]
OPEN = [
    ("of: project_funding\nkey: project_id", value("amount")),
    ("of: projects\nwith: [project_participations, project_funding]\nkey: [project_id, actor_id]", value("amount")),
    (
        "of: project_funding\nkey: [project_id, programme_id]",
        value("sum(amount)") + "```sql value other\namount\n```\n",
    ),
]


@pytest.mark.parametrize(("head", "body"), UNIQUE)
def test_the_form_proves_the_key(head: str, body: str) -> None:
    assert Compiler(methodology(term(head, body))).term("probe").unique


@pytest.mark.parametrize(("head", "body"), OPEN)
def test_the_form_leaves_the_key_open(head: str, body: str) -> None:
    assert not Compiler(methodology(term(head, body))).term("probe").unique


def test_what_is_proved_of_the_delivered_terms_holds_in_the_rows(programme: Programme, delivered: Methodology) -> None:
    compiler = Compiler(delivered)
    names = dict.fromkeys(name for one in delivered.indicators for name in compiler.indicator(one).uses)
    tables = compiler.needed(names)
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=120, seed=5))
        create_terms(connection, tables)
        for table in tables:
            keys = ", ".join([*table.sheet.key, *TIME[table.timing]])
            query = f"SELECT {keys} FROM {table.name} GROUP BY {keys} HAVING COUNT(*) > 1"  # noqa: S608
            assert connection.execute(query).fetchall() == []
    proved = {table.name for table in tables if table.unique}
    assert {"project_membership", "counting_level", "consortium", "project_outside_cluster"} <= proved
    assert "actor_line" not in proved


def test_a_doubled_key_that_the_form_leaves_open_is_found(programme: Programme) -> None:
    probe = term("of: project_funding\nkey: project_id", value("amount"))
    counts = sheet("id: P-90\ntitle: Zahl\nof: new_project\ncounts: project_id\nby: word_of_probe", COUNT)
    built = methodology(NEW_PROJECT, probe, counts)
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=40, seed=3))
        connection.execute(
            "INSERT INTO project_funding SELECT * REPLACE (-funding_id AS funding_id) FROM project_funding"
        )
        with pytest.raises(ContentError, match="nicht eindeutig"):
            compute(connection, built, [counts])


@pytest.mark.parametrize(
    ("sql", "expected"), [("term_id", ["term_id"]), ("coalesce(parent_id, term_id)", []), ("series_id", [])]
)
def test_a_word_that_is_its_key_tells_apart_what_the_key_does(sql: str, expected: list[str]) -> None:
    built = methodology(term("of: terms\nkey: term_id", value(sql)))
    assert list(keys_in(["word_of_probe", "unknown"], built.words)) == expected
