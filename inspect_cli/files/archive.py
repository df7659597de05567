"""Zip files that nobody vouches for, read strictly, and zip files of fixed bytes, written.

What lives here: the format (PKWARE APPNOTE.TXT 6.3), as much of it as a plain archive needs. What does not: which members an
archive may have (``bundle``). Readers of zip files differ in what they forgive, so that one file can show different members
to different people. This one forgives nothing: the members lie one behind the other from the first byte of the file to its
directory, which lists them in this order; the directory lies before the end record, and the end record is the end of the
file; each size and check sum is said the same wherever it is said, and is true.

``BOUNDS`` says how much is read: so many members, so many bytes unpacked, one by one and together, and no member that unpacks
to more than a hundred times its packed size once it is larger than a mebibyte.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from inspect_cli.errors import InputError, Position, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import BinaryIO

    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is read: members, bytes of one member, bytes of all, bytes of the directory, and the ratio of packing."""

    members: int
    member_bytes: int
    total_bytes: int
    directory_bytes: int
    ratio: int
    ratio_from_bytes: int


BOUNDS: Final = Bounds(
    members=10_000,
    member_bytes=1_000_000_000,
    total_bytes=2_000_000_000,
    directory_bytes=16 * 1024 * 1024,
    ratio=100,
    ratio_from_bytes=1024 * 1024,
)
"""A million entities make some 250 MB of rows."""

