"""Every field that a column may fill, by kind of record.

Most carry the name of a field of the entry. The others say more than one field holds: ``number`` (the number under
which the source keeps the record), ``group`` (what rows of one record have in common), ``cofinancing`` (a share of the
volume that is funded), ``status`` (from the first day on), ``terms`` (assignments), ``seat`` (a place by name or key),
and the ``partner_…`` of one organisation in each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ewm.capture.imports.found import RecordKind


class ValueKind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    RATE = "rate"
    FLAG = "flag"
    TERM = "term"
    TERMS = "terms"
    PLACE = "place"
    COUNTRY = "country"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Field:
    """A field with the words that people see: label, hint in one sentence; ``taxonomy`` of its terms."""

    name: str
    label_de: str
    hint: str
    kind: ValueKind = ValueKind.TEXT
    needed: bool = False
    taxonomy: str = ""


_T, _D, _M, _F, _L = ValueKind.TEXT, ValueKind.DAY, ValueKind.MONEY, ValueKind.FLAG, ValueKind.TERM
_TITLE = Field("title", "Titel", "Wie das Vorhaben heißt, höchstens 300 Zeichen.", needed=True)
_CODE = Field("code", "Kennung", "Kennung eines Eintrags, den es hier schon gibt; sonst leer.")
_NUMBER = Field(
    "number", "Nummer der Quelle", "Unter dieser Nummer führt die Quelle den Eintrag; sie hilft beim Abgleich."
)
_DESCRIPTION = Field("description", "Kurzbeschreibung", "Worum es geht.")
_TERMS = Field("terms", "Zuordnungen", "Begriffe des Programms, durch Semikolon getrennt.", ValueKind.TERMS)
_CLUSTER = Field(
    "cluster", "Heimatcluster", "Wenn die Datei es nennt; sonst gilt das Cluster des Imports.", _L, taxonomy="cluster"
)
_EXAMPLE = Field("example", "erfunden", "Ja für erfundene Beispiele.", _F)


def _seat(start: str, whose: str) -> tuple[Field, ...]:
    return (
        Field(f"{start}country", f"Staat {whose}", "Name oder Kürzel des Staats.", ValueKind.COUNTRY),
        Field(f"{start}land", f"Land {whose}", "Name oder Schlüssel des Landes.", _L, taxonomy="land"),
        Field(
            f"{start}district", f"Kreis {whose}", "Name, AGS oder NUTS-Schlüssel des Kreises.", _L, taxonomy="district"
        ),
        Field(
            f"{start}seat",
            f"Sitz {whose}",
            "Ort, AGS oder NUTS-Schlüssel; Kreis und Land folgen daraus.",
            ValueKind.PLACE,
        ),
        Field(f"{start}municipality", f"Gemeinde {whose}", "Name der Gemeinde, wie er dasteht."),
    )


def _organisation(start: str, whose: str) -> tuple[Field, ...]:
    return (
        Field(f"{start}type", f"Typ {whose}", "Akteurstyp des Programms.", _L, taxonomy="actor_type"),
        *_seat(start, whose),
        Field(f"{start}size_class", f"Größe {whose}", "Größenklasse eines Unternehmens.", _L, taxonomy="size_class"),
        Field(
            f"{start}identifier", f"Kennung {whose} in einem Verzeichnis", "Etwa LEI oder USt-ID.", ValueKind.IDENTIFIER
        ),
    )


_PARTNER = (
    Field("partner_name", "Partner", "Name der Organisation, die beteiligt ist."),
    Field("partner_above", "Träger des Partners", "Beginnt der Name des Partners mit ihm, gilt der Träger selbst."),
    Field("partner_code", "Kennung des Partners", "Kennung eines Akteurs, den es hier schon gibt."),
    Field("partner_role", "Rolle des Partners", "Rolle des Programms, etwa federführend.", _L, taxonomy="role"),
    *_organisation("partner_", "des Partners"),
)
_PROJECTS = (
    _CODE,
    _NUMBER,
    Field("group", "Verbund", "Zeilen mit demselben Text sind ein Verbundprojekt mit mehreren Partnern."),
    _TITLE,
    _DESCRIPTION,
    _CLUSTER,
    Field("support_start", "Beginn der Begleitung", "Tag, an dem die Begleitung beginnt.", _D, needed=True),
    Field("support_end", "Ende der Begleitung", "Letzter Tag der Begleitung.", _D),
    Field("official_start", "offizieller Beginn", "Erster Tag der Laufzeit.", _D),
    Field("official_end", "offizielles Ende", "Letzter Tag der Laufzeit.", _D),
    Field("is_rdi", "FuEuI-Projekt", "Ja bei Forschung, Entwicklung oder Innovation.", _F, needed=True),
    Field("project_volume", "Projektvolumen", "Gesamte Kosten in Euro.", _M),
    Field("project_volume_regional", "Projektvolumen der Region", "Davon für Partner der Region, in Euro.", _M),
    Field("project_volume_estimated", "Projektvolumen geschätzt", "Ja bei Schätzungen.", _F),
    Field("funding_volume", "Fördervolumen", "Öffentliche Förderung in Euro.", _M),
    Field("funding_volume_regional", "Fördervolumen der Region", "Davon für Partner der Region, in Euro.", _M),
    Field("funding_volume_estimated", "Fördervolumen geschätzt", "Ja bei Schätzungen.", _F),
    Field(
        "cofinancing", "Fördersatz", "Anteil der Förderung am Volumen; daraus folgt das Fördervolumen.", ValueKind.RATE
    ),
    Field(
        "funding_state",
        "Stand der Förderung",
        "Gesichert, angestrebt oder keine.",
        _L,
        needed=True,
        taxonomy="funding_state",
    ),
    Field("granting_body", "wer bewilligt", "EU, Bund oder Land.", _L, taxonomy="funding_body"),
    Field("funds_origin", "woher die Mittel stammen", "EU, Bund oder Land.", _L, taxonomy="funding_body"),
    Field("programme", "Förderprogramm", "Förderprogramm aus den Begriffen.", _L, taxonomy="funding_programme"),
    Field("status", "Status", "Status des Projekts; ohne ihn folgt er aus den Tagen.", _L, taxonomy="status"),
    Field("status_from", "Status seit", "Tag, seit dem der Status gilt.", _D),
    _TERMS,
    _EXAMPLE,
    *_PARTNER,
)
_ACTIVITIES = (
    _CODE,
    _NUMBER,
    Field("group", "gehört zusammen", "Zeilen mit demselben Text sind eine Aktivität mit mehreren Beteiligten."),
    _TITLE,
    _DESCRIPTION,
    _CLUSTER,
    Field("activity_kind", "Art", "Art der Aktivität.", _L, needed=True, taxonomy="activity_kind"),
    Field("activity_format", "Format", "Präsenz, digital oder beides.", _L, taxonomy="activity_format"),
    Field("activity_start", "Beginn", "Erster Tag.", _D, needed=True),
    Field("activity_end", "Ende", "Letzter Tag.", _D),
    Field("is_standard", "Standardaktivität", "Ja bei dem, was regelmäßig stattfindet.", _F),
    Field("is_lead", "federführend", "Ja, wenn das Clustermanagement federführend ist.", _F),
    _TERMS,
    _EXAMPLE,
    *_PARTNER,
)
_ACTORS = (
    _CODE,
    _NUMBER,
    Field("name", "Name", "Name der Organisation.", needed=True),
    Field("actor_type", "Typ", "Akteurstyp des Programms.", _L, needed=True, taxonomy="actor_type"),
    Field("parent", "gehört zu", "Kennung der übergeordneten Einrichtung."),
    *_seat("", "der Organisation"),
    Field("size_class", "Größe", "Größenklasse eines Unternehmens.", _L, taxonomy="size_class"),
    Field("size_from", "Größe seit", "Tag, seit dem die Größe gilt.", _D),
    Field("identifier", "Kennung in einem Verzeichnis", "Etwa LEI oder USt-ID.", ValueKind.IDENTIFIER),
    Field("own_cluster", "Cluster des Akteurs", "Dem die Organisation selbst angehört.", _L, taxonomy="cluster"),
    Field("member_from", "im Cluster seit", "Erster Tag der Zugehörigkeit.", _D),
    _EXAMPLE,
)

FIELDS: dict[RecordKind, dict[str, Field]] = {
    kind: {each.name: each for each in fields}
    for kind, fields in (
        (RecordKind.PROJECTS, _PROJECTS),
        (RecordKind.ACTIVITIES, _ACTIVITIES),
        (RecordKind.ACTORS, _ACTORS),
    )
}
