"""A report made by hand: every kind of block and inline, long words, spans, breaks, stories, evidence.

The content is invented. ``sample_document(folder)`` writes the one picture it needs into ``folder``.
``rules`` holds ids and ``source`` the source alone: writers put the words „Regel“ and „Quelle“ before them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ewm.report.document import (
    Bullets,
    Cell,
    Chapter,
    Document,
    Emphasis,
    EvidenceBlock,
    FigureBlock,
    Footnote,
    Grid,
    Heading,
    Imprint,
    KeyNumber,
    Link,
    MarginNote,
    Meta,
    Note,
    Number,
    Paragraph,
    Picture,
    PlainTable,
    Reference,
    Row,
    Sign,
    Story,
    Strong,
    TableBlock,
    Text,
)
from tests.report.sample_evidence import sample_evidence
from tests.support.pixels import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Literal

    from ewm.report.document import Inline, Inlines

NASTY = "# $ @ * _ \\ < > [ ] { } \" ' ` ~ = - + / // /* // */ #let x = 1 $x$ <label> @ref \\u{41} \\n"

WORDS: Mapping[str, str] = {
    "contents": "Inhalt",
    "figures_and_tables": "Abbildungen und Tabellen",
    "page": "Seite",
    "source": "Quelle",
    "rule": "Regel",
    "printed_on": "Gedruckt auf Seite",
    "cut_off": "Stichtag",
    "cut_off_of_data": "Stichtag der Daten",
    "export": "Datenexport",
    "snapshot": "Datenstand",
    "hash": "Prüfwert (SHA-256)",
    "footnotes": "Fußnoten",
    "imprint": "Impressum",
    "publisher": "Herausgeber",
    "editor": "Redaktion",
    "as_of": "Stand",
    "funding": "Förderung",
    "notices": "Hinweise",
    "evidence_title": "Woher diese Zahl kommt",
    "sentence": "Satz und Bedingung",
    "remaining": "verbleibend",
    "removed": "entfallen",
    "validity": "Gültigkeit",
    "removed_records": "Entfallene Einträge",
    "records": "Gezählte Einträge",
    "linked_records": "Verknüpfte Einträge",
    "back": "zurück",
    "data_table": "Daten zu",
    "sentences": "So wird gezählt",
    "sql": "Übersetztes SQL",
    "printed_in": "Gedruckt in",
    "adds": "zählt zum Wert",
    "yes": "ja",
    "no": "nein",
    "no_records": "Hinter dieser Zahl stehen keine Einträge.",
    "note_back": "zurück zur Textstelle von Fußnote",
    "skip": "Zum Inhalt springen",
    "style_lead": "Vorspann",
    "style_section": "Zwischentitel",
    "style_evidence": "Herkunft",
    "style_key_number": "Randzahl",
    "style_margin_note": "Randnotiz",
    "style_legend": "Zeichenerklärung",
    "style_finding": "Befund",
    "style_figure": "Bildzeile",
    "style_picture_caption": "Bildunterschrift",
    "style_note": "Anmerkung",
    "style_method_note": "Methodenhinweis",
    "style_source": "Quellenangabe",
    "style_table_title": "Tabellentitel",
    "style_table_head": "Tabellenkopf",
    "style_table_head_number": "Tabellenkopf Zahl",
    "style_table_text": "Tabellentext",
    "style_table_number": "Tabellenzahl",
    "style_table_sub": "Tabelle Unterzeile",
    "style_fact": "Faktenzeile",
    "style_captions_title": "Verzeichnistitel",
    "style_cover_cluster": "Umschlag Cluster",
    "style_cover_note": "Umschlag Angaben",
    "style_number": "Gebundene Zahl",
    "style_reference": "Verweis",
    "style_key_value": "Randzahl Wert",
    "style_value": "Wert",
    "style_chapter_number": "Kapitelnummer",
    "style_label": "Bezeichnung",
    "style_method": "Methode",
    "style_code": "Bedingung",
    "style_table": "Berichtstabelle",
}


def text(value: str) -> Inlines:
    """One plain text as inlines."""
    return (Text(value),)


def cell(
    value: str,
    align: Literal["left", "right"] = "left",
    *,
    span: int = 1,
    header: bool = False,
    strong: bool = False,
    evidence: str = "",
) -> Cell:
    """One table cell; with ``evidence`` its value is a bound number."""
    content: Inlines = (Number(value, evidence),) if evidence else text(value)
    return Cell(content if value else (), align, span, header, strong)


def sample_document(folder: Path) -> Document:
    """Return the sample; ``folder`` receives its picture."""
    return Document(meta=_meta(), chapters=_chapters(_picture(folder)), evidence=sample_evidence())


def _picture(folder: Path, width: int = 480, height: int = 212) -> Path:
    """A grey gradient as PNG."""
    path = folder / "beispielbild.png"
    path.write_bytes(png(width, height))
    return path


def _meta() -> Meta:
    return Meta(
        language="de",
        title="Jahresbericht 2020",
        subtitle="zum Ergebnis- und Wirkungsmonitoring",
        cluster="Cluster Beispiel Brandenburg",
        report="Jahresbericht 2020",
        year=2020,
        published_on=date(2021, 7, 20),
        cut_off=date(2020, 12, 31),
        exported_at=datetime(2021, 2, 15, 12, 0, tzinfo=UTC),
        snapshot="2020-12-31",
        snapshot_hash="7f3a91c40be2d85766a1f40c9d73e81524b9c06fe1587a3d905c6be213f8d74a",
        words=WORDS,
        dots=(73, 27),
        dots_text=(
            Number("73", "P-02:running"),
            Text(" begleitete Projekte, ein Kreis je Projekt. Gefüllt: die "),
            Number("27", "P-01:new"),
            Text(" Projekte, deren Unterstützung 2020 begann."),
        ),
        imprint=Imprint(
            publisher=("Beispielministerium", "Musterstraße 1", "12345 Musterstadt"),
            editor=("Redaktion Beispiel", "Nebenweg 2", "12345 Musterstadt", "redaktion@example.org"),
            funding=("Gefördert aus Mitteln des Landes und kofinanziert von der Europäischen Union.",),
            notices=(
                "Text und Abbildungen: CC BY 4.0.",
                "Software: EUPL-1.2. Schrift: Fira Sans, SIL Open Font License 1.1.",
            ),
        ),
    )


def _chapters(picture: Path) -> tuple[Chapter, ...]:
    return (
        _introduction(),
        _results(),
        Chapter("kap-3", "3", "Erfolgsbeispiele", (_story(Picture(str(picture), *_PICTURE_TEXTS)), _short_story())),
        Chapter(
            "anhang-a",
            "A",
            "Woher diese Zahl kommt",
            (
                Paragraph(text("Jeder Satz eines Regelblatts nimmt Einträge heraus; was übrig bleibt, zählt.")),
                *(EvidenceBlock(key) for key in ("P-01:new", "P-04:volume", "A-01:actors")),
            ),
        ),
        Chapter("anhang-b", "B", "Vergleichbarkeit der Jahre", (_comparability(),)),
    )


_PICTURE_TEXTS = (
    "Foto: Blick in eine Werkhalle, vorn eine Werkbank.",
    "Werkhalle mit Prüfstand, Musterstadt, Mai 2020. Foto: Beispiel",
)


def _introduction() -> Chapter:
    see: Inline = Reference("abb-1", "Abbildung 1")
    return Chapter(
        "kap-1",
        "1",
        "Einleitung und methodische Hinweise",
        (
            Paragraph(text("Der Bericht hält fest, was angestoßen wurde und was daraus geworden ist."), lead=True),
            MarginNote("Berichtszeitraum", text("01.01.2020 bis 31.12.2020")),
            Paragraph(
                (
                    Text("Gezählt wird, was die "),
                    Strong(text("Clusterförderung")),
                    Text(" begleitet, "),
                    Emphasis(text("nicht")),
                    Text(" was Dritte melden."),
                    Footnote((Text("Die Abgrenzung folgt der "), Link("https://example.org/wz", text("WZ 2008")))),
                    Text(" Näheres steht unter "),
                    Link("https://example.org/methode?a=1&b=2#c", text("example.org/methode")),
                    Text(", das Ergebnis zeigt "),
                    see,
                    Text("."),
                )
            ),
            Heading("h-projekte", 2, text("Projekte"), outlined=False),
            Paragraph(
                text(
                    "Innovationsförderungsfinanzierungsvereinbarungen und Wirtschaftsförderungsgesellschaften sind "
                    "lange Wörter; sie prüfen die Trennung. Ein Vorhaben gehört in das Jahr, in dem seine Begleitung "
                    "anfängt. Volumina können deshalb geschätzt sein, und ein abgelehntes Vorhaben zählt nirgends mit."
                )
            ),
            Bullets((text("Projekte mit Förderung oder ab 50.000 Euro"), text("Sonstige Aktivitäten mit Abschluss"))),
            Heading("h-lesen", 2, text("So lesen Sie die Abbildungen"), outlined=False),
            Bullets(
                (
                    (Sign("project", "Kreis"), Text(" Projekte, das Berichtsjahr dunkel")),
                    (Sign("activity", "Raute"), Text(" Sonstige Aktivitäten")),
                    (Sign("break", "gestrichelte Linie"), Text(" geänderte Zählweise")),
                )
            ),
            Bullets((text("erfassen"), text("zählen"), (Strong(text("berichten")),)), ordered=True),
            Paragraph(text("Sonderzeichen: " + NASTY)),
        ),
    )


def _results() -> Chapter:
    return Chapter(
        "kap-2",
        "2",
        "Monitoringergebnisse",
        (
            Heading("kap-2-1", 2, text("Neu initiierte Projekte"), "2.1"),
            KeyNumber(Number("27", "P-01:new"), text("Projekte, deren Unterstützung 2020 begann")),
            Paragraph(
                (
                    Text("Begleitet wurden "),
                    Number("73", "P-02:running"),
                    Text(" Projekte, "),
                    Number("27", "P-01:new"),
                    Text(" davon begannen im Berichtsjahr ("),
                    Reference("abb-1", "Abbildung 1"),
                    Text("). Ihr Volumen beträgt "),
                    Number("17,6 Mio. Euro", "P-04:volume"),
                    Text("."),
                    Footnote(text("Volumina in Vorbereitung oder Antragstellung können geschätzt sein.")),
                )
            ),
            _figure(),
            Heading("kap-2-2", 2, text("Beteiligte Akteursgruppen"), "2.2"),
            KeyNumber(Number("76,5", "A-01:actors"), text("der Akteure sitzen in Brandenburg"), "%"),
            Heading("kap-2-2-1", 3, text("Akteure nach Typ"), outlined=False),
            Paragraph((Text("Den Rückgang erklären vor allem Unternehmen, siehe "), Reference("tab-1", "Tabelle 1"))),
            _table(),
            Paragraph((Text("Die Methode steht in "), Reference("anhang-b", "Anhang B"), Text("."))),
        ),
    )


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="476" height="110" viewBox="0 0 476 110">
<g font-family="Fira Sans" font-size="9" fill="#1B2329">
<text x="0" y="30" font-weight="600">2020 neu initiiert</text><text x="0" y="52">regulär beendet</text>
<g fill="#0F4C75"><circle cx="120" cy="27" r="4"/><circle cx="132" cy="27" r="4"/><circle cx="144" cy="27" r="4"/></g>
<g fill="none" stroke="#0F4C75"><circle cx="120" cy="49" r="4"/><circle cx="132" cy="49" r="4"/></g>
<text x="156" y="30">3</text><text x="144" y="52">2</text>
<line x1="0" y1="80" x2="476" y2="80" stroke="#C5CCD3" stroke-width="0.5"/>
<text x="476" y="100" text-anchor="end" font-weight="600">55,6 %</text></g></svg>"""


