"""Writes the report as a folder of HTML: the page, one page per number, stylesheets, fonts, pictures, chart specs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError, MissingError
from ewm.report.document import FigureBlock, Story
from ewm.report.html import colours
from ewm.report.html.dots import field_of_dots
from ewm.report.html.environment import STYLESHEET, templates
from ewm.report.html.inlines import Writer
from ewm.report.html.layout import anchors, captioned, walk
from ewm.report.html.slugs import slugs
from ewm.report.html.tables import numeric_columns, record_groups
from ewm.report.html.words import fixed
from ewm.report.numbers import FORMATTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document, Evidence, Meta

EVIDENCE, ASSETS, FIGURES, WEB = "evidence", "assets", "figures", "web"


def write_html(document: Document, target: Path, *, assets: Path, brand: Brand) -> None:
    """Write the report into an empty folder; ``assets`` holds ``web/`` with the fonts and their stylesheet.

    ``index.html`` is the whole report, ``evidence/<slug>.html`` explains one number each, ``figures/<id>.vl.json`` is
    a chart's spec, ``assets/`` holds what the pages need. Nothing refers to anything outside the folder but links.
    Raises ContentError for what cannot be shown (missing alt text or picture, dead reference, unsafe drawing, missing
    word) and MissingError where the fonts are not built.
    """
    for name in (EVIDENCE, ASSETS, FIGURES):
        (target / name).mkdir(parents=True)
    names = slugs(document.evidence)
    shared = _shared(document.meta)
    inlines = Writer(
        evidence=document.evidence,
        files={key: f"{EVIDENCE}/{name}.html" for key, name in names.items()},
        anchors=anchors(document),
    )
    page = templates().get_template("index.html.j2")
    text = page.render(
        **shared,
        root="",
        r=inlines,
        chapters=document.chapters,
        listed=captioned(document),
        dots=field_of_dots(*document.meta.dots),
        evidence=document.evidence,
        slugs=names,
        files=inlines.files,
        pictures=_pictures(document, target),
        imprint=_imprint(document.meta),
    )
    (target / "index.html").write_text(text, encoding="utf-8")
    page = templates().get_template("evidence.html.j2")
    for key, evidence in document.evidence.items():
        places = inlines.places.get(key, {})
        explained = page.render(**shared, root="../", places=places, **_explanation(evidence))
        (target / EVIDENCE / f"{names[key]}.html").write_text(explained, encoding="utf-8")
    _write_specs(document, target / FIGURES)
    _write_assets(target / ASSETS, assets, brand)


def _shared(meta: Meta) -> Mapping[str, Any]:
    """Return what every page needs."""
    digits = meta.snapshot_hash
    return {
        "meta": meta,
        "w": fixed(meta.words),
        "form": FORMATTERS[meta.language],
        "hash_parts": [digits[start : start + 8] for start in range(0, len(digits), 8)],
    }


def _imprint(meta: Meta) -> list[tuple[str, tuple[str, ...]]]:
    imprint, words = meta.imprint, meta.words
    return [
        (words["publisher"], imprint.publisher),
        (words["editor"], imprint.editor),
        (words["funding"], imprint.funding),
        (words["notices"], imprint.notices),
    ]


def _explanation(evidence: Evidence) -> Mapping[str, Any]:
    groups = record_groups(evidence)
    counts = {bool(part) for part in evidence.parts}
    return {
        "e": evidence,
        "groups": groups,
        "grouped": any(len(group) > 1 for group in groups),
        "right": numeric_columns(evidence.records),
        "marked": len(counts) > 1,
    }


def _blocks(document: Document) -> Iterator[Block]:
    for chapter in document.chapters:
        yield from walk(chapter.blocks)


def _pictures(document: Document, target: Path) -> Mapping[str, str]:
    """Copy the stories' pictures; return their addresses by story."""
    found: dict[str, str] = {}
    for block in _blocks(document):
        if isinstance(block, Story) and block.picture:
            source = Path(block.picture.path)
            if not block.picture.alt.strip():
                raise ContentError(f"„{block.title}“: Dem Bild {source.name} fehlt der Alternativtext (alt).")
            if not source.is_file():
                raise ContentError(
                    f"„{block.title}“: Das Bild {source} gibt es nicht. Bitte ablegen oder die Angabe streichen."
                )
            found[block.id] = f"{ASSETS}/{block.id}{source.suffix.lower()}"
            shutil.copyfile(source, target / found[block.id])
    return found


def _write_specs(document: Document, folder: Path) -> None:
    for block in _blocks(document):
        if isinstance(block, FigureBlock) and block.spec:
            text = json.dumps(block.spec, ensure_ascii=False, separators=(",", ":"))
            (folder / f"{block.id}.vl.json").write_text(text + "\n", encoding="utf-8")


def _write_assets(folder: Path, assets: Path, brand: Brand) -> None:
    fonts = assets / WEB
    if not (fonts / "fonts.css").is_file():
        raise MissingError(f"Die Schriften fehlen ({fonts}). Bitte zuerst „make assets“ ausführen.")
    shutil.copytree(fonts, folder / "fonts", copy_function=shutil.copyfile)
    by_day, by_night = (colours.variables(palette(brand.colours)) for palette in (colours.day, colours.night))
    families = f'--sans: "{brand.fonts.sans}"; --mono: "{brand.fonts.mono}";'
    css = (
        f":root {{ {families} {by_day} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {by_night} }} }}\n"
    )
    (folder / "brand.css").write_text(css, encoding="utf-8")
    shutil.copyfile(STYLESHEET, folder / "report.css")
