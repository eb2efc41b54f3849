"""Pictures for tests, drawn here: no photograph is kept, no image library is needed."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 48, height: int = 24, *, shade: int = 0) -> bytes:
    """Return a grey gradient; another ``shade`` gives other bytes."""
    rows = b"".join(
        b"\0" + bytes((120 + shade + 100 * x // width + 20 * y // height) & 255 for x in range(width))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return png_of(chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))


def png_of(*chunks: bytes) -> bytes:
    """Return a PNG of these chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int = 8, height: int = 8, *, channels: int = 1, frame: int = 0xC0) -> bytes:
    """Return an even grey: tables with one code each, and one bit per block for colour and for the rest."""
    parts = b"".join(bytes((number, 0x11, 0)) for number in range(1, channels + 1))
    scanned = b"".join(bytes((number, 0)) for number in range(1, channels + 1))
    blocks = -(-width // 8) * -(-height // 8) * channels
    bits = int("0" * 2 * blocks + "1" * (-2 * blocks % 8), 2)
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xDB, b"\0" + bytes([1] * 64)),
            _segment(frame, struct.pack(">BHHB", 8, height, width, channels) + parts),
            _segment(0xC4, bytes([0x00, 1, *[0] * 15, 0])),
            _segment(0xC4, bytes([0x10, 1, *[0] * 15, 0])),
            _segment(0xDA, bytes([channels]) + scanned + bytes([0, 63, 0])),
            bits.to_bytes(-(-2 * blocks // 8), "big"),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data
