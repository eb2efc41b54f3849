"""Forms of questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ewm.capture.dialogue.fields import FIELDS, WHOLE
from ewm.capture.dialogue.models import LONGEST

if TYPE_CHECKING:
    from ewm.capture.hints import Kind


def _text(label: Any, hint: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Hier fehlt der Text. Schreiben Sie einen Satz."),
            "max_length": _("Höchstens %(limit_value)d Zeichen, es sind %(show_value)d. Kürzen Sie den Text."),
        },
    )


class AskForm(forms.Form):
    """A new question: which field, what."""

    field = forms.ChoiceField(label=_("Zu welchem Feld?"))
    text = _text(
        _("Frage"), _("Eine Frage, ein Gedanke. Das Clustermanagement sieht sie am Feld und auf der Startseite.")
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        field.choices = list(FIELDS[kind].items())  # type: ignore[attr-defined]
        field.initial = WHOLE


class AnswerForm(forms.Form):
    """An answer."""

    text = _text(_("Antwort"), _("Sagen Sie auch, was Sie geändert haben."))


class ReopenForm(forms.Form):
    """A further question."""

    text = _text(_("Nachfrage"), _("Was ist noch offen?"))
