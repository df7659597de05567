"""A workbook's zip file: its members within bounds, unpacked piece by piece.

What lives here: what every spreadsheet in a zip has in common. What does not: what the parts say (``xlsx``, ``ods``). Unlike a
bundle's (``files.archive``), this reader bears what office programs write; it refuses what no program writes: two members of one name, a
path that leads out, a member that unpacks to more than it claims, and more than a person's table can be (``BOUNDS``).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is read: members, bytes of the directory, bytes of all members unpacked, and of one that is read whole."""

    members: int
    directory_bytes: int
    total_bytes: int
    whole_bytes: int


BOUNDS: Final = Bounds(
    members=10_000, directory_bytes=4 * 1024 * 1024, total_bytes=1_500_000_000, whole_bytes=16 * 1024 * 1024
)
"""A sheet of a million rows and fifteen columns unpacks to some 700 MB."""

_END: Final = struct.Struct("<4s4H2LH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_NOTE_LIMIT: Final = 65_535
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x0001
_PIECE: Final = 256 * 1024
_PACKED_PIECE: Final = 64 * 1024
_LEADS_OUT: Final = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\0-\x1f]")
_ASK_ANEW: Final = say(
    "ask whoever sent it for the file again, or open it in the spreadsheet program and save it anew as .xlsx"
)


class Container:
    """The members of a zip file in memory, by their names with ``/``; raises ``InputError`` with what no workbook has."""

    def __init__(self, data: bytes, file: str, bounds: Bounds = BOUNDS) -> None:
        """Read the directory and hold it against the bounds."""
        self._data = data
        self._file = file
        self._bounds = bounds
        self._unpacked = 0
        self._require_directory()
        try:
            members = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (
            zipfile.BadZipFile,
            NotImplementedError,  # zipfile's word for a zip of a newer version than it reads, which is the sender's and no gap of ours
            ValueError,  # a name that is no UTF-8, or a place before the file's beginning
        ) as error:
            raise Unreadable(Reason.DAMAGED) from error
        self._require_members(members)
        self.members: Mapping[str, zipfile.ZipInfo] = {_path(info): info for info in members}

    def find(self, path: str) -> str | None:
        """Return the name of the member at a path, whose case counts for nothing."""
        folded = path.casefold()
        return next((name for name in self.members if name.casefold() == folded), None)

    def read(self, name: str) -> bytes:
        """Return a small member whole."""
        parts: list[bytes] = []
        size = 0
        for piece in self.pieces(name):
            size += len(piece)
            if size > self._bounds.whole_bytes:
                self._refuse(say("{member} is larger than {count} bytes", member=name, count=self._bounds.whole_bytes))
            parts.append(piece)
        return b"".join(parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give a member's bytes, piece by piece; what it unpacks to is held against its claim and against the bounds."""
        info = self.members[name]
        packed = self._packed(info)
        if info.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(packed[place : place + _PIECE]) for place in range(0, len(packed), _PIECE))
            return
        size = 0
        for piece in _inflate(packed):
            size += len(piece)
            self._unpacked += len(piece)
            if size > info.file_size:
                self._refuse(say("{member} unpacks to more than it claims", member=name))
            if self._unpacked > 2 * self._bounds.total_bytes:  # A member may be read twice.
                self._refuse_size()
            yield piece

    def _packed(self, info: zipfile.ZipInfo) -> memoryview:
        start = info.header_offset
        if start < 0 or len(self._data) < start + _LOCAL.size:
            raise Unreadable(Reason.DAMAGED)
        fields = _LOCAL.unpack_from(self._data, start)
        start += _LOCAL.size + fields[9] + fields[10]
        if fields[0] != _LOCAL_SIGNATURE or len(self._data) < start + info.compress_size:
            raise Unreadable(Reason.DAMAGED)
        return memoryview(self._data)[start : start + info.compress_size]

    def _require_directory(self) -> None:
        """Refuse a directory that is missing or out of bounds before anything reads it."""
        place = self._data.rfind(_END_SIGNATURE, max(0, len(self._data) - _NOTE_LIMIT - _END.size))
        if place < 0 or len(self._data) < place + _END.size:
            self._refuse(say("the file is cut off: the directory at its end is missing"))
        fields = _END.unpack_from(self._data, place)
        count, size = fields[4], fields[5]
        if count > self._bounds.members or size > self._bounds.directory_bytes:
            self._refuse(say("it has more than {count} members", count=self._bounds.members))

    def _require_members(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > self._bounds.members:
            self._refuse(say("it has more than {count} members", count=self._bounds.members))
        if any(info.flag_bits & _ENCRYPTED for info in members):
            raise Unreadable(Reason.PASSWORD)
        names: set[str] = set()
        for info in members:
            name = _path(info)
            if _LEADS_OUT.search(name) or "\0" in info.orig_filename:
                self._refuse(say("{member} is no name for a member", member=name))
            if name.casefold() in names:
                self._refuse(say("{member} is there twice", member=name))
            names.add(name.casefold())
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                self._refuse(say("{member} is packed in a way that is not read here", member=name))
        if sum(info.file_size for info in members) > self._bounds.total_bytes:
            self._refuse_size()

    def _refuse_size(self) -> NoReturn:
        raise InputError(
            say("it unpacks to more than {count} bytes", count=self._bounds.total_bytes),
            where=Position(file=self._file),
            hint=say("copy the table alone into a new workbook, or split it"),
        )

    def _refuse(self, what: Message) -> NoReturn:
        raise InputError(what, where=Position(file=self._file), hint=_ASK_ANEW)


def _path(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")  # Some programs write the other slash.


def _inflate(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _PACKED_PIECE):
            rest: bytes | memoryview = packed[place : place + _PACKED_PIECE]
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        while not unpacker.eof and (piece := unpacker.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise Unreadable(Reason.DAMAGED) from error
    if not unpacker.eof:
        raise Unreadable(Reason.DAMAGED)
