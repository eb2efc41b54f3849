"""Write the workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.workbook.template import FORMS, VERSION, write_template
from ewm.capture.served import programme
from ewm.capture.taxonomies.models import Cluster
from ewm.errors import MissingError
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(JsonCommand):
    """Result: ``{"file", "cluster", "year", "version"}``."""

    help = "Schreibt die Arbeitsmappe zum Ausfüllen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, and whose terms."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--cluster", default="")
        parser.add_argument("--year", type=int)

    def handle(self, *_: Any, file: Path, cluster: str = "", year: int | None = None, **__: Any) -> str:
        """Write it; raises MissingError for a format, a folder or a cluster that there is not."""
        form = file.suffix.lower().removeprefix(".")
        if form not in FORMS or not file.parent.is_dir():
            raise MissingError(
                f"{file} lässt sich so nicht schreiben. Bitte einen Ordner nennen, den es gibt, und eine der Endungen "
                f"{', '.join(f'.{each}' for each in FORMS)}."
            )
        known = list(Cluster.objects.order_by("position").values_list("cluster_id", flat=True))
        if cluster and cluster not in known:
            raise MissingError(f"Das Cluster {cluster} gibt es nicht. Es gibt: {', '.join(known)}.")
        chosen = year or programme().reporting_years[-1]
        with file.open("wb") as stream:
            write_template(stream, cluster=cluster, year=chosen, form=form)
        return as_json(file=str(file), cluster=cluster or None, year=chosen, version=VERSION)
