"""Parts of a record from its columns, joined with what is stored: empty cells change and delete nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from ewm.capture.imports.found import FoundPartner
from ewm.capture.periods import Period
from ewm.capture.taxonomies.rules import ACTION_FIELD
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.imports.workbook.known import Known
    from ewm.capture.imports.workbook.rows import SheetRow

Item: TypeAlias = "dict[str, Any]"
_MAIN = "1"


def groups(row: SheetRow, part: str, days: Period) -> dict[str, Item]:
    """Return the numbered groups of a part that say something: by number what each field says."""
    found: defaultdict[str, Item] = defaultdict(dict)
    for key in row.starting(part):
        _, number, name = key.split(":")
        found[number][name] = row.value(key, days)
    return dict(found)


def whole_groups(row: SheetRow, part: str, days: Period, needed: Mapping[str, str]) -> dict[str, Item]:
    """Return the groups that have all they need (field and its message); what is missing is told at its column."""
    found = {}
    for number, item in groups(row, part, days).items():
        missing = [name for name in needed if item.get(name) is None]
        for name in missing:
            if not row.has(f"{part}:{number}:{name}"):  # what cannot be read is told already
                row.refuse(f"{part}:{number}:{name}", needed[name])
        if not missing:
            found[number] = item
    return found


def joined(stored: Iterable[Item], given: Iterable[Item], key: Sequence[str]) -> list[Item]:
    """Return the stored items with those given: one of the same key takes the place of the one before."""

    def of(item: Item) -> tuple[Any, ...]:
        return tuple(item.get(name) for name in key)

    new = {of(item): item for item in given}
    kept = [new.pop(of(item), item) for item in stored]
    return [*kept, *new.values()]


def assignments(row: SheetRow, days: Period, stored: Sequence[Item]) -> list[Item]:
    """Return the stored assignments with those of the row.

    A main one of the row takes the place of the one before, which stays, but no longer as the main one.
    """
    given: dict[str, bool] = {}
    mains: set[str] = set()
    begins = Period(days.first, days.first)
    for key in row.starting("assignments"):
        _, taxonomy, number = key.split(":")
        value = row.value(key, begins if taxonomy == ACTION_FIELD else days)
        for term in value if isinstance(value, list) else [value] if value else []:
            given[term] = given.get(term, False) or number == _MAIN
        if value and number == _MAIN:
            mains.add(taxonomy)
    kept: list[Item] = []
    for each in stored:
        taxonomy = row.words.terms[each["term"]].taxonomy if each["term"] in row.words.terms else ""
        outdone = each["is_main"] and taxonomy in mains and not given.get(each["term"])
        kept.append({**each, "is_main": each["is_main"] and not outdone})
    before = {each["term"]: each["is_main"] for each in kept}
    return joined(kept, ({"term": term, "is_main": main or before.get(term, False)} for term, main in given.items()),
                  ("term",))  # fmt: skip


def partners(row: SheetRow, known: Known) -> list[FoundPartner]:
    """Return who takes part, each once: by code where the text is one, else by name, with what their own row says."""
    found: dict[str, FoundPartner] = {}
    for key in row.starting("participations"):
        role = key.partition(":")[2]
        for text in row.several(key):
            actor = known.actor(text)
            at = actor.code or actor.name
            if at in found and found[at].role != role:
                row.refuse(
                    key,
                    worded(
                        "„%(text)s“ steht schon in einer anderen Rolle da. Bitte eine der beiden streichen.", text=text
                    ),
                )
            found.setdefault(at, FoundPartner(actor, role, row.number))
    return list(found.values())
