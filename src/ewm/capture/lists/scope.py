"""Whose records a list shows: those of the chosen cluster, also those that it supports, or of all within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ewm.capture.lists.filters import Filter, Option

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from django.db.models import QuerySet

    from ewm.capture.lists.columns import Scene

SUPPORTED, ALL = "begleitet", "alle"


@dataclass(frozen=True, kw_only=True)
class ScopeFilter(Filter):
    """The chosen cluster's own records, unless more is asked for; ``supporting`` are the rows by which it supports."""

    control: str = "one"
    always: bool = True
    supporting: Callable[[], QuerySet[Any]] | None = None
    owner: str = ""

    def readable(self, values: Sequence[str]) -> tuple[str, ...]:
        """Keep the first scope that there is."""
        return tuple(value for value in values if value == ALL or (value == SUPPORTED and self.supporting))[:1]

    def narrow(self, records: QuerySet[Any], values: Sequence[str], scene: Scene) -> QuerySet[Any]:
        """Keep the records of the scope."""
        cluster = scene.focus.cluster
        if ALL in values:
            return records
        own = Q(cluster_id=cluster)
        if SUPPORTED in values and self.supporting is not None:
            own |= Q(pk__in=self.supporting().filter(cluster_id=cluster).values(self.owner))
        return records.filter(own)

    def text(self, value: str, scene: Scene) -> str:
        """Return the scope in words."""
        if value == ALL:
            return _("alle, die Sie lesen dürfen")
        return _("%(cluster)s und mitbegleitete") % {"cluster": scene.focus.label}

    def options(self, counts: Mapping[str, int], chosen: Collection[str], scene: Scene) -> list[Option]:
        """Return the scopes that differ for whoever looks."""
        values = [SUPPORTED] if self.supporting is not None else []
        values += [ALL] if len(scene.focus.clusters) > 1 or ALL in chosen else []
        own = Option("", _("nur %(cluster)s") % {"cluster": scene.focus.label}, None, not chosen)
        return [own, *(Option(each, self.text(each, scene), None, each in chosen) for each in values)]
