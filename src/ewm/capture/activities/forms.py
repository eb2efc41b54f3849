"""The form of an activity: four required answers, everything else optional."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ewm.capture.forms.assigning import AssigningForm
from ewm.capture.forms.fields import DayField, TermField


class ActivityForm(AssigningForm):
    """An activity's own row."""

    field_order = ("cluster", "title", "activity_kind", "action_field", "activity_start", "activity_end")

    cluster = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=300,
        help_text=gettext_lazy("So steht die Aktivität in Listen und im Bericht."),
    )
    activity_kind = TermField(
        "activity_kind",
        label=gettext_lazy("Art"),
        help_text=gettext_lazy("Was stattgefunden hat; zur Wahl stehen die Arten, die in seinem Zeitraum gelten."),
    )
    activity_format = TermField(
        "activity_format",
        label=gettext_lazy("Format"),
        required=False,
        help_text=gettext_lazy("Vor Ort, digital oder beides; leer, wenn es nicht bekannt ist."),
    )
    description = forms.CharField(
        label=gettext_lazy("Kurzbeschreibung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Wer macht was und wozu, in ein bis drei Sätzen. Bitte keine Namen von Personen."),
    )
    activity_start = DayField(
        label=gettext_lazy("Beginn"), help_text=gettext_lazy("Der erste Tag, auch der Vorbereitung. „h“ = heute.")
    )
    activity_end = DayField(
        label=gettext_lazy("Ende"),
        required=False,
        help_text=gettext_lazy("In seinem Jahr zählt die Aktivität als abgeschlossen; leer, solange sie läuft."),
    )
    is_standard = forms.BooleanField(
        label=gettext_lazy("Standardaktivität"),
        required=False,
        help_text=gettext_lazy("Kehrt regelmäßig wieder, zum Beispiel eine Gremiensitzung; sie wird nicht gezählt."),
    )
    is_lead = forms.BooleanField(
        label=gettext_lazy("Das Clustermanagement ist federführend"),
        required=False,
        help_text=gettext_lazy("Wenn es einlädt und leitet und nicht nur teilnimmt."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund der Änderung"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Steht später im Verlauf."),
    )
