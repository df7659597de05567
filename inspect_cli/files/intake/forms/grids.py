"""From what a reader spooled to the grids of a book.

What does not live here: the reading (``child``, ``ods``, ``spreadsheetml``, ``html``).
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, cast

from inspect_cli.errors import Message, say
from inspect_cli.files.intake.book import Grid
from inspect_cli.files.intake.forms.spool import SpoolReader, SpoolWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from inspect_cli.files.intake.forms.facts import SheetFacts
    from inspect_cli.files.intake.forms.spool import SpooledSheet


@contextmanager
def spool_here(write: Callable[[SpoolWriter], None]) -> Iterator[SpoolReader]:
    """Let ``write`` write rows into a file without a name, and read them from there for as long as the context."""
    with tempfile.TemporaryFile() as stream:
        file = cast("BinaryIO", stream)
        writer = SpoolWriter(file)
        write(writer)
        writer.finish()
        yield SpoolReader(file)


def make_grid(reader: SpoolReader, sheet: SpooledSheet) -> Grid:
    """Make the grid of a spooled sheet; what is hidden beyond its last row and its widest is nobody's business."""
    facts = sheet.facts
    return Grid(
        name=facts.name,
        rows=partial(_patched_rows, reader, sheet) if facts.patches else partial(reader.rows, sheet),
        hidden_rows=_spread(facts.hidden_rows, facts.last_row),
        hidden_columns=_spread(facts.hidden_columns, facts.width - 1),
        is_hidden=facts.is_hidden,
        row_count=facts.row_count,
    )


def _spread(ranges: list[tuple[int, int]], last: int) -> tuple[int, ...]:
    """Give the numbers of all ranges in order, each once, however often the ranges name it."""
    numbers: list[int] = []
    beyond = 0
    for first, end in sorted(ranges):
        numbers += range(max(first, beyond), min(end, last) + 1)
        beyond = max(beyond, end + 1)
    return tuple(numbers)


def _patched_rows(reader: SpoolReader, sheet: SpooledSheet) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with the cells in their places that the reader gave blank."""
    patches: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in sorted(sheet.facts.patches, reverse=True):
        patches.setdefault(row, []).append((column, text))
    waiting = list(patches)  # The last is the next.
    for number, cells in reader.rows(sheet):
        while waiting and waiting[-1] < number:
            row = waiting.pop()
            yield row, _patch([], patches[row])
        if waiting and waiting[-1] == number:
            waiting.pop()
            cells = _patch(cells, patches[number])  # noqa: PLW2901
        yield number, cells
    for row in reversed(waiting):
        yield row, _patch([], patches[row])


def _patch(cells: list[str], patches: list[tuple[int, str]]) -> list[str]:
    for column, text in patches:
        cells += [""] * (column + 1 - len(cells))
        cells[column] = text
    return cells


def tell_of_sheet(facts: SheetFacts) -> list[Message]:
    """Say what a person should know of a sheet beside its rows."""
    told: list[Message] = []
    if facts.unsolved:
        row, column = facts.first_unsolved
        told.append(
            say(
                "sheet {sheet}: formulas whose result the file does not keep: {count}, the first in row {row}, column {column};"
                " open it in the spreadsheet program and save it",
                sheet=facts.name,
                count=facts.unsolved,
                row=row,
                column=column + 1,
            )
        )
    return told
