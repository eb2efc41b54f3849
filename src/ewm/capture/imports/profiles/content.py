"""Reads the layouts that a programme knows: ``imports/*.toml``, and ``imports.toml`` for what holds for all of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ewm.capture.actors.similar import folded
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.profiles.checking import check_profile
from ewm.capture.imports.profiles.model import Column, KeepOnly, LeftOut, Profile
from ewm.capture.served import programme
from ewm.programme.problems import Place, Problems
from ewm.programme.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.programme import Programme

FILE = "imports.toml"
FOLDER = "imports"
_STATUSES = ("planned", "begun", "ended")
_KEYS = (
    "label", "source", "kind", "columns", "group_by", "defaults", "leave_out", "keep", "sheet",
)  # fmt: skip
_COLUMN = ("headers", "field", "occurrence", "options")


@dataclass(frozen=True, slots=True)
class DayStatuses:
    """Ids of the statuses that follow from a project's days: before it begins, once it has begun, after its end."""

    planned: str
    begun: str
    ended: str


@dataclass(frozen=True, slots=True)
class ImportContent:
    """What a programme says of imports.

    ``type_words``: words of names and the type of actor they tell, the first that fits counts; ``otherwise``: of all
    other names, empty for none. ``profiles`` are in the order of their files' names.
    """

    statuses: DayStatuses
    type_words: tuple[tuple[str, str], ...]
    otherwise: str
    profiles: tuple[Profile, ...]

    def type_of(self, name: str) -> str | None:
        """Return the type of actor that a name tells."""
        text = f" {folded(name)} "
        found = (actor_type for word, actor_type in self.type_words if word in text)
        return next(found, self.otherwise) or None


@cache
def import_content() -> ImportContent:
    """Return what the programme served says of imports; raises ContentError where a file is wrong."""
    return load_import_content(programme())


def check_import_content(content: Programme) -> None:
    """Raise ContentError where something is wrong with the files of a programme that has any."""
    if (content.path / FILE).is_file() or (content.path / FOLDER).is_dir():
        load_import_content(content)


def load_import_content(content: Programme) -> ImportContent:
    """Read the files of a loaded programme.

    Raises ContentError that lists every problem with its file and line: an unknown key, field, option or term.
    """
    problems = Problems()
    reader = _file(content, FILE, problems)
    reader.only(("statuses", "actor_types"))
    statuses = DayStatuses(**{name: _status(reader, content, name) for name in _STATUSES})
    words, otherwise = _type_words(reader, content)
    paths = sorted((content.path / FOLDER).glob("*.toml"))
    profiles = tuple(_profile(content, f"{FOLDER}/{path.name}", problems) for path in paths)
    problems.raise_if_any(content.path.name)
    return ImportContent(statuses, words, otherwise, profiles)


def _file(content: Programme, name: str, problems: Problems) -> TableReader:
    path = content.path / name
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    values: dict[str, Any] = {}
    if not text:
        problems.add(Place(name, 1), "die Datei fehlt oder ist leer. Bitte anlegen; siehe docs/how-to/importprofil.md.")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(Place(name, 1), f"kein gültiges TOML ({error}). Bitte die Stelle berichtigen.")
    return TableReader(name, values, text, problems)


def _table(reader: TableReader, key: str) -> dict[str, Any]:
    value = reader.values.get(key, {})
    if isinstance(value, dict):
        return value
    reader.wrong(key, f'"{key}" ist kein Abschnitt der Form [{key}]. Bitte berichtigen.')
    return {}


def _known(content: Programme, taxonomy: str) -> frozenset[str]:
    return (
        frozenset(term.term_id for term in content.taxonomy(taxonomy))
        if taxonomy in content.taxonomies
        else frozenset()
    )


def _status(reader: TableReader, content: Programme, name: str) -> str:
    status = _table(reader, "statuses").get(name)
    if status not in _known(content, "status"):
        reader.wrong("statuses", f'"{name}" nennt keinen Status aus taxonomies/status.yaml. Bitte angeben.')
    return str(status)


