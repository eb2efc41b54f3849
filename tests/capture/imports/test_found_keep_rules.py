"""What the programme's layouts find can be stored: no rule of projects and actors is broken by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.actors.entries import ActorEntry, Identifier
from ewm.capture.actors.rules import check_actor
from ewm.capture.imports.finding import find
from ewm.capture.imports.known import known_profiles
from ewm.capture.imports.profiles import recognise
from ewm.capture.imports.reading import read_table
from ewm.capture.projects.entries import Funding, ProjectEntry, StatusEvent
from ewm.capture.projects.rules import check_project
from ewm.capture.taxonomies.catalogue import read_catalogue
from tests.capture.imports import layouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ewm.capture.imports.found import Found, FoundActor
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

FILES: dict[str, Callable[[], bytes]] = {
    "catalogue": layouts.catalogue,
    "brandenburg": lambda: layouts.BRANDENBURG,
    "brandenburg-2007": lambda: layouts.OLD_BRANDENBURG,
    "bavaria": lambda: layouts.BAVARIA,
    "berlin": lambda: layouts.BERLIN,
    "kohesio": lambda: layouts.KOHESIO,
    "cordis": layouts.cordis,
}


def project(found: Found) -> ProjectEntry:
    values: dict[str, Any] = {"code": "X-1", "cluster": "metall", **found.values}
    for name in ("support_start", "support_end", "official_start", "official_end"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    values["status_events"] = tuple(
        StatusEvent(status=each["status"], status_from=date.fromisoformat(each["status_from"]))
        for each in values["status_events"]
    )
    values["funding"] = tuple(Funding(**each) for each in values.get("funding", ()))
    return ProjectEntry(**values)


def actor(found: FoundActor) -> ActorEntry:
    assert found.actor_type is not None
    assert found.country is not None
    return ActorEntry(
        code="A-1",
        name=found.name,
        actor_type=found.actor_type,
        country=found.country,
        land=found.land,
        district=found.district,
        municipality=found.municipality,
        identifiers=tuple(Identifier(scheme=scheme, identifier=text) for scheme, text in found.identifiers),
    )


def refusals(found: Found, catalogue: Catalogue) -> Iterator[Refusal]:
    yield from check_project(project(found), catalogue)
    for partner in found.partners:
        yield from check_actor(actor(partner.actor), catalogue)


@pytest.mark.usefixtures("innobb")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("today", [date(2016, 6, 1), date(2026, 11, 24)])
def test_what_is_found_can_be_stored(name: str, today: date, tmp_path: Path) -> None:
    path = tmp_path / "datei"
    path.write_bytes(FILES[name]())
    table = read_table(path)
    recognised = recognise(table, known_profiles())
    assert recognised is not None
    found = [each for each in find(table, recognised.profile, today=today) if not each.left_out]
    assert found
    assert [refusal for each in found for refusal in refusals(each, read_catalogue())] == []
