"""Two actors that are one: what points to the second points to the first, and back again as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.services import activities_create
from ewm.capture.actors.duplicates.models import ActorMerge, ActorsApart
from ewm.capture.actors.duplicates.services import actors_merge, actors_tell_apart, merge_undo
from ewm.capture.actors.duplicates.uniting import CHOICES
from ewm.capture.actors.entries import ACTOR, ActorEntry, FormerParent, Identifier, Membership
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_update, actors_create
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.exporter import snapshot_export, violations
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project, ProjectParticipation
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.shapes import in_order, same
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError
from tests.capture.entries import activity, actor, project
from tests.capture.refused import rules

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.capture.shapes import Shape
    from ewm.programme import Programme

DAY = date(2019, 12, 31)


def ids() -> dict[str, int]:
    return dict(Actor.objects.values_list("code", "id"))


def merge(
    merged: str, survivor: str, chosen: tuple[str, ...] = (), versions: tuple[int, int] | None = None
) -> ActorMerge:
    rows = {row.code: row for row in Actor.objects.filter(code__in=(merged, survivor))}
    return actors_merge(
        survivor=rows[survivor].pk,
        survivor_version=versions[0] if versions else rows[survivor].version,
        merged=rows[merged].pk,
        merged_version=versions[1] if versions else rows[merged].version,
        reason="dieselbe Firma",
        chosen=chosen,
    )


def undo(made: ActorMerge) -> int:
    return merge_undo(merge=made.pk, version=made.version, reason="doch zwei").lost


def state() -> dict[str, Any]:
    """Everything that is stored, as entries, with the rows of each part in order."""
    shapes: list[Shape[Any]] = [ACTOR, PROJECT, ACTIVITY]
    return {
        f"{shape.model.__name__} {key[0]}": {
            **{name: getattr(stored.entry, name) for name in shape.columns},
            **{part.name: in_order(getattr(stored.entry, part.name)) for part in shape.parts},
        }
        for shape in shapes
        for key, stored in read_entries(shape).items()
    }


def entry_of(code: str) -> ActorEntry:
    return read_entries(ACTOR)[(code,)].entry


def change(code: str, **values: Any) -> None:
    stored = read_entries(ACTOR)[(code,)]
    actor_update(entry=replace(stored.entry, **values), version=stored.version)


def role(record: str, code: str) -> str | None:
    found = ProjectParticipation.objects.filter(project__code=record, actor__code=code)
    return found.values_list("role_id", flat=True).first()


@pytest.fixture
def twins(programme: Programme) -> None:  # noqa: ARG001
    """A-1 and A-2 are one company; A-2 has a child, takes part in two projects (in one beside A-1) and an activity."""
    member = Membership(cluster="optics", member_from=date(2018, 1, 1))
    number = Identifier(scheme="register", identifier="HRB 9817")
    actors_create(
        entries=[
            actor("A-1", name="Stahlwerk", sizes=()),
            actor("A-2", name="Stahlwerk AG", clusters=(member,), identifiers=(number,)),
            actor("A-3", parent="A-2"),
            actor("A-4", former_parents=(FormerParent(parent="A-2", parent_to=DAY),)),
        ]
    )
    both = (Participation(actor="A-1", role="associated"), Participation(actor="A-2", role="lead"))
    projects_create(
        entries=[
            project("P-1", participations=both),
            project("P-2", participations=(Participation(actor="A-2", role="partner"),)),
            project("P-3", participations=(Participation(actor="A-1", role="lead"),)),
        ]
    )
    activities_create(entries=[activity("S-1", participations=(Participation(actor="A-2", role="partner"),))])


@pytest.mark.usefixtures("twins")
def test_what_points_to_the_one_points_to_the_other() -> None:
    before = timezone.now()
    made = merge("A-2", "A-1")
    assert {record: role(record, "A-1") for record in ("P-1", "P-2", "P-3")} == {
        "P-1": "lead", "P-2": "partner", "P-3": "lead",
    }  # fmt: skip
    assert not ProjectParticipation.objects.filter(actor__code="A-2").exists()
    assert (entry_of("A-3").parent, entry_of("A-4").former_parents[0].parent) == ("A-1", "A-1")
    survivor = entry_of("A-1")
    assert (survivor.name, survivor.sizes) == ("Stahlwerk", actor().sizes)
    assert {each.cluster for each in survivor.clusters} == {"metal", "optics"}
    assert {each.identifier for each in survivor.identifiers} == {"Cottbus A-1", "HRB 9817"}
    assert same(ACTOR, entry_of("A-2"), read_entries(ACTOR, as_of=before)[("A-2",)].entry)
    assert Actor.objects.get(code="A-2").merged_into.code == "A-1"
    versions = dict(Project.objects.values_list("code", "version"))
    assert versions == {"P-1": 2, "P-2": 2, "P-3": 1}
    reason = ProjectParticipation.history.filter(history_type="-").get().history_change_reason
    assert reason == "A-2 in A-1 zusammengeführt: dieselbe Firma"
    assert list(violations()) == []
    assert made.moved["children"] == [ids()["A-3"]]


@pytest.mark.usefixtures("twins")
def test_undone_all_is_as_before() -> None:
    before = state()
    made = merge("A-2", "A-1", tuple(CHOICES))
    assert entry_of("A-1").name == "Stahlwerk AG"
    assert state() != before
    assert undo(made) == 0
    assert state() == before
    assert Actor.objects.get(code="A-2").merged_into is None
    assert rules(lambda: merge_undo(merge=made.pk, version=2, reason="noch einmal")) == [
        ("A-2", "merged", "merge_undone")
    ]
    assert undo(merge("A-2", "A-1")) == 0
    assert state() == before


@pytest.mark.usefixtures("twins")
def test_what_changed_since_stays() -> None:
    made = merge("A-2", "A-1", ("name",))
    change("A-1", municipality="Forst", identifiers=())
    for code, participations in {
        "P-1": (Participation(actor="A-1", role="partner"), Participation(actor="A-4", role="lead")),
        "P-2": (),
    }.items():
        stored = read_entries(PROJECT)[(code,)]
        project_update(entry=replace(stored.entry, participations=participations), version=stored.version)
    change("A-3", parent="A-4")
    assert undo(made) == 1
    survivor = entry_of("A-1")
    assert (survivor.name, survivor.municipality, survivor.identifiers) == ("Stahlwerk", "Forst", ())
    assert (role("P-1", "A-1"), role("P-1", "A-2"), role("P-2", "A-2")) == ("partner", "lead", None)
    assert entry_of("A-3").parent == "A-4"


@pytest.mark.usefixtures("twins")
def test_a_snapshot_has_the_survivor_alone_and_earlier_knowledge_both(tmp_path: Path, programme: Programme) -> None:
    def codes(as_of: Any = None) -> list[tuple[Any, ...]]:
        info = snapshot_export(
            folder=tmp_path, cut_off=date(2020, 12, 31), as_of=as_of, programme=programme, methodology_hash="m" * 64
        )
        names = ("actors", "actor_clusters", "actor_identifiers", "project_participations")
        rows = [pq.read_table(tmp_path / info.name / f"{name}.parquet").to_pylist() for name in names]
        own = {each["actor_id"]: each["code"] for each in rows[0]}
        return sorted(
            (code, *(sum(row["actor_id"] == pk for row in part) for part in rows[1:])) for pk, code in own.items()
        )

    before = codes()
    moment = timezone.now()
    made = merge("A-2", "A-1")
    assert codes() == [("A-1", 2, 2, 3), ("A-3", 1, 1, 0), ("A-4", 1, 1, 0)]
    assert codes(moment) == before
    undo(made)
    assert codes() == before == [("A-1", 1, 1, 2), ("A-2", 1, 1, 2), ("A-3", 1, 1, 0), ("A-4", 1, 1, 0)]


@pytest.mark.usefixtures("twins")
def test_refused() -> None:
    assert rules(lambda: merge("A-1", "A-1")) == [("A-1", "merged", "actor_merge_of_two")]
    assert rules(lambda: merge("A-2", "A-3")) == [("A-2", "merged", "merge_into_own_child")]
    assert rules(lambda: merge("A-2", "A-4")) == [("A-2", "merged", "merge_into_own_child")]
    merge("A-2", "A-1")
    assert rules(lambda: merge("A-2", "A-4")) == [("A-2", "merged", "actor_merged_once")]
    assert rules(lambda: merge("A-4", "A-2")) == [("A-2", "merged", "actor_merged_once")]
    assert rules(lambda: actor_update(entry=actor("A-2"), version=2)) == [("A-2", "code", "merged_record")]
    taking_part = project("P-9", participations=(Participation(actor="A-2", role="lead"),))
    assert rules(lambda: projects_create(entries=[taking_part])) == [("P-9", "actor", "merged_record")]
    assert rules(lambda: actors_create(entries=[actor("A-9", parent="A-2")])) == [("A-9", "parent", "merged_record")]


@pytest.mark.parametrize("reason", ["", " ", "R" * 151])
@pytest.mark.usefixtures("twins")
def test_a_reason_is_asked_for(reason: str) -> None:
    before = state()
    with pytest.raises(RefusedError) as caught:
        actors_merge(survivor=ids()["A-1"], survivor_version=1, merged=ids()["A-2"], merged_version=1, reason=reason)
    assert [each.field for each in caught.value.refusals] == ["reason"]
    assert rules(lambda: actors_tell_apart(one=ids()["A-1"], other=ids()["A-2"], reason=reason))[0][1] == "reason"
    assert state() == before


@pytest.mark.parametrize("versions", [(7, 1), (1, 7)])
@pytest.mark.usefixtures("twins")
def test_who_was_changed_meanwhile_is_not_merged(versions: tuple[int, int]) -> None:
    before = state()
    with pytest.raises(ConflictError):
        merge("A-2", "A-1", versions=versions)
    assert state() == before
    assert not ActorMerge.objects.exists()


@pytest.mark.usefixtures("twins")
def test_a_chain_is_taken_back_from_its_end() -> None:
    actors_create(entries=[actor("A-5")])
    before = state()
    first = merge("A-2", "A-1")
    second = merge("A-1", "A-5")
    assert rules(lambda: undo(first)) == [("A-2", "survivor", "merge_survivor_merged")]
    undo(second)
    undo(first)
    assert state() == before


@pytest.mark.usefixtures("twins")
def test_a_merge_is_taken_back_once_only() -> None:
    made = merge("A-2", "A-1")
    with pytest.raises(ConflictError):
        merge_undo(merge=made.pk, version=7, reason="doch zwei")
    assert Actor.objects.get(code="A-2").merged_into is not None
    undo(made)


@pytest.mark.usefixtures("twins")
def test_taking_back_must_not_make_a_circle() -> None:
    actors_create(entries=[actor("A-5")])
    change("A-2", parent="A-5")
    made = merge("A-2", "A-1")
    change("A-5", parent="A-3")  # A-3 stood below A-2
    was = state()
    assert {each[2] for each in rules(lambda: undo(made))} == {"hierarchy_without_cycle"}
    assert state() == was
    change("A-5", parent=None)
    undo(made)
    assert (entry_of("A-3").parent, entry_of("A-2").parent) == ("A-2", "A-5")


@pytest.mark.usefixtures("twins")
def test_a_parent_that_went_up_in_another_meanwhile_is_found_there() -> None:
    actors_create(entries=[actor("A-5"), actor("A-6")])
    change("A-1", parent="A-5")
    made = merge("A-2", "A-1", ("parent",))
    assert entry_of("A-1").parent is None
    merge("A-5", "A-6")
    undo(made)
    assert entry_of("A-1").parent == "A-6"


@pytest.mark.usefixtures("twins")
def test_telling_apart_is_remembered_once_for_both_orders() -> None:
    one, other = ids()["A-1"], ids()["A-2"]
    actors_tell_apart(one=other, other=one, reason="zwei Werke")
    actors_tell_apart(one=one, other=other, reason="zwei Firmen")
    apart = ActorsApart.objects.get()
    assert (apart.first_id, apart.second_id, apart.reason, apart.version) == (one, other, "zwei Firmen", 2)
    assert rules(lambda: actors_tell_apart(one=one, other=one, reason="x")) == [("A-1", "merged", "actor_merge_of_two")]


CODES = ("A", "B", "C", "D", "E")
ABOVE = st.sampled_from((None, *CODES))
ROLES = st.sampled_from(("lead", "partner", "associated"))
PARTS = st.dictionaries(st.sampled_from(CODES), ROLES, max_size=4)
WORLD = st.fixed_dictionaries(
    {
        "parents": st.dictionaries(st.sampled_from(CODES), ABOVE),
        "former": st.dictionaries(st.sampled_from(CODES), ABOVE, max_size=3),
        "projects": st.lists(PARTS, max_size=3),
        "activity": PARTS,
        "pair": st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)),
        "chosen": st.sets(st.sampled_from(sorted(CHOICES))),
    }
)


def build(world: dict[str, Any]) -> None:
    actors_create(
        entries=[
            actor(
                code,
                name=f"Name {code}",
                parent=world["parents"].get(code),
                former_parents=(FormerParent(parent=world["former"][code], parent_to=DAY),)
                if code in world["former"]
                else (),
            )
            for code in CODES
        ]
    )
    taking = [
        tuple(Participation(actor=code, role=each) for code, each in parts.items()) for parts in world["projects"]
    ]
    projects_create(entries=[project(f"P-{at}", participations=parts) for at, parts in enumerate(taking)])
    parts = tuple(Participation(actor=code, role=each) for code, each in world["activity"].items())
    activities_create(entries=[activity("S-1", participations=parts)])


def parents_by_day(world: dict[str, Any]) -> list[dict[str, str | None]]:
    """The parents since the change and before it."""
    now = {code: world["parents"].get(code) for code in CODES}
    return [now, {**now, **world["former"]}]


def leads(start: str, target: str, parents: dict[str, str | None]) -> bool:
    above, seen = parents[start], set()
    while above is not None and above != target and above not in seen:
        seen.add(above)
        above = parents[above]
    return above == target


def turns_cyclic(world: dict[str, Any], merged: str, survivor: str) -> bool:
    """Replay the merge on the parents of each day."""
    for parents in parents_by_day(world):
        after = dict(parents)
        if "parent" in world["chosen"]:
            after[survivor] = after[merged]
        del after[merged]
        after = {code: survivor if above == merged else above for code, above in after.items()}
        if any(leads(code, code, after) for code in after):
            return True
    return False


EXPECTED = {"hierarchy_without_cycle", "actor_not_its_own_parent", "actor_never_its_own_parent"}


@pytest.mark.usefixtures("programme")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLD)
def test_merged_and_undone_everything_is_as_before_and_no_circle_ever_arises(world: dict[str, Any]) -> None:
    merged, survivor = world["pair"]
    circular = any(leads(code, code, parents) for parents in parents_by_day(world) for code in CODES)
    with transaction.atomic():
        if circular:
            assert rules(lambda: build(world))
        else:
            build(world)
            before = state()
            below = any(leads(survivor, merged, parents) for parents in parents_by_day(world))
            if merged == survivor:
                assert rules(lambda: merge(merged, survivor)) == [(merged, "merged", "actor_merge_of_two")]
            elif below:
                found = rules(lambda: merge(merged, survivor, tuple(world["chosen"])))
                assert found == [(merged, "merged", "merge_into_own_child")]
            elif turns_cyclic(world, merged, survivor):
                assert {each[2] for each in rules(lambda: merge(merged, survivor, tuple(world["chosen"])))} <= EXPECTED
            else:
                made = merge(merged, survivor, tuple(world["chosen"]))
                assert list(violations()) == []
                assert undo(made) == 0
            assert state() == before
        transaction.set_rollback(True)
