"""Which cluster and which year somebody looks at: by the address, else as chosen before, else the first and the last.

``?cluster=…&jahr=…`` in an address decides and is remembered in the session, so that every state can be sent as a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ewm.capture import served
from ewm.capture.accounts.access import Focus
from ewm.capture.forms.fields import label_column
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.programme import Programme

CLUSTER, YEAR = "cluster", "jahr"


def programme() -> Programme:
    """Return the programme that this process serves."""
    return served.programme()


def focus_of(request: HttpRequest) -> Focus:
    """Return the cluster and year that a request is about, and remember what its address says."""
    years = programme().reporting_years
    clusters = _clusters(request)
    wanted = (request.GET.get(CLUSTER), request.session.get(CLUSTER))
    cluster = next((each for each in wanted if each in clusters), next(iter(clusters), None))
    year = next((each for each in map(_year, (request.GET.get(YEAR), request.session.get(YEAR))) if each), years[-1])
    if cast("Any", request).reach.account is not None:
        _remember(request, cluster, year)
    return Focus(cluster, clusters.get(cluster or "", ""), year, tuple(clusters.items()), (*years,))


def _clusters(request: HttpRequest) -> dict[str, str]:
    readable = cast("Any", request).reach.readable
    if not readable:
        return {}
    found = Cluster.objects.filter(cluster_id__in=readable).order_by("position")
    own = cast("Any", request).reach.recordable
    rows = list(found.values_list("cluster_id", label_column()))
    return dict(sorted(rows, key=lambda row: row[0] not in own))


def _year(text: Any) -> int | None:
    """Return a year that the programme reports on, or the one after; else None."""
    years = programme().reporting_years
    return int(text) if str(text).isdecimal() and years[0] <= int(text) <= years[-1] + 1 else None


def _remember(request: HttpRequest, cluster: str | None, year: int) -> None:
    for name, value in ((CLUSTER, cluster), (YEAR, year)):
        if request.GET.get(name) and request.session.get(name) != value:
            request.session[name] = value
