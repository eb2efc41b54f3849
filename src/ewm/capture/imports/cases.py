"""One found record on its way to a verdict: what it is matched to, who takes part, what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ewm.capture.actors.similar import folded
from ewm.capture.imports.found import FoundActor, RecordKind
from ewm.capture.imports.matching import SURE, Match, actor_key
from ewm.capture.imports.matching.candidates import AS_DECIDED
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.found import Found
    from ewm.capture.imports.matching import Register
    from ewm.capture.shapes import Stored

NEW, SKIP = "new", "skip"


def as_actor(found: Found) -> FoundActor:
    """Return the organisation that a record of the kind actors is."""
    values = found.values
    listed: Any = values.get("identifiers") or ()
    texts: dict[str, Any] = {
        name: values.get(name) for name in ("actor_type", "country", "land", "district", "municipality")
    }
    return FoundActor(
        name=str(values.get("name") or ""),
        identifiers=tuple((each["scheme"], each["identifier"]) for each in listed),
        code=str(values.get("code") or ""),
        **texts,
    )


@dataclass(slots=True)
class Partner:
    """An organisation that a record names; ``actor`` is what it is: a code, ``+key`` for a new one, None while open."""

    found: FoundActor
    key: str
    row: int
    match: Match = field(default_factory=Match)
    actor: str | None = None
    settled: bool = False
    """It was decided at another record of the file."""

    def as_json(self) -> dict[str, Any]:
        """Return it as an item keeps it: ``code`` only where nobody needs to decide."""
        sure = self.match.sure
        return {
            "name": self.found.name or (sure.name if sure else ""),
            "code": sure.code if sure else None,
            "score": sure.score if sure else 0,
            "why": sure.why if sure else "",
            "candidates": [] if self.settled else [each.as_json() for each in self.match.candidates],
            "row": self.row,
            "key": self.key,
            "actor": self.actor,
        }


@dataclass(slots=True)
class Case:
    """A found record with everything that is found out about it."""

    found: Found
    decision: Mapping[str, Any]
    partners: list[Partner] = field(default_factory=list)
    match: Match = field(default_factory=Match)
    chosen: str | None = None
    """The code of the stored record that it is, as matched or decided."""
    parent: str | None = None
    """What stands above an organisation: a code, or ``+key`` of a new one of the file."""
    problems: list[dict[str, Any]] = field(default_factory=list)
    claimed: int = 0
    """The row of another record of the file that means the same stored one, or is the same new one."""
    entry: Any = None
    """What is to be written: a new record (under no code yet), or the stored one with what is taken over."""
    stored: Stored[Any] | None = None

    @property
    def row(self) -> int:
        """The first row of the file."""
        return min(self.found.rows, default=0)

    @property
    def is_actor(self) -> bool:
        """Tell whether the record itself is an organisation."""
        return self.found.kind is RecordKind.ACTORS

    @property
    def decided(self) -> str | None:
        """What somebody decided about the record."""
        return self.decision.get("record")

    @property
    def open_record(self) -> bool:
        """Tell whether somebody must say which stored record is meant."""
        if self.claimed:
            return True
        return self.decided != NEW and self.chosen is None and bool(self.match.candidates)

    @property
    def open_partner(self) -> bool:
        """Tell whether somebody must say who a partner is."""
        return any(partner.actor is None for partner in self.partners)

    @property
    def key(self) -> str:
        """What tells the organisation that the record is from others."""
        return actor_key(as_actor(self.found))


def find_partners(case: Case, register: Register, shared: Mapping[str, str]) -> None:
    """Match the partners of a record; ``shared``: what was decided of an organisation anywhere in the file, by key."""
    decided = case.decision.get("partners") or {}
    for at, each in enumerate(case.found.partners):
        key = actor_key(each.actor)
        partner = Partner(each.actor, key, each.row, register.match(case.found.source, each.actor))
        own, told = decided.get(str(at)), shared.get(key)
        partner.actor = _actor(partner, own or told, register)
        if own is None and told is not None and partner.match.sure is None and partner.actor is not None:
            partner.settled = True
            if not partner.actor.startswith("+"):
                partner.match = replace(partner.match, sure=register.candidate(partner.actor, SURE, AS_DECIDED))
        case.partners.append(partner)


def _actor(partner: Partner, decided: str | None, register: Register) -> str | None:
    if decided is not None and decided != NEW and (code := register.survivor(decided)):
        return code
    if decided == NEW:
        return f"+{partner.key}"
    if partner.match.sure:
        return partner.match.sure.code
    return None if partner.match.candidates or partner.match.wrong else f"+{partner.key}"


def find_parent(case: Case, register: Register, new: Mapping[str, str]) -> str:
    """Find what stands above an organisation; returns what is wrong with it (German). ``new``: keys by name."""
    given: Any = case.found.values.get("parent")
    named = {"code": given} if isinstance(given, str) else given or {}
    if not named:
        return ""
    above = FoundActor(name=str(named.get("name") or ""), code=str(named.get("code") or ""))
    match = register.match(case.found.source, above)
    if match.sure:
        case.parent = match.sure.code
    elif key := new.get(folded(above.name)):
        case.parent = f"+{key}"
    else:
        shown = above.name or above.code
        return match.wrong or worded(
            "„%(name)s“ ist noch nicht erfasst. Bitte zuerst anlegen, oder die Zelle leeren.", name=shown
        )
    return ""
