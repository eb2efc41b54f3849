"""What was found in a file, before anything is stored: the contract between finding, matching, review and applying.

``Found.values`` holds only what the file or its profile says, under the names of the entry's fields, as JSON: days
``2020-04-20``, money in whole cents, parts (``status_events``, ``funding``, ``assignments``, ``sizes``, …) as lists of
objects with the fields of their items. Partners of a project or an activity stand apart: they are still to be matched.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from ewm.capture.wording import in_german, parts_of
from ewm.capture.wording import stored as with_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class RecordKind(StrEnum):
    """What the rows of a file become."""

    PROJECTS = "projects"
    ACTIVITIES = "activities"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell or a row cannot be taken over: ``column`` is told as ``C, Beginn``, ``field`` is a field's name.

    ``message`` says what is wrong, why, and the way out. JSON holds it in German and, as ``parts``, for other pages.
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
    problems = [problem_as_json(each) for each in found.problems]
    return {**asdict(replace(found, problems=())), "kind": found.kind.value, "problems": problems}


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON keeps it: in German, and with the parts of its message where they are known."""
    parts = parts_of(problem.message)
    return {**asdict(problem), "message": in_german(problem.message), **({"parts": parts} if parts else {})}


def problem_from_json(stored: Mapping[str, Any]) -> Problem:
    """Return the problem that ``problem_as_json`` wrote."""
    told = {name: value for name, value in stored.items() if name != "parts"}
    return Problem(**{**told, "message": with_parts(stored["message"], stored.get("parts"))})


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
        problems=tuple(map(problem_from_json, stored.get("problems", ()))),
        left_out=stored.get("left_out", ""),
    )


def _actor(stored: dict[str, Any]) -> FoundActor:
    identifiers = tuple((scheme, text) for scheme, text in stored.get("identifiers", ()))
    return FoundActor(**{**stored, "identifiers": identifiers})
