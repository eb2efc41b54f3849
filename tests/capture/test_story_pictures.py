"""A story's picture: whole, described and credited, or refused with file, line and remedy; its bytes are kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.editorial.entries import STORY
from ewm.capture.editorial.models import PictureContent, StoryPicture
from ewm.capture.editorial.services import stories_create, story_update
from ewm.capture.entry_reading import read_entries
from ewm.capture.records import records_load
from ewm.errors import RefusedError
from ewm.snapshot.pictures import LARGEST
from ewm.web.backup.tables import count, empty, lines, read_rows
from tests.capture.entries import image, story
from tests.capture.folders import replaced, write_folder
from tests.capture.refused import rules
from tests.support.pixels import jpeg, png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOADED = "picture: {file: bilder/halle.png, alt: Eine Halle mit Licht, credit: 'Foto: Werk'}"


# -- through the services --------------------------------------------------------------------------------------------

REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: image(alt_de=" "), "alt", "story_picture_alt_given"),
    (lambda: image(alt_de="A" * 501), "alt", "story_picture_alt_given"),
    (lambda: image(alt_en=""), "alt_en", "story_picture_alt_en_given"),
    (lambda: image(credit=""), "credit", "story_picture_credit_given"),
    (lambda: image(file_name=""), "picture", "story_picture_file_given"),
    (lambda: image(b""), "picture", "story_picture_readable"),
    (lambda: image(png()[:-1]), "picture", "story_picture_readable"),
    (lambda: image(b"GIF89a"), "picture", "story_picture_readable"),
    (lambda: image(png() + b"x" * LARGEST), "picture", "picture_size"),
    (lambda: image(picture="0" * 64), "picture", "story_picture_content"),
    (lambda: image(media_type="image/jpeg"), "picture", "story_picture_content"),
    (lambda: image(content=None), "picture", "story_picture_content"),
]


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[2])
def test_what_is_wrong_with_a_picture_is_refused(case: tuple[Callable[[], Any], str, str]) -> None:
    made, field, rule = case
    assert rules(lambda: stories_create(entries=[story(pictures=(made(),))])) == [("E-1", field, rule)]
    assert (StoryPicture.objects.count(), PictureContent.objects.count()) == (0, 0)


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("content", [png(), jpeg(), jpeg(channels=3, frame=0xC2)], ids=["png", "grey", "colours"])
def test_a_right_picture_is_stored(content: bytes) -> None:
    stories_create(entries=[story(pictures=(image(content, alt_en="A hall with light"),))])
    [stored] = read_entries(STORY).values()
    assert stored.entry.pictures == (image(content, alt_en="A hall with light"),)
    assert stored.entry.pictures[0].content is None
    assert bytes(PictureContent.objects.get().content) == content


@pytest.mark.usefixtures("records")
def test_a_story_has_one_picture_at_most() -> None:
    two = (image(), image(png(shade=9)))
    assert rules(lambda: stories_create(entries=[story(pictures=two)])) == [("E-1", "picture", "story_picture_once")]


@pytest.mark.usefixtures("records")
def test_the_same_bytes_are_kept_once_and_need_not_come_again() -> None:
    stories_create(entries=[story(pictures=(image(),)), story("E-2", position=2, pictures=(image(),))])
    [content] = PictureContent.objects.all()
    assert story_update(entry=story(pictures=(image(content=None, alt_de="Anders"),)), version=1) == 2
    assert [row.alt_de for row in StoryPicture.history.filter(story__code="E-1")] == ["Anders", "Eine Halle mit Licht"]
    assert list(PictureContent.history.values_list("sha256", flat=True)) == [content.sha256]


@pytest.mark.usefixtures("records")
def test_another_picture_takes_the_place_and_history_knows_both() -> None:
    stories_create(entries=[story(pictures=(image(),))])
    other = image(png(shade=9))
    story_update(entry=story(pictures=(other,)), version=1)
    assert StoryPicture.objects.get().picture_id == other.picture
    assert [row.picture_id for row in StoryPicture.history.all()] == [other.picture, image().picture]
    story_update(entry=story(), version=2)
    assert StoryPicture.objects.count() == 0
    assert PictureContent.objects.count() == 2


@pytest.mark.usefixtures("records")
def test_pictures_come_back_from_the_lines_of_a_backup_byte_for_byte() -> None:
    contents = {jpeg(), *(png(shade=shade) for shade in range(11))}
    pictures = [(image(each),) for each in sorted(contents)]
    stories_create(entries=[story(f"E-{at}", position=at, pictures=each) for at, each in enumerate(pictures, 1)])
    kept, counted = list(lines(PictureContent)), count(PictureContent)
    empty([PictureContent])
    assert read_rows(PictureContent, kept) == len(contents) == 12
    assert {bytes(each) for each in PictureContent.objects.values_list("content", flat=True)} == contents
    assert count(PictureContent) == counted


# -- from a folder of records ----------------------------------------------------------------------------------------


def with_picture(folder: Path, told: str = LOADED, content: bytes | None = None) -> Path:
    write_folder(folder, **replaced("success_stories.yaml", "  example: true\n", f"  example: true\n  {told}\n"))
    (folder / "bilder").mkdir()
    (folder / "bilder" / "halle.png").write_bytes(png() if content is None else content)
    return folder


@pytest.mark.usefixtures("programme")
def test_a_picture_is_loaded_and_a_second_load_changes_nothing(tmp_path: Path) -> None:
    folder = with_picture(tmp_path)
    records_load(folder=folder)
    stored = StoryPicture.objects.get()
    assert (stored.story.code, stored.file_name, stored.alt_de, stored.credit, stored.alt_en) == (
        "E-1", "halle.png", "Eine Halle mit Licht", "Foto: Werk", None,
    )  # fmt: skip
    assert all(not each.added and not each.changed for each in records_load(folder=folder))
    (folder / "bilder" / "halle.png").write_bytes(png(shade=9))
    assert [each.changed for each in records_load(folder=folder) if each.changed] == [("E-1",)]


# What the story says of its picture, and rule, line and remedy that the refusal names.
WRONG: list[tuple[str, str, str, str]] = [
    (LOADED.replace("halle", "tor"), "picture_file_missing", "bilder/tor.png", "in den Ordner legen oder"),
    (LOADED.replace("bilder/halle.png", "bilder"), "picture_file_missing", "bilder", "in den Ordner legen oder"),
    (LOADED.replace("bilder/", "../"), "picture_within_folder", "../halle.png", "dorthin legen"),
    (LOADED.replace("bilder/", "/etc/"), "picture_within_folder", "/etc/halle.png", "dorthin legen"),
    (LOADED.replace("alt: Eine Halle mit Licht, ", ""), "column_missing", "alt", "ergänzen"),
    (LOADED.replace("Eine Halle mit Licht", "''"), "value_given", "E-1 · alt", "angeben"),
    (LOADED.replace("'Foto: Werk'", ""), "value_given", "E-1 · credit", "angeben"),
    (LOADED.replace(", credit: 'Foto: Werk'", ""), "column_missing", "credit", "ergänzen"),
    (LOADED.replace("alt:", "Alt:"), "column_unknown", "gemeint alt?", "berichtigen"),
    ("picture: bilder/halle.png", "mapping_of_values", "E-1 · picture", "{file: …, alt: …}"),
    ("picture: [bilder/halle.png]", "mapping_of_values", "E-1 · picture", "{file: …, alt: …}"),
]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[1])
def test_a_wrong_picture_is_named_with_file_line_and_remedy(tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    told, rule, what, remedy = case
    with pytest.raises(RefusedError) as caught:
        records_load(folder=with_picture(tmp_path, told))
    lines = [line for line in str(caught.value).splitlines() if f"(Regel: {rule})" in line]
    line = 1 if rule == "mapping_of_values" else 14
    assert len(lines) == 1
    assert f"success_stories.yaml, Zeile {line}" in lines[0]
    assert what in lines[0]
    assert remedy in lines[0]
    assert StoryPicture.objects.count() == 0


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("content", "rule"),
    [(png()[:60], "story_picture_readable"), (png() + b"x" * LARGEST, "picture_size")],
    ids=["cut short", "too large"],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes, rule: str) -> None:
    with pytest.raises(RefusedError) as caught:
        records_load(folder=with_picture(tmp_path, content=content))
    message = str(caught.value)
    assert "success_stories.yaml, Zeile 14" in message
    assert "halle.png" in message
    assert f"(Regel: {rule})" in message


@pytest.mark.usefixtures("programme")
def test_a_story_without_a_picture_stays_allowed(tmp_path: Path) -> None:
    records_load(folder=with_picture(tmp_path, "picture:"))
    assert [stored.entry.pictures for stored in read_entries(STORY).values()] == [()]
