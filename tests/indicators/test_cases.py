"""Cases: what they state is taken exactly, what is wrong in them is refused."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.indicators.case_run import CaseRunner, failures
from ewm.indicators.cases import Case, load_cases, number_words, uncovered
from ewm.indicators.methodology import build_methodology
from ewm.indicators.world import World, load_world
from tests.indicators.build import NEW_PROJECT, TAXONOMIES, YEARS, methodology, sheet

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
years: [2017, 2018, 2019, 2020]
cluster: here
standard:
  clusters: {label_de: C, label_en: C, kind: joint, position: 1, valid_from: null, valid_to: null}
  actors:
    {code: A, name: A, actor_type: company, parent_id: null, size_class: null, country: DE, land_id: null,
     district_id: null, municipality: null, example: true}
  projects:
    {code: P, cluster_id: here, title: P, support_start: 2020-03-01, support_end: null, official_start: null,
     official_end: null, status_at_cut_off: running, is_rdi: true, project_volume: 100, project_volume_regional: 50,
     project_volume_estimated: false, funding_volume: 80, funding_volume_regional: 40,
     funding_volume_estimated: false, funding_state: secured, example: true}
  project_participations: {role: partner}
  project_funding: {granting_body: state, funds_origin: eu, programme_id: null, amount: 1}
  project_status_events: {status: running}
nested:
  projects:
    participations: {table: project_participations, word: actor_id, value: role}
    funding: {table: project_funding, word: granting_body, value: amount}
    status_events: {table: project_status_events, word: status_from, value: status}
rows:
  clusters: {here: {}, there: {}}
  actors: {uni: {actor_type: university}, faculty: {actor_type: university, parent_id: uni}, firm: {}}
"""
KNOWN = {
    **TAXONOMIES,
    "cluster": frozenset({"here", "there"}),
    "cluster_kind": frozenset({"joint"}),
    "role": frozenset({"lead", "partner"}),
    "funding_state": frozenset({"secured", "none"}),
    "funding_body": frozenset({"state", "eu"}),
}

COUNT = sheet(
    "id: P-01\ntitle: Neue\nof: new_project\ncounts: project_id\nby: status_at_cut_off",
    """[S1] Gezählt.
```sql value n
count(*)
```
[S2] Anteil.
```sql value share for total
sum(case when is_rdi then project_volume end) / sum(project_volume)
```
[S3] Nur erklärt. (informativ)
""",
)
TOP = sheet(
    "id: T-02\nterm: top\ntitle: Oben\nof: actors\nkey: actor_id",
    """[S1 | bis 2018] Selbst.
```sql value top_id
actor_id
```
[S1 | ab 2019] Oben.
```sql value top_id
coalesce(parent_id, actor_id)
```
""",
)
PARTNER = sheet(
    "id: T-03\nterm: partner\ntitle: Partner\nof: project_participations\nkey: [project_id, actor_id]",
    """[S1] Beide Rollen.
```sql where
role in ('lead', 'partner')
```
```sql value is_lead_partner
role = 'lead'
```
""",
)
ALL = methodology(NEW_PROJECT, TOP, PARTNER, COUNT)


@pytest.fixture
def world(tmp_path: Path) -> World:
    path = tmp_path / "world.yaml"
    path.write_text(WORLD, encoding="utf-8")
    return load_world(path, KNOWN)


def cases(world: World, tmp_path: Path, sheet_id: str, text: str) -> tuple[Case, ...]:
    (tmp_path / f"{sheet_id}-test.cases.yaml").write_text(dedent(text), encoding="utf-8")
    return load_cases(tmp_path, ALL, world)


def run(world: World, tmp_path: Path, sheet_id: str, text: str) -> list[str]:
    return failures(ALL, world, cases(world, tmp_path, sheet_id, text))


