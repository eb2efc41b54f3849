"""Tables from specs: rows of single facts, and breakdowns over years and populations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.captions import caption
from ewm.report.document import Cell, Grid, Inlines, Number, Row, TableBlock, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ewm.report.facts import Fact
    from ewm.report.markdown import Reader
    from ewm.report.setting import Setting

NOT_RECORDED = "·"


def _cell(content: str, *, strong: bool = False, header: bool = False, right: bool = False, span: int = 1) -> Cell:
    return Cell((Text(content),), align="right" if right else "left", span=span, header=header, strong=strong)


def _number(setting: Setting, fact: Fact, style: str) -> Inlines:
    form = setting.language.formatter
    texts: dict[str, Callable[[], str]] = {
        "count": lambda: form.in_table(fact.value),
        "billions": lambda: form.fraction(fact.value, 10**11),
        "millions": lambda: form.millions(fact.value),
        "signed": lambda: form.signed(fact.value, 10),
        "tenths": lambda: form.fraction(fact.value, 10),
    }
    if style not in texts:
        raise ContentError(f"Die Schreibweise „{style}“ gibt es in Tabellen nicht ({', '.join(texts)}).")
    return (Number(texts[style](), fact.id),)


def fact_rows(setting: Setting, name: str, spec: Mapping[str, Any]) -> Grid:
    """A table whose rows are features and whose columns are single facts; a missing fact is „not recorded“."""
    words = setting.words(name)["words"]
    head = tuple(_cell(words[key], header=True, right=index > 1) for index, key in enumerate(spec["columns"]))
    rows = []
    for entry in spec["rows"]:
        cells = [_cell(words[entry["label"]]), _cell(words[entry["period"]])]
        for column in entry["cells"]:
            fact = _recorded(setting, column)
            content: Inlines = (Text(NOT_RECORDED),) if fact is None else _number(setting, fact, entry["style"])
            cells.append(Cell(content, align="right"))
        rows.append(Row(tuple(cells), kind="sum" if entry.get("sum") else "plain"))
    return Grid((head,), tuple(rows), tuple(spec["widths"]))


def _recorded(setting: Setting, entry: Mapping[str, Any] | None) -> Fact | None:
    """Return the fact of an entry, or None where nothing is recorded under it."""
    fact = setting.fact(entry) if entry is not None else None
    return fact if fact is not None and fact.known else None


def breakdown(setting: Setting, name: str, spec: Mapping[str, Any]) -> Grid:
    """A table over the terms of a taxonomy, one column per year and population, with sub-rows and a sum."""
    words = setting.words(name)["words"]
    columns = spec["columns"]
    rows = [row for term in setting.order(spec["of"]) for row in _term_rows(setting, spec, term)]
    rows.append(_breakdown_row(setting, words["sum"], columns, {"level": "total"}, "sum"))
    return Grid(
        head=_breakdown_head(setting, words, columns),
        rows=tuple(rows),
        widths=tuple(spec["widths"]),
        break_before=tuple(_breaks(setting, columns)),
        groups=("none", *(column["group"] for column in columns)),
    )


def _term_rows(setting: Setting, spec: Mapping[str, Any], term: str) -> list[Row]:
    label = setting.language.label(term)
    found = [_breakdown_row(setting, label, spec["columns"], {"level": spec["level"], "k1": term}, "plain")]
    below = spec.get("below", {})
    if below.get("term") == term:
        for child in setting.order(below["of"]):
            cell = {"level": below["level"], "k1": term, "k2": child}
            found.append(_breakdown_row(setting, setting.language.label(child), spec["columns"], cell, "sub"))
    return found


def _breakdown_row(
    setting: Setting, label: str, columns: Sequence[Mapping[str, Any]], cell: Mapping[str, str], kind: str
) -> Row:
    cells = [_cell(label)]
    for column in columns:
        fact = setting.fact({**column["query"], **cell})
        strong = fact.query.year == setting.facts.year and kind != "sub"
        cells.append(Cell(_number(setting, fact, "count"), align="right", strong=strong))
    return Row(tuple(cells), kind=kind)  # type: ignore[arg-type]


def _breakdown_head(
    setting: Setting, words: Mapping[str, str], columns: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Cell, ...], ...]:
    groups: list[list[Any]] = []
    for column in columns:
        if groups and groups[-1][0] == column["group"]:
            groups[-1][1] += 1
        else:
            groups.append([column["group"], 1])
    top = (_cell("", header=True), *(_cell(words[group], header=True, right=True, span=span) for group, span in groups))
    years = [str(setting.binder.query(column["query"]).year) for column in columns]
    bottom = (_cell(words["label"], header=True), *(_cell(year, header=True, right=True) for year in years))
    return (top, bottom)


def _breaks(setting: Setting, columns: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the columns before which the counting rule changed against the column to their left."""
    found = []
    for index, (left, right) in enumerate(itertools.pairwise(columns), start=2):
        if left["group"] != right["group"]:
            continue
        earlier, later = (setting.binder.query(column["query"]) for column in (left, right))
        state, _ = setting.facts.state(later, earlier.year, later.year)
        if state != "comparable":
            found.append(index)
    return found


TABLE_FORMS: dict[str, Callable[[Setting, str, Mapping[str, Any]], Grid]] = {
    "fact_rows": fact_rows,
    "breakdown": breakdown,
}


def make_table(setting: Setting, name: str, reader: Reader) -> TableBlock:
    """Make the table of a spec; raises ContentError naming it for an unknown form or query."""
    spec = setting.form.specs.get(name)
    if spec is None or spec.get("form") not in TABLE_FORMS:
        raise ContentError(f"{reader.name}: Die Tabelle „{name}“ gibt es nicht, oder ihre Form ist unbekannt.")
    try:
        grid = TABLE_FORMS[spec["form"]](setting, name, spec)
    except (KeyError, TypeError) as error:
        raise ContentError(f"tables/{name}.yaml: Angabe fehlt oder ist falsch: {error}") from error
    except ContentError as error:
        raise ContentError(f"tables/{name}.yaml: {error}") from error
    return TableBlock(**caption(setting, name, spec, reader), grid=grid)
