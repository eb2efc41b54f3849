"""The records of one import as they are written: new organisations first, then what names them, then changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ewm.capture.codes import free_codes
from ewm.capture.imports.cases import NEW
from ewm.capture.imports.entries import PARTNERS, actor_entry
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.kinds import KINDS
from ewm.capture.serving import CREATED
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ewm.capture.imports.cases import Case, Partner
    from ewm.errors import Refusal

_CHUNK = 1000
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A record that was written: kind, id, code, version; ``created``: it is new."""

    kind: RecordKind
    row: int
    code: str
    version: int
    created: bool


@dataclass(slots=True)
class Writer:
    """Writes the cases of one import; refusals are gathered, so that everything that is wrong is told at once."""

    reason: str
    given: bool
    tell: Callable[[int], None]
    written: list[Written] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    """Codes of new organisations, by ``+key``."""
    code_of: dict[int, str] = field(default_factory=dict)
    """Codes of the cases' records, by the case's place."""
    rows: dict[str, int] = field(default_factory=dict)
    """The first row of the file that speaks of a record, by code."""

    def write(self, cases: Sequence[Case]) -> None:
        """Write everything; raises RefusedError with all that is wrong."""
        self._create_actors(cases)
        self._stop()
        for kind in (RecordKind.PROJECTS, RecordKind.ACTIVITIES):
            self._create(kind, [(at, case) for at, case in enumerate(cases) if _is_new(case, kind)])
        self._stop()
        for kind in KINDS:
            self._update(kind, [(at, case) for at, case in enumerate(cases) if _is_changed(case, kind)])
        self._stop()

    def _stop(self) -> None:
        if self.refusals:
            raise RefusedError(self.refusals)

    def _create_actors(self, cases: Sequence[Case]) -> None:
        """Create the new organisations, those that have a row of their own as it says, each once."""
        catalogue, free = read_catalogue(), free_codes(KINDS[RecordKind.ACTORS].shape.model, "A-", 4)
        entries: dict[str, tuple[Any, str]] = {}
        for at, case in enumerate(cases):
            if _is_new(case, RecordKind.ACTORS):
                code = self.code_of[at] = next(free)
                key = f"+{case.key}"
                self.codes.setdefault(key, code)
                self.rows.setdefault(code, case.row)
                reason = self._deliberate(case.match.candidates) if case.decided == NEW else self.reason
                entries[code] = case.entry, reason
        for case, partner in _new_partners(cases):
            if partner.actor in self.codes:
                continue
            code = self.codes[str(partner.actor)] = next(free)
            self.rows.setdefault(code, partner.row)
            since = getattr(case.entry, KINDS[case.found.kind].start)
            entries[code] = (
                actor_entry(partner.found, catalogue, since=since),
                self._deliberate(partner.match.candidates),
            )
        self._create_in_groups({
            code: (replace(entry, code=code, parent=self.codes.get(entry.parent, entry.parent)), reason)
            for code, (entry, reason) in entries.items()
        })  # fmt: skip

    def _create_in_groups(self, entries: Mapping[str, tuple[Any, str]]) -> None:
        """Create organisations that share a reason together; all of them where some stand above others."""
        if any(entry.parent in entries for entry, _ in entries.values()):
            entries = {code: (entry, self.reason) for code, (entry, _) in entries.items()}
        for reason in dict.fromkeys(reason for _, reason in entries.values()):
            group = [entry for entry, own in entries.values() if own == reason]
            self._create_chunk(RecordKind.ACTORS, group, reason)
            self.tell(len(group))

    def _deliberate(self, alike: Sequence[Any]) -> str:
        """Return the reason of a new organisation for which somebody was shown similar ones."""
        return f"{self.reason}; bewusst neu trotz ähnlicher Namen"[:_LONGEST_REASON] if alike else self.reason

    def _create(self, kind: RecordKind, cases: Sequence[tuple[int, Case]]) -> None:
        free: dict[str, Iterator[str]] = {}
        entries = []
        for at, case in cases:
            start = KINDS[kind].code_start(case.entry)
            if start not in free:
                free[start] = free_codes(KINDS[kind].shape.model, start, KINDS[kind].digits)
            code = self.code_of[at] = next(free[start])
            self.rows[code] = case.row
            entries.append(replace(self._named(case.entry), code=code))
        for first in range(0, len(entries), _CHUNK):
            chunk = entries[first : first + _CHUNK]
            self._create_chunk(kind, chunk, self.reason)
            self.tell(len(chunk))

    def _create_chunk(self, kind: RecordKind, entries: Sequence[Any], reason: str) -> None:
        try:
            ids = KINDS[kind].create(entries=entries, reason=reason or CREATED)
        except RefusedError as error:
            self.refusals += error.refusals
        else:
            self.written += [
                Written(kind, pk, entry.code, 1, created=True) for entry, pk in zip(entries, ids, strict=True)
            ]

    def _named(self, entry: Any) -> Any:
        """Put the codes of new organisations in the place of their keys."""
        named = tuple(replace(each, actor=self.codes.get(each.actor, each.actor)) for each in entry.participations)
        return replace(entry, **{PARTNERS: named})

    def _update(self, kind: RecordKind, cases: Sequence[tuple[int, Case]]) -> None:
        changes = []
        for at, case in cases:
            assert case.stored is not None  # noqa: S101 (asked by _is_changed)
            self.code_of[at] = case.entry.code
            self.rows[case.entry.code] = case.row
            entry = case.entry if kind is RecordKind.ACTORS else self._named(case.entry)
            changes.append((entry, case.stored))
        for first in range(0, len(changes), _CHUNK):
            chunk = changes[first : first + _CHUNK]
            pairs = [(entry, stored.version) for entry, stored in chunk]
            try:
                versions = KINDS[kind].change(changes=pairs, reason=self.reason, given=self.given)
            except RefusedError as error:
                self.refusals += error.refusals
                continue
            self.written += [
                Written(kind, stored.id, entry.code, version, created=False)
                for (entry, stored), version in zip(chunk, versions, strict=True)
            ]
            self.tell(len(chunk))


def _is_new(case: Case, kind: RecordKind) -> bool:
    return case.found.kind is kind and case.entry is not None and case.stored is None


def _is_changed(case: Case, kind: RecordKind) -> bool:
    return case.found.kind is kind and case.entry is not None and case.stored is not None


def _new_partners(cases: Iterable[Case]) -> Iterator[tuple[Case, Partner]]:
    """Yield the partners that become new organisations, of the records in which they take part then."""
    for case in cases:
        if case.entry is None or case.is_actor:
            continue
        needed = {each.actor for each in case.entry.participations}
        for partner in case.partners:
            if partner.actor in needed and str(partner.actor).startswith("+"):
                yield case, partner
