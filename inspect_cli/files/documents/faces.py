"""The two faces in which papers are printed: which characters they have, and how wide a character is.

What does not live here: drawing (typst does that, from the same files), and what becomes of a character that neither has
(``files.documents.glyphs``). The tables are read from the fonts themselves, by OpenType 1.9, chapters ``cmap`` (format 12), ``hhea`` and
``hmtx``: that is quicker by far than a library that reads all of a font.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pylopdf_fonts_zh_cn import sans_path, serif_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL_RANGE: Final = 12
"""The format of the table that knows every code point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face: the glyph of each character by its code point, and each glyph's width in thousandths of the type's size."""

    glyphs: dict[int, int]
    advances: tuple[int, ...]

    def has(self, char: str) -> bool:
        """Say whether the face has a character."""
        return ord(char) in self.glyphs

    def width(self, char: str) -> int:
        """Measure a character in thousandths of the type's size; one that the face does not have is as wide as a Chinese one."""
        glyph = self.glyphs.get(ord(char))
        return 1000 if glyph is None else self.advances[min(glyph, len(self.advances) - 1)]


@cache
def serif() -> Face:
    """Read the face of the text (宋, 仿宋)."""
    return _read_face(serif_path())


@cache
def sans() -> Face:
    """Read the face of headings and of what is strong (黑体)."""
    return _read_face(sans_path())


def is_printable(char: str) -> bool:
    """Say whether one of the two faces has a character: either stands in for the other."""
    return serif().has(char) or sans().has(char)


def _read_face(path: Path) -> Face:
    content = path.read_bytes()
    count = struct.unpack_from(">H", content, 4)[0]
    tables: dict[bytes, int] = {}
    for number in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4s3I", content, 12 + 16 * number)
        tables[tag] = offset
    metrics = struct.unpack_from(">H", content, tables[b"hhea"] + 34)[0]
    advances = struct.unpack_from(">" + "H2x" * metrics, content, tables[b"hmtx"])
    units = struct.unpack_from(">H", content, tables[b"head"] + 18)[0]
    scaled = advances if units == 1000 else tuple(advance * 1000 // units for advance in advances)  # noqa: PLR2004 - thousandths
    return Face(glyphs=dict(_read_characters(content, tables[b"cmap"])), advances=scaled)


def _read_characters(content: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Give each code point with its glyph, from the first subtable of format 12."""
    for number in range(struct.unpack_from(">H", content, start + 2)[0]):
        table = start + struct.unpack_from(">I", content, start + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", content, table)[0] != _FULL_RANGE:
            continue
        groups = struct.unpack_from(">I", content, table + 12)[0]
        for first, last, glyph in struct.iter_unpack(">3I", content[table + 16 : table + 16 + 12 * groups]):
            yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
        return
