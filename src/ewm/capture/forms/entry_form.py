"""A form for one entry, or for one of its repeated rows: always filled, quiet until it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.forms.offering import Offer
    from ewm.capture.forms.raw import Raw


class EntryForm(forms.Form):
    """Reads the values of one entry or row. The browser asks for nothing: a draft may be saved at any moment."""

    def __init__(self, raw: Raw, offer: Offer, *, prefix: str | None = None) -> None:
        super().__init__(raw.for_form(), prefix=prefix)
        self.raw = raw
        self.offer = offer
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = _("Bitte auswählen.") if chosen else _("Bitte angeben.")
        self.prepare()
        offer.fill(self)

    def prepare(self) -> None:
        """Change fields before terms are offered; a form that needs it says so."""

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        return self.raw.get(self.add_prefix(name)).strip()


class RowForm(EntryForm):
    """One of several rows, told apart by number. A row in which nothing that counts was typed is left out."""

    telling: ClassVar[Sequence[str]] = ()
    """Fields of which at least one is filled in a row that counts."""
    asked: ClassVar[Sequence[str]] = ()
    """Fields that a row that counts needs, although none of them is required by itself."""

    def __init__(self, raw: Raw, offer: Offer, *, group: str, number: int | str) -> None:
        self.number = number
        super().__init__(raw, offer, prefix=f"{group}-{number}")
        for name in self.asked:
            self.fields[name].optional = False  # type: ignore[attr-defined]  # read by the template of a field

    @property
    def leading(self) -> str:
        """The field to which a line of the summary leads that is about the whole row."""
        return next(field.name for field in self if not field.is_hidden)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing that counts was typed."""
        return not any(self.typed(name) for name in self.telling)
