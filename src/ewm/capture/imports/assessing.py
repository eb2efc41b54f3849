"""What every found record becomes: new, known, to be decided, wrong or left out, and why.

All records of a file are looked at together: two of them may mean the same stored one, a decision about an
organisation holds wherever the file names it. What is stored is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from ewm.capture.actors.similar import folded
from ewm.capture.entry_reading import read_many
from ewm.capture.imports.cases import NEW, SKIP, Case, as_actor, find_parent, find_partners
from ewm.capture.imports.differing import assumed, differences, news, taken_over
from ewm.capture.imports.entries import (
    NO_CODE,
    PARTNERS,
    actor_entry,
    given_values,
    missing,
    new_entry,
    participations,
)
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.kinds import KINDS
from ewm.capture.imports.matching import SURE, Match, Records, Register, actor_key
from ewm.capture.imports.matching.candidates import TAKES_PART
from ewm.capture.imports.models import Outcome
from ewm.capture.imports.problems import problem, problems_of
from ewm.capture.imports.saying import place_worded
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.models import Cluster
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.imports.found import FoundActor
    from ewm.capture.imports.matching.keys import Settled
    from ewm.capture.shapes import Stored
    from ewm.errors import Refusal


_ON_REQUEST = gettext_noop("Auf Wunsch weggelassen.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an item keeps of a case."""

    outcome: Outcome
    match: dict[str, Any]
    problems: list[dict[str, Any]] = field(default_factory=list)
    takes: bool = False
    reason: str = ""


