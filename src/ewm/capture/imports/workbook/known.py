"""What the rows of a workbook refer to: stored records by code, actors by code or name, actors of the file itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.models import Actor
from ewm.capture.actors.similar import folded
from ewm.capture.entries import Item, stored_fields
from ewm.capture.entry_reading import read_entries
from ewm.capture.imports.found import FoundActor, RecordKind
from ewm.capture.projects.entries import PROJECT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ewm.capture.imports.workbook.words import Words
    from ewm.capture.shapes import Shape

SHAPES: Mapping[RecordKind, Shape[Any]] = {
    RecordKind.PROJECTS: PROJECT,
    RecordKind.ACTIVITIES: ACTIVITY,
    RecordKind.ACTORS: ACTOR,
}


@dataclass(slots=True)
class Known:
    """Words of the programme, the cluster of the import, stored records as JSON by kind and code.

    ``codes``: of all actors; ``names``: codes by folded name; ``called``: names by code; ``own``: the actors that the
    file itself brings, by folded name.
    """

    words: Words
    cluster: str
    stored: Mapping[RecordKind, Mapping[str, dict[str, Any]]]
    codes: frozenset[str]
    names: Mapping[str, Sequence[str]]
    called: Mapping[str, str]
    own: dict[str, FoundActor] = field(default_factory=dict)

    def actor(self, text: str) -> FoundActor:
        """Return who is meant: the actor of this code, else somebody of this name, with what the file says of it."""
        if text in self.codes:
            return FoundActor(name=text, code=text)
        return self.own.get(folded(text), FoundActor(name=text[:300]))

    def name_of(self, code: str) -> str:
        """Return the name of a stored actor, the code itself where it stands no longer."""
        return self.called.get(code, code)

    def code_of(self, text: str) -> str | None:
        """Return the code of the one stored actor that a code or a name means, None for nobody or several."""
        if text in self.codes:
            return text
        found = self.names.get(folded(text), ())
        return found[0] if len(found) == 1 else None


def read_known(words: Words, cluster: str, codes: Mapping[RecordKind, Collection[str]]) -> Known:
    """Read the records with these codes and all actors' names."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    called: dict[str, str] = {}
    for code, name in Actor.objects.filter(merged_into=None).values_list("code", "name"):
        names[folded(name)].append(code)
        called[code] = name
    return Known(
        words=words,
        cluster=cluster,
        stored={kind: _read(SHAPES[kind], set(wanted)) for kind, wanted in codes.items()},
        codes=frozenset(Actor.objects.values_list("code", flat=True)),
        names=names,
        called=called,
    )


def _read(shape: Shape[Any], codes: set[str]) -> dict[str, dict[str, Any]]:
    """Read entries as JSON by code: each with ``withdrawn`` and ``version``, and all that is stored."""
    found: dict[str, dict[str, Any]] = {}
    columns = ["id", "code", *(["withdrawn"] if hasattr(shape.model, "withdrawn") else [])]
    rows = shape.model.objects.filter(code__in=codes).order_by("id").values_list(*columns)
    for ids in _runs([row[0] for row in rows]):
        for (code,), stored in read_entries(shape, ids).items():
            if code in codes:
                found[code] = {**plain(stored.entry), "version": stored.version}
    for row in rows:
        found[row[1]]["withdrawn"] = len(row) > 2 and row[2]
    return found


def _runs(ids: Sequence[int], gap: int = 50) -> list[range]:
    """Return ranges that hold all ids: neighbours are read together."""
    runs: list[range] = []
    for pk in ids:
        if runs and pk - runs[-1].stop <= gap:
            runs[-1] = range(runs[-1].start, pk + 1)
        else:
            runs.append(range(pk, pk + 1))
    return runs


def plain(value: Any) -> Any:
    """Return an entry, or anything made of its values, as JSON holds it."""
    if isinstance(value, Item):
        return {name: plain(getattr(value, name)) for name in stored_fields(type(value))}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
