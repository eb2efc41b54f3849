"""XML as text: elements from a name, attributes and finished content; whatever a person wrote is escaped here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_ATTRIBUTE_ESCAPES = _ESCAPES | str.maketrans({"\t": "&#9;", "\n": "&#10;"})


def tag(name: str, attributes: Mapping[str, str] | None = None, *content: str) -> str:
    """Return an element; ``content`` is XML already, attribute values are escaped."""
    written = "".join(f' {key}="{attribute(value)}"' for key, value in (attributes or {}).items())
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(value: str) -> str:
    """Return text escaped for XML; raises ContentError as ``legal`` does."""
    return legal(value).translate(_ESCAPES)


def attribute(value: str) -> str:
    """Return an attribute's value, escaped so that tabs and line ends survive."""
    return legal(value).translate(_ATTRIBUTE_ESCAPES)


def legal(value: str) -> str:
    """Return the text as it is; raises ContentError where a character cannot stand in any XML file."""
    found = _ILLEGAL.search(value)
    if found:
        near = value[max(0, found.start() - 20) : found.start()]
        raise ContentError(
            f"Ein Text enthält ein Steuerzeichen (U+{ord(found.group()):04X}) nach „…{near}“. "
            "Bitte das Zeichen im Text löschen."
        )
    return value
