"""Charts as part of a page: what a chart's SVG may hold, how it is named, and ids that no other chart shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.report.document import FigureBlock

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

_FORBIDDEN = {"script", "style", "foreignObject", "image", "animate", "set", "a"}
_DROPPED = re.compile(r"^(aria-|data-|on)|^(role|class|tabindex|focusable)$")
_LOCAL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")


def chart(figure: FigureBlock) -> str:
    """Return a figure's SVG for a page: scalable, named by its alt text, safe under a strict content policy.

    Raises ContentError naming the figure where alt text is missing, or the SVG is unreadable, or holds scripts,
    styles or addresses outside itself.
    """
    if not figure.alt.strip():
        raise ContentError(f"{figure.label}: Der Alternativtext fehlt. Bitte alt angeben.")
    try:
        root = Tree.fromstring(figure.svg)  # noqa: S314  (drawn by this program, no entity is declared)
    except Tree.ParseError as error:
        raise ContentError(f"{figure.label}: Die Zeichnung ist kein lesbares SVG: {error}.") from error
    for element in root.iter():
        _clean(element, figure)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib.setdefault("viewBox", f"0 0 {figure.width:g} {figure.height:g}")
    root.attrib |= {"role": "img", "aria-label": figure.alt}
    return _text(root)


def _clean(element: Tree.Element, figure: FigureBlock) -> None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name in _FORBIDDEN:
        raise ContentError(f"{figure.label}: <{name}> ist in einer Zeichnung nicht möglich. Bitte als Form zeichnen.")
    element.tag = name
    element.attrib = {
        key: value
        for attribute, value in _styled(element.attrib, figure).items()
        if not _DROPPED.match(attribute)
        for key, value in [_attribute(attribute, value, figure)]
    }


def _styled(attributes: Mapping[str, str], figure: FigureBlock) -> dict[str, str]:
    """Return the attributes with a ``style`` spelt out: the page's content policy ignores inline styles."""
    found = dict(attributes)
    for declaration in filter(str.strip, found.pop("style", "").split(";")):
        name, colon, value = declaration.partition(":")
        if not colon:
            raise ContentError(f"{figure.label}: style=„{declaration}“ in der Zeichnung ist nicht lesbar.")
        found[name.strip()] = value.strip()
    return found


def _attribute(name: str, value: str, figure: FigureBlock) -> tuple[str, str]:
    name = name.replace(f"{{{XLINK}}}", "")
    if name == "id":
        return name, f"{figure.id}-{value}"
    if name == "href":
        if not value.startswith("#"):
            raise ContentError(f"{figure.label}: Die Zeichnung verweist nach außen ({value[:60]}).")
        return name, f"#{figure.id}-{value[1:]}"
    if "url(" in value:
        value, found = _LOCAL.subn(rf"url(#{figure.id}-\1)", value)
        if not found:
            raise ContentError(f"{figure.label}: Die Zeichnung verweist nach außen ({value[:60]}).")
    return name, value


def _text(root: Tree.Element) -> str:
    root.attrib.pop("xmlns", None)
    root.attrib = {"xmlns": SVG, **root.attrib}
    return Tree.tostring(root, encoding="unicode")
