"""The process that reads xlsx and xls files with python-calamine: standard input is the workbook, standard output the spool.

It is a process of its own because a hostile workbook can bring down the one that reads it: calamine aborts where memory for a sheet is
not to be had. Here it has bounds of its own, and the import that waits for it lives on. What does not live here: the parent's side
(``workbook``).
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Final

import python_calamine as calamine

from inspect_cli.files.intake.forms.biff import read_sheet_facts
from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import CELL_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.rendering import render_cells
from inspect_cli.files.intake.forms.spool import NO_ROOM, SPOOL_LIMIT, SpoolWriter
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT

if TYPE_CHECKING:
    from typing import BinaryIO

MEMORY_LIMIT: Final = 3 * 2**30
"""Bytes of address space, where the system can hold a process to it."""
SECONDS_LIMIT: Final = 120
"""Seconds of the processor."""

_OLE: Final = b"\xd0\xcf\x11\xe0"


def set_limits() -> None:
    """Bound this process, as far as the system knows how."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    bounds = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, SECONDS_LIMIT),
        (resource.RLIMIT_FSIZE, 2 * SPOOL_LIMIT),
        (resource.RLIMIT_AS, MEMORY_LIMIT),
    )
    for kind, bound in bounds:
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue  # A lower bound is set already, or the system has none of this kind.


def write_workbook(data: bytes, writer: SpoolWriter) -> None:
    """Write the rows of each sheet of a workbook; ``Unreadable`` where there are none to be had."""
    known = read_sheet_facts(data) if data.startswith(_OLE) else []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for place, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                facts = known[place] if place < len(known) else SheetFacts()
                facts.name = sheet.name
                facts.is_hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
                _write_rows(workbook.get_sheet_by_index(place), writer)
                writer.end_sheet(facts)
    except calamine.PasswordError as error:
        raise Unreadable(Reason.PASSWORD) from error
    except calamine.CalamineError as error:
        raise Unreadable(Reason.DAMAGED) from error
    except MemoryError as error:
        raise Unreadable(Reason.LARGE) from error
    except OSError as error:
        if error.errno is None:  # The library's word for a file that ends too early, not the system's.
            raise Unreadable(Reason.DAMAGED) from error
        raise


def _write_rows(sheet: calamine.CalamineSheet, writer: SpoolWriter) -> None:
    if sheet.start is None or sheet.end is None:
        return
    bottom, right = (place + 1 for place in sheet.end)
    if bottom > ROW_LIMIT or right > COLUMN_LIMIT:
        raise Unreadable(Reason.FAR)
    if bottom * right > CELL_LIMIT:
        raise Unreadable(Reason.LARGE)
    before = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = render_cells(row)
        writer.add_row(number, before + cells if before else cells)


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Read a workbook from ``source`` and write its rows, or why there are none, to ``target``; return the exit status."""
    writer = SpoolWriter(target)
    try:
        try:
            write_workbook(source.read(), writer)
            writer.finish()
        except Unreadable as error:
            writer.give_up(error.reason)
        target.flush()
    except OSError:
        return NO_ROOM
    return 0


if __name__ == "__main__":
    set_limits()
    os._exit(main(sys.stdin.buffer, sys.stdout.buffer))  # At once: nothing else is to be written.
