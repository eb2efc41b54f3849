"""The kinds of records that pages are about: their shape, their service, their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.services import activity_update
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.services import actor_update
from ewm.capture.base import is_withdrawable
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.services import project_update

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from ewm.capture.shapes import Shape


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record; ``change`` is its service, ``section`` names its list."""

    name: str
    namespace: str
    shape: Shape[Any]
    change: Callable[..., int]
    section: _StrPromise

    @property
    def of_a_cluster(self) -> bool:
        """Tell whether its records belong to a cluster; others stand in one register for all."""
        return "cluster" in self.shape.columns

    @property
    def withdrawable(self) -> bool:
        """Tell whether its records can be withdrawn."""
        return is_withdrawable(self.shape.model)

    def list_url(self) -> str:
        """Return the address of the list of these records."""
        return _address(f"{self.namespace}:list", {})

    def record_url(self, code: str) -> str:
        """Return the address of a record's page."""
        return _address(f"{self.namespace}:page", {"code": code})

    def history_url(self, code: str) -> str:
        """Return the address of a record's history."""
        return reverse(f"timeline:{self.name}", kwargs={"code": code})


def _address(name: str, arguments: Mapping[str, str]) -> str:
    try:
        return reverse(name, kwargs=dict(arguments))
    except NoReverseMatch:  # a site without this part
        return reverse("start")


PROJECTS = RecordKind("project", "projects", PROJECT, project_update, _("Projekte"))
ACTIVITIES = RecordKind("activity", "activities", ACTIVITY, activity_update, _("Aktivitäten"))
ACTORS = RecordKind("actor", "actors", ACTOR, actor_update, _("Akteure"))
KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (PROJECTS, ACTIVITIES, ACTORS)}


def kind_of(shape: Shape[Any]) -> RecordKind:
    """Return the kind of records of a shape; raises KeyError for one without pages."""
    return next(kind for kind in KINDS.values() if kind.shape is shape)


def crumbs(kind: RecordKind, record: Any, here: str) -> list[dict[str, Any]]:
    """Return the way to a page below a record's own."""
    return [
        {"label": kind.section, "url": kind.list_url()},
        {"label": str(record), "url": kind.record_url(record.code)},
        {"label": here, "url": ""},
    ]


def withdrawn_context(record: Any) -> dict[str, Any]:
    """Return what the page of a withdrawn record says: where its history and its list are."""
    kind = next(kind for kind in KINDS.values() if kind.shape.model is type(record))
    return {"record": record, "history_url": kind.history_url(record.code), "list_url": kind.list_url()}
