"""The forms of one page together: the entry's own and those of its rows, judged as one, refused at the field."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from django import forms
from django.utils.translation import gettext as _

from ewm.capture.entries import Item
from ewm.capture.forms.partners import GROUP as PARTNERS
from ewm.capture.forms.partners import PartnerSearch, name_known
from ewm.capture.forms.raw import Raw
from ewm.capture.served import form_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from django.forms import BoundField

    from ewm.capture.forms.assigning import AssigningForm, Block
    from ewm.capture.forms.entry_form import EntryForm, RowForm
    from ewm.capture.forms.offering import Offer
    from ewm.errors import Refusal

E = TypeVar("E", bound=Item)

_PLACE = re.compile(r"^([a-z_]+(?:-\d+)?): ")
_RENAMED = {"land": "seat", "district": "seat"}
_COPIED = "__prefix__"
"""Stands for the number of the row that a script copies."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the summary: what the field is called, what is wrong, where a link leads (empty: nowhere)."""

    label: str
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: its id and heading, the fields and the groups of rows in it."""

    id: str
    label: str
    fields: Sequence[str]
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the list of sections: ``state`` is done, error or open."""

    id: str
    label: str
    state: str


class EntryForms(ABC, Generic[E]):
    """One entry as forms. Subclasses say which forms, which groups of rows, and how rules' fields are called here."""

    main_form: ClassVar[type[EntryForm]]
    row_forms: ClassVar[Mapping[str, type[RowForm]]]
    days: ClassVar[Sequence[str]]
    """Fields of the first and the last day, on which the terms on offer depend."""
    renamed: ClassVar[Mapping[str, str]] = {}
    """Fields of rules that have another name in the form."""

    def __init__(self, raw: Raw, offer: Offer, *, look: bool = False) -> None:
        self.raw, self.offer = raw, offer
        self.main = self.main_form(raw, offer)
        self.rows: dict[str, list[RowForm]] = {
            group: [form(raw, offer, group=group, number=number) for number in raw.numbers(group)]
            for group, form in self.row_forms.items()
        }
        self.search = PartnerSearch(raw, look=look)
        self.partner_needed = True
        name_known(self.rows[PARTNERS])

    @abstractmethod
    def parts(self) -> Sequence[Part]:
        """Return the sections of the page."""

    @abstractmethod
    def entry(self, code: str) -> E:
        """Return what was typed, judged right, under a code; makes new actors. Raises RefusedError of those."""

    @abstractmethod
    def beginning(self) -> str:
        """Return what the code of the new record begins with."""

    def ask_for_terms(self, url: str) -> None:
        """Let a change of the days bring the terms that are in force then, from an address."""
        for name in self.days:
            asks = {"data-hx-post": url, "data-hx-trigger": "change", "data-hx-swap": "none"}
            self.main.fields[name].widget.attrs |= asks

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        self.main.quiet()
        for row in self._all_rows():
            row.quiet()

    def is_right(self) -> bool:
        """Judge everything; a row in which nothing was typed is left out."""
        self.main.is_valid()
        for row in self._all_rows():
            if row.is_blank:
                row.quiet()
            else:
                row.is_valid()
        if self.search.text:
            self.search.ask_to_choose()
        elif self.partner_needed and not self.counting(PARTNERS):
            self.search.ask_for_one()
        self.check()
        return not self.problems()

    def check(self) -> None:
        """Add what is wrong between forms; subclasses say what."""

    def counting(self, group: str) -> list[RowForm]:
        """Return the rows in which something was typed."""
        return [row for row in self.rows[group] if not row.is_blank]

    def copied_row(self, group: str, **values: str) -> RowForm:
        """Return a row with these values, which a script copies under a number of its own."""
        given = {f"{group}-{_COPIED}-{name}": value for name, value in values.items()}
        row = self.row_forms[group](Raw.of(**given), self.offer, group=group, number=_COPIED)
        row.quiet()
        return row

    def blocks(self) -> list[Block]:
        """Return guidelines and focus topics as they are shown."""
        return cast("AssigningForm", self.main).blocks(self.used_strategies())

    @abstractmethod
    def used_strategies(self) -> Collection[str]:
        """Return the strategies from which the cluster's records of this kind are assigned."""

    def copied_partner(self) -> RowForm:
        """Return the row of an actor, known or new, with what the programme suggests."""
        values = form_values()
        return self.copied_row(PARTNERS, role=values.further_role, actor_type=values.actor_type, seat=values.land)

    def role_suggestions(self) -> dict[str, str]:
        """Return the roles suggested for the first actor and for those that follow."""
        return {"first": form_values().first_role, "further": form_values().further_role}

    def _all_rows(self) -> Iterator[RowForm]:
        for rows in self.rows.values():
            yield from rows

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show the refusals of the services at the fields that they are about."""
        rows = {row.prefix: row for row in self._all_rows()}
        for refusal in refusals:
            found = _PLACE.match(refusal.message)
            place = found[1] if found else ""
            text = self._in_words(refusal.message[found.end() :] if found else refusal.message)
            form: EntryForm = rows.get(place, self.main)
            wanted = place if form is self.main and place in form.fields else refusal.field
            name = {**_RENAMED, **self.renamed}.get(wanted, wanted)
            visible = name in form.fields and not form[name].is_hidden
            form.add_error(name if visible else None, text)

    def _in_words(self, message: str) -> str:
        """Say terms by their labels: rules know them by their ids."""
        typed = {value for values in self.raw.values.values() for value in values}
        for term_id in typed & self.offer.all_terms.keys():
            label = f"„{self.offer.label(term_id)}“"
            message = label.join(re.split(rf"(?<![\w-]){re.escape(term_id)}(?![\w-])", message))
        return message

    def problems(self) -> list[Problem]:
        """Return everything that is wrong, in the order of the page."""
        found = [Problem("", str(text)) for text in self.main.non_field_errors()]
        for part in self.parts():
            found += self._problems_of(part)
        return found

    def _problems_of(self, part: Part) -> list[Problem]:
        found = [problem for name in part.fields if name in self.main.fields for problem in _at(self.main[name])]
        for group in part.groups:
            for row in self.rows[group]:
                found += [Problem("", str(text), _target(row[row.leading])) for text in row.non_field_errors()]
                found += [problem for field in row for problem in _at(field)]
            if group == PARTNERS:
                found += _at(self.search["add"])
        return found

    def marks(self) -> list[Mark]:
        """Return the list of sections with what is right, wrong and open in them."""
        return [Mark(part.id, part.label, self._state(part)) for part in self.parts()]

    def _state(self, part: Part) -> str:
        if self._problems_of(part):
            return "error"
        asked = [name for name in part.fields if name in self.main.fields and self.main.fields[name].required]
        filled = [self.main.typed(name) for name in asked]
        if PARTNERS in part.groups:
            filled.append("" if self.partner_needed and not self.counting(PARTNERS) else "some")
        return "done" if filled and all(filled) else "open"


def _at(field: BoundField) -> list[Problem]:
    return [Problem(str(field.label), str(text), _target(field)) for text in field.errors]


def _target(field: BoundField) -> str:
    several = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if several else str(field.auto_id)


def finish_heading(count: int, done: str) -> str:
    """Return the head of the summary: how much is left until the record is ``done`` (the end of the sentence)."""
    if count == 1:
        return _("Noch eine Angabe, dann ist %(done)s") % {"done": done}
    return _("Noch %(count)s Angaben, dann ist %(done)s") % {"count": count, "done": done}
