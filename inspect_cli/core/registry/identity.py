"""Numbers of identity cards (公民身份号码), which no registry needs and nobody may publish: how one is known among other words.

REG-23 A number of an identity card (GB 11643-1999) is 17 digits and a check character: six digits of a place, the day of birth, and
       three of a sequence; the check character is that of ISO 7064 MOD 11-2. Where one stands in a cell that asks for something else it
       is told.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from inspect_cli.core.glyphs import fold_width

_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_CHECKS: Final = "10X98765432"
_YEARS: Final = range(1900, 2100)


def has_identity_number(text: str) -> bool:
    """Say whether a text holds the number of an identity card (REG-23)."""
    return any(_is_identity_number(found[0].upper()) for found in _NUMBER.finditer(fold_width(text)))


def _is_identity_number(number: str) -> bool:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        date(year, month, day)
    except ValueError:
        return False
    # Weights 2^17 down to 2^1, modulo 11.
    total = sum(int(digit) << (17 - place) for place, digit in enumerate(number[:17]))
    return year in _YEARS and _CHECKS[total % 11] == number[17]
