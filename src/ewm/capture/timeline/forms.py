"""Forms of the history: a reason, a comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ewm.capture.timeline.models import LONGEST
from ewm.capture.withdrawing import LONGEST_REASON


class ReasonForm(forms.Form):
    """Why something unusual is done; ``seen`` is the version that was on the page."""

    reason = forms.CharField(
        label=_("Grund"),
        max_length=LONGEST_REASON - 40,  # what was done stands before it in the history
        help_text=_("Ein Satz, der in einem Jahr noch verständlich ist. Er steht im Verlauf."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CommentForm(forms.Form):
    """A comment, plain text."""

    text = forms.CharField(
        label=_("Kommentar"),
        max_length=LONGEST,
        help_text=_("Für alle, die diesen Eintrag lesen. Nur Text, 15 Minuten lang änderbar."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs.pop("cols", None)
