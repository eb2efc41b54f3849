"""What the fields of a file are called on pages; the profiles' own words are German only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ewm.capture.imports.found import RecordKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

PARTNER = "partner_"
KINDS: Mapping[RecordKind, _StrPromise] = {
    RecordKind.PROJECTS: _("Projekte"),
    RecordKind.ACTIVITIES: _("Aktivitäten"),
    RecordKind.ACTORS: _("Akteure"),
}
_OF_ACTORS: Mapping[str, _StrPromise] = {
    "name": _("Name"),
    "above": _("Träger"),
    "code": _("Kennung"),
    "role": _("Rolle"),
    "type": _("Akteurstyp"),
    "country": _("Staat"),
    "land": _("Land"),
    "district": _("Kreis"),
    "seat": _("Sitz"),
    "municipality": _("Gemeinde"),
    "size_class": _("Größe"),
    "identifier": _("Kennung in einem Verzeichnis"),
}
_ALL: Mapping[str, _StrPromise] = {
    **_OF_ACTORS,
    "number": _("Nummer der Quelle"),
    "group": _("Verbund"),
    "title": _("Titel"),
    "description": _("Kurzbeschreibung"),
    "cluster": _("Heimatcluster"),
    "support_start": _("Beginn der Begleitung"),
    "support_end": _("Ende der Begleitung"),
    "official_start": _("offizieller Beginn"),
    "official_end": _("offizielles Ende"),
    "is_rdi": _("Forschung, Entwicklung oder Innovation"),
    "project_volume": _("Projektvolumen"),
    "project_volume_regional": _("Projektvolumen der Region"),
    "project_volume_estimated": _("Projektvolumen geschätzt"),
    "funding_volume": _("Fördervolumen"),
    "funding_volume_regional": _("Fördervolumen der Region"),
    "funding_volume_estimated": _("Fördervolumen geschätzt"),
    "cofinancing": _("Fördersatz"),
    "funding_state": _("öffentliche Förderung"),
    "granting_body": _("wer bewilligt"),
    "funds_origin": _("woher die Mittel stammen"),
    "programme": _("Förderprogramm"),
    "funding": _("Förderung"),
    "status": _("Status"),
    "status_from": _("Status seit"),
    "status_events": _("Status"),
    "terms": _("Zuordnungen"),
    "assignments": _("Zuordnungen"),
    "participations": _("Beteiligte"),
    "supporting_clusters": _("begleitende Cluster"),
    "example": _("erfunden"),
    "activity_kind": _("Art der Aktivität"),
    "activity_format": _("Format"),
    "activity_start": _("Beginn"),
    "activity_end": _("Ende"),
    "is_standard": _("Standardaktivität"),
    "is_lead": _("Clustermanagement federführend"),
    "actor_type": _("Akteurstyp"),
    "parent": _("gehört zu"),
    "sizes": _("Größe"),
    "size_from": _("Größe seit"),
    "identifiers": _("Kennung in einem Verzeichnis"),
    "clusters": _("Cluster"),
    "own_cluster": _("Cluster des Akteurs"),
    "member_from": _("im Cluster seit"),
}


def label_of_field(name: str) -> str:
    """Return what a field is called: ``Partner: Sitz`` for one of those that tell of an organisation in each row."""
    if name.startswith(PARTNER):
        return _now("Partner: %(what)s") % {"what": _OF_ACTORS[name.removeprefix(PARTNER)]}
    return str(_ALL.get(name, name))
