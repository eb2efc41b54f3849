"""Where a record and its fields are found on the site, and how kinds of records are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from ewm.capture.hints.doubled import MERGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.hints.values import Kind

PATHS: Mapping[Kind, str] = {"projects": "projekte", "activities": "aktivitaeten", "actors": "akteure"}
ONE: Mapping[Kind, Any] = {"projects": _("Projekt"), "activities": _("Sonstige Aktivität"), "actors": _("Akteur")}
MANY: Mapping[Kind, Any] = {"projects": _("Projekte"), "activities": _("Sonstige Aktivitäten"), "actors": _("Akteure")}
# Where a field of the records is not the form's field of the same name.
_ANCHORS = {
    "role": "akteure",
    "granting_body": "volumen",
    "is_main": "id_action_field",
    "term": "ausrichtung",
    "supporting_clusters": "ausrichtung",
    "record": "inhalt",
    "land": "id_seat",
    "size_class": "groesse",
    "clusters": "cluster",
    "identifiers": "kennungen",
}


def record_url(kind: Kind, code: str) -> str:
    """Return the address of a record's page."""
    return f"/{PATHS[kind]}/{quote(code, safe='')}/"


def field_url(kind: Kind, code: str, field: str) -> str:
    """Return the address at which a field of a record is changed."""
    if field.startswith(MERGE):
        return f"{record_url(kind, code)}zusammenfuehren/{quote(field.removeprefix(MERGE), safe='')}/"
    if (kind, field) == ("projects", "status"):
        return f"{record_url(kind, code)}status/"
    return f"{record_url(kind, code)}bearbeiten/#{_ANCHORS.get(field, f'id_{field}')}"


def hints_url(kind: Kind, code: str) -> str:
    """Return the address of the page with everything that is open at a record."""
    return f"/hinweise/{PATHS[kind]}/{quote(code, safe='')}/"
