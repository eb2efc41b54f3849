"""Who takes part: rows of actors with their role, found by search or made in passing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.actors.models import Actor
from ewm.capture.actors.quick import Seat, actor_create_inline, similar_actors
from ewm.capture.actors.search import Known, find_actors, known_actors
from ewm.capture.entries import Participation
from ewm.capture.forms.entry_form import RowForm
from ewm.capture.forms.fields import ComboInput, TermField
from ewm.capture.served import form_values
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.forms.raw import Raw

GROUP = "partners"
NEW = "neu"
"""The choice among the actors found that makes a new one."""
TAXONOMIES = ("role", "actor_type", "land", "district")
_DISTRICT_LENGTH = 5


class PartnerRow(RowForm):
    """An actor by code, or the few words that make a new one; and its role."""

    telling = ("actor", "name")
    asked = ("name", "actor_type", "seat")

    actor = forms.CharField(required=False, widget=forms.HiddenInput, label=gettext_lazy("Akteur"))
    deliberate = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-fill": "name"}),
    )
    actor_type = TermField("actor_type", label=gettext_lazy("Typ"), required=False)
    seat = forms.ChoiceField(label=gettext_lazy("Sitz"), required=False)
    role = TermField("role", label=gettext_lazy("Rolle"))

    known: Known | None = None
    """The actor that was chosen; None for a new one."""

    def prepare(self) -> None:
        """Offer districts and Länder as seats."""
        districts = [(term.term_id, self.offer.label(term.term_id)) for term in self.offer.terms("district")]
        laender = [(term.term_id, self.offer.label(term.term_id)) for term in self.offer.terms("land")]
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            ("", _("Bitte auswählen")),
            (_("Kreise der Region"), districts),
            (_("Länder"), laender),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for type and seat of a new actor, and for an actor that exists."""
        given = super().clean() or {}
        if given.get("actor"):
            if not Actor.objects.filter(code=given["actor"]).exists():
                self.add_error(None, _("Diesen Akteur gibt es nicht mehr. Bitte noch einmal suchen."))
        else:
            for name in ("actor_type", "seat"):
                if name in given and not given[name]:
                    self.add_error(name, _("Für einen neuen Akteur bitte angeben."))
        return given

    @property
    def is_new(self) -> bool:
        """Tell whether the row makes a new actor."""
        return not self.typed("actor")

    @property
    def leading(self) -> str:
        """The name of a new actor; of a known one, whose name is only read, the role."""
        return "name" if self.is_new else "role"

    def similar(self) -> str:
        """Return the names of stored actors that are like the new one's, for a remark at the row."""
        name = self.typed("name")
        return ", ".join(each.name for each in similar_actors(name)) if self.is_new and name else ""

    def participation(self) -> Participation:
        """Return who takes part; makes the new actor. Raises RefusedError where it cannot be made."""
        code = self.cleaned_data["actor"] or self._new_actor()
        return Participation(actor=code, role=self.cleaned_data["role"], place=str(self.prefix))

    def _new_actor(self) -> str:
        given, seat = self.cleaned_data, self.cleaned_data["seat"]
        district = seat if len(seat) == _DISTRICT_LENGTH else None
        try:
            return actor_create_inline(
                name=given["name"],
                actor_type=given["actor_type"],
                seat=Seat(land=seat[:2], district=district),
                deliberate=bool(given["deliberate"]),
            )
        except RefusedError as error:
            raise RefusedError(
                [replace(each, message=f"{self.prefix}: {each.message}") for each in error.refusals]
            ) from None


class PartnerSearch(forms.Form):
    """The field in which the next actor is looked for."""

    add = forms.CharField(
        required=False,
        label=gettext_lazy("Akteur hinzufügen"),
        help_text=gettext_lazy("Name, Teil des Namens oder Kürzel. Wer noch fehlt, wird hier gleich angelegt."),
        widget=ComboInput,
    )

    def __init__(self, raw: Raw, *, look: bool) -> None:
        super().__init__(raw.for_form(), prefix=GROUP)
        self.text = raw.get(f"{GROUP}-add-text").strip()
        self._errors = forms.utils.ErrorDict()
        self.fields["add"].optional = False  # type: ignore[attr-defined]  # read by the template of a field
        widget = self.fields["add"].widget
        widget.attrs |= {"data-source": str(SEARCH), "data-add": GROUP, "data-create": NEW}
        if isinstance(widget, ComboInput):
            widget.text = self.text
            widget.found = found(self.text) if look and self.text else []

    def ask_to_choose(self) -> None:
        """Say that a text was typed and nobody chosen."""
        self._refuse(
            _("„%(name)s“ ist noch nicht übernommen. Bitte wählen Sie einen Akteur oder legen Sie ihn neu an.")
            % {"name": self.text[:80]}
        )

    def ask_for_one(self) -> None:
        """Say that nobody takes part."""
        self._refuse(_("Bitte mindestens einen Akteur angeben; ohne ihn lässt sich die Art des Verbunds nicht sagen."))

    def _refuse(self, text: str) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self.add_error("add", text)


SEARCH = reverse_lazy("actors:search")


def found(text: str) -> list[dict[str, str]]:
    """Return what a search without script offers: actors that fit, similar ones, a new one."""
    known = known_actors()
    by_code = {each.code: each for each in known}
    fitting = find_actors(text, known)
    alike = [by_code[each.key] for each in similar_actors(text) if each.key in by_code]
    items = {each.code: each.as_item() for each in [*fitting, *alike]}
    new = {"value": NEW, "label": _("„%(name)s“ neu anlegen") % {"name": text}, "hint": _("neuer Akteur")}
    return [*items.values(), new]


def with_partner(raw: Raw) -> Raw:
    """Return the form with one more row for who was chosen in the search; without a choice, as it was."""
    choice, text = raw.get(f"{GROUP}-add-found") or raw.get(f"{GROUP}-add"), raw.get(f"{GROUP}-add-text").strip()
    if not choice:
        return raw
    values = form_values()
    role = values.further_role if raw.numbers(GROUP) else values.first_role
    if choice == NEW:
        row = {"name": text, "deliberate": "1", "actor_type": values.actor_type, "seat": values.land, "role": role}
    else:
        row = {"actor": choice, "role": role}
    return raw.without(f"{GROUP}-add").with_row(GROUP, **row)


def name_known(rows: Iterable[RowForm]) -> None:
    """Give each row the actor that it names; one query, none without rows."""
    wanted = [row for row in rows if isinstance(row, PartnerRow) and not row.is_new]
    if wanted:
        known = {each.code: each for each in known_actors()}
        for row in wanted:
            row.known = known.get(row.typed("actor"))
            if row.known:
                row.fields["role"].label = _("Rolle von %(name)s") % {"name": row.known.name}
                row.fields["role"].label_hidden = True  # type: ignore[attr-defined]  # read by the template of a field


def raw_partners(participations: Iterable[Participation]) -> dict[str, str]:
    """Return stored participations as the values of the rows."""
    values: dict[str, str] = {}
    for number, each in enumerate(participations):
        values |= {f"{GROUP}-{number}-actor": each.actor, f"{GROUP}-{number}-role": each.role}
    return values
