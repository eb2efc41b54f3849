"""Reads one taxonomy file into entries: terms with what later checks need (place, predecessor, kind).

A file has ``taxonomy`` (= its name), ``label``, ``terms`` and, optionally, ``defaults``. A term has ``id`` and
``label`` and may have the keys below; ``terms`` nests its sub-terms. An item of ``terms`` with ``defaults`` is a group:
no term itself, only what the ``terms`` in it share. What a term does not say it takes from the term or group around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.programme.model import Label, Term
from ewm.programme.nodes import NodeReader

if TYPE_CHECKING:
    from datetime import date

    import yaml

    from ewm.programme.problems import Place, Problems

_INHERITED = ("scheme", "cluster", "kind", "valid_from", "valid_to", "source", "example")
_TERM_KEYS = ("id", "label", "code", "continues", *_INHERITED, "terms")
_GROUP_KEYS = ("defaults", "terms")
_FILE_KEYS = ("taxonomy", "label", "defaults", "terms")
_LABEL_KEYS = ("de", "en")
_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as its file has it: ``term.series_id`` is still the term itself."""

    term: Term
    place: Place
    continues: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Inherited:
    scheme: str | None = None
    cluster: str | None = None
    kind: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str | None = None
    example: bool = False


@dataclass(slots=True)
class _FileReader:
    name: str
    nodes: NodeReader
    entries: list[Entry] = field(default_factory=list)

    def read_terms(self, node: yaml.Node, parent: str | None, inherited: _Inherited) -> None:
        for item in self.nodes.items(node):
            if _is_group(item):
                self._read_group(item, parent, inherited)
            else:
                self._read_term(item, parent, inherited)

    def _read_group(self, node: yaml.Node, parent: str | None, inherited: _Inherited) -> None:
        group = self.nodes.mapping(node, _GROUP_KEYS)
        if "defaults" in group:
            inherited = self.inherit(inherited, self.nodes.mapping(group["defaults"], _INHERITED))
        if "terms" in group:
            self.read_terms(group["terms"], parent, inherited)

    def _read_term(self, node: yaml.Node, parent: str | None, inherited: _Inherited) -> None:
        given = self.nodes.mapping(node, _TERM_KEYS)
        own = self.inherit(inherited, given)
        term_id = self._id(node, given.get("id"))
        label = self.label(node, given.get("label"))
        if term_id and label:
            term = self._term(term_id, label, parent, own, self.nodes.text(given.get("code")))
            continues = self.nodes.text(given.get("continues"))
            self.entries.append(Entry(term, self.nodes.place(node), continues, own.kind))
        if "terms" in given:
            self.read_terms(given["terms"], term_id, own)

    def _term(self, term_id: str, label: Label, parent: str | None, own: _Inherited, code: str | None) -> Term:
        return Term(
            term_id=term_id,
            taxonomy=self.name,
            label_de=label.de,
            label_en=label.en,
            parent_id=parent,
            scheme_id=own.scheme,
            cluster_id=own.cluster,
            series_id=term_id,
            code=code,
            position=len(self.entries) + 1,
            valid_from=own.valid_from,
            valid_to=own.valid_to,
            example=own.example,
            source=own.source,
        )

    def inherit(self, outer: _Inherited, given: dict[str, yaml.Node]) -> _Inherited:
        if not any(key in given for key in _INHERITED):
            return outer
        nodes = self.nodes
        example = nodes.flag(given["example"]) if "example" in given else None
        source = nodes.text(given.get("source"))
        if example and source:
            message = "eine Quelle und example: true schließen sich aus. Bitte eines von beiden streichen."
            nodes.problems.add(nodes.place(given["example"]), message)
        return _Inherited(
            scheme=nodes.text(given.get("scheme")) or outer.scheme,
            cluster=nodes.text(given.get("cluster")) or outer.cluster,
            kind=nodes.text(given.get("kind")) or outer.kind,
            valid_from=nodes.day(given.get("valid_from")) or outer.valid_from,
            valid_to=nodes.day(given.get("valid_to")) or outer.valid_to,
            source=None if example else source or outer.source,
            example=example if example is not None else outer.example and not source,
        )

    def _id(self, node: yaml.Node, given: yaml.Node | None) -> str | None:
        if given is None:
            self.nodes.problems.add(self.nodes.place(node), 'dem Begriff fehlt "id". Bitte ergänzen.')
            return None
        term_id = self.nodes.text(given)
        if term_id and not _ID.fullmatch(term_id):
            message = f'die Kennung "{term_id}" darf nur Kleinbuchstaben a-z, Ziffern und einzelne - oder _ enthalten.'
            self.nodes.problems.add(self.nodes.place(given), message)
            return None
        return term_id

    def label(self, node: yaml.Node, given: yaml.Node | None) -> Label | None:
        if given is None:
            self.nodes.problems.add(self.nodes.place(node), '"label" fehlt. Bitte {de: …, en: …} ergänzen.')
            return None
        names = self.nodes.mapping(given, _LABEL_KEYS)
        for missing in (language for language in _LABEL_KEYS if language not in names):
            message = f'der Bezeichnung fehlt die Sprache "{missing}". Bitte ergänzen.'
            self.nodes.problems.add(self.nodes.place(given), message)
        german, english = self.nodes.text(names.get("de")), self.nodes.text(names.get("en"))
        return Label(german, english) if german and english else None


def _is_group(node: yaml.Node) -> bool:
    return isinstance(node.value, list) and any(
        isinstance(pair, tuple) and pair[0].value == "defaults" for pair in node.value
    )


def read_taxonomy(name: str, file: str, content: bytes, problems: Problems) -> tuple[Label, list[Entry]]:
    """Read one taxonomy file; what is wrong goes to ``problems``, what is right is returned in file order."""
    nodes = NodeReader(file, problems)
    fallback = Label(name, name)
    root = nodes.compose(content)
    if root is None:
        return fallback, []
    head = nodes.mapping(root, _FILE_KEYS)
    reader = _FileReader(name, nodes)
    _check_head(name, head, root, nodes)
    label = reader.label(root, head.get("label")) or fallback
    inherited = _Inherited()
    if "defaults" in head:
        inherited = reader.inherit(inherited, nodes.mapping(head["defaults"], _INHERITED))
    if "terms" in head:
        reader.read_terms(head["terms"], None, inherited)
    return label, reader.entries


def _check_head(name: str, head: dict[str, yaml.Node], root: yaml.Node, nodes: NodeReader) -> None:
    if "terms" not in head:
        nodes.problems.add(nodes.place(root), '"terms" fehlt: eine Taxonomie braucht mindestens einen Begriff.')
    given = nodes.text(head.get("taxonomy"))
    if given != name:
        place = nodes.place(head.get("taxonomy", root))
        nodes.problems.add(place, f'"taxonomy" muss "{name}" heißen wie die Datei, nicht "{given or ""}".')
