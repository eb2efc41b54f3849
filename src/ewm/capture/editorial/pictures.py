"""Pictures of stories: what is wrong with one, and the bytes of those that are right, kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.base import rows
from ewm.capture.editorial.models import PictureContent, StoryPicture
from ewm.capture.refusing import Rule
from ewm.capture.texts import check_text
from ewm.capture.writing import rows_create
from ewm.snapshot.manifest import sha256
from ewm.snapshot.pictures import LARGEST, MOST_PIXELS, media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ewm.capture.editorial.entries import StoryEntry, StoryImage
    from ewm.errors import Refusal

SIZE = Rule(
    "picture_size",
    "picture",
    "Das Bild hat mehr als %(most)s MB",
    "Bitte kleiner speichern; 2.000 Bildpunkte in der Breite genügen dem Druck.",
    (("most", LARGEST // 1024**2),),
)
READABLE = Rule(
    "story_picture_readable",
    "picture",
    "Das ist kein vollständiges Bild im Format PNG oder JPEG (Graustufen oder RGB, bis %(most)s Millionen Bildpunkte)",
    "Bitte als PNG oder JPEG neu speichern.",
    (("most", MOST_PIXELS // 10**6),),
)
CONTENT = Rule(
    "story_picture_content",
    "picture",
    "Zu diesem Bild fehlen die Bytes, oder es sind nicht mehr dieselben",
    "Bitte das Bild noch einmal hinterlegen.",
)


def check_image(code: str, image: StoryImage) -> Iterator[Refusal]:
    """Yield everything that is wrong with the picture of a story."""
    place = image.place
    yield from check_text(code, "picture", image.file_name, "story_picture_file_given", place, longest=200)
    yield from check_text(code, "alt", image.alt_de, "story_picture_alt_given", place, longest=500)
    if image.alt_en is not None:
        yield from check_text(code, "alt_en", image.alt_en, "story_picture_alt_en_given", place, longest=500)
    yield from check_text(code, "credit", image.credit, "story_picture_credit_given", place, longest=300)
    yield from _check_content(code, image)


def _check_content(code: str, image: StoryImage) -> Iterator[Refusal]:
    content = image.content
    if content is None:
        return  # bytes that are there already: services and the check of the database look for them
    if len(content) > LARGEST:
        yield SIZE.refuse(code, image.file_name, place=image.place)
    elif media_type_of(content) is None:
        yield READABLE.refuse(code, image.file_name, place=image.place)
    elif (image.picture, image.media_type) != (sha256(content), media_type_of(content)):
        yield CONTENT.refuse(code, image.file_name, place=image.place)


def keep_contents(entries: Iterable[StoryEntry], reason: str) -> None:
    """Store the bytes of pictures that are not stored yet; what is no picture is left to the rules to refuse."""
    given = {
        image.picture: image.content
        for entry in entries
        for image in entry.pictures
        if image.content is not None and not list(_check_content(entry.code, image))
    }
    known = _known(given)
    new = [PictureContent(sha256=digest, content=given[digest]) for digest in sorted(given.keys() - known)]
    rows_create(new, recorded_at=[timezone.now()] * len(new), reason=reason)


def refuse_unknown(entries: Iterable[StoryEntry]) -> Iterator[Refusal]:
    """Yield the pictures that come without bytes although none are stored."""
    bare = [(entry.code, image) for entry in entries for image in entry.pictures if image.content is None]
    known = _known(image.picture for _, image in bare)
    for code, image in bare:
        if image.picture not in known:
            yield CONTENT.refuse(code, image.file_name, place=image.place)


def _known(digests: Iterable[str]) -> set[str]:
    return set(PictureContent.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))


def content_of(digest: str) -> bytes | None:
    """Return the bytes of a picture by SHA-256; None where there are none."""
    found = PictureContent.objects.filter(sha256=digest).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


def damaged_pictures(as_of: datetime | None) -> Iterator[Refusal]:
    """Yield the stories whose picture is not what it was, read one by one."""
    shown = rows(StoryPicture, as_of).order_by("id").values_list("story__code", "file_name", "picture_id", "media_type")
    for code, file_name, digest, media_type in shown.iterator():
        content = content_of(digest)
        if content is None or sha256(content) != digest or media_type_of(content) != media_type:
            yield CONTENT.refuse(code, file_name)
