"""What fields and parts of entries are called on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

FIELDS: Mapping[str, _StrPromise] = {
    # records of every kind
    "code": _("Kennung"),
    "cluster": _("Heimatcluster"),
    "title": _("Titel"),
    "description": _("Kurzbeschreibung"),
    "example": _("Beispiel"),
    # projects
    "support_start": _("Beginn der Begleitung"),
    "support_end": _("Ende der Begleitung"),
    "official_start": _("offizieller Beginn"),
    "official_end": _("offizielles Ende"),
    "is_rdi": _("FuEuI"),
    "project_volume": _("Projektvolumen"),
    "project_volume_regional": _("Projektvolumen der Region"),
    "project_volume_estimated": _("Projektvolumen geschätzt"),
    "funding_volume": _("Fördervolumen"),
    "funding_volume_regional": _("Fördervolumen der Region"),
    "funding_volume_estimated": _("Fördervolumen geschätzt"),
    "funding_state": _("öffentliche Förderung"),
    "status_events": _("Status"),
    "funding": _("Förderung"),
    "supporting_clusters": _("begleitendes Cluster"),
    "participations": _("Akteur"),
    "assignments": _("Zuordnung"),
    # activities
    "activity_kind": _("Art"),
    "activity_format": _("Format"),
    "activity_start": _("Beginn"),
    "activity_end": _("Ende"),
    "is_standard": _("Standardaktivität"),
    "is_lead": _("Clustermanagement federführend"),
    # actors
    "name": _("Name"),
    "actor_type": _("Akteurstyp"),
    "parent": _("übergeordnete Einrichtung"),
    "country": _("Staat"),
    "land": _("Land"),
    "district": _("Kreis"),
    "municipality": _("Gemeinde"),
    "former_names": _("früherer Name"),
    "former_parents": _("frühere übergeordnete Einrichtung"),
    "sizes": _("Größe"),
    "clusters": _("Cluster"),
    "identifiers": _("Kennung in einem Verzeichnis"),
}
CENTS = frozenset(
    {
        "project_volume", "project_volume_regional", "funding_volume", "funding_volume_regional", "amount",
    }
)  # fmt: skip
"""Fields that hold cents, of entries and of their parts."""
