"""Workbooks of visit sheets back into sheets as they were filled in, with the place of each cell. Files pass the readers of all imports.

What does not live here: the forms of files (``files.intake``), and what the cells claim (``core.visit.filled``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.filled import FilledCell, FilledRow, FilledSheet
from inspect_cli.errors import InputError, Mistake, Position, say
from inspect_cli.files.intake.headers import is_problems
from inspect_cli.files.intake.opening import open_book
from inspect_cli.files.visit_sheets.layout import (
    CHOICES,
    COLUMNS,
    FACTS,
    VALUE,
    SheetText,
    find_columns,
    find_facts,
    find_header,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspect_cli.files.intake.book import Book, Grid

ROWS_READ: Final = 2_000
"""Rows of a sheet that are read; ours have one a matter."""
_CELLS_READ: Final = 50
_WANTED: Final = ("layout", "slot", "entity", "name", "on")
_ANEW: Final = say("write the sheets anew with inspect-cli visit sheets --format xlsx, and fill those in")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A sheet as it stands in a file, ``text``; ``filled`` is None where it is none of ours, and ``mistakes`` say why."""

    text: SheetText
    where: Position
    filled: FilledSheet | None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBook:
    """A workbook's sheets in its order; blank ones and that of the lists are left out."""

    file: str
    digest: str
    sheets: tuple[ReadSheet, ...]


def read_sheets(path: Path) -> ReadBook:
    """Read a workbook of visit sheets; ``InputError`` where the file is none, or cannot be read."""
    with open_book(path) as book:
        if book.are_readings:
            raise InputError(
                say("this is a text, and visit sheets are a workbook"), where=Position(file=book.file), hint=_ANEW
            )
        sheets = tuple(sheet for grid in book.grids if (sheet := _read_sheet(book, grid)) is not None)
    if not sheets:
        raise InputError(say("no visit sheet is in this file"), where=Position(file=book.file), hint=_ANEW)
    return ReadBook(file=book.file, digest=book.digest, sheets=sheets)


def _read_sheet(book: Book, grid: Grid) -> ReadSheet | None:
    where = Position(file=book.file, sheet=grid.name)
    rows: list[tuple[str, ...]] = []
    for number, cells in islice(grid.rows(), ROWS_READ + 1):
        if number > ROWS_READ:
            mistake = Mistake(
                what=say("the sheet has more than {limit} rows", limit=ROWS_READ), where=where, remedy=_ANEW
            )
            return ReadSheet(text=_make_text(grid, rows), where=where, filled=None, mistakes=(mistake,))
        rows += [()] * (number - 1 - len(rows))
        rows.append(tuple(cells[:_CELLS_READ]))
    if not any(cell.strip() for cells in rows for cell in cells) or rows[0][:1] == (CHOICES,):
        return None
    return _Reader(where, rows).read(_make_text(grid, rows))


def _make_text(grid: Grid, rows: Sequence[tuple[str, ...]]) -> SheetText:
    """Keep a sheet as it stands, without the problems that an earlier report wrote beside it."""
    header = find_header(rows)
    kept = tuple(rows)
    if header is not None:
        width = next((place for place, cell in enumerate(rows[header]) if is_problems(cell)), _CELLS_READ)
        kept = tuple(cells[:width] for cells in rows)
    return SheetText(name=grid.name or "", rows=kept)


class _Reader:
    """Finds the cells of one sheet by the words beside and above them."""

    def __init__(self, where: Position, rows: Sequence[tuple[str, ...]]) -> None:
        self._where = where
        self._rows = rows

    def read(self, text: SheetText) -> ReadSheet:
        """Read the sheet, or say what it lacks."""
        header = find_header(self._rows)
        facts = find_facts(self._rows[:header])
        columns = {} if header is None else find_columns(self._rows[header])
        missing = [FACTS[field] for field in _WANTED if field not in facts]
        missing += [COLUMNS[field] for field in COLUMNS if field not in columns and field not in {"domain", "matter"}]
        if header is None or missing:
            what = say("this is no visit sheet: it lacks {words}", words=tuple(missing))
            mistakes = (Mistake(what=what, where=self._where, remedy=_ANEW),)
            return ReadSheet(text=text, where=self._where, filled=None, mistakes=mistakes)
        found = {field: self._cell(place, VALUE, self._rows[place][0]) for field, place in facts.items()}
        filled = FilledSheet(
            where=self._where,
            **{field: found[field] for field in _WANTED},
            rows=tuple(
                self._read_row(row, columns)
                for row in range(header + 1, len(self._rows))
                if any(cell.strip() for cell in self._rows[row][: len(COLUMNS)])
            ),
        )
        return ReadSheet(text=text, where=self._where, filled=filled)

    def _read_row(self, row: int, columns: dict[str, int]) -> FilledRow:
        header = self._rows[find_header(self._rows) or 0]
        cells = {field: self._cell(row, place, header[place]) for field, place in columns.items()}
        return FilledRow(**{field: cells[field] for field in FilledRow.__dataclass_fields__})

    def _cell(self, row: int, column: int, head: str) -> FilledCell:
        cells = self._rows[row]
        text = cells[column].strip() if column < len(cells) else ""
        return FilledCell(text=text, where=replace(self._where, row=row + 1, column=head.strip()))
