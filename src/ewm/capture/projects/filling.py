"""Between a project and its form: the form's text from a stored project, the entry from what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.utils.translation import gettext as _

from ewm.capture.codes import beginning
from ewm.capture.forms.assigning import ASSIGNED, raw_assignments
from ewm.capture.forms.entry_forms import EntryForms, Part
from ewm.capture.forms.offering import Offer, offer_for
from ewm.capture.forms.partners import TAXONOMIES as PARTNER_TAXONOMIES
from ewm.capture.forms.partners import PartnerRow, raw_partners
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.reading import written_cents, written_day
from ewm.capture.projects.entries import Funding, ProjectEntry, StatusEvent, Support
from ewm.capture.projects.forms import FundingRow, ProjectForm, SupportRow
from ewm.capture.projects.models import UNFUNDED, ProjectAssignment
from ewm.capture.served import form_values
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ewm.capture.forms.entry_form import RowForm

_DAYS = ("support_start", "support_end", "official_start", "official_end")
_AMOUNTS = ("project_volume", "project_volume_regional", "funding_volume", "funding_volume_regional")
_BOXES = ("project_volume_estimated", "funding_volume_estimated")
_TAXONOMIES = (*ASSIGNED, *PARTNER_TAXONOMIES, "status", "funding_state", "funding_body", "funding_programme")


class ProjectForms(EntryForms[ProjectEntry]):
    """A project as forms; ``stored`` is the project that is changed, None for a new one."""

    main_form = ProjectForm
    row_forms: ClassVar[Mapping[str, type[RowForm]]] = {
        "partners": PartnerRow,
        "funding": FundingRow,
        "supports": SupportRow,
    }
    days: ClassVar[Sequence[str]] = _DAYS[:2]
    renamed: ClassVar[Mapping[str, str]] = {"status_from": "support_start", "term": "action_field"}

    def __init__(self, raw: Raw, stored: ProjectEntry | None = None, *, look: bool = False) -> None:
        super().__init__(raw, offer_for(raw, _TAXONOMIES, "support_start", "support_end"), look=look)
        self.stored = stored
        main = cast("ProjectForm", self.main)
        if stored is None:
            del main.fields["reason"]
        else:
            del main.fields["status"]
            empty = [name for name in ("project_volume", "project_volume_regional") if getattr(stored, name) is None]
            fields = {each.term for each in stored.assignments if each.is_main} & set(self.offer.all_terms)
            taxonomies = {self.offer.all_terms[term].taxonomy for term in fields}
            main.loosen([*empty, *(["action_field"] if ACTION_FIELD not in taxonomies else [])])
            self.partner_needed = bool(stored.participations)

    def parts(self) -> Sequence[Part]:
        """Return the five sections."""
        return (
            Part("projekt", _("1 Projekt"), ("title", "action_field", "is_rdi", "description")),
            Part("zeit", _("2 Zeit und Status"), (*_DAYS[:2], "status", *_DAYS[2:])),
            Part("akteure", _("3 Akteure"), (), ("partners",)),
            Part("volumen", _("4 Volumen und Förderung"), (*_AMOUNTS, *_BOXES, "funding_state"), ("funding",)),
            Part("ausrichtung", _("5 Ausrichtung"), _ALIGNMENT, ("supports",)),
        )

    def used_strategies(self) -> Collection[str]:
        """Return the strategies from which the cluster's projects are assigned."""
        found = ProjectAssignment.objects.filter(project__cluster=self.offer.cluster, term__scheme__isnull=False)
        return set(found.values_list("term__scheme_id", flat=True).distinct())

    def current_status(self) -> dict[str, str]:
        """Return id and label of a stored project's last status."""
        events = sorted(self.stored.status_events, key=lambda event: event.status_from) if self.stored else []
        status = events[-1].status if events else ""
        return {"id": status, "label": self.offer.label(status)}

    def copied_funding(self) -> RowForm:
        """Return the row of a funder that a script copies."""
        return self.copied_row("funding")

    def copied_support(self) -> RowForm:
        """Return the row of a supporting cluster that a script copies."""
        return self.copied_row("supports")

    def check(self) -> None:
        """Ask for the amount of each funder; of a single one it is the whole funding unless said otherwise."""
        rows = self.counting("funding")
        for row in rows:
            if "amount" in row.cleaned_data and row.cleaned_data["amount"] is None:
                whole = self.main.cleaned_data.get("funding_volume")
                if len(rows) == 1 and whole:
                    row.cleaned_data["amount"] = whole
                else:
                    row.add_error("amount", _("Bitte angeben; eine Schätzung genügt."))

    def beginning(self) -> str:
        """Return the cluster's letters and the year in which the support begins."""
        given = self.main.cleaned_data
        return beginning(given["cluster"], given["support_start"].year, "P")

    def entry(self, code: str) -> ProjectEntry:
        """Return the project that was typed, under a code; makes new actors. Raises RefusedError of those."""
        given = self.main.cleaned_data
        unfunded = given["funding_state"] == UNFUNDED
        volume = 0 if unfunded and given["funding_volume"] is None else given["funding_volume"]
        return ProjectEntry(
            code=code,
            cluster=self.stored.cluster if self.stored else given["cluster"],
            title=given["title"],
            description=given["description"] or None,
            is_rdi=given["is_rdi"] == "ja",
            funding_state=given["funding_state"],
            example=self.stored.example if self.stored else False,
            status_events=self._status_events(given),
            funding=tuple(_funding(row) for row in self.counting("funding")),
            supporting_clusters=tuple(_support(row) for row in self.counting("supports")),
            participations=tuple(cast("PartnerRow", row).participation() for row in self.counting("partners")),
            assignments=cast("ProjectForm", self.main).assignments(),
            **{name: given[name] for name in (*_DAYS, *_AMOUNTS, *_BOXES)} | {"funding_volume": volume},
        )

    def _status_events(self, given: Mapping[str, Any]) -> tuple[StatusEvent, ...]:
        """Return the status from the beginning on; of a stored project all, the first moved with the beginning."""
        start = given["support_start"]
        if self.stored is None:
            return (StatusEvent(status_from=start, status=given["status"], place="status"),)
        return tuple(
            replace(event, status_from=start) if event.status_from == self.stored.support_start else event
            for event in self.stored.status_events
        )


