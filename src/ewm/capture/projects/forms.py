"""The form of a project: nine required answers, everything else optional; each rule stands below its field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.forms.assigning import AssigningForm
from ewm.capture.forms.entry_form import RowForm
from ewm.capture.forms.fields import YES_NO, DayField, EuroField, TermField, Tiles, label_of
from ewm.capture.projects.models import NO_FUNDING_BODY
from ewm.capture.served import form_values, programme
from ewm.capture.taxonomies.catalogue import OUTSIDE
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class ProjectForm(AssigningForm):
    """A project's own row. ``status`` is asked for a new one; a stored one changes it by dated events."""

    field_order = ("cluster", "title", "action_field", "is_rdi", "description", "support_start")

    cluster = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=300,
        help_text=gettext_lazy("So steht das Projekt in Listen und im Bericht."),
    )
    is_rdi = forms.ChoiceField(
        label=gettext_lazy("Forschung, Entwicklung, Innovation?"),
        choices=YES_NO,
        widget=Tiles,
        help_text=gettext_lazy("Ja, wenn geforscht, entwickelt oder etwas Neues eingeführt wird."),
    )
    description = forms.CharField(
        label=gettext_lazy("Kurzbeschreibung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Wer macht was und wozu, in ein bis drei Sätzen. Bitte keine Namen von Personen."),
    )
    support_start = DayField(
        label=gettext_lazy("Unterstützung ab"),
        help_text=gettext_lazy(
            "Beginn Ihrer Unterstützung, nicht der Förderung. In diesem Jahr zählt das Projekt als neu. „h“ = heute."
        ),
    )
    support_end = DayField(
        label=gettext_lazy("Voraussichtlich bis"),
        required=False,
        help_text=gettext_lazy("Solange es leer ist, läuft Ihre Unterstützung weiter."),
    )
    status = TermField(
        "status",
        label=gettext_lazy("Status"),
        help_text=gettext_lazy(
            "Gilt ab dem Beginn der Unterstützung; jeder spätere Wechsel bekommt sein eigenes Datum."
        ),
    )
    official_start = DayField(
        label=gettext_lazy("Offizieller Beginn"), required=False, help_text=gettext_lazy("Laut Bescheid oder Vertrag.")
    )
    official_end = DayField(
        label=gettext_lazy("Offizielles Ende"),
        required=False,
        help_text=gettext_lazy("Wie dort bewilligt; nicht vor dem offiziellen Beginn."),
    )
    project_volume = EuroField(label=gettext_lazy("Projektvolumen gesamt"))
    project_volume_estimated = forms.BooleanField(
        label=gettext_lazy("Schätzung"),
        required=False,
        help_text=gettext_lazy("Bis das Volumen bewilligt oder vereinbart ist. Auch Schätzungen zählen mit."),
    )
    project_volume_regional = EuroField()
    funding_state = TermField(
        "funding_state",
        label=gettext_lazy("Öffentliche Förderung"),
        help_text=gettext_lazy("Angestrebt, solange kein Bescheid vorliegt."),
    )
    funding_volume = EuroField(
        label=gettext_lazy("Fördervolumen gesamt"),
        required=False,
        help_text=gettext_lazy("Höchstens das Projektvolumen; leer, solange es offen ist."),
    )
    funding_volume_estimated = forms.BooleanField(
        label=gettext_lazy("Schätzung"),
        required=False,
        help_text=gettext_lazy("Bis der Bescheid vorliegt. Auch Schätzungen zählen mit."),
    )
    funding_volume_regional = EuroField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("Grund der Änderung"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Steht später im Verlauf, zum Beispiel „Bescheid vom 12.03.“."),
    )

    def prepare(self) -> None:
        """Speak of the region and the usual scope by the programme's own words and values."""
        super().prepare()
        region = region_label(self.offer.label)
        for name in ("project_volume_regional", "funding_volume_regional"):
            self.fields[name].label = _("Davon %(region)s") % {"region": region}
        self.fields["project_volume_regional"].help_text = _(
            "Anteil der Partner mit Sitz in %(region)s; höchstens das gesamte Volumen."
        ) % {"region": region}
        self.fields["funding_volume_regional"].help_text = _(
            "Davon für Partner mit Sitz in %(region)s; höchstens das gesamte Fördervolumen."
        ) % {"region": region}
        values = form_values()
        suggested = json.dumps(dict(values.funding_states))
        self.fields["status"].widget.attrs |= {"data-suggests": suggested, "data-suggests-for": "funding_state"}
        when = f"status={','.join(values.estimated_statuses)}"
        for name in ("project_volume_estimated", "funding_volume_estimated"):
            self.fields[name].widget.attrs["data-tick-when"] = when
        usual = programme().hints.usual_project_volume
        self.fields["project_volume"].help_text = (
            _("Alle Kosten mit Eigenanteil. Ohne Förderung in der Regel ab %(amount)s Euro.")
            % {"amount": f"{usual:,}".replace(",", ".")}
            if usual
            else _("Alle Kosten mit Eigenanteil.")
        )

    def loosen(self, empty: Sequence[str]) -> None:
        """Ask no longer for what a stored project does not have: other changes must not wait for it."""
        for name in empty:
            self.fields[name].required = False


def region_label(label: Any) -> str:
    """Return the names of the programme's Länder, as volumes and seats speak of them."""
    return _(" und ").join(label(land) for land in programme().laender)


class FundingRow(RowForm):
    """Who grants money, where it comes from, under which programme, how much."""

    telling = ("granting_body", "funds_origin", "programme", "amount")
    asked = ("amount",)

    granting_body = TermField("funding_body", label=gettext_lazy("Wer bewilligt"))
    funds_origin = TermField("funding_body", label=gettext_lazy("Woher die Mittel stammen"), required=False)
    programme = TermField("funding_programme", label=gettext_lazy("Förderprogramm"), required=False)
    amount = EuroField(label=gettext_lazy("Betrag"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("granting_body", "funds_origin"):  # nobody grants no money: that is the state of funding
            field = self.fields[name]
            field.choices = [row for row in field.choices if row[0] != NO_FUNDING_BODY]  # type: ignore[attr-defined]

    def clean_funds_origin(self) -> str | None:
        """Take the granting body's own money where nothing else is said."""
        origin: str | None = self.cleaned_data["funds_origin"] or self.cleaned_data.get("granting_body")
        return origin


class SupportRow(RowForm):
    """Another cluster that supports the project too."""

    telling = ("cluster", "supporting_from", "supporting_to")

    cluster = forms.ChoiceField(label=gettext_lazy("Begleitendes Cluster"))
    supporting_from = DayField(label=gettext_lazy("Begleitet ab"))
    supporting_to = DayField(label=gettext_lazy("Begleitet bis"), required=False)

    def prepare(self) -> None:
        """Offer every cluster of the structure but the home cluster."""
        self.fields["cluster"].choices = [("", _("Bitte auswählen")), *other_clusters(self.offer.cluster)]  # type: ignore[attr-defined]


def other_clusters(home: str | None) -> list[tuple[str, str]]:
    """Return clusters and sub-topics but the home cluster, in order."""
    found = Cluster.objects.exclude(kind_id=OUTSIDE).order_by("position")
    return [(each.cluster_id, label_of(each)) for each in found if each.cluster_id != home]