_END: Final = struct.Struct("<4s4H2LH")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DESCRIPTOR: Final = struct.Struct("<3L")
_END_SIGNATURE: Final = b"PK\x05\x06"
_CENTRAL_SIGNATURE: Final = b"PK\x01\x02"
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_DESCRIPTOR_SIGNATURE: Final = b"PK\x07\x08"
_ENCRYPTED: Final = 0x2041
_DESCRIBED_BEHIND: Final = 0x0008
_KNOWN_FLAGS: Final = 0x080E  # How hard the packer tried, sizes behind the data, the name is UTF-8.
_STORED: Final = 0
_DEFLATED: Final = 8
_PLAIN_KINDS: Final = frozenset({0, stat.S_IFREG, stat.S_IFDIR})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A member as the directory describes it; ``sums`` are its check sum, packed size and size."""

    name: str
    flags: int
    method: int
    sums: tuple[int, int, int]
    offset: int


class ArchiveReader:
    """One pass over a zip file; every refusal is an ``InputError`` that names the file."""

    def __init__(self, path: Path, stream: BinaryIO, length: int, bounds: Bounds = BOUNDS) -> None:
        """Hold an open file of ``length`` bytes."""
        self._file = path.name
        self._stream = stream
        self._length = length
        self._bounds = bounds

    def read_members(self, require_names: Callable[[list[str]], None]) -> dict[str, bytes]:
        """Return the members' bytes by name, without those that are folders.

        ``require_names`` is called with all names (a folder's ends with a slash) before anything is unpacked, and raises when
        they may not be so; without it equal names would hide one another.
        """
        directory, count = self._read_end()
        entries = self._read_directory(directory, count)
        require_names([entry.name for entry in entries])
        self._require_bounds(entries)
        members: dict[str, bytes] = {}
        for entry, end in self._require_seamless(entries, directory):
            data = self._read_member(entry, end)
            if not entry.name.endswith("/"):
                members[entry.name] = data
            elif data:
                self._refuse(say("{member} is a folder and has content", member=entry.name))
        return members

    def _read_end(self) -> tuple[int, int]:
        """Return where the directory begins, and how many members it lists."""
        if self._length < _END.size:
            self._refuse(say("it is no zip file, or was cut off"))
        signature, *numbers, note = _END.unpack(self._read(self._length - _END.size, _END.size))
        if signature != _END_SIGNATURE or note:
            self._refuse(say("it is no zip file, was cut off, or has something behind its end"))
        disk, first_disk, here, count, size, start = numbers
        if disk or first_disk or here != count:
            self._refuse(say("it is one part of several"))
        if count > self._bounds.members or size > self._bounds.directory_bytes:
            self._refuse(say("it has more than {count} members", count=self._bounds.members))
        if start + size + _END.size != self._length:
            self._refuse(say("its directory is not where it says, or something stands before or behind it"))
        return start, count

    def _read_directory(self, start: int, count: int) -> list[_Entry]:
        data = self._read(start, self._length - _END.size - start)
        entries: list[_Entry] = []
        place = 0
        for _ in range(count):
            if len(data) < place + _CENTRAL.size or not data.startswith(_CENTRAL_SIGNATURE, place):
                self._refuse(say("its directory is damaged"))
            fields = _CENTRAL.unpack_from(data, place)
            name_end = place + _CENTRAL.size + fields[10]
            entries.append(self._parse_entry(fields, data[place + _CENTRAL.size : name_end]))
            place = name_end + fields[11] + fields[12]
        if place != len(data):
            self._refuse(say("its directory is damaged"))
        return entries

    def _parse_entry(self, fields: tuple[int, ...], raw_name: bytes) -> _Entry:
        flags, method, disk, attributes, offset = fields[3], fields[4], fields[13], fields[15], fields[16]
        name = raw_name.decode("utf-8", "backslashreplace")
        if flags & _ENCRYPTED:
            self._refuse(say("{member} is encrypted", member=name))
        if flags & ~_KNOWN_FLAGS or method not in {_STORED, _DEFLATED} or disk:
            self._refuse(say("{member} is packed in a way that is not read here", member=name))
        kind = stat.S_IFMT(attributes >> 16)
        if kind not in _PLAIN_KINDS or (kind == stat.S_IFDIR and not name.endswith("/")):
            self._refuse(say("{member} is a link or a device, not a plain file", member=name))
        return _Entry(name=name, flags=flags, method=method, sums=(fields[7], fields[8], fields[9]), offset=offset)

    def _require_bounds(self, entries: list[_Entry]) -> None:
        bounds = self._bounds
        for entry in entries:
            _crc, packed, size = entry.sums
            if size > bounds.member_bytes:
                self._refuse(say("{member} is larger than {count} bytes", member=entry.name, count=bounds.member_bytes))
            if size > max(bounds.ratio_from_bytes, bounds.ratio * packed):
                self._refuse(
                    say("{member} unpacks to more than {count} times its size", member=entry.name, count=bounds.ratio)
                )
            if packed > size + size // 100 + 1024:  # No packer makes a file that much larger.
                self._refuse(say("{member} is packed in a way that is not read here", member=entry.name))
        if sum(entry.sums[2] for entry in entries) > bounds.total_bytes:
            self._refuse(say("it unpacks to more than {count} bytes", count=bounds.total_bytes))

    def _require_seamless(self, entries: list[_Entry], directory: int) -> Iterable[tuple[_Entry, int]]:
        """Return the members in their order, each with the place where the next begins."""
        starts = [*(entry.offset for entry in entries), directory]
        if starts[0] != 0 or any(after <= before for before, after in pairwise(starts)):
            self._refuse(say("its members overlap, are listed in another order, or something stands before them"))
        return zip(entries, starts[1:], strict=True)

    def _read_member(self, entry: _Entry, end: int) -> bytes:
        """Return the bytes of the member that reaches from its place to ``end``."""
        fields = _LOCAL.unpack(self._read(entry.offset, _LOCAL.size))
        name = self._read(entry.offset + _LOCAL.size, fields[9])
        sums = {entry.sums, (0, 0, 0)} if entry.flags & _DESCRIBED_BEHIND else {entry.sums}
        if (
            (fields[0], name) != (_LOCAL_SIGNATURE, entry.name.encode())
            or fields[2:4] != (entry.flags, entry.method)
            or fields[6:9] not in sums
        ):
            self._refuse(say("{member} is described in two ways", member=entry.name))
        start = entry.offset + _LOCAL.size + fields[9] + fields[10]
        self._require_end(entry, start + entry.sums[1], end)
        data = self._read(start, entry.sums[1])
        if entry.method == _DEFLATED:
            data = self._unpack(entry, data)
        if len(data) != entry.sums[2] or zlib.crc32(data) != entry.sums[0]:
            self._refuse(say("{member} is damaged: its size or check sum is wrong", member=entry.name))
        return data

    def _require_end(self, entry: _Entry, place: int, end: int) -> None:
        """Refuse unless nothing lies between a member's data and ``end``, but for the description that it announced."""
        described = _DESCRIPTOR.pack(*entry.sums)
        tails = (described, _DESCRIPTOR_SIGNATURE + described) if entry.flags & _DESCRIBED_BEHIND else (b"",)
        if end - place not in map(len, tails) or self._read(place, end - place) not in tails:
            self._refuse(say("{member} does not end where it says", member=entry.name))

    def _unpack(self, entry: _Entry, packed: bytes) -> bytes:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacker.decompress(packed, entry.sums[2] + 1)  # One byte more would show that the size lies.
        except zlib.error:
            self._refuse(say("{member} is damaged: it cannot be unpacked", member=entry.name))
        if not unpacker.eof or unpacker.unused_data:
            self._refuse(say("{member} is damaged: its size or check sum is wrong", member=entry.name))
        return data

    def _read(self, start: int, count: int) -> bytes:
        self._stream.seek(start)
        data = self._stream.read(count)
        if len(data) != count:
            self._refuse(say("it is cut off"))
        return data

    def _refuse(self, what: Message) -> NoReturn:
        raise InputError(
            what,
            where=Position(file=self._file),
            hint=say("ask whoever published it for the file again, and compare the digests"),
        )


def write_archive(stream: BinaryIO, members: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip file of the members in their order: the same bytes on every machine.

    Members are stored and not packed, since packers differ from build to build; times, rights and system are fixed.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
