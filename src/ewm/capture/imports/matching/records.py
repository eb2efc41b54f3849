"""The stored projects or activities of a cluster as imports ask for them: by code, by key, by title, partner, begin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.actors.similar import CORE_CUTOFF, SIMILAR, core, folded, score
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.matching import candidates as why
from ewm.capture.imports.matching.candidates import SURE, Candidate, Match
from ewm.capture.imports.matching.keys import Settled, settled_keys
from ewm.capture.projects.entries import PROJECT
from ewm.capture.wording import joined, worded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ewm.capture.imports.found import Found
    from ewm.capture.shapes import Shape

BEGINS = {RecordKind.PROJECTS: "support_start", RecordKind.ACTIVITIES: "activity_start"}
_MOST = 5
_OTHER_START, _OTHER_PARTNER = 5, 10
"""So many percent less where the begin, or every partner, is another one."""


@dataclass(slots=True)
class Stored:
    """What is compared of a stored record: title, first day, actors that take part (codes)."""

    id: int
    code: str
    title: str
    start: str
    withdrawn: bool
    actors: set[str] = field(default_factory=set)


class Records:
    """The records of one kind and cluster, read once."""

    def __init__(self, kind: RecordKind, cluster: str, sources: Iterable[str]) -> None:
        self.kind, self._cluster = kind, cluster
        self.shape: Shape[Any] = PROJECT if kind is RecordKind.PROJECTS else ACTIVITY
        self._settled = settled_keys(sources, kind, cluster)
        self._stored = self._read()
        self._titles: defaultdict[str, list[str]] = defaultdict(list)
        self._by_actor: defaultdict[str, list[str]] = defaultdict(list)
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        for each in self._stored.values():
            if not each.withdrawn:
                self._titles[folded(each.title)].append(each.code)
                self._by_start[each.start].append(each.code)
                for actor in each.actors:
                    self._by_actor[actor].append(each.code)

    def _read(self) -> dict[str, Stored]:
        columns = ("id", "code", "title", BEGINS[self.kind], "withdrawn")
        rows = self.shape.model.objects.filter(cluster=self._cluster).values_list(*columns)
        found = {
            pk: Stored(pk, code, title, start.isoformat(), withdrawn) for pk, code, title, start, withdrawn in rows
        }
        part = next(each for each in self.shape.parts if each.name == "participations")
        partners = part.model.objects.filter(**{f"{part.owner}__cluster": self._cluster})
        for pk, actor in partners.values_list(f"{part.owner}_id", "actor__code"):
            if pk in found:  # a record may have come in between the two statements
                found[pk].actors.add(actor)
        return {each.code: each for each in found.values()}

    def stored(self, code: str) -> Stored | None:
        """Return a record of the cluster by code."""
        return self._stored.get(code)

    def settled(self, found: Found) -> Settled | None:
        """Return what an earlier import said under the key of a record."""
        return self._settled.get((found.source, found.key))

    def match(self, found: Found, actors: Collection[str]) -> Match:
        """Compare a record with all stored ones; ``actors`` are those of its partners that are surely known."""
        code = found.values.get("code")
        if code:
            return self._by_code(str(code))
        settled = self.settled(found)
        if settled and (stored := self._stored.get(settled.code)):
            if stored.withdrawn:
                return Match(
                    leave=worded(
                        "Der Eintrag %(code)s ist schon einmal importiert und zurückgezogen worden.", code=stored.code
                    )
                )
            return Match(Candidate(stored.code, stored.title, SURE, why.BY_KEY))
        if settled and self.shape.model.objects.filter(code=settled.code).exists():
            return Match(
                leave=worded("Der Eintrag %(code)s gehört inzwischen zu einem anderen Cluster.", code=settled.code)
            )
        return self._by_title(found, set(actors))

    def _by_code(self, code: str) -> Match:
        stored = self._stored.get(code)
        if stored and stored.withdrawn:
            return Match(
                wrong=worded(
                    "Der Eintrag %(code)s ist zurückgezogen. Bitte zuerst zurückholen oder die Zeile weglassen.",
                    code=code,
                )
            )
        if stored:
            return Match(Candidate(code, stored.title, SURE, why.BY_CODE))
        close = get_close_matches(code, self._stored, 1)
        wrong = worded("Einen Eintrag mit der Kennung „%(code)s“ gibt es in diesem Cluster nicht.", code=code)
        meant = [" ", worded("Gemeint %(name)s?", name=close[0])] if close else []
        way_out = worded("Bitte berichtigen, oder bei neuen Einträgen leer lassen.")
        return Match(wrong=joined(wrong, *meant, " ", way_out))

    def _by_title(self, found: Found, actors: set[str]) -> Match:
        values = found.values
        title, start = str(values.get("title") or ""), str(values.get(BEGINS[self.kind]) or "")
        asked = _Asked(title, start, actors, bool(found.partners))
        near = [*self._titles.get(folded(title), ()), *self._by_start.get(start, ())]
        near += [code for actor in actors for code in self._by_actor.get(actor, ())]
        codes = list(dict.fromkeys(near))
        cores = [core(self._stored[code].title) for code in codes]
        wanted = core(title)
        alike = process.extract(wanted, cores, scorer=fuzz.ratio, score_cutoff=CORE_CUTOFF, limit=None)
        likely = [
            candidate
            for _, _, place in (alike if wanted else ())
            if (candidate := _judged(self._stored[codes[place]], asked))
        ]
        likely.sort(key=lambda each: (-each.score, each.code))
        sure = [each for each in likely if each.score == SURE]
        if len(sure) == 1:
            return Match(sure[0], tuple(likely[:_MOST]))
        return Match(candidates=tuple(likely[:_MOST]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared of a found record; ``names_some``: it names partners, known ones or not."""

    title: str
    start: str
    actors: set[str]
    names_some: bool


def _judged(stored: Stored, asked: _Asked) -> Candidate | None:
    """Return how likely a stored record is meant; None where too little speaks for it."""
    same = folded(stored.title) == folded(asked.title)
    percent = SURE if same else min(score(stored.title, asked.title), SURE - 1)
    shared, begins = bool(stored.actors & asked.actors), stored.start == asked.start
    nobody = not (stored.actors and asked.names_some)  # one of the two says nothing of partners
    if percent < SIMILAR or not (shared or begins or (same and nobody)):
        return None
    total = percent - (0 if begins else _OTHER_START) - (0 if shared else _OTHER_PARTNER)
    if shared and begins:
        reason = why.SAME_ALL if same else why.SIMILAR_ALL
    elif shared:
        reason = why.SAME_TITLE_PARTNER if same else why.SIMILAR_TITLE_PARTNER
    elif begins:
        reason = why.SAME_TITLE_START if same else why.SIMILAR_TITLE_START
    else:
        reason = why.SAME_TITLE
    return Candidate(stored.code, stored.title, total, reason)
