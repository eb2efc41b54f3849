"""A story's picture on the way from the records to the four formats; without it there is no report."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.report.document import Story
from ewm.snapshot.manifest import sha256
from ewm.snapshot.pictures import picture_file
from tests.report.whole import golden
from tests.report.whole.desk import BUILD, COMMANDS, REPORT, Desk, ewm
from tests.report.whole.test_bad_input import content
from tests.support.pixels import jpeg, png

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.document import Document, Picture

CODE, ALT, CREDIT = "MET-2020-E1", "Studierende an einer Werkbank", "Foto: Hochschule, Presse & Bild"
CONTENT = png(480, 212)
FILE = picture_file(sha256(CONTENT), "image/png")
TOLD = f"  picture: {{file: bilder/halle.png, alt: {ALT}, credit: '{CREDIT}'}}\n"


@pytest.fixture(scope="module")
def told(open_desk: Desk, loaded_programme: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose report has a picture: made from the reference records by the commands of a user."""
    home = tmp_path_factory.mktemp("told")
    records = home / "records"
    shutil.copytree(open_desk.inputs.programme.path / "reference" / "records", records)
    (records / "bilder").mkdir()
    (records / "bilder" / "halle.png").write_bytes(CONTENT)
    stories = records / "success_stories.yaml"
    text = stories.read_text(encoding="utf-8")
    stories.write_text(text.replace(f"- code: {CODE}\n", f"- code: {CODE}\n{TOLD}"), encoding="utf-8")
    shutil.copytree(loaded_programme, home / "var")
    for words in (("records", "load", str(records)), *COMMANDS):
        done = ewm(home / "var", *words)
        assert done.returncode == 0, done.stderr
    return home / "var"


def test_every_format_shows_the_picture_with_alternative_text_and_credit(told: Path) -> None:
    report = told / "reports" / REPORT
    assert CREDIT in golden.text(report / f"{REPORT}.pdf")
    assert ALT in golden.tags(report / f"{REPORT}.pdf")
    for ending, part, picture in (("docx", "word/document.xml", "word/media/"), ("odt", "content.xml", "Pictures/")):
        with zipfile.ZipFile(report / f"{REPORT}.{ending}") as package:
            text = package.read(part).decode()
            assert ALT in text
            assert CREDIT.replace("&", "&amp;") in text
            assert CONTENT in [package.read(name) for name in package.namelist() if name.startswith(picture)]
    pages = [path.read_text(encoding="utf-8") for path in report.rglob("index.html")]
    assert any(f'alt="{ALT}"' in page and CREDIT.replace("&", "&amp;") in page for page in pages)
    assert CONTENT in [path.read_bytes() for path in report.rglob("*.png")]


@pytest.mark.parametrize("damaged", [None, CONTENT[:-1] + b"x"], ids=["missing", "changed"])
def test_without_its_picture_no_report_is_written_and_the_former_stays(
    told: Path, tmp_path: Path, damaged: bytes | None
) -> None:
    own = tmp_path / "var"
    shutil.copytree(told, own)
    before = content(own / "reports")
    [picture] = (own / "snapshots").glob(f"*/{FILE}")
    picture.unlink()
    if damaged:
        picture.write_bytes(damaged)
    done = ewm(own, *BUILD)
    assert done.returncode != 0
    assert f"{FILE}: {'Der Inhalt wurde verändert' if damaged else 'Die Datei fehlt'}" in done.stderr
    assert "aus der Sicherung wiederherstellen" in done.stderr
    assert f"Ohne ihr Bild: Erfolgsbeispiel {CODE}." in done.stderr
    assert "Traceback" not in done.stderr
    assert content(own / "reports") == before


def picture_of(document: Document) -> Picture | None:
    return next(
        block.picture
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Story) and block.id == CODE.lower()
    )


def show(desk: Desk, folder: Path, *, alt: str = ALT, credit: str = CREDIT, made: bytes = CONTENT) -> Desk:
    """Give the story a picture that lies in a folder of its own."""
    kind = "image/png" if made.startswith(b"\x89") else "image/jpeg"
    (folder / picture_file(sha256(made), kind)).write_bytes(made)
    desk.inputs.connection.execute(
        "INSERT INTO story_pictures SELECT story_id, ?, ?, 'halle', ?, NULL, ? FROM success_stories WHERE code = ?",
        [sha256(made), kind, alt, credit, CODE],
    )
    return Desk(replace(desk.inputs, snapshot=replace(desk.inputs.snapshot, path=folder)))


def test_a_story_without_a_picture_has_none(document: Document) -> None:
    assert picture_of(document) is None


@pytest.mark.parametrize("made", [CONTENT, jpeg(200, 90, channels=3)], ids=["png", "jpeg"])
def test_the_document_has_the_picture_with_its_texts(desk: Desk, tmp_path: Path, made: bytes) -> None:
    picture = picture_of(show(desk, tmp_path, made=made).build())
    assert picture is not None
    assert (picture.alt, picture.caption) == (ALT, CREDIT)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"alt": " "}, f"{CODE}: Dem Bild {FILE} fehlt der Alternativtext. Bitte beim Erfolgsbeispiel ergänzen"),
        ({"credit": ""}, f"{CODE}: Dem Bild {FILE} fehlt der Bildnachweis. Bitte beim Erfolgsbeispiel ergänzen"),
        ({"alt": "Halle mit 14 Robotern"}, f"{CODE}, Alternativtext, Zeile 1: "),
        ({"alt": "Der Umsatz ist gesunken"}, "„gesunken“"),
    ],
)
def test_texts_that_are_missing_or_that_nothing_proves_are_refused(
    desk: Desk, tmp_path: Path, texts: dict[str, str], says: str
) -> None:
    with pytest.raises(ContentError) as refused:
        show(desk, tmp_path, **texts).build()  # type: ignore[arg-type]
    assert says in str(refused.value)
