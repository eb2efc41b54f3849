"""From records to a snapshot: exact rows and types, resolved at the cut-off, as known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from ewm.capture.activities.models import Activity
from ewm.capture.activities.services import activities_create
from ewm.capture.actors.entries import Size
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.editorial.models import PictureContent, SuccessStory
from ewm.capture.editorial.services import (
    macro_values_create,
    notes_create,
    stories_create,
    story_update,
    texts_create,
)
from ewm.capture.entries import Assignment, Participation
from ewm.capture.exporter import snapshot_export
from ewm.capture.projects.entries import StatusEvent
from ewm.capture.projects.models import Project, ProjectStatusEvent
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.taxonomies.services import programme_load
from ewm.errors import MissingError
from ewm.snapshot.arrow import arrow_schema
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.schema import TABLES
from tests.capture import entries
from tests.capture.programme import small_programme
from tests.capture.refused import rules
from tests.capture.rows import insert
from tests.support.pixels import png

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.programme import Programme
    from ewm.snapshot.manifest import SnapshotInfo

CUT_OFF = date(2020, 12, 31)
EXPORTED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def everything(records: None) -> None:  # noqa: ARG001
    """One record of each kind."""
    stories_create(entries=[entries.story(pictures=(entries.image(),))])
    macro_values_create(entries=[entries.macro()])
    texts_create(entries=[entries.passage()])
    notes_create(entries=[entries.note()])


def export(home: Path, programme: Programme, cut_off: date = CUT_OFF, **options: Any) -> SnapshotInfo:
    return snapshot_export(folder=home, cut_off=cut_off, programme=programme, methodology_hash="m" * 64, **options)


def table(home: Path, info: SnapshotInfo, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(home / info.name / f"{name}.parquet").to_pylist()
    return rows


@pytest.mark.usefixtures("everything")
def test_every_table_is_exported_as_the_contract_has_it(tmp_path: Path, programme: Programme) -> None:
    info = export(tmp_path, programme)
    assert dict(info.left_out) == {}
    assert all(info.rows[name] for name in TABLES)
    open_snapshot(tmp_path / info.name)
    for name, contract in TABLES.items():
        assert pq.read_schema(tmp_path / info.name / f"{name}.parquet").equals(arrow_schema(contract))
    [project] = table(tmp_path, info, "projects")
    assert project == {
        "project_id": Project.objects.get().pk,
        "code": "P-1",
        "cluster_id": "metal",
        "title": "Vorhaben P-1",
        "support_start": date(2020, 3, 1),
        "support_end": date(2021, 2, 28),
        "official_start": date(2020, 6, 1),
        "official_end": date(2022, 5, 31),
        "status_at_cut_off": "running",
        "is_rdi": True,
        "project_volume": 100_000_00,
        "project_volume_regional": 80_000_00,
        "project_volume_estimated": False,
        "funding_volume": 50_000_00,
        "funding_volume_regional": 50_000_00,
        "funding_volume_estimated": True,
        "funding_state": "secured",
        "example": True,
    }
    [actor, _] = table(tmp_path, info, "actors")
    assert actor == {
        "actor_id": Actor.objects.get(code="A-1").pk,
        "code": "A-1",
        "name": "Werk A-1",
        "actor_type": "company",
        "parent_id": None,
        "size_class": "micro",
        "country": "DE",
        "land_id": "12",
        "district_id": "12052",
        "municipality": "Cottbus",
        "example": True,
    }
    assert [row["granting_body"] for row in table(tmp_path, info, "project_funding")] == ["state", "federal"]
    assert [row["term_id"] for row in table(tmp_path, info, "story_assignments")] == ["wide"]
    [picture] = table(tmp_path, info, "story_pictures")
    assert picture == {
        "story_id": SuccessStory.objects.get().pk,
        "picture": entries.image().picture,
        "media_type": "image/png",
        "file_name": "halle.png",
        "alt_de": "Eine Halle mit Licht",
        "alt_en": None,
        "credit": "Foto: Werk A-1",
    }
    assert (tmp_path / info.name / f"picture-{picture['picture']}.png").read_bytes() == png()
    assert len(table(tmp_path, info, "terms")) == len(programme.terms)
    assert [row["reporting_year"] for row in table(tmp_path, info, "years")] == [2017, 2018, 2019, 2020]


@pytest.mark.usefixtures("everything")
def test_the_manifest_names_what_was_exported(tmp_path: Path, programme: Programme) -> None:
    info = export(tmp_path, programme, exported_at=EXPORTED)
    assert (info.cut_off, info.as_of, info.exported_at) == (CUT_OFF, None, EXPORTED)
    assert (info.programme_id, info.programme_version, info.programme_hash) == ("small", "1", "0" * 64)
    assert (info.methodology_hash, info.reporting_years) == ("m" * 64, (2017, 2018, 2019, 2020))


@pytest.mark.usefixtures("everything")
def test_no_note_of_an_interview_leaves_capture(tmp_path: Path, programme: Programme) -> None:
    info = export(tmp_path, programme)
    files = (tmp_path / info.name).iterdir()
    assert not [path for path in files if b"Alles digital." in path.read_bytes() or "note" in path.name]


@pytest.mark.usefixtures("everything")
def test_same_data_same_snapshot(tmp_path: Path, programme: Programme) -> None:
    first, second = export(tmp_path, programme), export(tmp_path, programme)
    assert (first.name, second.already_there) == (second.name, True)
    elsewhere = export(tmp_path / "other", programme, exported_at=EXPORTED)
    assert elsewhere.content_hash == first.content_hash


@pytest.mark.usefixtures("actors")
def test_what_begins_after_the_cut_off_is_left_out(tmp_path: Path, programme: Programme) -> None:
    status = (StatusEvent(status_from=CUT_OFF, status="running"),)
    next_day = CUT_OFF + timedelta(days=1)
    plain: dict[str, Any] = {"support_end": None, "assignments": ()}
    projects_create(
        entries=[
            entries.project("LAST", support_start=CUT_OFF, status_events=status, **plain),
            entries.project(
                "NEXT", support_start=next_day, status_events=(replace(status[0], status_from=next_day),), **plain
            ),
        ]
    )
    activities_create(
        entries=[
            entries.activity("LAST", activity_start=CUT_OFF, activity_end=None, assignments=()),
            entries.activity("NEXT", activity_start=next_day, activity_end=None, assignments=()),
        ]
    )
    texts_create(entries=[entries.passage(), entries.passage(reporting_year=2021)])
    macro_values_create(entries=[entries.macro(), entries.macro(reporting_year=2021)])
    stories_create(
        entries=[
            entries.story("OF-LAST", project="LAST", recorded_at=None),
            entries.story("OF-NEXT", project="NEXT", position=2, recorded_at=None),
            entries.story("OF-NEXT-S", project=None, activity="NEXT", position=3, recorded_at=None),
            entries.story("OF-2021", project="LAST", reporting_year=2021, recorded_at=None),
        ]
    )
    info = export(tmp_path, programme)
    assert dict(info.left_out) == {
        "projects": 1,
        "project_status_events": 1,
        "activities": 1,
        "success_stories": 3,
        "macro_values": 1,
        "edition_texts": 1,
    }
    assert [row["code"] for row in table(tmp_path, info, "projects")] == ["LAST"]
    assert [row["code"] for row in table(tmp_path, info, "activities")] == ["LAST"]
    assert [row["code"] for row in table(tmp_path, info, "success_stories")] == ["OF-LAST"]
    kept = {row["project_id"] for row in table(tmp_path, info, "projects")}
    for name in ("project_status_events", "project_funding", "project_participations", "project_supporting_clusters"):
        assert {row["project_id"] for row in table(tmp_path, info, name)} == kept
    assert len({row["activity_id"] for row in table(tmp_path, info, "activity_participations")}) == 1
    assert {row["story_id"] for row in table(tmp_path, info, "story_assignments")} == {
        row["story_id"] for row in table(tmp_path, info, "success_stories")
    }


@pytest.mark.parametrize(
    ("cut_off", "expected"),
    [
        (date(2020, 5, 31), ("preparation", 1, "micro", None)),
        (date(2020, 6, 1), ("running", 2, "micro", None)),
        (date(2020, 12, 30), ("running", 2, "micro", None)),
        (date(2020, 12, 31), ("finished", 3, "large", "large")),
    ],
)
def test_status_and_size_are_those_of_the_cut_off(
    tmp_path: Path, programme: Programme, cut_off: date, expected: tuple[str, int, str, str | None]
) -> None:
    sizes = (Size(size_class="large", size_from=CUT_OFF), Size(size_class="micro", size_from=date(2020, 1, 1)))
    actors_create(entries=[entries.actor("A-1", sizes=sizes), entries.actor("A-2", sizes=sizes[:1])])
    finished = StatusEvent(status_from=CUT_OFF, status="finished")
    plain = entries.project()
    projects_create(entries=[replace(plain, status_events=(finished, *plain.status_events))])
    info = export(tmp_path, programme, cut_off)
    [project] = table(tmp_path, info, "projects")
    first, second = table(tmp_path, info, "actors")
    events = info.rows["project_status_events"]
    assert (project["status_at_cut_off"], events, first["size_class"], second["size_class"]) == expected
    assert info.left_out.get("project_status_events", 0) == 3 - events


@pytest.mark.parametrize(("cut_off", "years"), [(date(2019, 12, 31), [2017, 2018, 2019]), (date(2016, 12, 31), [])])
@pytest.mark.usefixtures("everything")
def test_years_end_with_the_cut_off(tmp_path: Path, programme: Programme, cut_off: date, years: list[int]) -> None:
    info = export(tmp_path, programme, cut_off)
    assert [row["reporting_year"] for row in table(tmp_path, info, "years")] == years
    assert info.rows["projects"] == 0


def test_an_empty_database_gives_empty_tables(tmp_path: Path, programme: Programme) -> None:
    info = export(tmp_path, programme)
    assert {name for name, count in info.rows.items() if count} == {"years", "clusters", "terms"}


@pytest.mark.usefixtures("everything")
def test_the_picture_known_on_a_day_is_the_one_exported(tmp_path: Path, programme: Programme) -> None:
    before = timezone.now()
    first = export(tmp_path, programme)
    other = entries.image(png(shade=9))
    story_update(entry=entries.story(pictures=(other,)), version=1)
    assert [row["picture"] for row in table(tmp_path, export(tmp_path, programme), "story_pictures")] == [other.picture]
    then = export(tmp_path, programme, as_of=before)
    assert {name for name in then.files if name.startswith("picture-")} == {f"picture-{entries.image().picture}.png"}
    assert table(tmp_path, then, "story_pictures") == table(tmp_path, first, "story_pictures")


@pytest.mark.usefixtures("everything")
def test_a_damaged_picture_is_not_frozen(tmp_path: Path, programme: Programme) -> None:
    PictureContent.objects.update(content=png(shade=9))
    assert rules(lambda: export(tmp_path, programme)) == [("E-1", "picture", "story_picture_content")]
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


@pytest.mark.usefixtures("everything")
def test_without_pictures_a_snapshot_is_what_it_was_before_there_were_any(tmp_path: Path, programme: Programme) -> None:
    story_update(entry=entries.story(), version=1)
    info = export(tmp_path, programme)
    assert (info.rows["story_pictures"], [name for name in info.files if "picture" in name]) == (0, [])


@pytest.mark.usefixtures("everything")
def test_an_earlier_state_of_knowledge_has_the_rows_of_that_day(tmp_path: Path, programme: Programme) -> None:
    before = timezone.now()
    first = export(tmp_path, programme)
    changed = entries.project(
        title="Umbenannt",
        project_volume=200_000_00,
        participations=(Participation(actor="A-2", role="lead"),),
        assignments=(Assignment(term="wide-technical"),),
    )
    project_update(entry=changed, version=1)
    now = export(tmp_path, programme)
    assert [row["title"] for row in table(tmp_path, now, "projects")] == ["Umbenannt"]
    assert now.rows["project_participations"] == first.rows["project_participations"] - 1
    then = export(tmp_path, programme, as_of=before)
    assert then.as_of == before.replace(microsecond=0)
    for name in TABLES:
        assert table(tmp_path, then, name) == table(tmp_path, first, name)


@pytest.mark.usefixtures("everything")
def test_what_was_not_yet_recorded_is_not_known(tmp_path: Path, programme: Programme) -> None:
    day = entries.at(2020, 6, 14)
    info = export(tmp_path, programme, as_of=day)
    assert [row["status_at_cut_off"] for row in table(tmp_path, info, "projects")] == ["preparation"]
    assert (info.rows["activities"], info.rows["success_stories"]) == (0, 0)
    assert info.rows["terms"] == len(programme.terms)
    assert export(tmp_path, programme, as_of=entries.at(2020, 3, 1)).rows["projects"] == 0


@pytest.mark.usefixtures("everything")
def test_a_broken_rule_stops_the_export(tmp_path: Path, programme: Programme) -> None:
    insert(Project)
    insert(ProjectStatusEvent)
    Activity.objects.bulk_create([Activity(**{**vars_of_activity(), "cluster_id": "others"})])
    assert rules(lambda: export(tmp_path, programme)) == [("S-9", "cluster", "cluster_within_structure")]
    assert not [path for path in tmp_path.iterdir() if path.is_dir() and not path.name.startswith(".")]


def vars_of_activity() -> dict[str, Any]:
    return {"code": "S-9", "title": "Treffen", "activity_kind_id": "event", "activity_start": date(2020, 1, 1)}


@pytest.mark.usefixtures("everything")
def test_a_programme_that_is_not_loaded_stops_the_export(tmp_path: Path, programme: Programme) -> None:
    other = small_programme(work={"label_de": "Neu"})
    with pytest.raises(MissingError, match="ewm programme load"):
        export(tmp_path, other)
    programme_load(programme=other)
    assert export(tmp_path, other).rows["projects"] == 1
    with pytest.raises(MissingError):
        export(tmp_path, programme)


@pytest.mark.usefixtures("everything")
def test_knowledge_of_the_future_is_refused(tmp_path: Path, programme: Programme) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    assert rules(lambda: export(tmp_path, programme, as_of=tomorrow)) == [("Datenstand", "as_of", "as_of_in_future")]


@pytest.mark.usefixtures("everything")
def test_progress_is_told(tmp_path: Path, programme: Programme) -> None:
    told: list[tuple[str, int, int]] = []
    export(tmp_path, programme, progress=lambda *what: told.append(what))
    assert [(done, total) for _, done, total in told] == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.usefixtures("actors")
def test_many_rows_come_in_batches(tmp_path: Path, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ewm.capture.exporter.export._BATCH", 7)
    monkeypatch.setattr("ewm.capture.exporter.recheck._CHUNK", 3)
    projects_create(entries=[entries.project(f"P-{number}") for number in range(1, 21)])
    info = export(tmp_path, programme)
    assert info.rows["projects"] == 20
    assert info.rows["project_participations"] == 40
    assert [row["code"] for row in table(tmp_path, info, "projects")] == [f"P-{number}" for number in range(1, 21)]
