"""Document numbers (文号): the next one of a series, and how it is written.

Rules:

DOC-1  A series counts from 1 in each calendar year, without gaps and without doubles; its serial is written without leading zeros.
DOC-2  Who types a number may write its brackets, digits and spaces as a keyboard has them: numbers are compared without that.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_BRACKETS: Final = str.maketrans("[](){}【】", "〔〕〔〕〔〕〔〕")


def next_serial(serials: Iterable[int]) -> int:
    """Give the serial that follows those of a series in a year (DOC-1)."""
    return max(serials, default=0) + 1


def render_document_number(form: str, short_name: str, year: int, serial: int) -> str:
    """Write a document number: ``{short}抽查〔{year}〕{serial}号`` gives 浙公抽查〔2017〕1号 (GB/T 9704-2012, 7.2.5)."""
    return form.replace("{short}", short_name).replace("{year}", str(year)).replace("{serial}", str(serial))


def fold_document(document: str) -> str:
    """Give a document number as it is compared (DOC-2): 示抽查[2026] ３号 is 示抽查〔2026〕3号."""
    return "".join(unicodedata.normalize("NFKC", document).split()).translate(_BRACKETS)
