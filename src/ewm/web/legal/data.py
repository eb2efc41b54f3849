"""What data packages say of this installation: from the programme, and from what the operator said about itself."""

from __future__ import annotations

from typing import Any

from ewm.web.focus import programme
from ewm.web.legal.operator import operator

_LICENCE = {"licence": "name", "licence_title": "title", "licence_url": "path"}


def data_facts() -> dict[str, Any]:
    """Return sources, and licence and publisher where they are named. Raises as ``operator``."""
    said, content = operator(), programme()
    found: dict[str, Any] = {"sources": [{"title": content.title.de, "version": content.version}]}
    licence = {word: said.data[key] for key, word in _LICENCE.items() if said.data.get(key)}
    if licence:
        found["licenses"] = [licence]
    if said.operator.get("name"):
        found["contributors"] = [{"title": said.operator["name"], "roles": ["publisher"]}]
    return found
