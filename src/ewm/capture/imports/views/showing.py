"""One record of a file as the page shows it: what becomes of it, and what there is to decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.imports.matching import SURE
from ewm.capture.imports.models import Outcome
from ewm.capture.imports.saying import message_of, place_said, reason_of
from ewm.capture.imports.views.choices import Option, options
from ewm.capture.imports.views.labels import label_of_field
from ewm.capture.imports.views.words import lines_of
from ewm.capture.timeline.kinds import ACTIVITIES, ACTORS, PROJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.utils.functional import _StrPromise

    from ewm.capture.imports.models import ImportItem
    from ewm.capture.imports.views.words import Said

NBSP = "\N{NO-BREAK SPACE}"
RECORD, PARTNER, TAKE, TOLD, CELL, REASON = "eintrag-", "akteur-", "feld-", "felder-", "zelle-", "grund-"
NEW, SKIP = "new", "skip"


@dataclass(frozen=True, slots=True)
class Mark:
    """What becomes of a record: symbol, tone (of ``severity--…``), words."""

    symbol: str
    tone: str
    label: str


PAGES = {each.namespace: each for each in (PROJECTS, ACTIVITIES, ACTORS)}
SYMBOLS: Mapping[str, tuple[str, str, _StrPromise]] = {
    Outcome.NEW: ("success", "done", gettext_lazy("neu")),
    Outcome.KNOWN: ("link", "plain", gettext_lazy("bekannt")),
    Outcome.DECIDE: ("question", "question", gettext_lazy("zu entscheiden")),
    Outcome.ERROR: ("missing", "error", gettext_lazy("Fehler")),
    Outcome.LEFT_OUT: ("close", "plain", gettext_lazy("weggelassen")),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem; ``name`` of the control in which its cell can be corrected, empty where there is none."""

    id: str
    text: str
    name: str = ""
    value: str = ""
    line: int = 0
    column: str = ""

    @property
    def place(self) -> str:
        """Where its cell stands, for people."""
        return f"{place_said(self.line)}, {self.column}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A select: which record or which actor is meant."""

    id: str
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a known record that the file says otherwise."""

    value: str
    label: str
    before: str
    after: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the page."""

    id: int
    lines: str
    mark: Mark
    title: str
    second: str
    code: str = ""
    problems: list[Wrong] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    note: str = ""
    left_out: str = ""
    may_return: bool = False
    settled: bool = False
    record_url: str = ""

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to decide."""
        return bool(self.choices or self.differences or self.problems)

    @property
    def correct_url(self) -> str:
        """Address that takes a corrected cell."""
        return self._correct_url

    _correct_url: str = ""


def row_of(item: ImportItem, said: Said) -> RowView:
    """Return a record as the page shows it."""
    title, second = said.title(item)
    left_out = item.outcome == Outcome.LEFT_OUT
    return RowView(
        id=item.pk,
        lines=lines_of(item.rows),
        mark=mark_of_item(item),
        title=title,
        second=second,
        code=chosen_record(item) or "",
        problems=[] if left_out else wrong_of(item),
        choices=[] if left_out else [*_record_choice(item), *_partner_choices(item)],
        differences=[] if left_out else list(_differences(item, said)),
        note=_note(item),
        left_out=reason_of(item) if left_out else "",
        may_return=left_out and not item.found["left_out"],
        settled=item.outcome == Outcome.KNOWN and not item.decision.get("record"),
        record_url=_record_url(item),
        _correct_url=reverse("imports:correct", kwargs={"number": item.imported_id}),
    )


def mark_of_item(item: ImportItem) -> Mark:
    """Return what becomes of a record, with the score of the most similar one where somebody must decide."""
    symbol, tone, label = SYMBOLS[item.outcome]
    text = str(label)
    if item.outcome == Outcome.DECIDE and (score := best_score(item)):
        text = _("ähnlich, %(score)s") % {"score": f"{score}{NBSP}%"}
    elif item.outcome == Outcome.KNOWN and item.takes:
        text = _("bekannt, wird ergänzt")
    return Mark(symbol, tone, text)


def best_score(item: ImportItem) -> int:
    """Return the score of the most similar record or actor that is still open, in full percent."""
    return max((round(each["score"]) for each in _open_candidates(item)), default=0)


def _open_candidates(item: ImportItem) -> Iterator[Mapping[str, Any]]:
    if not item.decision.get("record") and not item.match.get("record"):
        yield from item.match.get("candidates") or ()
    for at, partner in enumerate(item.match.get("partners") or ()):
        if not partner.get("code") and str(at) not in (item.decision.get("partners") or {}):
            yield from partner.get("candidates") or ()


def chosen_record(item: ImportItem) -> str | None:
    """Return the code of the record that this one is, None where it is new or open."""
    code: str | None = (item.match.get("chosen") or {}).get("code")
    return code


def _candidate(each: Mapping[str, Any]) -> tuple[str, str]:
    return each["code"], f"{each['name']}, {each['code']} ({round(each['score'])}{NBSP}%)"


def _record_choice(item: ImportItem) -> Iterator[Choice]:
    found = list(item.match.get("candidates") or ())
    matched = item.match.get("record")
    if matched and matched["code"] not in {each["code"] for each in found}:
        found.insert(0, matched)
    if not found:
        return
    decided = item.decision.get("record") or (matched or {}).get("code") or ""
    pairs = [*map(_candidate, found), (NEW, _("neu anlegen"))]
    label = {"actors": _("Welcher Akteur ist das?"), "activities": _("Welche Aktivität ist das?")}.get(
        item.found["kind"], _("Welches Projekt ist das?")
    )
    yield Choice(f"{RECORD}{item.pk}", f"{RECORD}{item.pk}", label, _with_open(pairs, decided))


def _partner_choices(item: ImportItem) -> Iterator[Choice]:
    decided = item.decision.get("partners") or {}
    for at, partner in enumerate(item.match.get("partners") or ()):
        candidates = partner.get("candidates") or ()
        if partner.get("code") or not candidates:
            continue
        pairs = [*map(_candidate, candidates), (NEW, _("„%(name)s“ neu anlegen") % {"name": partner["name"]})]
        name = f"{PARTNER}{item.pk}-{at}"
        label = _("Wer ist „%(name)s“?") % {"name": partner["name"]}
        yield Choice(name, name, label, _with_open(pairs, decided.get(str(at), "")))


def _with_open(pairs: list[tuple[str, str]], decided: str) -> list[Option]:
    is_open = decided not in {value for value, _label in pairs}
    return options([*([("", _("Bitte entscheiden"))] if is_open else []), *pairs], "" if is_open else decided)


def _differences(item: ImportItem, said: Said) -> Iterator[Difference]:
    if chosen_record(item) is None:
        return
    taken = item.decision.get("take") or ()
    for each in item.match.get("differences") or ():
        name = each["field"]
        yield Difference(
            name, label_of_field(name), said(name, each.get("stored")), said(name, each.get("found")), name in taken
        )


def wrong_of(item: ImportItem) -> list[Wrong]:
    """Return what is wrong with a record, one for each cell; what only follows from a wrong cell is not told, too."""
    found: dict[str, Wrong] = {}
    others = []
    for at, each in enumerate((*item.found["problems"], *item.problems)):
        letter, _comma, _header = (each.get("column") or "").partition(",")
        line = each.get("row") or item.first_row
        if letter:
            name, text = f"{CELL}{item.pk}-{line}-{letter}", f"{each['column']}: {message_of(each)}"
            text = _("Spalte %(text)s") % {"text": text}
            found.setdefault(name, Wrong(name, text, name, each.get("value") or "", line, each["column"]))
        else:
            others.append(Wrong(f"fehler-{item.pk}-{at}", message_of(each)))
    return list(found.values()) or others


def _note(item: ImportItem) -> str:
    if item.outcome == Outcome.NEW:
        return _("wird angelegt")
    if item.outcome == Outcome.DECIDE and _is_claimed(item):
        return reason_of(item)
    if item.outcome == Outcome.KNOWN:
        return _("abweichend von") if item.match.get("differences") else _("nichts Neues in")
    return ""


def _is_claimed(item: ImportItem) -> bool:
    """Tell whether another row of the file means the same record: only then does the reason say more than the page."""
    best = max((each["score"] for each in item.match.get("candidates") or ()), default=0)
    return not item.match.get("record") and best >= SURE


def _record_url(item: ImportItem) -> str:
    code = chosen_record(item)
    return PAGES[item.found["kind"]].record_url(code) if code else ""
