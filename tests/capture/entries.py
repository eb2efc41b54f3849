"""Entries that obey every rule; a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.entries import ActivityEntry
from ewm.capture.actors.entries import ActorEntry, Identifier, Membership, Size
from ewm.capture.editorial.entries import (
    MacroEntry,
    NoteEntry,
    StoryEntry,
    StoryImage,
    StoryTerm,
    TextEntry,
    story_image,
)
from ewm.capture.entries import Assignment, Participation, moment_of
from ewm.capture.projects.entries import Funding, ProjectEntry, StatusEvent, Support
from tests.support.pixels import png

if TYPE_CHECKING:
    from datetime import datetime

START = date(2020, 3, 1)
RECORDED = moment_of(date(2020, 3, 2))


def at(year: int, month: int, day: int) -> datetime:
    """The beginning of a day."""
    return moment_of(date(year, month, day))


def actor(code: str = "A-1", **changes: Any) -> ActorEntry:
    """A company with everything."""
    plain = ActorEntry(
        code=code,
        name=f"Werk {code}",
        actor_type="company",
        country="DE",
        land="12",
        district="12052",
        municipality="Cottbus",
        example=True,
        recorded_at=at(2017, 1, 2),
        sizes=(Size(size_class="micro", size_from=date(2017, 1, 1)),),
        clusters=(Membership(cluster="metal", member_from=date(2017, 1, 1)),),
        identifiers=(Identifier(scheme="register", identifier=f"Cottbus {code}"),),
    )
    return replace(plain, **changes)


def project(code: str = "P-1", **changes: Any) -> ProjectEntry:
    """A project with everything; partners A-1 and A-2."""
    plain = ProjectEntry(
        code=code,
        cluster="metal",
        title=f"Vorhaben {code}",
        support_start=START,
        support_end=date(2021, 2, 28),
        official_start=date(2020, 6, 1),
        official_end=date(2022, 5, 31),
        is_rdi=True,
        project_volume=100_000_00,
        project_volume_regional=80_000_00,
        funding_volume=50_000_00,
        funding_volume_regional=50_000_00,
        funding_volume_estimated=True,
        funding_state="secured",
        example=True,
        recorded_at=RECORDED,
        status_events=(
            StatusEvent(status_from=START, status="preparation"),
            StatusEvent(status_from=date(2020, 6, 1), status="running", recorded_at=at(2020, 6, 15)),
        ),
        funding=(
            Funding(granting_body="state", funds_origin="eu", programme="voucher", amount=40_000_00),
            Funding(granting_body="federal", funds_origin="federal", amount=10_000_00),
        ),
        supporting_clusters=(Support(cluster="optics", supporting_from=START),),
        participations=(Participation(actor="A-1", role="lead"), Participation(actor="A-2", role="partner")),
        assignments=(
            Assignment(term="wide-technical", is_main=True),
            Assignment(term="digital"),
            Assignment(term="metal-2014-a", is_main=True),
        ),
    )
    return replace(plain, **changes)


def unfunded(code: str = "P-1", **changes: Any) -> ProjectEntry:
    """A project without public funding."""
    none = {"funding_state": "none", "funding_volume": 0, "funding_volume_regional": None, "funding": ()}
    return project(code, **(none | changes))


def activity(code: str = "S-1", **changes: Any) -> ActivityEntry:
    """An activity with everything; partner A-1."""
    plain = ActivityEntry(
        code=code,
        cluster="metal",
        title=f"Treffen {code}",
        activity_kind="event",
        activity_format="online",
        activity_start=date(2020, 9, 1),
        activity_end=date(2020, 9, 2),
        is_lead=True,
        example=True,
        recorded_at=at(2020, 9, 3),
        participations=(Participation(actor="A-1", role="partner"),),
        assignments=(Assignment(term="wide-social"), Assignment(term="metal-2014-b", is_main=True)),
    )
    return replace(plain, **changes)


def story(code: str = "E-1", **changes: Any) -> StoryEntry:
    """A story of project P-1."""
    plain = StoryEntry(
        code=code,
        cluster="metal",
        reporting_year=2020,
        position=1,
        title="Ein gutes Beispiel",
        body="Es ging gut aus.",
        project="P-1",
        example=True,
        recorded_at=at(2021, 1, 5),
        assignments=(StoryTerm(term="wide"),),
    )
    return replace(plain, **changes)


def image(made: bytes | None = None, /, **changes: Any) -> StoryImage:
    """A picture of a hall."""
    plain = story_image(
        png() if made is None else made,
        file_name="halle.png",
        alt_de="Eine Halle mit Licht",
        credit="Foto: Werk A-1",
    )
    return replace(plain, **changes)


def macro(**changes: Any) -> MacroEntry:
    """A number of companies."""
    plain = MacroEntry(
        cluster="metal",
        delimitation="core",
        measure="companies",
        reporting_year=2020,
        period=2018,
        value=1762,
        unit="count",
        source="Unternehmensregister",
        recorded_at=at(2021, 2, 1),
    )
    return replace(plain, **changes)


def note(**changes: Any) -> NoteEntry:
    """A note of an interview."""
    plain = NoteEntry(
        recorded_at=at(2021, 2, 1),
        cluster="metal",
        reporting_year=2020,
        topic="Lage",
        body="Alles digital.",
        held_on=date(2021, 2, 1),
        example=True,
    )
    return replace(plain, **changes)


def passage(**changes: Any) -> TextEntry:
    """A text of an edition."""
    plain = TextEntry(
        cluster="metal",
        reporting_year=2020,
        chapter="3",
        language="de",
        position=1,
        body="Ein Absatz.",
        example=True,
        recorded_at=at(2021, 2, 1),
    )
    return replace(plain, **changes)
