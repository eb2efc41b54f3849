"""The list of activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ewm.capture.accounts.access import within_reach
from ewm.capture.activities.listing_columns import COLUMNS
from ewm.capture.activities.models import Activity, ActivityAssignment, ActivityParticipation
from ewm.capture.activities.queries import with_details, with_partners
from ewm.capture.actors.naming import actor_name
from ewm.capture.lists.drafts import own_drafts
from ewm.capture.lists.filters import (
    NamedFilter,
    PartFilter,
    PeriodFilter,
    SearchFilter,
    StateFilter,
    TermFilter,
    YearFilter,
    YesNoFilter,
)
from ewm.capture.lists.listing import Listing, Preset
from ewm.capture.lists.scope import ScopeFilter
from ewm.capture.lists.states import states
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.lists.columns import Scene


def _records(request: HttpRequest) -> QuerySet[Any]:
    return within_reach(request, Activity.objects.all())


def _of_actors(named: Q) -> Q:
    return Q(pk__in=ActivityParticipation.objects.filter(named).values("activity"))


def _presets(scene: Scene) -> list[Preset]:
    year = scene.focus.year
    return [
        Preset(_now("Neu %(year)s") % {"year": year}, f"beginn={year}"),
        Preset(_now("Laufend %(year)s") % {"year": year}, f"laufend={year}"),
        Preset(_now("Unvollständig"), f"laufend={year}&standard=nein&zustand=unvollstaendig"),
        Preset(_now("Mit Frage"), "zustand=frage"),
        Preset(_now("Federführend %(year)s") % {"year": year}, f"laufend={year}&federfuehrend=ja"),
    ]


FILTERS = (
    SearchFilter(key="suche", label=_("Suche"), columns=("title", "code"), names="actor__name", within=_of_actors),
    YearFilter(key="beginn", label=_("Beginn"), column="activity_start"),
    PeriodFilter(key="laufend", label=_("Laufend"), column="activity_start", last="activity_end"),
    TermFilter(key="art", label=_("Art"), prime=True, column="activity_kind_id"),
    PartFilter(
        key="feld",
        label=_("Handlungsfeld"),
        prime=True,
        parts=ActivityAssignment.objects.all,
        owner="activity",
        column="term_id",
        once=True,
    ),
    NamedFilter(
        key="akteur",
        label=_("Akteur"),
        parts=ActivityParticipation.objects.all,
        owner="activity",
        column="actor__code",
        named=actor_name,
    ),
    StateFilter(key="zustand", label=_("Zustand"), conditions=states("activities")),
    ScopeFilter(key="umfang", label=_("Cluster")),
    TermFilter(key="format", label=_("Format"), column="activity_format_id"),
    YesNoFilter(key="standard", label=_("Standardaktivität"), column="is_standard"),
    YesNoFilter(key="federfuehrend", label=_("Clustermanagement federführend"), column="is_lead"),
)

ACTIVITIES = Listing(
    kind="activities",
    title=_("Aktivitäten"),
    heading=_("Aktivität"),
    records=_records,
    details=lambda activities, scene: with_details(activities),  # noqa: ARG005
    export_details=lambda activities, scene: with_partners(activities),  # noqa: ARG005
    filters=FILTERS,
    columns=COLUMNS,
    presets=_presets,
    taxonomies=("activity_kind", "activity_format", ACTION_FIELD),
    order="beginn",
    count=lambda n: ngettext("%(n)s Aktivität", "%(n)s Aktivitäten", n),
    search=_("Titel, Akteur, Kennung"),
    record_title=lambda activity: activity.title,
    record_second=lambda activity, labels: labels(activity.main_field),
    add=_("Neue Aktivität"),
    may_add=lambda scene: scene.focus.cluster in scene.reach.recordable,
    bring="imports:list",
    empty=_("Noch keine Aktivitäten"),
    empty_text=_("Legen Sie die erste an."),
    record_question=lambda activity: activity.has_question,
    above="lists/drafts.html",
    above_context=own_drafts("activities"),
)
