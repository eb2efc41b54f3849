"""What an edition says in its own words: its texts by chapter and its success stories, as frozen in a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from ewm.errors import TamperedError
from ewm.snapshot.manifest import file_of
from ewm.snapshot.pictures import digest_in, picture_file
from ewm.snapshot.schema import STORY_PICTURES, SUCCESS_STORIES
from ewm.snapshot.sql import relation
from ewm.snapshot.verify import hash_file, inspect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class EditionPicture:
    """The picture of a story: its file in the snapshot, what it shows, whose it is."""

    path: Path
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class EditionStory:
    """One success story: Markdown text, terms it is assigned to, the record it tells of (code, title), its picture."""

    code: str
    title: str
    body: str
    terms: tuple[str, ...]
    record: tuple[str, str] | None
    picture: EditionPicture | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The own words of one cluster's report of one year; texts are Markdown, joined by chapter in their order."""

    texts: Mapping[str, str]
    stories: tuple[EditionStory, ...]


def read_edition(
    connection: duckdb.DuckDBPyConnection, folder: Path, cluster_id: str, year: int, language: str
) -> Edition:
    """Read an edition from a connection that has the tables of the snapshot in ``folder``.

    Raises TamperedError (story, file, next step) where a story's picture is missing there or has other bytes.
    """
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT chapter, body FROM edition_texts WHERE cluster_id = ? AND reporting_year = ? AND language = ? "
        "ORDER BY chapter, position, edition_text_id",
        [cluster_id, year, language],
    ).fetchall()
    for chapter, body in rows:
        found.setdefault(chapter, []).append(body)
    texts = {chapter: "\n\n".join(bodies) for chapter, bodies in found.items()}
    return Edition(texts, _stories(connection, folder, cluster_id, year, language))


def _stories(
    connection: duckdb.DuckDBPyConnection, folder: Path, cluster_id: str, year: int, language: str
) -> tuple[EditionStory, ...]:
    rows = connection.execute(
        "SELECT s.story_id, s.code, s.title, s.body, COALESCE(p.code, a.code), COALESCE(p.title, a.title) "
        "FROM success_stories AS s LEFT JOIN projects AS p ON p.project_id = s.project_id "
        "LEFT JOIN activities AS a ON a.activity_id = s.activity_id "
        "WHERE s.cluster_id = ? AND s.reporting_year = ? ORDER BY s.position, s.story_id",
        [cluster_id, year],
    ).fetchall()
    stories = []
    for story_id, code, title, body, record_code, record_title in rows:
        terms = connection.execute(
            "SELECT t.term_id FROM story_assignments AS s JOIN terms AS t ON t.term_id = s.term_id "
            "WHERE s.story_id = ? ORDER BY t.taxonomy, t.position",
            [story_id],
        ).fetchall()
        record = (record_code, record_title) if record_code else None
        picture = _picture(connection, folder, (story_id, code), language)
        stories.append(EditionStory(code, title, body, tuple(row[0] for row in terms), record, picture))
    return tuple(stories)


def _picture(
    connection: duckdb.DuckDBPyConnection, folder: Path, story: tuple[int, str], language: str
) -> EditionPicture | None:
    story_id, code = story
    found = connection.execute(
        "SELECT picture, media_type, CASE WHEN ? = 'en' THEN COALESCE(alt_en, alt_de) ELSE alt_de END, credit "
        "FROM story_pictures WHERE story_id = ?",
        [language, story_id],
    ).fetchone()
    if found is None:
        return None
    digest, media_type, alt, credit = found
    path = folder / picture_file(digest, media_type)
    if not path.is_file():
        raise _lost(code, path, "fehlt")
    if hash_file(path) != digest:
        raise _lost(code, path, "wurde verändert (SHA-256 stimmt nicht)")
    return EditionPicture(path, alt, credit)


def stories_without_picture(folder: Path) -> list[str]:
    """Return the codes of the stories whose picture a damaged snapshot lacks; none where its tables are damaged too."""
    problems = {problem.file for problem in inspect(folder)[1]}
    digests = [digest for digest in map(digest_in, sorted(problems)) if digest]
    tables = (STORY_PICTURES, SUCCESS_STORIES)
    if not digests or problems & {file_of(table.name) for table in tables}:
        return []
    pictures, stories = (relation(folder, table) for table in tables)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT s.code FROM {pictures} AS p JOIN {stories} AS s USING (story_id) "  # noqa: S608 (own names)
            "WHERE list_contains(?, p.picture) ORDER BY s.code",
            [digests],
        )
        return [row[0] for row in found.fetchall()]


def _lost(code: str, path: Path, what: str) -> TamperedError:
    return TamperedError(
        f"Erfolgsbeispiel {code}: Das Bild {path.name} im Datenstand {path.parent.name} {what}. Bitte den Ordner "
        f"{path.parent} aus der Sicherung wiederherstellen oder den Datenstand neu schreiben (ewm snapshot create)."
    )