def test_a_case_that_holds_has_no_difference(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1, S2]
      projects:
        p1: {}
        p2: {project_volume: 30, is_rdi: false}
        p3: {status_at_cut_off: finished, project_volume: 7}
        gone: {status_at_cut_off: aborted}
        elsewhere: {cluster_id: there}
      expect: {2020: {total: {n: 3, share: 107/137}, status_at_cut_off: {running: 2, finished: 1}}}
    - covers: [S1]
      cluster: there
      projects: {p1: {cluster_id: there}, p2: {}}
      expect: {2020: 1}
    """
    assert run(world, tmp_path, "P-01", text) == []


def test_a_difference_names_sheet_case_sentences_and_both_values(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1]
      projects: {p1: {}}
      expect: {2020: 1}
    - covers: [S1, T-01 S2]
      projects: {p1: {}, p2: {}}
      expect: {2020: 3}
    """
    message = "P-01, Fall 2 (S1, T-01 S2): new_project · 2020 · total · n: erwartet 3, gerechnet 2"
    assert run(world, tmp_path, "P-01", text) == [message]


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{}", "new_project · 2020: gerechnet, aber nicht erwartet"),
        ("{2020: 1, 2019: 1}", "new_project · 2019: erwartet, aber nicht gerechnet"),
        ("{2020: {total: 1, status_at_cut_off: {}}}", "status_at_cut_off · running: gerechnet, aber nicht erwartet"),
        (
            "{2020: {total: 1, status_at_cut_off: {running: 1, finished: 0}}}",
            "status_at_cut_off · finished: erwartet, aber nicht gerechnet",
        ),
        ("{2020: {total: {share: 100/101}}}", "total · share: erwartet 100/101, gerechnet 100/100"),
        ("{2020: {total: {share: null}}}", "total · share: erwartet leer, gerechnet 100/100"),
    ],
)
def test_what_a_case_mentions_is_exact(world: World, tmp_path: Path, expect: str, difference: str) -> None:
    (found,) = run(world, tmp_path, "P-01", f"- {{covers: [S1], projects: {{p1: {{}}}}, expect: {expect}}}")
    assert difference in found


def test_a_population_lists_ids_per_year(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1]
      projects: {old: {support_start: 2019-12-31}, new: {support_start: 2020-01-01}}
      expect: {2019: [old], 2020: [new]}
    - covers: [S1]
      projects: {old: {support_start: 2019-12-31}, new: {support_start: 2020-01-01}}
      expect: {2020: [old, new]}
    """
    assert run(world, tmp_path, "T-01", text) == [
        "T-01, Fall 2 (S1): 2019: erwartet nichts, gerechnet old",
        "T-01, Fall 2 (S1): 2020: erwartet new, old, gerechnet new",
    ]


def test_an_attribute_gives_values_by_key_and_year(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1]
      expect: {2018: {faculty: faculty}, 2019: {faculty: uni, firm: firm}}
    - covers: [S1]
      expect: {faculty: uni}
    """
    assert run(world, tmp_path, "T-02", text) == [
        "T-02, Fall 2 (S1): 2017 · faculty · top_id: erwartet uni, gerechnet faculty",
        "T-02, Fall 2 (S1): 2018 · faculty · top_id: erwartet uni, gerechnet faculty",
    ]


