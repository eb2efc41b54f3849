"""The columns of the list of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ewm.capture.forms.fields import label_of
from ewm.capture.lists.columns import Column, Kind, alphabetical, by
from ewm.capture.lists.states import share
from ewm.capture.projects.models import UNFUNDED
from ewm.capture.projects.queries import number_of_actors, status_on

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _bodies(project: Any) -> list[str]:
    return list(dict.fromkeys(each.granting_body_id for each in project.grants))


def _unnamed(project: Any) -> bool:
    """Tell whether public money is there or sought, but nobody is named who grants it."""
    return project.funding_state_id != UNFUNDED and not _bodies(project)


def _partners(project: Any) -> str:
    return "; ".join(each.actor.name for each in project.partners)


def _money(key: str, label: _StrPromise, name: _StrPromise, field: str, **more: Any) -> Column:
    def read(project: Any) -> int | None:
        cents: int | None = getattr(project, field)
        return cents

    return Column(
        key=key, label=label, name=name, kind=Kind.MONEY, read=read, order=by(field), may_be_empty=True, **more
    )


COLUMNS = (
    Column(key="kennung", label=_("Kennung"), kind=Kind.TEXT, read=lambda p: p.code, order=by("code"), shown=False),
    Column(
        key="titel",
        label=_("Projekt"),
        name=_("Titel"),
        kind=Kind.TEXT,
        read=lambda p: p.title,
        order=alphabetical("title"),
        in_table=False,
    ),
    Column(
        key="cluster",
        label=_("Cluster"),
        kind=Kind.TEXT,
        read=lambda p: label_of(p.cluster),
        order=by("cluster__position"),
        shown=False,
    ),
    Column(
        key="feld", label=_("Handlungsfeld"), kind=Kind.TERM, read=lambda p: p.main_field, shown=False, in_table=False
    ),
    Column(
        key="status",
        label=_("Status"),
        kind=Kind.STATUS,
        read=lambda p: p.status_now,
        order=lambda scene: status_on(scene.today, "status__position"),
        may_be_empty=True,
    ),
    _money(
        "volumen",
        _("Volumen (Tsd. Euro)"),
        _("Projektvolumen in Euro"),
        "project_volume",
        estimated=lambda p: p.project_volume_estimated,
        missing=lambda p: p.project_volume is None,
    ),
    Column(
        key="volumen_geschaetzt",
        along="volumen",
        label=_("Projektvolumen geschätzt"),
        kind=Kind.YES_NO,
        read=lambda p: p.project_volume_estimated,
        in_table=False,
    ),
    _money(
        "volumen_region",
        _("davon Region (Tsd. Euro)"),
        _("Projektvolumen der Region in Euro"),
        "project_volume_regional",
        shown=False,
    ),
    _money(
        "foerdervolumen",
        _("Fördervolumen (Tsd. Euro)"),
        _("Fördervolumen in Euro"),
        "funding_volume",
        shown=False,
        estimated=lambda p: p.funding_volume_estimated,
    ),
    Column(
        key="foerdervolumen_geschaetzt",
        along="foerdervolumen",
        label=_("Fördervolumen geschätzt"),
        kind=Kind.YES_NO,
        read=lambda p: p.funding_volume_estimated,
        in_table=False,
    ),
    _money(
        "foerdervolumen_region",
        _("Förderung Region (Tsd. Euro)"),
        _("Fördervolumen der Region in Euro"),
        "funding_volume_regional",
        shown=False,
    ),
    Column(
        key="foerderung", label=_("Förderung"), name=_("wer bewilligt"), kind=Kind.TERMS, read=_bodies, missing=_unnamed
    ),
    Column(
        key="foerderstand",
        label=_("öffentliche Förderung"),
        kind=Kind.TERM,
        read=lambda p: p.funding_state_id,
        order=by("funding_state__position"),
        shown=False,
    ),
    Column(
        key="fue",
        label=_("FuEuI"),
        name=_("Forschung, Entwicklung oder Innovation"),
        kind=Kind.YES_NO,
        read=lambda p: p.is_rdi,
        order=by("is_rdi"),
        shown=False,
    ),
    Column(
        key="akteure",
        label=_("Akteure"),
        kind=Kind.COUNT,
        read=lambda p: p.actors,
        order=lambda scene: number_of_actors(),  # noqa: ARG005
        wide=True,
    ),
    Column(key="beginn", label=_("Beginn"), kind=Kind.DAY, read=lambda p: p.support_start, order=by("support_start")),
    Column(
        key="ende",
        label=_("Ende"),
        kind=Kind.DAY,
        read=lambda p: p.support_end,
        order=by("support_end"),
        may_be_empty=True,
        shown=False,
    ),
    Column(
        key="offizieller_beginn",
        label=_("offizieller Beginn"),
        kind=Kind.DAY,
        read=lambda p: p.official_start,
        order=by("official_start"),
        may_be_empty=True,
        shown=False,
    ),
    Column(
        key="offizielles_ende",
        label=_("offizielles Ende"),
        kind=Kind.DAY,
        read=lambda p: p.official_end,
        order=by("official_end"),
        may_be_empty=True,
        shown=False,
    ),
    Column(key="vollstaendig", label=_("Vollständig"), name=_("vollständig in %"), kind=Kind.SHARE, read=share),
    Column(
        key="beschreibung",
        label=_("Beschreibung"),
        kind=Kind.TEXT,
        read=lambda p: p.description,
        in_table=False,
    ),
    Column(key="beteiligte", label=_("Beteiligte"), kind=Kind.TEXT, read=_partners, in_table=False, shown=False),
    Column(key="fassung", label=_("Fassung"), kind=Kind.COUNT, read=lambda p: p.version, in_table=False, shown=False),
)
