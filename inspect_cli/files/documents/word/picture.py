"""Pictures without what cameras and programs write into them: names, places, times, comments. The picture itself stays as it is.

JPEG (ITU-T T.81, annex B) loses its application segments but the colours' (JFIF, Adobe, colour profile) and its comments; PNG (W3C PNG,
chapter 11) its texts, times and Exif. A bitmap has no such place, and other formats are not taken.
"""

from __future__ import annotations

import struct
from typing import Final

_JPEG: Final = b"\xff\xd8"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)
_COMMENT: Final = 0xFE
_SCAN: Final = 0xDA
_APPLICATIONS: Final = range(0xE0, 0xF0)
_COLOURS: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}


def strip_picture(data: bytes) -> bytes:
    """Return a picture without metadata; what is damaged is cut where it can no longer be followed."""
    if data.startswith(_PNG):
        return _strip_png(data)
    return _strip_jpeg(data) if data.startswith(_JPEG) else data


def _strip_png(data: bytes) -> bytes:
    parts, place = [_PNG], len(_PNG)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if kind in _KEPT_CHUNKS:
            parts.append(data[place:end])
        if kind == b"IEND":
            break
        place = end
    return b"".join(parts)


def _strip_jpeg(data: bytes) -> bytes:
    parts, place = [_JPEG], len(_JPEG)
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004 - a marker's first byte
        marker, length = struct.unpack_from(">xBH", data, place)
        if marker == _SCAN:
            return b"".join((*parts, data[place:]))
        segment = data[place : place + 2 + length]
        is_kept = (
            segment[4:].startswith(_COLOURS.get(marker, b"\xff\xff")) if marker in _APPLICATIONS else marker != _COMMENT
        )
        if is_kept:
            parts.append(segment)
        place += 2 + length
    return b"".join(parts)
