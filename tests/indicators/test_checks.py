"""What must hold between sheets: one complaint for each way to get it wrong, none for what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.indicators.checks import check_meaning
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet

if TYPE_CHECKING:
    from ewm.indicators.sheet import Sheet

INDICATOR = "id: P-01\ntitle: Zahl\nof: new_project\ncounts: project_id"
TYPE_OF = "id: T-09\nterm: kind_of_actor\ntitle: Art\nof: actors\nkey: actor_id"


def structure(*sheets: Sheet) -> str:
    with pytest.raises(ContentError) as caught:
        methodology(NEW_PROJECT, *sheets)
    return str(caught.value)


def meaning(*sheets: Sheet) -> str:
    return "\n".join(check_meaning(methodology(NEW_PROJECT, *sheets)))


def value(expression: str, name: str = "x") -> str:
    return f"[S1] Satz.\n```sql value {name}\n{expression}\n```\n"


def where(expression: str, number: str = "S1") -> str:
    return f"[{number}] Satz.\n```sql where\n{expression}\n```\n"


def test_right_sheets_pass() -> None:
    assert meaning(sheet(INDICATOR + "\nby: status_at_cut_off", COUNT)) == ""


def test_two_owners_of_one_word_are_refused() -> None:
    first = sheet(TYPE_OF, value("actor_type", "kind"))
    second = sheet(TYPE_OF.replace("T-09", "T-10").replace("kind_of_actor", "other"), value("size_class", "kind"))
    assert "Das Wort „kind“ legt schon T-09 fest" in structure(first, second)


def test_a_word_named_like_a_column_is_refused() -> None:
    assert "heißt wie eine Spalte" in structure(sheet(TYPE_OF, value("actor_type", "size_class")))


@pytest.mark.parametrize("name", ["projects", "units", "counted"])
def test_a_term_named_like_a_table_or_a_step_is_refused(name: str) -> None:
    assert "heißt wie eine Tabelle" in structure(
        sheet(TYPE_OF.replace("kind_of_actor", name), value("actor_type", "kind"))
    )


def test_doubled_ids_and_terms_are_refused() -> None:
    text = structure(sheet(INDICATOR, COUNT), sheet(INDICATOR, COUNT))
    assert "Die Kennung „P-01“ gibt es schon" in text
    again = sheet("id: T-02\nterm: new_project\ntitle: x\nof: projects\nkey: project_id", where("is_rdi"))
    assert "Den Begriff „new_project“ gibt es schon" in structure(again)


@pytest.mark.parametrize(
    ("first", "second", "complaint"),
    [
        ("bis 2018", "ab 2018", "überschneiden sich"),
        ("bis 2017", "ab 2019", "fehlen Jahre"),
        ("bis 2018", "ab 2019", ""),
    ],
)
def test_versions_of_a_sentence_meet_without_overlap_or_gap(first: str, second: str, complaint: str) -> None:
    body = where("is_rdi").replace("[S1]", f"[S1 | {first}]") + where("not is_rdi").replace("[S1]", f"[S1 | {second}]")
    changed = sheet(INDICATOR + "\non_break: footnote", body + COUNT.replace("S1", "S2"))
    if complaint:
        assert complaint in structure(changed)
    else:
        assert meaning(changed) == ""


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("id: P-01\ntitle: x\nof: new_project", "braucht of: (Grundgesamtheit) und counts:"),
        ("id: P-01\ntitle: x\nof: projects\ncounts: project_id", "keine Grundgesamtheit"),
        ("id: P-01\ntitle: x\nof: old_project\ncounts: project_id", "weder eine Tabelle"),
        (INDICATOR + "\nby: a > b > c", "höchstens 2 Stufen"),
    ],
)
def test_a_wrong_head_is_refused(head: str, complaint: str) -> None:
    assert complaint in structure(sheet(head, COUNT))


def test_an_unknown_level_of_a_value_is_refused() -> None:
    body = COUNT.replace("value n", "value n for status")
    assert "Die Stufe „status“ gibt es nicht" in structure(sheet(INDICATOR + "\nby: status_at_cut_off", body))


def test_an_unknown_column_names_sentence_file_line_and_the_likely_one() -> None:
    text = meaning(sheet(INDICATOR, where("project_volum > 1") + COUNT.replace("S1", "S2")))
    assert "P-01 S1 (P-01-test.md, Zeile 10): Spalte „project_volum“ gibt es nicht" in text
    assert "Gemeint „project_volume“?" in text


def test_a_value_that_would_count_twice_is_refused() -> None:
    head = "id: P-01\ntitle: x\nof: new_project\nwith: project_participations\ncounts: actor_id"
    text = meaning(sheet(head, value("sum(project_volume)")))
    assert "„project_volume“ gilt je ['project_id'], gezählt wird ['actor_id']: Doppelzählung" in text


FUNDED = "id: P-01\ntitle: x\nof: new_project\nwith: project_funding\ncounts: "


@pytest.mark.parametrize(
    ("unit", "sentence", "complaint"),
    [
        ("programme_id", "", "Die Zähleinheit „programme_id“ kann leer sein (project_funding)"),
        ("[project_id, programme_id]", "", "„programme_id“ kann leer sein"),
        ("programme_id", "programme_id is not null", ""),
        ("programme_id", "amount > 0", "„programme_id“ kann leer sein"),
        ("granting_body", "", ""),
    ],
)
def test_a_unit_of_count_that_may_be_empty_is_refused(unit: str, sentence: str, complaint: str) -> None:
    text = meaning(sheet(FUNDED + unit, (where(sentence, "S2") if sentence else "") + COUNT))
    assert complaint in text if complaint else text == ""


def test_a_unit_of_count_may_be_restricted_by_the_population() -> None:
    ended = sheet(
        "id: T-08\nterm: ended_project\ntitle: x\nof: projects\nkey: project_id", where("support_end is not null")
    )
    one = "id: P-01\ntitle: x\nof: {}\ncounts: support_end"
    assert meaning(ended, sheet(one.format("ended_project"), COUNT)) == ""
    assert "„support_end“ kann leer sein" in meaning(ended, sheet(one.format("[ended_project, new_project]"), COUNT))


def test_relations_without_a_shared_id_are_refused() -> None:
    text = meaning(sheet(INDICATOR + "\nwith: activities", COUNT))
    assert "teilt mit projects keine Kennung" in text


def test_a_column_of_two_sources_is_ambiguous() -> None:
    head = INDICATOR + "\nwith: [project_assignments, terms]"
    assert "„example“ ist nicht eindeutig" in meaning(sheet(head, where("example") + COUNT.replace("S1", "S2")))


def test_a_cycle_prints_its_path() -> None:
    first = sheet("id: T-11\nterm: one\ntitle: x\nof: actors\nkey: actor_id", value("second_word", "first_word"))
    second = sheet("id: T-12\nterm: two\ntitle: x\nof: actors\nkey: actor_id", value("first_word", "second_word"))
    assert "Zirkel: one -> two -> one" in meaning(first, second)


@pytest.mark.parametrize(
    ("fragment", "complaint"),
    [
        ("status_at_cut_off = 'runing'", "Gemeint „running“?"),
        ("status_at_cut_off in ('running', 'stopped')", "„stopped“ gibt es in der Taxonomie „status“ nicht"),
        ("'runing' = status_at_cut_off", "Gemeint „running“?"),
        ("status_at_cut_off <> 'running'", ""),
        ("case status_at_cut_off when 'runing' then true else false end", "Gemeint „running“?"),
        ("case status_at_cut_off when 'running' then true else false end", ""),
        ("case when is_rdi then status_at_cut_off = 'running' else false end", ""),
    ],
)
def test_literals_are_checked_against_the_taxonomy(fragment: str, complaint: str) -> None:
    text = meaning(sheet(INDICATOR, where(fragment) + COUNT.replace("S1", "S2")))
    assert complaint in text if complaint else text == ""


@pytest.mark.parametrize(("result", "right"), [("'home'", True), ("'hom'", False)])
def test_results_of_a_word_are_checked_against_its_taxonomy(result: str, right: bool) -> None:  # noqa: FBT001
    term = sheet(
        TYPE_OF + "\ntaxonomy: {origin_of: origin}",
        value(f"case when country = 'DE' then {result} else 'away' end", "origin_of"),
    )
    assert (meaning(term) == "") is right


def test_a_changed_rule_needs_a_decision_and_an_idle_decision_is_refused() -> None:
    changed = where("is_rdi").replace("[S1]", "[S1 | bis 2018]") + where("not is_rdi").replace("[S1]", "[S1 | ab 2019]")
    body = changed + COUNT.replace("S1", "S2")
    assert "Eine Regel hat sich geändert (P-01 S1)" in meaning(sheet(INDICATOR, body))
    assert meaning(sheet(INDICATOR + "\non_break: withhold", body)) == ""
    assert meaning(sheet(INDICATOR + "\non_break: {P-01: withhold}", body)) == ""
    assert "on_break ist überflüssig" in meaning(sheet(INDICATOR + "\non_break: withhold", COUNT))
    assert "on_break nennt T-01" in meaning(sheet(INDICATOR + "\non_break: {T-01: footnote, P-01: footnote}", body))
