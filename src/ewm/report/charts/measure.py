"""How wide a text is in the report's font, and where it breaks: what every label position is computed from."""

from __future__ import annotations

import json
import re
from functools import cache

from ewm.report.assets import METRICS, asset_folder

ASCENT, DESCENT, CAPITAL = 0.78, 0.22, 0.69
"""Parts of the font size: highest and lowest ink (accents and brackets included), height of capitals and figures."""

_AFTER = re.compile(r"(?<=[-/–\N{SOFT HYPHEN}])(?=\w)|(?<= )")
_WIDEST = 1000


@cache
def _advances() -> dict[str, dict[str, dict[str, int]]]:
    text = (asset_folder() / METRICS).read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, int]]] = json.loads(text)
    return loaded


def width_of(text: str, size: float, weight: int = 400, font: str = "Fira Sans") -> float:
    """Width in px without kerning, which would only make it narrower; an unknown sign counts a full em."""
    advances = _advances()[font][str(weight)]
    return sum(advances.get(sign, _WIDEST) for sign in text) * size / 1000


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break a text into lines of at most ``width`` px: at spaces, after hyphens and slashes, at soft hyphens.

    A word without a place to break is cut with a hyphen, so nothing ever reaches beyond its column.
    """
    lines: list[str] = []
    line = ""
    for part in (piece for piece in _AFTER.split(text) if piece):
        joined = line + part
        if not line or width_of(_shown(joined), size, weight) <= width:
            line = joined
        else:
            lines.append(_shown(line))
            line = part
        while width_of(_shown(line), size, weight) > width and len(line) > 2:
            head = _longest_head(line, width, size, weight)
            lines.append(f"{head}-")
            line = line[len(head) :]
    return [*lines, _shown(line)] if line else lines or [""]


def _shown(line: str) -> str:
    """Only a soft hyphen at the end of a line is printed."""
    inner = line.rstrip().removesuffix("\N{SOFT HYPHEN}").replace("\N{SOFT HYPHEN}", "")
    return f"{inner}-" if line.rstrip().endswith("\N{SOFT HYPHEN}") else inner


def _longest_head(word: str, width: float, size: float, weight: int) -> str:
    end = len(word) - 1
    while end > 1 and width_of(f"{word[:end]}-", size, weight) > width:
        end -= 1
    return word[:end]
