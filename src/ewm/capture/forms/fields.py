"""Form fields: they read what people type, and say at the field what could not be read, why, and the way out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ewm.capture.forms.reading import (
    AmbiguousError,
    UnreadableError,
    Why,
    read_cents,
    read_day,
    written_cents,
    written_day,
)
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YES_NO = (("ja", gettext_lazy("Ja")), ("nein", gettext_lazy("Nein")))


class DayInput(forms.TextInput):
    """Text field with a calendar beside it."""

    template_name = "forms/widgets/date.html"

    def format_value(self, value: Any) -> str | None:
        """Show a day in German, and what could not be read as it was typed."""
        return written_day(value) if isinstance(value, date) else value


class AmountInput(forms.TextInput):
    """Text field with the unit Euro; values are cents."""

    template_name = "forms/widgets/amount.html"

    def format_value(self, value: Any) -> str | None:
        """Show cents in euros, and what could not be read as it was typed."""
        return written_cents(value) if isinstance(value, int) else value


class Tiles(forms.RadioSelect):
    """Up to four choices as tiles."""

    template_name = "forms/widgets/tiles.html"


class Boxes(forms.CheckboxSelectMultiple):
    """Several choices as check boxes."""

    template_name = "forms/widgets/checkboxes.html"


class ComboInput(forms.TextInput):
    """Text field that offers what fits while it is typed; the choice is the value of a hidden field."""

    template_name = "forms/widgets/combobox.html"
    text = ""
    found: Sequence[Mapping[str, str]] = ()
    """What was typed, and what a search without script found: value, label, hint."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the text and what was found."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"text": self.text, "choices": self.found}
        return context


_DAY_UNREAD = {
    Why.NOTHING_KNOWN: gettext_lazy(
        "„%(text)s“ ist kein Tag. Bitte als Tag.Monat.Jahr schreiben, zum Beispiel 20.04.2020."
    ),
    Why.NO_SUCH_DAY: gettext_lazy("„%(text)s“ ist kein Tag im Kalender. Bitte Tag und Monat prüfen."),
    Why.OUTSIDE: gettext_lazy("„%(text)s“ liegt nicht in den Jahren 1900 bis 2199. Bitte das Jahr prüfen."),
    Why.CENTURY: gettext_lazy(
        "„%(text)s“ kann in zwei Jahrhunderten liegen. Bitte das Jahr mit vier Ziffern schreiben."
    ),
}
_AMOUNT_UNREAD = {
    Why.NOTHING_KNOWN: gettext_lazy(
        "„%(text)s“ ist kein Betrag. Bitte in Euro schreiben, zum Beispiel 4.300.000 oder 4,3 Mio."
    ),
    Why.DECIMALS: gettext_lazy(
        "„%(text)s“ hat mehr als zwei Stellen hinter dem Komma. Sind Tausender gemeint, trennt sie ein Punkt und das "
        "Komma die Cent, zum Beispiel 1.234,00."
    ),
    Why.TOO_LARGE: gettext_lazy("„%(text)s“ ist mehr als zehn Billionen Euro. Bitte die Stellen prüfen."),
}


def _unread(value: Any, text: Any) -> ValidationError:
    return ValidationError(text, code="unreadable", params={"text": str(value)[:40]})


class DayField(forms.Field):
    """A day; None where empty."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """Return the day; raises ValidationError with an example."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return read_day(str(value), timezone.localdate())
        except UnreadableError as error:
            raise _unread(value, _DAY_UNREAD[error.why]) from None


class EuroField(forms.Field):
    """An amount in euros, kept in cents; None where empty. A dot without a comma is asked about, never guessed."""

    widget = AmountInput

    def to_python(self, value: Any) -> int | None:
        """Return cents; raises ValidationError, with both readings where there are two."""
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            return read_cents(str(value))
        except AmbiguousError as two:
            raise ValidationError(
                _("„%(text)s“ kann %(thousands)s Euro oder %(decimals)s Euro heißen. Bitte schreiben Sie es aus."),
                code="ambiguous",
                params={
                    "text": two.text,
                    "thousands": written_cents(two.thousands),
                    "decimals": written_cents(two.decimals),
                },
            ) from None
        except UnreadableError as error:
            raise _unread(value, _AMOUNT_UNREAD[error.why]) from None


def label_of(term: Term | Any) -> str:
    """Return the label of a term or cluster in the language of the page."""
    return str(getattr(term, label_column()))


def label_column() -> str:
    """Return the column that holds labels in the language of the page."""
    return "label_en" if (get_language() or "").startswith("en") else "label_de"


class TermField(forms.ChoiceField):
    """A term of one taxonomy; its value is the term's id, None where empty."""

    def __init__(self, taxonomy: str, **options: Any) -> None:
        self.taxonomy = taxonomy
        super().__init__(**options)

    def offer(self, terms: Sequence[Term], *, kept: str | None = None) -> None:
        """Offer terms, in order; a stored one stays on offer although it is out of force."""
        rows = [(term.term_id, label_of(term)) for term in terms]
        if kept and kept not in dict(rows):
            rows += [(term.term_id, label_of(term)) for term in Term.objects.filter(term_id=kept)]
        self.choices = rows if isinstance(self.widget, forms.RadioSelect) else [("", _("Bitte auswählen")), *rows]

    def clean(self, value: Any) -> Any:
        """Return the term's id or None."""
        return super().clean(value) or None


class TermsField(forms.MultipleChoiceField):
    """Several terms of one taxonomy."""

    widget = Boxes

    def __init__(self, taxonomy: str, **options: Any) -> None:
        self.taxonomy = taxonomy
        super().__init__(**options)

    def offer(self, terms: Sequence[Term], *, kept: Sequence[str] = ()) -> None:
        """Offer terms, in order; stored ones stay on offer although they are out of force."""
        rows = [(term.term_id, label_of(term)) for term in terms]
        missing = [each for each in kept if each not in dict(rows)]
        rows += [(term.term_id, label_of(term)) for term in Term.objects.filter(term_id__in=missing)]
        self.choices = rows
