"""Zip files built byte by byte from the format's description (PKWARE APPNOTE.TXT 6.3), so that each byte can lie.

The builder shares nothing with the reader and the writer of the package, nor with Python's ``zipfile``.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMBERS = {
    "commitment.json": b'{"protocol":"draw-v1"}',
    "entities.jsonl": b'{"id":"91350100M000100Y43"}\n',
    "inspectors.jsonl": b'{"id":"R001"}\n',
    "excluded.jsonl": b"",
    "result.json": b"{}",
}
"""What stands for a bundle where only its container matters."""

STORED, DEFLATED = 0, 8
DATE_1980 = (1 << 5) | 1
PLAIN_FILE = 0o100644


def deflate(data: bytes) -> bytes:
    """Pack bytes as a raw deflate stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@dataclass(frozen=True, kw_only=True)
class Header:
    """What one of a member's two headers says where it does not say the truth; None is the truth."""

    name: bytes | None = None
    flags: int | None = None
    method: int | None = None
    crc: int | None = None
    packed: int | None = None
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A member: its bytes, how they are packed, and the lies of its headers."""

    name: bytes
    data: bytes = b""
    method: int = STORED
    flags: int = 0
    packed: bytes | None = None
    mode: int = PLAIN_FILE
    disk: int = 0
    behind: bytes = b""
    offset: int | None = None
    is_listed: bool = True
    is_there: bool = True
    local: Header = field(default_factory=Header)
    central: Header = field(default_factory=Header)

    @property
    def stream(self) -> bytes:
        """Return the bytes as they lie in the file."""
        if self.packed is not None:
            return self.packed
        return deflate(self.data) if self.method == DEFLATED else self.data

    def fields(self, header: Header) -> tuple[bytes, bytes]:
        """Return the fields that both headers share, from the version on, and the name."""
        name = self.name if header.name is None else header.name
        shared = struct.pack(
            "<5H3L2H",
            20,
            self.flags if header.flags is None else header.flags,
            self.method if header.method is None else header.method,
            0,
            DATE_1980,
            zlib.crc32(self.data) if header.crc is None else header.crc,
            len(self.stream) if header.packed is None else header.packed,
            len(self.data) if header.size is None else header.size,
            len(name),
            0,
        )
        return shared, name


@dataclass(frozen=True, kw_only=True)
class End:
    """What surrounds the members: bytes before and behind, and the lies of the end record."""

    before: bytes = b""
    between: bytes = b""
    behind: bytes = b""
    note: bytes = b""
    disk: int = 0
    count_here: int | None = None
    count: int | None = None
    directory_size: int | None = None
    directory_start: int | None = None


def build_zip(parts: list[Part], end: End | None = None) -> bytes:
    """Build a zip file of the parts."""
    end = end or End()
    body, directory = end.before, b""
    for part in parts:
        offset = len(body) if part.offset is None else part.offset
        if part.is_there:
            shared, name = part.fields(part.local)
            body += b"PK\x03\x04" + shared + name + part.stream + part.behind
        if part.is_listed:
            shared, name = part.fields(part.central)
            made_by = struct.pack("<2B", 20, 3)
            tail = struct.pack("<3H2L", 0, part.disk, 0, part.mode << 16, offset)
            directory += b"PK\x01\x02" + made_by + shared + tail + name
    body += end.between
    count = sum(part.is_listed for part in parts)
    record = struct.pack(
        "<4H2LH",
        end.disk,
        0,
        count if end.count_here is None else end.count_here,
        count if end.count is None else end.count,
        len(directory) if end.directory_size is None else end.directory_size,
        len(body) if end.directory_start is None else end.directory_start,
        len(end.note),
    )
    return body + directory + b"PK\x05\x06" + record + end.note + end.behind


def honest_parts(members: Mapping[str, bytes] = MEMBERS) -> list[Part]:
    """Return the members of a bundle as parts that tell the truth."""
    return [Part(name=name.encode(), data=data) for name, data in members.items()]


def with_part(part: Part, members: Mapping[str, bytes] = MEMBERS) -> bytes:
    """Build a bundle with one part more."""
    return build_zip([*honest_parts(members), part])
