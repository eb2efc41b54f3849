"""The contract of a snapshot: its tables, their columns and their keys.

Capture exports these tables, indicators read them; neither knows more of the other.
Types are the few that DuckDB, Spark and Parquet agree on: ``int64`` (record ids, counts,
money in cents), ``int32`` (years, positions), ``text``, ``date`` and ``bool``.
A column that points to a term of the programme names its taxonomy, so that the literals in
a methodology sheet can be checked without a snapshot.

No table holds contact data of persons: there is no column for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 1

ColumnType = Literal["int64", "int32", "text", "date", "bool"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type, a German description, whether it may be empty, and where its values come from.

    ``taxonomy`` names the taxonomy of a term, ``references`` the table whose key the column holds, ``unit`` the
    unit of a sum ("cents").
    """

    name: str
    type: ColumnType
    description: str
    nullable: bool = False
    taxonomy: str | None = None
    unit: str | None = None
    references: str | None = None

    @property
    def target(self) -> str | None:
        """Name of the table in which every value of this column must stand; clusters have a table of their own."""
        if self.taxonomy:
            return "clusters" if self.taxonomy == "cluster" else "terms"
        return self.references


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key (unique, enforced by the writer), its columns in file order and a German description.

    A table that came ``later`` has a file only where it has rows: snapshots from before it stay readable, and the same
    data give the same bytes as then.
    """

    name: str
    key: tuple[str, ...]
    description: str
    columns: tuple[Column, ...]
    later: bool = False

    def column(self, name: str) -> Column:
        """Return the column of this name; raises ``KeyError`` where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _id(name: str, description: str) -> Column:
    return Column(name, "int64", description)


def _ref(name: str, description: str, table: str, *, nullable: bool = False) -> Column:
    return Column(name, "int64", description, nullable=nullable, references=table)


def _term(name: str, description: str, *, nullable: bool = False) -> Column:
    return Column(name, "text", description, nullable=nullable, references="terms")


def _cents(name: str, description: str) -> Column:
    return Column(name, "int64", f"{description}, in Cent", nullable=True, unit="cents")


_CODE = Column("code", "text", "Kennung des Eintrags, wie Menschen sie lesen")
_EXAMPLE = Column("example", "bool", "erfundener Eintrag eines Beispielbestands")
_HOME = Column("cluster_id", "text", "Heimatcluster", taxonomy="cluster")

YEARS = Table(
    "years",
    ("reporting_year",),
    "Berichtsjahre, für die eine Methodik vorliegt, bis zum Jahr des Stichtags",
    (
        Column("reporting_year", "int32", "Berichtsjahr"),
        Column("year_start", "date", "erster Tag des Berichtsjahrs"),
        Column("year_end", "date", "letzter Tag des Berichtsjahrs"),
    ),
)

CLUSTERS = Table(
    "clusters",
    ("cluster_id",),
    "Cluster und Teilthemen; kind 'outside' steht für Branchen außerhalb der Clusterstruktur",
    (
        Column("cluster_id", "text", "Cluster oder Teilthema", taxonomy="cluster"),
        Column("label_de", "text", "Bezeichnung, deutsch"),
        Column("label_en", "text", "Bezeichnung, englisch"),
        Column("kind", "text", "Art: joint, regional, sub_topic oder outside", taxonomy="cluster_kind"),
        Column("position", "int32", "Reihenfolge"),
        Column("valid_from", "date", "gilt ab", nullable=True),
        Column("valid_to", "date", "gilt bis einschließlich", nullable=True),
    ),
)

