"""Files that nobody should send and somebody will: each with a piece of the answer that it must get."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.capture.imports.books import (
    XML,
    cell,
    number,
    ods,
    ods_cell,
    ods_row,
    row,
    xlsx,
    xlsx_parts,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MEGABYTE = 1 << 20
FINE = row(1, cell("A1", "Titel"), cell("B1", "Volumen")) + row(2, cell("A2", "Vorhaben"), number("B2", 1234.5))
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


def _with(name: str, content: str | bytes) -> bytes:
    return zipped({**xlsx_parts(FINE), name: content})


def _many_parts() -> bytes:
    return zipped({**xlsx_parts(FINE), **{f"xl/media/{at}.bin": "" for at in range(2100)}})


def _lines(megabytes: int) -> bytes:
    """Return a table that packs well, but not as a bomb does."""
    fill = b";" + b"x" * 300 + b"\n"
    return b"".join(b"%d%s" % (number, fill) for number in range(megabytes * MEGABYTE // 307))


def _bomb() -> bytes:
    return _with("xl/media/zeros.bin", b"\0" * (300 * MEGABYTE))


def _bomb_in_the_sheet() -> bytes:
    return xlsx(FINE + " " * (150 * MEGABYTE))


def _encrypted_flag() -> bytes:
    content = bytearray(xlsx(FINE))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _lying_size() -> bytes:
    """A part that says it is smaller than it is."""
    content = bytearray(_with("xl/big.xml", "<a>" + "x" * 5_000_000 + "</a>"))
    at = content.index(b"xl/big.xml", content.index(b"PK\x01\x02"))
    content[at - 22 : at - 18] = struct.pack("<I", 100)
    return bytes(content)


def _deep() -> bytes:
    return xlsx(FINE, after="<a>" * 200_000 + "</a>" * 200_000)


def _compound(body: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + body


def _archive(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(name, "nichts")
    return held.getvalue()


def _wide(columns: int) -> bytes:
    return (";".join(f"Spalte {at}" for at in range(columns)) + "\n").encode() * 2


def _million_rows() -> bytes:
    """As many rows as a sheet can have, each filled."""
    return xlsx("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 1_048_577)))


def _tables(parts: Mapping[str, str | bytes]) -> bytes:
    return zipped(parts)


def _many_tables() -> bytes:
    """Each might belong to each of the others."""
    return _tables({f"t{at}.csv": f"id;t{at + 1}id;Text\n1;1;x\n" for at in range(1990)})


def _long_names() -> bytes:
    return _tables({f"{'n' * 60_000}{at}.csv": "id;Titel\n1;x\n" for at in range(100)})


def _wide_together() -> bytes:
    """Two tables that can be read, and together are too wide."""
    first = ";".join(["id", *(f"a{at}" for at in range(300))])
    second = ";".join(["aid", *(f"b{at}" for at in range(300))])
    return _tables({"a.csv": f"{first}\n1;x\n", "b.csv": f"{second}\n1;x\n"})


def _lying_table() -> bytes:
    """A table whose bytes are not those that its checksum stands for."""
    content = bytearray(zipped({"project.csv": "Titel;Ort\nA;B\n"}, stored=True))
    content[content.index(b"A;B")] = ord("X")
    return bytes(content)


def _unknown_packing() -> bytes:
    content = bytearray(zipped({"project.csv": "Titel;Ort\nA;B\n"}))
    at = content.index(b"PK\x01\x02")
    content[8:10] = content[at + 10 : at + 12] = struct.pack("<H", 99)
    return bytes(content)


def huge_picture() -> bytes:
    """A picture of few bytes that says it is 60,000 by 60,000 pixels."""
    size = struct.pack(">II5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "ist leer"),
    "too-large": (lambda: b"a;b\n" * (6 * MEGABYTE), "höchstens 21 MB"),
    "zip-bomb": (_bomb, "Ausgepackt wäre die Datei"),
    "zip-bomb-in-the-sheet": (_bomb_in_the_sheet, "Ausgepackt wäre die Datei"),
    "thousands-of-parts": (_many_parts, "höchstens 2000"),
    "last-cell-of-the-sheet": (lambda: xlsx(FINE + row(1_048_576, cell("XFD1048576", "x"))), "XFD1048576"),
    "last-row": (lambda: xlsx(FINE + row(1_048_576, cell("A1048576", "x"))), "A1048576"),
    "row-beyond-any-sheet": (lambda: xlsx(FINE + row(99_999_999, cell("A99999999", "x"))), "A99999999"),
    "every-row-of-a-sheet": (_million_rows, "Zelle A200001"),
    "ten-thousand-columns": (
        lambda: xlsx(row(1, *(cell(f"{_letters(at)}1", "x") for at in range(1, 10_001)))),
        "Zelle SG1",
    ),
    "ten-thousand-columns-csv": (lambda: _wide(10_000), "10000 Spalten"),
    "ods-repeated-columns": (
        lambda: ods(ods_row(ods_cell("x", ' table:number-columns-repeated="16384"'))),
        "500 Spalten",
    ),
    "ods-repeated-rows": (
        lambda: ods(ods_row(ods_cell("x"), more=' table:number-rows-repeated="1048576"')),
        "200000 Zeilen",
    ),
    "ods-repeated-both": (
        lambda: ods(
            ods_row(ods_cell("x", ' table:number-columns-repeated="400"'), more=' table:number-rows-repeated="100000"')
        ),
        "mehr als 2000000 Zellen",
    ),
    "billion-laughs": (lambda: xlsx(FINE, before=LAUGHS), "DOCTYPE"),
    "empty-workbook": (lambda: _with("xl/workbook.xml", ""), "nicht lesbar|kein Blatt"),
    "billion-laughs-in-shared-strings": (
        lambda: _with("xl/sharedStrings.xml", f"{XML}{LAUGHS}<sst/>"),
        "sharedStrings.xml",
    ),
    "billion-laughs-ods": (lambda: ods(ods_row(ods_cell("x")), before=LAUGHS), "content.xml"),
    "external-entity": (lambda: xlsx(FINE, before=OUTSIDE), "DOCTYPE"),
    "utf-16-doctype": (lambda: _with("xl/sharedStrings.xml", f"{LAUGHS}<sst/>".encode("utf-16")), "DOCTYPE"),
    "macros": (lambda: _with("xl/vbaProject.bin", b"\xd0\xcf"), "Makros"),
    "password-xlsx": (lambda: _compound("EncryptedPackage".encode("utf-16-le")), "Kennwort"),
    "texts-too-large": (
        lambda: zipped({"a.csv": _lines(45), "b.csv": _lines(45)}),
        "Ausgepackt sind die Tabellen 94 MB",
    ),
    "texts-and-a-program": (lambda: zipped({"a.csv": "a;b\n1;2\n", "b.exe": "MZ"}), "gepackt, aber keine Tabelle"),
    "texts-of-one-name": (lambda: zipped({"x/a.csv": "a;b\n", "y/a.csv": "a;b\n"}), "gepackt, aber keine Tabelle"),
    "zip-named-csv": (lambda: zipped({"a.csv": zipped({"b.csv": "a;b\n1;2\n"})}), "Bytes, die in keinem Text"),
    "password-zip": (_encrypted_flag, "Kennwort"),
    "cut-xlsx": (lambda: xlsx(FINE)[:700], "beschädigt"),
    "cut-ods": (lambda: ods(ods_row(ods_cell("x")))[:300], "beschädigt"),
    "lying-size": (_lying_size, "beschädigt"),
    "damaged-xls": (lambda: _compound(b"\xff" * 4096), "nicht lesbar|Absturz"),
    "short-xls": (lambda: _compound()[:40], "nicht lesbar|Absturz"),
    "no-sheet": (lambda: zipped({"xl/workbook.xml": f"{XML}<workbook/>"}), "nicht lesbar|kein Blatt"),
    "no-cells": (lambda: xlsx(""), "keine Zeile"),
    "docx": (lambda: _archive("word/document.xml"), "keine Tabelle"),
    "jar": (lambda: _archive("META-INF/MANIFEST.MF"), "keine Tabelle"),
    "xlsb": (lambda: _archive("xl/workbook.bin"), "Binärmappe"),
    "bomb-of-tables": (lambda: _tables({"project.csv": "a;b\n" * 60_000_000}), "Ausgepackt wäre die Datei"),
    "thousands-of-tables": (_many_tables, "höchstens 100"),
    "lying-table": (_lying_table, "beschädigt"),
    "unknown-packing": (_unknown_packing, "beschädigt|nicht lesbar|Absturz"),
    "zip-in-a-zip": (lambda: _tables({"project.zip": _tables({"project.csv": "a;b\n"})}), "keine Tabelle"),
    "tables-too-wide-together": (_wide_together, "602 Spalten"),
    "names-without-end": (_long_names, "keine Tabelle"),
    "picture-bomb": (huge_picture, "ein Bild"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"\0" * 100, "ein PDF"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "ein Bild"),
    "gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 100, "ein Archiv"),
    "program": (lambda: b"\x7fELF" + b"\0" * 100, "ein Programm"),
    "web-page": (lambda: b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "eine Webseite"),
    "nul-bytes": (lambda: b"Titel;Betrag\nA\0B;1\n", "keine Tabelle"),
    "false-utf-16": (lambda: b"\xff\xfeT\0i\0\x00", "utf-16"),
    "false-utf-8-mark": (lambda: b"\xef\xbb\xbfTitel;M\xfcnchen\n", "utf-8-sig"),
    "endless-field": (lambda: b'Titel;Text\nA;"' + b"x" * 200_000 + b'"\n', "Zeile 2"),
    "unclosed-quote": (lambda: b'Titel;Text\nA;"offen\n' + b"B;c\n" * 60_000, "Zeile 2"),
    "quote-within": (lambda: b'Titel;Text\n"A"B;c\n', "Zeile 2"),
    "too-many-rows": (lambda: b"a;b\n" * 200_001, "Zeile 200001"),
    "long-cell": (lambda: xlsx(row(1, cell("A1", "x" * 150_000))), "150000 Zeichen"),
}


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


MERGED = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'

# Unusual, but readable: what the first rows must be.
READ: Mapping[str, tuple[Callable[[], bytes], list[tuple[object, ...]]]] = {
    "xlsx": (lambda: xlsx(FINE), [("Titel", "Volumen"), ("Vorhaben", 1234.5)]),
    "deep-tail": (_deep, [("Titel", "Volumen"), ("Vorhaben", 1234.5)]),
    "external-link": (
        lambda: _with("xl/externalLinks/externalLink1.xml", f"{XML}<externalLink/>"),
        [("Titel", "Volumen"), ("Vorhaben", 1234.5)],
    ),
    "merged-cells": (
        lambda: xlsx(row(1, cell("A1", "Vorhaben")) + row(2, cell("A2", "Titel"), cell("B2", "Ort")), after=MERGED),
        [("Vorhaben", None), ("Titel", "Ort")],
    ),
    "picture-bomb-in-the-sheet": (
        lambda: _with("xl/media/image1.png", huge_picture()),
        [("Titel", "Volumen"), ("Vorhaben", 1234.5)],
    ),
    "formula-without-a-value": (
        lambda: xlsx(row(1, cell("A1", "Summe"), '<c r="B1"><f>SUM(A2:A9)</f></c>')),
        [("Summe",)],
    ),
    "tables-that-climb-out": (
        lambda: _tables({"../../../etc/cron.d/project.csv": "Titel;Ort\nA;B\n"}),
        [("Titel", "Ort"), ("A", "B")],
    ),
    "ods": (lambda: ods(ods_row(ods_cell("Titel"), ods_cell("Ort"))), [("Titel", "Ort")]),
    "ods-empty-tail": (
        lambda: ods(
            ods_row(ods_cell("Titel"))
            + ods_row(
                '<table:table-cell table:number-columns-repeated="16384"/>',
                more=' table:number-rows-repeated="1048575"',
            )
        ),
        [("Titel",)],
    ),
    "semicolons-cp1252": (lambda: "Titel;Größe\nA;5 €\n".encode("cp1252"), [("Titel", "Größe"), ("A", "5 €")]),
    "iso-8859-15": (lambda: "Titel;Größe\nA;5 €\n".encode("iso-8859-15"), [("Titel", "Größe"), ("A", "5 €")]),
    "utf-16": (lambda: "Titel\tOrt\nA\tB\n".encode("utf-16"), [("Titel", "Ort"), ("A", "B")]),
    "utf-8-mark": (lambda: "Titel,Ort\nÄ,B\n".encode("utf-8-sig"), [("Titel", "Ort"), ("Ä", "B")]),
    "wrapped-texts": (lambda: b'="FKZ";="Titel"\n="03X123";="A"\n', [("FKZ", "Titel"), ("03X123", "A")]),
    "line-in-a-cell": (lambda: b'Titel;Text\nA;"zwei\nZeilen"\n', [("Titel", "Text"), ("A", "zwei\nZeilen")]),
    "formula-as-text": (lambda: b'Titel;Text\nA;"=cmd|calc"\n', [("Titel", "Text"), ("A", "=cmd|calc")]),
}
