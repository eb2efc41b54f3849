"""Pictures of a snapshot: told by their bytes, covered by the manifest, read back or refused by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ewm.errors import RefusedError, TamperedError
from ewm.snapshot.diff import diff_snapshots
from ewm.snapshot.editorial import EditionPicture, read_edition
from ewm.snapshot.manifest import sha256
from ewm.snapshot.pictures import media_type_of, picture_file
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.verify import verify_snapshot
from tests.support.pixels import chunk, jpeg, png, png_of
from tests.support.snapshots import build_snapshot

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = png()
DIGEST = sha256(CONTENT)
FILE = picture_file(DIGEST, "image/png")
STORIES: dict[str, list[dict[str, Any]]] = {
    "success_stories": [{"story_id": 1, "code": "E-1"}, {"story_id": 2, "code": "E-2", "position": 2}]
}


def rows(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    picture = {"story_id": 1, "picture": DIGEST, "media_type": "image/png", "file_name": "halle.png"}
    texts = {"alt_de": "Eine Halle", "alt_en": "A hall", "credit": "Foto: Werk"}
    return {**STORIES, "story_pictures": [{**picture, **texts, **changes}]}


def build(home: Path, **changes: Any) -> Path:
    return build_snapshot(home, rows(**changes), pictures={DIGEST: CONTENT}.get)


# -- bytes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(), "image/png"),
        (png(8000, 1), "image/png"),
        (jpeg(), "image/jpeg"),
        (jpeg(33, 20, channels=3), "image/jpeg"),
    ],
)
def test_a_whole_picture_is_known_by_its_bytes(content: bytes, expected: str) -> None:
    assert media_type_of(content) == expected


IHDR = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
HUGE = chunk(b"IHDR", b"\0\0\x1f\x41\0\0\x13\x88\x08\0\0\0\0")  # 8001 × 5000
FULL = chunk(b"IHDR", b"\0\0\x1f\x40\0\0\x13\x88\x08\0\0\0\0")  # 8000 × 5000
IDAT, IEND = chunk(b"IDAT", b""), chunk(b"IEND", b"")

BROKEN = {
    "nothing": b"",
    "text": b"Bild",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "only a PNG's mark": png_of(),
    "without data": png_of(IHDR, IEND),
    "without an end": png_of(IHDR, IDAT),
    "data before the size": png_of(IDAT, IHDR, IEND),
    "more behind the end": png_of(IHDR, IDAT, IEND) + b"<script>",
    "a wrong checksum": png_of(IHDR, IDAT[:-1] + b"x", IEND),
    "without width": png_of(chunk(b"IHDR", b"\0" * 13), IDAT, IEND),
    "too many points": png_of(HUGE, IDAT, IEND),
    "a JPEG cut short": jpeg()[:-2],
    "a JPEG without a frame": b"\xff\xd8\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9",
    "a JPEG for printing inks": jpeg(channels=4),
    "a JPEG without width": jpeg().replace(b"\x08\0\x08\0\x08", b"\x08\0\x08\0\0"),
    "a JPEG of a rare kind": jpeg(frame=0xC9),
}


@pytest.mark.parametrize("name", BROKEN)
def test_anything_else_is_no_picture(name: str) -> None:
    assert media_type_of(BROKEN[name]) is None


def test_the_most_points_are_still_allowed() -> None:
    assert media_type_of(png_of(FULL, IDAT, IEND)) == "image/png"


@pytest.mark.parametrize("at", range(0, len(CONTENT), 7))
def test_every_flipped_byte_of_a_png_is_seen(at: int) -> None:
    flipped = bytearray(CONTENT)
    flipped[at] ^= 1
    assert media_type_of(bytes(flipped)) is None


# -- in a snapshot ---------------------------------------------------------------------------------------------------


def test_a_picture_lies_in_the_snapshot_and_in_its_description(tmp_path: Path) -> None:
    folder = build(tmp_path)
    assert (folder / FILE).read_bytes() == CONTENT
    info = open_snapshot(folder).info
    assert (info.files[FILE].sha256, info.files[FILE].bytes, info.files[FILE].rows) == (DIGEST, len(CONTENT), None)
    package = json.loads((folder / "datapackage.json").read_bytes())
    [resource] = [each for each in package["resources"] if each["path"] == FILE]
    assert (resource["mediatype"], resource["hash"]) == ("image/png", f"sha256:{DIGEST}")


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    files = {path.name: path.read_bytes() for path in first.iterdir()}
    assert files == {path.name: path.read_bytes() for path in second.iterdir()}


def test_a_snapshot_without_pictures_has_no_file_for_them(tmp_path: Path) -> None:
    snapshot = open_snapshot(build_snapshot(tmp_path, STORIES))
    assert [path.name for path in snapshot.path.iterdir() if "picture" in path.name] == []
    assert snapshot.info.rows["story_pictures"] == 0
    with duckdb.connect() as connection:
        snapshot.register(connection)
        found = connection.execute("select story_id, alt_en from story_pictures")
        assert [(each[0], str(each[1])) for each in found.description or ()] == [
            ("story_id", "BIGINT"), ("alt_en", "VARCHAR"),
        ]  # fmt: skip
        assert found.fetchall() == []


def test_a_picture_that_came_is_a_difference(tmp_path: Path) -> None:
    before, after = open_snapshot(build_snapshot(tmp_path / "a", STORIES)), open_snapshot(build(tmp_path / "b"))
    assert [(each.table, each.key, each.kind) for each in diff_snapshots(before, after).records] == [
        ("story_pictures", (1,), "added")
    ]
    assert diff_snapshots(before, before).records == ()


@pytest.mark.parametrize("content", [None, png(shade=9), b""])
def test_a_picture_whose_bytes_are_missing_or_others_is_refused(tmp_path: Path, content: bytes | None) -> None:
    with pytest.raises(RefusedError) as caught:
        build_snapshot(tmp_path, rows(), pictures=lambda _: content)
    assert [(each.record, each.rule) for each in caught.value.refusals] == [("story_pictures 1", "picture_content")]
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_picture_of_another_kind_than_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="Bitte das Bild neu hinterlegen"):
        build(tmp_path, media_type="image/jpeg")


def test_every_change_of_a_picture_is_noticed(tmp_path: Path) -> None:
    folder = build(tmp_path)
    for at in (0, len(CONTENT) // 2, len(CONTENT) - 1):
        changed = bytearray(CONTENT)
        changed[at] ^= 1
        (folder / FILE).write_bytes(changed)
        assert [problem.file for problem in verify_snapshot(folder)] == [FILE]
    (folder / FILE).unlink()
    with pytest.raises(TamperedError, match=rf"{FILE}: Die Datei fehlt(.|\n)*Ohne ihr Bild: Erfolgsbeispiel E-1\.$"):
        open_snapshot(folder)
    (folder / "story_pictures.parquet").rename(tmp_path / "away")
    with pytest.raises(TamperedError, match=r"snapshot verify$"):
        open_snapshot(folder)
    (tmp_path / "away").rename(folder / "story_pictures.parquet")
    (folder / FILE).write_bytes(CONTENT)
    assert verify_snapshot(folder) == []
    (folder / picture_file("0" * 64, "image/png")).write_bytes(CONTENT)
    assert [problem.message for problem in verify_snapshot(folder)] == [
        "Die Datei gehört nicht zum Datenstand (hinzugefügt oder umbenannt)"
    ]


# -- read for a report -----------------------------------------------------------------------------------------------


def edition(folder: Path, language: str = "de") -> list[EditionPicture | None]:
    with duckdb.connect() as connection:
        open_snapshot(folder).load(connection)
        return [story.picture for story in read_edition(connection, folder, "metall", 2020, language).stories]


def test_an_edition_knows_the_picture_of_each_story(tmp_path: Path) -> None:
    folder = build(tmp_path)
    assert edition(folder) == [EditionPicture(folder / FILE, "Eine Halle", "Foto: Werk"), None]
    assert edition(folder, "en") == [EditionPicture(folder / FILE, "A hall", "Foto: Werk"), None]


def test_a_text_in_one_language_is_told_in_all(tmp_path: Path) -> None:
    folder = build(tmp_path, alt_en=None)
    assert edition(folder, "en") == [EditionPicture(folder / FILE, "Eine Halle", "Foto: Werk"), None]


@pytest.mark.parametrize(("content", "what"), [(None, "fehlt"), (png(shade=9), r"wurde verändert \(SHA-256")])
def test_a_lost_or_damaged_picture_names_story_file_and_remedy(
    tmp_path: Path, content: bytes | None, what: str
) -> None:
    folder = build(tmp_path)
    with duckdb.connect() as connection:
        open_snapshot(folder).load(connection)
        (folder / FILE).unlink()
        if content:
            (folder / FILE).write_bytes(content)
        with pytest.raises(TamperedError, match=rf"^Erfolgsbeispiel E-1: Das Bild {FILE} im Datenstand .* {what}") as e:
            read_edition(connection, folder, "metall", 2020, "de")
    assert "aus der Sicherung wiederherstellen oder den Datenstand neu schreiben" in str(e.value)
