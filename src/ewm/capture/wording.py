"""Texts that are said now and kept for later: in German, and as what they were made of.

So a page in another language says in its own words what was stored long before somebody opened it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Wording(str):
    """A text that knows its parts: words as they stand, and messages of the catalogue with what fills them.

    ``parts`` are JSON: ``["A: ", ["„%(text)s“ fehlt.", {"text": "Titel"}]]``; what fills a message may be
    ``{"parts": […]}`` itself. A message that nothing fills is said as it is, percent signs and all.
    """

    parts: list[Any]

    def __new__(cls, parts: list[Any], translate: Callable[[str], str] = str) -> Wording:
        """Say the parts, in German unless told otherwise."""
        made = super().__new__(cls, _said(parts, translate))
        made.parts = parts
        return made

    def __getnewargs__(self) -> tuple[list[Any]]:  # type: ignore[override]
        """Copies keep the parts."""
        return (self.parts,)


def worded(message: str, **values: str | int) -> Wording:
    """Return a message of the catalogue in German, filled with values; those may be texts with parts themselves."""
    return Wording([[message, {name: _kept(value) for name, value in values.items()}]])


def joined(*texts: str) -> Wording:
    """Return texts one after the other."""
    return Wording([part for text in texts for part in parts_of(text) or [str(text)]])


def parts_of(text: str) -> list[Any]:
    """Return what a text was made of; nothing where nobody knows."""
    return text.parts if isinstance(text, Wording) else []


def in_german(text: str) -> str:
    """Return a text as it is stored."""
    return _said(text.parts, str) if isinstance(text, Wording) else text


def stored(text: str, parts: Sequence[Any] | None) -> str:
    """Return a text with its parts as they were stored."""
    return Wording(list(parts)) if parts else text


def said(text: str, parts: Sequence[Any] | None = None) -> str:
    """Return a stored text in the language of the page; what was stored without parts may be a message itself."""
    if parts:
        return _said(parts, gettext)
    return gettext(text) if text else text


def _kept(value: str | int) -> Any:
    return {"parts": value.parts} if isinstance(value, Wording) else value


def _said(parts: Sequence[Any], translate: Callable[[str], str]) -> str:
    return "".join(part if isinstance(part, str) else _filled(part[0], part[1], translate) for part in parts)


def _filled(message: str, values: dict[str, Any], translate: Callable[[str], str]) -> str:
    text = translate(message)
    if not values:
        return text
    return text % {
        name: _said(value["parts"], translate) if isinstance(value, dict) else value for name, value in values.items()
    }
