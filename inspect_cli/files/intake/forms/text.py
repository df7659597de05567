"""Text with separators (CSV) as rows with their numbers, within bounds.

What does not live here: which separator is the file's (``table``). Row numbers are those that a spreadsheet shows: blank rows count,
and a cell with line breaks is one cell of one row.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.safe_csv import unescape_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS: Final = (",", ";", "\t")
ROW_LIMIT: Final = 1_048_576
"""Rows of the largest spreadsheet."""
COLUMN_LIMIT: Final = 1_024

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read_records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a text, numbered from 1; ``InputError`` at a row whose quotation is broken, or that passes the bounds."""
    lines = (found.group() for found in _LINE.finditer(text))
    has_apostrophes = "'" in text
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
        yield number, _unescape(cells) if has_apostrophes else cells


def _unescape(cells: list[str]) -> list[str]:
    """Take the apostrophes away that exports put before what a spreadsheet would take for a formula."""
    return [unescape_cell(cell) if cell.startswith("'") else cell for cell in cells]
