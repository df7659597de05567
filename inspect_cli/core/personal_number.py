"""Numbers that tell a person, telephones and identity numbers, in a text that is to be published, however they are spaced.

Rules:

PERSONAL-1  A mobile telephone has 11 digits and begins with 13 to 19, with or without 86 before it; a fixed one an area code from 0 and
            7 or 8 digits.
PERSONAL-2  An identity number (GB 11643-1999) has 17 digits and a digit or X, and its seventh to fourteenth are a day of birth. The check
            digit is not asked: a number that was mistyped tells a person too.
PERSONAL-3  Between two digits one space, hyphen or dot may stand, and digits may be full-width.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_GAP: Final = r"[ .·‐-―-]?"
_TELEPHONE: Final = re.compile(
    rf"(?<![0-9])(?:(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}|0[0-9]{{2,3}}(?:{_GAP}[0-9]){{7,8}})(?![0-9])"
)
_IDENTITY: Final = re.compile(rf"(?<![0-9])[1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_YEARS: Final = (1900, 2099)


def find_personal_number(text: str) -> str | None:
    """Find the first number that looks like somebody's telephone or identity number, as it stands in the text; None where there is none."""
    plain = unicodedata.normalize("NFKC", text)
    found = [one[0] for one in _TELEPHONE.finditer(plain)]
    found += [one[0] for one in _IDENTITY.finditer(plain) if _has_day_of_birth(re.sub("[^0-9Xx]", "", one[0]))]
    return min(found, key=plain.index, default=None)


def _has_day_of_birth(number: str) -> bool:
    """Say whether 18 characters can be an identity number (PERSONAL-2)."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    return _YEARS[0] <= year <= _YEARS[1] and 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 - a calendar's
