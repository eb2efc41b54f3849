"""Reads the rows of a dataset's tables, one after the other, and which terms occur in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.dataset.scope import Kept
from ewm.capture.dataset.tables import CLUSTERS, NOTES, RECORDS, TERMS, Table
from ewm.capture.editorial.models import PictureContent, StoryPicture
from ewm.capture.shapes import attribute_of, target_of
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.snapshot.pictures import picture_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.capture.dataset.scope import Scope

    Row = tuple[Any, ...]

CHUNK = 2000
_ABOVE = ("parent_id", "scheme_id", "series_id")


class Reading:
    """One reading of a scope; ``terms`` must be read last, it holds what occurred before."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._kept = Kept(scope)
        self._used: set[str] = set()
        self._pictures: dict[str, str] = {}

    def tables(self) -> list[Table]:
        """Return the tables of the scope, the notes among them only where some may be read."""
        return [CLUSTERS, *(each for each in RECORDS if each.name != NOTES or self._scope.notes != frozenset()), TERMS]

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table in their order."""
        if table is TERMS:
            return self._terms()
        if table is CLUSTERS:
            return self._shown(table, Cluster.objects.order_by("position", "cluster_id"), lambda _: True, "cluster_id")
        found = self._scope.rows(table.model)
        if table.owner:
            first = attribute_of(table.model, table.owner)
            return self._shown(table, found.order_by(first, "id"), self._kept_ids(table), first)
        if any(field.name == "code" for field in table.model._meta.concrete_fields):
            kept = self._kept.codes[table.model]
            return self._shown(table, found.order_by("id"), kept.__contains__, "id")
        clusters = self._scope.notes if table.name == NOTES else self._scope.clusters
        return self._shown(
            table, found.order_by("id"), lambda one: clusters is None or one in clusters, "cluster_id"
        )  # fmt: skip

    def _kept_ids(self, table: Table) -> Callable[[Any], bool]:
        target = target_of(table.model, table.owner)
        assert target is not None  # noqa: S101 (every part has an owner with a code)
        return self._kept.codes[target].__contains__

    def _shown(self, table: Table, found: Any, keeps: Callable[[Any], bool], first: str) -> Iterator[Row]:
        """Yield the kept rows; of ids the codes, of what lies outside of the scope nothing."""
        model = table.model
        names = [attribute_of(model, name) for name in table.fields]
        targets = [target_of(model, name) for name in table.fields]
        codes = [(place, self._kept.codes[target]) for place, target in enumerate(targets) if target is not None]
        terms = [place for place, name in enumerate(table.fields) if _is_term(model, name)]
        for row in found.values_list(first, *names).iterator(chunk_size=CHUNK):
            if not keeps(row[0]):
                continue
            values = list(row[1:])
            self._used.update(values[place] for place in terms if values[place] is not None)
            for place, code_of in codes:
                values[place] = code_of.get(values[place])
            if model is StoryPicture:
                self._remember_picture(dict(zip(table.fields, values, strict=True)))
            yield tuple(values)

    def _remember_picture(self, row: dict[str, Any]) -> None:
        self._pictures[row["picture"]] = row["media_type"]

    def _terms(self) -> Iterator[Row]:
        above = {one: others for one, *others in Term.objects.values_list("term_id", *_ABOVE)}
        used, fresh = set(self._used), set(self._used)
        while fresh:
            fresh = {each for one in fresh for each in above.get(one, ()) if each} - used
            used |= fresh
        ordered = Term.objects.order_by("taxonomy", "position", "term_id").values_list(*Term.FIELDS)
        return (row for row in ordered.iterator(chunk_size=CHUNK) if row[0] in used)

    def pictures(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Yield file, media type and bytes of every picture that the rows showed."""
        for digest, media_type in sorted(self._pictures.items()):
            yield picture_file(digest, media_type), media_type, lambda digest=digest: _content(digest)  # type: ignore[misc]


def _is_term(model: type[Any], name: str) -> bool:
    return model._meta.get_field(name).related_model is Term


def _content(digest: str) -> bytes:
    return bytes(PictureContent.objects.values_list("content", flat=True).get(sha256=digest))
