"""The files of a folder of records and their columns: the form in which records are kept outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.records.values import cents, day, flag, text, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.capture.records.values import Value


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is written, whether a cell may be empty, whether the column itself may be missing.

    ``several`` wants a list of values, ``keys`` a mapping with these keys (YAML).
    """

    name: str
    parse: Callable[[str], Value]
    given: bool = False
    optional: bool = False
    several: bool = False
    keys: tuple[Column, ...] = ()


def _given(parse: Callable[[str], Value], *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, parse, given=True) for name in names)


def _empty(parse: Callable[[str], Value], *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, parse) for name in names)


_RECORDED = Column("recorded_on", day)
_RECORDED_OR_NOW = Column("recorded_on", day, optional=True)

_PICTURE = (*_given(text, "file", "alt", "credit"), Column("alt_en", text, optional=True))
"""The picture of a story: a file below the folder, what it shows, whose it is."""

OPTIONAL = frozenset({"actor_former_names.csv", "actor_former_parents.csv"})
"""Files that may be missing: a folder without one says nothing of what it would hold."""

FILES: dict[str, tuple[Column, ...]] = {
    "actors.csv": (
        *_given(text, "code", "name", "actor_type"),
        *_empty(text, "parent"),
        *_given(text, "country"),
        *_empty(text, "land", "district", "municipality"),
        *_empty(flag, "example"),
        _RECORDED,
    ),
    "actor_former_names.csv": (*_given(text, "actor", "name"), *_given(day, "name_to")),
    "actor_former_parents.csv": (*_given(text, "actor"), *_empty(text, "parent"), *_given(day, "parent_to")),
    "actor_sizes.csv": (*_given(text, "actor", "size_class"), *_given(day, "size_from")),
    "actor_clusters.csv": (
        *_given(text, "actor", "cluster"), *_given(day, "member_from"), *_empty(day, "member_to"),
    ),
    "actor_identifiers.csv": _given(text, "actor", "scheme", "identifier"),
    "projects.csv": (
        *_given(text, "code", "cluster", "title"),
        *_empty(text, "description"),
        *_given(day, "support_start"),
        *_empty(day, "support_end", "official_start", "official_end"),
        *_given(flag, "is_rdi"),
        *_empty(cents, "project_volume", "project_volume_regional"),
        *_empty(flag, "project_volume_estimated"),
        *_empty(cents, "funding_volume", "funding_volume_regional"),
        *_empty(flag, "funding_volume_estimated"),
        *_given(text, "funding_state"),
        *_empty(flag, "example"),
        _RECORDED,
    ),
    "project_status_events.csv": (
        *_given(text, "project"), *_given(day, "status_from"), *_given(text, "status"), _RECORDED,
    ),
    "project_funding.csv": (
        *_given(text, "project", "granting_body", "funds_origin"), *_empty(text, "programme"), *_given(cents, "amount"),
    ),
    "project_supporting_clusters.csv": (
        *_given(text, "project", "cluster"), *_given(day, "supporting_from"), *_empty(day, "supporting_to"),
    ),
    "project_participations.csv": _given(text, "project", "actor", "role"),
    "project_assignments.csv": (*_given(text, "project", "term"), *_empty(flag, "is_main")),
    "activities.csv": (
        *_given(text, "code", "cluster", "title"),
        *_empty(text, "description"),
        *_given(text, "activity_kind"),
        *_empty(text, "activity_format"),
        *_given(day, "activity_start"),
        *_empty(day, "activity_end"),
        *_empty(flag, "is_standard", "is_lead", "example"),
        _RECORDED,
    ),
    "activity_participations.csv": _given(text, "activity", "actor", "role"),
    "activity_assignments.csv": (*_given(text, "activity", "term"), *_empty(flag, "is_main")),
    "macro_values.csv": (
        *_given(text, "cluster", "delimitation", "measure"),
        *_given(whole, "reporting_year"),
        *_empty(whole, "period_from"),
        *_given(whole, "period", "value"),
        *_given(text, "unit", "source"),
        *_empty(text, "note"),
        _RECORDED_OR_NOW,
    ),
    "success_stories.yaml": (
        *_given(text, "code", "cluster"),
        *_given(whole, "reporting_year", "position"),
        *_given(text, "title", "body"),
        Column("project", text, optional=True),
        Column("activity", text, optional=True),
        Column("terms", text, optional=True, several=True),
        Column("picture", text, optional=True, keys=_PICTURE),
        Column("example", flag, optional=True),
        _RECORDED_OR_NOW,
    ),
    "edition_texts.yaml": (
        *_given(text, "cluster"),
        *_given(whole, "reporting_year"),
        *_given(text, "chapter", "language"),
        *_given(whole, "position"),
        *_given(text, "body"),
        Column("example", flag, optional=True),
        _RECORDED_OR_NOW,
    ),
    "interview_notes.yaml": (
        *_given(text, "cluster"),
        *_given(whole, "reporting_year"),
        *_given(text, "topic", "body"),
        *_given(day, "held_on"),
        Column("example", flag, optional=True),
        _RECORDED_OR_NOW,
    ),
}  # fmt: skip
