"""What must not be counted is in the reference records: whoever edits them finds out when a trap is gone.

The counts are taken from the tables as they are, without the engine.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reference.conftest import Reference

pytestmark = pytest.mark.django_db

Row = dict[str, str]
Table = list[Row]
CUT_OFF = "2020-12-31"
LOST = ("aborted", "refused")


@pytest.fixture(scope="session")
def table(records: Path) -> Callable[[str], Table]:
    def read(name: str) -> Table:
        with (records / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def status_at(table: Callable[[str], Table]) -> Callable[[str, str], str]:
    events = defaultdict(list)
    for row in table("project_status_events"):
        events[row["project"]].append((row["status_from"], row["status"]))
    return lambda project, day: max(event for event in events[project] if event[0] <= day)[1]


@pytest.fixture(scope="session")
def new_2020(table: Callable[[str], Table], status_at: Callable[[str, str], str]) -> list[Row]:
    return [
        row
        for row in table("projects")
        if row["cluster"] == "metall"
        and row["support_start"].startswith("2020")
        and status_at(row["code"], CUT_OFF) not in LOST
    ]


def test_the_size_of_the_records(table: Callable[[str], Table]) -> None:
    projects = [row for row in table("projects") if row["cluster"] == "metall"]
    starts = Counter(row["support_start"][:4] for row in projects)
    assert 140 <= len(projects) <= 150
    assert starts["2015"] + starts["2016"] >= 10
    begun = Counter(row["activity_start"][:4] for row in table("activities") if row["is_standard"] == "false")
    assert all(begun[year] >= 30 for year in ("2017", "2018", "2019"))
    actors = table("actors")
    assert sum(not row["parent"] for row in actors) >= 130
    assert sum(bool(row["parent"]) for row in actors) >= 20


def test_aborted_and_refused_projects_of_every_year(
    table: Callable[[str], Table], status_at: Callable[[str, str], str]
) -> None:
    starts = {row["code"]: row["support_start"] for row in table("projects")}
    lost = [code for code, start in starts.items() if start <= CUT_OFF and status_at(code, CUT_OFF) in LOST]
    assert {starts[code][:4] for code in lost} >= {"2017", "2018", "2019", "2020"}
    events = [(row["project"], row["status_from"], row["status"]) for row in table("project_status_events")]
    assert any(day == CUT_OFF and status == "refused" for _, day, status in events)
    volumes = {row["code"]: float(row["project_volume"]) for row in table("projects")}
    assert any(volumes[code] > 1_000_000 for code in lost if starts[code].startswith("2020"))


def test_a_project_aborted_after_the_cut_off_counts(table: Callable[[str], Table], new_2020: list[Row]) -> None:
    codes = {row["code"] for row in new_2020}
    later = [
        row
        for row in table("project_status_events")
        if row["project"] in codes and row["status"] == "aborted" and row["status_from"] > CUT_OFF
    ]
    assert len(later) == 1
    assert later[0]["recorded_on"] <= "2021-02-15"


def test_exactly_one_million_is_not_above(new_2020: list[Row]) -> None:
    volumes = [float(row["project_volume"]) for row in new_2020]
    assert sum(volume > 1_000_000 for volume in volumes) == 5
    assert sum(volume == 1_000_000 for volume in volumes) == 1


def test_41_recorded_actors_are_34_counted_ones(
    table: Callable[[str], Table], new_2020: list[Row], reference: Reference
) -> None:
    codes = {row["code"] for row in new_2020}
    recorded = {row["actor"] for row in table("project_participations") if row["project"] in codes}
    counted = reference.for_report.execute(
        "SELECT value FROM results WHERE indicator_id = 'A-01' AND population = 'new_project' AND level = 'total' "
        "AND cluster_id = 'metall' AND reporting_year = 2020"
    ).fetchone()
    assert (len(recorded), counted) == (41, (34,))
    parents = {row["code"]: (row["actor_type"], row["parent"]) for row in table("actors")}
    merged = {parents[actor][0] for actor in recorded if parents[actor][1]}
    assert merged == {"university", "research_institute", "company"}


def test_activities_that_do_not_count(table: Callable[[str], Table]) -> None:
    rows = table("activities")
    assert sum(row["is_standard"] == "true" and row["activity_end"].startswith("2020") for row in rows) >= 2
    assert sum(not row["activity_end"] for row in rows) in (2, 3)
    assert sum(row["activity_end"] > CUT_OFF and row["activity_start"] <= CUT_OFF for row in rows) >= 2
    assert sum(row["activity_start"] < "2020" and row["activity_end"].startswith("2020") for row in rows) >= 1
    assert any(row["activity_start"] > CUT_OFF for row in rows)


def test_projects_that_begin_after_the_cut_off_are_left_out(
    table: Callable[[str], Table], reference: Reference
) -> None:
    later = {row["code"] for row in table("projects") if row["support_start"] > CUT_OFF}
    assert len(later) >= 3
    exported = {code for (code,) in reference.for_report.execute("SELECT code FROM projects").fetchall()}
    assert exported == {row["code"] for row in table("projects")} - later


def test_guidelines_and_focus_topics_only_from_2020_on(table: Callable[[str], Table]) -> None:
    starts = {row["code"]: row["support_start"] for row in table("projects")}
    ends = {row["code"]: row["activity_end"] or "offen" for row in table("activities")}
    tagged = ("gl-", "st-")
    assert all(
        starts[row["project"]] >= "2020" for row in table("project_assignments") if row["term"].startswith(tagged)
    )
    assert all(
        ends[row["activity"]] >= "2020" for row in table("activity_assignments") if row["term"].startswith(tagged)
    )


def test_tags_of_cross_cluster_work_agree_with_the_partners(reference: Reference) -> None:
    """By entry: which of cluster, sub-topic and other industry is tagged, and which takes part."""
    for record, derived, assigned in (
        ("project", "project_outside_cluster", "project_assignments"),
        ("activity", "activity_outside_cluster", "activity_assignments"),
    ):
        home = "projects" if record == "project" else "activities"
        counted = "support_start >= DATE '2020-01-01'" if record == "project" else "year(activity_end) = 2020"
        tags = reference.for_report.execute(
            f"SELECT DISTINCT {record}_id, term_id FROM {assigned} JOIN {home} USING ({record}_id) "  # noqa: S608
            f"WHERE term_id LIKE 'gl-cross-cluster-%' AND cluster_id = 'metall' AND {counted} ORDER BY ALL"
        ).fetchall()
        taking_part = reference.for_report.execute(
            f"SELECT DISTINCT {record}_id, CASE clusters.kind WHEN 'sub_topic' THEN 'gl-cross-cluster-teilthemen' "  # noqa: S608
            "WHEN 'outside' THEN 'gl-cross-cluster-andere-branchen' ELSE 'gl-cross-cluster-andere-cluster' END "
            f"FROM {derived} JOIN clusters ON clusters.cluster_id = outside_cluster_id "
            f"JOIN {home} USING ({record}_id) WHERE {home}.cluster_id = 'metall' AND {counted} "
            + ("" if record == "project" else "AND NOT is_standard ")
            + "ORDER BY ALL"
        ).fetchall()
        assert tags == taking_part
        assert tags


def test_everything_invented_is_marked(table: Callable[[str], Table]) -> None:
    assert all(row["example"] == "true" for name in ("projects", "activities") for row in table(name))
    assert all(row["example"] == "true" for row in table("actors") if row["actor_type"] == "company")
