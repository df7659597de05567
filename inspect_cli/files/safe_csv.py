"""CSV files that are handed on: read by spreadsheets as text, whatever somebody has put into a name. What they hold is not known here."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would take for a formula; full-width signs are read as their narrow ones."""
_WIDE: Final = ("＝", "＋", "－", "＠")


def render_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Render a table as CSV for spreadsheets: UTF-8 with a mark, lines end in CR LF, and no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_defuse(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defuse(cell: str) -> str:
    """Put an apostrophe before what would be a formula: the cell is text then."""
    return f"'{cell}" if cell.startswith((*_BEGINNINGS, *_WIDE)) else cell
