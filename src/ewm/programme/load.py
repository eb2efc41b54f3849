"""Loads a programme's folder as a whole: either everything in it is right, or nothing is loaded."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.programme import checks, head
from ewm.programme.model import Label, Programme, Term
from ewm.programme.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ewm.programme.taxonomy import Entry

TAXONOMIES = "taxonomies"


def load_programme(path: Path) -> Programme:
    """Read ``programme.toml`` and ``taxonomies/*.yaml`` of one programme's folder.

    Raises ContentError that lists every problem with file and line: unknown or repeated keys, ids used twice, a term
    with neither source nor ``example: true``, unknown references, periods that do not fit, series that run in circles.
    """
    contents = _contents(path)
    problems = Problems()
    read = head.read_head(contents[head.FILE], problems)
    labels, entries = _read_taxonomies(contents, problems)
    known = checks.index(entries, problems)
    checks.check_terms(known, problems)
    first = checks.series(known, problems)
    head.check_head(read, contents[head.FILE], known, problems)
    problems.raise_if_any(path.name)
    return Programme(
        id=read.id,
        title=read.title,
        version=read.version,
        languages=read.languages,
        laender=read.laender,
        reporting_years=read.reporting_years,
        path=path,
        content_hash=_content_hash(contents),
        clusters=checks.clusters(known),
        terms=_terms(known, first),
        taxonomy_labels=labels,
        hints=read.hints,
    )


def _contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of every file that makes up the programme, by its name within the folder, sorted."""
    if not (path / head.FILE).is_file():
        raise ContentError(f"{path} ist kein Programm: {head.FILE} fehlt. Bitte den Ordner eines Programms angeben.")
    contents = {head.FILE: (path / head.FILE).read_bytes()}
    for file in sorted((path / TAXONOMIES).glob("*.yaml")):
        contents[f"{TAXONOMIES}/{file.name}"] = file.read_bytes()
    return contents


def _read_taxonomies(contents: Mapping[str, bytes], problems: Problems) -> tuple[dict[str, Label], list[Entry]]:
    from ewm.programme.taxonomy import read_taxonomy  # noqa: PLC0415 - brings PyYAML, which only reading needs

    labels: dict[str, Label] = {}
    entries: list[Entry] = []
    for file, content in contents.items():
        if file == head.FILE:
            continue
        name = file.removeprefix(f"{TAXONOMIES}/").removesuffix(".yaml")
        labels[name], found = read_taxonomy(name, file, content, problems)
        entries.extend(found)
    if not labels:
        problems.add(Place(f"{TAXONOMIES}/", 1), "der Ordner fehlt oder enthält keine Taxonomie (*.yaml).")
    return labels, entries


def _terms(known: Mapping[str, Entry], first: Mapping[str, str]) -> dict[str, Term]:
    return {
        term_id: entry.term if first[term_id] == term_id else replace(entry.term, series_id=first[term_id])
        for term_id, entry in known.items()
    }


def _content_hash(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 over the sorted names and hashes of the files: same content, same hash, on every machine."""
    lines = [f"{name} {sha256(content).hexdigest()}\n" for name, content in sorted(contents.items())]
    return sha256("".join(lines).encode()).hexdigest()
