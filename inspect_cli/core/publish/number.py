"""Document numbers (文号): the next one of a series, and how it is written.

Rules:

DOC-1  A series counts from 1 in each calendar year, without gaps and without doubles; its serial is written without leading zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def next_serial(serials: Iterable[int]) -> int:
    """Give the serial that follows those of a series in a year (DOC-1)."""
    return max(serials, default=0) + 1


def render_document_number(form: str, short_name: str, year: int, serial: int) -> str:
    """Write a document number: ``{short}抽查〔{year}〕{serial}号`` gives 浙公抽查〔2017〕1号 (GB/T 9704-2012, 7.2.5)."""
    return form.replace("{short}", short_name).replace("{year}", str(year)).replace("{serial}", str(serial))
