"""The columns of the list of activities."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ewm.capture.activities.queries import number_of_actors
from ewm.capture.forms.fields import label_of
from ewm.capture.lists.columns import Column, Kind, alphabetical, by
from ewm.capture.lists.states import share


def _partners(activity: Any) -> str:
    return "; ".join(each.actor.name for each in activity.partners)


COLUMNS = (
    Column(key="kennung", label=_("Kennung"), kind=Kind.TEXT, read=lambda a: a.code, order=by("code"), shown=False),
    Column(
        key="titel",
        label=_("Aktivität"),
        name=_("Titel"),
        kind=Kind.TEXT,
        read=lambda a: a.title,
        order=alphabetical("title"),
        in_table=False,
    ),
    Column(
        key="cluster",
        label=_("Cluster"),
        kind=Kind.TEXT,
        read=lambda a: label_of(a.cluster),
        order=by("cluster__position"),
        shown=False,
    ),
    Column(key="feld", label=_("Handlungsfeld"), kind=Kind.TERM, read=lambda a: a.main_field, in_table=False),
    Column(
        key="art",
        label=_("Art"),
        kind=Kind.TERM,
        read=lambda a: a.activity_kind_id,
        order=by("activity_kind__position"),
    ),
    Column(
        key="format",
        label=_("Format"),
        kind=Kind.TERM,
        read=lambda a: a.activity_format_id,
        order=by("activity_format__position"),
        may_be_empty=True,
    ),
    Column(
        key="akteure",
        label=_("Akteure"),
        kind=Kind.COUNT,
        read=lambda a: a.actors,
        order=lambda scene: number_of_actors(),  # noqa: ARG005
        wide=True,
    ),
    Column(key="beginn", label=_("Beginn"), kind=Kind.DAY, read=lambda a: a.activity_start, order=by("activity_start")),
    Column(
        key="ende",
        label=_("Ende"),
        kind=Kind.DAY,
        read=lambda a: a.activity_end,
        order=by("activity_end"),
        may_be_empty=True,
        missing=lambda a: a.activity_end is None and not a.is_standard,
    ),
    Column(
        key="standard",
        label=_("Standard"),
        name=_("Standardaktivität"),
        kind=Kind.YES_NO,
        read=lambda a: a.is_standard,
        order=by("is_standard"),
        shown=False,
    ),
    Column(
        key="federfuehrend",
        label=_("federführend"),
        name=_("Clustermanagement federführend"),
        kind=Kind.YES_NO,
        read=lambda a: a.is_lead,
        order=by("is_lead"),
        shown=False,
    ),
    Column(
        key="vollstaendig",
        label=_("Vollständig"),
        name=_("vollständig in %"),
        kind=Kind.SHARE,
        read=lambda a: None if a.is_standard else share(a),
    ),
    Column(key="beschreibung", label=_("Beschreibung"), kind=Kind.TEXT, read=lambda a: a.description, in_table=False),
    Column(key="beteiligte", label=_("Beteiligte"), kind=Kind.TEXT, read=_partners, in_table=False),
    Column(key="fassung", label=_("Fassung"), kind=Kind.COUNT, read=lambda a: a.version, in_table=False),
)
