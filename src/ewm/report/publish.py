"""Writes a document in the formats asked for and makes them visible together, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.assets import asset_folder
from ewm.report.brand import load_brand
from ewm.snapshot.home import draft, locked, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document

FORMATS = ("pdf", "docx", "odt", "html")


def formats_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once; raises ContentError for an unknown one."""
    found = tuple(dict.fromkeys(name.strip().lower() for name in names))
    unknown = [name for name in found if name not in FORMATS]
    if unknown:
        raise ContentError(f"Das Format „{unknown[0]}“ gibt es nicht. Möglich sind {', '.join(FORMATS)}.")
    return found


def _write(form: str, document: Document, target: Path, assets: Path, brand: Brand) -> None:
    if form == "pdf":
        from ewm.report.pdf import write_pdf  # noqa: PLC0415  (each writer is loaded when it is asked for)

        write_pdf(document, target, assets=assets, brand=brand)
    elif form == "html":
        from ewm.report.html import write_html  # noqa: PLC0415

        target.mkdir()
        write_html(document, target, assets=assets, brand=brand)
    elif form == "docx":
        from ewm.report.office import write_docx  # noqa: PLC0415

        write_docx(document, target, assets=assets, brand=brand)
    else:
        from ewm.report.office import write_odt  # noqa: PLC0415

        write_odt(document, target, assets=assets, brand=brand)


def _check_glyphs(document: Document, assets: Path, brand: Brand) -> None:
    """Refuse what could not be printed, also where nothing is printed now: all formats say the same."""
    from ewm.report.pdf.glyphs import check_glyphs  # noqa: PLC0415
    from ewm.report.pdf.walk import printed_evidence  # noqa: PLC0415

    check_glyphs(document, brand, assets / "fonts", printed_evidence(document))


def _write_all(
    formats: Iterable[str], write: Callable[[str], None], progress: Callable[[str, int, int], None] | None
) -> None:
    """Write the formats one after the other, but print beside them: the typesetter needs no interpreter."""
    in_order = sorted(formats, key=lambda form: form != "pdf")
    with ThreadPoolExecutor(1) as beside:
        printing = [beside.submit(write, form) for form in in_order if form == "pdf"]
        for place, form in enumerate(in_order):
            if progress:
                progress(form, place, len(in_order))
            if form != "pdf":
                write(form)
        for one in printing:
            one.result()


def write_report(
    document: Document,
    home: Path,
    *,
    name: str,
    formats: Iterable[str],
    brand_folder: Path,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Path]:
    """Write a report under ``home/name`` and return the path of each format (of HTML the first page).

    The folder always holds one edition: a former report there is replaced as a whole. Raises the writers' errors; then
    the former report stays in place.
    """
    chosen = formats_of(formats)
    assets, brand = asset_folder(), load_brand(brand_folder)
    target = home / name
    if "pdf" not in chosen:
        _check_glyphs(document, assets, brand)
    with locked(home), draft(home) as folder:

        def write(form: str) -> None:
            _write(form, document, folder / (form if form == "html" else f"{name}.{form}"), assets, brand)

        _write_all(chosen, write, progress)
        replace(folder, target)
    return {form: target / ("html/index.html" if form == "html" else f"{name}.{form}") for form in chosen}