TERMS = Table(
    "terms",
    ("term_id",),
    "Begriffe aller Taxonomien des Programms",
    (
        Column("term_id", "text", "Begriff; eindeutig im ganzen Programm"),
        Column("taxonomy", "text", "Taxonomie, zu der der Begriff gehört"),
        Column("label_de", "text", "Bezeichnung, deutsch"),
        Column("label_en", "text", "Bezeichnung, englisch"),
        _term("parent_id", "übergeordneter Begriff", nullable=True),
        _term("scheme_id", "Strategie oder Masterplan, in dem der Begriff steht", nullable=True),
        Column("cluster_id", "text", "Cluster, für das der Begriff gilt", nullable=True, taxonomy="cluster"),
        _term("series_id", "erster Begriff der Reihe, die dieser fortsetzt; sonst er selbst"),
        Column("code", "text", "amtlicher Schlüssel, etwa NUTS-3", nullable=True),
        Column("position", "int32", "Reihenfolge innerhalb der Taxonomie"),
        Column("valid_from", "date", "gilt ab", nullable=True),
        Column("valid_to", "date", "gilt bis einschließlich", nullable=True),
        Column("example", "bool", "Beispielbegriff, nicht aus einer Quelle"),
        Column("source", "text", "Quelle", nullable=True),
    ),
)

ACTORS = Table(
    "actors",
    ("actor_id",),
    "Akteure mit Sitz und Größe zum Stichtag",
    (
        _id("actor_id", "Akteur"),
        _CODE,
        Column("name", "text", "Name der Organisation"),
        Column("actor_type", "text", "Akteurstyp", taxonomy="actor_type"),
        _ref("parent_id", "übergeordnete Einrichtung", "actors", nullable=True),
        Column("size_class", "text", "Größe zum Stichtag; nur Unternehmen", nullable=True, taxonomy="size_class"),
        Column("country", "text", "Staat des Sitzes, ISO 3166-1 alpha-2"),
        Column("land_id", "text", "Land des Sitzes, zweistelliger AGS", nullable=True, taxonomy="land"),
        Column(
            "district_id", "text", "Kreis des Sitzes, fünfstelliger AGS; nur Länder des Programms", nullable=True,
            taxonomy="district",
        ),
        Column("municipality", "text", "Gemeinde des Sitzes", nullable=True),
        _EXAMPLE,
    ),
)  # fmt: skip

ACTOR_CLUSTERS = Table(
    "actor_clusters",
    ("actor_id", "member_cluster_id", "member_from"),
    "Cluster, denen ein Akteur selbst angehört, mit Zeitraum",
    (
        _ref("actor_id", "Akteur", "actors"),
        Column("member_cluster_id", "text", "Cluster des Akteurs", taxonomy="cluster"),
        Column("member_from", "date", "Mitglied ab"),
        Column("member_to", "date", "Mitglied bis einschließlich", nullable=True),
    ),
)

ACTOR_IDENTIFIERS = Table(
    "actor_identifiers",
    ("actor_id", "scheme", "identifier"),
    "Kennungen der Organisation in anderen Verzeichnissen",
    (
        _ref("actor_id", "Akteur", "actors"),
        Column("scheme", "text", "Verzeichnis: ror, lei, register", taxonomy="identifier_scheme"),
        Column("identifier", "text", "Kennung"),
    ),
)

PROJECTS = Table(
    "projects",
    ("project_id",),
    "Projekte, deren Begleitung bis zum Stichtag begonnen hat",
    (
        _id("project_id", "Projekt"),
        _CODE,
        _HOME,
        Column("title", "text", "Titel"),
        Column("support_start", "date", "Beginn der Begleitung durch das Clustermanagement"),
        Column("support_end", "date", "Ende der Begleitung", nullable=True),
        Column("official_start", "date", "offizieller Projektstart", nullable=True),
        Column("official_end", "date", "offizielles Projektende", nullable=True),
        Column("status_at_cut_off", "text", "Status am Stichtag", taxonomy="status"),
        Column("is_rdi", "bool", "Forschungs-, Entwicklungs- oder Innovationsprojekt"),
        _cents("project_volume", "Projektvolumen"),
        _cents("project_volume_regional", "Projektvolumen für Beteiligte aus der Region des Programms"),
        Column("project_volume_estimated", "bool", "Projektvolumen ist geschätzt"),
        _cents("funding_volume", "Fördervolumen, gesichert oder angestrebt"),
        _cents("funding_volume_regional", "Fördervolumen für Beteiligte aus der Region des Programms"),
        Column("funding_volume_estimated", "bool", "Fördervolumen ist geschätzt"),
        Column("funding_state", "text", "öffentliche Förderung", taxonomy="funding_state"),
        _EXAMPLE,
    ),
)

