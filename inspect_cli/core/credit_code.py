"""What identifies an entity: the unified social credit code, the 15-digit registration number, and older numbers.

What lives here: the form of an id and its check characters. What does not: the cells of a spreadsheet, labels in front of a
number, numbers that a spreadsheet has rounded (``files.intake``), and whether the entity is registered (``storage``).

CODE-1  A unified social credit code (GB 32100-2015) has 18 characters out of 31: the digits and the capitals without I, O,
        Z, S and V. The last one is (31 - sum of value x 3^(i-1) over the first 17) mod 31.
CODE-2  A registration number has 15 digits; the last one is the check digit of ISO 7064 MOD 11,10.
CODE-3  Older registration numbers, 13 digits or Chinese characters with digits in them, are taken as they stand, with a
        notice.
CODE-4  Characters 9 to 17 of a credit code end with a check character of their own (GB 11714-1997), which some codes in
        force break: a notice, never a refusal.
CODE-5  An id has 1 to 64 code points, none of them white space, of category Cc or Cf, or a slash.
CODE-6  White space around it, full-width forms and small letters make no other code: the id has none of them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from inspect_cli.core.names import EntityId
from inspect_cli.errors import InputError, Message, say

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_LENGTH: Final = 18
REGISTRATION_LENGTH: Final = 15
ID_LIMIT: Final = 64

_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(CODE_LENGTH - 1))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION = slice(8, 17)
# What a tired eye reads in their place.
_CODE_LIKENESS: Final = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_DIGIT_LIKENESS: Final = {"I": "1", "L": "1", "O": "0", "Q": "0", "D": "0", "Z": "2", "S": "5", "G": "6", "B": "8"}
_OLD_DIGITS: Final = re.compile(r"[0-9]{13}")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_DIGIT: Final = re.compile(r"[0-9]")
_FULL_WIDTH: Final = {0xFEE0 + code: code for code in range(0x21, 0x7F)}


def check_character(first17: str) -> str:
    """Return the 18th character for the first 17 of a credit code (GB 32100-2015); ``ValueError`` for other texts."""
    if len(first17) != CODE_LENGTH - 1:
        raise ValueError(first17)
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
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
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def is_credit_code(text: str) -> bool:
    """Say whether ``text`` is a credit code to the last character (CODE-1)."""
    return (
        len(text) == CODE_LENGTH
        and all(character in ALPHABET for character in text)
        and check_character(text[:-1]) == text[-1]
    )


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
    organisation = code[_ORGANISATION]
    return organisation_check_character(organisation[:-1]) == organisation[-1]


def id_notices(entity: EntityId) -> tuple[Message, ...]:
    """Return what a person should know of an accepted id: that nothing checks it, or that its inner check fails."""
    if is_registration_number(entity):
        return ()
    if not is_credit_code(entity):
        return (say("{id} is an old registration number that nothing can check; ask for the credit code", id=entity),)
    if not has_valid_organisation_check(entity):
        return (say("characters 9 to 17 of {id} break their own check, as some codes in force do", id=entity),)
    return ()


def parse_entity_id(text: str) -> EntityId:
    """Read a credit code or registration number; ``InputError`` says which character, length or check is wrong."""
    folded = text.strip().translate(_FULL_WIDTH)
    number = folded.upper() if folded.isascii() else unicodedata.normalize("NFC", text.strip())
    if not number:
        raise InputError(
            say("the credit code or registration number is missing"),
            hint=say("write the 18 characters of the business licence, or the registration number where there is none"),
        )
    if _HAN.search(number) and _DIGIT.search(number):
        _require_id(number)
    elif len(number) == REGISTRATION_LENGTH:
        _require_registration_number(number)
    elif not _OLD_DIGITS.fullmatch(number):
        _require_credit_code(number)
    return EntityId(number)


def _require_id(number: str) -> None:
    if len(number) > ID_LIMIT:
        raise InputError(
            say("the number has {count} characters, more than {limit}", count=len(number), limit=ID_LIMIT),
            hint=say("write the registration number alone"),
        )
    for place, character in enumerate(number, start=1):
        if character.isspace() or character == "/" or unicodedata.category(character) in {"Cc", "Cf"}:
            raise InputError(
                say(
                    "character {place} of the number is {character}, which an id cannot hold",
                    place=place,
                    character=_render_character(character),
                ),
                hint=say("take the character out"),
            )


def _require_registration_number(number: str) -> None:
    _require_characters(number, "0123456789", _DIGIT_LIKENESS)
    expected = registration_check_digit(number[:-1])
    if number[-1] != expected:
        raise InputError(
            say(
                "the check digit of the registration number is {found}; the 14 digits before it call for {expected}",
                found=number[-1],
                expected=expected,
            ),
            hint=say("compare it with the business licence: a digit is mistyped, or two have changed places"),
        )


def _require_credit_code(number: str) -> None:
    if len(number) != CODE_LENGTH:
        raise InputError(
            say(
                "a credit code has 18 characters and a registration number 15 digits; this has {count}",
                count=len(number),
            ),
            hint=say("compare it with the business licence: characters are missing, or too many"),
        )
    _require_characters(number, ALPHABET, _CODE_LIKENESS)
    expected = check_character(number[:-1])
    if number[-1] == expected:
        return
    hint = say("compare it with the business licence: a character is mistyped, or two have changed places")
    if number.isdigit() and number.endswith("000"):
        hint = say("a spreadsheet keeps 15 digits of a number: format the column as text and enter the code again")
    raise InputError(
        say(
            "the check character of the credit code is {found}; the 17 characters before it call for {expected}",
            found=number[-1],
            expected=expected,
        ),
        hint=hint,
    )


def _require_characters(number: str, allowed: str, likeness: dict[str, str]) -> None:
    for place, character in enumerate(number, start=1):
        if character in allowed:
            continue
        meant = likeness.get(character)
        hint = say("compare it with the business licence")
        if meant is not None:
            hint = say("{meant} looks like it: compare it with the business licence", meant=meant)
        raise InputError(
            say(
                "character {place} is {character}, which does not occur in such a number",
                place=place,
                character=_render_character(character),
            ),
            hint=hint,
        )


def _render_character(character: str) -> str:
    """Name a character that a screen would not show, or would turn against the text around it, by its code point."""
    return character if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"
