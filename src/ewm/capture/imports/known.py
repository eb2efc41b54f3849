"""The layouts that are known: those that people saved, those of the programme, our own workbook and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import ImportProfile
from ewm.capture.imports.profiles import Profile, profile_from_json, recognise
from ewm.capture.imports.profiles.content import import_content
from ewm.capture.imports.reading.whole import NAME, version_of
from ewm.capture.imports.workbook.finding import SOURCE
from ewm.capture.imports.workbook.own_lists import own_list

if TYPE_CHECKING:
    from ewm.capture.imports.reading import Table

WORKBOOK = Profile(SOURCE, NAME, SOURCE, RecordKind.PROJECTS, ())
"""Stands for our own workbook, whose sheets say what they hold; there is nothing to map."""


LISTS = {
    kind: Profile(f"{SOURCE}-{kind.value}", label, SOURCE, kind, ())
    for kind, label in (
        (RecordKind.PROJECTS, "EWM-Liste der Projekte"),
        (RecordKind.ACTIVITIES, "EWM-Liste der Aktivitäten"),
        (RecordKind.ACTORS, "EWM-Liste der Akteure"),
    )
}
"""Stand for our own exported lists; there is nothing to map either."""


def is_own(profile: Profile) -> bool:
    """Tell whether a profile stands for files that we made: their columns are known and not mapped."""
    return profile.id == WORKBOOK.id or profile in LISTS.values()


def known_profiles() -> list[Profile]:
    """Return every known profile, the saved ones first: who saved one wants it."""
    return [*saved_profiles(), *import_content().profiles]


def saved_profiles() -> list[Profile]:
    """Return the profiles that people saved, by name."""
    return [profile_from_json(each.profile) for each in ImportProfile.objects.all()]


def sheet_named(table: Table) -> str:
    """Return the sheet of a file that is to be read instead: its layout names that one, or a known layout does."""
    others = set(table.sheets) - {table.sheet}
    if not others:
        return ""
    if found := recognised(table):
        return found.sheet if found.sheet in others else ""
    return next((each.sheet for each in known_profiles() if each.sheet in others), "")


def sheet_note(profile: Profile, table: Table) -> str:
    """Return what to tell where another sheet was read than the one that a layout names; mostly nothing."""
    if not profile.sheet or not table.sheets or table.sheet == profile.sheet:
        return ""
    told = {"name": profile.label, "wanted": profile.sheet, "read": table.sheet}
    if profile.sheet in table.sheets:
        return gettext("Die Zuordnung „%(name)s“ gilt dem Blatt „%(wanted)s“, gelesen ist „%(read)s“.") % told
    text = gettext(
        "Die Zuordnung „%(name)s“ gilt dem Blatt „%(wanted)s“. Das gibt es in dieser Datei nicht, gelesen ist "
        "„%(read)s“. Bitte prüfen, ob das die richtigen Zeilen sind."
    )
    return text % told


def recognised(table: Table) -> Profile | None:
    """Return the profile of a table's layout, None where nobody knows it."""
    if version_of(table.sheet):
        return WORKBOOK
    if kind := own_list(table):
        return LISTS[kind]
    found = recognise(table, known_profiles())
    return found.profile if found else None
