"""The check characters of credit codes, organisation codes and registration numbers, and whether a text is such a number.

What lives here: sums over characters. What does not: reading what a person wrote (``credit_code``), and what was probably meant
(``code_likeness``). The rules are those of ``credit_code``: CODE-1, CODE-2 and CODE-4.
"""

from __future__ import annotations

from operator import getitem
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_LENGTH: Final = 18
REGISTRATION_LENGTH: Final = 15
ORGANISATION: Final = slice(8, 17)
"""Where a credit code holds the organisation code, its check character included."""

_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(CODE_LENGTH - 1))
_TERMS: Final = tuple(
    {character: value * weight % 31 for character, value in _VALUES.items()} for weight in (*_WEIGHTS, 1)
)
"""For each place of a credit code what each character adds; the sum is divisible by 31 where the check character is right."""
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_TERMS: Final = (
    *({character: int(character, 36) * weight for character in ALPHABET} for weight in _ORGANISATION_WEIGHTS),
    {character: value for value, character in enumerate("0123456789X")},
)
"""The same for the nine places of an organisation code; its sum is divisible by 11."""


def check_character(first17: str) -> str:
    """Return the 18th character for the first 17 of a credit code (GB 32100-2015); ``ValueError`` for other texts."""
    if len(first17) != CODE_LENGTH - 1:
        raise ValueError(first17)
    try:
        total = sum([_VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True)])
    except KeyError as error:
        raise ValueError(first17) from error
    return ALPHABET[-total % 31]


def registration_check_digit(first14: str) -> str:
    """Return the 15th digit for the first 14 of a registration number (ISO 7064 MOD 11,10), or ``ValueError``."""
    if len(first14) != REGISTRATION_LENGTH - 1 or not (first14.isascii() and first14.isdigit()):
        raise ValueError(first14)
    product = 10
    for digit in first14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def organisation_check_character(first8: str) -> str:
    """Return the ninth character for the first eight of an organisation code (GB 11714-1997; A counts 10)."""
    total = sum([int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True)])
    return "0123456789X"[-total % 11]


def is_credit_code(text: str) -> bool:
    """Say whether ``text`` is a credit code to the last character (CODE-1)."""
    try:
        return len(text) == CODE_LENGTH and sum(map(getitem, _TERMS, text)) % 31 == 0
    except KeyError:
        return False


def is_registration_number(text: str) -> bool:
    """Say whether ``text`` is a registration number of 15 digits with the right check digit (CODE-2)."""
    return (
        len(text) == REGISTRATION_LENGTH
        and text.isascii()
        and text.isdigit()
        and registration_check_digit(text[:-1]) == text[-1]
    )


def has_valid_organisation_check(code: str) -> bool:
    """Say whether characters 9 to 17 of a credit code end with the check character of GB 11714-1997 (CODE-4)."""
    try:
        return sum(map(getitem, _ORGANISATION_TERMS, code[ORGANISATION])) % 11 == 0
    except KeyError:
        return False
