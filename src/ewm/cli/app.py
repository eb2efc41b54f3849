"""The commands of ``ewm`` and where they stand. Importing this imports no room: each command does that when it runs."""

from __future__ import annotations

from ewm.cli import demo, docs, explain, indicators, methodology, programme, published, records, report, sheet, snapshot
from ewm.cli.usage import GermanCommand, group

app = group("Vom Eintrag zur Zahl: Ergebnis- und Wirkungsmonitoring von Clustern.")
app.add_typer(programme.app, name="programme")
app.add_typer(records.app, name="records")
app.add_typer(snapshot.app, name="snapshot")
app.add_typer(indicators.app, name="indicators")
app.add_typer(methodology.app, name="methodology")
app.add_typer(report.app, name="report")
app.command("explain", cls=GermanCommand)(explain.explain)
app.command("sheet", cls=GermanCommand)(sheet.sheet)
app.command("check-published", cls=GermanCommand)(published.check_published)
app.command("demo", cls=GermanCommand)(demo.demo)
app.command("docs", cls=GermanCommand)(docs.docs)
