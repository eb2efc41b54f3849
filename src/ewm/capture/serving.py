"""What the services of all kinds of entries do alike: check everything, refuse together, write in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from ewm.capture.entries import Item
from ewm.capture.entry_reading import id_of, read_keys, read_many
from ewm.capture.entry_writing import Occasion, entries_create, entry_update
from ewm.capture.prechecks import precheck
from ewm.capture.published import refuse_without_reason
from ewm.capture.refusing import refuse_all
from ewm.capture.taxonomies.catalogue import Catalogue, read_catalogue
from ewm.capture.withdrawing import refuse_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ewm.capture.shapes import Shape
    from ewm.errors import Refusal

E = TypeVar("E", bound=Item)
P = ParamSpec("P")
T = TypeVar("T")

CREATED, CHANGED = "Erfassung", "Änderung"


def refused_when_overtaken(write: Callable[P, T]) -> Callable[P, T]:
    """Let a service that checks what other records say try again where the database refuses what it had let pass.

    Then another transaction took the code or the place between check and write, as PostgreSQL allows. The second check
    sees that and refuses with record, field and rule; what is no such case raises the database's error again.
    """

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return write(*args, **kwargs)
        except IntegrityError:
            return write(*args, **kwargs)

    return written


@dataclass(frozen=True, slots=True)
class Service(Generic[E]):
    """Writes entries of one shape that pass ``check``."""

    shape: Shape[E]
    check: Callable[[E, Catalogue], Iterator[Refusal]]

    def create(self, entries: Sequence[E], *, catalogue: Catalogue | None, reason: str) -> list[int]:
        """Create entries; returns their ids in the order given. Raises RefusedError; then none is created."""
        occasion = Occasion(reason, timezone.now())
        with transaction.atomic():
            taken = read_keys(self.shape)
            refuse_all(self.wrong(entries, catalogue or read_catalogue(), taken, occasion))
            return entries_create(self.shape, entries, occasion)

    def change(self, entry: E, *, version: int, reason: str) -> int:
        """Bring the stored entry of the same key to this one; returns its new version.

        Raises RefusedError (also without a reason, where ``published`` asks for one) or ConflictError; then nothing is
        changed.
        """
        return self.change_all([(entry, version)], reason=reason)[0]

    def change_all(self, changes: Sequence[tuple[E, int]], *, reason: str, given: bool | None = None) -> list[int]:
        """Bring stored entries, each if it still has its version, to what these say; returns their new versions.

        ``given``: whether somebody gave the reason (None: unless it is empty or says nothing). Raises as ``change``,
        with everything that is wrong with any of them; then none is changed.
        """
        occasion = Occasion(reason, timezone.now())
        entries = [replace(entry, recorded_at=None) for entry, _ in changes]
        told = bool(reason.strip()) and reason != CHANGED if given is None else given
        with transaction.atomic():
            found = read_many(self.shape, [id_of(self.shape, entry) for entry in entries])
            stored = [found[self.shape.key_of(entry)] for entry in entries]
            refuse_all(
                each
                for was in stored
                for each in refuse_withdrawn(self.shape.model, was.id, self.shape.label(was.entry))
            )
            refuse_all(
                each
                for entry, was in zip(entries, stored, strict=True)
                for each in refuse_without_reason(self.shape, was, entry, given=told)
            )
            # What is changed now is known from now on, whenever the entry itself was recorded.
            taken = read_keys(self.shape) - {self.shape.key_of(entry) for entry in entries}
            refuse_all(self.wrong(entries, read_catalogue(), taken, occasion))
            return [
                entry_update(self.shape, was, entry, version=version, occasion=occasion)
                for entry, was, (_, version) in zip(entries, stored, changes, strict=True)
            ]

    def wrong(
        self, entries: Sequence[E], catalogue: Catalogue, taken: set[tuple[object, ...]], occasion: Occasion
    ) -> Iterator[Refusal]:
        """Yield everything that is wrong with entries, given the keys that are taken."""
        yield from precheck(self.shape, entries, taken=taken, occasion=occasion)
        for entry in entries:
            yield from self.check(entry, catalogue)
