"""``ewm explain``: why a figure is what it is, sentence by sentence, down to its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ewm.cli.figures import CutOff, Name
from ewm.cli.numbers import figure, whole
from ewm.cli.output import Json, emit, say, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.cli.figures import Figures
    from ewm.indicators.explain import Explanation
    from ewm.indicators.funnel import Line

EMPTY = "–"


def explain(
    indicator: Annotated[str, typer.Argument(metavar="INDIKATOR", help="Kennung des Blatts.")],
    cluster: Annotated[str, typer.Option("--cluster", metavar="CLUSTER", help="Kennung des Clusters.")],
    year: Annotated[int, typer.Option("--year", metavar="JAHR", help="Berichtsjahr.")],
    population: Annotated[str | None, typer.Option(metavar="NAME", help="Grundgesamtheit; sonst die erste.")] = None,
    value: Annotated[str | None, typer.Option(metavar="NAME", help="Wert des Blatts; sonst der erste.")] = None,
    cell: Annotated[
        str | None, typer.Option(metavar="WORT=TERM[,…]", help="Zelle einer Aufgliederung; „–“ heißt ohne Angabe.")
    ] = None,
    records: Annotated[bool, typer.Option("--records", help="Nennt auch die Einträge dahinter.")] = False,
    cut_off: CutOff = None,
    snapshot: Name = None,
    as_json: Json = False,
) -> None:
    """Erklärt eine Zahl: was nach jedem Satz übrig bleibt, und welche Einträge es sind."""
    from ewm.cli.figures import open_figures
    from ewm.indicators.explain import ask
    from ewm.indicators.explain import explain as answer

    figures = open_figures(cut_off, snapshot, about=indicator)
    question = ask(
        figures.methodology,
        indicator,
        cluster_id=cluster,
        year=year,
        population=population,
        value=value,
        cell=parse_cell(cell),
    )
    found = answer(figures.connection, figures.methodology, question, records=records)
    emit(as_data(found, figures), lambda: _show(found, figures, records=records), as_json=as_json)


def parse_cell(text: str | None) -> dict[str, str | None]:
    """Return ``word=term,word=term`` as a mapping; ``–``, ``-`` or nothing after the sign means an empty value."""
    cell: dict[str, str | None] = {}
    for part in text.split(",") if text else ():
        word, sign, term = (piece.strip() for piece in part.partition("="))
        if not word or not sign:
            raise typer.BadParameter(
                f"„{part}“ ist keine Zelle. Form: wort=term, mehrere mit Komma", param_hint="--cell"
            )
        cell[word] = None if term in {"", "-", EMPTY} else term
    return cell


def as_data(found: Explanation, figures: Figures) -> dict[str, Any]:
    """Return an explanation as JSON: value, rule, source, funnel and records, ids as in the results."""
    question = found.question
    return {
        "snapshot": figures.snapshot.info.name,
        "indicator": question.sheet.id,
        "title": question.sheet.title,
        "source": str(question.sheet.source),
        "population": question.population.name,
        "cluster": question.cluster_id,
        "year": question.year,
        "cell": dict(question.cell),
        "value_name": question.value,
        "value": found.value,
        "whole": found.whole,
        "unit": found.unit,
        "funnel": [_line_data(line, found.names or {}) for line in found.lines],
        "records": [dict(zip(found.record_columns, row, strict=True)) for row in found.records],
    }


def _line_data(line: Line, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "unit": list(line.unit),
        "count": line.count,
        "removed": line.removed,
        "amount": line.amount,
        "sheet": line.sheet_id,
        "sentence": line.number,
        "text": line.text,
        "removed_records": list(line.removed_records),
        "merges": [
            {"unit": names.get(merge.unit, merge.unit), "into": names.get(merge.counted_as, merge.counted_as)}
            for merge in line.merges
        ],
    }


def _show(found: Explanation, figures: Figures, *, records: bool) -> None:
    question, labels = found.question, figures.labels()
    cell = [labels.get(term, term) if term else "ohne Angabe" for term in question.cell.values()]
    where = [labels[question.cluster_id], str(question.year), question.population.title, *cell]
    say(f"{question.sheet.id} {question.sheet.title} · {' · '.join(where)}")
    say(f"{question.value} = {figure(found.value, found.whole, found.unit)}")
    say(f"Quelle: {question.sheet.source} · Datenstand {figures.snapshot.info.name}")
    say()
    show_funnel(found, records=records)
    if not found.lines[0].count:
        say(f"\nFür {labels[question.cluster_id]} ist hier nichts erfasst: Die Null ist gezählt, nicht ergänzt.")
    if records:
        say()
        rows = [[_shown(cell, labels) for cell in row] for row in found.records]
        table(found.record_columns, rows, title=f"{whole(len(rows))} Einträge")


def show_funnel(found: Explanation, *, records: bool = False) -> None:
    """Write the funnel: what remains after each line, what it removed (with names, if asked), the sum beside it."""
    from dataclasses import replace

    from ewm.indicators.measure import unit_of

    fragment = found.question.fragment
    unit = unit_of(replace(fragment, parts=fragment.parts[:1]))
    for line in found.lines:
        _show_line(line, found, unit)
        for name in line.removed_records if records else ():
            say(f"{'':>41}ohne {name}")


def _show_line(line: Line, found: Explanation, unit: str) -> None:
    texts = {"recorded": "erfasst", "counted": f"gezählt wird: {', '.join(line.unit)}"}
    place = f"{line.sheet_id} {line.number}" if line.sheet_id else ""
    removed = f"({whole(-line.removed)})" if line.removed else ""
    amount = "" if line.amount is None else figure(line.amount, None, unit)
    text = texts.get(line.kind, line.text or "")
    say(f"{whole(line.count):>8} {removed:>7} {amount:>22}  {place:<8} {text}".rstrip())
    names = found.names or {}
    for merge in line.merges:
        say(f"{'':>41}{names.get(merge.unit, merge.unit)} → {names.get(merge.counted_as, merge.counted_as)}")


def _shown(cell: Any, labels: Mapping[str, str]) -> Any:
    if cell is None:
        return EMPTY
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    return labels.get(cell, cell) if isinstance(cell, str) else cell
