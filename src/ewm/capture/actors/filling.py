"""Between an actor and its form: the form's text from a stored actor, the entry from what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ewm.capture.actors.choosing import seat_name
from ewm.capture.actors.entries import ActorEntry, FormerName, FormerParent, Identifier, Membership, Size
from ewm.capture.actors.forms import ROWS, TAXONOMIES, ActorForm
from ewm.capture.actors.models import Actor
from ewm.capture.actors.places import read_seat, written_seat
from ewm.capture.actors.quick import Seat
from ewm.capture.forms.offering import Offer
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.reading import written_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ewm.capture.forms.entry_form import EntryForm, RowForm
    from ewm.errors import Refusal

_RENAMED = {
    "land": "seat", "district": "seat", "country": "seat", "actor_former_name_given": "name", "code": "name",
}  # fmt: skip
_PLACE = re.compile(r"^([a-z_]+-\d+): ")
_COPIED = "__prefix__"
_DAY = timedelta(days=1)


def written(entry: ActorEntry, version: int) -> Raw:
    """Return a stored actor as the text of its form."""
    seat = Seat(entry.country, entry.land, entry.district, entry.municipality)
    names = dict(Actor.objects.filter(code__in=_above(entry)).values_list("code", "name"))
    values: dict[str, str | None] = {
        "name": entry.name,
        "actor_type": entry.actor_type,
        "seat": written_seat(seat),
        "seat-text": seat_name(seat),
        "parent": entry.parent,
        "parent-text": names.get(entry.parent or ""),
        "version": str(version),
    }
    for group, rows in _written_rows(entry, names).items():
        for number, row in enumerate(rows):
            values |= {f"{group}-{number}-{name}": value for name, value in row.items()}
    return Raw.of(**values)


def _above(entry: ActorEntry) -> list[str]:
    return [code for code in (entry.parent, *(each.parent for each in entry.former_parents)) if code]


def _written_rows(entry: ActorEntry, names: dict[str, str]) -> dict[str, list[dict[str, str | None]]]:
    return {
        "sizes": [
            {"size_class": each.size_class, "size_from": written_day(each.size_from)}
            for each in sorted(entry.sizes, key=lambda each: each.size_from)
        ],
        "identifiers": [{"scheme": each.scheme, "identifier": each.identifier} for each in entry.identifiers],
        "clusters": [
            {
                "cluster": each.cluster,
                "member_from": written_day(each.member_from),
                "member_to": written_day(each.member_to),
            }
            for each in sorted(entry.clusters, key=lambda each: each.member_from)
        ],
        "former_names": [
            {"name": each.name, "name_to": written_day(each.name_to)}
            for each in sorted(entry.former_names, key=lambda each: each.name_to)
        ],
        "former_parents": [
            {
                "parent": each.parent,
                "words": names.get(each.parent or "", _("eigenständig")),
                "parent_to": written_day(each.parent_to),
            }
            for each in sorted(entry.former_parents, key=lambda each: each.parent_to)
        ],
    }


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the summary: what the field is called, what is wrong, where a link leads (empty: nowhere)."""

    label: str
    text: str
    id: str = ""


