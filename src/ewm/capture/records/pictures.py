"""Read the pictures that stories of a folder of records name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.editorial.entries import story_image
from ewm.capture.refusing import Rule
from ewm.snapshot.pictures import LARGEST

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.capture.editorial.entries import StoryImage
    from ewm.capture.records.reading import Row
    from ewm.errors import Refusal

PICTURE_MISSING = Rule(
    "picture_file_missing",
    "picture",
    "Diese Bilddatei fehlt",
    "Bitte die Datei in den Ordner legen oder die Angabe „picture“ entfernen.",
)
PICTURE_OUTSIDE = Rule(
    "picture_within_folder", "picture", "Die Bilddatei liegt nicht im Ordner der Tabellen", "Bitte dorthin legen."
)


def read_picture(folder: Path, row: Row, refusals: list[Refusal]) -> tuple[StoryImage, ...]:
    """Return the picture of a story, nothing where it has none or its file is refused; ``row`` is the story's."""
    told: Row | None = row.values["picture"]
    if told is None:
        return ()
    name = told.values["file"]
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            refusals.append(PICTURE_OUTSIDE.refuse(row.label, name, place=told.place))
            return ()
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)  # one byte more tells that it is too large
    except (OSError, ValueError):
        refusals.append(PICTURE_MISSING.refuse(row.label, name, place=told.place))
        return ()
    texts = {"alt_de": told.values["alt"], "alt_en": told.values["alt_en"], "credit": told.values["credit"]}
    return (story_image(content, file_name=path.name, place=told.place, **texts),)
