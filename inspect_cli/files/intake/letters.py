"""Columns by the letters under which a spreadsheet shows them."""

from __future__ import annotations

from typing import Final

_LETTERS: Final = 26


def column_letters(place: int) -> str:
    """Return the letters by which a spreadsheet names the column at a place from 0: A, Z, AA."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters
