"""What somebody may change about the own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.models import Theme
from ewm.capture.forms.fields import Tiles


class ProfileForm(forms.Form):
    """Name, language, appearance, keys."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("So sehen die anderen Sie im Verlauf."))
    language = forms.ChoiceField(label=_("Sprache"), choices=settings.LANGUAGES, widget=Tiles)
    theme = forms.ChoiceField(label=_("Darstellung"), choices=Theme.choices, widget=Tiles)
    shortcuts = forms.BooleanField(
        label=_("Einzelne Tasten benutzen"),
        required=False,
        help_text=_("Zum Beispiel N für ein neues Projekt. Ausschalten, wenn sie beim Diktieren stören."),
    )
