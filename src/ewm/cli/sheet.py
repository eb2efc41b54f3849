"""``ewm sheet``: one methodology sheet as its author wants to see it: sentences, SQL, funnel, cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ewm.cli.output import Json, emit, say

if TYPE_CHECKING:
    from ewm.cli.figures import Figures
    from ewm.indicators.explain import Explanation
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet


def sheet(
    sheet_id: Annotated[str, typer.Argument(metavar="BLATT", help="Kennung eines Indikators oder Begriffs.")],
    cluster: Annotated[
        str | None, typer.Option(metavar="CLUSTER", help="Cluster des Trichters; sonst das mit den meisten Projekten.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="JAHR", help="Berichtsjahr des Trichters; sonst das letzte.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Zeigt ein Blatt: Sätze mit SQL, das übersetzte SQL, einen Trichter und die Fälle."""
    from ewm.cli import content

    methodology = content.methodology()
    chosen = methodology.sheet(sheet_id)
    funnels, reason = _funnels(chosen, cluster, year)
    data = {
        "id": chosen.id,
        "title": chosen.title,
        "term": chosen.term,
        "source": str(chosen.source),
        "sentences": [_sentence(sentence) for sentence in chosen.sentences],
        "sql": compiled_sql(methodology, chosen),
        "cases": _cases(chosen),
        "funnels": [_funnel_data(found) for found in funnels],
    }
    emit(data, lambda: _show(chosen, data, funnels, reason), as_json=as_json)


def compiled_sql(methodology: Methodology, sheet: Sheet) -> str:
    """Return the SQL of a sheet: of an indicator the statement that stands alone, of a term its table or conditions."""
    from ewm.indicators.compile import Compiler

    compiler = Compiler(methodology)
    if sheet.kind == "indicator":
        return compiler.standalone(sheet)
    if sheet.kind == "population":
        return "\n".join(fragment.rule for _, fragment in sheet.fragments("where"))
    return compiler.term(sheet.name).sql


def _sentence(sentence: Any) -> dict[str, Any]:
    return {
        "number": sentence.number,
        "years": str(sentence.years),
        "text": sentence.text,
        "marks": [f"{mark.kind}: {mark.name}" if mark.name else mark.kind for mark in sentence.marks],
        "fragments": [{"kind": part.kind, "name": part.name, "sql": part.text} for part in sentence.fragments],
    }


def _cases(sheet: Sheet) -> str | None:
    path = sheet.path.with_suffix("").with_name(f"{sheet.path.stem}.cases.yaml")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _funnels(sheet: Sheet, cluster: str | None, year: int | None) -> tuple[list[Explanation], str]:
    """Return one funnel per population, or the reason why there is none."""
    from ewm.cli.figures import open_figures
    from ewm.errors import MissingError
    from ewm.indicators.explain import ask, explain

    if sheet.kind != "indicator":
        return [], "Begriffe zeigen ihren Trichter in den Indikatoren, die sie verwenden."
    try:
        figures = open_figures()
    except MissingError as error:
        return [], str(error)
    chosen = year or max(known for known in figures.methodology.years if known in sheet.valid)
    where = cluster or _largest(figures)
    value = next((name for name in sheet.value_names if sheet.has_value_at(name, "total")), None)
    if value is None:
        return [], "Das Blatt hat keinen Wert auf der obersten Stufe; eine Zelle erklärt: ewm explain … --cell"
    questions = [
        ask(figures.methodology, sheet.id, cluster_id=where, year=chosen, population=name, value=value)
        for name in sheet.of
    ]
    return [explain(figures.connection, figures.methodology, question) for question in questions], ""


def _largest(figures: Figures) -> str:
    query = "SELECT cluster_id FROM projects GROUP BY cluster_id ORDER BY COUNT(*) DESC, cluster_id LIMIT 1"
    row = (
        figures.connection.execute(query).fetchone()
        or figures.connection.execute("SELECT cluster_id FROM clusters ORDER BY position LIMIT 1").fetchone()
    )
    return str(row[0]) if row else ""


def _funnel_data(found: Explanation) -> dict[str, Any]:
    question = found.question
    return {
        "cluster": question.cluster_id,
        "year": question.year,
        "population": question.population.name,
        "lines": [{"count": line.count, "sheet": line.sheet_id, "sentence": line.number} for line in found.lines],
    }


def _show(sheet: Sheet, data: dict[str, Any], funnels: list[Explanation], reason: str) -> None:
    from ewm.cli.explain import show_funnel

    say(f"{sheet.id} {sheet.title}" + (f" · Begriff {sheet.term}" if sheet.term else ""))
    say(f"Quelle: {sheet.source} · {sheet.path.name}")
    for sentence in data["sentences"]:
        _show_sentence(sentence)
    say(f"\n=== SQL ===\n{data['sql']}")
    for found in funnels:
        question = found.question
        say(f"\n=== Trichter: {question.cluster_id}, {question.year}, {question.population.title} ===")
        show_funnel(found)
    if reason:
        say(f"\n=== Trichter ===\n{reason}")
    say(f"\n=== Fälle ===\n{data['cases'] or 'Das Blatt hat noch keine Fälle.'}".rstrip())


def _show_sentence(sentence: dict[str, Any]) -> None:
    validity = "" if sentence["years"] == "alle Jahre" else f" | {sentence['years']}"
    marks = f" ({', '.join(sentence['marks'])})" if sentence["marks"] else ""
    say(f"\n[{sentence['number']}{validity}] {sentence['text']}{marks}")
    for part in sentence["fragments"]:
        say(f"    {part['kind']} {part['name'] or ''}".rstrip())
        for line in part["sql"].strip().splitlines():
            say(f"      {line}")
