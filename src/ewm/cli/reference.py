"""The reference pages, made from what they describe: commands, exit codes, tables, indicators, report templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ewm.cli.exit_codes import EXIT_CODES
from ewm.cli.usage import is_argument, option_row, usage

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sentence, Sheet

NOTE = "<!-- Erzeugt durch `make docs`; Änderungen gehören in die Quelle. -->"
ON_BREAK = {"footnote": "Fußnote, kein Trendwort", "withhold": "keine Gegenüberstellung"}


def pages(methodology: Methodology) -> dict[str, str]:
    """Return the text of every reference page by its file name."""
    texts = {
        "befehle.md": _commands(),
        "rueckgabewerte.md": _exit_codes(),
        "datenstand.md": _snapshot_tables(),
        "ergebnisse.md": _result_tables(),
        "indikatoren.md": _sheets(methodology, "Indikatoren", methodology.indicators),
        "begriffe.md": _sheets(methodology, "Begriffe der Methodik", tuple(methodology.terms.values())),
        "berichtskapitel.md": _templates(),
    }
    return {name: f"{NOTE}\n\n{text.rstrip()}\n" for name, text in texts.items()}


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _commands() -> str:
    import typer

    from ewm.cli.app import application

    parts = ["# Befehle\n", "Jeder Befehl kennt `--help`; `EWM_DATA` und `EWM_PROGRAMME` nennen andere Ordner.\n"]
    parts += [_command(path, command) for path, command in _walk(typer.main.get_command(application()), ("ewm",))]
    return "\n".join(parts)


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _walk(child, (*path, name))


def _command(path: tuple[str, ...], command: Any) -> str:
    import inspect

    import typer

    context = typer.Context(command, info_name=" ".join(path))
    shown = [param for param in command.params if not param.hidden]
    names = [param.metavar if is_argument(param) else option_row(param)[0] for param in shown]
    rows = [(f"`{name}`", param.help or "") for name, param in zip(names, shown, strict=True)]
    name = " ".join(path)
    text = f"## {name}\n\n{inspect.cleandoc(command.help or '')}\n\n    {name} {usage(command, context)}\n"
    return f"{text}\n{_table(('Angabe', 'Bedeutung'), rows)}" if rows else text


def _exit_codes() -> str:
    rows = [(str(code), meaning) for code, meaning in EXIT_CODES.items()]
    text = "Jeder Befehl endet mit einem dieser Werte. Fehler stehen als ein Block auf der Fehlerausgabe."
    return f"# Rückgabewerte\n\n{text}\n\n{_table(('Wert', 'Bedeutung'), rows)}"


def _snapshot_tables() -> str:
    from ewm.snapshot.reference import describe_tables

    return describe_tables()


def _templates() -> str:
    from ewm.report.reference import describe_templates

    return describe_templates()


def _result_tables() -> str:
    from ewm.indicators.results import TABLES

    titles = {"results": "Werte", "pairs": "Vergleichbarkeit je zwei Berichtsjahre"}
    parts = ["# Tabellen der Ergebnisse\n\nBeide Tabellen liegen als Parquet, CSV und JSON im Ordner der Ergebnisse.\n"]
    for name, columns in TABLES.items():
        rows = [(f"`{column.name}`", column.type.lower(), column.description) for column in columns]
        parts.append(f"## {name}\n\n{titles[name]}.\n\n{_table(('Spalte', 'Art', 'Bedeutung'), rows)}")
    return "\n".join(parts)


def _sheets(methodology: Methodology, title: str, sheets: tuple[Sheet, ...]) -> str:
    years = f"{methodology.years[0]} bis {methodology.years[-1]}"
    head = (
        f"# {title}\n\nMethodik der Berichtsjahre {years}. Das Blatt mit SQL und Fällen zeigt `ewm sheet <Kennung>`.\n"
    )
    return "\n".join([head, *(_sheet(sheet) for sheet in sheets)])


def _sheet(sheet: Sheet) -> str:
    facts = " · ".join(_facts(sheet))
    sentences = "\n".join(_sentence(sentence) for sentence in sheet.sentences)
    return f"## {sheet.id} {sheet.title}\n\n{facts}\n\n{sentences}\n"


def _facts(sheet: Sheet) -> Iterator[str]:
    from ewm.indicators.sheet import ALWAYS, level_name

    yield f"Quelle: {sheet.source}"
    if sheet.term:
        yield f"Begriff: `{sheet.term}`"
    names = sheet.value_names or sheet.promises
    listed = {
        "zählt": sheet.counts,
        "Aufgliederung": [level_name(path) for path in sheet.by],
        "Wörter" if sheet.term else "Werte": names,
    }
    yield from (f"{what}: " + ", ".join(f"`{name}`" for name in found) for what, found in listed.items() if found)
    if sheet.valid != ALWAYS:
        yield f"erhoben {sheet.valid}"
    for changed, action in sheet.on_break.items():
        yield f"bei geänderter Regel{'' if changed == '*' else f' in {changed}'}: {ON_BREAK[action]}"


def _sentence(sentence: Sentence) -> str:
    from ewm.indicators.sheet import ALWAYS

    validity = f" ({sentence.years})" if sentence.years != ALWAYS else ""
    marks = ", ".join(f"{mark.kind}: {mark.name}" if mark.name else mark.kind for mark in sentence.marks)
    return f"- **{sentence.number}**{validity} {sentence.text}{f' *({marks})*' if marks else ''}"