def _figure() -> FigureBlock:
    return FigureBlock(
        id="abb-1",
        label="Abbildung 1",
        headline=(Number("27", "P-01:new"), Text(" neue Projekte, mehr als die Hälfte bereits umgesetzt")),
        caption="Anzahl begleiteter Projekte 2020, davon neu initiierte Projekte nach Status, Vergleich 2017–2020",
        short="Begleitete und neu initiierte Projekte",
        rules="P-01, P-02",
        source="EWM, Stichtag 31.12.2020",
        notes=(
            Note("reading", text("Ein Punkt steht für ein Projekt; offene Punkte sind noch nicht umgesetzt.")),
            Note("method", text("Geänderte Zählweise seit 2019.")),
            Note("explanation", text("* „Umgesetzt“: begonnen oder regulär beendet.")),
        ),
        svg=SVG,
        spec={"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": []}, "mark": "point"},
        height=110,
        alt="Punktdiagramm: neue Projekte nach Status. Neu initiiert 3, regulär beendet 2. Umgesetzt sind 55,6 %.",
        data=Grid(
            head=((cell("Status", header=True), cell("2020", "right", header=True)),),
            rows=(
                Row((cell("begonnen/laufend", header=True), cell("12", "right", evidence="P-01:new"))),
                Row((cell("regulär beendet", header=True), cell("3", "right"))),
                Row((cell("Summe", header=True), cell("15", "right", strong=True)), "sum"),
            ),
            widths=(0.7, 0.3),
        ),
    )


