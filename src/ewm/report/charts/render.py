"""From a specification to the SVG that is printed and embedded: the plot itself, with its title and description."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOT = re.compile(r"<svg[^>]*>")
_INNER_ROLE = ' role="graphics-object" aria-roledescription="group mark container"'
_KEPT = 64


def render_svg(spec: Mapping[str, Any], *, title: str, alt: str) -> str:
    """Draw a specification; texts stay texts, ``title`` and ``alt`` name and describe the picture.

    The root is written anew because the converter may shift the plot inside its own frame. Ids are made from the
    content, so that several charts can stand in one page.
    """
    drawn = _drawn(json.dumps(spec, ensure_ascii=False, sort_keys=True))
    key = hashlib.sha256(f"{title}\n{alt}\n{drawn}".encode()).hexdigest()[:8]
    width, height = spec["width"], spec["height"]
    names = f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(alt)}</desc>'
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{key} d{key}" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
    )
    return _ROOT.sub(lambda _: root + names, drawn, count=1)


@lru_cache(maxsize=_KEPT)
def _drawn(spec: str) -> str:
    import vl_convert  # noqa: PLC0415 (starts a JavaScript engine: only where something is drawn)

    return str(vl_convert.vega_to_svg(json.loads(spec))).replace(_INNER_ROLE, "")
