"""What an edition says in its own words: its texts by chapter and its success stories, as frozen in a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


@dataclass(frozen=True, slots=True)
class EditionStory:
    """One success story: Markdown text, the terms it is assigned to, and the record it tells of (code, title)."""

    code: str
    title: str
    body: str
    terms: tuple[str, ...]
    record: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The own words of one cluster's report of one year; texts are Markdown, joined by chapter in their order."""

    texts: Mapping[str, str]
    stories: tuple[EditionStory, ...]


def read_edition(connection: duckdb.DuckDBPyConnection, cluster_id: str, year: int, language: str) -> Edition:
    """Read an edition from a connection that has the snapshot's tables."""
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT chapter, body FROM edition_texts WHERE cluster_id = ? AND reporting_year = ? AND language = ? "
        "ORDER BY chapter, position, edition_text_id",
        [cluster_id, year, language],
    ).fetchall()
    for chapter, body in rows:
        found.setdefault(chapter, []).append(body)
    texts = {chapter: "\n\n".join(bodies) for chapter, bodies in found.items()}
    return Edition(texts, _stories(connection, cluster_id, year))


def _stories(connection: duckdb.DuckDBPyConnection, cluster_id: str, year: int) -> tuple[EditionStory, ...]:
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
        stories.append(EditionStory(code, title, body, tuple(row[0] for row in terms), record))
    return tuple(stories)
