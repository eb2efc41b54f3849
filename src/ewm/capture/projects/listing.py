"""The list of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ewm.capture.accounts.access import within_reach
from ewm.capture.actors.naming import actor_name
from ewm.capture.lists.drafts import own_drafts
from ewm.capture.lists.filters import (
    AmountFilter,
    HasPartFilter,
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
from ewm.capture.projects.listing_columns import COLUMNS
from ewm.capture.projects.models import (
    Project,
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectSupportingCluster,
)
from ewm.capture.projects.queries import statuses_on, with_details, with_partners
from ewm.capture.served import form_values
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.lists.columns import Scene
    from ewm.capture.lists.labels import Labels


def _records(request: HttpRequest) -> QuerySet[Any]:
    return within_reach(request, Project.objects.all())


def _statuses() -> QuerySet[Any]:
    return statuses_on(timezone.localdate())


def _drops() -> QuerySet[Any]:
    return _statuses().filter(status__in=form_values().dropped_statuses)


def _of_actors(named: Q) -> Q:
    return Q(pk__in=ProjectParticipation.objects.filter(named).values("project"))


def _presets(scene: Scene) -> list[Preset]:
    year = scene.focus.year
    return [
        Preset(_now("Neu %(year)s") % {"year": year}, f"beginn={year}&weggefallen=nein"),
        Preset(_now("Laufend %(year)s") % {"year": year}, f"laufend={year}&weggefallen=nein"),
        Preset(_now("Unvollständig"), f"laufend={year}&zustand=unvollstaendig"),
        Preset(_now("Mit Frage"), "zustand=frage"),
        Preset(_now("Über 1 Mio. Euro"), f"laufend={year}&volumen_ab=1+Mio"),
    ]


def _second(project: Any, labels: Labels) -> str:
    return labels(project.main_field)


FILTERS = (
    SearchFilter(
        key="suche", label=_("Suche"), columns=("title", "code"), names="actor__name", within=_of_actors
    ),
    YearFilter(key="beginn", label=_("Beginn"), column="support_start"),
    PeriodFilter(key="laufend", label=_("Laufend"), column="support_start", last="support_end"),
    PartFilter(
        key="status",
        label=_("Status"),
        prime=True,
        parts=_statuses,
        owner="project",
        column="status_id",
        once=True,
    ),
    PartFilter(
        key="feld",
        label=_("Handlungsfeld"),
        prime=True,
        parts=ProjectAssignment.objects.all,
        owner="project",
        column="term_id",
        once=True,
    ),
    NamedFilter(
        key="akteur",
        label=_("Akteur"),
        parts=ProjectParticipation.objects.all,
        owner="project",
        column="actor__code",
        named=actor_name,
    ),
    StateFilter(key="zustand", label=_("Zustand"), conditions=states("projects")),
    ScopeFilter(
        key="umfang", label=_("Cluster"), supporting=ProjectSupportingCluster.objects.all, owner="project"
    ),
    TermFilter(key="foerderung", label=_("öffentliche Förderung"), column="funding_state_id"),
    PartFilter(
        key="bewilligt_von",
        label=_("wer bewilligt"),
        parts=ProjectFunding.objects.all,
        owner="project",
        column="granting_body_id",
    ),
    HasPartFilter(key="weggefallen", label=_("Abbruch oder Absage"), parts=_drops, owner="project"),
    YesNoFilter(key="fue", label=_("Forschung, Entwicklung oder Innovation"), column="is_rdi"),
    YesNoFilter(key="geschaetzt", label=_("Projektvolumen geschätzt"), column="project_volume_estimated"),
    AmountFilter(key="volumen_ab", label=_("Projektvolumen ab"), column="project_volume"),
    AmountFilter(key="volumen_bis", label=_("Projektvolumen bis"), column="project_volume", most=True),
)  # fmt: skip

PROJECTS = Listing(
    kind="projects",
    title=_("Projekte"),
    heading=_("Projekt"),
    records=_records,
    details=lambda projects, scene: with_details(projects, scene.today),
    export_details=lambda projects, scene: with_partners(projects, scene.today),
    filters=FILTERS,
    columns=COLUMNS,
    presets=_presets,
    taxonomies=("status", "funding_state", "funding_body", ACTION_FIELD),
    order="beginn",
    count=lambda n: ngettext("%(n)s Projekt", "%(n)s Projekte", n),
    search=_("Titel, Akteur, Kennung"),
    sums=("project_volume", "project_volume_estimated"),
    sum_name=_("Projektvolumen"),
    record_title=lambda project: project.title,
    record_second=_second,
    add=_("Neues Projekt"),
    may_add=lambda scene: scene.focus.cluster in scene.reach.recordable,
    bring="imports:list",
    empty=_("Noch keine Projekte"),
    empty_text=_("Legen Sie das erste an."),
    record_question=lambda project: project.has_question,
    above="lists/drafts.html",
    above_context=own_drafts("projects"),
)
