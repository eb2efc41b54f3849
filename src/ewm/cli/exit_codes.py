"""What the exit codes mean: one table for the help, the reference and the tests."""

from __future__ import annotations

OK, FOUND, USAGE, UNEXPECTED, INTERRUPTED = 0, 1, 2, 70, 130

EXIT_CODES = {
    OK: "getan; alles in Ordnung",
    FOUND: "eine Prüfung ist zu Ende gelaufen und hat etwas gefunden, oder etwas ging nicht; die Meldung sagt, was",
    USAGE: "der Aufruf ist falsch: unbekannter Befehl, unbekannte Option, falscher oder fehlender Wert",
    3: "der Inhalt des Programms ist falsch (Taxonomien, Blätter, Fälle, Siegel); nichts wurde geladen",
    4: "Einträge wurden abgewiesen; nichts wurde geschrieben",
    5: "ein Datenstand oder ein Ergebnis ist nicht mehr, was er bei der Entstehung war; nichts liest ihn",
    6: "etwas fehlt noch; die Meldung nennt den Befehl, der es herstellt",
    UNEXPECTED: "ein Fehler in der Software; EWM_DEBUG=1 zeigt, wo",
    INTERRUPTED: "abgebrochen (Strg-C); nichts Halbes bleibt zurück",
}
