"""The list of actors: one register for all clusters, with what each does in the chosen cluster and year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ewm.capture.accounts.roles import Right
from ewm.capture.actors.duplicates.moving import KINDS, Kind
from ewm.capture.actors.models import Actor, ActorCluster, ActorFormerName, ActorSize
from ewm.capture.actors.places import countries
from ewm.capture.base import standing
from ewm.capture.forms.fields import label_of
from ewm.capture.lists.columns import Column, alphabetical, by
from ewm.capture.lists.columns import Kind as Holds
from ewm.capture.lists.drafts import own_drafts
from ewm.capture.lists.filters import PartFilter, SearchFilter, StateFilter, TermFilter
from ewm.capture.lists.listing import Listing, Preset

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.lists.columns import Scene
    from ewm.capture.lists.labels import Labels


def size_on(day: date, column: str = "size_class_id") -> Subquery:
    """Return an actor's size on a day; of a size that begins later, none."""
    sizes = ActorSize.objects.filter(actor=OuterRef("pk"), size_from__lte=day).order_by("-size_from")
    return Subquery(sizes.values(column)[:1])


def _records_in_focus(kind: Kind, scene: Scene) -> QuerySet[Any]:
    """Return the records of the chosen cluster whose period touches the chosen year."""
    first, last = date(scene.focus.year, 1, 1), date(scene.focus.year, 12, 31)
    lasting = Q(**{f"{kind.end}__isnull": True}) | Q(**{f"{kind.end}__gte": first})
    return standing(kind.record.objects.filter(lasting, cluster_id=scene.focus.cluster, **{f"{kind.start}__lte": last}))


def number_in_focus(kind: Kind, scene: Scene) -> Coalesce:
    """Return in how many records of a kind an actor takes part, in the chosen cluster and year.

    It asks for each of the actor's participations whether its record is one of them: a list of all those records would
    be gone through once for every actor.
    """
    record = _records_in_focus(kind, scene).filter(pk=OuterRef(kind.owner))
    found = kind.participation.objects.filter(Exists(record), actor=OuterRef("pk")).order_by().values("actor")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def _details(actors: QuerySet[Any], scene: Scene) -> QuerySet[Any]:
    projects, activities = KINDS
    own = ActorCluster.objects.select_related("cluster").filter(
        Q(member_to=None) | Q(member_to__gte=scene.today), member_from__lte=scene.today
    )
    details: QuerySet[Any] = actors.annotate(
        size_now=size_on(scene.today),
        projects=number_in_focus(projects, scene),
        activities=number_in_focus(activities, scene),
    )
    shown = details.select_related("parent", "land", "district")
    return shown.prefetch_related(Prefetch("clusters", own.order_by("cluster__position"), to_attr="own_clusters"))


def _taken_part(kind: Kind, scene: Scene) -> QuerySet[Any]:
    records = _records_in_focus(kind, scene)
    found: QuerySet[Any] = kind.participation.objects.filter(**{f"{kind.owner}__in": records}).values("actor_id")
    return found


def _taking_part(actors: QuerySet[Any], scene: Scene) -> QuerySet[Any]:
    about = Q()
    for kind in KINDS:
        about |= Q(pk__in=_taken_part(kind, scene))
    return actors.filter(about)


def _on_top(actors: QuerySet[Any], scene: Scene) -> QuerySet[Any]:  # noqa: ARG001 (as of all conditions)
    found: QuerySet[Any] = actors.filter(parent=None)
    return found


def _place(actor: Any) -> str:
    region = next((label_of(each) for each in (actor.district, actor.land) if each), "")
    state = countries().get(actor.country, actor.country) if actor.country != "DE" else ""
    return ", ".join(dict.fromkeys(filter(None, (actor.municipality, region or state))))


def _by_other_names(named: Q) -> Q:
    merged = Actor.objects.exclude(merged_into=None).filter(named)
    return Q(pk__in=ActorFormerName.objects.filter(named).values("actor")) | Q(pk__in=merged.values("merged_into"))


def _second(actor: Any, labels: Labels) -> str:  # noqa: ARG001 (as of all lists)
    return _now("gehört zu %(name)s") % {"name": actor.parent.name} if actor.parent else ""