class Assessor:
    """Judges records of one import; ``claims``: which other record of the file means a stored or new one already."""

    def __init__(
        self, cluster: str, columns: Mapping[str, str], sources: Iterable[str],
        claims: Mapping[tuple[str, str], int] | None = None,
    ) -> None:  # fmt: skip
        self._cluster, self._columns, self._sources = cluster, columns, tuple(sources)
        self.register = Register(self._sources)
        self._catalogue = read_catalogue()
        self._records: dict[RecordKind, Records] = {}
        self._stored: dict[tuple[RecordKind, str], Stored[Any]] = {}
        self._claims = dict(claims or {})
        self._actors: dict[FoundActor, list[Refusal]] = {}
        self._new_names: dict[str, str] = {}

    def records(self, kind: RecordKind) -> Records:
        """Return the stored projects or activities of the cluster."""
        if kind not in self._records:
            self._records[kind] = Records(kind, self._cluster, self._sources)
        return self._records[kind]

    def judge(self, cases: Sequence[Case]) -> list[Verdict]:
        """Return what becomes of each record."""
        shared = shared_decisions(cases)
        for case in cases:
            if not case.found.left_out:
                find_partners(case, self.register, shared)
                self._match(case)
        for case in cases:
            self._claim(case)
        self._find_parents([case for case in cases if case.is_actor and not case.found.left_out])
        self._read_stored(cases)
        return [self._verdict(case) for case in cases]

    def _match(self, case: Case) -> None:
        if case.is_actor:
            case.match = self.register.match(case.found.source, as_actor(case.found))
            chosen = self.register.survivor(case.decided) if case.decided else None
        else:
            records = self.records(case.found.kind)
            known = {partner.actor for partner in case.partners if partner.actor}
            case.match = records.match(case.found, [each for each in known if not each.startswith("+")])
            stored = records.stored(case.decided) if case.decided else None
            chosen = stored.code if stored and not stored.withdrawn else None
        sure = case.match.sure.code if case.match.sure else None
        case.chosen = chosen or (None if case.decided in (NEW, SKIP) else sure)
        if case.chosen and not case.is_actor:
            self._who_takes_part(case)

    def _who_takes_part(self, case: Case) -> None:
        """Where one of the similar actors takes part in the record already, it is that one."""
        stored = self.records(case.found.kind).stored(str(case.chosen))
        for partner in case.partners:
            there = [each for each in partner.match.candidates if stored and each.code in stored.actors]
            if partner.actor is None and len(there) == 1:
                partner.actor, partner.settled = there[0].code, True
                partner.match = Match(self.register.candidate(there[0].code, SURE, TAKES_PART))

    def _claim(self, case: Case) -> None:
        """Of several records that mean the same stored one, or are the same new organisation, the first is it."""
        kind = case.found.kind.value
        if case.found.left_out or case.decided == SKIP:
            return
        if case.chosen:
            claim = (kind, case.chosen)
        elif case.is_actor and not case.open_record and case.decided != NEW:
            claim = (kind, f"+{case.key}")
        else:
            return
        first = self._claims.setdefault(claim, case.row)
        if first != case.row:
            case.claimed, case.chosen = first, None

    def _find_parents(self, cases: Sequence[Case]) -> None:
        new = {folded(str(case.found.values.get("name") or "")): case.key for case in cases if case.chosen is None}
        for case in cases:
            if wrong := find_parent(case, self.register, new):
                case.problems.append(problem("parent", wrong, row=case.row, columns=self._columns))

    def _read_stored(self, cases: Sequence[Case]) -> None:
        for kind, each in KINDS.items():
            codes = {case.chosen for case in cases if case.chosen and case.found.kind is kind}
            if codes:
                ids = dict(each.shape.model.objects.filter(code__in=codes).values_list("code", "id"))
                found = read_many(each.shape, ids.values())
                self._stored |= {(kind, stored.entry.code): stored for stored in found.values()}

    def _verdict(self, case: Case) -> Verdict:
        left = case.found.left_out or case.match.leave
        if case.decided == SKIP:
            left = str(case.decision.get("reason") or _ON_REQUEST)
        if left:
            return Verdict(Outcome.LEFT_OUT, match_json(case), reason=left)
        self._find_problems(case)
        if case.problems or case.found.problems:
            first = [each.message for each in case.found.problems] or [each["message"] for each in case.problems]
            return Verdict(Outcome.ERROR, match_json(case), case.problems, reason=first[0])
        if case.open_record or case.open_partner:
            return Verdict(Outcome.DECIDE, match_json(case), reason=_open(case))
        if case.chosen is None:
            return self._new(case)
        return self._known(case, self._stored[case.found.kind, case.chosen])

    def _find_problems(self, case: Case) -> None:
        """Find what matching shows to be wrong."""
        if case.match.wrong:
            case.problems.append(problem("code", case.match.wrong, row=case.row, columns=self._columns))
        for partner in case.partners:
            if partner.match.wrong and partner.actor is None:
                case.problems.append(
                    problem("partner_code", partner.match.wrong, row=partner.row, columns=self._columns)
                )
            elif partner.actor and partner.actor.startswith("+"):
                self._new_names[partner.actor] = partner.found.name
                case.problems += self._problems_of_actor(partner.found, partner.row)
        named = case.found.values.get("cluster")
        if named and not self._is_own(str(named)):
            message = worded(
                "Die Zeile nennt als Heimatcluster „%(cluster)s“, importiert wird in ein anderes. "
                "Bitte die Zeile dort importieren oder weglassen.",
                cluster=str(named),
            )
            case.problems.append(problem("cluster", message, row=case.row, columns=self._columns, value=str(named)))

    def _is_own(self, named: str) -> bool:
        return folded(named) in self._own_names

    @cached_property
    def _own_names(self) -> set[str]:
        own = Cluster.objects.filter(cluster_id=self._cluster).values_list("cluster_id", "label_de", "label_en")
        return {folded(each) for row in own for each in row}

    def _problems_of_actor(self, actor: FoundActor, row: int) -> list[dict[str, Any]]:
        """Return what is wrong with a new organisation; each is asked once."""
        if actor not in self._actors:
            entry = actor_entry(actor, self._catalogue, since=date.min)
            self._actors[actor] = list(KINDS[RecordKind.ACTORS].check(entry, self._catalogue))
        values = {"name": actor.name, "municipality": actor.municipality}
        return problems_of(self._actors[actor], row=row, columns=self._columns, values=values)

    def _new(self, case: Case) -> Verdict:
        kind = KINDS[case.found.kind]
        given = given_values(kind.shape, case.found.values)
        if lacking := missing(kind.shape, given):
            case.problems += [self._lacking(case, name) for name in lacking]
        else:
            entry = self._entry(case, given)
            refusals = list(kind.check(entry, self._catalogue))
            case.problems += problems_of(refusals, row=case.row, columns=self._columns, values=case.found.values)
            case.entry = entry
        if case.problems:
            return Verdict(Outcome.ERROR, match_json(case), case.problems, reason=case.problems[0]["message"])
        return Verdict(Outcome.NEW, match_json(case))

    def _entry(self, case: Case, given: Mapping[str, Any]) -> Any:
        shape = KINDS[case.found.kind].shape
        more: dict[str, Any] = {"parent": case.parent}
        if not case.is_actor:
            more = {PARTNERS: participations(case.found, [str(each.actor) for each in case.partners])}
        return new_entry(shape, given, code=NO_CODE, cluster=self._cluster, **more)

    def _lacking(self, case: Case, name: str) -> dict[str, Any]:
        label = KINDS[case.found.kind].shape.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        message = worded(
            "„%(field)s“ fehlt. Bitte in der Datei ergänzen oder im Profil für alle Zeilen vorgeben.",
            field=worded(str(label)),
        )
        return problem(name, message, row=case.row, columns=self._columns)

    def _known(self, case: Case, stored: Stored[Any]) -> Verdict:
        shape = KINDS[case.found.kind].shape
        given, case.stored = self.given(case, stored), stored
        places = news(shape, stored.entry, given, self._said(case), said_now(case))
        take = [name for name in case.decision.get("take") or () if name in places]
        differing = [self._named(each) for each in differences(shape, stored.entry, given, places)]
        match = match_json(case, stored, differing)
        if take:
            case.entry = entry = taken_over(shape, stored.entry, given, places, take)
            refusals = list(KINDS[case.found.kind].check(entry, self._catalogue))
            case.problems += problems_of(refusals, row=case.row, columns=self._columns, values=case.found.values)
        if case.problems:
            return Verdict(Outcome.ERROR, match, case.problems, reason=case.problems[0]["message"])
        return Verdict(Outcome.KNOWN, match, takes=bool(take))

    def _named(self, difference: dict[str, Any]) -> dict[str, Any]:
        """Put names in the place of the codes of actors, where partners differ."""
        if difference["field"] != PARTNERS:
            return difference
        return difference | {"found": [{**row, "actor": self._name(row["actor"])} for row in difference["found"]]}

    def _name(self, actor: str) -> str:
        return self._new_names.get(actor) or self.register.name(actor)

    def given(self, case: Case, stored: Stored[Any]) -> dict[str, Any]:
        """Return what the file says of a stored record, without what its profile assumes."""
        shape = KINDS[case.found.kind].shape
        given = given_values(shape, case.found.values)
        given = {name: value for name, value in given.items() if name not in assumed(given, self._columns)}
        if case.is_actor and case.parent and not case.parent.startswith("+"):
            given["parent"] = case.parent
        if not case.is_actor:
            there = {each.actor: each for each in stored.entry.participations}
            named = participations(case.found, [str(partner.actor) for partner in case.partners])
            # Who takes part already keeps the role: a list that knows its own recipients only tells nothing of it.
            given[PARTNERS] = tuple(each for each in named if each.actor not in there)
        return given

    def _said(self, case: Case) -> Mapping[str, Any]:
        settled: Settled | None = None
        if case.found.values.get("code"):
            return {}  # who names a record means it, also where the file said so before
        if not case.is_actor:
            settled = self.records(case.found.kind).settled(case.found)
        elif case.match.sure:
            settled = self.register.settled(case.found.source, case.key)
        return settled.said if settled and self._leads_to(case, settled.code) else {}

    def _leads_to(self, case: Case, code: str) -> bool:
        return case.chosen == (self.register.survivor(code) if case.is_actor else code)