PROJECT_STATUS_EVENTS = Table(
    "project_status_events",
    ("project_id", "status_from"),
    "datierte Statuswechsel bis zum Stichtag",
    (
        _ref("project_id", "Projekt", "projects"),
        Column("status_from", "date", "Status ab diesem Tag"),
        Column("status", "text", "Status", taxonomy="status"),
    ),
)

PROJECT_FUNDING = Table(
    "project_funding",
    ("funding_id",),
    "Förderungen eines Projekts",
    (
        _id("funding_id", "Förderung"),
        _ref("project_id", "Projekt", "projects"),
        Column("granting_body", "text", "wer bewilligt", taxonomy="funding_body"),
        Column("funds_origin", "text", "woher die Mittel stammen", taxonomy="funding_body"),
        Column("programme_id", "text", "Förderprogramm", nullable=True, taxonomy="funding_programme"),
        Column("amount", "int64", "Betrag, gesichert oder angestrebt, in Cent", unit="cents"),
    ),
)

PROJECT_SUPPORTING_CLUSTERS = Table(
    "project_supporting_clusters",
    ("project_id", "supporting_cluster_id", "supporting_from"),
    "weitere Cluster, die ein Projekt begleiten",
    (
        _ref("project_id", "Projekt", "projects"),
        Column("supporting_cluster_id", "text", "begleitendes Cluster", taxonomy="cluster"),
        Column("supporting_from", "date", "begleitet ab"),
        Column("supporting_to", "date", "begleitet bis einschließlich", nullable=True),
    ),
)

PROJECT_PARTICIPATIONS = Table(
    "project_participations",
    ("project_id", "actor_id"),
    "Beteiligungen von Akteuren an Projekten",
    (
        _ref("project_id", "Projekt", "projects"),
        _ref("actor_id", "Akteur", "actors"),
        Column("role", "text", "Rolle", taxonomy="role"),
    ),
)

PROJECT_ASSIGNMENTS = Table(
    "project_assignments",
    ("project_id", "term_id"),
    "Zuordnungen von Projekten zu Begriffen (Leitlinien, Schwerpunkt-Themen, Handlungsfelder)",
    (
        _ref("project_id", "Projekt", "projects"),
        _term("term_id", "Begriff"),
        Column("is_main", "bool", "Hauptzuordnung innerhalb der Taxonomie"),
    ),
)

ACTIVITIES = Table(
    "activities",
    ("activity_id",),
    "Sonstige Aktivitäten, die bis zum Stichtag begonnen haben",
    (
        _id("activity_id", "Sonstige Aktivität"),
        _CODE,
        _HOME,
        Column("title", "text", "Titel"),
        Column("activity_kind", "text", "Art", taxonomy="activity_kind"),
        Column("activity_format", "text", "Format", nullable=True, taxonomy="activity_format"),
        Column("activity_start", "date", "Beginn"),
        Column("activity_end", "date", "Ende", nullable=True),
        Column("is_standard", "bool", "Standardaktivität (regelmäßig, zählt nicht)"),
        Column("is_lead", "bool", "Clustermanagement federführend"),
        _EXAMPLE,
    ),
)

ACTIVITY_PARTICIPATIONS = Table(
    "activity_participations",
    ("activity_id", "actor_id"),
    "Beteiligungen von Akteuren an Sonstigen Aktivitäten",
    (
        _ref("activity_id", "Sonstige Aktivität", "activities"),
        _ref("actor_id", "Akteur", "actors"),
        Column("role", "text", "Rolle", taxonomy="role"),
    ),
)

ACTIVITY_ASSIGNMENTS = Table(
    "activity_assignments",
    ("activity_id", "term_id"),
    "Zuordnungen Sonstiger Aktivitäten zu Begriffen",
    (
        _ref("activity_id", "Sonstige Aktivität", "activities"),
        _term("term_id", "Begriff"),
        Column("is_main", "bool", "Hauptzuordnung innerhalb der Taxonomie"),
    ),
)