_ALIGNMENT = ("guidelines", "main_guideline", "focus_topics", "main_focus_topic", "other_action_fields", "reason")


def _funding(row: RowForm) -> Funding:
    names = ("granting_body", "funds_origin", "programme", "amount")
    return Funding(place=str(row.prefix), **{name: row.cleaned_data[name] for name in names})


def _support(row: RowForm) -> Support:
    names = ("cluster", "supporting_from", "supporting_to")
    return Support(place=str(row.prefix), **{name: row.cleaned_data[name] for name in names})


def new_project(cluster: str) -> Raw:
    """Return the form of a new project with what the programme suggests."""
    values = form_values()
    return Raw.of(
        cluster=cluster,
        status=values.first_status,
        funding_state=values.funding_states.get(values.first_status),
        project_volume_estimated="on" if values.first_status in values.estimated_statuses else None,
    ).with_row("funding")


def stored_project(entry: ProjectEntry) -> Raw:
    """Return the form of a stored project."""
    values: dict[str, Any] = {
        "cluster": entry.cluster,
        "title": entry.title,
        "description": entry.description,
        "is_rdi": "ja" if entry.is_rdi else "nein",
        "funding_state": entry.funding_state,
    }
    values |= {name: written_day(getattr(entry, name)) for name in _DAYS}
    values |= {name: written_cents(getattr(entry, name)) for name in _AMOUNTS}
    values |= {name: "on" if getattr(entry, name) else None for name in _BOXES}
    if entry.funding_state == UNFUNDED:
        values["funding_volume"] = None  # it is 0 as long as there is no funding
    terms = Offer(ASSIGNED).all_terms
    values |= raw_assignments(entry.assignments, terms) | raw_partners(entry.participations)
    for number, each in enumerate(entry.funding):
        values |= {f"funding-{number}-{name}": getattr(each, name) for name in ("granting_body", "funds_origin")}
        values |= {
            f"funding-{number}-programme": each.programme,
            f"funding-{number}-amount": written_cents(each.amount),
        }
    for number, support in enumerate(entry.supporting_clusters):
        values |= {
            f"supports-{number}-cluster": support.cluster,
            f"supports-{number}-supporting_from": written_day(support.supporting_from),
            f"supports-{number}-supporting_to": written_day(support.supporting_to),
        }
    return Raw.of(**values)
