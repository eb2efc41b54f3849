"""Reads ``forms.toml`` of a programme: what forms suggest, the sign of each status, the first letters of codes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.programme.problems import Place, Problems, suggestion
from ewm.programme.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.programme.model import Programme

FILE = "forms.toml"
SIGNS = ("dashed", "quarter", "half", "three-quarters", "tick", "cross", "bar")
_WORDS = {
    "first_status": "status",
    "first_role": "role",
    "further_role": "role",
    "actor_type": "actor_type",
    "land": "land",
}
_LISTS = ("estimated_statuses", "dropped_statuses")


@dataclass(frozen=True, slots=True)
class FormValues:
    """Suggestions of the forms; every value is the id of a term.

    ``funding_states``: state of funding suggested by status. ``signs``: one of ``SIGNS`` for every status.
    ``prefixes``: the first letters of a new record's code, by home cluster.
    """

    first_status: str
    estimated_statuses: tuple[str, ...]
    dropped_statuses: tuple[str, ...]
    first_role: str
    further_role: str
    actor_type: str
    land: str
    funding_states: Mapping[str, str]
    signs: Mapping[str, str]
    prefixes: Mapping[str, str]


def load_form_values(programme: Programme) -> FormValues:
    """Read the file of a loaded programme.

    Raises ContentError that lists every problem with its line: no file, an unknown key, a term that is not in the
    taxonomy, a status without a sign.
    """
    problems = Problems()
    path = programme.path / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not text:
        problems.add(
            Place(FILE, 1), "die Datei fehlt. Bitte anlegen; die Felder nennt die Dokumentation des Programms."
        )
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        values = {}
        problems.add(Place(FILE, 1), f"kein gültiges TOML ({error}). Bitte die Stelle berichtigen.")
    problems.raise_if_any(programme.path.name)
    found = _read(TableReader(FILE, values, text, problems), programme)
    problems.raise_if_any(programme.path.name)
    return found


def _read(reader: TableReader, programme: Programme) -> FormValues:
    reader.only((*_WORDS, *_LISTS, "funding_states", "signs", "prefixes"))
    words = {key: reader.word(key) for key in _WORDS}
    estimated, dropped = (tuple(reader.several(key, str, '["status"]')) for key in _LISTS)
    states, signs, prefixes = (_table(reader, key) for key in ("funding_states", "signs", "prefixes"))
    used = [(key, _WORDS[key], word) for key, word in words.items() if word]
    used += [(key, "status", each) for key, found in zip(_LISTS, (estimated, dropped), strict=True) for each in found]
    used += [("funding_states", "status", each) for each in states]
    used += [("funding_states", "funding_state", each) for each in states.values()]
    used += [("signs", "status", each) for each in signs]
    used += [("prefixes", "cluster", each) for each in prefixes]
    for key, message in (*_unknown(used, programme), *_wrong_signs(signs, programme), *_wrong_prefixes(prefixes)):
        reader.wrong(key, message)
    return FormValues(
        estimated_statuses=estimated,
        dropped_statuses=dropped,
        funding_states=states,
        signs=signs,
        prefixes=prefixes,
        **words,
    )


def _table(reader: TableReader, key: str) -> dict[str, str]:
    value: Any = reader.values.get(key)
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return value
    reader.wrong(key, f'"{key}" fehlt oder ist kein Abschnitt der Form [{key}]. Bitte angeben.')
    return {}


def _unknown(used: list[tuple[str, str, str]], programme: Programme) -> Iterator[tuple[str, str]]:
    for key, taxonomy, term_id in used:
        ids = [term.term_id for term in programme.taxonomy(taxonomy)] if taxonomy in programme.taxonomies else []
        if term_id not in ids:
            remedy = suggestion(term_id, ids) or " Bitte berichtigen."
            yield key, f'"{term_id}" steht nicht in taxonomies/{taxonomy}.yaml.{remedy}'


def _wrong_signs(signs: Mapping[str, str], programme: Programme) -> Iterator[tuple[str, str]]:
    statuses = [term.term_id for term in programme.taxonomy("status")] if "status" in programme.taxonomies else []
    for status in statuses:
        if status not in signs:
            yield "signs", f'der Status "{status}" hat kein Zeichen. Möglich: {", ".join(SIGNS)}.'
    for sign in signs.values():
        if sign not in SIGNS:
            yield "signs", f'das Zeichen "{sign}" gibt es nicht. Möglich: {", ".join(SIGNS)}.'


def _wrong_prefixes(prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for cluster, prefix in prefixes.items():
        if not re.fullmatch(r"[A-Z0-9]{2,10}", prefix):
            yield (
                "prefixes",
                f'der Anfang "{prefix}" ({cluster}) besteht nicht aus 2 bis 10 Großbuchstaben und Ziffern.',
            )
        if list(prefixes.values()).count(prefix) > 1:
            yield "prefixes", f'der Anfang "{prefix}" gehört zu mehreren Clustern. Bitte einen anderen wählen.'
