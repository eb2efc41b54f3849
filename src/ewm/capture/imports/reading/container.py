"""Looks at a file from outside: what kind it is, and whether it is safe to open. Nothing is unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from typing import TYPE_CHECKING

from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.packed import text_name
from ewm.capture.imports.reading.sheet_scan import scan_ods, scan_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.capture.imports.reading.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HEAD = 64 * 1024
_ENCRYPTED = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""What reading a damaged zip raises."""


class Kind(StrEnum):
    """Kinds of tables."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "csv"
    TEXTS = "csvs"


def inspect(path: Path, limits: Limits) -> Kind:
    """Return a file's kind by its content; raises UnreadableFileError where it is none or not safe to open."""
    size = path.stat().st_size
    if size > limits.size:
        raise UnreadableFileError(
            f"Die Datei hat {size / 1e6:.0f} MB, höchstens {limits.size / 1e6:.0f} MB werden gelesen. "
            "Bitte teilen oder überflüssige Blätter und Bilder entfernen."
        )
    if not size:
        raise UnreadableFileError("Die Datei ist leer. Bitte prüfen, ob sie ganz gespeichert wurde.")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_ZIP):
        return _inspect_zip(path, limits)
    if head.startswith(_OLE):
        if _ENCRYPTED_STREAM in path.read_bytes():
            raise _encrypted()
        return Kind.XLS
    _refuse_known_others(head)
    return Kind.TEXT


def _refuse_known_others(head: bytes) -> None:
    for magic, name in (
        (b"%PDF", "ein PDF"), (b"\x89PNG", "ein Bild"), (b"\xff\xd8\xff", "ein Bild"), (b"GIF8", "ein Bild"),
        (b"\x1f\x8b", "ein Archiv"), (b"7z\xbc\xaf", "ein Archiv"), (b"Rar!", "ein Archiv"),
        (b"PK\x05\x06", "ein leeres Archiv"), (b"\x7fELF", "ein Programm"), (b"MZ\x90", "ein Programm"),
        (b"<!DOCTYPE html", "eine Webseite"), (b"<html", "eine Webseite"), (b"{\\rtf", "ein Textdokument"),
    ):  # fmt: skip
        if head.startswith(magic):
            raise UnreadableFileError(
                f"Die Datei ist {name}, keine Tabelle. Gelesen werden xlsx, xls, ods und csv. Bitte so speichern."
            )


def _encrypted() -> UnreadableFileError:
    return UnreadableFileError("Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")


def _inspect_zip(path: Path, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _check_parts(parts, path.stat().st_size, limits)
            kind = _kind(package)
            if kind is Kind.TEXTS:
                _check_texts(parts, limits)
            _check_content(package, parts, kind, limits)
            return kind
    except UnreadableFileError:
        raise
    except DAMAGE as error:
        raise UnreadableFileError(
            f"Die Datei ist beschädigt ({error}). Bitte noch einmal speichern oder neu herunterladen."
        ) from error


def _check_parts(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(parts) > limits.members:
        raise UnreadableFileError(
            f"Die Datei besteht aus {len(parts)} Teilen, höchstens {limits.members} werden gelesen. "
            "Bitte nur das Blatt mit den Daten speichern."
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _encrypted()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or unpacked > limits.ratio * max(size, 64 * 1024):
        raise UnreadableFileError(
            f"Ausgepackt wäre die Datei {unpacked / 1e6:.0f} MB groß (gepackt {size / 1e6:.1f} MB). "
            "So etwas wird nicht geöffnet. Bitte die Daten in eine neue Datei kopieren."
        )


def _check_texts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Raise UnreadableFileError for too many texts, or more than four times of what one may be that is not packed."""
    if len(parts) > limits.texts:
        raise UnreadableFileError(
            f"Die Datei enthält {len(parts)} Tabellen, gelesen werden höchstens {limits.texts}. "
            "Bitte nur die Tabellen packen, um die es geht."
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > 4 * limits.size:
        raise UnreadableFileError(
            f"Ausgepackt sind die Tabellen {unpacked / 1e6:.0f} MB groß, gelesen werden höchstens "
            f"{4 * limits.size / 1e6:.0f} MB. Bitte nur die Zeilen speichern, um die es geht."
        )


def _kind(package: zipfile.ZipFile) -> Kind:
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        if any(name.endswith("vbaProject.bin") for name in names):
            raise UnreadableFileError("Die Datei enthält Makros. Bitte als xlsx ohne Makros speichern.")
        return Kind.XLSX
    if "mimetype" in names and b"opendocument.spreadsheet" in package.read("mimetype")[:100]:
        return Kind.ODS
    if "xl/workbook.bin" in names:
        raise UnreadableFileError("Die Datei ist eine Binärmappe (xlsb). Bitte als xlsx speichern.")
    if _are_texts(package):
        return Kind.TEXTS
    raise UnreadableFileError(
        "Die Datei ist gepackt, aber keine Tabelle. Gelesen werden xlsx, xls, ods, csv und ein zip aus csv. "
        "Bitte auspacken oder so speichern."
    )


def _are_texts(package: zipfile.ZipFile) -> bool:
    """Tell whether a zip holds nothing but tables of text, each of another name."""
    names = [text_name(part.filename) for part in package.infolist() if not part.is_dir()]
    return bool(names) and all(names) and len(set(names)) == len(names)


def _check_content(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: Kind, limits: Limits) -> None:
    """Read every part of text once: no document type of its own, no more cells than may be."""
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with package.open(part) as stream:
            head = stream.read(_HEAD)
            if re.search(rb"<!\s*(DOCTYPE|ENTITY)", head) or b"<\0!\0D\0" in head:
                raise UnreadableFileError(
                    f"Der Teil {part.filename} der Datei legt eigene Abkürzungen fest (DOCTYPE). "
                    "Damit lassen sich Rechner lahmlegen, darum wird sie nicht geöffnet. "
                    "Bitte die Daten in eine neue Datei kopieren."
                )
            if kind is Kind.XLSX and part.filename.startswith("xl/worksheets/"):
                scan_xlsx(head, stream, part.filename, limits)
            elif kind is Kind.ODS and part.filename == "content.xml":
                scan_ods(head, stream, limits)
            else:
                while stream.read(1 << 20):
                    pass
