"""CSV files that are handed on: read by spreadsheets as text, whatever somebody has put into a name. What they hold is not known here.

A cell that a spreadsheet would take for a formula gets an apostrophe before it. So does one that begins with apostrophes and goes on
like that, so that taking one away is the exact inverse: ``unescape_cell(escape_cell(text)) == text`` for every text.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

_FORMULA: Final = r"[=+\-@\t\r\n＝＋－＠]"
"""How a cell begins that a spreadsheet would take for a formula; full-width signs are read as their narrow ones."""
_DANGEROUS: Final = re.compile(rf"'*{_FORMULA}")
_ESCAPED: Final = re.compile(rf"'+{_FORMULA}")


def escape_cell(text: str) -> str:
    """Put an apostrophe before what would be a formula: the cell is text then."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape_cell(text: str) -> str:
    """Take the apostrophe away that ``escape_cell`` puts; any other text is left as it is."""
    return text[1:] if _ESCAPED.match(text) else text


def render_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Render a table as CSV for spreadsheets: UTF-8 with a mark, lines end in CR LF, and no cell is a formula."""
    stream = io.BytesIO()
    write_csv(stream, (header,), rows)
    return stream.getvalue()


def write_csv(stream: BinaryIO, header: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as ``render_csv`` renders it, row by row; ``header`` are the rows above, written as they stand."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(header)
    writer.writerows(map(escape_cell, row) for row in rows)
    text.detach()