def _table_row(kind: Literal["plain", "sub", "group", "sum"], label: str, *values: str) -> Row:
    if kind == "group":
        return Row((cell(label, header=True, span=5),), kind)
    numbers = (cell(v, "right", strong=i >= 2, evidence="A-01:actors" if i == 2 else "") for i, v in enumerate(values))
    return Row((cell(label, header=True), *numbers), kind)


def _table() -> TableBlock:
    years = ("2018", "2019", "2020", "2020")
    return TableBlock(
        id="tab-1",
        label="Tabelle 1",
        headline=text("Weniger Unternehmen, etwas weniger Wissenschaft"),
        caption="Anzahl der an neu initiierten Projekten und Sonstigen Aktivitäten beteiligten Akteure nach Typ",
        short="Beteiligte Akteure nach Typ",
        rules="A-01, A-03",
        source="EWM, Stichtag 31.12.2020",
        notes=(
            Note("method", (Strong(text("Gestrichelte Linie:")), Text(" bis 2018 zählten Fakultäten teils einzeln."))),
        ),
        grid=Grid(
            head=(
                (
                    cell("", header=True),
                    cell("Projekte", "right", span=3, header=True),
                    cell("Sonstige Aktivitäten", "right", header=True),
                ),
                (
                    cell("Akteurstyp", header=True),
                    *(cell(y, "right", header=True, strong=i >= 2) for i, y in enumerate(years)),
                ),
            ),
            rows=(
                _table_row("plain", "Hochschule/Forschungseinrichtung", "12", "12", "11", "11"),
                _table_row("plain", "Unternehmen", "22", "19", "16", "45"),
                _table_row("sub", "1–9 Beschäftigte", "7", "5", "4", "10"),
                _table_row("sub", "10–49", "7", "7", "6", "8"),
                _table_row("sub", "50–249", "4", "6", "5", "15"),
                _table_row("sub", "250 und mehr", "4", "1", "1", "12"),
                _table_row("group", "Organisationen und Verwaltung"),
                _table_row("plain", "Landkreis/Kommune", "–", "–", "2", "1"),
                _table_row("plain", "Wirtschaftsförderung", "·", "1", "–", "7"),
                _table_row("sum", "Summe", "43", "39", "34", "85"),
            ),
            widths=(0.4, 0.14, 0.14, 0.14, 0.18),
            break_before=(2,),
            groups=("", "projects", "projects", "projects", "activities"),
        ),
    )


