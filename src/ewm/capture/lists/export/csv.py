"""CSV as German spreadsheets open it: UTF-8 with a byte order mark, semicolons, decimal commas, dates TT.MM.JJJJ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.lists.export.table import Table

BYTE_ORDER_MARK = "\ufeff"
NOTE = "#"


def csv_lines(table: Table) -> Iterator[str]:
    """Yield the lines: heads, rows, and after an empty line what there is to say, each line of it after ``#``."""
    yield BYTE_ORDER_MARK + _line(_quoted(neutral(head)) for head in table.heads)
    for row in table.rows:
        yield _line(_written(kind, value) for kind, value in zip(table.kinds, row, strict=True))
    yield "\r\n"
    for name, text in table.about:
        yield _line([_quoted(f"{NOTE} {name}"), _quoted(neutral(text))])


def _line(cells: Any) -> str:
    return ";".join(cells) + "\r\n"


def _written(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if kind is Kind.MONEY:
        return f"{'-' if value < 0 else ''}{abs(value) // 100},{abs(value) % 100:02d}"
    return str(value) if isinstance(value, int) else _quoted(neutral(value))


def _quoted(text: str) -> str:
    inside = text.replace('"', '""')
    return f'"{inside}"' if any(sign in text for sign in ";\"\r\n\t'") or text != text.strip() else text
