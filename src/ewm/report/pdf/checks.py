"""What a document must have before it is printed: words, alternative texts, pictures, targets, evidence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.document import (
    Bullets,
    Chapter,
    EvidenceBlock,
    FigureBlock,
    Grid,
    Heading,
    Picture,
    PlainTable,
    Reference,
    Sign,
    Story,
    TableBlock,
)
from ewm.report.pdf.data import REGIONS
from ewm.report.pdf.walk import Place, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Document

WORDS = (
    "as_of", "contents", "cut_off", "cut_off_of_data", "editor", "export", "figures_and_tables", "funding", "imprint",
    "linked_records", "notices", "printed_on", "publisher", "remaining", "removed", "removed_records", "rule",
    "sentence", "snapshot", "source", "validity",
)  # fmt: skip
"""Keys of ``Meta.words`` that the printed report needs."""

PICTURES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}


def check(document: Document) -> None:
    """Raise ContentError that lists everything that is missing, each with its place and the remedy."""
    found = [*_language(document), *_words(document), *_targets(document)]
    for place in places(document):
        found.extend(f"{place.where}: {complaint}" for complaint in _complaints(place, document))
    if found:
        raise ContentError("\n".join(dict.fromkeys(found)))


def _language(document: Document) -> Iterator[str]:
    language = document.meta.language
    if language not in REGIONS:
        yield f"Die Sprache „{language}“ kann nicht gesetzt werden. Möglich sind {', '.join(REGIONS)}."


def _words(document: Document) -> Iterator[str]:
    missing = [key for key in WORDS if not document.meta.words.get(key)]
    if missing:
        yield (
            f"Feste Wörter der Sprache „{document.meta.language}“ fehlen: {', '.join(missing)}. "
            "Bitte in den festen Wörtern der Berichtsform ergänzen."
        )


def _targets(document: Document) -> Iterator[str]:
    seen: dict[str, str] = {}
    for place in places(document):
        if isinstance(place.node, Chapter | Heading | FigureBlock | TableBlock | Story):
            target = place.node.id
            if target and target in seen:
                yield f"{place.where}: Die Kennung „{target}“ gibt es schon ({seen[target]}). Bitte eine andere wählen."
            seen.setdefault(target, place.where)
    for place in places(document):
        if isinstance(place.node, Reference) and place.node.target not in seen:
            yield (
                f"{place.where}: Der Verweis „{place.node.text}“ zeigt auf „{place.node.target}“, das es nicht gibt. "
                "Bitte die Kennung eines Kapitels, einer Abbildung oder Tabelle einsetzen."
            )


def _complaints(place: Place, document: Document) -> Iterator[str]:
    node = place.node
    if isinstance(node, FigureBlock):
        yield from _figure(node)
    elif isinstance(node, Picture):
        yield from _picture(node)
    elif isinstance(node, Sign) and not node.text:
        yield f"Ein Zeichen ({node.kind}) hat keinen Text. Bitte ergänzen, wofür es steht."
    elif isinstance(node, EvidenceBlock) and node.evidence not in document.evidence:
        yield f"Für „{node.evidence}“ gibt es keinen Beleg. Bitte den Eintrag im Anhang entfernen oder berichtigen."
    elif isinstance(node, Bullets) and not node.items:
        yield "Eine Liste hat keinen Punkt. Bitte ergänzen oder entfernen."
    elif isinstance(node, Grid):
        yield from _grid(node)
    elif isinstance(node, PlainTable) and not node.title:
        yield "Eine Tabelle ohne Nummer hat keinen Titel. Bitte ergänzen."


def _figure(figure: FigureBlock) -> Iterator[str]:
    if not figure.alt.strip():
        yield f"{figure.label} hat keinen Alternativtext. Bitte in der Abbildung ergänzen."
    if not re.search(r"<svg[\s>]", figure.svg[:2000]):
        yield f"{figure.label} hat kein Bild (SVG). Bitte die Abbildung neu erzeugen."


def _picture(picture: Picture) -> Iterator[str]:
    if not picture.alt.strip():
        yield f"Das Bild {picture.path} hat keinen Alternativtext. Bitte ergänzen."
    if not Path(picture.path).is_file():
        yield f"Das Bild {picture.path} fehlt. Bitte die Datei ablegen oder das Bild entfernen."
    elif Path(picture.path).suffix.lower() not in PICTURES:
        yield f"Das Bild {picture.path} hat kein druckbares Format. Möglich sind {', '.join(PICTURES)}."


def _grid(grid: Grid) -> Iterator[str]:
    columns = len(grid.widths)
    if not columns or not grid.head:
        yield "Eine Tabelle hat keine Spalten oder keinen Kopf. Bitte ergänzen."
    for name, cells in [*(("Kopfzeile", head) for head in grid.head), *(("Zeile", row.cells) for row in grid.rows)]:
        width = sum(cell.span for cell in cells)
        if width != columns:
            yield f"Eine {name} der Tabelle ist {width} statt {columns} Spalten breit. Bitte die Zellen prüfen."
