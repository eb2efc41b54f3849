"""What was typed into a form that can no longer be taken, in words: for a page that gives it back to be copied.

The right was withdrawn meanwhile, or the record was: nothing is saved, and nothing of the text is lost. A view in which
somebody types says how its form is read (``gives_back``); one that does not has its few texts told by their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.accounts.access import reach
from ewm.capture.accounts.rescue import is_own, is_rescuing
from ewm.capture.accounts.roles import Right
from ewm.capture.forms.fields import ComboInput
from ewm.capture.forms.partners import PartnerRow
from ewm.capture.forms.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.forms import BoundField
    from django.http import HttpRequest

    Reader = Callable[[Raw], tuple[forms.Form, Iterable[forms.Form]]]

View = TypeVar("View", bound="Callable[..., Any]")

_READS = "reads_typed_text"
_TEXTS = {
    "reason": gettext_lazy("Grund"),
    "grund": gettext_lazy("Grund"),
    "text": gettext_lazy("Text"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "status_from": gettext_lazy("Gilt ab"),
}
"""Texts of small forms, by name."""
_CARRIED = frozenset({"version", "key", "cluster"})
"""What a form carries along without anybody typing it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field and what was typed into it."""

    term: str
    text: str


def gives_back(read: Reader) -> Callable[[View], View]:
    """Say how the text of a view's form is read: the form itself and its rows, filled from what was sent."""

    def decorated(view: View) -> View:
        setattr(view, _READS, read)
        return view

    return decorated


def typed_lines(request: HttpRequest) -> list[Line]:
    """Return what was just sent to a view in which somebody types; nothing for any other request.

    Only from a page that was made for this very account; records are called by their names only for whoever may read
    (what stands for them in a form is a code that anybody could write), else everything is told as it was sent.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or not is_rescuing(match.func) or not is_own(request):
        return []
    raw = Raw.posted(request.POST)
    read = getattr(match.func, _READS, None)
    if read is None:
        return [Line(str(label), raw.get(name)) for name, label in _TEXTS.items() if raw.get(name).strip()]
    return lines_of(raw, read) if reach(request).can(Right.READ) else list(_as_sent(raw))


def _as_sent(raw: Raw) -> Iterator[Line]:
    for name, values in raw.values.items():
        text = ", ".join(filter(None, (str(value).strip() for value in values)))
        if text and name not in _CARRIED:
            yield Line(str(_TEXTS.get(name, name)), text)


def lines_of(raw: Raw, read: Reader) -> list[Line]:
    """Return a form's text in words; ``read`` is what its view gives to ``gives_back``."""
    main, rows = read(raw)
    found = [line for form in (main, *rows) for line in _lines(form)]
    reason = raw.get("reason").strip()
    return [*found, *([Line(_("Grund"), reason)] if reason and "reason" not in main.fields else [])]


def _lines(form: forms.Form) -> Iterator[Line]:
    if isinstance(form, PartnerRow) and form.known is not None:
        yield Line(_("Akteur"), form.known.name)
    for field in form:
        text = "" if field.is_hidden else _text(field)
        if text:
            yield Line(str(field.label), text)


def _text(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, ComboInput):
        return widget.text
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("ja") if field.field.to_python(value) else ""
    said = _labels(getattr(field.field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(said.get(str(each), str(each)) for each in values if each not in {None, ""})


def _labels(choices: Any) -> dict[str, str]:
    """Return the words of choices by value, those in groups as well."""
    found: dict[str, str] = {}
    for value, label in choices:
        found |= _labels(label) if isinstance(label, (list, tuple)) else {str(value): str(label)}
    return found
