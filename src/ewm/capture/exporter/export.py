"""Export: check everything, read one state of the database, hand it to the writer of snapshots."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from ewm.capture.actors.models import Actor
from ewm.capture.base import rows, standing
from ewm.capture.editorial.pictures import content_of
from ewm.capture.exporter.recheck import violations
from ewm.capture.exporter.resolving import FORMER, former_values, last_values
from ewm.capture.exporter.sources import SIZE, SOURCES, STATUS, Source
from ewm.capture.refusing import Rule, german_day_of, refuse_all
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.taxonomies.services import refuse_other_programme
from ewm.snapshot.arrow import arrow_schema
from ewm.snapshot.schema import TABLES
from ewm.snapshot.writer import write_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from django.db.models import QuerySet

    from ewm.programme import Programme
    from ewm.snapshot.manifest import SnapshotInfo

    Progress = Callable[[str, int, int], None]

AS_OF_IN_FUTURE = Rule("as_of_in_future", "as_of", "Der Kenntnisstand liegt in der Zukunft")

_BATCH = 50_000
_CLUSTER = ("cluster_id", "label_de", "label_en", "kind_id", "position", "valid_from", "valid_to")


def snapshot_export(
    *,
    folder: Path,
    cut_off: date,
    as_of: datetime | None = None,
    exported_at: datetime | None = None,
    programme: Programme,
    methodology_hash: str,
    progress: Progress | None = None,
) -> SnapshotInfo:
    """Write a snapshot of all records into ``folder``, the home of the snapshots.

    ``as_of`` (with time zone, taken in whole seconds as the manifest has it; None: now) is the state of knowledge, read
    from history; clusters and terms are always those of the programme, whose version the manifest names. What begins
    after the cut-off is left out and counted.

    Raises RefusedError where a record breaks a rule, MissingError where the programme has not been loaded.
    """
    now = exported_at or timezone.now()
    if as_of is not None:
        as_of = as_of.replace(microsecond=0)
        if as_of > now:
            refuse_all([AS_OF_IN_FUTURE.refuse("Datenstand", german_day_of(as_of))])
    with transaction.atomic():
        read_one_state()
        refuse_other_programme(programme)
        _tell(progress, "Regeln werden geprüft", 0)
        refuse_all(violations(as_of))
        _tell(progress, "Tabellen werden geschrieben", 1)
        export = Export(cut_off, as_of)
        years = tuple(year for year in programme.reporting_years if year <= cut_off.year)
        info = write_snapshot(
            folder=folder,
            cut_off=cut_off,
            as_of=as_of,
            exported_at=now,
            programme_id=programme.id,
            programme_version=programme.version,
            programme_hash=programme.content_hash,
            methodology_hash=methodology_hash,
            reporting_years=years,
            left_out=export.left_out(),
            tables=export.tables(years),
            pictures=content_of,
        )
        _tell(progress, "Datenstand ist geschrieben", 2)
    return info


def _tell(progress: Progress | None, what: str, done: int) -> None:
    if progress:
        progress(what, done, 2)


def read_one_state() -> None:
    """Let all queries of the transaction see one state; SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


class Export:
    """All tables at one cut-off, as known at one moment."""

    def __init__(self, cut_off: date, as_of: datetime | None) -> None:
        self._cut_off, self._as_of = cut_off, as_of
        self._kept = {name: self._ids(name) for name in ("projects", "activities")}
        self._kept["success_stories"] = self._stories()
        if rows(Actor, as_of).exclude(merged_into=None).exists():
            self._kept["actors"] = set(rows(Actor, as_of).filter(merged_into=None).values_list("id", flat=True))

    def _ids(self, table: str) -> set[int]:
        return set(self._in_time(SOURCES[table]).values_list("id", flat=True))

    def _stories(self) -> set[int]:
        """Stories of the years up to the cut-off, without those of records that begin after it."""
        found = self._in_time(SOURCES["success_stories"]).values_list("id", "project_id", "activity_id")
        projects, activities = self._kept["projects"] | {None}, self._kept["activities"] | {None}
        return {pk for pk, project, activity in found if project in projects and activity in activities}

    def _in_time(self, source: Source) -> QuerySet[Any]:
        found = standing(rows(source.model, self._as_of))
        if source.until is None:
            return found
        limit = self._cut_off.year if source.until == "reporting_year" else self._cut_off
        return found.filter(**{f"{source.until}__lte": limit})

    def left_out(self) -> dict[str, int]:
        """Rows that the cut-off leaves out by their own day or year, by table; tables with none are not listed."""
        counts = {
            name: standing(rows(source.model, self._as_of)).count()
            - (len(self._kept[name]) if name in self._kept else self._in_time(source).count())
            for name, source in SOURCES.items()
            if source.until
        }
        return {name: count for name, count in counts.items() if count}

    def tables(self, years: Iterable[int]) -> dict[str, Iterator[pa.RecordBatch]]:
        """Record batches of every table."""
        found: dict[str, Iterable[tuple[Any, ...]]] = {
            "years": [(year, date(year, 1, 1), date(year, 12, 31)) for year in years],
            "clusters": Cluster.objects.values_list(*_CLUSTER),
            "terms": Term.objects.values_list(*Term.FIELDS),
        }
        found |= {name: self._rows(name, source) for name, source in SOURCES.items()}
        return {name: _batches(name, found[name]) for name in TABLES}

    def _rows(self, name: str, source: Source) -> Iterator[tuple[Any, ...]]:
        resolved = [each for each in source.attributes if each in (SIZE, STATUS)]
        plain = [each for each in source.attributes if each not in resolved]
        found = self._in_time(source).order_by(*_order(plain)).values_list(*plain).iterator(chunk_size=_BATCH)
        attribute, owners = source.belongs or ("id", name)
        if owners in self._kept:
            kept, at = self._kept[owners], plain.index(attribute)
            found = (row for row in found if row[at] in kept)
        for column in resolved:
            found = _with(found, source.attributes.index(column), last_values(column, self._cut_off, self._as_of))
        for column in FORMER if name == "actors" else ():
            values = former_values(column, self._cut_off, self._as_of)
            found = _instead(found, source.attributes.index(column), values) if values else found
        return iter(found)


def _order(attributes: list[str]) -> tuple[str, ...]:
    return ("id",) if attributes[0] == "id" else tuple(attributes[:2])


def _with(found: Iterable[tuple[Any, ...]], at: int, values: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """Put a value that hangs on the row's id at a position."""
    return ((*row[:at], values.get(row[0]), *row[at:]) for row in found)


def _instead(found: Iterable[tuple[Any, ...]], at: int, values: Mapping[int, Any]) -> Iterator[tuple[Any, ...]]:
    """Put a value that held at the cut-off in the place of today's, where there is one."""
    return ((*row[:at], values.get(row[0], row[at]), *row[at + 1 :]) for row in found)


def _batches(name: str, found: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    schema = arrow_schema(TABLES[name])
    chunk: list[tuple[Any, ...]] = []
    for row in found:
        chunk.append(row)
        if len(chunk) == _BATCH:
            yield _batch(schema, chunk)
            chunk = []
    if chunk:
        yield _batch(schema, chunk)


def _batch(schema: pa.Schema, chunk: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = zip(*chunk, strict=True)
    return pa.record_batch(
        [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )
