"""Reads one methodology sheet: YAML head, numbered sentences, fenced SQL fragments.

Errors name file, line, sentence and the remedy, in German, since their reader is an evaluator.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, cast, get_args

import yaml

from ewm.errors import ContentError
from ewm.indicators.fragments import parse_fragment
from ewm.indicators.sheet import (
    ALWAYS,
    CARRIES_OUT,
    FIRST_YEAR,
    LAST_YEAR,
    MARKS,
    Fragment,
    Mark,
    OnBreak,
    Sentence,
    Sheet,
    Source,
    Years,
)

if TYPE_CHECKING:
    from pathlib import Path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SENTENCE = re.compile(r"^\[(S\d+)(?:\s*\|\s*([^\]]+))?\]\s+(.*)$")
_FENCE = re.compile(r"^```sql\s+(\w+)(?:\s+(\w+))?(?:\s+for\s+(.+))?\s*$")
_MARK = re.compile(r"\s*\(([A-Za-zäöüÄÖÜß]+)(?::\s*([^()]*(?:\([^()]*\)[^()]*)*))?\)$")
_HEAD_KEYS = {
    "id", "title", "source", "term", "of", "with", "key", "counts", "by", "valid", "on_break", "gives", "taxonomy",
    "partial",
}  # fmt: skip


def parse_years(text: str) -> Years:
    """Read ``ab 2020``, ``bis 2018``, ``2018-2019`` or ``2018``; raises ``ValueError`` for anything else.

    A range that ends before it begins is in force in no year, so its rule would vanish: it is refused as well.
    """
    text = text.strip()
    if match := re.fullmatch(r"ab (\d{4})", text):
        return Years(int(match[1]), LAST_YEAR)
    if match := re.fullmatch(r"bis (\d{4})", text):
        return Years(FIRST_YEAR, int(match[1]))
    if match := re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", text):
        years = Years(int(match[1]), int(match[2] or match[1]))
        if years.first <= years.last:
            return years
    raise ValueError(text)


class _Reader:
    """Reads the lines of one sheet; every complaint carries file and line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()

    def fail(self, line: int, message: str) -> ContentError:
        return ContentError(f"{self.path.name}, Zeile {line}: {message}")

    def head(self) -> tuple[dict[str, Any], int]:
        """Return the head and the index of the first line after it."""
        fences = [index for index, line in enumerate(self.lines) if line.strip() == "---"]
        if not fences or (fences[0] == 0 and len(fences) < 2):
            raise self.fail(1, "Der Kopf fehlt. Er beginnt und endet mit einer Zeile aus drei Bindestrichen.")
        first, last = (fences[0] + 1, fences[1]) if fences[0] == 0 else (0, fences[0])
        try:
            head = yaml.load("\n".join(self.lines[first:last]), Loader=_LOADER)  # noqa: S506  (a safe loader)
        except yaml.YAMLError as error:
            raise self.fail(first + 1, f"Der Kopf ist kein gültiges YAML: {error}") from error
        if not isinstance(head, dict):
            raise self.fail(first + 1, "Der Kopf muss aus Schlüsseln und Werten bestehen.")
        unknown = sorted(set(head) - _HEAD_KEYS)
        if unknown:
            raise self.fail(
                first + 1, f"Der Kopf kennt {', '.join(map(str, unknown))} nicht. Möglich sind: {_list(_HEAD_KEYS)}."
            )
        return head, last + 1

    def sentences(self, start: int) -> list[Sentence]:
        """Return the sentences with their fragments."""
        found: list[Sentence] = []
        index = start
        while index < len(self.lines):
            line = self.lines[index].strip()
            if match := _SENTENCE.match(line):
                text, following = self._continued(match[3], index + 1)
                fragments, following = self._fragments(following, match[1])
                found.append(self._sentence(match, text, fragments, index + 1))
                index = following
            elif line.startswith("```"):
                raise self.fail(index + 1, "Ein SQL-Abschnitt steht ohne Satz davor. Bitte einen Satz davorschreiben.")
            elif line and not line.startswith("<!--"):
                raise self.fail(
                    index + 1, f"Erwartet wird ein nummerierter Satz wie „[S1] …“, gefunden wurde „{line[:60]}“."
                )
            else:
                index += 1
        return found

    def _continued(self, text: str, index: int) -> tuple[str, int]:
        parts = [text]
        while index < len(self.lines):
            line = self.lines[index].strip()
            if not line or line.startswith("```") or _SENTENCE.match(line):
                break
            parts.append(line)
            index += 1
        return " ".join(parts), index

    def _fragments(self, index: int, number: str) -> tuple[tuple[Fragment, ...], int]:
        found: list[Fragment] = []
        while index < len(self.lines):
            line = self.lines[index].strip()
            if not line:
                index += 1
                continue
            if not line.startswith("```"):
                break
            match = _FENCE.match(line)
            if not match:
                raise self.fail(
                    index + 1,
                    f"{number}: „{line}“ ist kein bekannter Anfang eines SQL-Abschnitts. "
                    "Möglich sind ```sql where, ```sql value NAME, ```sql first, ```sql select.",
                )
            end = next((i for i in range(index + 1, len(self.lines)) if self.lines[i].strip() == "```"), None)
            if end is None:
                raise self.fail(index + 1, f"{number}: Der SQL-Abschnitt ist nicht geschlossen (``` fehlt).")
            body = "\n".join(self.lines[index + 1 : end]).strip()
            levels = tuple(part.strip() for part in match[3].split(",")) if match[3] else ()
            place = f"{self.path.name}, Zeile {index + 2}: {number}"
            found.append(parse_fragment(body, kind=match[1], name=match[2], levels=levels, line=index + 2, place=place))
            index = end + 1
        return tuple(found), index

    def _sentence(
        self, match: re.Match[str], text: str, fragments: tuple[Fragment, ...], line: int
    ) -> Sentence:  # fmt: skip
        number, validity = match[1], match[2]
        try:
            years = parse_years(validity) if validity else ALWAYS
        except ValueError:
            raise self.fail(
                line, f"{number}: „{validity}“ ist keine Gültigkeit. Möglich sind ab 2020, bis 2018, 2018-2019."
            ) from None
        text, marks = self._marks(text, line, number)
        if not fragments and not any(mark.kind in CARRIES_OUT for mark in marks):
            raise self.fail(
                line,
                f"{number} hat weder einen SQL-Abschnitt noch eine Marke. Bitte den Abschnitt ergänzen oder den Satz "
                "mit (informativ), (Zähleinheit), (durchgesetzt: Regel) oder (Hinweis: Prüfung) kennzeichnen.",
            )
        return Sentence(number, text, line, years, marks, fragments)

    def _marks(self, text: str, line: int, number: str) -> tuple[str, tuple[Mark, ...]]:
        marks: list[Mark] = []
        while (match := _MARK.search(text)) and match[1] in MARKS:
            kind, name = match[1], (match[2] or "").strip() or None
            if MARKS[kind] and not name:
                raise self.fail(line, f"{number}: Die Marke ({kind}: …) braucht einen Namen.")
            marks.insert(0, Mark(kind, name))
            text = text[: match.start()]
        return text, tuple(marks)


