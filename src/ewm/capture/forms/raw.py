"""What a form holds as text: as it was posted, kept in a draft, or written out from a stored record.

A form is always filled from this, so whatever was typed is shown again, readable or not. Repeated rows are told apart
by number: ``partners-0-role``, ``partners-3-role``; gaps do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict

from ewm.capture.accounts.rescue import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BUTTONS = ("fertig", "entwurf", "mehr", "weniger", "suchen", "aktualisieren")
"""Names of the buttons that send a form: finish, keep as draft, one more row, without a row, look for, new terms."""

_LONGEST_VERSION = 10
"""Digits that no version has and no column holds."""
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", MARK, *BUTTONS})


@dataclass(frozen=True, slots=True)
class Raw:
    """Values by name, each a list as in a query string."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def posted(cls, given: MultiValueDict[str, str]) -> Raw:
        """Return what was posted, without buttons and token."""
        return cls({name: list(values) for name, values in given.lists() if name not in _NOT_TYPED})

    @classmethod
    def of(cls, **values: str | Sequence[str] | None) -> Raw:
        """Return these values; empty ones are left out."""
        return cls({name: [value] if isinstance(value, str) else value for name, value in values.items() if value})

    def get(self, name: str) -> str:
        """Return the last value, empty where there is none."""
        values = self.values.get(name)
        return str(values[-1]) if values else ""

    def several(self, name: str) -> list[str]:
        """Return all values."""
        return [str(value) for value in self.values.get(name, ())]

    def version(self) -> int | None:
        """Return the version that was on the page when it was opened; None where it is not said."""
        text = self.get("version")
        return int(text) if text.isdecimal() and len(text) < _LONGEST_VERSION else None

    def for_form(self) -> MultiValueDict[str, Any]:
        """Return the values as Django's forms read them."""
        return MultiValueDict({name: list(values) for name, values in self.values.items()})

    def with_values(self, **values: str) -> Raw:
        """Return a copy with some values set."""
        return Raw({**self.values, **{name: [value] for name, value in values.items()}})

    def numbers(self, group: str) -> list[int]:
        """Return the numbers of the rows of a group, in order."""
        pattern = re.compile(rf"{re.escape(group)}-(\d{{1,6}})-")
        return sorted({int(found[1]) for name in self.values if (found := pattern.match(name))})

    def with_row(self, group: str, **values: str) -> Raw:
        """Return a copy with one more row of a group, behind the last."""
        number = max(self.numbers(group), default=-1) + 1
        named = {f"{group}-{number}-{name}": [value] for name, value in (values or {"": ""}).items()}
        return Raw({**self.values, **named})

    def without(self, beginning: str) -> Raw:
        """Return a copy without the names that begin so: a row by ``partners-3-``."""
        return Raw({name: values for name, values in self.values.items() if not name.startswith(beginning)})
