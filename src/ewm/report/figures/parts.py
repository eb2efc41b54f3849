"""What makers of figures share: items from bound results, the data table of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.bound import BoundList, unmarked
from ewm.report.document import Cell, Grid, Row, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.report.bound import Bound
    from ewm.report.charts.form import Datum
    from ewm.report.setting import Setting


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker hands over: the name of the chart form, its data, and further names for headline and alt text."""

    form: str
    data: Any
    names: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Maker:
    """One figure in the making: its spec and its words in the language of the report."""

    setting: Setting
    name: str
    spec: Mapping[str, Any]

    def word(self, key: str) -> str:
        """Return a word of the figure; raises KeyError, which names the word, where the language lacks it."""
        text = str(self.setting.words(self.name)["words"][key])
        return unmarked(self.setting.render(f"captions.yaml: {self.name}: {key}", text, self.spec.get("facts", {})))

    def bound(self, key: str) -> Bound:
        """Return the single result that the spec names under ``key``."""
        return self.setting.bound(self.spec[key])

    def each(self, key: str) -> BoundList:
        """Return the results of a level, or of all years, that the spec names under ``key``."""
        return self.items(self.spec[key])

    def items(self, entry: Mapping[str, Any]) -> BoundList:
        """Return the results that an entry names as a list; raises ContentError where there is nothing to draw."""
        found = self.setting.binder.bind(entry)
        if isinstance(found, BoundList) and not found.items:
            raise ContentError(
                f"Die Daten sind leer: „each: {entry['each']}“ nennt für dieses Cluster und Jahr keinen Begriff. "
                "Bitte die Angabe ändern oder die Abbildung im Kapitel mit {% if … %} weglassen."
            )
        return found if isinstance(found, BoundList) else BoundList([found])

    def label(self, bound: Bound) -> str:
        """Return the label of a result's term; an example term bears an asterisk."""
        mark = " *" if self.setting.order.example(bound.term) else ""
        return unmarked(bound.label) + mark

    def current(self, bound: Bound) -> bool:
        """Return whether a result belongs to the reporting year."""
        return bound.fact.query.year == self.setting.facts.year


def data_grid(data: Sequence[Datum], head: str) -> Grid:
    """Return the data table of a chart: one row per path, one column per name, in reading order."""
    columns = list(dict.fromkeys(datum.column for datum in data))
    depth = max((len(datum.row) for datum in data), default=1)
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for datum in data:
        rows.setdefault(datum.row, {})[datum.column] = datum.text
    width = 0.5 / max(1, len(columns))
    titles = (head, *("" for _ in range(depth - 1)), *columns)
    return Grid(
        head=(
            tuple(
                Cell((Text(title),), header=True, align="left" if place < depth else "right")
                for place, title in enumerate(titles)
            ),
        ),
        rows=tuple(_data_row(path, depth, values, columns) for path, values in rows.items()),
        widths=(*(0.5 / depth for _ in range(depth)), *(width for _ in columns)),
    )


def _data_row(path: tuple[str, ...], depth: int, values: Mapping[str, str], columns: Sequence[str]) -> Row:
    padded = (*path, *("" for _ in range(depth - len(path))))
    cells = [Cell((Text(part),)) for part in padded]
    cells.extend(Cell((Text(values.get(column, "")),), align="right") for column in columns)
    return Row(tuple(cells))
