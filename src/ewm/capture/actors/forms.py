"""The forms of an actor: its own fields, and the rows of what has a date or a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from ewm.capture.actors.choosing import ACTORS, PLACES, SearchField, SearchForm
from ewm.capture.actors.identifiers import as_registered
from ewm.capture.forms.entry_form import RowForm
from ewm.capture.forms.fields import DayField, TermField, label_of
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence


class ActorForm(SearchForm):
    """Name, type, seat and place in a hierarchy."""

    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        help_text=_("Wie ihn der Akteur selbst schreibt, mit Rechtsform. Vor ähnlichen Namen wird gewarnt."),
    )
    name_from = DayField(
        label=_("Neuer Name gilt ab"),
        required=False,
        help_text=_("Nur bei einer Umbenennung. Leer heißt: Sie berichtigen den Namen für alle Jahre."),
    )
    actor_type = TermField(
        "actor_type",
        label=_("Typ"),
        help_text=_("Danach ordnet der Bericht die Akteure; nur Unternehmen haben eine Größe."),
    )
    seat = SearchField(
        search=PLACES,
        ask=_("Bitte einen Ort aus den Vorschlägen wählen, sonst den Kreis oder das Land."),
        source=reverse_lazy("actors:places"),
        label=_("Sitz"),
        help_text=_("Ort, Kreis, Land oder Staat. Danach richtet sich die Herkunft im Bericht."),
    )
    municipality = forms.CharField(
        label=_("Gemeinde"),
        max_length=200,
        required=False,
        help_text=_("Nur, wenn die Suche sie nicht kennt: dann oben den Kreis wählen."),
    )
    parent = SearchField(
        search=ACTORS,
        ask=_("Bitte einen Akteur aus den Vorschlägen wählen oder das Feld leeren."),
        source=reverse_lazy("actors:search"),
        label=_("Gehört zu"),
        required=False,
        help_text=_("Die Einrichtung unmittelbar darüber. Davon hängt ab, auf welcher Ebene der Akteur zählt."),
    )
    parent_from = DayField(
        label=_("Gehört dazu ab"),
        required=False,
        help_text=_("Nur bei einem Wechsel. Leer heißt: Sie berichtigen die Zuordnung für alle Jahre."),
    )
    reason = forms.CharField(
        label=_("Grund der Änderung"), max_length=150, required=False, help_text=_("Steht später im Verlauf.")
    )
    deliberate = forms.CharField(required=False, widget=forms.HiddenInput)


class SizeRow(RowForm):
    """A size class from a day on."""

    telling: ClassVar[Sequence[str]] = ("size_class", "size_from")

    size_class = TermField("size_class", label=_("Größe"))
    size_from = DayField(label=_("gilt ab"))


class IdentifierRow(RowForm):
    """An identifier in a register, written as the register writes it."""

    telling: ClassVar[Sequence[str]] = ("identifier",)

    scheme = TermField("identifier_scheme", label=_("Verzeichnis"))
    identifier = forms.CharField(label=_("Kennung"), max_length=100)

    def clean(self) -> dict[str, Any]:
        """Write the identifier without blanks and addresses."""
        given = super().clean() or {}
        if given.get("scheme") and given.get("identifier"):
            given["identifier"] = as_registered(given["scheme"], given["identifier"])
        return given


class MembershipRow(RowForm):
    """A cluster to which the actor itself belongs."""

    telling: ClassVar[Sequence[str]] = ("cluster", "member_from")

    cluster = forms.ChoiceField(label=_("Cluster"))
    member_from = DayField(label=_("Mitglied ab"))
    member_to = DayField(label=_("Mitglied bis"), required=False)

    def prepare(self) -> None:
        """Offer every cluster; read once for the page."""
        self.fields["cluster"].choices = [("", _("Bitte auswählen")), *clusters_of(self)]  # type: ignore[attr-defined]


class FormerNameRow(RowForm):
    """A name that held up to a day."""

    telling: ClassVar[Sequence[str]] = ("name", "name_to")

    name = forms.CharField(label=_("Früherer Name"), max_length=300)
    name_to = DayField(label=_("galt bis"))


class FormerParentRow(RowForm):
    """What stood above up to a day; it arises from a change, here its day is corrected or the row taken out."""

    telling: ClassVar[Sequence[str]] = ("parent_to",)

    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, widget=forms.HiddenInput)
    parent_to = DayField(label=_("galt bis"))


def clusters_of(form: RowForm) -> list[tuple[str, str]]:
    """Return the clusters on offer by id, kept with what else the page offers."""
    known = vars(form.offer).get("clusters")
    if known is None:
        rows = Cluster.objects.order_by("position")
        known = [(each.cluster_id, label_of(each)) for each in rows]
        vars(form.offer)["clusters"] = known
    return list(known)


ROWS: dict[str, type[RowForm]] = {
    "sizes": SizeRow,
    "identifiers": IdentifierRow,
    "clusters": MembershipRow,
    "former_names": FormerNameRow,
    "former_parents": FormerParentRow,
}
TAXONOMIES = ("actor_type", "size_class", "identifier_scheme")
