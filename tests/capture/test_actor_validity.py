"""Name and parent of an actor have their days: what stood there at a cut-off is what a snapshot of it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ewm.capture.actors.dated import dated, names_of, parents_of
from ewm.capture.actors.entries import ACTOR, FormerName, FormerParent
from ewm.capture.actors.models import Actor
from ewm.capture.actors.rules import check_hierarchy
from ewm.capture.actors.services import actor_update, actors_create
from ewm.capture.entry_reading import read_entries
from ewm.capture.exporter import snapshot_export
from ewm.capture.periods import Period
from ewm.capture.records import records_load
from ewm.capture.shapes import same
from tests.capture.entries import actor, at
from tests.capture.folders import write_folder
from tests.capture.refused import rules

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ewm.programme import Programme

END = date(2019, 12, 31)


def value_on(values: Any, day: date) -> Any:
    """Return the value that holds on a day."""
    return next(value for period, value in values if period.overlaps(Period.day(day)))


def name(text: str, last: date = END) -> FormerName:
    return FormerName(name=text, name_to=last)


def parent(code: str | None, last: date = END) -> FormerParent:
    return FormerParent(parent=code, parent_to=last)


def test_each_value_holds_to_its_last_day() -> None:
    entry = actor(name="Neu", former_names=(name("Alt"), name("Älter", date(2018, 6, 30))))
    names = names_of(entry)
    days = {date(1990, 1, 1): "Älter", date(2018, 6, 30): "Älter", date(2018, 7, 1): "Alt", END: "Alt"}
    assert {day: value_on(names, day) for day in days} == days
    assert value_on(names, END + timedelta(days=1)) == "Neu"
    assert [str(period) for period, _ in names] == ["offen bis 30.06.2018", "01.07.2018 bis 31.12.2019",
                                                    "01.01.2020 bis offen"]  # fmt: skip
    assert parents_of(actor(parent="A-2")) == ((Period(), "A-2"),)


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "two names end on a day": ({"former_names": (name("x"), name("y"))}, "name_to", "actor_former_name_once_a_day"),
    "a blank name": ({"former_names": (name(" "),)}, "name", "actor_former_name_given"),
    "two parents end on a day": (
        {"former_parents": (parent("A-2"), parent(None))}, "parent_to", "actor_former_parent_once_a_day",
    ),
    "once its own parent": ({"former_parents": (parent("A-1"),)}, "parent", "actor_never_its_own_parent"),
    "unknown former parent": ({"former_parents": (parent("A-9"),)}, "parent", "unknown_record"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.usefixtures("actors")
def test_refused(case: str) -> None:
    changes, field, rule = REFUSED[case]
    found = rules(lambda: actor_update(entry=actor("A-1", **changes), version=1))
    assert ("A-1", field, rule) in found
    assert {each for each in found if each[2] != "hierarchy_without_cycle"} == {("A-1", field, rule)}


@pytest.mark.parametrize(("days", "refused"), [(-1, []), (0, ["former_name_ended", "former_parent_ended"])])
@pytest.mark.usefixtures("actors")
def test_what_still_holds_is_no_former_value(days: int, refused: list[str]) -> None:
    last = timezone.localdate() + timedelta(days=days)
    entry = actor("A-1", former_names=(name("Alt", last),), former_parents=(parent("A-2", last),))
    if refused:
        assert [each[2] for each in rules(lambda: actor_update(entry=entry, version=1))] == refused
    else:
        assert actor_update(entry=entry, version=1) == 2
        assert same(ACTOR, read_entries(ACTOR)[("A-1",)].entry, entry)


@pytest.mark.usefixtures("programme")
def test_two_may_have_stood_above_each_other_one_after_the_other() -> None:
    entries = [actor("A", parent="B"), actor("B", former_parents=(parent("A"),))]
    assert [each[2] for each in rules(lambda: actors_create(entries=entries))] == ["hierarchy_without_cycle"] * 2
    entries[0] = actor("A", parent="B", former_parents=(parent(None),))
    actors_create(entries=entries)
    assert same(ACTOR, read_entries(ACTOR)[("B",)].entry, entries[1])


@pytest.mark.usefixtures("programme")
def test_one_common_day_is_a_circle() -> None:
    line = [actor("A", parent="C", former_parents=(parent(None),)), actor("B", parent="A"), actor("C")]
    actors_create(entries=line)
    for last, refused in ((END, []), (END + timedelta(days=1), ["hierarchy_without_cycle"])):
        entry = actor("C", former_parents=(parent("B", last),))
        if refused:
            [refusal] = list(check_hierarchy(entry, {each.code: parents_of(each) for each in line}))
            assert refusal.rule == refused[0]
            assert "C → B → A → C, 01.01.2020" in refusal.message
        else:
            assert actor_update(entry=entry, version=1) == 2


CODES = ["A", "B", "C", "D"]
ABOVE = st.sampled_from([None, *CODES])
Register = dict[str, tuple[str | None, dict[int, str | None]]]
FORMER = st.dictionaries(st.integers(1, 5), ABOVE, max_size=3)


@given(st.dictionaries(st.sampled_from(CODES), st.tuples(ABOVE, FORMER), min_size=1))
def test_a_circle_is_found_if_there_is_one_on_some_day(
    register: dict[str, tuple[str | None, dict[int, str | None]]],
) -> None:
    """Compared with walking up on every single day."""
    entries = {
        code: actor(code, parent=now, former_parents=tuple(
            FormerParent(parent=above, parent_to=date(2020, 1, day)) for day, above in former.items()
        ))
        for code, (now, former) in register.items()
    }  # fmt: skip
    parents = {code: parents_of(entry) for code, entry in entries.items()}
    for code, entry in entries.items():
        circular = any(returns(code, parents, date(2020, 1, day)) for day in range(1, 8))
        assert bool(list(check_hierarchy(entry, parents))) == circular


def returns(code: str, parents: dict[str, Any], day: date) -> bool:
    above, seen = value_on(parents[code], day), {code}
    while above in parents and above not in seen:
        seen.add(above)
        above = value_on(parents[above], day)
    return bool(above == code)


@given(st.dictionaries(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.text(), max_size=5), st.dates())
def test_every_day_has_one_value(former: dict[date, str], day: date) -> None:
    periods = dated(former.items(), "now")
    assert len([value for period, value in periods if period.overlaps(Period.day(day))]) == 1


def names_at(folder: Path, programme: Programme, cut_off: date, as_of: datetime | None = None) -> list[tuple[str, Any]]:
    info = snapshot_export(folder=folder, cut_off=cut_off, as_of=as_of, programme=programme, methodology_hash="m" * 64)
    table = pq.read_table(folder / info.name / "actors.parquet").to_pylist()
    codes = {row["actor_id"]: row["code"] for row in table}
    return [(row["name"], codes.get(row["parent_id"])) for row in table]


def test_a_snapshot_shows_name_and_parent_of_its_cut_off(tmp_path: Path, programme: Programme) -> None:
    actors_create(entries=[actor("A-1", name="Alt"), actor("A-2", name="Holding")])
    before = timezone.now()
    renamed = actor("A-1", name="Neu", parent="A-2", former_names=(name("Alt"), name("Älter", date(2018, 12, 31))),
                    former_parents=(parent(None),))  # fmt: skip
    actor_update(entry=renamed, version=1)
    shown = {
        day: names_at(tmp_path, programme, day)[0]
        for day in (date(2018, 12, 31), date(2019, 1, 1), END, END + timedelta(days=1))
    }
    assert list(shown.values()) == [("Älter", None), ("Alt", None), ("Alt", None), ("Neu", "A-2")]
    assert names_at(tmp_path, programme, date(2020, 12, 31), before)[0] == ("Alt", None)


def test_folders_may_hold_former_names_and_parents(tmp_path: Path, programme: Programme) -> None:  # noqa: ARG001
    folder = write_folder(
        tmp_path,
        actor_former_names_csv="actor,name,name_to\nA-1,Werk Alt,2019-12-31\n",
        actor_former_parents_csv="actor,parent,parent_to\nUNI-F1,,2017-06-30\nA-1,UNI,2018-12-31\n",
    )
    records_load(folder=folder)
    stored = {key[0]: value.entry for key, value in read_entries(ACTOR).items()}
    assert stored["A-1"].former_names == (name("Werk Alt"),)
    assert stored["A-1"].former_parents == (parent("UNI", date(2018, 12, 31)),)
    assert stored["UNI-F1"].former_parents == (parent(None, date(2017, 6, 30)),)
    assert [each.changed for each in records_load(folder=folder) if each.changed] == []


def test_a_folder_without_these_files_says_nothing_of_them(tmp_path: Path, programme: Programme) -> None:  # noqa: ARG001
    folder = write_folder(tmp_path)
    records_load(folder=folder)
    was = read_entries(ACTOR)[("A-1",)]
    actor_update(entry=replace(was.entry, former_names=(name("Alt"),)), version=was.version)
    done = {each.kind: each.changed for each in records_load(folder=folder)}
    assert done["Akteure"] == ()
    write_folder(folder, actors_csv=(folder / "actors.csv").read_text().replace("Werk, Nord", "Werk Nord"))
    assert {each.kind: each.changed for each in records_load(folder=folder)}["Akteure"] == ("A-1",)
    assert read_entries(ACTOR)[("A-1",)].entry.former_names == (name("Alt"),)
    write_folder(folder, actor_former_names_csv="actor,name,name_to\n")
    records_load(folder=folder)
    assert read_entries(ACTOR)[("A-1",)].entry.former_names == ()


@pytest.mark.usefixtures("actors")
def test_a_child_may_know_its_former_parent_later_than_itself() -> None:
    entries = [
        actor("B-1", recorded_at=at(2018, 1, 1), former_parents=(parent("B-2"),)),
        actor("B-2", recorded_at=at(2018, 1, 2)),
    ]
    actors_create(entries=entries)
    known = [len(read_entries(ACTOR, as_of=at(2018, 1, day))[("B-1",)].entry.former_parents) for day in (1, 2)]
    assert known == [0, 1]
    assert Actor.objects.count() == 4
