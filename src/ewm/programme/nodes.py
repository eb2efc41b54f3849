"""YAML as typed values that remember their line.

YAML's own guesses (``no`` as false, ``12051`` as a number) are switched off: each key says what its
value must be. That also makes reading twice as quick, since no scalar is matched against patterns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from ewm.programme.problems import Place, Problems, suggestion

if TYPE_CHECKING:
    _Base = yaml.SafeLoader
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAGS: dict[type, str] = {yaml.ScalarNode: "text", yaml.SequenceNode: "list", yaml.MappingNode: "mapping"}


class _PlainLoader(_Base):
    """Composes nodes only; every scalar stays text."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:  # noqa: ARG002
        return _TAGS[kind]

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class NodeReader:
    """Reads the nodes of one file; what does not fit becomes a problem, and the value counts as absent."""

    file: str
    problems: Problems
    _lists_read: set[int] = field(default_factory=set)

    def place(self, node: yaml.Node) -> Place:
        """Return where the node begins."""
        return Place(self.file, node.start_mark.line + 1)

    def compose(self, content: bytes) -> yaml.Node | None:
        """Return the file's one document, or nothing (and a problem) where it is no YAML or empty."""
        try:
            loader = _PlainLoader(content)
            node: yaml.Node | None = loader.get_single_node()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
            self.problems.add(Place(self.file, line), f"kein gültiges YAML ({reason}). Bitte die Stelle berichtigen.")
            return None
        if node is None:
            self.problems.add(Place(self.file, 1), "die Datei ist leer. Bitte füllen oder entfernen.")
        return node

    def mapping(self, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return the entries of a mapping; a key outside ``keys`` or given twice is a problem."""
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, f"hier werden Angaben der Form Schlüssel: Wert erwartet ({', '.join(keys)})")
            return {}
        entries: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in keys:
                hint = suggestion(key, list(keys)) or f" Erlaubt: {', '.join(keys)}."
                self._wrong(key_node, f'unbekannter Schlüssel "{key}"', hint)
            elif key in entries:
                self._wrong(
                    key_node, f'der Schlüssel "{key}" steht zweimal', " Bitte eine der beiden Angaben streichen."
                )
            else:
                entries[key] = value
        return entries

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the entries of a list that is not empty; a list read twice is an alias, and could hold itself."""
        if id(node) in self._lists_read:
            self._wrong(node, "auf diese Liste verweist eine andere Stelle (*…)", " Bitte dort ausschreiben.")
            return []
        self._lists_read.add(id(node))
        if isinstance(node, yaml.SequenceNode) and node.value:
            return list(node.value)
        self._wrong(node, "hier wird eine Liste mit mindestens einem Eintrag erwartet")
        return []

    def text(self, node: yaml.Node | None) -> str | None:
        """Return a text that is not empty; ``None`` passes through."""
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and (value := str(node.value).strip()):
            return value
        self._wrong(node, "hier wird ein Text erwartet")
        return None

    def day(self, node: yaml.Node | None) -> date | None:
        """Return a day written as YYYY-MM-DD; ``None`` passes through."""
        text = self.text(node)
        if node is None or text is None:
            return None
        try:
            if len(text) == len("2020-12-31"):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self._wrong(node, f'"{text}" ist kein Datum', " Bitte als JJJJ-MM-TT schreiben.")
        return None

    def flag(self, node: yaml.Node | None) -> bool:
        """Return whether the value is ``true``; absent means false."""
        text = self.text(node)
        if node is not None and text not in {None, "true", "false"}:
            self._wrong(node, f'"{text}" ist weder true noch false')
        return text == "true"

    def _wrong(self, node: yaml.Node, message: str, remedy: str = " Bitte berichtigen.") -> None:
        self.problems.add(self.place(node), f"{message}.{remedy}")
