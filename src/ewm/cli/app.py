"""The commands of ``ewm`` and where they stand. Importing this imports no room: each command does that when it runs."""

from __future__ import annotations

from ewm.cli import programme, snapshot
from ewm.cli.usage import group

app = group("Vom Eintrag zur Zahl: Ergebnis- und Wirkungsmonitoring von Clustern.")
app.add_typer(programme.app, name="programme")
app.add_typer(snapshot.app, name="snapshot")
