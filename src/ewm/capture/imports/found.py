"""What was found in a file, before anything is stored: the contract between finding, matching, review and applying.

``Found.values`` holds only what the file or its profile says, under the names of the entry's fields, as JSON: days
``2020-04-20``, money in whole cents, parts (``status_events``, ``funding``, ``assignments``, ``sizes``, …) as lists of
objects with the fields of their items. Partners of a project or an activity stand apart: they are still to be matched.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class RecordKind(StrEnum):
    """What the rows of a file become."""

    PROJECTS = "projects"
    ACTIVITIES = "activities"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell or a row cannot be taken over: ``column`` is told as ``C, Beginn``, ``field`` is a field's name.

    ``message`` (German) says what is wrong, why, and the way out.
    """

    row: int
    column: str
    value: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An organisation as the file names it; ``code`` where the file says which known actor is meant.

    ``country`` is ISO 3166-1 alpha-2, ``land`` and ``district`` are official keys, ``identifiers`` (register, text).
    """

    name: str
    actor_type: str | None = None
    country: str | None = None
    land: str | None = None
    district: str | None = None
    municipality: str | None = None
    size_class: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class FoundPartner:
    """An organisation that takes part; the row of the file that says so."""

    actor: FoundActor
    role: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """One record of a file.

    ``source`` and ``key`` identify it when a later file of the same source is imported; the key is never empty.
    ``rows`` are rows of the file. A record with problems is an error until it is corrected or left out. ``left_out``
    says (German) why the record is no record of its own, such as an entry of the books; empty: it is one.
    """

    kind: RecordKind
    source: str
    key: str
    values: dict[str, Json]
    partners: tuple[FoundPartner, ...] = ()
    rows: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: str = ""


def found_as_json(found: Found) -> dict[str, Any]:
    """Return a record as JSON keeps it; ``found_from_json`` gives the same record back."""
    return {**asdict(found), "kind": found.kind.value}


def found_from_json(stored: dict[str, Any]) -> Found:
    """Return the record that ``found_as_json`` wrote."""
    return Found(
        kind=RecordKind(stored["kind"]),
        source=stored["source"],
        key=stored["key"],
        values=stored["values"],
        partners=tuple(
            FoundPartner(_actor(each["actor"]), each["role"], each["row"]) for each in stored.get("partners", ())
        ),
        rows=tuple(stored.get("rows", ())),
        problems=tuple(Problem(**each) for each in stored.get("problems", ())),
        left_out=stored.get("left_out", ""),
    )


def _actor(stored: dict[str, Any]) -> FoundActor:
    identifiers = tuple((scheme, text) for scheme, text in stored.get("identifiers", ()))
    return FoundActor(**{**stored, "identifiers": identifiers})
