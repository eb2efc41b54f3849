"""What differs between the kinds of records that are written on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from ewm.capture.entries import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from ewm.capture.forms.entry_forms import EntryForms
    from ewm.capture.forms.raw import Raw
    from ewm.capture.shapes import Shape, Stored

E = TypeVar("E", bound=Item)


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind is called on its pages."""

    several: _StrPromise
    new: _StrPromise
    done: _StrPromise
    created: _StrPromise
    changed: _StrPromise


@dataclass(frozen=True, slots=True)
class Pages(Generic[E]):
    """A kind of record, named as its addresses and drafts."""

    name: str
    shape: Shape[E]

    @property
    def of_a_cluster(self) -> bool:
        """Tell whether its records belong to a cluster; others stand in one register for all."""
        return "cluster" in self.shape.columns

    def code(self, entry: E) -> str:
        """Return the code of an entry."""
        return str(self.shape.key_of(entry)[0])

    def list_url(self) -> str:
        """Return the address of the list."""
        return reverse(f"{self.name}:list")

    def url(self, view: str, code: str | None = None) -> str:
        """Return the address of one of the kind's pages."""
        return reverse(f"{self.name}:{view}", kwargs={"code": code} if code else None)


@dataclass(frozen=True, slots=True)
class Kind(Pages[E]):
    """A kind of record that is written on the common page; ``forms`` take text, stored entry and whether to look."""

    forms: Callable[[Raw, E | None, bool], EntryForms[E]]
    new: Callable[[str], Raw]
    written: Callable[[E], Raw]
    create: Callable[[E], Any]
    change: Callable[[E, int, str], Any]
    words: Words

    def crumbs(self, stored: Stored[E] | None) -> list[dict[str, str]]:
        """Return the way to the page on which a record is written."""
        way = [{"label": str(self.words.several), "url": self.list_url()}]
        if stored is None:
            return [*way, {"label": str(self.words.new), "url": ""}]
        code = self.code(stored.entry)
        title = str(getattr(stored.entry, "title", "") or code)
        return [*way, {"label": title, "url": self.url("page", code)}, {"label": _("Bearbeiten"), "url": ""}]

    def template(self, name: str) -> str:
        """Return the path of one of the kind's templates."""
        return f"{self.name}/{name}.html"

    def forms_of(self, raw: Raw, stored: Stored[E] | None, *, look: bool = False) -> EntryForms[E]:
        """Return the forms, filled."""
        return self.forms(raw, stored.entry if stored else None, look)