_ID = re.compile(r"[A-Z]{1,3}-\d+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def _check_names(reader: _Reader, head: dict[str, Any]) -> None:
    """Refuse an id or a name that could not stand in SQL as it is: tables and columns bear them."""
    if not _ID.fullmatch(str(head["id"])):
        raise reader.fail(1, f"id: „{head['id']}“ ist keine Kennung: ein bis drei große Buchstaben, Bindestrich, Zahl.")
    names = {
        "term": _names(head.get("term")),
        "gives": _names(head.get("gives")),
        "counts": _names(head.get("counts")),
        "key": tuple(part for pair in _key(head.get("key")).items() for part in pair),
        "by": tuple(part for path in _paths(head.get("by")) for part in path),
    }
    for key, found in names.items():
        for name in found:
            if not _NAME.fullmatch(name):
                raise reader.fail(
                    1, f"{key}: „{name}“ ist kein Wort. Möglich sind kleine Buchstaben ohne Umlaute, Ziffern und _."
                )


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return (str(value),)


def _paths(value: object) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.strip() for part in entry.split(">")) for entry in _names(value))


def _key(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(outer): str(inner) for outer, inner in value.items()}
    return {name: name for name in _names(value)}


def _source(reader: _Reader, value: object) -> Source:
    if not isinstance(value, dict) or set(value) != {"document", "chapter", "from_page"}:
        raise reader.fail(
            1, "Die Quelle fehlt oder ist unvollständig. Nötig sind source: {document: …, chapter: …, from_page: …}."
        )
    try:
        return Source(str(value["document"]), str(value["chapter"]), int(value["from_page"]))
    except (TypeError, ValueError):
        raise reader.fail(1, f"from_page ist keine Seitenzahl: {value['from_page']}") from None


def _valid(reader: _Reader, value: object) -> Years:
    try:
        return ALWAYS if value is None else parse_years(str(value))
    except ValueError:
        raise reader.fail(1, f"valid: „{value}“ ist keine Gültigkeit. Möglich sind ab 2020, bis 2018.") from None


def _on_break(reader: _Reader, value: object) -> dict[str, OnBreak]:
    if value is None:
        return {}
    chosen = value if isinstance(value, dict) else {"*": value}
    for action in chosen.values():
        if action not in get_args(OnBreak):
            raise reader.fail(1, f"on_break: „{action}“ gibt es nicht. Möglich sind footnote und withhold.")
    return {str(sheet_id): cast("OnBreak", action) for sheet_id, action in chosen.items()}


def parse_sheet(path: Path, text: str | None = None) -> Sheet:
    """Read the sheet at ``path`` (or ``text`` in its place).

    Raises ContentError naming file, line and remedy for a head, sentence or fragment of the wrong form.
    """
    text = path.read_text(encoding="utf-8") if text is None else text
    reader = _Reader(path, text)
    head, start = reader.head()
    for needed in ("id", "title"):
        if not head.get(needed):
            raise reader.fail(1, f"Im Kopf fehlt „{needed}“.")
    _check_names(reader, head)
    if not path.name.startswith(f"{head['id']}-"):
        raise reader.fail(1, f"Der Dateiname muss mit der Kennung beginnen: {head['id']}-….md")
    sentences = reader.sentences(start)
    if not sentences:
        raise reader.fail(start + 1, "Das Blatt enthält keinen Satz.")
    return Sheet(
        id=str(head["id"]),
        title=str(head["title"]),
        path=path,
        source=_source(reader, head.get("source")),
        sentences=tuple(sentences),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        term=head.get("term"),
        of=_names(head.get("of")),
        joins=_names(head.get("with")),
        key=_key(head.get("key")),
        counts=_names(head.get("counts")),
        by=_paths(head.get("by")),
        valid=_valid(reader, head.get("valid")),
        on_break=_on_break(reader, head.get("on_break")),
        gives=_names(head.get("gives")),
        taxonomies={str(word): str(name) for word, name in (head.get("taxonomy") or {}).items()},
        partial=bool(head.get("partial", False)),
    )
