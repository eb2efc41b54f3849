"""What a form of the rows page says about records: decisions, corrected cells, many at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.models import Outcome
from ewm.capture.imports.services import import_correct, import_decide_many
from ewm.capture.imports.views.showing import CELL, NEW, PARTNER, REASON, RECORD, SKIP, TAKE, TOLD, wrong_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import QueryDict

    from ewm.capture.imports.models import Import, ImportItem

LEAVE_OUT, TAKE_IN, ONLY_ITEM, CORRECTED, ALL, FROM = "weglassen", "zurueck", "nur", "zeile", "alle", "ab"
_NAMES = "|".join(re.escape(start) for start in (RECORD, PARTNER, TOLD, CELL))
_ABOUT = re.compile(rf"(?:{_NAMES})(\d{{1,18}})(?:-.*)?")


def items_in(sent: QueryDict, imported: Import) -> list[ImportItem]:
    """Return the records of an import that a form speaks of, all of the page or the one that was changed."""
    return _of({sent.get(ONLY_ITEM, "")}, imported) if ONLY_ITEM in sent else _all_in(sent, imported)


def _all_in(sent: QueryDict, imported: Import) -> list[ImportItem]:
    wanted = {found[1] for name in sent if (found := _ABOUT.fullmatch(name))}
    wanted |= {sent.get(name, "") for name in (LEAVE_OUT, TAKE_IN, CORRECTED) if name in sent}
    return _of(wanted, imported)


def _of(wanted: set[str], imported: Import) -> list[ImportItem]:
    numbers = [int(each) for each in wanted if each.isdecimal() and len(each) < 19]
    return list(imported.items.filter(pk__in=numbers))


def decision_from(sent: QueryDict, item: ImportItem) -> dict[str, Any]:
    """Return the decision about a record as a form says it; what the form does not mention stays."""
    decided: dict[str, Any] = {**item.decision}
    if record := sent.get(f"{RECORD}{item.pk}"):
        matched = (item.match.get("record") or {}).get("code")
        if record != decided.get("record", matched):
            decided.pop("take", None)
            decided["record"] = record
    partners = {**decided.get("partners", {})}
    for at in range(len(item.match.get("partners") or ())):
        if chosen := sent.get(f"{PARTNER}{item.pk}-{at}"):
            partners[str(at)] = chosen
    if partners:
        decided["partners"] = partners
    if f"{TOLD}{item.pk}" in sent and "record" not in _changed(decided, item):
        decided["take"] = sent.getlist(f"{TAKE}{item.pk}")
    return {name: value for name, value in decided.items() if value or name == "record"}


def _changed(decided: dict[str, Any], item: ImportItem) -> set[str]:
    return {name for name in decided if decided.get(name) != item.decision.get(name)}


def items_alike(sent: QueryDict, imported: Import, item: ImportItem) -> list[ImportItem]:
    """Return the other records of the page that name an organisation of this one: a decision holds for all of them."""
    named = organisations(item)
    return [each for each in _all_in(sent, imported) if each.pk != item.pk and organisations(each) & named]


def organisations(item: ImportItem) -> set[str]:
    """Return the keys of the organisations that a record names."""
    return {each["key"] for each in item.match.get("partners") or () if each.get("key")}


def decide_sent(sent: QueryDict, imported: Import, items: list[ImportItem]) -> set[int]:
    """Store what a form says about records; returns those about which it said something new.

    Cells come first: a corrected record is judged anew, and what was chosen about it no longer counts. Raises
    RefusedError where something does not fit its record; then no decision is stored.
    """
    corrected = {item.pk for item in items for cell in cells_in(sent, item) if import_correct(item=item.pk, **cell)}
    found = {item.pk: _decision(sent, item) for item in items if item.pk not in corrected}
    decided = {item.pk: found[item.pk] for item in items if item.pk in found and found[item.pk] != item.decision}
    if decided:
        import_decide_many(imported=imported.pk, decisions=decided)
    return corrected | decided.keys()


def _decision(sent: QueryDict, item: ImportItem) -> dict[str, Any]:
    leaving = _leaving(sent, item)
    return decision_from(sent, item) if leaving is None else leaving


def _leaving(sent: QueryDict, item: ImportItem) -> dict[str, Any] | None:
    if sent.get(LEAVE_OUT) == str(item.pk):
        reason = " ".join(sent.get(f"{REASON}{item.pk}", "").split())
        return {"record": SKIP, **({"reason": reason} if reason else {})}
    return {} if sent.get(TAKE_IN) == str(item.pk) else None


def cells_in(sent: QueryDict, item: ImportItem) -> Iterator[dict[str, Any]]:
    """Yield the cells of a record that were written anew: row of the file, number of the column, text."""
    for wrong in wrong_of(item):
        text = sent.get(wrong.name) if wrong.name else None
        if text is not None and text.strip() != wrong.value.strip():
            yield {"row": wrong.line, "column": column_of(wrong.name.rpartition("-")[2]), "text": text.strip()}


def column_of(letter: str) -> int:
    """Return the number of a column, from 0: ``A`` is 0, ``AA`` is 26."""
    found = 0
    for sign in letter:
        found = found * 26 + ord(sign) - ord("A") + 1
    return found - 1


def decide_many(sent: QueryDict, imported: Import) -> int:
    """Decide alike for many records; returns for how many."""
    ways: dict[str, tuple[str, Callable[[ImportItem], dict[str, Any] | None]]] = {
        "bekannt": (Outcome.DECIDE, lambda item: _as_known(item, _least(sent))),
        "neu": (Outcome.DECIDE, _as_new),
        "ergaenzen": (Outcome.KNOWN, _with_all),
        "weglassen": (Outcome.ERROR, lambda item: {"record": SKIP}),  # noqa: ARG005
    }
    outcome, way = ways.get(sent.get(ALL, ""), (Outcome.DECIDE, lambda item: None))  # noqa: ARG005
    items = imported.items.filter(outcome=outcome)
    decided = {item.pk: found for item in items if (found := way(item)) is not None and found != item.decision}
    if decided:
        import_decide_many(imported=imported.pk, decisions=decided)
    return len(decided)


def _least(sent: QueryDict) -> int:
    text = sent.get(FROM, "")
    return int(text) if text.isdecimal() and len(text) < 4 else 100


def _open_partners(item: ImportItem) -> Iterator[tuple[str, Any]]:
    decided = item.decision.get("partners") or {}
    for at, partner in enumerate(item.match.get("partners") or ()):
        if not partner.get("code") and partner.get("candidates") and str(at) not in decided:
            yield str(at), partner["candidates"][0]


def _is_record_open(item: ImportItem) -> bool:
    return bool(item.match.get("candidates")) and not item.match.get("record") and not item.decision.get("record")


def _as_known(item: ImportItem, least: int) -> dict[str, Any] | None:
    """Take the most similar one everywhere; None where one of them is less similar than that."""
    found = dict(_open_partners(item))
    record = item.match["candidates"][0] if _is_record_open(item) else None
    scores = [each["score"] for each in (*found.values(), *([record] if record else []))]
    if not scores or round(min(scores)) < least:
        return None
    return _decided(item, record["code"] if record else None, {at: best["code"] for at, best in found.items()})


def _as_new(item: ImportItem) -> dict[str, Any]:
    return _decided(item, NEW if _is_record_open(item) else None, {at: NEW for at, _best in _open_partners(item)})


def _decided(item: ImportItem, record: str | None, partners: dict[str, str]) -> dict[str, Any]:
    decided = {**item.decision}
    if record:
        decided["record"] = record
    if partners:
        decided["partners"] = {**decided.get("partners", {}), **partners}
    return decided


def _with_all(item: ImportItem) -> dict[str, Any] | None:
    fields = [each["field"] for each in item.match.get("differences") or ()]
    return {**item.decision, "take": fields} if fields else None
