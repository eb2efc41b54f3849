"""Imports: a file on its way in, what its rows become, what it wrote, and the layouts that people saved.

None of these are records: they have no history and no version. What an import writes are records, and those have both.
Accounts are bare numbers, as in every history: erasing one touches no import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from ewm.capture.base import text_given
from ewm.capture.imports.found import RecordKind
from ewm.capture.taxonomies.models import cluster_field

if TYPE_CHECKING:
    from django.db.models import Manager

LONGEST_NAME, LONGEST_LABEL, LONGEST_REASON, LONGEST_KEY = 200, 100, 150, 200
_KINDS = tuple(kind.value for kind in RecordKind)


class State(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("wird gelesen")
    MAPPING = "mapping", _("Spalten zuordnen")
    REVIEWING = "reviewing", _("Zeilen prüfen")
    APPLYING = "applying", _("wird übernommen")
    APPLIED = "applied", _("übernommen")
    TAKEN_BACK = "taken_back", _("zurückgenommen")
    DISCARDED = "discarded", _("verworfen")
    FAILED = "failed", _("nicht lesbar")
    CANCELLED = "cancelled", _("abgebrochen")


RUNNING = (State.READING, State.APPLYING)
"""A step is being done; nobody decides anything meanwhile."""


class Outcome(models.TextChoices):
    """What a record of the file becomes as things stand."""

    NEW = "new", _("neu")
    KNOWN = "known", _("bekannt")
    DECIDE = "decide", _("zu entscheiden")
    ERROR = "error", _("Fehler")
    LEFT_OUT = "left_out", _("ausgelassen")


class Result(models.TextChoices):
    """What became of a record of the file when the import was applied."""

    CREATED = "created", _("angelegt")
    CHANGED = "changed", _("ergänzt")
    SAME = "same", _("unverändert")
    NOT_TAKEN = "not_taken", _("nicht übernommen")


class Import(models.Model):
    """A file that somebody brought in.

    ``profile`` is the layout, ``columns`` says which column fills a field (``C, Beginn``), ``answers`` what ambiguous
    columns mean, ``corrections`` other texts for cells (row, number of the column, text). ``rows`` counts the rows
    below the header, ``done`` and ``total`` how far the step is that runs. ``basis`` tells the state of the records
    with which the rows were compared.
    """

    cluster = cluster_field("Cluster")
    account = models.BigIntegerField("Konto", null=True)
    file_name = models.CharField("Datei", max_length=LONGEST_NAME)
    sha256 = models.CharField("Prüfsumme", max_length=64)
    size = models.BigIntegerField("Größe in Byte")
    sheet = models.CharField("Blatt", max_length=LONGEST_NAME, default="")
    cells = models.PositiveIntegerField("Zellen", default=0)
    rows = models.PositiveIntegerField("Zeilen", default=0)
    profile = models.JSONField("Profil", null=True)
    profile_label = models.CharField("Name des Profils", max_length=LONGEST_NAME, default="")
    columns = models.JSONField("Spalten der Felder", default=dict)
    answers = models.JSONField("Antworten", default=dict)
    corrections = models.JSONField("Berichtigungen", default=list)
    state = models.CharField("Stand", max_length=10, choices=State.choices, default=State.READING)
    message = models.TextField("Meldung", default="")
    done = models.PositiveIntegerField("erledigt", default=0)
    total = models.PositiveIntegerField("zu erledigen", default=0)
    basis = models.JSONField("verglichener Stand", null=True)
    reason = models.CharField("Grund", max_length=LONGEST_REASON, default="")
    created_at = models.DateTimeField("begonnen")
    applied_at = models.DateTimeField("übernommen am", null=True)
    taken_back_at = models.DateTimeField("zurückgenommen am", null=True)

    if TYPE_CHECKING:
        id: int
        objects: Manager[Import]
        cluster_id: str

    class Meta:
        verbose_name = "Import"
        verbose_name_plural = "Importe"
        indexes = (Index(fields=("cluster", "created_at"), name="imports_of_a_cluster"),)
        constraints = (
            CheckConstraint(condition=Q(state__in=State.values), name="import_state_known"),
            CheckConstraint(condition=Q(size__gte=0), name="import_size_not_negative"),
            CheckConstraint(condition=Q(done__lte=F("total")), name="import_done_within_total"),
            CheckConstraint(condition=Q(Exact(Length("sha256"), 64)), name="import_checksum_whole"),
            CheckConstraint(
                condition=Q(state__in=(State.APPLIED, State.TAKEN_BACK), applied_at__isnull=False)
                | ~Q(state__in=(State.APPLIED, State.TAKEN_BACK)) & Q(applied_at__isnull=True),
                name="import_applied_when_it_was",
            ),
            CheckConstraint(
                condition=Q(state=State.TAKEN_BACK, taken_back_at__isnull=False)
                | ~Q(state=State.TAKEN_BACK) & Q(taken_back_at__isnull=True),
                name="import_taken_back_when_it_was",
            ),
            text_given("file_name", "import_file_name_given", LONGEST_NAME),
        )

    def __str__(self) -> str:
        return self.file_name


class ImportItem(models.Model):
    """One record of the file: what was found, what it is matched to, what somebody decided, what became of it.

    ``rows`` are rows of the file, ``found`` a ``Found``. ``match``: ``{"record": {code, name, score, why, id,
    version} | null, "candidates": […], "partners": [{name, code | null, score, why, candidates}], "differences":
    [{field, stored, found}], "reason": parts of ``reason`` for other languages}``. ``decision``: ``{"record": "new" |
    "skip" | CODE, "partners": {"0": "new" | CODE}, "take": [field]}``. ``takes``: fields of a known record are taken
    over. ``problems`` are those that the rules found, beyond those of ``found``; ``reason`` says why it is not (yet)
    taken over.
    """

    imported = models.ForeignKey(Import, models.CASCADE, verbose_name="Import", related_name="items")
    position = models.PositiveIntegerField("Reihenfolge")
    first_row = models.PositiveIntegerField("Zeile")
    row_count = models.PositiveIntegerField("Anzahl der Zeilen")
    rows = models.JSONField("Zeilen")
    key = models.CharField("Schlüssel", max_length=LONGEST_KEY)
    found = models.JSONField("Inhalt")
    outcome = models.CharField("Ergebnis", max_length=10, choices=Outcome.choices)
    match = models.JSONField("Abgleich")
    decision = models.JSONField("Entscheidung", default=dict)
    problems = models.JSONField("Fehler", default=list)
    takes = models.BooleanField("ergänzt etwas", default=False)
    reason = models.TextField("Grund", default="")
    result = models.CharField("übernommen als", max_length=10, choices=Result.choices, default="")
    result_code = models.CharField("Kennung", max_length=40, null=True)

    if TYPE_CHECKING:
        id: int
        objects: Manager[ImportItem]
        imported_id: int

    class Meta:
        verbose_name = "Eintrag eines Imports"
        verbose_name_plural = "Einträge eines Imports"
        ordering: ClassVar[list[str]] = ["position"]
        indexes = (Index(fields=("imported", "outcome", "position"), name="import_items_by_outcome"),)
        constraints = (
            UniqueConstraint(fields=("imported", "position"), name="import_item_once"),
            CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_item_outcome_known"),
            CheckConstraint(
                condition=Q(result__in=(Result.CREATED, Result.CHANGED, Result.SAME), result_code__isnull=False)
                | Q(result__in=("", Result.NOT_TAKEN), result_code__isnull=True),
                name="import_item_result_has_code",
            ),
        )

    def __str__(self) -> str:
        return f"{self.imported}, Zeile {self.first_row}"

    @property
    def title(self) -> str:
        """What the record is called in the file."""
        values: dict[str, Any] = self.found["values"]
        return str(values.get("title") or values.get("name") or "")


class ImportedRecord(models.Model):
    """A record that an import created or changed; ``row`` is its id, ``version`` the one after that."""

    imported = models.ForeignKey(Import, models.CASCADE, verbose_name="Import", related_name="records")
    kind = models.CharField("Art", max_length=10)
    row = models.BigIntegerField("Nummer der Zeile")
    code = models.CharField("Kennung", max_length=40)
    created = models.BooleanField("angelegt")
    version = models.PositiveIntegerField("Fassung danach")

    if TYPE_CHECKING:
        id: int
        objects: Manager[ImportedRecord]
        imported_id: int

    class Meta:
        verbose_name = "geschriebener Eintrag eines Imports"
        verbose_name_plural = "geschriebene Einträge der Importe"
        indexes = (Index(fields=("kind", "row"), name="imports_of_a_record"),)
        constraints = (
            UniqueConstraint(fields=("imported", "kind", "row"), name="imported_record_once"),
            CheckConstraint(condition=Q(kind__in=_KINDS), name="imported_record_kind_known"),
            text_given("code", "imported_record_code_given", 40),
        )

    def __str__(self) -> str:
        return self.code


class ImportedKey(models.Model):
    """Under which key of which source a record came in, so that the source's next file finds it, whatever it says.

    ``said`` are the values that the file gave: what it says again is no news, even where somebody changed the record.
    """

    imported = models.ForeignKey(Import, models.CASCADE, verbose_name="Import", related_name="keys")
    kind = models.CharField("Art", max_length=10)
    source = models.CharField("Quelle", max_length=LONGEST_LABEL)
    key = models.CharField("Schlüssel", max_length=LONGEST_KEY)
    code = models.CharField("Kennung", max_length=40)
    said = models.JSONField("Angaben", default=dict)

    if TYPE_CHECKING:
        id: int
        objects: Manager[ImportedKey]
        imported_id: int

    class Meta:
        verbose_name = "Schlüssel einer Quelle"
        verbose_name_plural = "Schlüssel der Quellen"
        indexes = (
            Index(fields=("source", "kind", "key"), name="records_of_a_source"),
            Index(fields=("kind", "code"), name="keys_of_a_record"),
        )
        constraints = (
            UniqueConstraint(fields=("imported", "kind", "source", "key"), name="imported_key_once"),
            CheckConstraint(condition=Q(kind__in=_KINDS), name="imported_key_kind_known"),
            text_given("key", "imported_key_given", LONGEST_KEY),
            text_given("source", "imported_key_source_given", LONGEST_LABEL),
            text_given("code", "imported_key_code_given", 40),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class ImportProfile(models.Model):
    """A layout that somebody saved: which column fills which field (``profiles.profile_as_json``)."""

    name = models.CharField("Name", max_length=LONGEST_LABEL)
    account = models.BigIntegerField("Konto", null=True)
    profile = models.JSONField("Profil")
    saved_at = models.DateTimeField("gespeichert")

    if TYPE_CHECKING:
        id: int
        objects: Manager[ImportProfile]

    class Meta:
        verbose_name = "gespeichertes Profil"
        verbose_name_plural = "gespeicherte Profile"
        ordering: ClassVar[list[str]] = ["name"]
        constraints = (
            UniqueConstraint(fields=("name",), name="import_profile_name_once"),
            text_given("name", "import_profile_name_given", LONGEST_LABEL),
        )

    def __str__(self) -> str:
        return self.name
