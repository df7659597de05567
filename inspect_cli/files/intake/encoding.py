"""An outside file's bytes, and the text that they are.

What lives here: reading a file that nobody vouches for, within bounds, and the strict cascade from bytes to text. What
does not: what the text means (``table``, ``files.config``, ``files.plan_file``).

Detectors that count letters guess wrong on short files, so nothing is guessed here: a byte order mark decides; without
one the bytes are UTF-8 to the last one, or else GB18030 to the last one; or else a person names the encoding.
"""

from __future__ import annotations

import codecs
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, UsageMistake, say
from inspect_cli.files.system_words import say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_LIMIT: Final = 256 * 1024 * 1024
"""Bytes of one outside file: some five times a registry of 200,000 rows."""

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5")
"""What ``--encoding`` may name."""

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CASCADE: Final = ("utf-8", "gb18030")
# Every workbook of today is a zip, and every one of yesterday an OLE compound file.
_WORKBOOK_SIGNATURES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MARK: Final = "\ufeff"
_PIECE: Final = 1024 * 1024


def read_outside(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """Return the bytes of a plain file of at most ``limit`` bytes; ``InputError`` for all else that a path can name."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(say("{path} is a folder, not a file", path=str(path)), hint=say("name a file in it"))
        if not stat.S_ISREG(mode):  # Reading a device or a pipe may never end.
            raise InputError(say("{path} is not a plain file", path=str(path)), hint=say("copy it into a file first"))
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise InputError(
            say("there is no file {path}", path=str(path)), hint=say("check the name and the folder")
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes.
        raise InputError(
            say("{path} cannot be read: {reason}", path=str(path), reason=say_reason(error)),
            hint=say("check the name, and that you may read the file"),
        ) from error
    if len(data) > limit:
        raise InputError(
            say("{path} is larger than {limit} bytes", path=str(path), limit=limit),
            hint=say("split the file, or take out what does not belong to the table"),
        )
    return data


def decode(data: bytes, *, encoding: str | None, file: str) -> str:
    """Return the text that ``data`` is, without its mark, by the cascade or in the ``encoding`` that a person named.

    Raises ``InputError`` when the bytes are no text in it, ``UsageMistake`` when it is not one of ``ENCODINGS``.
    """
    name = find_encoding(data, encoding=encoding, file=file)
    return data.decode(name).removeprefix(_MARK)


def find_encoding(data: bytes, *, encoding: str | None, file: str, declared: str | None = None) -> str:
    """Return which of ``ENCODINGS`` the bytes are text in to the last one; what a file ``declared`` itself stands behind UTF-8.

    Raises as ``decode`` does.
    """
    if data.startswith(_WORKBOOK_SIGNATURES):
        raise InputError(
            say("this is a workbook or an archive, not text"),
            where=Position(file=file),
            hint=say("open it in the spreadsheet program and save the sheet as CSV (UTF-8)"),
        )
    if encoding is not None:
        name = _require_known(encoding)
        _require_text(data, name, file)
        return name
    return _find_unnamed(data, file, declared)


def decode_pieces(data: bytes, encoding: str) -> Iterator[str]:
    """Give the text of bytes that are text in an encoding, piece by piece, without its mark."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for place in range(0, len(data), _PIECE):
        text = decoder.decode(data[place : place + _PIECE], place + _PIECE >= len(data))
        yield text.removeprefix(_MARK) if place == 0 else text


def _require_known(encoding: str) -> str:
    name = encoding.strip().lower().replace("_", "-")
    name = {"utf8": "utf-8", "utf-8-sig": "utf-8"}.get(name, name)
    if name not in ENCODINGS:
        raise UsageMistake(
            say("{encoding} is not an encoding that is read here", encoding=encoding),
            hint=say("name one of {encodings}", encodings=tuple(ENCODINGS)),
        )
    return name


def _require_text(data: bytes, name: str, file: str) -> None:
    """Raise ``InputError`` unless the bytes are text in the encoding, NUL not among it."""
    broken = _find_break(data, name)
    if broken is not None:
        raise InputError(
            say("the bytes from byte {place} on are not {encoding}", place=broken + 1, encoding=name),
            where=Position(file=file, row=data.count(b"\n", 0, broken) + 1),
            hint=say("name another encoding with --encoding, or leave it out"),
        )
    _require_no_nul(data, name, file)


def _require_no_nul(data: bytes, name: str, file: str) -> None:
    if b"\0" not in data:
        return
    before = rows = 0
    for text in decode_pieces(data, name):
        place = text.find("\0")
        if place >= 0:
            raise InputError(
                say("character {place} is NUL, which no text holds", place=before + place + 1),
                where=Position(file=file, row=rows + text.count("\n", 0, place) + 1),
                hint=say("save the file as CSV (UTF-8), or name its encoding with --encoding, for example utf-16-le"),
            )
        before += len(text)
        rows += text.count("\n")


def _find_break(data: bytes, name: str) -> int | None:
    """Return the place of the first byte that is no text in the encoding, None where all are."""
    decoder = codecs.getincrementaldecoder(name)()
    for place in range(0, len(data), _PIECE):
        piece = data[place : place + _PIECE]
        try:
            decoder.decode(piece, place + _PIECE >= len(data))
        except UnicodeDecodeError as error:  # It holds the end of the piece before, too.
            return place + len(piece) - len(error.object) + error.start
    return None


def _find_unnamed(data: bytes, file: str, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            _require_text(data, name, file)
            return name
    names = list(_CASCADE)
    with suppress(LookupError, ValueError):
        # ValueError: a name with a NUL in it. The wider one stands for the two narrower ones of its family.
        name = codecs.lookup(declared or "utf-8").name
        names.insert(1, {"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name if name in ENCODINGS else "utf-8"))
    furthest = 0
    for name in names:
        broken = _find_break(data, name)
        if broken is None:
            _require_no_nul(data, name, file)
            return name
        furthest = max(furthest, broken)
    raise InputError(
        say("the file is neither UTF-8 nor GB18030; the bytes from byte {place} on are neither", place=furthest + 1),
        where=Position(file=file, row=data.count(b"\n", 0, furthest) + 1),
        hint=say("save it as CSV (UTF-8), or name its encoding with --encoding"),
    )
