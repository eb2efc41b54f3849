"""What is changed in a sheet to see whether a case notices: each kind of change, each where it applies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import sqlglot

from ewm.indicators.mutants import mutants
from ewm.indicators.sql_mutants import changes, sql
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet

if TYPE_CHECKING:
    from sqlglot import exp

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet


def changed(text: str) -> set[str]:
    """Return the changed expressions, where columns called ``left`` may be confused with ``right``."""

    def neighbour(column: exp.Column) -> str | None:
        return "right" if column.name == "left" else None

    return {sql(result) for _, result in changes(sqlglot.parse_one(text, dialect="duckdb"), neighbour)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > b", {"a >= b"}),
        ("a >= b", {"a > b"}),
        ("a < b", {"a <= b"}),
        ("a <= b", {"a < b"}),
        ("a = b", {"a <> b"}),
        ("a <> b", {"a = b"}),
        ("a and b", {"a OR b", "a", "b"}),
        ("a or b", {"a AND b", "a", "b"}),
        ("not a", {"a"}),
        ("a and b and c", {"(a OR b) AND c", "a AND c", "b AND c", "a AND b OR c", "a AND b", "c"}),
        ("not (a and b)", {"(a AND b)", "NOT (a OR b)", "NOT (a)", "NOT (b)"}),
        ("a is null", {"FALSE"}),
        ("a is not null", {"a IS NULL", "NOT FALSE"}),
        ("a in (x, y)", {"a IN (y)", "a IN (x)"}),
        ("a in (x)", {"FALSE"}),
        ("a not in (x, y)", {"a IN (x, y)", "NOT a IN (y)", "NOT a IN (x)"}),
        ("a + 7", {"a + 8", "a + 6"}),
        ("a - b", {"a + b"}),
        ("'7'", set()),
        ("coalesce(a, b, c)", {"COALESCE(a, b)"}),
        ("coalesce(a, b)", {"a"}),
        ("coalesce(a, false)", {"a", "COALESCE(a, TRUE)"}),
        ("sum(a)", {"MAX(a)"}),
        ("max(a)", {"MIN(a)"}),
        ("count(*)", set()),
        ("case when a then b end", {"NULL"}),
        ("case when a then b else c end", {"c", "CASE WHEN a THEN b END"}),
        ("case a when x then b when y then c end", {"CASE a WHEN y THEN c END", "CASE a WHEN x THEN b END"}),
        ("left < 3", {"left <= 3", "right < 3", "left < 4", "left < 2"}),
        ("t.left", {"t.right"}),
    ],
)
def test_changes_of_an_expression(text: str, expected: set[str]) -> None:
    assert changed(text) == expected


def test_order_and_groups_of_a_window_are_changed() -> None:
    assert changed("row_number() over (partition by a, b order by c desc, d)") == {
        "ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC, d)",
        "ROW_NUMBER() OVER (PARTITION BY a ORDER BY c DESC, d)",
        "ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY d)",
        "ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c DESC)",
        "ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c ASC, d)",
        "ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c DESC, d DESC)",
    }


def names(found: Methodology, sheet_id: str, contain: str = "") -> set[str]:
    return {m.name for m in mutants(found, found.sheet(sheet_id)) if contain in m.name}


def term(body: str, head: str = "of: projects\nkey: project_id") -> Methodology:
    return methodology(sheet(f"id: T-02\nterm: word\ntitle: Wort\n{head}", body))


def test_a_condition_is_dropped_and_columns_are_swapped_within_their_table_and_type() -> None:
    found = term("[S1] Groß.\n```sql where\nproject_volume > 5\n```\n```sql value large\nis_rdi\n```\n")
    assert names(found, "T-02") == {
        "T-02 S1 · Bedingung: project_volume > 5 → gestrichen",
        "T-02 S1 · Vergleich: project_volume > 5 → project_volume >= 5",
        "T-02 S1 · Zahl: 5 → 6",
        "T-02 S1 · Zahl: 5 → 4",
        "T-02 S1 · Spalte: project_volume → project_volume_regional",
        "T-02 S1 · Spalte: is_rdi → project_volume_estimated",
        "T-02 Kopf · key: project_id → project_volume",
    }


def test_words_are_swapped_within_their_term() -> None:
    words = sheet(
        "id: T-03\nterm: pair\ntitle: Paar\nof: projects\nkey: project_id",
        "[S1] Zwei.\n```sql value one\nis_rdi\n```\n```sql value two\nfunding_volume\n```\n",
    )
    uses = sheet(
        "id: P-01\ntitle: P\nof: new_project\ncounts: project_id", COUNT + "[S2] Nur.\n```sql where\none\n```\n"
    )
    found = methodology(NEW_PROJECT, words, uses)
    assert names(found, "P-01", "Spalte") == {"P-01 S2 · Spalte: one → two"}


def test_an_order_is_dropped_and_turned() -> None:
    found = term("[S1] Jüngster.\n```sql first\nsupport_start desc, title\n```\n```sql value large\nis_rdi\n```\n")
    assert names(found, "T-02", "Reihenfolge") == {
        "T-02 S1 · Reihenfolge: support_start DESC → gestrichen",
        "T-02 S1 · Reihenfolge: support_start DESC → support_start ASC",
        "T-02 S1 · Reihenfolge: title → gestrichen",
        "T-02 S1 · Reihenfolge: title → title DESC",
    }


def test_a_query_changes_text_and_form_alike() -> None:
    text = "[S1] Alle.\n```sql select\nselect actor_id, 3 as depth from actors\n```\n"
    found = term(text, "key: actor_id\ngives: depth")
    for mutant in mutants(found, found.sheet("T-02")):
        ((_, fragment),) = mutant.sheet.fragments("select")
        assert fragment.text == fragment.parts[0].sql(dialect="duckdb")
    assert names(found, "T-02", "Zahl") == {"T-02 S1 · Zahl: 3 → 4", "T-02 S1 · Zahl: 3 → 2"}
    assert names(found, "T-02", "Spalte") == {"T-02 S1 · Spalte: actor_id → parent_id"}


def test_the_border_between_versions_moves_and_an_open_end_stays_open() -> None:
    value = "```sql value large\nis_rdi\n```\n"
    only = "```sql where\nis_rdi\n```\n"
    found = term(f"[S1 | bis 2018] Alt.\n{value}[S1 | ab 2019] Neu.\n{value}[S2 | 2018-2019] Nur da.\n{only}")
    assert names(found, "T-02", "Gültigkeit") == {
        "T-02 S1 · Gültigkeit: bis 2018 / ab 2019 → bis 2019 / ab 2020",
        "T-02 S1 · Gültigkeit: bis 2018 / ab 2019 → bis 2017 / ab 2018",
        "T-02 S2 · Gültigkeit: 2018–2019 → 2019–2019",
        "T-02 S2 · Gültigkeit: 2018–2019 → 2017–2019",
        "T-02 S2 · Gültigkeit: 2018–2019 → 2018–2020",
        "T-02 S2 · Gültigkeit: 2018–2019 → 2018–2018",
    }
    (moved,) = [m.sheet for m in mutants(found, found.sheet("T-02")) if "→ bis 2017" in m.name]
    assert [str(sentence.years) for sentence in moved.sentences] == ["bis 2017", "ab 2018", "2018–2019"]


def indicator(head: str) -> Sheet:
    return sheet(f"id: P-01\ntitle: P\n{head}", COUNT)


def test_heads_count_something_else_lose_a_relation_a_level_a_year_or_a_population() -> None:
    other = sheet(
        "id: T-02\nterm: all_projects\ntitle: Alle\nof: projects\nkey: project_id", "[S1] Alle. (informativ)\n"
    )
    head = "of: [new_project, all_projects]\nwith: project_participations\ncounts: project_id"
    head += "\nby: [role > cluster_id]\nvalid: ab 2019"
    assert names(methodology(NEW_PROJECT, other, indicator(head)), "P-01") == {
        "P-01 Kopf · of: new_project → gestrichen",
        "P-01 Kopf · of: all_projects → gestrichen",
        "P-01 Kopf · with: project_participations → gestrichen",
        "P-01 Kopf · counts: project_id → actor_id",
        "P-01 Kopf · counts: project_id → project_id, actor_id",
        "P-01 Kopf · by: role > cluster_id → gestrichen",
        "P-01 Kopf · by: role > cluster_id → cluster_id > role",
        "P-01 Kopf · valid: ab 2019 → ab 2020",
        "P-01 Kopf · valid: ab 2019 → ab 2018",
    }


def test_a_change_that_occurs_twice_is_numbered() -> None:
    found = term(
        "[S1] Beide.\n```sql where\nproject_volume > 5 and funding_volume > 5\n```\n```sql value large\nis_rdi\n```\n"
    )
    assert {"T-02 S1 · Zahl: 5 → 6", "T-02 S1 · Zahl: 5 → 6 (2)"} <= names(found, "T-02")


def test_every_delivered_sheet_has_mutants_with_names_of_their_own(delivered: Methodology) -> None:
    found = [mutant for sheet in delivered.sheets.values() for mutant in mutants(delivered, sheet)]
    assert {mutant.sheet.id for mutant in found} == set(delivered.sheets)
    assert max(Counter(mutant.name for mutant in found).values()) == 1
    touched = {(m.sheet.id, m.number) for m in found}
    wheres = {(s.id, sentence.number) for s in delivered.sheets.values() for sentence, _ in s.fragments("where")}
    assert wheres <= touched