def _presets(scene: Scene) -> list[Preset]:
    words = {"label": scene.focus.label, "year": scene.focus.year}
    return [Preset(_now("Beteiligt %(label)s %(year)s") % words, "beteiligt=ja")] if scene.focus.cluster else []


FILTERS = (
    SearchFilter(key="suche", label=_("Suche"), columns=("name", "code", "municipality"), names="name",
                 within=_by_other_names),
    TermFilter(key="typ", label=_("Typ"), prime=True, column="actor_type_id"),
    TermFilter(key="kreis", label=_("Kreis"), prime=True, column="district_id"),
    TermFilter(key="land", label=_("Land"), column="land_id"),
    TermFilter(key="groesse", label=_("Größe"), column="size_now"),
    PartFilter(key="cluster", label=_("eigenes Cluster"), parts=ActorCluster.objects.all, owner="actor",
               column="cluster_id"),
    StateFilter(key="beteiligt", label=_("Beteiligt"), conditions={
        "ja": (_("im gewählten Cluster und Jahr"), _taking_part),
        "oberste": (_("ohne übergeordnete Einrichtung"), _on_top),
    }),
)  # fmt: skip

COLUMNS = (
    Column(key="titel", label=_("Akteur"), name=_("Name"), kind=Holds.TEXT, read=lambda a: a.name,
           order=alphabetical("name"), in_table=False),
    Column(key="kennung", label=_("Kennung"), kind=Holds.TEXT, read=lambda a: a.code, order=by("code"), shown=False),
    Column(key="typ", label=_("Typ"), kind=Holds.TERM, read=lambda a: a.actor_type_id,
           order=by("actor_type__position")),
    Column(key="sitz", label=_("Sitz"), kind=Holds.TEXT, read=_place, order=alphabetical("municipality"),
           may_be_empty=True),
    Column(key="groesse", label=_("Größe"), kind=Holds.TERM, read=lambda a: a.size_now,
           order=lambda scene: size_on(scene.today, "size_class__position"), may_be_empty=True),
    Column(key="cluster", label=_("eigene Cluster"), kind=Holds.TEXT, wide=True,
           read=lambda a: ", ".join(dict.fromkeys(label_of(each.cluster) for each in a.own_clusters))),
    Column(key="gehoert_zu", label=_("gehört zu"), kind=Holds.TEXT, shown=False, order=alphabetical("parent__name"),
           may_be_empty=True, read=lambda a: a.parent.name if a.parent else ""),
    Column(key="projekte", label=_("Projekte"), kind=Holds.COUNT, read=lambda a: a.projects,
           order=lambda scene: number_in_focus(KINDS[0], scene)),
    Column(key="aktivitaeten", label=_("Sonstige Aktivitäten"), kind=Holds.COUNT, read=lambda a: a.activities,
           order=lambda scene: number_in_focus(KINDS[1], scene), wide=True),
)  # fmt: skip


def _records(request: HttpRequest) -> QuerySet[Any]:  # noqa: ARG001 (actors are shared by all clusters)
    found: QuerySet[Any] = Actor.objects.filter(merged_into=None).alias(size_now=size_on(timezone.localdate()))
    return found


def _drafts(request: HttpRequest) -> dict[str, Any]:
    drafts = own_drafts("actors")(request)["drafts"]
    return {"drafts": [replace(each, title=each.title or _now("noch ohne Namen")) for each in drafts]}


ACTORS = Listing(
    kind="actors",
    title=_("Akteure"),
    heading=_("Akteur"),
    records=_records,
    details=_details,
    filters=FILTERS,
    columns=COLUMNS,
    presets=_presets,
    taxonomies=("actor_type", "size_class", "district", "land", "cluster"),
    order="titel",
    count=lambda n: ngettext("%(n)s Akteur", "%(n)s Akteure", n),
    search=_("Name, früherer Name, Ort, Kennung"),
    record_title=lambda actor: actor.name,
    record_second=_second,
    add=_("Neuer Akteur"),
    may_add=lambda scene: scene.reach.can(Right.RECORD),
    bring="imports:list",
    empty=_("Noch keine Akteure"),
    empty_text=_("Legen Sie den ersten an oder tragen Sie ihn bei einem Projekt ein."),
    above="actors/above.html",
    above_context=_drafts,
)
