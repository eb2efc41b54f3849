"""A file of several kinds: organisations with rows of their own, projects that name them, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.actors.models import Actor
from ewm.capture.imports import staging
from ewm.capture.imports.found import Found, FoundActor, FoundPartner, RecordKind
from ewm.capture.imports.services import import_apply, import_decide, import_map, import_undo
from ewm.capture.projects.models import ProjectParticipation
from tests.capture.hashes import row_hashes
from tests.capture.import_steps.lists import DECIDE, ERROR, NEW, PROFILE, items, outcomes, read, row, stored_actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


def actor(at: int, name: str, **values: Any) -> Found:
    given = {"name": name, "actor_type": "company", "country": "DE", **values}
    return Found(RecordKind.ACTORS, "mappe", name, given, rows=(at,))


def project(at: int, *partners: str) -> Found:
    values: dict[str, Any] = {
        "title": "Gemeinsam", "support_start": "2020-03-01", "is_rdi": True, "funding_state": "sought",
        "status_events": [{"status_from": "2020-03-01", "status": "running"}],
    }  # fmt: skip
    named = tuple(FoundPartner(FoundActor(name, "company", "DE"), None, at) for name in partners)
    return Found(RecordKind.PROJECTS, "mappe", "p", values, named, (at,))


def mapped(monkeypatch: pytest.MonkeyPatch, founds: Sequence[Found]) -> int:
    monkeypatch.setattr(staging, "found_in", lambda *_: list(founds))
    number = read([row("x", "x") for _ in founds])
    import_map(imported=number, profile=PROFILE)
    return number


def test_an_organisation_of_its_own_row_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    before = row_hashes()
    founds = [
        actor(2, "Institut B", parent={"name": "Hochschule A"}),
        actor(3, "Hochschule A", municipality="Cottbus"),
        project(4, "Hochschule A", "Werk C GmbH"),
    ]
    number = mapped(monkeypatch, founds)
    assert outcomes(number) == [NEW] * 3
    import_apply(imported=number, account=None)
    assert dict(Actor.objects.values_list("name", "parent__name")) == {
        "Institut B": "Hochschule A", "Hochschule A": None, "Werk C GmbH": None,
    }  # fmt: skip
    assert Actor.objects.get(name="Hochschule A").municipality == "Cottbus"
    taking_part = ProjectParticipation.objects.order_by("pk").values_list("actor__name", "role_id")
    assert list(taking_part) == [("Hochschule A", "lead"), ("Werk C GmbH", "partner")]
    assert import_undo(imported=number, account=None).removed == 4
    assert row_hashes() == before


def test_what_is_decided_at_its_own_row_holds_where_it_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    stored_actor("Hochschule Aa")
    number = mapped(monkeypatch, [actor(2, "Hochschule Ab"), project(3, "Hochschule Ab")])
    assert outcomes(number) == [DECIDE, DECIDE]
    import_decide(item=items(number)[0].pk, decision={"record": "A-0001"})
    assert outcomes(number)[1] == NEW
    import_apply(imported=number, account=None)
    assert list(ProjectParticipation.objects.values_list("actor__code", flat=True)) == ["A-0001"]


def test_an_unknown_parent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    number = mapped(monkeypatch, [actor(2, "Institut B", parent={"name": "Unbekannt"})])
    assert outcomes(number) == [ERROR]
    assert "„Unbekannt“ ist noch nicht erfasst" in items(number)[0].reason


def test_two_new_organisations_of_one_name_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    number = mapped(monkeypatch, [actor(2, "Werk C GmbH"), actor(3, "Werk C GmbH")])
    assert outcomes(number) == [NEW, DECIDE]
    import_decide(item=items(number)[1].pk, decision={"record": "new"})
    import_apply(imported=number, account=None)
    assert Actor.objects.filter(name="Werk C GmbH").count() == 2
