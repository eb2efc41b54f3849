"""The one write helper: a version against lost updates, a history entry for every write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ewm.capture.actors.models import Actor, ActorSize
from ewm.capture.projects.models import ProjectParticipation
from ewm.capture.writing import ConflictError, row_delete, row_update, rows_create
from ewm.errors import EwmError, RefusedError
from tests.capture.entries import at

pytestmark = pytest.mark.usefixtures("records")


def history_of(row: Any) -> list[tuple[str, int]]:
    return list(type(row).history.filter(id=row.pk).order_by("history_id").values_list("history_type", "version"))


def test_an_update_counts_the_version_and_leaves_history() -> None:
    row = Actor.objects.get(code="A-1")
    stored = row_update(row, version=1, values={"name": "Neues Werk"}, reason="umbenannt")
    assert (stored.name, stored.version) == ("Neues Werk", 2)
    assert history_of(row) == [("+", 1), ("~", 2)]
    latest = Actor.history.filter(id=row.pk).first()
    assert (latest.name, latest.history_change_reason, latest.history_user) == ("Neues Werk", "umbenannt", None)


def test_the_second_of_two_savers_is_told_both_versions() -> None:
    row = Actor.objects.get(code="A-1")
    row_update(row, version=1, values={"name": "Erste"}, reason="")
    with pytest.raises(ConflictError) as caught:
        row_update(row, version=1, values={"name": "Zweite", "municipality": "Potsdam"}, reason="")
    error = caught.value
    assert isinstance(error, EwmError)
    assert (error.my_version, error.their_version) == (1, 2)
    assert error.mine == {"name": "Zweite", "municipality": "Potsdam"}
    assert error.theirs == {"name": "Erste", "municipality": "Cottbus"}
    assert "Akteur A-1" in str(error)
    assert "Fassung 2" in str(error)
    assert Actor.objects.get(code="A-1").name == "Erste"
    assert history_of(row) == [("+", 1), ("~", 2)]


def test_a_row_that_is_gone_is_a_conflict_too() -> None:
    row = ProjectParticipation.objects.get(actor__code="A-2", project__code="P-1")
    row_delete(row, version=1, reason="ausgestiegen")
    for write in (
        lambda: row_update(row, version=1, values={"role_id": "lead"}, reason=""),
        lambda: row_delete(row, version=1, reason=""),
    ):
        with pytest.raises(ConflictError, match="gelöscht") as caught:
            write()
        assert (caught.value.their_version, caught.value.theirs) == (None, None)
    assert history_of(row) == [("+", 1), ("-", 1)]


def test_a_deletion_with_an_old_version_is_refused() -> None:
    row = ProjectParticipation.objects.get(actor__code="A-2", project__code="P-1")
    row_update(row, version=1, values={"role_id": "lead"}, reason="")
    with pytest.raises(ConflictError):
        row_delete(row, version=1, reason="")
    assert ProjectParticipation.objects.filter(pk=row.pk).exists()


def test_a_change_cannot_lie_before_the_last_one() -> None:
    row = Actor.objects.get(code="A-1")
    known = Actor.history.filter(id=row.pk).get().history_date
    row_update(row, version=1, values={"name": "am selben Augenblick"}, reason="", recorded_at=known)
    with pytest.raises(RefusedError) as caught:
        row_update(row, version=2, values={"name": "davor"}, reason="", recorded_at=known - timedelta(seconds=1))
    assert [refusal.rule for refusal in caught.value.refusals] == ["change_before_last"]
    assert Actor.objects.get(code="A-1").name == "am selben Augenblick"


def test_new_rows_have_their_ids_and_their_own_moments() -> None:
    actor = Actor.objects.get(code="A-1")
    rows = [ActorSize(actor=actor, size_class_id="large", size_from=at(year, 1, 1).date()) for year in (2018, 2019)]
    rows_create(rows, recorded_at=[at(2018, 2, 1), at(2019, 2, 1)], reason="gewachsen")
    assert all(row.pk for row in rows)
    moments = ActorSize.history.filter(id__in=[row.pk for row in rows]).order_by("id")
    assert [each.history_date for each in moments] == [at(2018, 2, 1), at(2019, 2, 1)]


def test_nothing_to_create_is_nothing() -> None:
    before = ActorSize.history.count()
    rows_create([], recorded_at=[], reason="")
    assert ActorSize.history.count() == before


def test_two_hundred_edits_of_readers_who_do_not_reload_lose_nothing_silently() -> None:
    """Every saver read the row before the one before saved: all but one of each pair are told."""
    told = 0
    for edit in range(200):
        row = Actor.objects.get(code="A-1")
        row_update(row, version=row.version, values={"name": f"A{edit}"}, reason="")
        try:
            row_update(row, version=row.version, values={"name": f"B{edit}"}, reason="")
        except ConflictError:
            told += 1
    assert told == 200
    assert Actor.objects.get(code="A-1").version == 201
    assert timezone.now() > Actor.history.filter(code="A-1").first().history_date
