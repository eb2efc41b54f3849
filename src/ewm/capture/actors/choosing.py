"""Fields with a search: the choice is a hidden value, its words stand in a text field, and either may be typed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from ewm.capture.actors.models import Actor
from ewm.capture.actors.places import find_places, read_seat, seat_words
from ewm.capture.actors.search import find_actors, known_actors
from ewm.capture.forms.entry_form import EntryForm
from ewm.capture.forms.fields import ComboInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from ewm.capture.actors.quick import Seat

FOUND, TEXT = "-found", "-text"


@dataclass(frozen=True, slots=True)
class Search:
    """How a field is searched: the words of a value (empty for none that exists), what fits a text."""

    words: Callable[[str], str]
    find: Callable[[str], Sequence[Mapping[str, str]]]


def seat_name(seat: Seat) -> str:
    """Return how a seat is shown in its field: the municipality, else the region or the state."""
    return seat.municipality or seat_words(seat)[0]


def _seat(value: str) -> str:
    seat = read_seat(value)
    return seat_name(seat) if seat else ""


def _actor(value: str) -> str:
    found = Actor.objects.filter(code=value, merged_into=None).values_list("name", flat=True).first()
    return str(found or "")


PLACES = Search(_seat, lambda text: [each.as_item() for each in find_places(text)])
ACTORS = Search(_actor, lambda text: [each.as_item() for each in find_actors(text, known_actors())])


class SearchField(forms.CharField):
    """A value that is searched for by its words at an address (lazy); ``ask`` says what to do without a choice."""

    widget = ComboInput

    def __init__(self, *, search: Search, ask: str | _StrPromise, source: object, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.search, self.ask, self.source = search, ask, source


class SearchForm(EntryForm):
    """A form with such fields: a choice counts as long as its words stand in the field."""

    def prepare(self) -> None:
        """Bring choice and text of each field into line; where only a text is left, find what fits."""
        for name, field in self.fields.items():
            if isinstance(field, SearchField):
                field.widget.attrs["data-source"] = str(field.source)
                self._settle(name, field)

    def _settle(self, name: str, field: SearchField) -> None:
        picked, value = self.typed(f"{name}{FOUND}"), self.typed(name)
        text = self.typed(f"{name}{TEXT}")
        words = field.search.words(picked or value) if picked or value else ""
        if picked and words:
            value, text = picked, words
        elif not words or " ".join(text.split()) != words:
            value = ""
        field.widget.text = text
        if text and not value:
            field.widget.found = field.search.find(text)
        self.data[self.add_prefix(name)] = value  # type: ignore[index]

    def clean(self) -> dict[str, object]:
        """Ask for a choice where only a text stands."""
        given: dict[str, object] = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, SearchField) and not given.get(name) and (text := field.widget.text):
                self._errors.pop(name, None)
                self.add_error(name, _("„%(text)s“ ist noch nicht gewählt.") % {"text": text[:80]} + f" {field.ask}")
        return given
