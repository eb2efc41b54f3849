"""Writes a dataset in one of the formats, from one moment of the database, visible only when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.dataset.columns import heads_of, references_of
from ewm.capture.dataset.constraints import keys_of
from ewm.capture.dataset.reading import Reading
from ewm.capture.dataset.tables import RECORDS
from ewm.capture.exporter.export import AS_OF_IN_FUTURE
from ewm.capture.lists.export.book import Attached, Book, Sheet
from ewm.capture.lists.export.csv import write_csv_files
from ewm.capture.lists.export.facts import data_facts
from ewm.capture.lists.export.ods import write_ods
from ewm.capture.lists.export.package import write_package
from ewm.capture.lists.export.xlsx import write_xlsx
from ewm.capture.one_moment import one_moment
from ewm.capture.refusing import Rule, german_day_of, refuse_all
from ewm.capture.served import programme
from ewm.capture.taxonomies.models import Cluster
from ewm.errors import EwmError
from ewm.snapshot.home import PARTIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.dataset.scope import Scope
    from ewm.capture.dataset.tables import Table

    Tell = Callable[[str, int, int], None]

CLUSTER_UNKNOWN = Rule("cluster_known", "cluster", "Dieses Cluster gibt es nicht")


class Form(StrEnum):
    """The formats."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    DATAPACKAGE = "datapackage"


@dataclass(frozen=True, slots=True)
class Format:
    """What writes a format, its media type, the ending of its files, its name for people."""

    write: Callable[[Book, IO[bytes]], None]
    media_type: str
    ending: str
    label: str


FORMATS: Mapping[Form, Format] = {
    Form.XLSX: Format(
        write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel (XLSX)"
    ),
    Form.ODS: Format(write_ods, "application/vnd.oasis.opendocument.spreadsheet", "ods", "OpenDocument (ODS)"),
    Form.CSV: Format(write_csv_files, "application/zip", "zip", "CSV"),
    Form.DATAPACKAGE: Format(write_package, "application/zip", "zip", "Datenpaket"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """Rows by table, and the moment of the last change that is in them."""

    rows: Mapping[str, int]
    moment: datetime


def form_of(path: Path, named: str | None) -> Form:
    """Return the format that is named, else that of a file's ending; raises EwmError where neither tells."""
    if named is None and path.suffix in {".xlsx", ".ods"}:
        return Form(path.suffix[1:])
    if named not in list(Form):
        raise EwmError(
            f"Das Format {f'„{named}“ gibt es nicht' if named else f'von {path.name} ist nicht klar'}. "
            f"Möglich sind {', '.join(Form)}, anzugeben mit --format."
        )
    return Form(named)


def dataset_write(path: Path, form: Form, scope: Scope, tell: Tell | None = None) -> Written:
    """Write a dataset to a file, which appears under its name when it is whole and on disk, and replaces a former one.

    Raises RefusedError for an unknown cluster and a moment in the future, EwmError where the format cannot hold it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            written = dataset_into(file, form, scope, tell)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def dataset_into(file: IO[bytes], form: Form, scope: Scope, tell: Tell | None = None) -> Written:
    """Write a dataset into an open file: the same data give the same bytes. Raises as ``dataset_write``."""
    refuse_all(_wrong(scope))
    counted: Counter[str] = Counter()
    with one_moment():
        reading, moment = Reading(scope), _moment(scope)
        book = _book(reading, scope, moment, counted, tell or (lambda *_: None))
        FORMATS[form].write(book, file)
    return Written(dict(counted), moment)


def _wrong(scope: Scope) -> Iterator[Any]:
    if scope.as_of is not None and scope.as_of > timezone.now():
        yield AS_OF_IN_FUTURE.refuse("Datenausgabe", german_day_of(scope.as_of))
    known = set(Cluster.objects.values_list("cluster_id", flat=True))
    for cluster in sorted((scope.clusters or frozenset()) - known):
        yield CLUSTER_UNKNOWN.refuse("Datenausgabe", f"{cluster}; möglich sind {', '.join(sorted(known))}")


def _moment(scope: Scope) -> datetime:
    """Return when something of the tables was changed last; without any change the moment asked for, or the epoch."""
    found = []
    for table in RECORDS:
        history = table.model.history.all()
        if scope.as_of is not None:
            history = history.filter(history_date__lte=scope.as_of)
        found.append(history.aggregate(last=Max("history_date"))["last"])
    return max(filter(None, found), default=scope.as_of or datetime(2000, 1, 1, tzinfo=UTC))


def _book(reading: Reading, scope: Scope, moment: datetime, counted: Counter[str], tell: Tell) -> Book:
    tables = reading.tables()
    sheets = [
        Sheet(
            name=table.name,
            title=str(table.model._meta.verbose_name_plural),
            description=table.description,
            heads=heads_of(table),
            rows=_counted(reading, table, counted, partial(tell, table.name, done, len(tables))),
            unique=keys_of(table),
            references=list(references_of(table)),
        )
        for done, table in enumerate(tables)
    ]
    content = programme()
    return Book(
        name=f"{content.id}-{timezone.localtime(moment):%Y-%m-%d}",
        title=_("EWM: alle Einträge") if scope.clusters is None else _("EWM: Einträge von Clustern"),
        sheets=sheets,
        about=_about(scope, moment),
        moment=moment,
        facts=data_facts(),
        attached=lambda: (Attached(*each) for each in reading.pictures()),
    )


def _counted(
    reading: Reading, table: Table, counted: Counter[str], begun: Callable[[], None]
) -> Iterator[tuple[Any, ...]]:
    begun()
    counted[table.name] = 0
    for row in reading.rows(table):
        counted[table.name] += 1
        yield row


def _about(scope: Scope, moment: datetime) -> list[tuple[str, str]]:
    content = programme()
    clusters = _("alle")
    if scope.clusters is not None:
        named = Cluster.objects.filter(cluster_id__in=scope.clusters).order_by("position")
        clusters = ", ".join(named.values_list("label_de", flat=True))
    facts = data_facts()
    licence = next((each.get("title") or each.get("name", "") for each in facts.get("licenses", ())), "")
    publisher = next((each["title"] for each in facts.get("contributors", ())), "")
    known = (_("Kenntnisstand"), f"{timezone.localtime(scope.as_of):%d.%m.%Y, %H:%M}") if scope.as_of else None
    return [
        (_("Quelle"), f"EWM, {content.title.de}, {content.version}"),
        *([(_("Herausgeber"), publisher)] if publisher else []),
        (_("Lizenz"), licence or _("nicht angegeben")),
        (_("Cluster"), clusters),
        *([known] if known else []),
        (_("letzte Änderung"), f"{timezone.localtime(moment):%d.%m.%Y, %H:%M}"),
        (
            _("Verweise"),
            _("Verweise nennen die Kennung des Eintrags. Wörter für Begriffe stehen in der letzten Tabelle."),
        ),
        (_("Hinweis"), _("Ein Apostroph vor = + - @ schützt vor Formeln; er gehört nicht zum Text.")),
    ]