def _type_words(reader: TableReader, content: Programme) -> tuple[tuple[tuple[str, str], ...], str]:
    given = dict(_table(reader, "actor_types"))
    otherwise = str(given.pop("otherwise", ""))
    known = _known(content, "actor_type")
    for each in (*given, *filter(None, [otherwise])):
        if each not in known:
            reader.wrong("actor_types", f'"{each}" steht nicht in taxonomies/actor_type.yaml. Bitte berichtigen.')
    words: list[tuple[str, str]] = []
    for actor_type, listed in given.items():
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
            words += [(f" {folded(each)} " if each[:1].isalpha() else folded(each), actor_type) for each in listed]
        else:
            reader.wrong(actor_type, f'"{actor_type}" ist keine Liste der Form ["GmbH", "AG"]. Bitte berichtigen.')
    return tuple(words), otherwise


def _profile(content: Programme, name: str, problems: Problems) -> Profile:
    reader = _file(content, name, problems)
    reader.only(_KEYS)
    kind = reader.values.get("kind")
    if kind not in list(RecordKind):
        reader.wrong("kind", f'"kind" fehlt oder ist keines von {", ".join(RecordKind)}. Bitte angeben.')
        kind = RecordKind.PROJECTS
    profile = Profile(
        id=name.removeprefix(f"{FOLDER}/").removesuffix(".toml"),
        label=reader.word("label"),
        source=reader.word("source"),
        kind=RecordKind(kind),
        columns=tuple(_column(reader, each) for each in _list(reader, "columns")),
        group_by=str(reader.values.get("group_by", "")),
        defaults=_table(reader, "defaults"),
        leave_out=tuple(
            LeftOut(**_strings(reader, "leave_out", each, ("field", "text", "reason")))
            for each in _list(reader, "leave_out")
        ),
        keep=_keep(reader),
        sheet=str(reader.values.get("sheet", "")),
    )
    check_profile(profile, reader, lambda taxonomy: _known(content, taxonomy))
    return profile


def _list(reader: TableReader, key: str) -> list[dict[str, Any]]:
    value = reader.values.get(key, [])
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    reader.wrong(key, f'"{key}" ist keine Liste von Abschnitten [[{key}]]. Bitte berichtigen.')
    return []


def _column(reader: TableReader, values: dict[str, Any]) -> Column:
    inner = TableReader(reader.file, values, reader.text, reader.problems)
    inner.only(_COLUMN)
    headers = inner.several("headers", str, '["Titel", "Bezeichnung"]')
    occurrence = values.get("occurrence", 1)
    if type(occurrence) is not int or occurrence < 1:
        inner.wrong("occurrence", f'"occurrence" ist keine Zahl ab 1 (bei {headers}). Bitte berichtigen.')
        occurrence = 1
    return Column(tuple(headers), inner.word("field"), occurrence, _table(inner, "options"))


def _strings(reader: TableReader, key: str, values: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    for name in names:
        if not (isinstance(values.get(name), str) and values[name].strip()):
            reader.wrong(key, f'in "{key}" fehlt der Text "{name}". Bitte angeben.')
    for name in values:
        if name not in names:
            reader.wrong(key, f'in "{key}" ist "{name}" unbekannt. Erlaubt: {", ".join(names)}.')
    return {name: str(values.get(name, "")) for name in names}


def _keep(reader: TableReader) -> KeepOnly | None:
    given = _table(reader, "keep")
    if not given:
        return None
    listed = given.get("values")
    values = listed if isinstance(listed, list) else []
    if not values or not all(isinstance(each, str) for each in values):
        reader.wrong("keep", '"values" in [keep] ist keine Liste der Form ["11", "12"]. Bitte angeben.')
    rest = {name: value for name, value in given.items() if name != "values"}
    words: Mapping[str, str] = _strings(reader, "keep", rest, ("field", "reason"))
    return KeepOnly(words["field"], tuple(map(str, values)), words["reason"])
