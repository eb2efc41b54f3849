"""The sheet that explains the others: how to fill in, what the rules are, what each column holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.reading.whole import GUIDE
from ewm.capture.imports.workbook.columns import SEPARATOR, SINCE_START, Holds
from ewm.capture.imports.workbook.layout import SHEETS
from ewm.capture.imports.workbook.pages import Cell, Line, Page, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.capture.imports.workbook.columns import Column

EXAMPLE = "Beispiel"
"""Stands in the column of the code: the row is an example, no record."""

STEPS = (
    (
        "Ein Projekt, eine Aktivität, ein Akteur ist eine Zeile. Gespeichert wird erst, was Sie nach dem Hochladen "
        "geprüft haben; der ganze Import lässt sich zurücknehmen."
    ),
    (
        f"Die Zeilen mit „{EXAMPLE}“ in der ersten Spalte zeigen, wie es gemeint ist. Sie werden nicht gelesen und "
        "können stehen bleiben oder weg."
    ),
    "Spalten mit * braucht jeder neue Eintrag. Alles andere darf leer bleiben und später folgen.",
    (
        "Steht eine Kennung da, ändert die Zeile diesen Eintrag: nur die Felder, die gefüllt sind und abweichen. Leere "
        "Zellen ändern und löschen nichts."
    ),
    "Tage: 20.04.2020. Beträge in Euro: 412.500,00 oder 4,3 Mio. Ja und nein: ja, nein.",
    (
        f"Status: in die Spalte des Status kommt der Tag, an dem er begann; {SINCE_START} heißt seit dem Beginn. So "
        "steht der ganze Weg eines Projekts in einer Zeile."
    ),
    (
        f"Akteure: Name oder Kennung, mehrere mit „{SEPARATOR}“ oder in neuer Zeile der Zelle (Alt+Eingabe). Wer noch "
        f"nicht erfasst ist, steht auch auf dem Blatt „{SHEETS[RecordKind.ACTORS]}“; der Name steht überall gleich da."
    ),
    "Mehr Förderungen, Leitlinien oder Cluster als Spalten: die Spalten kopieren und weiterzählen (… 3).",
    "Die Listen kommen aus dem Programm. Maßgeblich ist, was am Tag des Eintrags galt; Unbekanntes wird gemeldet.",
    "Eigene Spalten rechts daneben sind erlaubt, sie werden nicht gelesen. Blätter und Überschriften bitte so lassen.",
    "Fehler nennen Blatt, Zeile und Spalte. Eine berichtigte Datei lässt sich noch einmal einlesen, ohne Doppelte.",
)


def guide(facts: Sequence[tuple[str, str]], sheets: Mapping[RecordKind, Sequence[Column]]) -> Page:
    """Return the sheet; ``facts`` say which version this is and for whom."""
    return Page(GUIDE, (Line(26), Line(44), Line(10), Line(70), Line(24)), list(_rows(facts, sheets)))


def _rows(facts: Sequence[tuple[str, str]], sheets: Mapping[RecordKind, Sequence[Column]]) -> Iterator[Sequence[Cell]]:
    yield (Cell("Arbeitsmappe für Projekte, Aktivitäten und Akteure", Style.TITLE),)
    yield from ((Cell(name, Style.HEAD), Cell(text)) for name, text in facts)
    yield ()
    yield (Cell("So füllen Sie aus", Style.TITLE),)
    for number, step in enumerate(STEPS, 1):
        yield Cell(f"{number}", Style.HEAD), Cell(step)
    yield ()
    yield (Cell("Was in welche Spalte gehört", Style.TITLE),)
    yield tuple(Cell(each, Style.HEAD) for each in ("Blatt", "Spalte", "Pflicht", "Was hineingehört", "Art"))
    for kind, columns in sheets.items():
        for column in columns:
            yield tuple(map(_told, (SHEETS[kind], column.header, "ja" if column.needed else "", column.hint,
                                    _KINDS[column.holds])))  # fmt: skip


def _told(text: str) -> Cell:
    return Cell(text, Style.WRAPPED) if text else Cell()


_KINDS = {
    Holds.TEXT: "Text",
    Holds.DAY: "Tag",
    Holds.DAYS: f"Tag oder {SINCE_START}",
    Holds.MONEY: "Betrag in Euro",
    Holds.YES_NO: "ja, nein",
    Holds.WORD: "aus der Liste",
    Holds.SEVERAL: "aus der Liste, mehrere",
    Holds.ACTORS: "Akteure",
}
