"""The records as they are at this moment, as tables of the contract, without writing a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from ewm.capture.activities.models import Activity
from ewm.capture.actors.models import Actor, ActorSize
from ewm.capture.exporter.export import Export, read_one_state
from ewm.capture.exporter.sources import SOURCES
from ewm.capture.projects.models import Project, ProjectStatusEvent
from ewm.capture.taxonomies.models import Cluster, Term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pyarrow as pa

    from ewm.capture.base import Versioned

_FURTHER: tuple[type[Versioned], ...] = (ProjectStatusEvent, ActorSize, Cluster, Term)


def state_of_records() -> str:
    """Return a text that is another one after every write to a table of the snapshot; one query."""
    models = dict.fromkeys([*(source.model for source in SOURCES.values()), *_FURTHER])
    names = [connection.ops.quote_name(model.history.model._meta.db_table) for model in models]
    statement = " union all ".join(f"select {at}, max(history_id) from {name}" for at, name in enumerate(names))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return ",".join(str(last or 0) for _, last in sorted(cursor.fetchall()))


def size_of_records() -> int:
    """Return how many records there are, in one query."""
    counts = [model.objects.order_by().values("pk") for model in (Project, Activity, Actor)]
    first, *others = counts
    return int(first.union(*others, all=True).count())


def tables_now(*, cut_off: date, years: Iterable[int]) -> dict[str, list[pa.RecordBatch]]:
    """Return every table of the contract as a snapshot at this cut-off would hold it now; rules are not checked."""
    with transaction.atomic():
        read_one_state()
        found = Export(cut_off, None).tables(years)
        return {name: list(batches) for name, batches in found.items()}
