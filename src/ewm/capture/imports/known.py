"""The layouts that are known: those of the programme, and those that people saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.imports.models import ImportProfile
from ewm.capture.imports.profiles import profile_from_json
from ewm.capture.imports.profiles.content import import_content

if TYPE_CHECKING:
    from ewm.capture.imports.profiles import Profile


def known_profiles() -> list[Profile]:
    """Return every known profile, the saved ones first: who saved one wants it."""
    return [*saved_profiles(), *import_content().profiles]


def saved_profiles() -> list[Profile]:
    """Return the profiles that people saved, by name."""
    return [profile_from_json(each.profile) for each in ImportProfile.objects.all()]
