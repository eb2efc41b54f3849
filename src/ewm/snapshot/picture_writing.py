"""Writes the pictures that a snapshot's tables name beside the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from ewm.errors import Refusal, RefusedError
from ewm.snapshot.manifest import FileEntry, file_of, sha256
from ewm.snapshot.pictures import media_type_of, picture_file
from ewm.snapshot.schema import STORY_PICTURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def write_pictures(
    folder: Path, files: dict[str, FileEntry], content_of: Callable[[str], bytes | None]
) -> dict[str, FileEntry]:
    """Write each picture that the table of pictures names, once; ``content_of`` gives its bytes by SHA-256.

    Returns the entries for the manifest. Raises RefusedError for a picture that is missing, or whose bytes are not
    those of its hash and media type.
    """
    if file_of(STORY_PICTURES.name) not in files:
        return {}
    written: dict[str, FileEntry] = {}
    refusals: list[Refusal] = []
    table = pq.read_table(folder / file_of(STORY_PICTURES.name), columns=["story_id", "picture", "media_type"])
    for row in table.to_pylist():
        content = content_of(row["picture"])
        if content is None or sha256(content) != row["picture"] or media_type_of(content) != row["media_type"]:
            message = "Zu diesem Bild fehlen die Bytes, oder es sind andere. Bitte das Bild neu hinterlegen"
            refusals.append(Refusal(f"{STORY_PICTURES.name} {row['story_id']}", "picture", "picture_content", message))
            continue
        name = picture_file(row["picture"], row["media_type"])
        (folder / name).write_bytes(content)
        written[name] = FileEntry(row["picture"], len(content), rows=None)
    if refusals:
        raise RefusedError(refusals)
    return written
