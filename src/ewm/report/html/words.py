"""The fixed words that the pages need of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = (
    "adds", "as_of", "back", "contents", "cut_off", "cut_off_of_data", "data_table", "editor", "evidence_title",
    "export", "figures_and_tables", "footnotes", "funding", "hash", "imprint", "linked_records", "no", "no_records",
    "note_back", "notices", "printed_in", "publisher", "records", "remaining", "removed", "removed_records", "rule",
    "sentence", "sentences", "skip", "snapshot", "source", "sql", "validity", "yes",
)  # fmt: skip


def fixed(words: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words; raises ContentError naming every key that is missing."""
    missing = [key for key in KEYS if not words.get(key)]
    if missing:
        raise ContentError(f"Für die HTML-Ausgabe fehlen feste Wörter: {', '.join(missing)}. Bitte ergänzen.")
    return words
