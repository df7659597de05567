"""Text with separators (CSV) as rows with their numbers.

What lives here: which separator, which row is the header, the cells of each row, and bounds. What does not: what a header
means (``headers``) and what a cell says (``rows`` and the readers).

Row numbers are those that a spreadsheet shows: blank rows count, and a cell with line breaks is one cell of one row. Nothing
is guessed by frequency: of the separators the one under which some row names the most fields is the file's, and that row is
the header; what stands above it is a title or a note.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.files.intake.headers import Sheet

SEPARATORS: Final = (",", ";", "\t")
HEADER_WITHIN: Final = 20
"""The header is one of this many first rows."""
ROW_LIMIT: Final = 1_048_576
"""Rows of the largest spreadsheet."""
COLUMN_LIMIT: Final = 1_024

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header with its row number, and the rows below it that are not blank, read as they are asked for."""

    file: str
    header_row: int
    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def parse_table(text: str, *, file: str, sheet: Sheet) -> Table:
    """Find a sheet's header in the text and return its table.

    Raises ``InputError`` when no row is the header; so does the iteration over the rows at one that is broken.
    """
    _score, row, separator = max(
        (_find_header(text, separator, file, sheet) for separator in SEPARATORS), key=lambda found: found[0]
    )
    if row == 0:
        raise InputError(
            say("none of the first {count} rows is a header", count=HEADER_WITHIN),
            where=Position(file=file),
            hint=say("the header names the columns; this table needs {columns}", columns=_required_headers(sheet)),
        )
    records = read_records(text, separator, file)
    header = next(cells for number, cells in records if number == row)
    while header and not header[-1].strip():
        header.pop()
    return Table(
        file=file,
        header_row=row,
        header=tuple(header),
        rows=((number, cells) for number, cells in records if any(cells) and any(map(str.strip, cells))),
    )


def _find_header(text: str, separator: str, file: str, sheet: Sheet) -> tuple[int, int, str]:
    """Return how many fields the best row under ``separator`` names (one is no header: a title can do that), and its number."""
    best, row = 1, 0
    try:
        for number, cells in islice(read_records(text, separator, file), HEADER_WITHIN):
            known = sheet.count_known(cells)
            if known > best:
                best, row = known, number
    except InputError:
        pass  # Rows above the break were seen; under the right separator the break is met again, and told.
    return best, row, separator


def read_records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    lines = (found.group() for found in _LINE.finditer(text))
    records = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                say("the quotation marks of this row do not match"),
                where=Position(file=file, row=number),
                hint=say(
                    'a cell that holds the separator or a quotation mark stands in "…", with each mark in it doubled'
                ),
            ) from error
        if number > ROW_LIMIT or len(cells) > COLUMN_LIMIT:
            raise InputError(
                say("the table is larger than {rows} rows or {columns} columns", rows=ROW_LIMIT, columns=COLUMN_LIMIT),
                where=Position(file=file, row=number),
                hint=say("split the file"),
            )
        yield number, cells


def _required_headers(sheet: Sheet) -> tuple[str, ...]:
    return tuple(sheet.fields[group[0]][0] for group in sheet.required)
