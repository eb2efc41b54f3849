"""Compiles the document to one PDF file, in process; every warning of the typesetter ends the build."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ewm.errors import ContentError
from ewm.report.document import Grid, Picture
from ewm.report.pdf.checks import check
from ewm.report.pdf.data import document_data
from ewm.report.pdf.flow import best_choice, gaps_cost, stretches
from ewm.report.pdf.glyphs import check_glyphs
from ewm.report.pdf.row_headers import mark_row_headers
from ewm.report.pdf.walk import places, printed_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typst

    from ewm.report.brand import Brand
    from ewm.report.document import Document
    from ewm.report.pdf.flow import Spot

ENGINE = Path(__file__).parent / "typst"
STANDARDS: tuple[typst.PDFStandard, ...] = ("ua-1", "a-2a")


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages are filled.

    ``chapter_room`` is the share of a page that must be left for a chapter to begin on it. ``gap`` (mm): a figure that
    would leave more room than this at the foot of a page moves to the top of the next one, and text goes on before it.
    """

    chapter_room: float = 0.22
    gap: float = 25.0


def write_pdf(document: Document, target: Path, *, assets: Path, brand: Brand, layout: Layout | None = None) -> None:
    """Write ``document`` to ``target`` as tagged PDF (PDF/UA-1, PDF/A-2a); same document, same bytes.

    ``assets/fonts`` holds the fonts, ``brand.folder`` the theme (``*.typ``). Raises ContentError for a missing glyph,
    alternative text, picture, word, target or evidence, and for any warning or error of the typesetter.
    """
    check(document)
    fonts = assets / "fonts"
    check_glyphs(document, brand, fonts, printed_evidence(document))
    with tempfile.TemporaryDirectory(prefix="ewm-pdf-") as folder:
        pictures = _stage(Path(folder), document, brand)
        data = document_data(document, brand, pictures) | {"options": asdict(layout or Layout()), "trial": False}
        content = _compile(Path(folder), data, fonts, document)
    target.write_bytes(mark_row_headers(content, _named_rows(document)))


def _named_rows(document: Document) -> int:
    """Rows of printed tables of three and more columns; in a funnel, a sentence and its label both name the row."""
    grids = [place.node for place in places(document) if isinstance(place.node, Grid)]
    lines = [line for key in printed_evidence(document) for line in document.evidence[key].lines]
    return sum(len(grid.rows) for grid in grids if len(grid.widths) > 2) + sum(2 if line.label else 1 for line in lines)


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
    made = datetime.combine(document.meta.published_on, time(), tzinfo=UTC)
    try:
        _place_figures(folder, fonts, data)
        _write_json(folder / "document.json", data)
        content, warnings = _typesetter(folder, fonts).compile_with_warnings(
            format="pdf", pdf_standards=list(STANDARDS), timestamp=made
        )
    except RuntimeError as error:
        raise ContentError(_message([_with_place(error, folder, fonts)], "Der Satz ist gescheitert", folder)) from error
    if warnings:
        raise ContentError(_message(warnings, "Der Satz hat gewarnt, deshalb wurde nichts geschrieben", folder))
    if not isinstance(content, bytes):
        raise ContentError("Der Satz hat keine PDF-Datei ergeben. Bitte die Version von typst prüfen.")
    return content


def _with_place(error: RuntimeError, folder: Path, fonts: Path) -> RuntimeError:
    """Return the error with file and line: a query does not tell them, compiling does."""
    import typst  # noqa: PLC0415

    try:
        _typesetter(folder, fonts).compile(format="pdf")
    except typst.TypstError as explained:
        return explained
    return error


def _place_figures(folder: Path, fonts: Path, data: Mapping[str, Any]) -> None:
    """Leave in the folder which figures float: the best choice on paper, unless the pages as set are no fuller."""
    trial = _trial(data)
    _write_json(folder / "floating.json", [])
    if not trial["chapters"]:
        return
    _write_json(folder / "document.json", trial)
    in_place = _lay_out(folder, fonts)
    floating = frozenset[str]().union(*(best_choice(one, data["options"]["gap"]) for one in stretches(in_place)))
    if floating:
        _write_json(folder / "floating.json", sorted(floating))
        if gaps_cost(_lay_out(folder, fonts), floating) >= gaps_cost(in_place, frozenset()):
            _write_json(folder / "floating.json", [])


def _trial(data: Mapping[str, Any]) -> dict[str, Any]:
    """The chapters up to the last with several figures, without anything that leads out of them."""
    several = [index for index, chapter in enumerate(data["chapters"]) if _figures(chapter) > 1]
    return {**data, "chapters": data["chapters"][: max(several, default=-1) + 1], "evidence": {}, "trial": True}


def _figures(chapter: Mapping[str, Any]) -> int:
    return sum(block["kind"] in {"FigureBlock", "TableBlock"} for block in chapter["blocks"])


def _lay_out(folder: Path, fonts: Path) -> list[Spot]:
    return cast("list[Spot]", json.loads(_typesetter(folder, fonts).query("<probe>", field="value")))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _typesetter(folder: Path, fonts: Path) -> typst.Compiler:
    """A compiler that sees the build folder as it is now; what did not change is not laid out again."""
    import typst  # noqa: PLC0415  (only who prints pays for it)

    return typst.Compiler(folder / "main.typ", root=folder, font_paths=_fonts(fonts), ignore_system_fonts=True)


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _message(problems: Iterable[Exception], what: str, folder: Path) -> str:
    """Say what the typesetter said: file and line of the theme, without the name of the build folder."""
    parts = [f"{what}. Bitte die genannte Stelle im Thema (brand/*.typ) oder im Inhalt berichtigen:"]
    for problem in problems:
        said = str(getattr(problem, "diagnostic", "") or problem).strip()
        parts.append(re.sub(rf"[^\s]*{re.escape(folder.name)}/", "", said))
        parts.extend(f"Hinweis: {hint}" for hint in getattr(problem, "hints", ()))
    return "\n".join(parts)