def _story(picture: Picture) -> Story:
    return Story(
        id="erfolg-1",
        title="Transfer im Beispielnetz: Werkstatt der kurzen Wege",
        picture=picture,
        numbers=(
            KeyNumber(Number("350+", "fact:contacts"), text("Unternehmen kontaktiert")),
            KeyNumber(Number("70+", "fact:ideas"), text("Ideen für Kooperationen begleitet")),
        ),
        tags=(("Leitlinien", ("Innovation breiter denken", "Regionalisierung")), ("Handlungsfeld", ("Werkstatt",))),
        blocks=(
            Paragraph(text("Mehrere Einrichtungen bündeln ihren Wissenstransfer an einem Ort."), lead=True),
            Paragraph(text("Seit 2018 suchen Betriebe hier Rat, seit 2020 auch in digitalen Formaten. " * 4)),
            Paragraph(text("Daraus sind Vorhaben für nachhaltige Werkstoffe entstanden. " * 4)),
        ),
        linked=text("Projekt „Beispielnetz“ (2018, laufend)"),
    )


def _short_story() -> Story:
    return Story(
        id="erfolg-2",
        title="Ohne Bild: der Prüfstand",
        picture=None,
        numbers=(),
        tags=(("Handlungsfeld", ("Kooperationsnetzwerk",)),),
        blocks=(
            Paragraph(text("Ein Betrieb prüft jetzt selbst."), lead=True),
            Paragraph(text("Der Prüfstand steht seit Mai.")),
        ),
    )


def _comparability() -> PlainTable:
    def row(rule: str, label: str, signs: tuple[Sign, ...], changed: str) -> Row:
        return Row(
            (cell(rule, header=True), cell(label), *(Cell((sign,)) for sign in signs), cell(changed or "–")), "plain"
        )

    full, half = Sign("full", "vergleichbar"), Sign("half", "vergleichbar mit Fußnote")
    withheld, none = Sign("withheld", "zurückgehalten"), Sign("none", "nicht erhoben")
    heads = ("Regel", "Zahl", "2017", "2018", "2019", "2020", "geänderter Satz")
    return PlainTable(
        "Welche Zahlen sich vergleichen lassen",
        Grid(
            head=(tuple(cell(h, header=True, strong=h == "2020") for h in heads),),
            rows=(
                row("P-01", "Neu initiierte Projekte", (full,) * 4, ""),
                row("A-01", "Akteure nach Typ", (half, half, full, full), "S3: Hochschule einmal"),
                row("S-01", "Sonstige Aktivitäten", (withheld, withheld, withheld, full), "S2: Ende statt Beginn"),
                row("P-08", "Leitlinien", (none, none, none, full), "erst seit 2020 erhoben"),
            ),
            widths=(0.08, 0.3, 0.09, 0.09, 0.09, 0.09, 0.26),
        ),
    )
