"""The columns of the three sheets: fixed ones, and those that the programme's terms bring along.

Everything that belongs to a record stands in its row, so that sorting, filtering and filling down never tear it apart
(docs/decisions/0031): a column for each status takes the day, a column for each role takes the actors, and what comes
in rows of several values (funding, clusters) comes in numbered groups, of which somebody adds as many as needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.reading import whole
from ewm.capture.imports.workbook.columns import SEPARATOR, SINCE_START, Column, Holds
from ewm.capture.imports.workbook.words import CLUSTER, COUNTRY
from ewm.capture.projects.models import NO_FUNDING_BODY
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ewm.capture.imports.workbook.words import Words
    from ewm.capture.periods import Period

SHEETS = dict(zip((RecordKind.PROJECTS, RecordKind.ACTIVITIES, RecordKind.ACTORS), whole.SHEETS, strict=True))
READ_GROUPS = 9
"""Groups that are understood; the file offers fewer."""
_OFFERED = {"funding": 2, "assignments": 3, "supporting_clusters": 1, "clusters": 1}

_CODE = Column(
    "code",
    "Kennung",
    Holds.TEXT,
    "Leer bei neuen Einträgen; sonst die Kennung des Eintrags, der sich ändert.",
    width=15,
)
_DESCRIPTION = Column("description", "Beschreibung", Holds.TEXT, "Ein bis drei Sätze.", width=40)
_OTHERS = f"Mehrere mit „{SEPARATOR}“ trennen."


def columns_of(kind: RecordKind, words: Words, days: Period, *, groups: int = 0) -> tuple[Column, ...]:
    """Return the columns of a sheet; ``groups`` says how many of each numbered group, else as many as are offered."""
    made = {RecordKind.PROJECTS: _projects, RecordKind.ACTIVITIES: _activities, RecordKind.ACTORS: _actors}
    return tuple(made[kind](words, days, groups))


def _projects(words: Words, days: Period, groups: int) -> Iterator[Column]:
    yield _CODE
    yield _title("Das Projekt heißt in Listen und im Bericht so.")
    yield _DESCRIPTION
    yield _action_field(words, days, "Gilt am Beginn der Begleitung; für den Bericht zählt nur dieses.")
    yield Column(
        "is_rdi", "Forschung, Entwicklung oder Innovation", Holds.YES_NO, "ja oder nein.", needed=True, width=14
    )
    yield Column(
        "support_start", "Beginn", Holds.DAY,
        "Beginn Ihrer Begleitung, nicht der Förderung. In diesem Jahr zählt es als neu.", needed=True, width=13,
    )  # fmt: skip
    yield Column("support_end", "Ende", Holds.DAY, "Ende Ihrer Begleitung; leer, solange sie läuft.", width=13)
    for term in words.on_offer("status", days):
        yield Column(
            f"status_events:{term.term_id}", f"{words.word(term)} ab", Holds.DAYS,
            f"Tag, an dem dieser Status begann, oder {SINCE_START} = seit Beginn der Begleitung. "
            "Am Beginn der Begleitung steht immer ein Status.", width=15,
        )  # fmt: skip
    yield Column("official_start", "offizieller Beginn", Holds.DAY, "Laut Bescheid oder Vertrag.", width=13)
    yield Column("official_end", "offizielles Ende", Holds.DAY, "Nicht vor dem offiziellen Beginn.", width=13)
    yield from _volume("project_volume", "Projektvolumen", "Alle Kosten mit Eigenanteil.")
    yield Column(
        "funding_state", "öffentliche Förderung", Holds.WORD, "Angestrebt, solange kein Bescheid vorliegt.",
        needed=True, words="funding_state", width=22,
    )  # fmt: skip
    yield from _volume("funding_volume", "Fördervolumen", "Höchstens das Projektvolumen; leer, solange es offen ist.")
    for number in _numbers("funding", groups):
        yield from _funding(number)
    yield from _partners(words, days)
    yield from _assigned(groups)
    for number in _numbers("supporting_clusters", groups):
        yield from _group(
            f"supporting_clusters:{number}", number, label="Begleitendes Cluster",
            first=("supporting_from", "Begleitet ab"), last=("supporting_to", "Begleitet bis"),
            hint="Ein weiteres Cluster, das dieses Projekt begleitet.",
        )  # fmt: skip


def _activities(words: Words, days: Period, groups: int) -> Iterator[Column]:
    yield _CODE
    yield _title("Die Aktivität heißt in Listen und im Bericht so.")
    yield _DESCRIPTION
    yield Column("activity_kind", "Art", Holds.WORD, "Was stattfindet.", needed=True, words="activity_kind", width=22)
    yield Column("activity_format", "Format", Holds.WORD, "Wie es stattfindet.", words="activity_format")
    yield _action_field(words, days, "Gilt am Beginn; für den Bericht zählt nur dieses.")
    yield Column("activity_start", "Beginn", Holds.DAY, "Der erste Tag, auch der Vorbereitung.", needed=True, width=13)
    yield Column(
        "activity_end", "Ende", Holds.DAY,
        "In seinem Jahr zählt die Aktivität als abgeschlossen; leer, solange sie läuft.", width=13,
    )  # fmt: skip
    yield Column(
        "is_standard", "Standardaktivität", Holds.YES_NO, "ja, wenn sie jedes Jahr wiederkehrt; sie zählt nicht.",
        width=14,
    )  # fmt: skip
    yield Column("is_lead", "Clustermanagement federführend", Holds.YES_NO, "ja oder nein; leer heißt nein.", width=18)
    yield from _partners(words, days)
    yield from _assigned(groups)


def _actors(words: Words, days: Period, groups: int) -> Iterator[Column]:
    yield _CODE
    yield Column("name", "Name", Holds.TEXT, "Organisation, keine Person.", needed=True, width=44, longest=300)
    yield Column("actor_type", "Typ", Holds.WORD, "Wozu die Organisation zählt.", needed=True, words="actor_type",
                 width=24)  # fmt: skip
    yield Column("country", "Staat", Holds.WORD, "Leer heißt Deutschland.", words=COUNTRY)
    yield Column("land", "Land", Holds.WORD, "Nur bei einem Sitz in Deutschland; folgt sonst aus dem Kreis.",
                 words="land", width=20)  # fmt: skip
    yield Column("district", "Kreis", Holds.WORD, "Danach gliedert der Bericht; kreisfreie Städte stehen auch hier.",
                 words="district", width=24)  # fmt: skip
    yield Column("municipality", "Gemeinde", Holds.TEXT, "Ort des Sitzes.", width=22, longest=200)
    yield Column("sizes:size_class", "Größe", Holds.WORD, "Nur bei Unternehmen.", words="size_class", width=22)
    yield Column("sizes:size_from", "Größe gilt ab", Holds.DAY, "Gehört zur Größe: Größen ändern sich.", width=13)
    yield Column(
        "parent", "gehört zu", Holds.ACTORS, "Einrichtung unmittelbar darüber, mit Kennung oder Name.", width=30
    )
    for number in _numbers("clusters", groups):
        yield from _group(
            f"clusters:{number}", number, label="Eigenes Cluster", first=("member_from", "Mitglied ab"),
            last=("member_to", "Mitglied bis"), hint="Ein Cluster, dem der Akteur selbst angehört.",
        )  # fmt: skip
    for term in words.on_offer("identifier_scheme", days):
        yield Column(
            f"identifiers:{term.term_id}", words.word(term), Holds.TEXT, "Kennung in diesem Verzeichnis.", width=24,
            longest=100,
        )  # fmt: skip


def _title(hint: str) -> Column:
    return Column("title", "Titel", Holds.TEXT, f"{hint} Höchstens 300 Zeichen.", needed=True, width=44, longest=300)


def _action_field(words: Words, days: Period, hint: str) -> Column:
    offered = bool(words.on_offer(ACTION_FIELD, days))
    return Column(
        f"assignments:{ACTION_FIELD}:1", "Handlungsfeld", Holds.WORD, hint, needed=offered, words=ACTION_FIELD, width=28
    )


def _volume(name: str, label: str, hint: str) -> Iterator[Column]:
    yield Column(name, f"{label} in Euro", Holds.MONEY, f"{hint} Eine Schätzung genügt.")
    yield Column(
        f"{name}_regional", f"{label} der Region in Euro", Holds.MONEY,
        "Anteil der Partner mit Sitz in der Region; höchstens der Gesamtbetrag.",
    )  # fmt: skip
    yield Column(f"{name}_estimated", f"{label} geschätzt", Holds.YES_NO, "ja, solange der Betrag nicht feststeht.",
                 width=14)  # fmt: skip


def _funding(number: int) -> Iterator[Column]:
    start = f"funding:{number}"
    yield Column(f"{start}:granting_body", f"Bewilligt von {number}", Holds.WORD, "Wer das Geld gibt.",
                 words="funding_body")  # fmt: skip
    yield Column(f"{start}:funds_origin", f"Mittel aus {number}", Holds.WORD,
                 "Woher das Geld stammt; leer heißt: von dem, der bewilligt.", words="funding_body")  # fmt: skip
    yield Column(f"{start}:programme", f"Förderprogramm {number}", Holds.WORD, "Leer, wenn es in der Liste fehlt.",
                 words="funding_programme", width=28)  # fmt: skip
    yield Column(f"{start}:amount", f"Förderbetrag {number} in Euro", Holds.MONEY,
                 "Bei einer einzigen Förderung genügt das Fördervolumen.")  # fmt: skip


def _partners(words: Words, days: Period) -> Iterator[Column]:
    for term in words.on_offer("role", days):
        yield Column(
            f"participations:{term.term_id}", f"Akteure: {words.word(term)}", Holds.ACTORS,
            f"Name oder Kennung. {_OTHERS} Neue Akteure stehen auch auf dem Blatt „{SHEETS[RecordKind.ACTORS]}“.",
            width=36,
        )  # fmt: skip


def _assigned(groups: int) -> Iterator[Column]:
    yield Column(
        f"assignments:{ACTION_FIELD}:2", "Weitere Handlungsfelder", Holds.SEVERAL, _OTHERS, words=ACTION_FIELD, width=28
    )
    for taxonomy, label in (("guideline", "Leitlinie"), ("focus_topic", "Schwerpunkt-Thema")):
        for number in _numbers("assignments", groups):
            main = number == 1
            yield Column(
                f"assignments:{taxonomy}:{number}", f"Haupt-{label}" if main else f"{label} {number}", Holds.WORD,
                "Höchstens eine; leer, wenn keine überwiegt." if main else "Weitere, in beliebiger Reihenfolge.",
                words=taxonomy, width=30,
            )  # fmt: skip


def _group(
    start: str, number: int, *, label: str, first: tuple[str, str], last: tuple[str, str], hint: str
) -> Iterator[Column]:
    yield Column(f"{start}:cluster", f"{label} {number}", Holds.WORD, hint, words=CLUSTER, width=28)
    yield Column(f"{start}:{first[0]}", f"{first[1]} {number}", Holds.DAY, "Der erste Tag.", width=13)
    yield Column(f"{start}:{last[0]}", f"{last[1]} {number}", Holds.DAY, "Leer, solange es weitergeht.", width=13)


def _numbers(part: str, groups: int) -> range:
    return range(1, (groups or _OFFERED[part]) + 1)


def without_nobody(words: Sequence[str], words_of: Words) -> list[str]:
    """Return the funding bodies but the one that stands for none: nobody grants no money."""
    return [each for each in words if each != words_of.label(NO_FUNDING_BODY)]
