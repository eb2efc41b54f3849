"""The template language of reports as a page of the user's reference.

What there is comes from the code; what it means to an author is said here, in German. A part without a description,
or a description without a part, is an error.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from ewm.report.bound import Bound, BoundList
from ewm.report.figures.make import MAKERS
from ewm.report.tables import TABLE_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEAD = {
    "id": "Kennung, auf die `[[id]]` verweist; für immer",
    "number": "Nummer: `4`, `4.1` (Abschnitt des Kapitels davor) oder ein Buchstabe (Anhang); sonst keine",
    "title": "Überschrift; darf Ausdrücke enthalten",
    "short": "kürzere Überschrift für Kopfzeile und Verzeichnis",
    "facts": "gebundene Ergebnisse: Name → Angaben der nächsten Tabelle",
    "outside": "Liste von `{says: Worte, source: Quelle}`: was der Text sagt, ohne dass ein Ergebnis es belegt",
}
FACT = {
    "indicator": "Kennung des Indikators",
    "population": "Grundgesamtheit; nötig, wenn der Indikator mehrere hat",
    "value": "Wert; nötig, wenn die Stufe mehrere hat",
    "year": "0 ist das Berichtsjahr (sonst auch), −1 das Vorjahr; eine Jahreszahl geht auch",
    "level": "Stufe der Aufgliederung, `total` wenn nichts dasteht; `a > b` für die zweite",
    "k1": "Ausprägung der ersten Stufe (Kennung des Begriffs)",
    "k2": "Ausprägung der zweiten Stufe",
    "each": "statt einer Zelle eine Liste: `status` (Taxonomie), `guideline/x` (unter einem Begriff), `guideline/*` "
    "(unter allen), `cluster`, `years` (alle erhobenen Jahre derselben Zelle)",
}
BOUND = {
    "value": "die bloße Zahl, bei Anteilen der Zähler; nur für Bedingungen, gedruckt wird sie abgewiesen",
    "known": "ob es einen Wert gibt; nur für Bedingungen",
    "whole": "der bloße Nenner; nur für Bedingungen",
    "size": "die Zahl selbst, bei Anteilen und Mittelwerten als Bruch; nur für Bedingungen",
    "term": "die Kennung des Begriffs; nur für Bedingungen und zum Nachschlagen: `liste[eins.term]`",
    "text": "die Zahl in der Schreibweise ihrer Einheit, ungebunden; für Diagramme",
    "of": "Anzahl mit Hauptwort: „27 Projekte“, „zwei Projekte“, „ein Projekt“, „keine Projekte“; `article` ersetzt "
    "das Wort für eins, `none` das für null",
    "word": "Anzahl bis zwölf als Wort, darüber in Ziffern",
    "number": "die Zahl ohne Einheit, Beträge in Millionen",
    "millions": "Betrag oder Mittelwert in Millionen mit Einheit",
    "whole_percent": "Anteil ohne Nachkommastelle",
    "tenths": "Promille als Prozent mit einer Stelle",
    "signed": "Veränderung in Prozent mit Vorzeichen",
    "dash": "Anzahl, null als „–“",
    "whole_count": "Nenner eines Anteils",
    "part": "Zähler eines Anteils",
    "share": "Wort eines Anteils: „rund drei Viertel“",
    "share_of": "Wort für den Anteil dieser Anzahl an einer anderen",
    "percent_of": "Anteil dieser Anzahl an einer anderen in Prozent",
    "change": "Wort der Veränderung gegenüber einem früheren Jahr; über eine geänderte Regel hinweg abgewiesen",
    "difference": "Abstand zu einem früheren Jahr; über eine geänderte Regel hinweg abgewiesen",
    "comparable": "ob sich die beiden Jahre vergleichen lassen; nur für Bedingungen",
    "year_text": "das Berichtsjahr des Ergebnisses",
    "years": "dieselbe Zelle in allen erhobenen Jahren, als Folge",
    "label": "Bezeichnung des Begriffs in der Sprache des Berichts",
}
BOUND_LIST = {
    "ranked": "vom größten zum kleinsten, Gleiche in der Reihenfolge der Taxonomie",
    "largest": "der größte Eintrag; abgewiesen, wenn es keinen eindeutigen gibt",
    "has_largest": "ob ein Eintrag allein der größte ist; nur für Bedingungen",
    "counted": "die Einträge über null",
    "count_counted": "wie viele Einträge über null liegen",
    "count_all": "wie viele Einträge es gibt",
}
DIRECTIVES = {
    "lead": ("Text", "Vorspann des Kapitels"),
    "key": ("{{ zahl }} | Bedeutung", "große Zahl am Rand"),
    "margin": ("Titel | Text", "Randnotiz"),
    "tile": ("{{ zahl }} | Bedeutung", "Kennzahl der Seite „Auf einen Blick“; aufeinanderfolgende stehen zusammen"),
    "figure": ("name", "Abbildung aus `figures/name.yaml` und `captions.yaml`"),
    "table": ("name", "Tabelle aus `tables/name.yaml` und `captions.yaml`"),
    "evidence": ("{{ zahl }}", "Herkunft einer Zahl, gedruckt"),
    "edition": ("kapitel", "Platz für den eigenen Text der Ausgabe; steht bis `:: end`, was ohne ihn gilt"),
    "stories": ("", "die Erfolgsbeispiele der Ausgabe"),
    "comparability": ("", "welche Indikatoren sich mit welchen Jahren vergleichen lassen"),
    "changes": ("", "die Sätze, die sich bis zum Berichtsjahr geändert haben"),
    "corrections": ("", "die erklärten Korrekturen"),
    "indicators": ("", "alle Indikatoren und Begriffe mit ihren Sätzen"),
    "hashes": ("", "Prüfwerte von Datenstand, Methodik und Programm"),
    "figuredata": ("", "die Daten der Abbildungen als Tabellen"),
}
NAMES = {
    "year": "Berichtsjahr",
    "first_year": "erstes Jahr der Methodik",
    "period": "Berichtszeitraum",
    "cut_off": "Stichtag",
    "cluster": "Name des Clusters",
    "joint_clusters, regional_clusters, sub_topics": "Namen der Cluster dieser Art, durch Semikolon getrennt",
    "outside(worte, quelle)": "druckt eine Angabe mit Quelle an Ort und Stelle",
}
FIGURES: Mapping[str, tuple[str, Sequence[str]]] = {
    "units_by_state": ("Punkte je Zustand, mit kleiner Zeitreihe", ("all", "new", "states", "filled", "series")),
    "shares": ("Balken je Begriff mit Anteil", ("items", "all", "kind")),
    "multiples": ("dieselben Jahre je Begriff", ("items", "all")),
    "blocks": (
        "drei Blöcke auf einem Maßstab: Anteil, Aufbau mit umrandetem Teil, Aufteilung",
        ("part", "part_before", "structure", "structure_before", "inner", "split", "split_before"),
    ),
    "envelopes": (
        "Unterkategorien in der Hülle ihrer Vereinigung, Projekte neben Aktivitäten",
        ("projects", "project_parts", "activities", "activity_parts", "all_projects", "all_activities"),
    ),
    "participations": ("ein Zeichen je Beteiligung, nach Art des Partners", ("projects", "activities", "groups")),
    "volumes": ("Beträge je Jahr, ganz und regional, mit Anteilen", ("panels", "shares")),
    "origins": ("Balken bis hundert Prozent, an geänderten Regeln unterbrochen", ("of", "level", "groups")),
    "withheld": ("das Berichtsjahr neben schraffierten Jahren", ("value", "kind")),
    "districts": ("Karte der Kreise mit „n (m)“", ("count", "wider", "beside", "towns")),
}
TABLES: Mapping[str, tuple[str, Sequence[str]]] = {
    "fact_rows": ("Zeilen aus einzelnen Ergebnissen", ("columns", "rows", "widths")),
    "breakdown": ("Begriffe über Jahre und Grundgesamtheiten", ("of", "level", "below", "columns", "widths")),
}
CAPTION = {
    "label": "wie der Text sie nennt: „Abbildung 4“",
    "headline": "der Befund darüber, gebunden wie Fließtext",
    "caption": "der amtliche Titel",
    "short": "der Titel im Verzeichnis",
    "alt": "was zu sehen ist, für Menschen, die es nicht sehen (nur Abbildungen)",
    "source": "Quelle",
    "notes": "Liste von `{kind: reading, method oder explanation, text: …}`",
    "outside": "Angaben mit Quelle, wie im Kopf eines Kapitels",
    "words": "die Wörter, die Form und Tabelle brauchen; fehlt eines, nennt es die Meldung",
}
WORDS = {
    "shares": "Stufen der Wörter für Anteile",
    "changes": "Stufen der Wörter für Veränderungen",
    "numbers": "Zahlwörter von null bis zwölf",
    "guarded": "Wörter (reguläre Ausdrücke), die nur gebunden oder mit Quelle stehen dürfen",
    "names": "feststehende Namen, in denen Ziffern oder solche Wörter stehen dürfen",
}


INTRODUCTION = (
    "Ein Kapitel ist Markdown mit einem Kopf. `{{ … }}` druckt, `{% if … %}` und `{% for … %}` steuern (Jinja). "
    "Erlaubt sind Absätze, Überschriften ab `##` (mit `{#kennung}`), Listen, `*betont*`, `**stark**`, Links, "
    "Fußnoten `^[…]`, Verweise `[[kennung]]` und Anweisungen. Wie das zusammenhängt, steht in "
    "[Der Bericht](../explanation/bericht.md)."
)
SPECS = (
    "Dazu nennt jede Datei `form`, `rules` (Kennungen unter der Abbildung) und `facts` für Befund, Anmerkungen und "
    "Alternativtext. Was hier als Angabe steht, ist ein Ergebnis oder eine Liste davon; die mitgelieferten Dateien "
    "zeigen es."
)


def describe_templates() -> str:
    """Markdown page: heads, bound numbers, directives, specs of figures and tables, and the table of words."""
    return "\n\n".join(
        (
            "# Berichtskapitel",
            INTRODUCTION,
            _table("## Kopf", ("Schlüssel", "Bedeutung"), HEAD.items()),
            _table("## Angaben eines Ergebnisses", ("Schlüssel", "Bedeutung"), FACT.items()),
            _table("## Eine gebundene Zahl", ("Form", "Bedeutung"), _members(Bound, BOUND)),
            "`{{ zahl }}` allein druckt sie in der Schreibweise ihrer Einheit.",
            _table("## Eine gebundene Liste (`each`)", ("Form", "Bedeutung"), _members(BoundList, BOUND_LIST)),
            '`liste["kennung"]` nennt einen Eintrag, `{% for eins in liste %}` geht durch alle.',
            _table("## Namen in jedem Kapitel", ("Name", "Bedeutung"), NAMES.items()),
            _table("## Anweisungen", ("Zeile", "Bedeutung"), _directives()),
            _table("## Formen der Abbildungen", ("form", "zeigt", "Angaben"), _forms(MAKERS, FIGURES)),
            _table("## Formen der Tabellen", ("form", "zeigt", "Angaben"), _forms(TABLE_FORMS, TABLES)),
            SPECS,
            _table("## captions.yaml, je Abbildung und Tabelle", ("Schlüssel", "Bedeutung"), CAPTION.items()),
            _table("## words.yaml", ("Schlüssel", "Bedeutung"), WORDS.items()),
        )
    )


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([f"`{name}`", *rest] for name, *rest in rows)]
    listed = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return f"{title}\n\n{listed}"


def _members(kind: type, described: Mapping[str, str]) -> list[tuple[str, str]]:
    names = [name for name in vars(kind) if not name.startswith("_") and name not in getattr(kind, "__slots__", ())]
    _same(kind.__name__, names, described)
    return [(name + _arguments(getattr(kind, name)), described[name]) for name in described]


def _arguments(member: object) -> str:
    if not inspect.isfunction(member):
        return ""
    return "(" + ", ".join(list(inspect.signature(member).parameters)[1:]) + ")"


def _directives() -> list[tuple[str, str]]:
    return [(f":: {name} {form}".rstrip(), meaning) for name, (form, meaning) in DIRECTIVES.items()]


def _forms(
    forms: Mapping[str, object], described: Mapping[str, tuple[str, Sequence[str]]]
) -> list[tuple[str, str, str]]:
    _same("form", forms, described)
    return [(name, shows, ", ".join(f"`{key}`" for key in keys)) for name, (shows, keys) in described.items()]


def _same(what: str, found: Iterable[str], described: Iterable[str]) -> None:
    if differing := set(found) ^ set(described):
        raise LookupError(f"{what}: described and existing parts differ: {', '.join(sorted(differing))}")
