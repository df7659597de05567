"""How much a source may hold of what costs its reader more than its length: cells of tables, lines of text, marks of emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CELL_LIMIT: Final = 100_000
"""Cells of all tables, those that a short row lacks and its table adds among them."""
LINE_LIMIT: Final = 20_000
"""Lines outside of tables, each of which could be a paragraph or an item of a list."""
MARK_LIMIT: Final = 20_000
"""Asterisks and underscores between two empty lines, or in a row of a table: whoever pairs them looks at each for each."""

_DELIMITERS: Final = re.compile(r"[ >]*[|:-][ |:-]*")
_ESCAPED: Final = re.compile(r"\\.")
_MARKS: Final = re.compile(r"[*_]")


def find_excess(lines: Iterable[str]) -> int | None:
    """Find the line, counted from 0, with which a source holds too much; None for one that can be read."""
    cells = marks = columns = texts = 0
    for number, line in enumerate(lines):
        if not line.strip():
            marks = columns = 0
            continue
        if _DELIMITERS.fullmatch(line):
            columns = max(columns, line.count("|") + 1)
        cells += columns
        texts += not columns
        found = len(_MARKS.findall(_ESCAPED.sub("", line)))
        marks = found if line.startswith("|") else marks + found
        if cells > CELL_LIMIT or texts > LINE_LIMIT or marks > MARK_LIMIT:
            return number
    return None
