"""The form of a sheet: what is read, and how what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewm.errors import ContentError
from ewm.indicators.parse import parse_sheet, parse_years
from ewm.indicators.sheet import FIRST_YEAR, LAST_YEAR, Years
from tests.indicators.build import COUNT, SOURCE, sheet

HEAD = "id: P-01\ntitle: Zahl\nof: new_project\ncounts: project_id"


def test_a_sheet_keeps_head_sentences_marks_and_fragments() -> None:
    read = sheet(
        HEAD + "\nby: [guideline > term_id, status_at_cut_off]\nvalid: ab 2020",
        "[S1 | bis 2019] Erster Satz\nüber zwei Zeilen. (angenommen)\n```sql where\nis_rdi\n```\n"
        "[S2] Zweiter. (durchgesetzt: project_period) (Quelle: Kap. 4.1, ab S. 8)\n" + COUNT.replace("S1", "S3"),
    )
    assert [sentence.number for sentence in read.sentences] == ["S1", "S2", "S3"]
    first, second, third = read.sentences
    assert first.text == "Erster Satz über zwei Zeilen."
    assert first.years == Years(FIRST_YEAR, 2019)
    assert first.has("angenommen")
    assert second.named("durchgesetzt") == "project_period"
    assert second.named("Quelle") == "Kap. 4.1, ab S. 8"
    assert third.fragments[0].name == "n"
    assert read.levels == ((), ("guideline",), ("guideline", "term_id"), ("status_at_cut_off",))
    assert read.valid == Years(2020, LAST_YEAR)
    assert str(read.source) == "Jahresbericht 2020, Kap. 1, ab S. 2"


def test_a_division_at_the_top_is_part_and_whole() -> None:
    read = sheet(HEAD, "[S1] Anteil.\n```sql value share\n(sum(a) / sum(b))\n```\n")
    assert [part.sql() for part in read.sentences[0].fragments[0].parts] == ["SUM(a)", "SUM(b)"]


def test_layout_and_case_do_not_change_a_rule() -> None:
    first = sheet(HEAD, "[S1] Satz.\n```sql where\nis_rdi AND  a=1\n```\n").sentences[0].fragments[0]
    second = sheet(HEAD, "[S1] Satz.\n```sql where\nis_rdi\n  and a = 1\n```\n").sentences[0].fragments[0]
    assert first.rule == second.rule


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ab 2020", Years(2020, LAST_YEAR)),
        ("bis 2018", Years(FIRST_YEAR, 2018)),
        ("2018-2019", Years(2018, 2019)),
        ("2018", Years(2018, 2018)),
    ],
)
def test_validity_is_read(text: str, years: Years) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("[S1] Ohne alles.\n", "weder einen SQL-Abschnitt noch eine Marke"),
        ("[S1] Satz. (durchgesetzt)\n", "braucht einen Namen"),
        ("[S1 | seit 2020] Satz. (informativ)\n", "keine Gültigkeit"),
        ("[S1] Satz.\n```sql were\na\n```\n", "gibt es nicht. Möglich sind where"),
        ("[S1] Satz.\n```sql where\nselect from (\n```\n", "nicht lesbar"),
        ("[S1] Satz.\n```sql where\na in (select 1)\n```\n", "Unterabfrage"),
        ("[S1] Satz.\n```sql value n\ncount(distinct a)\n```\n", "verdeckt die Zähleinheit"),
        ("[S1] Satz.\n```sql where\nprojects.a = 1\n```\n", "nennt eine Tabelle"),
        ("[S1] Satz.\n```sql where\na = $year\n```\n", "Die Variable $year gibt es nicht"),
        ("[S1] Satz.\n```sql value\ncount(*)\n```\n", "braucht einen Namen"),
        ("[S1] Satz.\n```sql where\n\n```\n", "leer"),
        ("[S1] Satz.\n```sql where\na = 1\n", "nicht geschlossen"),
        ("Ein Satz ohne Nummer.\n", "nummerierter Satz"),
        ("```sql where\na\n```\n", "ohne Satz davor"),
        ("", "enthält keinen Satz"),
    ],
)
def test_a_wrong_sentence_is_named_with_file_and_line(body: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=r"P-01-test\.md, Zeile \d+: ") as caught:
        sheet(HEAD, body)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("id: P-01\ntitle: x\nsource: Bericht", "Die Quelle fehlt"),
        ("id: P-01\ntitle: x", "Die Quelle fehlt"),
        (f"id: P-01\n{SOURCE}", "Im Kopf fehlt „title“"),
        (f"id: P-02\ntitle: x\n{SOURCE}", "muss mit der Kennung beginnen"),
        (f"id: P-01\ntitle: x\ncount: a\n{SOURCE}", "kennt count nicht"),
        (f"id: P-01\ntitle: x\non_break: hide\n{SOURCE}", "on_break"),
        (f"id: P-01\ntitle: x\nvalid: bald\n{SOURCE}", "keine Gültigkeit"),
    ],
)
def test_a_wrong_head_is_named(head: str, complaint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_sheet(Path("P-01-test.md"), f"---\n{head}\n---\n{COUNT}")
    assert complaint in str(caught.value)


def test_a_sheet_without_head_is_refused() -> None:
    with pytest.raises(ContentError, match="Der Kopf fehlt"):
        parse_sheet(Path("P-01-test.md"), COUNT)
