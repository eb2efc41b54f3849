"""The document as plain data for Typst: texts stay texts, so no character of theirs can become markup."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.report.columns import Room, column_widths
from ewm.report.document import FigureBlock, Grid, Note, Sign, TableBlock
from ewm.report.numbers import FORMATTERS
from ewm.report.pdf.walk import blocks_of, printed_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.report.brand import Brand
    from ewm.report.document import Document, Evidence, Meta

REGIONS = {"de": "DE", "en": "GB"}
"""The region whose hyphenation and quotation a language follows in print."""

_OWN_KIND = {Note: "note", Sign: "sign"}
"""Where a class has a field ``kind`` of its own, its name in the data: ``kind`` is the class."""

_TABLE = Room(width=168.0, padding=4.0, size=8.6)

_NOT_PRINTED = {FigureBlock: {"spec", "data"}}


def document_data(document: Document, brand: Brand, pictures: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the pages show; ``pictures`` maps a picture's path to its name in the build folder."""
    captioned = [block for block in blocks_of(document) if isinstance(block, FigureBlock | TableBlock)]
    return {
        "meta": _meta(document.meta),
        "brand": {"colours": asdict(brand.colours), "fonts": asdict(brand.fonts)},
        "chapters": _plain(document.chapters, pictures),
        "evidence": {key: _evidence(document.evidence[key]) for key in printed_evidence(document)},
        "captions": {f"target:{block.id}": [block.label, block.short] for block in captioned},
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "value": evidence.value,
        "meaning": evidence.meaning,
        "indicator": evidence.indicator,
        "title": evidence.title,
        "source": evidence.source,
        "validity": evidence.validity,
        "lines": _plain(evidence.lines, {}),
    }


def _meta(meta: Meta) -> dict[str, Any]:
    form = FORMATTERS[meta.language]
    published, exported = meta.published_on, meta.exported_at
    return {
        "language": meta.language,
        "region": REGIONS[meta.language],
        "title": meta.title,
        "subtitle": meta.subtitle,
        "cluster": meta.cluster,
        "report": meta.report,
        "document_title": f"{meta.title} {meta.subtitle}: {meta.cluster}",
        "author": ", ".join(meta.imprint.publisher[:1]),
        "keywords": list(dict.fromkeys((meta.cluster, meta.report, str(meta.year)))),
        "description": f"{meta.subtitle}, {meta.words['cut_off']} {form.day(meta.cut_off)}",
        "date": {"year": published.year, "month": published.month, "day": published.day},
        "published_on": form.day(published),
        "cut_off": form.day(meta.cut_off),
        "exported_on": form.day(exported.date()),
        "short_hash": _grouped(meta.snapshot_hash[:8], 4),
        "words": dict(meta.words),
        "dots": list(meta.dots),
        "dots_text": _plain(meta.dots_text, {}),
        "imprint": _plain(meta.imprint, {}),
    }


def _grouped(digits: str, size: int) -> str:
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))


def _plain(value: object, pictures: Mapping[str, str]) -> Any:
    """Return a value of the document as data: dataclasses as mappings with their class as ``kind``."""
    if is_dataclass(value) and not isinstance(value, type):
        return _mapping(value, pictures)
    if isinstance(value, tuple | list):
        return [_plain(item, pictures) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item, pictures) for key, item in value.items()}
    if isinstance(value, Path):
        return str(value)
    return value


def _mapping(value: Any, pictures: Mapping[str, str]) -> dict[str, Any]:
    kind = type(value)
    found: dict[str, Any] = {"kind": kind.__name__}
    for name in _names(kind):
        if name not in _NOT_PRINTED.get(kind, ()):
            item = getattr(value, name)
            key = _OWN_KIND.get(kind, name) if name == "kind" else name
            found[key] = pictures[item] if name == "path" else _plain(item, pictures)
    if isinstance(value, Grid):
        found["widths"] = column_widths(value, _TABLE)
    return found


def _names(kind: type[Any]) -> Iterable[str]:
    return (field.name for field in fields(kind))