class ActorForms:
    """An actor as forms; ``stored`` is the one that is changed, None for a new one."""

    def __init__(self, raw: Raw, stored: ActorEntry | None = None) -> None:
        self.raw, self.stored = raw, stored
        self.offer = Offer(TAXONOMIES)
        self.main = ActorForm(raw, self.offer)
        if stored is None:
            for name in ("name_from", "parent_from", "reason"):
                del self.main.fields[name]
        else:
            del self.main.fields["deliberate"]
        self.rows: dict[str, list[RowForm]] = {
            group: [form(raw, self.offer, group=group, number=number) for number in raw.numbers(group)]
            for group, form in ROWS.items()
        }

    def copied(self) -> dict[str, RowForm]:
        """Return for each group the row that a script copies under a number of its own."""
        found = {group: form(Raw(), self.offer, group=group, number=_COPIED) for group, form in ROWS.items()}
        for row in found.values():
            row.quiet()
        return found

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        for form in self._all():
            form.quiet()

    def is_right(self) -> bool:
        """Judge everything; a row in which nothing was typed is left out."""
        self.main.is_valid()
        for rows in self.rows.values():
            for row in rows:
                if row.is_blank:
                    row.quiet()
                else:
                    row.is_valid()
        if not self.problems():
            self._check_days()
        return not self.problems()

    def _check_days(self) -> None:
        """A change begins after the one before it."""
        given = self.main.cleaned_data
        for name, group, until in (
            ("name_from", "former_names", "name_to"), ("parent_from", "former_parents", "parent_to"),
        ):  # fmt: skip
            ends = [row.cleaned_data[until] for row in self._counting(group)]
            if given.get(name) and ends and given[name] <= max(ends) + _DAY:
                last = written_day(max(ends))
                self.main.add_error(name, _("Der Wechsel davor war am %(day)s. Bitte einen späteren Tag angeben.") % {
                    "day": last})  # fmt: skip

    def _counting(self, group: str) -> list[RowForm]:
        return [row for row in self.rows[group] if not row.is_blank]

    def _all(self) -> Iterable[EntryForm]:
        return [self.main, *(row for rows in self.rows.values() for row in rows)]

    def entry(self, code: str) -> ActorEntry:
        """Return the actor that was typed, judged right, under a code."""
        given, stored = self.main.cleaned_data, self.stored
        seat = read_seat(given["seat"]) or Seat()
        entry = ActorEntry(
            code=code,
            name=given["name"].strip(),
            actor_type=given["actor_type"],
            parent=given["parent"] or None,
            country=seat.country,
            land=seat.land,
            district=seat.district,
            municipality=given["municipality"].strip() or seat.municipality,
            example=stored.example if stored else False,
            former_names=tuple(FormerName(**self._row(row)) for row in self._counting("former_names")),
            former_parents=tuple(self._former_parent(row) for row in self._counting("former_parents")),
            sizes=tuple(Size(**self._row(row)) for row in self._counting("sizes")),
            clusters=tuple(Membership(**self._row(row)) for row in self._counting("clusters")),
            identifiers=tuple(Identifier(**self._row(row)) for row in self._counting("identifiers")),
        )
        return self._with_changes(entry) if stored else entry

    def _with_changes(self, entry: ActorEntry) -> ActorEntry:
        """Keep the name and the parent that held before a change, to the day before it."""
        given, stored = self.main.cleaned_data, self.stored
        if stored is None:
            return entry
        name_from, parent_from = given.get("name_from"), given.get("parent_from")
        if name_from and entry.name != stored.name:
            former = FormerName(name=stored.name, name_to=_before(name_from), place="name_from")
            entry = replace(entry, former_names=(*entry.former_names, former))
        if parent_from and entry.parent != stored.parent:
            above = FormerParent(parent=stored.parent, parent_to=_before(parent_from), place="parent_from")
            entry = replace(entry, former_parents=(*entry.former_parents, above))
        return entry

    @staticmethod
    def _row(row: RowForm) -> dict[str, Any]:
        return {**row.cleaned_data, "place": str(row.prefix)}

    @staticmethod
    def _former_parent(row: RowForm) -> FormerParent:
        given = row.cleaned_data
        return FormerParent(parent=given["parent"] or None, parent_to=given["parent_to"], place=str(row.prefix))

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show the refusals of the services at the fields that they are about."""
        rows = {str(row.prefix): row for each in self.rows.values() for row in each}
        for refusal in refusals:
            found = _PLACE.match(refusal.message)
            place, _colon, rest = refusal.message.partition(": ")
            form: EntryForm = rows[found[1]] if found and found[1] in rows else self.main
            at_main = place in self.main.fields
            text = rest if found or at_main else refusal.message
            field = place if at_main else _RENAMED.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, self._in_words(text))

    def _in_words(self, message: str) -> str:
        """Say terms by their labels: rules know them by their ids."""
        for term_id in {value for values in self.raw.values.values() for value in values} & self.offer.all_terms.keys():
            label = f"„{self.offer.label(term_id)}“"
            message = label.join(re.split(rf"(?<![\w-]){re.escape(term_id)}(?![\w-])", message))
        return message

    def problems(self) -> Sequence[Problem]:
        """Return everything that is wrong, in the order of the page."""
        found = []
        for form in self._all():
            found += [Problem("", str(text)) for text in form.non_field_errors()]
            found += [Problem(str(field.label), str(text), field.auto_id) for field in form for text in field.errors]
        return found


def _before(day: date) -> date:
    return day - _DAY
