"""What a workbook holds at most, and the characters that no cell of it holds: for whoever reads one or writes one."""

from __future__ import annotations

import re
from typing import Final

ROW_LIMIT: Final = 1_048_576
"""Rows of the largest sheet."""
CELL_LIMIT: Final = 32_767
"""UTF-16 units of one cell's text."""
NO_XML: Final = re.compile("[\ufffe\uffff]")
"""Two code points that XML can neither hold nor escape, though they are in nobody's way elsewhere."""


def is_cell_exceeded(text: str) -> bool:
    """Say whether a text is longer than a cell takes."""
    return len(text) > CELL_LIMIT // 2 and count_units(text) > CELL_LIMIT


def count_units(text: str) -> int:
    """Count a text's UTF-16 units, which a character beyond U+FFFF has two of."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit_cell(text: str) -> str:
    """Return as much of a text as a cell holds, with a replacement character for what XML does not."""
    fitting = NO_XML.sub("\ufffd", text)
    if is_cell_exceeded(fitting):
        fitting = fitting.encode("utf-16-le", "surrogatepass")[: 2 * CELL_LIMIT].decode("utf-16-le", "ignore")
    return fitting
