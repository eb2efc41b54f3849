"""Checks a layout of the programme: fields and options that exist, terms that the programme has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.profiles.fields import FIELDS, Field, ValueKind
from ewm.capture.imports.profiles.options import OPTIONS, WORDS
from ewm.programme.problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.capture.imports.profiles.model import Column, Profile
    from ewm.programme.tables import TableReader

_REFERENCE = re.compile(r"\{(\w*)\}")
_SCHEME = "identifier_scheme"


def check_profile(profile: Profile, reader: TableReader, known: Callable[[str], frozenset[str]]) -> None:
    """Note every problem of a profile; ``known`` gives the ids of the terms of a taxonomy."""
    for key, message in _wrong(profile, known):
        reader.wrong(key, message)


def _wrong(profile: Profile, known: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    fields = FIELDS[profile.kind]
    if not profile.columns:
        yield "columns", "es ist keine Spalte zugeordnet. Bitte mindestens einen Abschnitt [[columns]] angeben."
    used = [("columns", each.field) for each in profile.columns]
    used += [("defaults", name) for name in profile.defaults]
    used += [("group_by", profile.group_by)] if profile.group_by else []
    used += [("leave_out", each.field) for each in profile.leave_out]
    used += [("keep", profile.keep.field)] if profile.keep else []
    for key, name in used:
        if name and name not in fields:
            remedy = suggestion(name, list(fields)) or " Bitte berichtigen."
            yield key, f'das Feld "{name}" gibt es nicht.{remedy}'
    for column in profile.columns:
        if column.field in fields:
            yield from _wrong_options(column, fields[column.field], known)
    for name, value in profile.defaults.items():
        if name in fields:
            yield from _wrong_default(name, value, fields, known)


def _wrong_options(column: Column, field: Field, known: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    allowed = OPTIONS[field.kind]
    for name, value in column.options.items():
        if name not in allowed:
            yield "options", f'das Feld "{field.name}" kennt die Angabe "{name}" nicht. Erlaubt: {", ".join(allowed)}.'
        elif name in WORDS and value not in WORDS[name]:
            yield "options", f'"{name}" ist keines von {", ".join(WORDS[name])}. Bitte berichtigen.'
    words = column.options.get("words", {})
    listed = list(words.values()) if isinstance(words, dict) else ["?"]
    terms = [*listed, column.options.get("otherwise", "")] if field.kind == ValueKind.TERM else []
    for term in filter(None, terms):
        if term not in known(field.taxonomy):
            yield "options", f'"{term}" steht nicht in taxonomies/{field.taxonomy}.yaml (Feld {field.name}).'
    if field.kind == ValueKind.IDENTIFIER and column.options.get("scheme") not in known(_SCHEME):
        yield "options", f'"scheme" nennt kein Verzeichnis aus taxonomies/{_SCHEME}.yaml (Feld {field.name}).'


def _wrong_default(
    name: str, value: Any, fields: dict[str, Field], known: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    if not isinstance(value, (str, bool, int)):
        yield name, f'die Vorgabe "{name}" ist weder Text noch Zahl noch true oder false. Bitte berichtigen.'
    elif isinstance(value, str) and (match := _REFERENCE.fullmatch(value)):
        if match[1] not in fields:
            yield name, f'die Vorgabe "{name}" nennt das Feld "{match[1]}", das es nicht gibt. Bitte berichtigen.'
    elif (taxonomy := fields[name].taxonomy) and value not in known(taxonomy):
        yield name, f'"{value}" steht nicht in taxonomies/{taxonomy}.yaml (Vorgabe {name}). Bitte berichtigen.'
