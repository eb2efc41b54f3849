"""Entries on their way through a page: signed, for one account and one record, so that nothing is lost or slipped in.

What was typed passed a form before; the signature lets it come back without being asked every question again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core import signing

from ewm.capture.entries import Item, stored_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.shapes import Shape


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wanted to save: the entry, the version that it came from, the reason."""

    entry: Any
    base_version: int
    reason: str


def sealed(shape: Shape[Any], typed: Typed, *, whose: str) -> str:
    """Return what was typed as text for a hidden field; ``whose`` says account and record."""
    content = {"entry": _packed_entry(shape, typed.entry), "base": typed.base_version, "reason": typed.reason}
    return signing.dumps(content, salt=_salt(whose), compress=True)


def opened(shape: Shape[Any], text: str, *, whose: str) -> Typed:
    """Return what was typed; raises ``signing.BadSignature`` where the text is not ours or not for this account."""
    content = signing.loads(text, salt=_salt(whose))
    return Typed(_entry(shape, content["entry"]), content["base"], content["reason"])


def _salt(whose: str) -> str:
    return f"ewm.conflict {whose}"


def _packed_entry(shape: Shape[Any], entry: Any) -> dict[str, Any]:
    parts = {
        part.name: [_packed(item, stored_fields(part.item)) for item in getattr(entry, part.name)]
        for part in shape.parts
    }
    return _packed(entry, shape.columns) | parts


def _packed(item: Item, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in names}
    return {name: {"day": value.isoformat()} if isinstance(value, date) else value for name, value in values.items()}


def _entry(shape: Shape[Any], packed: dict[str, Any]) -> Any:
    values = {name: _value(packed[name]) for name in shape.columns}
    parts = {
        part.name: tuple(part.item(**{name: _value(value) for name, value in row.items()}) for row in packed[part.name])
        for part in shape.parts
    }
    return shape.entry(**values, **parts)


def _value(packed: Any) -> Any:
    return date.fromisoformat(packed["day"]) if isinstance(packed, dict) else packed
