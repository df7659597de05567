"""What identifies an entity: the unified social credit code, the 15-digit registration number, and older numbers.

What lives here: the form of an id, and what is said of a wrong one. What does not: check characters (``code_check``), what was meant
(``code_likeness``), the cells of a spreadsheet and numbers that it has rounded (``registry.fields``), and whether the entity is
registered (``storage``).

CODE-1  A unified social credit code (GB 32100-2015) has 18 characters out of 31: the digits and the capitals without I, O,
        Z, S and V. The last one is (31 - sum of value x 3^(i-1) over the first 17) mod 31.
CODE-2  A registration number has 15 digits; the last one is the check digit of ISO 7064 MOD 11,10.
CODE-3  Older registration numbers, 13 digits or Chinese characters with digits in them, are taken as they stand, with a
        notice.
CODE-4  Characters 9 to 17 of a credit code end with a check character of their own (GB 11714-1997), which some codes in
        force break: a notice, never a refusal.
CODE-5  An id has 1 to 64 code points, none of them white space, of category Cc or Cf, or a slash.
CODE-6  White space around it, full-width forms and small letters make no other code: the id has none of them.
CODE-10 A cell that holds a right number beside other words is refused, with the number that stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from inspect_cli.core.code_check import (
    ALPHABET,
    CODE_LENGTH,
    REGISTRATION_LENGTH,
    check_character,
    has_valid_organisation_check,
    is_credit_code,
    is_registration_number,
    organisation_check_character,
    registration_check_digit,
)
from inspect_cli.core.code_likeness import find_suggestions, look_alikes, render_character, render_suggestions
from inspect_cli.core.glyphs import fold_width
from inspect_cli.core.names import EntityId
from inspect_cli.errors import InputError, Message, say

__all__ = [
    "CODE_LENGTH",
    "ID_LIMIT",
    "check_character",
    "has_valid_organisation_check",
    "id_notices",
    "is_credit_code",
    "is_registration_number",
    "organisation_check_character",
    "parse_entity_id",
    "registration_check_digit",
    "require_alone",
]

ID_LIMIT: Final = 64

_OLD_DIGITS: Final = re.compile(r"[0-9]{13}")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_DIGIT: Final = re.compile(r"[0-9]")
_RUN: Final = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{18}|[0-9]{15})(?![0-9A-Za-z])")


def id_notices(entity: EntityId) -> tuple[Message, ...]:
    """Return what a person should know of an accepted id: that nothing checks it, or that its inner check fails."""
    if len(entity) == CODE_LENGTH and entity.isascii():
        if has_valid_organisation_check(entity):
            return ()
        return (say("characters 9 to 17 of {id} break their own check, as some codes in force do", id=entity),)
    if is_registration_number(entity):
        return ()
    return (say("{id} is an old registration number that nothing can check; ask for the credit code", id=entity),)


def parse_entity_id(text: str) -> EntityId:
    """Read a credit code or registration number; ``InputError`` says which character, length or check is wrong."""
    if is_credit_code(text):
        return EntityId(text)
    folded = fold_width(text.strip())
    number = folded.upper() if folded.isascii() else unicodedata.normalize("NFC", text.strip())
    if not number:
        raise InputError(
            say("the credit code or registration number is missing"),
            hint=say("write the 18 characters of the business licence, or the registration number where there is none"),
        )
    require_alone(folded)
    if _HAN.search(number) and _DIGIT.search(number):
        _require_id(number)
    elif len(number) == REGISTRATION_LENGTH:
        _require_registration_number(number)
    elif not _OLD_DIGITS.fullmatch(number):
        _require_credit_code(number)
    return EntityId(number)


def require_alone(text: str) -> None:
    """Refuse (``InputError``) a right number that other words or numbers stand beside (CODE-10)."""
    is_old = text.endswith("号") or "字" in text
    for run in _RUN.findall(text):
        number = run.upper()
        if run != text and (is_credit_code(number) or (is_registration_number(number) and not is_old)):
            raise InputError(
                say("more stands here than the number {number}", number=number),
                hint=say("write {number} alone", number=number),
            )


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
                    character=render_character(character),
                ),
                hint=say("take the character out"),
            )


def _require_registration_number(number: str) -> None:
    _require_characters(number, "0123456789")
    expected = registration_check_digit(number[:-1])
    if number[-1] != expected:
        raise InputError(
            say(
                "the check digit of the registration number is {found}; the 14 digits before it call for {expected}",
                found=number[-1],
                expected=expected,
            ),
            hint=_remedy(number),
        )


def _require_credit_code(number: str) -> None:
    if len(number) != CODE_LENGTH:
        suggestions = find_suggestions(number)
        raise InputError(
            say(
                "a credit code has 18 characters and a registration number 15 digits; this has {count}",
                count=len(number),
            ),
            hint=render_suggestions(number, suggestions)
            if suggestions
            else say("compare it with the business licence: characters are missing, or too many"),
        )
    _require_characters(number, ALPHABET)
    expected = check_character(number[:-1])
    if number[-1] == expected:
        return
    hint = _remedy(number)
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


def _require_characters(number: str, allowed: str) -> None:
    for place, character in enumerate(number, start=1):
        if character in allowed:
            continue
        suggestions = find_suggestions(number)
        meant = look_alikes(character, allowed)[:1]
        hint = say("compare it with the business licence")
        if suggestions:
            hint = render_suggestions(number, suggestions)
        elif meant:
            hint = say("{meant} looks like it: compare it with the business licence", meant=meant)
        raise InputError(
            say(
                "character {place} is {character}, which does not occur in such a number",
                place=place,
                character=render_character(character),
            ),
            hint=hint,
        )


def _remedy(number: str) -> Message:
    return render_suggestions(number, find_suggestions(number))
