"""What two actors say together, and what the survivor says again once a merge is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ewm.capture.actors.duplicates.uniting import CHOICES, given_back, united
from ewm.capture.actors.entries import ACTOR, FormerName, Membership, Size
from ewm.capture.shapes import same
from tests.capture.entries import actor

DAY = date(2019, 12, 31)


def test_what_two_say_together() -> None:
    one = actor("A-1", sizes=(), clusters=(Membership(cluster="metal", member_from=date(2017, 1, 1)),))
    other = actor(
        "A-2", country="PL", land=None, district=None, municipality="Szczecin",
        clusters=(
            Membership(cluster="metal", member_from=date(2018, 1, 1)),
            Membership(cluster="metal", member_from=date(2015, 1, 1), member_to=date(2016, 1, 1)),
        ),
        former_names=(FormerName(name="Alt", name_to=DAY),),
    )  # fmt: skip
    plain = united(one, other)
    assert (plain.name, plain.sizes, plain.former_names) == ("Werk A-1", other.sizes, ())
    assert [each.member_from.year for each in plain.clusters] == [2017, 2015]
    chosen = united(one, other, ["name", "seat", "unknown"])
    assert (chosen.code, chosen.name, chosen.former_names) == ("A-1", "Werk A-2", other.former_names)
    assert (chosen.country, chosen.district, chosen.municipality) == ("PL", None, "Szczecin")
    assert united(one, replace(other, actor_type="chamber", sizes=())).sizes == ()
    assert united(replace(one, actor_type="chamber"), other).sizes == ()
    kept = united(actor("A-1"), replace(other, sizes=(Size(size_class="large", size_from=DAY),)))
    assert kept.sizes == actor("A-1").sizes


def test_given_back_twice_is_the_same() -> None:
    one, other = actor("A-1"), actor("A-2", municipality="Forst")
    after = united(one, other, list(CHOICES))
    assert same(ACTOR, given_back(after, one, after), one)
    assert same(ACTOR, given_back(one, one, after), one)
