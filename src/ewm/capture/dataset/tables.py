"""The tables of a dataset and their columns, from the shapes of the entries and the models behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.actors.entries import ACTOR
from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT
from ewm.capture.entries import stored_fields
from ewm.capture.projects.entries import PROJECT
from ewm.capture.taxonomies.models import Cluster, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Shape


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name for programs, its model, the model's fields that are its columns, what it holds.

    ``owner`` is the field of the record to which a row belongs; empty where a row is a record of its own.
    """

    name: str
    model: type[Versioned]
    fields: tuple[str, ...]
    description: str
    owner: str = ""


# Of each kind of entry: its name in one and in many words, columns beside those of the entry, what the table holds.
_KINDS: tuple[tuple[Shape[Any], str, str, tuple[str, ...], str], ...] = (
    (ACTOR, "actor", "actors", ("merged_into",),
     "Organisationen mit Sitz und Zuordnung von heute; wer in einem anderen aufgegangen ist, nennt ihn"),
    (PROJECT, "project", "projects", ("withdrawn",),
     "Projekte mit Zeiträumen und Volumina; zurückgezogene sind gekennzeichnet und zählen nirgends"),
    (ACTIVITY, "activity", "activities", ("withdrawn",),
     "Sonstige Aktivitäten; ohne Ende dauern sie an; zurückgezogene sind gekennzeichnet und zählen nirgends"),
    (STORY, "story", "success_stories", (), "Erfolgsbeispiele der Ausgaben, Text als Markdown"),
    (MACRO, "macro_value", "macro_values", (), "veröffentlichte Werte zur Wirtschaft eines Clusters, in ihrer Einheit"),
    (TEXT, "edition_text", "edition_texts", (), "eigene Texte einer Ausgabe, Markdown"),
    (NOTE, "interview_note", "interview_notes", (), "Notizen aus Interviews mit dem Clustermanagement; vertraulich"),
)  # fmt: skip
_PARTS = {
    "actor_former_names": "Namen, die ein Akteur bis zu einem Tag hatte; danach gilt der nächste, zuletzt der heutige",
    "actor_former_parents": "übergeordnete Einrichtungen bis zu einem Tag; leer heißt: es stand nichts darüber",
    "actor_sizes": "Größenklassen der Unternehmen, jede gilt bis zur nächsten",
    "actor_clusters": "Cluster, denen ein Akteur selbst angehört, mit Zeitraum",
    "actor_identifiers": "Kennungen der Akteure in anderen Verzeichnissen",
    "project_status_events": "Statuswechsel, jeder gilt bis zum nächsten",
    "project_funding": "Förderungen: wer bewilligt, woher die Mittel stammen, welcher Betrag",
    "project_supporting_clusters": "weitere Cluster, die ein Projekt begleiten",
    "project_participations": "wer an einem Projekt beteiligt ist und in welcher Rolle",
    "project_assignments": "Zuordnungen der Projekte zu Begriffen: Leitlinien, Schwerpunkt-Themen, Handlungsfelder",
    "activity_participations": "wer an einer Sonstigen Aktivität beteiligt ist und in welcher Rolle",
    "activity_assignments": "Zuordnungen der Sonstigen Aktivitäten zu Begriffen",
    "story_assignments": "Zuordnungen der Erfolgsbeispiele zu Begriffen",
    "story_pictures": "Bilder der Erfolgsbeispiele: Prüfsumme, Alternativtext, Bildnachweis",
}
CLUSTERS = Table(
    "clusters",
    Cluster,
    ("cluster_id", "label_de", "label_en", "kind", "position", "valid_from", "valid_to"),
    "Cluster und Teilthemen des Programms; auf sie verweisen die Spalten der anderen Tabellen",
)
TERMS = Table(
    "terms",
    Term,
    tuple(name.removesuffix("_id") if name != "term_id" else name for name in Term.FIELDS),
    "Begriffe, die in den anderen Tabellen vorkommen, mit ihren übergeordneten",
)
NOTES = "interview_notes"


def _tables() -> Iterator[Table]:
    for shape, one, many, more, description in _KINDS:
        yield Table(many, shape.model, (*shape.columns, *more), description)
        for part in shape.parts:
            name = f"{one}_{part.name}"
            columns = (part.owner, *(each for each in stored_fields(part.item) if each != "content"))
            yield Table(name, part.model, columns, _PARTS[name], part.owner)


RECORDS = tuple(_tables())
"""Every table that holds records, each after those to which it refers, save for references among actors."""
