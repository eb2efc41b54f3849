"""List the imports, the last one first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from ewm.capture.imports.models import Import, State
from ewm.capture.imports.undoing import UNDO_DAYS
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(JsonCommand):
    """Result: ``{"imports": [{"import", "file", "cluster", "profile", "state", "label", "begun", "rows", …}]}``."""

    help = "Nennt die Importe, den letzten zuerst."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a cluster."""
        parser.add_argument("--cluster", default="")

    def handle(self, *_: Any, cluster: str = "", **__: Any) -> str:
        """Read and tell."""
        found = Import.objects.order_by("-pk").annotate(
            created=Count("records", filter=Q(records__created=True)),
            changed=Count("records", filter=Q(records__created=False)),
        )
        rows = found.filter(cluster__cluster_id=cluster) if cluster else found
        return as_json(imports=[_told(each) for each in rows])


def _told(imported: Any) -> dict[str, Any]:
    may = imported.state == State.APPLIED
    until = timezone.localdate(imported.applied_at) + timedelta(days=UNDO_DAYS) if may else None
    return {
        "import": imported.pk,
        "file": imported.file_name,
        "cluster": imported.cluster_id,
        "profile": imported.profile_label,
        "state": imported.state,
        "label": str(State(imported.state).label),
        "begun": timezone.localtime(imported.created_at).isoformat(timespec="minutes"),
        "rows": imported.rows,
        "created": imported.created,
        "updated": imported.changed,
        "undo_until": until.isoformat() if until else None,
    }
