"""Between an activity and its form: the form's text from a stored activity, the entry from what was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.utils.translation import gettext as _

from ewm.capture.activities.entries import ActivityEntry
from ewm.capture.activities.forms import ActivityForm
from ewm.capture.activities.models import ActivityAssignment
from ewm.capture.codes import beginning
from ewm.capture.forms.assigning import ASSIGNED, ASSIGNED_IN, raw_assignments
from ewm.capture.forms.entry_forms import EntryForms, Part
from ewm.capture.forms.offering import Offer, offer_for
from ewm.capture.forms.partners import TAXONOMIES as PARTNER_TAXONOMIES
from ewm.capture.forms.partners import PartnerRow, raw_partners
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.reading import written_day
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ewm.capture.forms.entry_form import RowForm

_TAXONOMIES = (*ASSIGNED, *PARTNER_TAXONOMIES, "activity_kind", "activity_format")
_BOXES = ("is_standard", "is_lead")
_ALIGNMENT = ("guidelines", "main_guideline", "focus_topics", "main_focus_topic", "other_action_fields", "reason")


class ActivityForms(EntryForms[ActivityEntry]):
    """An activity as forms; ``stored`` is the activity that is changed, None for a new one."""

    main_form = ActivityForm
    row_forms: ClassVar[Mapping[str, type[RowForm]]] = {"partners": PartnerRow}
    days: ClassVar[Sequence[str]] = ("activity_start", "activity_end")
    renamed: ClassVar[Mapping[str, str]] = {"term": "action_field"}

    def __init__(self, raw: Raw, stored: ActivityEntry | None = None, *, look: bool = False) -> None:
        super().__init__(raw, offer_for(raw, _TAXONOMIES, "activity_start", "activity_end"), look=look)
        self.stored = stored
        self.partner_needed = False
        if stored is None:
            del self.main.fields["reason"]
        elif raw_assignments(stored.assignments, self.offer.all_terms)["action_field"] is None:
            self.main.fields["action_field"].required = False

    def parts(self) -> Sequence[Part]:
        """Return the three sections."""
        what = ("title", "activity_kind", "activity_format", "action_field", "description")
        return (
            Part("aktivitaet", _("1 Aktivität"), (*what, "activity_start", "activity_end", *_BOXES)),
            Part("akteure", _("2 Beteiligte"), (), ("partners",)),
            Part("ausrichtung", _("3 Ausrichtung"), _ALIGNMENT),
        )

    def used_strategies(self) -> Collection[str]:
        """Return the strategies from which the cluster's activities are assigned."""
        found = ActivityAssignment.objects.filter(activity__cluster=self.offer.cluster, term__scheme__isnull=False)
        return set(found.values_list("term__scheme_id", flat=True).distinct())

    def beginning(self) -> str:
        """Return the cluster's letters and the year in which the activity begins."""
        given = self.main.cleaned_data
        return beginning(given["cluster"], given["activity_start"].year, "A")

    def entry(self, code: str) -> ActivityEntry:
        """Return the activity that was typed, under a code; makes new actors. Raises RefusedError of those."""
        given = self.main.cleaned_data
        names = ("title", "activity_kind", "activity_format", "activity_start", "activity_end", *_BOXES)
        return ActivityEntry(
            code=code,
            cluster=self.stored.cluster if self.stored else given["cluster"],
            description=given["description"] or None,
            example=self.stored.example if self.stored else False,
            participations=tuple(cast("PartnerRow", row).participation() for row in self.counting("partners")),
            assignments=cast("ActivityForm", self.main).assignments(),
            **{name: given[name] for name in names},
        )


def new_activity(cluster: str) -> Raw:
    """Return the form of a new activity."""
    return Raw.of(cluster=cluster)


def stored_activity(entry: ActivityEntry) -> Raw:
    """Return the form of a stored activity."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS}
    values |= {name: written_day(getattr(entry, name)) for name in ("activity_start", "activity_end")}
    values |= {name: "on" if getattr(entry, name) else None for name in _BOXES}
    values |= raw_assignments(entry.assignments, Offer(ASSIGNED).all_terms) | raw_partners(entry.participations)
    return Raw.of(**values)


_TEXTS = ("cluster", "title", "description", "activity_kind", "activity_format")


def as_last_year(entry: ActivityEntry) -> Raw:
    """Return the form of a new activity that repeats a stored one a year later.

    Terms that are no longer in force then are followed by the one that continues them, or left out.
    """
    first, last = _year_later(entry.activity_start), _year_later(entry.activity_end)
    values = dict(stored_activity(entry).values)
    raw = Raw(values).with_values(
        activity_start=written_day(first),
        activity_end=written_day(last),
        title=entry.title.replace(str(entry.activity_start.year), str(entry.activity_start.year + 1)),
    )
    offer = Offer(ASSIGNED, entry.cluster, first, last, frozenset({ACTION_FIELD}))
    for name in ASSIGNED_IN:
        kept = [term for each in raw.several(name) if (term := offer.continued(each))]
        raw = Raw({**raw.values, name: kept})
    return raw


def _year_later(day: date | None) -> date | None:
    if day is None:
        return None
    last_of_february = day.month == 2 and day.day == 29
    return date(day.year + 1, day.month, 28 if last_of_february else day.day)
