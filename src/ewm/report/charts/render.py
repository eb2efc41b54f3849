"""From a specification to the SVG that is printed and embedded: the plot itself, with its title and description.

A chart's specification is plain Vega: marks with data, positions in px, no scale, signal or expression. That subset is
drawn here in a millisecond; a test draws the same specifications with Vega itself and compares mark by mark.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def render_svg(spec: Mapping[str, Any], *, title: str, alt: str) -> str:
    """Draw a specification; texts stay texts, ``title`` and ``alt`` name and describe the picture.

    Ids are made from the content, so that several charts can stand in one page. What carries a value names it in a
    ``<title>`` of its own, which a browser shows at the pointer.
    """
    marks = "".join(_marks(spec))
    key = hashlib.sha256(f"{title}\n{alt}\n{marks}".encode()).hexdigest()[:8]
    size = f'width="{spec["width"]:g}" height="{spec["height"]:g}" viewBox="0 0 {spec["width"]:g} {spec["height"]:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{key} d{key}" {size} fill="none" '
        f"font-family={quoteattr(spec['config']['text']['font'])}>"
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(alt)}</desc>{marks}</svg>'
    )


def _marks(spec: Mapping[str, Any]) -> Iterator[str]:
    data = {table["name"]: table["values"] for table in spec["data"]}
    for mark in spec["marks"]:
        draw = _DRAWN[mark["type"]]
        for row in data[mark["from"]["data"]]:
            yield draw(row)


def _element(name: str, row: Mapping[str, Any], content: str = "", **attributes: object) -> str:
    given = attributes | {key: row[key] for key in ("fill", "stroke") if key in row}
    if "stroke" in row:
        given["stroke-width"] = row["strokeWidth"]
    if "strokeDash" in row:
        given["stroke-dasharray"] = ",".join(map(str, row["strokeDash"]))
    shown = "".join(f" {key}={quoteattr(_plain(value))}" for key, value in given.items())
    inner = content + (f"<title>{escape(row['tooltip'])}</title>" if "tooltip" in row else "")
    return f"<{name}{shown}>{inner}</{name}>" if inner else f"<{name}{shown}/>"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _text(row: Mapping[str, Any]) -> str:
    attributes = {"font-size": row["fontSize"], "font-weight": row["fontWeight"]}
    if row["align"] != "left":
        attributes["text-anchor"] = _ANCHORS[row["align"]]
    return _element("text", row, escape(row["text"]), x=row["x"], y=row["y"], **attributes)


def _rect(row: Mapping[str, Any]) -> str:
    return _element("rect", row, x=row["x"], y=row["y"], width=row["width"], height=row["height"])


def _symbol(row: Mapping[str, Any]) -> str:
    x, y, reach = row["x"], row["y"], row["size"] ** 0.5 / 2
    if row["shape"] == "circle":
        return _element("circle", row, cx=x, cy=y, r=round(reach, 3))
    corners = [(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)]
    return _element("path", row, d="M" + "L".join(f"{a:.2f},{b:.2f}" for a, b in corners) + "Z")


def _path(row: Mapping[str, Any]) -> str:
    return _element("path", row, d=row["path"])


_DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "text": _text, "rect": _rect, "symbol": _symbol, "path": _path,
}  # fmt: skip
