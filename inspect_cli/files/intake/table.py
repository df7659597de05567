"""The table in a file: which sheet or which separator, which row is the header, and the rows below it.

What lives here: the choice among a book's grids, and text with separators (CSV) as rows with their numbers. What does not: what a
header means (``headers``) and what a cell says (``rows`` and the readers).

Row numbers are those that a spreadsheet shows: blank rows count, and a cell with line breaks is one cell of one row. Nothing
is guessed by frequency: of the separators the one under which some row names the most fields is the file's, and that row is
the header; what stands above it is a title or a note. Of several sheets the only one that has all required columns is taken (or where
none has them the only one that names the most fields); of two a person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, UsageMistake, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.headers import LEFT_OUT, find_fields, shape_of
from inspect_cli.files.intake.mapping import require_headers, resolve_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.files.intake.book import Book, Grid
    from inspect_cli.files.intake.headers import Sheet

HEADER_WITHIN: Final = 20
"""The header is one of this many first rows."""
_LEAST_NAMES: Final = 2
"""A row with fewer filled cells is a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header with its row number, and the rows below it that are not blank, read anew each time they are asked for.

    ``mapping`` says what headers mean by a person's word, given with this file or (``is_mapping_kept``) with an earlier one of this shape;
    ``header`` is blank where a hidden column is left out, ``full_header`` is not, and ``shape`` is that of all of it.
    ``is_skipping`` leaves out what is hidden; ``passed_over`` are the names of the other sheets.
    """

    file: str
    grid: Grid
    sheet: Sheet
    header_row: int
    header: tuple[str, ...]
    full_header: tuple[str, ...]
    shape: str
    mapping: Mapping[str, str]
    is_mapping_kept: bool = False
    is_skipping: bool = False
    passed_over: tuple[str, ...] = ()

    @property
    def meant(self) -> dict[str, str]:
        """Return the field of each folded header whose meaning a person has said."""
        return resolve_mapping(self.mapping, self.sheet)

    @property
    def hidden_rows(self) -> tuple[int, ...]:
        """Return the numbers of the hidden rows below the header."""
        return tuple(number for number in self.grid.hidden_rows if number > self.header_row)

    @property
    def hidden_columns(self) -> tuple[int, ...]:
        """Return the places of the hidden columns that have a header."""
        return tuple(place for place in self.grid.hidden_columns if place < len(self.full_header))

    @property
    def skipped(self) -> frozenset[int]:
        """Return the places of the columns that are left out because they are hidden."""
        return frozenset(self.grid.hidden_columns) if self.is_skipping else frozenset()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows below the header; the iteration raises ``InputError`` at one that is broken."""
        hidden = frozenset(self.grid.hidden_rows) if self.is_skipping else frozenset()
        for number, cells in self.grid.rows():
            if number > self.header_row and any(cells) and number not in hidden and any(map(str.strip, cells)):
                yield number, cells

    def position(self, row: int | None = None, column: str | None = None) -> Position:
        """Say where in the file something stands."""
        return Position(file=self.file, sheet=self.grid.name, row=row, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The best header of one grid: how many fields it names, whether these are all that the sheet needs, and what it says."""

    grid: Grid
    score: int
    is_complete: bool
    row: int
    header: tuple[str, ...]
    full_header: tuple[str, ...]
    shape: str
    mapping: Mapping[str, str]
    is_kept: bool


def find_table(book: Book, sheet: Sheet, choices: ReadChoices = DEFAULT) -> Table:
    """Find the table of a sheet's kind in a file.

    Raises ``InputError`` when no row is the header or several sheets have one, ``UsageMistake`` when a person names a sheet or a header
    that the file does not have.
    """
    named = _require_sheet(book, choices.sheet)
    resolve_mapping(choices.mapping, sheet)
    found = [header for grid in named if (header := _find_header(grid, sheet, choices)) is not None]
    best = _choose(book, found, choices, sheet)
    require_headers(choices.mapping, best.header)
    return Table(
        file=book.file,
        grid=best.grid,
        sheet=sheet,
        header_row=best.row,
        header=best.header,
        full_header=best.full_header,
        shape=best.shape,
        mapping=best.mapping,
        is_mapping_kept=best.is_kept,
        is_skipping=choices.skip_hidden,
        passed_over=() if book.are_readings else tuple(grid.name or "" for grid in book.grids if grid is not best.grid),
    )


def _require_sheet(book: Book, name: str | None) -> tuple[Grid, ...]:
    """Return the grids among which the table is looked for: the one that is named, or all that are."""
    if name is None:
        return book.grids
    names = tuple(grid.name for grid in book.grids if grid.name is not None)
    if not names:
        raise UsageMistake(
            say("{file} is a text and has no sheets", file=book.file), hint=say("leave out --sheet for this file")
        )
    found = [grid for grid in book.grids if grid.name == name] or [
        grid for grid in book.grids if grid.name is not None and grid.name.strip().casefold() == name.strip().casefold()
    ]
    if len(found) != 1:
        raise UsageMistake(
            say("{file} has no sheet {sheet}", file=book.file, sheet=name),
            hint=say("--sheet names one of its sheets: {sheets}", sheets=names),
        )
    return tuple(found)


def _find_header(grid: Grid, sheet: Sheet, choices: ReadChoices) -> _Found | None:
    """Return the row of a grid that names the most fields, of equals the first; one field is no header: a title can name it.

    Where cells are merged across two rows the header stands in both: the row above fills the blanks, unless it is a title or names less.
    """
    best: _Found | None = None
    above: list[str] = []
    try:
        for number, cells in islice(grid.rows(), HEADER_WITHIN):
            if number > HEADER_WITHIN:
                break
            both = [cell if cell.strip() else over for cell, over in zip_longest(cells, above, fillvalue="")]
            is_title = sum(1 for cell in above if cell.strip()) < _LEAST_NAMES
            candidates = (cells, both) if is_title else (both, cells)
            for candidate in candidates[: 1 if both == cells else 2]:
                found = _weigh(grid, sheet, choices, (number, candidate))
                if found.score > (best.score if best else 1):
                    best = found
            above = cells
    except InputError:
        pass  # Rows above the break were seen; under the right separator the break is met again, and told.
    return best


def _weigh(grid: Grid, sheet: Sheet, choices: ReadChoices, row: tuple[int, list[str]]) -> _Found:
    """Count the fields that a row names, by its words and by what a person has said of them."""
    number, cells = row
    full = _trim(cells)
    shape = shape_of(full)
    kept = choices.kept.get(shape)
    mapping = {**(kept or {}), **choices.mapping}
    hidden = grid.hidden_columns if choices.skip_hidden else ()
    header = tuple("" if place in hidden else text for place, text in enumerate(full))
    fields = set(find_fields(header, sheet, resolve_mapping(mapping, sheet))) - {None, LEFT_OUT}
    return _Found(
        grid=grid,
        score=len(fields),
        is_complete=all(not fields.isdisjoint(group) for group in sheet.required),
        row=number,
        header=header,
        full_header=full,
        shape=shape,
        mapping=mapping,
        is_kept=bool(kept),
    )


def _trim(cells: list[str]) -> tuple[str, ...]:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return tuple(cells[:width])


def _choose(book: Book, found: list[_Found], choices: ReadChoices, sheet: Sheet) -> _Found:
    """Choose the table: the best reading of a text, or the only sheet that qualifies; hidden ones where they are named."""
    seen = [one for one in found if choices.sheet is not None or not one.grid.is_hidden]
    if not seen:
        raise _no_header(book, found, sheet)
    if book.are_readings:
        return max(seen, key=lambda one: one.score)
    complete = [one for one in seen if one.is_complete]
    score = max(one.score for one in seen)
    best = complete or [one for one in seen if one.score == score]
    if len(best) > 1:
        raise InputError(
            say("several sheets hold such a table: {sheets}", sheets=tuple(one.grid.name for one in best)),
            where=Position(file=book.file),
            hint=say("choose one with --sheet {sheet}", sheet=best[0].grid.name),
        )
    return best[0]


def _no_header(book: Book, hidden: list[_Found], sheet: Sheet) -> InputError:
    if hidden:
        return InputError(
            say("the table stands on a hidden sheet: {sheets}", sheets=tuple(one.grid.name for one in hidden)),
            where=Position(file=book.file),
            hint=say("look at it first; to read it, name it with --sheet {sheet}", sheet=hidden[0].grid.name),
        )
    if not any(cell.strip() for grid in book.grids for _, cells in grid.rows() for cell in cells):
        return InputError(
            say("the file holds nothing"),
            where=Position(file=book.file),
            hint=say("look whether it is the right file, and whether it was saved"),
        )
    needed = {"columns": _required_headers(sheet)}
    hint = say("the header names the columns; this table needs {columns}", **needed)
    if book.encoding is not None:
        hint = say(
            "the header names the columns; this table needs {columns}; the text was read as {encoding}: where that is wrong, name "
            "another with --encoding",
            encoding=book.encoding,
            **needed,
        )
    return InputError(
        say("none of the first {count} rows is a header", count=HEADER_WITHIN),
        where=Position(file=book.file),
        hint=hint,
    )


def _required_headers(sheet: Sheet) -> tuple[str, ...]:
    return tuple(sheet.fields[group[0]][0] for group in sheet.required)
