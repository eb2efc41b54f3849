"""What a comparison yields: a stored record that is surely meant, or some that may be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_noop

SURE = 100
"""With this score, and only then, nobody is asked."""

BY_CODE = gettext_noop("gleiche Kennung")
BY_KEY = gettext_noop("bei einem früheren Import zugeordnet")
BY_IDENTIFIER = gettext_noop("gleiche Kennung in einem Verzeichnis")
SAME_NAME = gettext_noop("gleicher Name")
SAME_NAME_AND_SEAT = gettext_noop("gleicher Name, gleicher Sitz")
SAME_NAME_OTHER_SEAT = gettext_noop("gleicher Name, anderer Sitz")
SIMILAR_NAME = gettext_noop("ähnlicher Name")
SIMILAR_NAME_SAME_SEAT = gettext_noop("ähnlicher Name, gleicher Sitz")
SIMILAR_NAME_OTHER_SEAT = gettext_noop("ähnlicher Name, anderer Sitz")
TAKES_PART = gettext_noop("ähnlicher Name, am Eintrag schon beteiligt")
AS_DECIDED = gettext_noop("wie an anderer Stelle der Datei entschieden")
SAME_ALL = gettext_noop("gleicher Titel, Partner und Beginn")
SAME_TITLE_PARTNER = gettext_noop("gleicher Titel und Partner, anderer Beginn")
SAME_TITLE_START = gettext_noop("gleicher Titel und Beginn, andere Partner")
SAME_TITLE = gettext_noop("gleicher Titel, anderer Beginn")
SIMILAR_ALL = gettext_noop("ähnlicher Titel, gleicher Partner und Beginn")
SIMILAR_TITLE_PARTNER = gettext_noop("ähnlicher Titel, gleicher Partner")
SIMILAR_TITLE_START = gettext_noop("ähnlicher Titel, gleicher Beginn")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored record that may be meant; ``why`` is a German sentence that the catalogue translates."""

    code: str
    name: str
    score: int
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return it as an item keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Match:
    """The record that is surely meant, or those that may be, most alike first.

    ``wrong`` says what the file says wrongly, ``leave`` why nothing is to be done (both German).
    """

    sure: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    wrong: str = ""
    leave: str = ""
