"""Rows on their way from a reader: frames in a file, written once and read as often as is asked.

What lives here: the frames. A frame is a kind, a length and so many bytes: rows as text, or what is known of a sheet whose rows are the
frames before it, or why the reader gave up, or the end. The file holds text and numbers alone: whoever reads it trusts nothing else,
for it may have been written by a process that a hostile file brought down.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.facts import SheetFacts, parse_facts
from inspect_cli.files.intake.forms.refusals import CELL_LIMIT, SHEET_LIMIT, TEXT_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

SPOOL_LIMIT: Final = 2**30
"""Bytes of all rows of a file."""
NO_ROOM: Final = 28
"""The exit status of a process that could not write its spool: the system takes no more of it."""

_HEAD: Final = struct.Struct("<cI")
_ROWS, _SHEET, _REASON, _END = b"R", b"S", b"X", b"E"
_BETWEEN_CELLS, _BETWEEN_ROWS = "\x1f", "\x1e"
_NO_SEPARATOR: Final = str.maketrans({_BETWEEN_CELLS: "\x1a", _BETWEEN_ROWS: "\x1a"})
_BATCH_ROWS, _BATCH_CELLS = 512, 16_384
_FRAME_LIMIT: Final = 2**28
_MOST_FRAMES: Final = 2**20
"""Frames of a file; the writer fills each so well that the limit of their bytes comes first."""


class SpoolWriter:
    """Takes the rows of one sheet after the other, within bounds; ``Unreadable`` beyond them."""

    def __init__(self, stream: BinaryIO) -> None:
        """Begin the first sheet."""
        self._stream = stream
        self._written = 0
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._batch: list[str] = []
        self._batch_cells = 0
        self._cells = 0
        self._facts = SheetFacts()

    def add_row(self, number: int, cells: list[str]) -> None:
        """Take a row; a blank one is left out, and so are blank cells at its end."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        width = len(cells)
        if number > ROW_LIMIT or width > COLUMN_LIMIT:
            raise Unreadable(Reason.FAR, row=number)
        text = _BETWEEN_CELLS.join([*cells, str(number)])
        if text.count(_BETWEEN_CELLS) != width or _BETWEEN_ROWS in text or len(text) > TEXT_LIMIT:
            text = self._clean(number, cells)
        self._batch.append(text)
        self._batch_cells += width
        self._cells += width
        facts = self._facts
        facts.row_count += 1
        facts.last_row = max(facts.last_row, number)
        facts.width = max(facts.width, width)
        if len(self._batch) >= _BATCH_ROWS or self._batch_cells >= _BATCH_CELLS or len(text) > TEXT_LIMIT:
            self._flush()

    @staticmethod
    def _clean(number: int, cells: list[str]) -> str:
        """Join a row whose texts hold a separator, which gives way to another control character, or are long."""
        if any(len(cell) > TEXT_LIMIT for cell in cells):
            raise Unreadable(Reason.LARGE, row=number)
        return _BETWEEN_CELLS.join([*(cell.translate(_NO_SEPARATOR) for cell in cells), str(number)])

    def _flush(self) -> None:
        if self._cells > CELL_LIMIT:
            raise Unreadable(Reason.LARGE)
        if self._batch:
            self._write(_ROWS, _BETWEEN_ROWS.join(self._batch).encode(errors="replace"))
            self._batch, self._batch_cells = [], 0

    def end_sheet(self, known: SheetFacts) -> None:
        """End a sheet of which ``known`` says all but the count of its rows, and begin the next."""
        self._flush()
        self._sheets += 1
        if self._sheets > SHEET_LIMIT:
            raise Unreadable(Reason.LARGE)
        known.row_count, known.last_row, known.width = self._facts.row_count, self._facts.last_row, self._facts.width
        self._write(_SHEET, json.dumps(asdict(known)).encode())
        self._begin()

    def give_up(self, reason: Reason) -> None:
        """Say why no more comes."""
        self._write(_REASON, reason.value.encode())

    def finish(self) -> None:
        """Say that all is there."""
        self._write(_END, b"")
        self._stream.flush()

    def _write(self, kind: bytes, data: bytes) -> None:
        self._written += len(data)
        if self._written > SPOOL_LIMIT:
            raise Unreadable(Reason.LARGE)
        self._stream.write(_HEAD.pack(kind, len(data)) + data)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpooledSheet:
    """A sheet's facts, and where in the file its frames of rows are: place and length."""

    facts: SheetFacts
    frames: tuple[tuple[int, int], ...]


class SpoolReader:
    """Reads what a ``SpoolWriter`` wrote to the file; ``Unreadable`` when it gave up, or broke off."""

    def __init__(self, stream: BinaryIO) -> None:
        """Hold the file; its position is nobody's to rely on."""
        self._stream = stream

    def read_sheets(self) -> list[SpooledSheet]:
        """Return the sheets in order."""
        sheets: list[SpooledSheet] = []
        frames: list[tuple[int, int]] = []
        place = count = 0
        while True:
            kind, data_place, length = self._read_head(place)
            place = data_place + length
            count += 1
            if count > _MOST_FRAMES or len(sheets) > SHEET_LIMIT:
                raise Unreadable(Reason.DIED)
            if kind == _ROWS:
                frames.append((data_place, length))
            elif kind == _SHEET:
                sheets.append(SpooledSheet(facts=parse_facts(self._read(data_place, length)), frames=tuple(frames)))
                frames = []
            elif kind == _REASON:
                raise Unreadable(_parse_reason(self._read(data_place, length)))
            elif kind == _END:
                return sheets
            else:
                raise Unreadable(Reason.DIED)

    def rows(self, sheet: SpooledSheet) -> Iterator[tuple[int, list[str]]]:
        """Give a sheet's rows that are not blank, each with its number; ``Unreadable`` where they are none or stand in no order."""
        last = 0
        for place, length in sheet.frames:
            for line in self._read(place, length).decode(errors="replace").split(_BETWEEN_ROWS):
                cells = line.split(_BETWEEN_CELLS)
                try:
                    number = int(cells.pop())
                except ValueError as error:
                    raise Unreadable(Reason.DIED) from error
                if not last < number <= ROW_LIMIT or len(cells) > COLUMN_LIMIT:
                    raise Unreadable(Reason.DIED)
                last = number
                yield number, cells

    def _read_head(self, place: int) -> tuple[bytes, int, int]:
        kind, length = _HEAD.unpack(self._read(place, _HEAD.size))
        if length > _FRAME_LIMIT:
            raise Unreadable(Reason.DIED)
        return kind, place + _HEAD.size, length

    def _read(self, place: int, length: int) -> bytes:
        self._stream.seek(place)
        data = self._stream.read(length)
        if len(data) != length:
            raise Unreadable(Reason.DIED)
        return data


def _parse_reason(data: bytes) -> Reason:
    try:
        return Reason(data.decode())
    except ValueError as error:
        raise Unreadable(Reason.DIED) from error
