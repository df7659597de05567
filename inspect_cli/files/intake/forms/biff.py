"""What an old workbook (.xls, BIFF5 and BIFF8) says of its sheets beside their cells: hidden rows and columns, errors, the count of days.

What does not live here: the cells (python-calamine reads them). It runs in the child process alone. Source: [MS-XLS], section 2.4, the
records BoolErr, BoundSheet8, ColInfo, Date1904, Dimensions, FilePass, Formula and Row.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Final

import olefile

from inspect_cli.files.intake.forms.compound import require_ends
from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

PATCH_LIMIT: Final = 100_000
"""Cells of a workbook that hold an error or a formula without a result."""

_FORMULA, _END, _DATE_1904, _FILE_PASS = 0x0006, 0x000A, 0x0022, 0x002F
_COLUMNS, _SHEET, _DIMENSIONS, _BOOL_OR_ERROR, _ROW, _BEGIN = 0x007D, 0x0085, 0x0200, 0x0205, 0x0208, 0x0809
_CELLS: Final = frozenset({_FORMULA, _BOOL_OR_ERROR, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E})
"""Records that begin with a row and a column: those above, MulRk, RString, LabelSst, Number, Label, RK."""
_HEIGHT, _WIDTH = 65_536, 256
"""Rows and columns of a sheet of this form."""
_OLD_DIMENSIONS: Final = 10
"""Bytes of that record in BIFF5."""
_HIDDEN_ROW: Final = 0x20
_HIDDEN_COLUMN: Final = 0x01
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def read_sheet_facts(data: bytes) -> list[SheetFacts]:
    """Return the facts of each sheet in order, without its name; ``Unreadable`` for a locked file, and one of another program."""
    stream = _find_workbook(data)
    is_1904 = False
    sheets: list[tuple[int, bool]] = []
    for code, record in _records(stream, 0):
        if code == _FILE_PASS:
            raise Unreadable(Reason.PASSWORD)
        if code == _DATE_1904:
            is_1904 = record[:1] == b"\x01"
        elif code == _SHEET and len(record) > 4:  # noqa: PLR2004 - the place is four bytes, the state behind it
            sheets.append((struct.unpack_from("<I", record)[0], record[4] & 3 != 0))
    return [_read_facts(stream, place, is_hidden=is_hidden, is_1904=is_1904) for place, is_hidden in sheets]


def _find_workbook(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            require_ends(data, compound)
            if compound.exists("EncryptedPackage"):
                raise Unreadable(Reason.PASSWORD)
            for name in ("Workbook", "Book"):
                if compound.exists(name):
                    stream: bytes = compound.openstream(name).read()
                    return stream
    # olefile's words for what it finds damaged, and Python's for a place or a size that no file has.
    except (OSError, ValueError, OverflowError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    raise Unreadable(Reason.OTHER_OFFICE)


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from ``place`` to the end of what begins there; what is nested in it (a chart) is passed over."""
    depth = 0
    while place + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if code == _BEGIN:
            depth += 1
        elif code == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, stream[place : place + length]
        place += length


def _read_facts(stream: bytes, place: int, *, is_hidden: bool, is_1904: bool) -> SheetFacts:
    facts = SheetFacts(is_hidden=is_hidden, is_1904=is_1904)
    for code, record in _records(stream, place):
        try:
            if code == _ROW:
                (row, flags) = struct.unpack_from("<H10xH", record)
                if flags & _HIDDEN_ROW:
                    facts.hidden_rows.append((row + 1, row + 1))
            elif code == _COLUMNS:
                (first, last, flags) = struct.unpack_from("<HH4xH", record)
                if flags & _HIDDEN_COLUMN:
                    facts.hidden_columns.append((first, last))
            elif code == _DIMENSIONS:
                _require_dimensions(record)
            elif code in _CELLS:
                if struct.unpack_from("<H", record, 2)[0] >= _WIDTH:
                    raise Unreadable(Reason.FAR)
                if code in {_BOOL_OR_ERROR, _FORMULA}:
                    _add_error(facts, code, record)
        except struct.error as error:
            raise Unreadable(Reason.DAMAGED) from error
        if len(facts.patches) > PATCH_LIMIT:
            raise Unreadable(Reason.ERRORS)
    return facts


def _require_dimensions(record: bytes) -> None:
    """Hold what a sheet claims to be against the form's bounds: the reader of the cells believes it, and asks for the memory."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(record) > _OLD_DIMENSIONS else "<HHHH", record)
    if bottom > _HEIGHT or right > _WIDTH:
        raise Unreadable(Reason.FAR)
    if top > bottom or left > right:
        raise Unreadable(Reason.DAMAGED)


def _add_error(facts: SheetFacts, code: int, record: bytes) -> None:
    """Note a cell that holds an error, its own or a formula's."""
    if code == _BOOL_OR_ERROR:
        (row, column, error, is_error) = struct.unpack_from("<HH2xBB", record)
    else:
        (row, column, kind, error, mark) = struct.unpack_from("<HH2xBxB3xH", record)
        is_error = kind == 2 and mark == 0xFFFF  # noqa: PLR2004 - the specification's numbers
    if is_error:
        facts.patches.append((row + 1, column, _ERRORS.get(error, "#N/A")))