SUCCESS_STORIES = Table(
    "success_stories",
    ("story_id",),
    "Erfolgsbeispiele einer Ausgabe",
    (
        _id("story_id", "Erfolgsbeispiel"),
        _CODE,
        _HOME,
        Column("reporting_year", "int32", "Berichtsjahr"),
        Column("position", "int32", "Reihenfolge"),
        Column("title", "text", "Titel"),
        Column("body", "text", "Text, Markdown"),
        _ref("project_id", "Projekt, von dem erzählt wird", "projects", nullable=True),
        _ref("activity_id", "Aktivität, von der erzählt wird", "activities", nullable=True),
        _EXAMPLE,
    ),
)

STORY_ASSIGNMENTS = Table(
    "story_assignments",
    ("story_id", "term_id"),
    "Zuordnungen der Erfolgsbeispiele zu Begriffen",
    (
        _ref("story_id", "Erfolgsbeispiel", "success_stories"),
        _term("term_id", "Begriff"),
    ),
)

STORY_PICTURES = Table(
    "story_pictures",
    ("story_id",),
    "Bilder der Erfolgsbeispiele, je höchstens eines; ihre Dateien (picture-….png oder .jpg) liegen neben den Tabellen",
    (
        _ref("story_id", "Erfolgsbeispiel", "success_stories"),
        Column("picture", "text", "SHA-256 des Bildes, zugleich Name seiner Datei"),
        Column("media_type", "text", "Art des Bildes: image/png oder image/jpeg"),
        Column("file_name", "text", "Name der Datei, aus der das Bild stammt"),
        Column("alt_de", "text", "Alternativtext: was zu sehen ist, deutsch"),
        Column("alt_en", "text", "Alternativtext, englisch", nullable=True),
        Column("credit", "text", "Bildnachweis, wie er gedruckt wird"),
    ),
    later=True,
)

MACRO_VALUES = Table(
    "macro_values",
    ("macro_value_id",),
    "veröffentlichte makroökonomische Werte eines Clusters",
    (
        _id("macro_value_id", "Wert"),
        _HOME,
        Column("delimitation", "text", "Abgrenzung: Kern oder Gesamtcluster", taxonomy="delimitation"),
        Column("measure", "text", "Größe", taxonomy="macro_measure"),
        Column("reporting_year", "int32", "Berichtsjahr, in dem der Wert veröffentlicht ist"),
        Column("period_from", "int32", "erstes Jahr einer Entwicklung", nullable=True),
        Column("period", "int32", "Jahr des Werts, bei einer Entwicklung das letzte"),
        Column("value", "int64", "Wert in der Einheit"),
        Column("unit", "text", "Einheit: count, cents oder permille", taxonomy="unit"),
        Column("source", "text", "Quelle"),
        Column("note", "text", "Anmerkung", nullable=True),
    ),
)

EDITION_TEXTS = Table(
    "edition_texts",
    ("edition_text_id",),
    "eigene Texte einer Ausgabe",
    (
        _id("edition_text_id", "Text"),
        _HOME,
        Column("reporting_year", "int32", "Berichtsjahr"),
        Column("chapter", "text", "Kapitel"),
        Column("language", "text", "Sprache, ISO 639-1"),
        Column("position", "int32", "Reihenfolge"),
        Column("body", "text", "Text, Markdown"),
        _EXAMPLE,
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        YEARS, CLUSTERS, TERMS, ACTORS, ACTOR_CLUSTERS, ACTOR_IDENTIFIERS, PROJECTS, PROJECT_STATUS_EVENTS,
        PROJECT_FUNDING, PROJECT_SUPPORTING_CLUSTERS, PROJECT_PARTICIPATIONS, PROJECT_ASSIGNMENTS, ACTIVITIES,
        ACTIVITY_PARTICIPATIONS, ACTIVITY_ASSIGNMENTS, SUCCESS_STORIES, STORY_ASSIGNMENTS, STORY_PICTURES,
        MACRO_VALUES, EDITION_TEXTS,
    )
}  # fmt: skip
