"""Who may see and do what: every view says which right it needs, every record is looked up within reach.

A record of a foreign cluster does not exist for whoever may not read it (404): an answer "forbidden" would tell that
it is there. A view that says nothing is refused for everybody, so that none is ever open by oversight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from ewm.capture.accounts.roles import RIGHTS, Right, Role
from ewm.capture.base import standing
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.accounts.models import Account

View = TypeVar("View", bound="Callable[..., Any]")
ATTRIBUTE = "needed_right"


class Claim(Protocol):
    """What reach needs of a membership."""

    role: str
    cluster_id: str | None


def needs(right: Right) -> Callable[[View], View]:
    """Say which right a view asks for; the middleware asks it, and only views that say so are ever run."""

    def declared(view: View) -> View:
        setattr(view, ATTRIBUTE, right)
        return view

    return declared


@dataclass(frozen=True)
class Reach:
    """What one account may do: its roles, and the clusters in which it reads and records; without one: the public."""

    account: Account | None = None
    memberships: tuple[Claim, ...] = field(default=())

    @cached_property
    def rights(self) -> frozenset[Right]:
        """Every right that some role gives, in whatever cluster."""
        given = {Right.PUBLIC} if self.account is None else {Right.PUBLIC, Right.SIGN_IN}
        return frozenset(given.union(*(RIGHTS[Role(each.role)] for each in self.memberships)))

    @property
    def roles(self) -> frozenset[Role]:
        """The roles, whatever the cluster."""
        return frozenset(Role(each.role) for each in self.memberships)

    def can(self, right: Right) -> bool:
        """Tell whether some role gives a right."""
        return right in self.rights

    def _clusters(self, right: Right) -> frozenset[str]:
        claims = [each.cluster_id for each in self.memberships if right in RIGHTS[Role(each.role)]]
        return self.all_clusters if None in claims else frozenset(filter(None, claims))

    @cached_property
    def all_clusters(self) -> frozenset[str]:
        """Every cluster there is."""
        return frozenset(Cluster.objects.values_list("cluster_id", flat=True))

    @property
    def reads_everything(self) -> bool:
        """Tell whether some role reads the records of every cluster."""
        return any(each.cluster_id is None and Right.READ in RIGHTS[Role(each.role)] for each in self.memberships)

    @cached_property
    def readable(self) -> frozenset[str]:
        """Clusters whose records may be read."""
        return self._clusters(Right.READ)

    @cached_property
    def recordable(self) -> frozenset[str]:
        """Clusters whose records may be created and changed."""
        return self._clusters(Right.RECORD)

    def reads(self, cluster: str) -> bool:
        """Tell whether records of a cluster may be read."""
        return cluster in self.readable

    def records(self, cluster: str) -> bool:
        """Tell whether records of a cluster may be created and changed."""
        return cluster in self.recordable


def reach_of(account: Account | None) -> Reach:
    """Return what an account may do; None stands for the public."""
    return Reach(account, tuple(cast("Any", account).memberships.all()) if account is not None else ())


@dataclass(frozen=True)
class Focus:
    """Cluster and year that the header shows; no cluster where an account may read none."""

    cluster: str | None
    label: str
    year: int
    clusters: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()


def within_reach(request: HttpRequest, records: QuerySet[Any], *, withdrawn: bool = False) -> QuerySet[Any]:
    """Keep the records that may be read: those of a cluster within reach, as home or as a supporting cluster.

    Withdrawn ones are kept only where ``withdrawn`` asks for them: in the history, and in their own list.
    """
    wanted = records.all() if withdrawn else standing(records)
    if reach(request).reads_everything:
        return wanted
    readable = reach(request).readable
    allowed = Q(cluster_id__in=readable)
    if hasattr(records.model, "supporting_clusters"):
        supported = records.model.supporting_clusters.rel.related_model.objects.filter(cluster_id__in=readable)
        allowed |= Q(pk__in=supported.values("project_id"))
    return wanted.filter(allowed)


class WithdrawnRecord(Http404):
    """The record is withdrawn: it is in no list and counts nowhere, but it has a history and can be taken back."""

    kept = False
    """Whether what was typed into its form lies as a draft until it is back."""

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__()


def record_or_404(request: HttpRequest, records: QuerySet[Any], code: str, *, withdrawn: bool = False) -> Any:
    """Return the record with this code; raises Http404 where there is none or it belongs to a foreign cluster.

    A withdrawn one raises ``WithdrawnRecord``, whose page leads to the history; ``withdrawn=True`` gives it.
    """
    found = within_reach(request, records, withdrawn=True).filter(code=code).first()
    if found is None:
        raise Http404
    if not withdrawn and getattr(found, "withdrawn", False):
        raise WithdrawnRecord(found)
    return found


def recordable_or_refused(request: HttpRequest, cluster: str) -> None:
    """Raise PermissionDenied where records of a cluster may be read, not changed; Http404 where not even read."""
    if not reach(request).reads(cluster):
        raise Http404
    if not reach(request).records(cluster):
        raise PermissionDenied


def reach(request: HttpRequest) -> Reach:
    """Return what whoever asks may do."""
    return cast("Reach", cast("Any", request).reach)


def focus(request: HttpRequest) -> Focus:
    """Return the chosen cluster and year."""
    return cast("Focus", cast("Any", request).focus)
