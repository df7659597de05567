"""Text with separators (CSV) as rows with their numbers, within bounds.

What does not live here: which separator is the file's (``table``). Row numbers are those that a spreadsheet shows: blank rows count,
and a cell with line breaks is one cell of one row.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files import spreadsheet
from inspect_cli.files.safe_csv import unescape_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS: Final = (",", ";", "\t")
ROW_LIMIT: Final = spreadsheet.ROW_LIMIT
COLUMN_LIMIT: Final = 1_024
RECORD_LIMIT: Final = 4 * 1024 * 1024
"""Characters of one row: its cells would be taken apart before anybody could count them."""

_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The bytes of a text, and the encoding in which they are one: read again and again, never held as a whole."""

    data: bytes
    encoding: str
    file: str

    def lines(self) -> Iterator[str]:
        """Give the lines with their ends; one longer than any row comes as its first part."""
        stream = io.BytesIO(self.data)
        stream.seek(next((len(mark) for mark in _MARKS if self.data.startswith(mark)), 0))
        text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
        return iter(partial(text.readline, RECORD_LIMIT + 1), "")


class _Lines:
    """Lines of a text for the reader of records, which says by ``begin`` when a record begins."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._row = self._length = 0

    def begin(self, row: int) -> None:
        self._row, self._length = row, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text.lines():
            self._length += len(line)
            if self._length > RECORD_LIMIT:
                raise InputError(
                    say("the row is longer than {count} characters", count=RECORD_LIMIT),
                    where=Position(file=self._text.file, row=self._row),
                    hint=say("save the table anew as CSV (UTF-8), each row on a line of its own"),
                )
            yield line


def read_records(text: Text, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a text, numbered from 1; ``InputError`` at a row whose quotation is broken, or that passes the bounds."""
    has_apostrophes = b"'" in text.data
    lines = _Lines(text)
    records = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        lines.begin(number)
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                say("the quotation marks of this row do not match"),
                where=Position(file=text.file, row=number),
                hint=say(
                    'a cell that holds the separator or a quotation mark stands in "…", with each mark in it doubled'
                ),
            ) from error
        if number > ROW_LIMIT or len(cells) > COLUMN_LIMIT:
            raise InputError(
                say("the table is larger than {rows} rows or {columns} columns", rows=ROW_LIMIT, columns=COLUMN_LIMIT),
                where=Position(file=text.file, row=number),
                hint=say("split the file"),
            )
        yield number, _unescape(cells) if has_apostrophes else cells


def _unescape(cells: list[str]) -> list[str]:
    """Take the apostrophes away that exports put before what a spreadsheet would take for a formula."""
    return [unescape_cell(cell) if cell.startswith("'") else cell for cell in cells]
