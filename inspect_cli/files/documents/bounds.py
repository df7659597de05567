"""How much a source may hold of what costs its reader more than its length: cells that a table's head makes, and marks of emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CELL_LIMIT: Final = 500_000
"""Cells of all tables, those that a short row lacks and its table adds among them."""
MARK_LIMIT: Final = 20_000
"""Asterisks and underscores between two empty lines, or in a row of a table: whoever pairs them looks at each for each."""

_DELIMITERS: Final = re.compile(r"[ >]*[|:-][ |:-]*")
_ESCAPED: Final = re.compile(r"\\.")
_MARKS: Final = re.compile(r"[*_]")


def find_excess(lines: Iterable[str]) -> int | None:
    """Find the line, counted from 0, with which a source holds too much; None for one that can be read."""
    cells = marks = columns = 0
    for number, line in enumerate(lines):
        if not line.strip():
            marks = columns = 0
            continue
        if _DELIMITERS.fullmatch(line):
            columns = max(columns, line.count("|") + 1)
        cells += columns
        found = len(_MARKS.findall(_ESCAPED.sub("", line)))
        marks = found if line.startswith("|") else marks + found
        if cells > CELL_LIMIT or marks > MARK_LIMIT:
            return number
    return None
