"""Three versions of one entry: no change is lost, and only what was changed twice is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewm.capture.conflicts import Kind, Side, merge_three
from ewm.capture.entries import Assignment, Participation
from ewm.capture.projects.entries import PROJECT, Funding, ProjectEntry, StatusEvent
from ewm.capture.shapes import same
from tests.capture.entries import project

BASE = project()
DAYS = st.dates(date(2020, 3, 1), date(2020, 3, 4))


def unique(items: st.SearchStrategy[Any], key: str) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=4, unique_by=lambda item: getattr(item, key)).map(tuple)


ENTRIES = st.builds(
    replace,
    st.just(BASE),
    title=st.sampled_from("ABC"),
    description=st.sampled_from([None, "kurz", "lang"]),
    project_volume=st.sampled_from([None, 1, 2]),
    is_rdi=st.booleans(),
    status_events=unique(st.builds(StatusEvent, status_from=DAYS, status=st.sampled_from("xyz")), "status_from"),
    funding=st.lists(
        st.builds(Funding, granting_body=st.sampled_from("ab"), funds_origin=st.just("o"), amount=st.integers(1, 3)),
        max_size=4,
    ).map(tuple),
    participations=unique(
        st.builds(Participation, actor=st.sampled_from("ABC"), role=st.sampled_from(["lead", "partner"])), "actor"
    ),
    assignments=unique(st.builds(Assignment, term=st.sampled_from("tuv"), is_main=st.booleans()), "term"),
)
MIRROR = {Side.MINE: Side.THEIRS, Side.THEIRS: Side.MINE}


@settings(max_examples=500, deadline=None)
@given(base=ENTRIES, mine=ENTRIES, theirs=ENTRIES, data=st.data())
def test_it_does_not_matter_who_was_first_but_for_the_choice(
    base: ProjectEntry, mine: ProjectEntry, theirs: ProjectEntry, data: st.DataObject
) -> None:
    one, other = (merge_three(PROJECT, base=base, mine=a, theirs=b) for a, b in ((mine, theirs), (theirs, mine)))
    tokens = [each.place.token for each in one.collisions]
    assert tokens == [each.place.token for each in other.collisions]
    choices = {token: data.draw(st.sampled_from(Side)) for token in tokens}
    mirrored = {token: MIRROR[side] for token, side in choices.items()}
    assert same(PROJECT, one.resolve(choices), other.resolve(mirrored))


@settings(max_examples=500, deadline=None)
@given(base=ENTRIES, mine=ENTRIES, theirs=ENTRIES)
def test_every_place_holds_a_change_that_somebody_made(
    base: ProjectEntry, mine: ProjectEntry, theirs: ProjectEntry
) -> None:
    merge = merge_three(PROJECT, base=base, mine=mine, theirs=theirs)
    for side, entry in ((Side.MINE, mine), (Side.THEIRS, theirs)):
        resolved = merge.resolve(dict.fromkeys((each.place.token for each in merge.collisions), side))
        # Compared with this side, what differs is what the other side alone changed.
        left = merge_three(PROJECT, base=None, mine=resolved, theirs=entry).collisions
        other = Kind.THEIRS if side is Side.MINE else Kind.MINE
        assert {each.place for each in left} == {each.place for each in merge.merged if each.kind is other}
    every = [each.place.token for each in merge.differences]
    assert same(PROJECT, merge.resolve(dict.fromkeys(every, Side.MINE)), mine)
    assert same(PROJECT, merge.resolve(dict.fromkeys(every, Side.THEIRS)), theirs)


@settings(max_examples=500, deadline=None)
@given(base=ENTRIES, theirs=ENTRIES)
def test_who_changed_nothing_takes_the_other_version(base: ProjectEntry, theirs: ProjectEntry) -> None:
    merge = merge_three(PROJECT, base=base, mine=base, theirs=theirs)
    assert merge.collisions == ()
    assert same(PROJECT, merge.resolve(), theirs)
    assert same(PROJECT, merge_three(PROJECT, base=base, mine=theirs, theirs=base).resolve(), theirs)


def test_what_does_not_collide_is_in_the_merged_entry_twice_over() -> None:
    mine = replace(
        BASE,
        title="Neuer Titel",
        status_events=(*BASE.status_events, StatusEvent(status_from=date(2020, 11, 16), status="running")),
        participations=(*BASE.participations, Participation(actor="A-3", role="partner")),
    )
    theirs = replace(
        BASE,
        project_volume=1,
        status_events=(*BASE.status_events, StatusEvent(status_from=date(2020, 11, 12), status="granted")),
        participations=BASE.participations[1:],
    )
    merge = merge_three(PROJECT, base=BASE, mine=mine, theirs=theirs)
    assert merge.collisions == ()
    both = merge.resolve()
    assert (both.title, both.project_volume) == ("Neuer Titel", 1)
    assert {each.actor for each in both.participations} == {"A-2", "A-3"}
    assert len(both.status_events) == 4


@pytest.mark.parametrize(
    ("mine", "theirs", "token"),
    [
        ({"title": "A"}, {"title": "B"}, "title"),
        ({"participations": ()}, {"participations": (Participation(actor="A-1", role="associated"),)},
         "participations:A-1"),
        ({"status_events": (StatusEvent(status_from=date(2020, 3, 1), status="x"),)},
         {"status_events": (StatusEvent(status_from=date(2020, 3, 1), status="y"),)}, "status_events:2020-03-01"),
        ({"funding": BASE.funding[:1] * 2}, {"funding": ()}, "funding:state:eu:voucher"),
    ],
)  # fmt: skip
def test_what_both_changed_differently_is_asked(mine: Any, theirs: Any, token: str) -> None:
    merge = merge_three(PROJECT, base=BASE, mine=replace(BASE, **mine), theirs=replace(BASE, **theirs))
    assert [each.place.token for each in merge.collisions] == [token]
    assert merge.undecided({}) == merge.collisions
    assert merge.undecided({token: Side.MINE}) == ()


def test_the_same_change_is_made_once() -> None:
    changed = replace(BASE, title="gleich")
    merge = merge_three(PROJECT, base=BASE, mine=changed, theirs=changed)
    assert [(each.place.field, each.kind) for each in merge.differences] == [("title", Kind.BOTH)]
    assert merge.resolve().title == "gleich"


def test_without_the_version_that_both_came_from_everything_is_asked() -> None:
    merge = merge_three(PROJECT, base=None, mine=replace(BASE, title="A"), theirs=BASE)
    assert [each.place.token for each in merge.collisions] == ["title"]
