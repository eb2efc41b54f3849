"""A data package (Frictionless, version 2): a zip of plain CSV and of ``datapackage.json``, which says what it is.

CSV for programs: UTF-8 without a mark, commas, points before decimals, days as YYYY-MM-DD, true and false; empty means
not known. Texts are neutral as in every export, since people open these files in spreadsheets, too.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, date
from typing import IO, TYPE_CHECKING, Any

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import euros
from ewm.capture.lists.export.packing import member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ewm.capture.lists.export.book import Attached, Book, Head, Reference, Sheet

DESCRIPTION = "datapackage.json"
DATA, FILES = "data/", "files/"
_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_TYPES: Mapping[Kind, Mapping[str, str]] = {
    Kind.MONEY: {"type": "number", "unit": "EUR"},
    Kind.COUNT: {"type": "integer"},
    Kind.SHARE: {"type": "integer", "unit": "%"},
    Kind.YEAR: {"type": "integer", "unit": "a"},
    Kind.DAY: {"type": "date"},
    Kind.YES_NO: {"type": "boolean"},
}


def write_package(book: Book, file: IO[bytes]) -> None:
    """Write the package: the sheets, what is attached, and last the description with the hash of each."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        resources = [_add_table(packed, sheet) for sheet in book.sheets]
        resources += [_add_file(packed, each) for each in book.attached()]
        text = json.dumps(_described(book, resources), ensure_ascii=False, indent=2)
        packed.writestr(member(DESCRIPTION), f"{text}\n")


def _described(book: Book, resources: list[dict[str, Any]]) -> dict[str, Any]:
    said = [f"{name}: {text}" for name, text in book.about]
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": book.name,
        "title": book.title,
        "description": "\n".join(said),
        "created": book.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **book.facts,
        "resources": resources,
    }


def _add_table(packed: zipfile.ZipFile, sheet: Sheet) -> dict[str, Any]:
    path = f"{DATA}{sheet.name}.csv"
    counted, size = hashlib.sha256(), 0
    with packed.open(member(path), "w", force_zip64=True) as content:
        for line in _lines(sheet):
            written = line.encode()
            content.write(written)
            counted.update(written)
            size += len(written)
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": sheet.name,
        "type": "table",
        "title": sheet.title,
        **({"description": sheet.description} if sheet.description else {}),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{counted.hexdigest()}",
        "schema": _schema(sheet),
    }


def _add_file(packed: zipfile.ZipFile, each: Attached) -> dict[str, Any]:
    content, path = each.read(), f"{FILES}{each.name}"
    packed.writestr(member(path, stored=True), content)
    stem, _point, ending = each.name.rpartition(".")
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": stem,
        "path": path,
        "format": ending,
        "mediatype": each.media_type,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(sheet: Sheet) -> dict[str, Any]:
    first, *others = sheet.unique or [()]
    found: dict[str, Any] = {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_field(head) for head in sheet.heads],
        "missingValues": [""],
    }
    if first:
        found["primaryKey"] = list(first)
    if others:
        found["uniqueKeys"] = [list(each) for each in others]
    if sheet.references:
        found["foreignKeys"] = [_foreign_key(sheet, each) for each in sheet.references]
    return found


def _field(head: Head) -> dict[str, Any]:
    return {
        "name": head.name,
        **_TYPES.get(head.kind, {"type": "string"}),
        "title": head.title,
        **({"description": head.description} if head.description else {}),
        **({"constraints": dict(head.constraints)} if head.constraints else {}),
    }


def _foreign_key(sheet: Sheet, reference: Reference) -> dict[str, Any]:
    # The standard spells a reference into the same table with an empty name.
    resource = "" if reference.sheet == sheet.name else reference.sheet
    return {"fields": [reference.column], "reference": {"resource": resource, "fields": [reference.target]}}


def _lines(sheet: Sheet) -> Iterator[str]:
    yield _line(head.name for head in sheet.heads)
    kinds = [head.kind for head in sheet.heads]
    for row in sheet.rows:
        yield _line(_written(kind, value) for kind, value in zip(kinds, row, strict=True))


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"


def _written(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.YES_NO:
        return "true" if value else "false"
    if kind is Kind.MONEY:
        return euros(value, ".")
    return str(value) if isinstance(value, int) else _quoted(neutral(value))


def _quoted(text: str) -> str:
    inside = text.replace('"', '""')
    return f'"{inside}"' if any(sign in text for sign in ",;\"\r\n\t'") or text != text.strip() else text
