"""Our workbook with rows that somebody filled in: by sheet, each row by the headers of its columns."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.workbook.pages import Cell
from ewm.capture.imports.workbook.template import book_of
from ewm.capture.imports.workbook.write_ods import write_ods
from ewm.capture.imports.workbook.write_xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ewm.capture.imports.workbook.pages import Page

_WRITERS = {"xlsx": write_xlsx, "ods": write_ods}


def filled(rows: Mapping[str, Sequence[Mapping[str, Any]]], *, form: str = "xlsx", cluster: str = "metal") -> bytes:
    """Return the workbook of 2020 with these rows in place of the examples; money in cents, days as dates.

    A header that the template does not have makes a column of its own.
    """
    book = book_of(cluster, 2020)
    pages = [_page(page, rows[page.name]) if page.name in rows else page for page in book.pages]
    held = io.BytesIO()
    _WRITERS[form](replace(book, pages=pages), held)
    return held.getvalue()


def saved(
    folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, form: str = "xlsx", cluster: str = "metal"
) -> Path:
    """Write the workbook into a folder."""
    path = folder / f"mappe.{form}"
    path.write_bytes(filled(rows, form=form, cluster=cluster))
    return path


def _page(page: Page, rows: Sequence[Mapping[str, Any]]) -> Page:
    heads = list(page.rows[0])
    names = [str(cell.value).removesuffix(" *") for cell in heads]
    own = dict.fromkeys(name for row in rows for name in row if name not in names)
    lines = [*page.lines, *(replace(page.lines[0], check=None) for _ in own)]
    heads += [Cell(name) for name in own]
    body = [[Cell(row.get(name)) for name in (*names, *own)] for row in rows]
    return replace(page, lines=lines, rows=[heads, *body])
