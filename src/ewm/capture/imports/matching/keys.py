"""What earlier imports have settled: which key of which source is which record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import ImportedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Settled:
    """The record that a key led to, and what the file said then."""

    code: str
    said: Mapping[str, Any]


def settled_keys(sources: Iterable[str], kind: RecordKind, cluster: str) -> dict[tuple[str, str], Settled]:
    """Return what was settled for keys of these sources, by source and key; the last import counts.

    Projects and activities belong to a cluster: what another one imported says nothing about this one's.
    """
    found = ImportedKey.objects.filter(source__in=set(sources), kind=kind)
    if kind is not RecordKind.ACTORS:
        found = found.filter(imported__cluster__cluster_id=cluster)
    rows = found.order_by("pk").values_list("source", "key", "code", "said")
    return {(source, key): Settled(code, said) for source, key, code, said in rows}
