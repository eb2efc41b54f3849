"""The template environment: autoescape, strict about names, compiled once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ewm.report import document as d
from ewm.report.html.inlines import raw
from ewm.report.html.layout import Band, sections, stretches
from ewm.report.html.svg import chart
from ewm.report.html.tables import bodies, head_rows

if TYPE_CHECKING:
    from collections.abc import Callable

_TEMPLATES = Path(__file__).parent / "templates"
STYLESHEET = _TEMPLATES / "report.css"

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing but files beside the page may be loaded, and no script or style within it is heeded."""

_KINDS = {
    "band": Band,
    "bullets": d.Bullets,
    "captioned_table": d.TableBlock,
    "figure": d.FigureBlock,
    "heading": d.Heading,
    "key_number": d.KeyNumber,
    "paragraph": d.Paragraph,
    "plain_table": d.PlainTable,
    "story": d.Story,
    "tiles": d.Tiles,
}


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the environment; templates ask ``block is figure`` for the kind of a block."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.tests.update({name: _is_a(kind) for name, kind in _KINDS.items()})
    environment.globals.update(
        policy=POLICY,
        bodies=bodies,
        chart=lambda figure: Markup(chart(figure)),  # noqa: S704  (parsed, cleaned and written anew)
        head_rows=head_rows,
        plain=d.plain,
        raw=raw,
        sections=sections,
        stretches=stretches,
    )
    return environment
