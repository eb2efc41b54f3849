"""Fields about which one may ask, with the words by which people know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ewm.capture.hints.doubled import MERGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.hints import Kind

WHOLE = "record"

FIELDS: Mapping[Kind, Mapping[str, Any]] = {
    "projects": {
        WHOLE: _("das ganze Projekt"),
        "title": _("Titel"),
        "description": _("Kurzbeschreibung"),
        "support_start": _("Beginn der Begleitung"),
        "support_end": _("Ende der Begleitung"),
        "official_start": _("offizieller Beginn"),
        "official_end": _("offizielles Ende"),
        "status": _("Status"),
        "is_rdi": _("Forschung, Entwicklung, Innovation"),
        "project_volume": _("Projektvolumen"),
        "project_volume_regional": _("Projektvolumen der Region"),
        "funding_state": _("öffentliche Förderung"),
        "funding_volume": _("Fördervolumen"),
        "funding_volume_regional": _("Fördervolumen der Region"),
        "granting_body": _("Fördermittelgeber"),
        "role": _("Beteiligte"),
        "term": _("Leitlinien und Schwerpunkt-Themen"),
        "is_main": _("Handlungsfeld"),
        "supporting_clusters": _("begleitende Cluster"),
    },
    "activities": {
        WHOLE: _("die ganze Aktivität"),
        "title": _("Titel"),
        "description": _("Kurzbeschreibung"),
        "activity_kind": _("Art"),
        "activity_format": _("Format"),
        "activity_start": _("Beginn"),
        "activity_end": _("Ende"),
        "is_standard": _("Standardaktivität"),
        "is_lead": _("Federführung"),
        "role": _("Beteiligte"),
        "term": _("Leitlinien und Schwerpunkt-Themen"),
        "is_main": _("Handlungsfeld"),
    },
    "actors": {
        WHOLE: _("der ganze Akteur"),
        "name": _("Name"),
        "actor_type": _("Typ"),
        "parent": _("übergeordnete Einrichtung"),
        "land": _("Sitz"),
        "size_class": _("Größenklasse"),
        "clusters": _("Cluster"),
        "identifiers": _("Kennungen"),
    },
}


def label_of(kind: Kind, field: str) -> str:
    """Return the words for a field; a field that is no longer asked about keeps its name."""
    if field.startswith(MERGE):
        return _now("mögliche Dublette")
    return str(FIELDS[kind].get(field, field))
