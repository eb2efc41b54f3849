"""Pictures of a snapshot: PNG or JPEG, known by their bytes, each in a file named after its SHA-256."""

from __future__ import annotations

import re
import struct
import zlib

LARGEST = 2 * 1024 * 1024
"""The most bytes that a picture may have: in print it is as wide as the text, and four formats hold a copy."""

MOST_PIXELS = 40_000_000
"""What a few bytes of PNG may unfold to; more would cost the typesetter its memory."""

MEDIA_TYPES = {"image/png": "png", "image/jpeg": "jpg"}
"""Media types with the ending of their files."""

_FILE = re.compile(rf"picture-([0-9a-f]{{64}})\.(?:{'|'.join(MEDIA_TYPES.values())})")
_PNG, _JPEG, _JPEG_END = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\xff\xd9"
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what every reader knows
_SCAN = 0xDA


def picture_file(digest: str, media_type: str) -> str:
    """Return the name of a picture's file in a snapshot; raises ``KeyError`` for another media type."""
    return f"picture-{digest}.{MEDIA_TYPES[media_type]}"


def is_picture_file(name: str) -> bool:
    """Tell whether a file of a snapshot is a picture, by its name."""
    return digest_in(name) is not None


def digest_in(name: str) -> str | None:
    """Return the SHA-256 that the name of a picture's file tells; None for another file."""
    found = _FILE.fullmatch(name)
    return found[1] if found else None


def media_type_of(content: bytes) -> str | None:
    """Return the media type of a picture that is whole; None for one cut short or damaged and for anything else.

    A JPEG has one channel (grey) or three (colours): printing inks (CMYK) look different in every program.
    """
    if content.startswith(_PNG) and _whole_png(content):
        return "image/png"
    if content.startswith(_JPEG) and content.endswith(_JPEG_END) and _readable_jpeg(content):
        return "image/jpeg"
    return None


def _whole_png(content: bytes) -> bool:
    """Walk the chunks: the size first, data, the end last, each with its checksum."""
    place, kinds, size = len(_PNG), [], (0, 0)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, end = content[place + 4 : place + 8], place + 8 + length
        if content[end : end + 4] != struct.pack(">I", zlib.crc32(content[place + 4 : end])):
            return False
        if kind == b"IHDR" and length == 13:
            size = struct.unpack(">II", content[place + 8 : place + 16])
        kinds.append(kind)
        place = end + 4
    ordered = kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and b"IDAT" in kinds
    return ordered and place == len(content) and _bounded(*size)


def _readable_jpeg(content: bytes) -> bool:
    """Walk the segments up to the first scan; the frame header before it has size and channels."""
    place, sized = len(_JPEG), False
    while place + 10 <= len(content) and content[place] == 0xFF:
        marker, (length,) = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])
        if marker == _SCAN:
            return sized
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            sized = content[place + 9] in (1, 3) and _bounded(width, height)
        place += 2 + length
    return False


def _bounded(width: int, height: int) -> bool:
    return 0 < width * height <= MOST_PIXELS
