"""Reads ``[hints]`` of programme.toml: what the plausibility checks of capture cannot know by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ewm.programme.model import HintValues
from ewm.programme.problems import suggestion
from ewm.programme.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ewm.programme.taxonomy import Entry

T = TypeVar("T")

KEY = "hints"
_VOLUME, _ROLES, _GUIDELINE, _SINCE, _FINAL, _FINISHED, _CHECKS = (
    "usual_project_volume",
    "partner_roles",
    "cross_cluster_guideline",
    "guidelines_recorded_from",
    "final_statuses",
    "finished_statuses",
    "checks",
)


def read_hints(head: TableReader) -> HintValues:
    """Return the values of the table; each of them may be absent, and so may be the table."""
    values = head.values.get(KEY, {})
    if not isinstance(values, dict):
        head.wrong(KEY, f'"{KEY}" ist kein Abschnitt der Form [{KEY}]. Bitte berichtigen.')
        return HintValues()
    reader = TableReader(head.file, values, head.text, head.problems)
    reader.only((_VOLUME, _ROLES, _GUIDELINE, _SINCE, _FINAL, _FINISHED, _CHECKS))
    return HintValues(
        usual_project_volume=_given(values, _VOLUME, reader.euros, None),
        partner_roles=_given(values, _ROLES, lambda key: tuple(reader.several(key, str, '["rolle"]')), ()),
        cross_cluster_guideline=_given(values, _GUIDELINE, lambda key: reader.word(key) or None, None),
        guidelines_recorded_from=_given(values, _SINCE, reader.day, None),
        final_statuses=_given(values, _FINAL, lambda key: tuple(reader.several(key, str, '["status"]')), ()),
        finished_statuses=_given(values, _FINISHED, lambda key: tuple(reader.several(key, str, '["status"]')), ()),
        checks=_given(values, _CHECKS, lambda key: _reasons(reader, key), {}),
    )


def _reasons(reader: TableReader, key: str) -> dict[str, str]:
    """Return the reason of each check that the programme asks for; which checks there are, capture knows."""
    value = reader.values[key]
    if not isinstance(value, dict):
        reader.wrong(key, f'"{key}" ist kein Abschnitt der Form [{KEY}.{key}]. Bitte berichtigen.')
        return {}
    inner = TableReader(reader.file, value, reader.text, reader.problems)
    return {name: inner.word(name) for name in value}


def _given(values: Mapping[str, Any], key: str, read: Callable[[str], T], absent: T) -> T:
    return read(key) if key in values else absent


def check_hints(hints: HintValues, head: TableReader, known: Mapping[str, Entry]) -> None:
    """Check that what the table names are terms of the taxonomy that the checks mean."""
    wanted = [(_ROLES, "role", role) for role in hints.partner_roles]
    wanted += [(_FINAL, "status", status) for status in hints.final_statuses]
    wanted += [(_FINISHED, "status", status) for status in hints.finished_statuses]
    wanted += [(_GUIDELINE, "guideline", hints.cross_cluster_guideline)] if hints.cross_cluster_guideline else []
    for key, taxonomy, term_id in wanted:
        ids = [each for each, entry in known.items() if entry.term.taxonomy == taxonomy]
        if term_id not in ids:
            remedy = suggestion(term_id, ids) or " Bitte berichtigen."
            head.wrong(key, f'"{term_id}" steht nicht in taxonomies/{taxonomy}.yaml.{remedy}')
