"""Compiles the document to one PDF file, in process; every warning of the typesetter ends the build."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.document import EvidenceBlock, Picture
from ewm.report.pdf.checks import check
from ewm.report.pdf.data import document_data
from ewm.report.pdf.glyphs import check_glyphs
from ewm.report.pdf.walk import blocks_of, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typst

    from ewm.report.brand import Brand
    from ewm.report.document import Document

ENGINE = Path(__file__).parent / "typst"
STANDARDS = ["ua-1", "a-2a"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages are filled. ``chapter_room``: share of a page that must be left for a chapter to begin on it."""

    chapter_room: float = 0.5


def write_pdf(document: Document, target: Path, *, assets: Path, brand: Brand, layout: Layout | None = None) -> None:
    """Write ``document`` to ``target`` as tagged PDF (PDF/UA-1, PDF/A-2a); same document, same bytes.

    ``assets/fonts`` holds the fonts, ``brand.folder`` the theme (``*.typ``). Raises ContentError for a missing glyph,
    alternative text, picture, word, target or evidence, and for any warning or error of the typesetter.
    """
    check(document)
    fonts = assets / "fonts"
    printed = [block.evidence for block in blocks_of(document) if isinstance(block, EvidenceBlock)]
    check_glyphs(document, brand, fonts, printed)
    with tempfile.TemporaryDirectory(prefix="ewm-pdf-") as folder:
        pictures = _stage(Path(folder), document, brand)
        data = document_data(document, brand, pictures) | {
            "options": asdict(layout or Layout()),
            "floating": [],
        }
        content = _compile(Path(folder), data, fonts, document)
    target.write_bytes(content)


def _stage(folder: Path, document: Document, brand: Brand) -> Mapping[str, str]:
    """Copy engine, theme and pictures into the build folder; return the pictures' names there."""
    for source in (*ENGINE.glob("*.typ"), *brand.folder.glob("*.typ")):
        shutil.copyfile(source, folder / source.name)
    paths = dict.fromkeys(place.node.path for place in places(document) if isinstance(place.node, Picture))
    pictures = {path: f"picture-{number}{Path(path).suffix.lower()}" for number, path in enumerate(paths, 1)}
    for path, name in pictures.items():
        shutil.copyfile(path, folder / name)
    return pictures


def _compile(folder: Path, data: Mapping[str, Any], fonts: Path, document: Document) -> bytes:
    import typst  # noqa: PLC0415  (only who prints pays for it)

    (folder / "document.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    made = datetime.combine(document.meta.published_on, time(), tzinfo=UTC)
    try:
        content, warnings = typst.compile_with_warnings(
            folder / "main.typ", root=folder, font_paths=_fonts(fonts), ignore_system_fonts=True,
            pdf_standards=list(STANDARDS), timestamp=made,
        )  # fmt: skip
    except typst.TypstError as error:
        raise ContentError(_message([error], "Der Satz ist gescheitert")) from error
    if warnings:
        raise ContentError(_message(warnings, "Der Satz hat gewarnt, deshalb wurde nichts geschrieben"))
    if not isinstance(content, bytes):
        raise ContentError("Der Satz hat keine PDF-Datei ergeben. Bitte die Version von typst prüfen.")
    return content


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _message(problems: Iterable[typst.TypstError | typst.TypstWarning], what: str) -> str:
    parts = [f"{what}. Bitte die genannte Stelle im Thema (brand/*.typ) oder im Inhalt berichtigen:"]
    for problem in problems:
        parts.append(problem.diagnostic.strip() or problem.message)
        parts.extend(f"Hinweis: {hint}" for hint in problem.hints)
    return "\n".join(parts)
