"""What every chart form is: typed data in, a picture, its specification and the rows of its data table out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ewm.errors import ContentError
from ewm.report.charts.render import render_svg
from ewm.report.numbers import EN_DASH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sized

    from ewm.report.charts.canvas import Canvas
    from ewm.report.charts.style import Style
    from ewm.report.numbers import Formatter

D = TypeVar("D")
NOT_COLLECTED = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled integer. ``text`` is how it is printed where that is not the count itself (an amount in millions).

    ``value`` None is not collected or not published (a middle dot), zero is an en dash.
    """

    label: str
    value: int | None
    text: str | None = None

    @property
    def size(self) -> int:
        """Length of its mark: nothing where nothing is known."""
        return self.value or 0

    def shown(self, formatter: Formatter) -> str:
        """Return the printed value."""
        if self.value is None:
            return NOT_COLLECTED
        if not self.value:
            return EN_DASH
        return self.text or formatter.integer(self.value)

    def tip(self, formatter: Formatter) -> str:
        """Return what the browser shows at the mark."""
        return f"{self.label}: {self.shown(formatter)}"


class Datum(NamedTuple):
    """One value of a chart for its data table: path of the row, name of the column, value and printed value."""

    row: tuple[str, ...]
    column: str
    value: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn chart: SVG and Vega specification of ``width`` × ``height`` px (= pt)."""

    svg: str
    spec: Mapping[str, Any]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChartForm(Generic[D]):
    """A form: its name, the class of its data, how it is drawn, and which values it shows."""

    name: str
    data: type[D]
    draw: Callable[[D, Style], Canvas]
    rows: Callable[[D, Formatter], list[Datum]]

    def render(self, data: D, style: Style, alt: str, title: str = "") -> Figure:
        """Draw ``data``; ``alt`` describes the picture, ``title`` (default: ``alt``) names it.

        Raises ContentError where there is nothing to draw or the alt text is missing.
        """
        if not alt.strip():
            raise ContentError(f"Eine Abbildung der Form „{self.name}“ hat keinen Alternativtext. Bitte ergänzen.")
        canvas = self.draw(data, style)
        spec = canvas.spec(alt)
        svg = render_svg(spec, title=title or alt, alt=alt)
        return Figure(svg=svg, spec=spec, width=spec["width"], height=spec["height"])

    def describe(self, data: D, formatter: Formatter) -> list[Datum]:
        """Every value that the chart shows, in reading order."""
        return self.rows(data, formatter)


def require(found: Sized, what: str) -> None:
    """Raise ContentError where a chart would have nothing to draw."""
    if not len(found):
        raise ContentError(f"Eine Abbildung hat keine Daten: {what} ist leer. Bitte die Bindung der Abbildung prüfen.")
