"""Example rows: one long-lived project, one short one, an activity, two actors, in the programme's own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.workbook.columns import SEPARATOR, SINCE_START
from ewm.capture.imports.workbook.guide import EXAMPLE
from ewm.capture.projects.models import NO_FUNDING_BODY, UNFUNDED
from ewm.capture.served import form_values
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.imports.workbook.words import Words
    from ewm.capture.periods import Period

Value: TypeAlias = "str | date | int | None"
TITLE = f"{EXAMPLE}: "
"""So begins the title or name of every example: what begins otherwise in such a row is somebody's own."""
_MAKER, _SCHOOL = f"{TITLE}Musterwerk GmbH", f"{TITLE}Musterhochschule, Institut für Fertigung"


def examples(kind: RecordKind, words: Words, days: Period) -> Sequence[Mapping[str, Value]]:
    """Return rows by the key of their column; what the programme has no word for stays empty."""
    made = {RecordKind.PROJECTS: _projects, RecordKind.ACTIVITIES: _activities, RecordKind.ACTORS: _actors}
    return [{"code": EXAMPLE, **row} for row in made[kind](words, days)]


def _projects(words: Words, days: Period) -> list[dict[str, Value]]:
    year = days.first.year if days.first else 2020
    suggested = form_values()
    statuses = [term.term_id for term in words.on_offer("status", days)]
    later = next((each for each in statuses if each not in suggested.estimated_statuses), "")
    roles = [term.term_id for term in words.on_offer("role", days)]
    bodies = [w for t in words.on_offer("funding_body", days) if t.term_id != NO_FUNDING_BODY for w in [words.word(t)]]
    funded: dict[str, Value] = {
        "title": f"{TITLE}Prüfstand für leichte Bauteile",
        "description": "Zwei Partner bauen einen Prüfstand und messen daran ein Jahr lang.",
        f"assignments:{ACTION_FIELD}:1": _first(words, ACTION_FIELD, days),
        "is_rdi": "ja",
        "support_start": date(year, 2, 3),
        f"status_events:{suggested.first_status}": SINCE_START,
        f"status_events:{later}": date(year, 9, 1),
        "official_start": date(year, 9, 1),
        "official_end": date(year + 2, 8, 31),
        "project_volume": 41_250_000,
        "project_volume_regional": 41_250_000,
        "project_volume_estimated": "nein",
        "funding_state": words.label(suggested.funding_states.get(later, "")),
        "funding_volume": 20_000_000,
        "funding:1:granting_body": bodies[-1] if bodies else None,
        "funding:1:amount": 20_000_000,
        **{f"participations:{role}": name for role, name in zip(roles, (_MAKER, _SCHOOL), strict=False)},
        "assignments:guideline:1": _first(words, "guideline", days),
    }
    small: dict[str, Value] = {
        "title": f"{TITLE}Machbarkeitsstudie ohne Förderung",
        f"assignments:{ACTION_FIELD}:1": _first(words, ACTION_FIELD, days),
        "is_rdi": "nein",
        "support_start": date(year, 5, 11),
        f"status_events:{suggested.first_status}": SINCE_START,
        "project_volume": 8_000_000,
        "project_volume_estimated": "ja",
        "funding_state": words.label(UNFUNDED),
        **{f"participations:{role}": _MAKER for role in roles[:1]},
    }
    return [funded, small]


def _activities(words: Words, days: Period) -> list[dict[str, Value]]:
    year = days.first.year if days.first else 2020
    roles = [term.term_id for term in words.on_offer("role", days)]
    return [
        {
            "title": f"{TITLE}Werkstattgespräch Leichtbau",
            "description": "Ein Nachmittag mit Rundgang und Gespräch.",
            "activity_kind": _first(words, "activity_kind", days),
            "activity_format": _first(words, "activity_format", days),
            f"assignments:{ACTION_FIELD}:1": _first(words, ACTION_FIELD, days),
            "activity_start": date(year, 6, 18),
            "activity_end": date(year, 6, 18),
            "is_lead": "ja",
            **{f"participations:{role}": f"{_MAKER}{SEPARATOR} {_SCHOOL}" for role in roles[1:2]},
        }
    ]


def _actors(words: Words, days: Period) -> list[dict[str, Value]]:
    year = days.first.year if days.first else 2020
    suggested = form_values()
    company = words.label(suggested.actor_type)
    others = [w for t in words.on_offer("actor_type", days) if (w := words.word(t)) != company]
    district = next((t for t in words.on_offer("district", days) if t.term_id.startswith(suggested.land)), None)
    seat: dict[str, Value] = {"country": "Deutschland", "land": words.label(suggested.land)}
    if district:
        seat |= {"district": words.word(district)}
    size: dict[str, Value] = {
        "sizes:size_class": _first(words, "size_class", days),
        "sizes:size_from": date(year, 1, 1),
    }
    return [
        {"name": _MAKER, "actor_type": company, **seat, **size},
        {"name": _SCHOOL, "actor_type": others[0] if others else company, **seat},
    ]


def _first(words: Words, taxonomy: str, days: Period) -> str | None:
    return next(iter(words.lists(taxonomy, days)), None)
