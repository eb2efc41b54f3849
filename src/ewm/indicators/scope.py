"""Which names a sheet's fragments may use, and what stands behind each of them.

A name is a column of the sheet's rows (``of`` and ``with``) or a word that some attribute term promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ewm.indicators.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the snapshot or a term's table that delivers rows: its columns with their taxonomy, and its key."""

    name: str
    columns: Mapping[str, str | None]
    key: tuple[str, ...]
    term: Sheet | None = None


def table_source(name: str) -> Source:
    """Return the source for a table of the snapshot."""
    table = TABLES[name]
    return Source(name, {column.name: column.taxonomy for column in table.columns}, table.key)


def term_source(sheet: Sheet) -> Source:
    """Return the source for a relation or attribute term used as rows."""
    names = dict.fromkeys((*sheet.key, *sheet.promises))
    return Source(sheet.name, {name: sheet.taxonomies.get(name) for name in names}, tuple(sheet.key), sheet)


def columns_of(expression: exp.Expression) -> Iterator[exp.Column]:
    """Yield the columns that an expression names."""
    yield from expression.find_all(exp.Column)


class Scope:
    """The sources of one sheet in order, and the words of the whole methodology."""

    def __init__(self, owner: Sheet, sources: Iterable[Source], words: Mapping[str, Sheet]) -> None:
        self.owner = owner
        self.sources = tuple(sources)
        self.words = words

    def joined_on(self, index: int) -> tuple[tuple[str, Source], ...]:
        """Return the columns on which source ``index`` joins those before it, each with the source it meets.

        Shared are the ``*_id`` columns of both sides that belong to the key of one of them.
        Raises ContentError where there is none.
        """
        joining = self.sources[index]
        found: dict[str, Source] = {}
        for earlier in self.sources[:index]:
            for name in earlier.columns:
                in_a_key = name in earlier.key or name in joining.key
                if name.endswith("_id") and name in joining.columns and in_a_key:
                    found.setdefault(name, earlier)
        if not found:
            before = ", ".join(source.name for source in self.sources[:index])
            raise ContentError(
                f"{self.owner.path.name}: „{joining.name}“ teilt mit {before} keine Kennung (…_id), über die sich die "
                "Zeilen verbinden lassen. Bitte with: prüfen."
            )
        return tuple(found.items())

    def source_of(self, name: str, place: str) -> Source | None:
        """Return the source that has this column, or None; raises ContentError where two unrelated ones have it."""
        having = [source for source in self.sources if name in source.columns]
        if len(having) > 1 and not self._is_joined(name):
            tables = " und ".join(source.name for source in having)
            raise ContentError(f"{place}: „{name}“ ist nicht eindeutig, es steht in {tables}.")
        return having[0] if having else None

    def _is_joined(self, name: str) -> bool:
        return any(
            name == joined for index in range(1, len(self.sources)) for joined, _ in self.joined_on(index)
        )  # fmt: skip

    def owner_of(self, name: str, place: str) -> Sheet:
        """Return the attribute term that promises a word; raises ContentError with the likely name otherwise."""
        owner = self.words.get(name)
        if owner is None:
            from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

            known = [column for source in self.sources for column in source.columns]
            close = get_close_matches(name, [*known, *self.words], n=1, cutoff=0.6)
            likely = f" Gemeint „{close[0]}“?" if close else ""
            raise ContentError(
                f"{place}: Spalte „{name}“ gibt es nicht im Datenstand und kein Begriff legt sie fest.{likely}"
            )
        if owner.kind != "attribute":
            raise ContentError(
                f"{place}: „{name}“ gehört zu „{owner.name}“ ({owner.id}); dieser Begriff vervielfacht Zeilen und ist "
                "nur in of: oder with: möglich."
            )
        return owner

    def taxonomy_of(self, name: str) -> str | None:
        """Return the taxonomy of the values behind a name, if it has one."""
        for source in self.sources:
            if name in source.columns:
                return source.columns[name]
        owner = self.words.get(name)
        return owner.taxonomies.get(name) if owner else None
