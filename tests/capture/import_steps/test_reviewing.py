"""Decisions and corrections: they hold where they were made, and nothing else changes."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from ewm.capture.actors.models import Actor
from ewm.capture.entry_reading import read_entries
from ewm.capture.imports import files
from ewm.capture.imports.at_once import Wanted, import_at_once
from ewm.capture.imports.models import Import, ImportItem, ImportProfile, State
from ewm.capture.imports.profiles import profile_from_json
from ewm.capture.imports.rules import (
    IS_RUNNING,
    NO_IMPORT,
    NO_ITEM,
    NO_PROFILE,
    PROFILE_NAME_ONCE,
    UNKNOWN_CELL,
    UNKNOWN_DECISION,
    WRONG_STATE,
)
from ewm.capture.imports.services import (
    import_apply,
    import_begin,
    import_correct,
    import_decide,
    import_decide_all,
    import_discard,
    import_map,
    import_read,
    import_undo,
    profile_remove,
    profile_save,
)
from ewm.capture.imports.storing import import_of, move
from ewm.capture.imports.summary import summary_of
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import (
    CLUSTER,
    DECIDE,
    ERROR,
    HEADER,
    KNOWN,
    LEFT_OUT,
    NEW,
    PROFILE,
    accounted,
    applied,
    items,
    only,
    outcomes,
    preview,
    read,
    row,
    stored_actor,
)
from tests.capture.refused import rules

SIMILAR = [
    row("Walzwerk Havell GmbH", "Eins"),
    row("Walzwerk Havell GmbH", "Zwei"),
    row("Bauteilzentrum Wildau AG", "Drei"),
]


@pytest.fixture
def similar() -> int:
    """A preview in which two rows name an organisation that is like a stored one."""
    stored_actor("Walzwerk Havel GmbH")
    number = preview(SIMILAR)
    assert outcomes(number) == [DECIDE, DECIDE, NEW]
    return number


def decide(number: int, at: int, **decision: Any) -> ImportItem:
    return import_decide(item=items(number)[at].pk, decision=decision)


@pytest.mark.parametrize(("actor", "actors"), [("A-0001", 2), ("new", 3)])
def test_what_is_said_of_an_organisation_holds_wherever_it_is_named(similar: int, actor: str, actors: int) -> None:
    decide(similar, 0, partners={"0": actor})
    assert outcomes(similar) == [NEW, NEW, NEW]
    decide(similar, 0)
    assert outcomes(similar) == [DECIDE, DECIDE, NEW]
    decide(similar, 1, partners={"0": actor})
    import_apply(imported=similar, account=None)
    assert Actor.objects.count() == actors
    reasons = Actor.history.filter(name="Walzwerk Havell GmbH").values_list("history_change_reason", flat=True)
    assert ["bewusst neu" in each for each in reasons] == [True] * (actors - 2)


def test_what_is_skipped_or_undecided_is_not_taken_over(similar: int) -> None:
    item = decide(similar, 0, record="skip", reason="gehört nicht hierher")
    assert (item.outcome, item.reason) == (LEFT_OUT, "gehört nicht hierher")
    assert outcomes(similar) == [LEFT_OUT, DECIDE, NEW]
    accounted(similar)
    import_apply(imported=similar, account=None)
    assert [each.result for each in items(similar)] == ["not_taken", "not_taken", "created"]
    summary = summary_of(import_of(similar))
    assert (summary.new.rows, summary.decide.rows, summary.left_out.rows) == (1, 1, 1)
    assert summary.reasons["gehört nicht hierher"] == 1


@pytest.mark.parametrize(("way", "after", "actors"), [("new", [NEW] * 3, 3), ("skip", [LEFT_OUT, LEFT_OUT, NEW], 2)])
def test_all_that_is_open_is_decided_alike(similar: int, way: str, after: list[str], actors: int) -> None:
    import_decide_all(imported=similar, similar=way)
    assert outcomes(similar) == after
    import_apply(imported=similar, account=None)
    assert Actor.objects.count() == actors


@pytest.mark.parametrize(
    "wrong",
    [
        {"other": 1}, {"record": ""}, {"record": 7}, {"partners": {"1": "new"}}, {"partners": {"0": "skip" * 20}},
        {"take": [1]},
    ],
)  # fmt: skip
def test_a_decision_that_does_not_fit_is_refused(similar: int, wrong: dict[str, Any]) -> None:
    assert [each[2] for each in rules(lambda: decide(similar, 0, **wrong))] == [UNKNOWN_DECISION.name]
    assert [each.decision for each in items(similar)] == [{}] * 3


def test_a_code_that_is_not_there_decides_nothing(similar: int) -> None:
    decide(similar, 0, partners={"0": "A-9999"}, record="X-9999")
    assert outcomes(similar) == [DECIDE, DECIDE, NEW]


def test_decisions_stay_when_columns_are_mapped_again(similar: int) -> None:
    decide(similar, 0, partners={"0": "A-0001"})
    before = [each.pk for each in items(similar)]
    import_map(imported=similar, profile=replace(PROFILE, defaults={**PROFILE.defaults, "is_rdi": False}))
    assert outcomes(similar) == [NEW] * 3
    assert [each.pk for each in items(similar)] == before


def test_a_corrected_cell_is_read_again() -> None:
    rows = [row("Werk A GmbH", "Eins"), row("Werk B GmbH", "Zwei", "31.02.2019"), row("Werk C GmbH", "Drei")]
    number = preview(rows)
    assert outcomes(number) == [NEW, ERROR, NEW]
    wrong = items(number)[1]
    [problem] = wrong.found["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "C, Beginn", "31.02.2019")
    import_correct(item=wrong.pk, row=3, column=2, text="30.02.2019")
    assert outcomes(number) == [NEW, ERROR, NEW]
    import_correct(item=items(number)[1].pk, row=3, column=2, text="28.02.2019")
    assert outcomes(number) == [NEW] * 3
    assert len(import_of(number).corrections) == 1
    accounted(number)
    import_apply(imported=number, account=None)
    # The file that its owner has corrected meanwhile, and the wrong one once more: nothing comes twice.
    corrected = [rows[0], row("Werk B GmbH", "Zwei", "28.02.2019"), rows[2]]
    assert outcomes(preview(corrected)) == [KNOWN] * 3
    again = preview(rows)
    assert outcomes(again) == [KNOWN, ERROR, KNOWN]
    import_correct(item=items(again)[1].pk, row=3, column=2, text="28.02.2019")
    assert outcomes(again) == [KNOWN] * 3
    assert Project.objects.count() == 3


def test_only_cells_of_the_item_are_corrected() -> None:
    number = preview([row("Werk A GmbH", "Eins"), row("Werk B GmbH", "Zwei")])
    first = items(number)[0].pk
    for place in ({"row": 3, "column": 0}, {"row": 2, "column": len(HEADER)}, {"row": 2, "column": -1}):
        refused = rules(lambda place=place: import_correct(item=first, text="x", **place))  # type: ignore[misc]
        assert [each[2] for each in refused] == [UNKNOWN_CELL.name]


def test_what_people_corrected_in_the_record_is_no_question_again() -> None:
    rows = [row("Werk A GmbH", "Ein Titell", volume="5.000,00")]
    applied(rows)
    stored = read_entries(PROJECT)["MET-2020-P01",]
    changed = replace(stored.entry, title="Ein Titel", project_volume=600000, is_rdi=False)
    project_update(entry=changed, version=stored.version)
    again = only(preview(rows))
    assert (again.outcome, again.match["differences"]) == (KNOWN, [])
    news = only(preview([row("Werk A GmbH", "Ein Titell", volume="7.000,00")]))
    assert [(each["field"], each["stored"], each["found"]) for each in news.match["differences"]] == [
        ("project_volume", 600000, 700000)
    ]
    assert news.outcome == KNOWN


def test_a_partner_that_the_file_adds_can_be_taken() -> None:
    applied([row("Werk A GmbH", "Eins", nr="1")])
    before = row_hashes()
    number = preview([row("Werk B GmbH", "Eins", nr="1")])
    item = only(number)
    assert [each["field"] for each in item.match["differences"]] == ["participations"]
    assert [each["actor"] for each in item.match["differences"][0]["found"]] == ["Werk B GmbH"]
    import_decide(item=item.pk, decision={"take": ["participations", "title"]})
    import_apply(imported=number, account=None)
    entry = read_entries(PROJECT)["MET-2020-P01",].entry
    assert {each.actor for each in entry.participations} == {"A-0001", "A-0002"}
    import_undo(imported=number, account=None)
    assert row_hashes() == before


def test_a_rehearsal_stores_nothing() -> None:
    stored_actor("Walzwerk Havel GmbH")
    text = "\n".join(";".join(cells) for cells in [HEADER, *SIMILAR])
    profile_save(name="Eigene", profile=PROFILE, account=None)
    before = row_hashes(), Import.objects.count()
    for way, created in (("", 1), ("new", 3), ("skip", 1)):
        wanted = Wanted(cluster=CLUSTER, profile="Eigene", similar=way, dry_run=True)
        file = io.BytesIO(text.encode())
        done = import_at_once(file=file, name="liste.csv", account=None, wanted=wanted, tell=lambda *_: None)
        assert (done.summary.new.items, done.summary.adds_up, len(done.items)) == (created, True, 3)
    assert (row_hashes(), Import.objects.count()) == before


def test_a_file_is_begun_read_discarded() -> None:
    text = ";".join(HEADER).encode() + b"\nWerk A GmbH;Eins;01.03.2020;;;;;\n"
    begun = import_begin(file=io.BytesIO(text), name="C:\\Listen\\liste.csv", cluster=CLUSTER, account=7)
    assert (begun.file_name, begun.size, begun.account, begun.state) == ("liste.csv", len(text), 7, State.READING)
    path = files.file_of(begun.pk, begun.file_name)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (text, 0o600, 0o700)
    import_read(imported=begun.pk)
    assert import_of(begun.pk).state == State.MAPPING
    assert [each[2] for each in rules(lambda: import_map(imported=begun.pk))] == [NO_PROFILE.name]
    assert import_discard(imported=begun.pk).state == State.DISCARDED
    assert not path.exists()
    assert [each[2] for each in rules(lambda: import_discard(imported=begun.pk))] == [WRONG_STATE.name]
    other = import_begin(file=io.BytesIO(text), name="liste.csv", cluster=CLUSTER, account=None)
    assert [each[2] for each in rules(lambda: import_discard(imported=other.pk))] == [IS_RUNNING.name]
    assert [each[2] for each in rules(lambda: import_discard(imported=10**6))] == [NO_IMPORT.name]


def test_an_unknown_cluster_is_refused() -> None:
    refused = rules(lambda: import_begin(file=io.BytesIO(b"x"), name="x", cluster="metal", account=None))
    assert [each[2] for each in refused] == ["unknown_cluster"]
    assert not Import.objects.exists()


def test_nothing_is_decided_while_it_is_applied() -> None:
    number = preview(SIMILAR)
    first = items(number)[0].pk
    move(number, (State.REVIEWING,), State.APPLYING)
    assert [each[2] for each in rules(lambda: import_decide(item=first, decision={}))] == [IS_RUNNING.name]
    assert [each[2] for each in rules(lambda: import_correct(item=first, row=2, column=0, text="x"))] == [
        IS_RUNNING.name
    ]
    assert [each[2] for each in rules(lambda: import_decide(item=10**6, decision={}))] == [NO_ITEM.name]
    assert import_apply(imported=number, account=None).state == State.APPLIED


def test_profiles_are_saved_under_a_name_of_their_own() -> None:
    saved = profile_save(name="  Meine   Liste ", profile=PROFILE, account=None)
    assert (saved.name, profile_from_json(saved.profile).saved) == ("Meine Liste", True)
    again = rules(lambda: profile_save(name="Meine Liste", profile=PROFILE, account=None))
    blank = rules(lambda: profile_save(name=" ", profile=PROFILE, account=None))
    assert [each[2] for each in (*again, *blank)] == [PROFILE_NAME_ONCE.name, "import_profile_name_given"]
    profile_remove(profile=saved.pk)
    assert not ImportProfile.objects.exists()


def test_an_import_without_rows_of_its_own_is_still_accounted_for() -> None:
    number = read([row("Werk A GmbH", "Eins"), row("", "", "")])
    import_map(imported=number, profile=PROFILE)
    accounted(number)
