"""Why a step of an import is refused: where it stands, what is missing, what came in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.refusing import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.errors import Refusal

NO_IMPORT = Rule("import_unknown", "import", "Diesen Import gibt es nicht", "Bitte die Liste der Importe neu laden.")
WRONG_STATE = Rule("import_state", "state", "Dieser Schritt geht jetzt nicht", "Bitte die Seite des Imports neu laden.")
APPLIED_ALREADY = Rule(
    "import_applied_once", "state", "Der Import ist schon übernommen", "Es ist nichts zu tun, doppelt ist nichts."
)
TAKEN_BACK_ALREADY = Rule(
    "import_taken_back_once", "state", "Der Import ist schon zurückgenommen", "Es ist nichts zu tun."
)
IS_RUNNING = Rule(
    "import_runs", "state", "Der Import läuft gerade", "Bitte warten, bis er fertig ist, oder ihn abbrechen."
)
NOTHING_TO_TAKE = Rule(
    "import_takes_something",
    "items",
    "Es gibt keine Zeile zu übernehmen",
    "Bitte Zeilen entscheiden oder berichtigen, oder den Import verwerfen.",
)
TOO_MANY_AT_ONCE = Rule(
    "import_at_once",
    "items",
    "So viele Einträge auf einmal sperrten die Datenbank zu lange für alle anderen",
    "Bitte die Datei teilen. Mit PostgreSQL gibt es diese Grenze nicht.",
)
CHANGED_SINCE = Rule(
    "import_unchanged_since_preview",
    "items",
    "Seit der Vorschau hat sich der Bestand geändert, die Zeilen sind neu abgeglichen und nichts ist übernommen",
    "Bitte die genannten Zeilen noch einmal ansehen und dann übernehmen.",
)
OVERTAKEN = Rule(
    "import_overtaken",
    "items",
    "Andere haben zur gleichen Zeit dieselben Einträge geschrieben, übernommen ist nichts",
    "Bitte noch einmal übernehmen.",
)
UNKNOWN_DECISION = Rule(
    "import_decision",
    "decision",
    "Diese Entscheidung passt nicht zum Eintrag",
    "Bitte die Seite neu laden und eine der angebotenen wählen.",
)
NO_ITEM = Rule(
    "import_item_unknown",
    "item",
    "Diesen Eintrag hat der Import nicht mehr",
    "Bitte die Seite neu laden und dort entscheiden.",
)
NO_TABLE = Rule(
    "import_table_read",
    "file",
    "Die Datei ist noch nicht gelesen oder schon wieder entfernt",
    "Bitte warten, bis sie gelesen ist, oder sie noch einmal hochladen.",
)
NO_PROFILE = Rule(
    "import_profile_given",
    "profile",
    "Welche Spalte was bedeutet, ist noch nicht gesagt",
    "Bitte die Spalten zuordnen oder ein Profil wählen.",
)
UNKNOWN_CELL = Rule(
    "import_cell",
    "cell",
    "Diese Zelle gehört nicht zum Eintrag",
    "Bitte die Seite neu laden und die Zelle dort berichtigen.",
)
TOO_LATE = Rule(
    "import_taken_back_in_time",
    "applied_at",
    "Ein Import lässt sich 90 Tage lang zurücknehmen",
    "Bitte die Einträge einzeln ändern oder zurückziehen.",
)
CHANGED_OR_USED = Rule(
    "import_untouched_since",
    "records",
    "Einträge des Imports sind seither geändert oder werden verwendet, zurückgenommen ist nichts",
    "Bitte diese Einträge zuerst in Ordnung bringen, oder alles außer ihnen zurücknehmen.",
)
PROFILE_NAME_ONCE = Rule(
    "import_profile_name_once", "name", "Ein Profil mit diesem Namen gibt es schon", "Bitte einen anderen Namen wählen."
)
LONGEST_REASON = 120  # the histories' columns hold 200 characters, the import's name among them
REASON_LENGTH = Rule(
    "import_reason_length",
    "reason",
    "Der Grund hat mehr als %(most)s Zeichen",
    "Bitte kürzen.",
    (("most", LONGEST_REASON),),
)


def check_reason(label: str, reason: str) -> Iterator[Refusal]:
    """Yield a refusal of a reason that is too long for the histories."""
    if len(reason.strip()) > LONGEST_REASON:
        yield REASON_LENGTH.refuse(label, str(len(reason.strip())))