def shared_decisions(cases: Sequence[Case]) -> dict[str, str]:
    """Return what was decided of organisations anywhere in the file, by key: the first decision counts."""
    shared: dict[str, str] = {}
    for case in cases:
        if case.is_actor and case.decided and case.decided != SKIP:
            shared.setdefault(case.key, case.decided)
        decided = case.decision.get("partners") or {}
        for at, each in enumerate(case.found.partners):
            if str(at) in decided:
                shared.setdefault(actor_key(each.actor), decided[str(at)])
    return shared


def said_now(case: Case) -> dict[str, Any]:
    """Return what the file says of a record, as the key keeps it for the next file."""
    return dict(case.found.values)


def match_json(
    case: Case, stored: Stored[Any] | None = None, differing: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Return what an item keeps of its match; ``chosen`` is the stored record that it is."""
    sure = case.match.sure if not case.claimed else None
    chosen = {"code": case.chosen, "id": stored.id, "version": stored.version} if stored else None
    candidates = list(case.match.candidates)
    if case.claimed and case.match.sure and case.match.sure not in candidates:
        candidates.insert(0, case.match.sure)
    return {
        "record": sure.as_json() if sure else None,
        "candidates": [each.as_json() for each in candidates],
        "partners": [partner.as_json() for partner in case.partners],
        "differences": differing or [],
        "chosen": chosen,
        "key": case.key if case.is_actor else "",
        "parent": case.parent,
    }


def _open(case: Case) -> str:
    if case.claimed:
        return worded(
            "%(place)s derselben Datei meint denselben Eintrag. Bitte entscheiden.", place=place_worded(case.claimed)
        )
    if case.open_record:
        return worded("Ein ähnlicher Eintrag ist schon gespeichert. Bitte entscheiden.")
    return worded("Ein ähnlicher Akteur ist schon gespeichert. Bitte entscheiden.")
