"""The workbook that every writer of ours begins with: what somebody typed is text in it, never a formula, a link or a number."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any, Final

from xlsxwriter import Workbook

UNDATED: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone, and this one is nobody's
"""The time of a workbook that tells no time, so that the same content is the same bytes."""

_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def new_book(stream: IO[bytes], title: str, created: datetime = UNDATED, **settings: Any) -> Workbook:
    """Begin a workbook that is written into a stream when it is closed; ``settings`` are xlsxwriter's, beside or instead of these."""
    book = Workbook(stream, _PLAIN | settings)
    book.set_properties({"title": title, "created": created})
    return book