def test_a_relation_is_exact_for_each_first_key(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1]
      projects: {p1: {participations: {uni: lead, firm: partner}}, p2: {}, other: {participations: [firm]}}
      expect: {p1: {uni: {is_lead_partner: true}, firm: {is_lead_partner: false}}, p2: []}
    - covers: [S1]
      projects: {p1: {participations: {uni: lead}}, p2: {participations: [firm]}}
      expect: {p1: [firm], p2: []}
    """
    assert run(world, tmp_path, "T-03", text) == [
        "T-03, Fall 2 (S1): 2017 · p1 · firm: erwartet, aber nicht gerechnet",
        "T-03, Fall 2 (S1): 2017 · p1 · uni: gerechnet, aber nicht erwartet",
        "T-03, Fall 2 (S1): 2017 · p2 · firm: gerechnet, aber nicht erwartet",
    ]


def test_rows_below_their_parent_take_three_forms(world: World, tmp_path: Path) -> None:
    text = """
    - covers: [S1]
      projects:
        p1: {participations: [uni, firm], funding: {state: 5, eu: {amount: 7}}}
        p2: {funding: [{amount: 3}, {amount: 4, granting_body: eu}], status_events: {2020-03-01: finished}}
      expect: {2020: 2}
    """
    (case,) = cases(world, tmp_path, "P-01", text)
    funding = [(row["project_id"], row["granting_body"], row["amount"]) for row in case.rows["project_funding"]]
    assert funding == [("p1", "state", 5), ("p1", "eu", 7), ("p2", "state", 3), ("p2", "eu", 4)]
    assert len({row["funding_id"] for row in case.rows["project_funding"]}) == 4
    assert [row["role"] for row in case.rows["project_participations"]] == ["partner", "partner"]
    assert case.rows["project_status_events"][0]["status"] == "finished"
    assert failures(ALL, world, [case]) == []


def test_every_word_has_its_own_number(world: World, tmp_path: Path) -> None:
    text = "- {covers: [S1], projects: {p1: {participations: [uni]}, p2: {}}, expect: {2020: 2}}"
    (case,) = cases(world, tmp_path, "P-01", text)
    assert sorted(case.numbers.values()) == list(range(1, len(case.numbers) + 1))
    assert number_words(world.rows, {}).items() <= case.numbers.items()


def test_cases_do_not_see_each_other(world: World, tmp_path: Path) -> None:
    (case,) = cases(world, tmp_path, "P-01", "- {covers: [S1], projects: {p1: {}}, expect: {2020: 1}}")
    runner = CaseRunner(world)
    assert [runner.run(ALL, case) for _ in range(3)] == [[], [], []]
    runner.close()


def test_a_statement_that_fails_is_a_difference(world: World, tmp_path: Path) -> None:
    (case,) = cases(world, tmp_path, "T-02", "- {covers: [S1], expect: {firm: firm}}")
    text = "[S1] Nur Hochschulen.\n```sql where\nparent_id is not null\n```\n```sql value top_id\nactor_id\n```\n"
    partial = sheet("id: T-02\nterm: top\ntitle: Oben\nof: actors\nkey: actor_id", text)
    broken = build_methodology([partial if s.id == "T-02" else s for s in ALL.sheets.values()], YEARS, KNOWN)
    (found,) = failures(broken, world, [case])
    assert found.startswith("T-02, Fall 1 (S1): Die Rechnung schlägt fehl: T-02-test.md: Der Begriff „top“ hat für")


def test_a_sentence_without_a_case_is_named(world: World, tmp_path: Path) -> None:
    found = cases(world, tmp_path, "P-01", "- {covers: [S1, T-01 S2], projects: {p1: {}}, expect: {2020: 1}}")
    assert uncovered(ALL, found) == ["P-01 S2", "T-01 S1", "T-02 S1", "T-03 S1"]


def test_a_year_of_validity_wants_a_case(world: World, tmp_path: Path) -> None:
    limited = replace(COUNT, valid=replace(COUNT.valid, first=2020))
    changed = build_methodology([limited, NEW_PROJECT], YEARS, KNOWN)
    (tmp_path / "P-01-test.cases.yaml").write_text("- {covers: [S1], projects: {p1: {}}, expect: {2020: 1}}")
    assert "P-01 valid" in uncovered(changed, load_cases(tmp_path, changed, world))
    (tmp_path / "P-01-test.cases.yaml").write_text("- {covers: [valid], projects: {p1: {}}, expect: {2020: 1}}")
    assert "P-01 valid" not in uncovered(changed, load_cases(tmp_path, changed, world))


@pytest.mark.parametrize(
    ("sheet_id", "text", "message"),
    [
        ("P-01", "covers: [S1]", "Erwartet wird eine Liste von Fällen"),
        ("P-01", "- {covers: [S1]}", "Fall 1: covers und expect sind nötig"),
        ("P-01", "- {covers: [], expect: {}}", "covers nennt keinen Satz"),
        ("P-01", "- {covers: [S9], expect: {}}", "„S9“ gibt es in P-01 nicht. Möglich sind S1, S2, S3"),
        ("P-01", "- {covers: [T-09 S1], expect: {}}", "Das Blatt „T-09“ gibt es nicht"),
        ("P-01", "- {covers: [S1], project: {}, expect: {}}", "„project“ ist keine Tabelle mit einer eigenen Kennung"),
        ("P-01", "- {covers: [S1], projects: [p1], expect: {}}", "muss Wörter mit ihren Abweichungen enthalten"),
        ("P-01", "- {covers: [S1], projects: {p1: 3}, expect: {}}", "Erwartet werden Abweichungen"),
        ("P-01", "- {covers: [S1], actors: {uni: {}}, expect: {}}", "uni gibt es schon in der kleinen Welt"),
        (
            "P-01",
            "- {covers: [S1], projects: {p: {is_rd: true}}, expect: {}}",
            "„is_rd“ gibt es in projects nicht. Gemeint",
        ),
        ("P-01", "- {covers: [S1], projects: {p: {is_rdi: 1}}, expect: {}}", "is_rdi = 1 ist kein Wert der Art bool"),
        ("P-01", "- {covers: [S1], projects: {p: {project_volume: true}}, expect: {}}", "kein Wert der Art int64"),
        ("P-01", "- {covers: [S1], projects: {p: {is_rdi: null}}, expect: {}}", "is_rdi darf nicht leer sein"),
        (
            "P-01",
            "- {covers: [S1], projects: {p: {participations: [frim]}}, expect: {}}",
            "nennt „frim“, das weder der Fall",
        ),
        ("P-01", "- {covers: [S1], projects: {p: {participations: 3}}, expect: {}}", "stehen in einer Liste"),
        (
            "P-01",
            "- {covers: [S1], projects: {p: {status_at_cut_off: runing}}, expect: {}}",
            "„runing“ gibt es in der Taxonomie „status“ nicht. Gemeint „running“?",
        ),
        ("P-01", "- {covers: [S1], expect: []}", "expect muss aus Schlüsseln und Werten bestehen"),
        ("P-01", "- {covers: [S1], expect: {2031: 1}}", "„2031“ ist kein Berichtsjahr"),
        ("P-01", "- {covers: [S1], expect: {2020: {status: {}}}}", "„status“ gibt es nicht. Stufen: total"),
        ("P-01", "- {covers: [S1], expect: {2020: {status_at_cut_off: {}}}}", "total fehlt"),
        ("P-01", "- {covers: [S1], expect: {2020: {total: {m: 1}}}}", "„m“ gibt es nicht. Werte auf der Stufe „total“"),
        (
            "P-01",
            "- {covers: [S1], expect: {2020: {total: 1, status_at_cut_off: {running: {share: 1/1}}}}}",
            "„share“ gibt es nicht. Werte auf der Stufe „status_at_cut_off“: n",
        ),
        ("T-01", "- {covers: [S1], expect: {2020: [p9]}}", "„p9“ kennen weder der Fall noch die Welt"),
        ("T-02", "- {covers: [S1], expect: {frim: firm}}", "„frim“ kennen weder der Fall noch die Welt"),
        ("T-02", "- {covers: [S1], expect: {firm: {depth: 1}}}", "„depth“ gibt es nicht. Wörter: top_id"),
        ("X-01", "[]", "X-01-test.cases.yaml: Ein Blatt dieses Namens gibt es nicht"),
        ("P-01", "- {covers: [S1], projects: {p: {}, p: {}}, expect: {}}", "Zeile 1: „p“ steht zweimal"),
        ("P-01", "- {covers: [S1", "P-01-test.cases.yaml ist kein gültiges YAML"),
    ],
)
def test_a_case_of_the_wrong_form_is_refused(
    world: World, tmp_path: Path, sheet_id: str, text: str, message: str
) -> None:
    with pytest.raises(ContentError, match=r"cases\.yaml") as refused:
        cases(world, tmp_path, sheet_id, text)
    assert message in str(refused.value)


def test_all_wrong_files_are_named_at_once(world: World, tmp_path: Path) -> None:
    (tmp_path / "T-02-test.cases.yaml").write_text("- {covers: [S7], expect: {}}")
    with pytest.raises(ContentError) as refused:
        cases(world, tmp_path, "P-01", "- {covers: [S8], expect: {}}")
    assert "S7" in str(refused.value)
    assert "S8" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cluster: here\n", "", "Nötig sind genau cluster, nested, rows, standard, years"),
        ("value: role", "values: role", "nested braucht je Eintrag table, word und value"),
        ("kind: joint", "kind: loose", "„loose“ gibt es in der Taxonomie „cluster_kind“ nicht"),
        ("parent_id: uni}", "parent_id: nui}", "actors.parent_id nennt „nui“"),
        (", name: A", "", "uni: actors.name fehlt, und die Standardzeile nennt es nicht"),
    ],
)
def test_a_wrong_world_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "world.yaml"
    assert old in WORLD
    path.write_text(WORLD.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=r"world\.yaml") as refused:
        load_world(path, KNOWN)
    assert message in str(refused.value)


def test_a_missing_world_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"Die kleine Welt der Fälle fehlt: world\.yaml"):
        load_world(tmp_path / "world.yaml", KNOWN)
