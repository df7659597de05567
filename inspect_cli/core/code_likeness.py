"""What was probably meant by a credit code or registration number that is wrong.

What lives here: suggestions, by look-alike characters, exchanged neighbours, and characters that stand once too often or too rarely; each
passes the check of its kind of number. What does not: the refusal itself (``credit_code``), and any change of a number: a person compares
the suggestion with the licence and types it.

CODE-7  A suggestion is a number whose own check holds, one look-alike or one exchange of neighbours from what was written; characters that
        no such number has are all replaced, equal ones by equal ones. Of a text that is one character too long or too short it is the
        number in which a doubled character stands once, or a single one twice. Characters 3 to 8 of a credit code, the area, are digits
        in every suggestion. Where characters 9 to 17 keep their own check, the check character itself may be what was mistyped: it is
        named beside other suggestions, never alone, for it would make any mistake right.
CODE-8  Suggestions that also keep the inner check (CODE-4) come first, and alone where there are any; then those that change fewer
        characters, then by place. At most three are named.
CODE-9  Where the inner check fails, the mistake is looked for in characters 9 to 17; where it holds, in the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from inspect_cli.core.code_check import (
    ALPHABET,
    CODE_LENGTH,
    REGISTRATION_LENGTH,
    check_character,
    has_valid_organisation_check,
    is_credit_code,
    is_registration_number,
)
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN: Final = 3
_TRIED: Final = 64
"""Combinations of replaced characters that are tried: a file may hold many such numbers."""
_PLACES_SHOWN: Final = 6
_AREA: Final = slice(2, 8)
_DIGITS: Final = "0123456789"
# Each group looks alike to a tired eye, a camera, or in a small font.
_GROUPS: Final = (
    *(
        "0ODQ",
        "0C",
        "1IL7",
        "1T",
        "2Z",
        "8B",
        "38",
        "3B",
        "4A",
        "5S",
        "6G",
        "68",
        "7T",
        "9G",
        "9P",
        "CG",
        "DB",
        "EF",
        "FP",
    ),
    *("HN", "KX", "MN", "PR", "QG", "UVY", "VW", "EB", "RB", "JI", "JU"),
)
_HOMOGLYPHS: Final = dict(zip("АВЕКМНОРСТУХІЅΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "ABEKMH0PCTYX15ABEH1KMN0PTYX2", strict=True))
"""Cyrillic and Greek capitals, with the character that a credit code has in their place."""


def _alike() -> dict[str, str]:
    """Return for each character, also one that no number has, those that look like it, in the order of the groups."""
    found: dict[str, dict[str, None]] = {}
    for group in _GROUPS:
        for one in group:
            found.setdefault(one, {}).update(dict.fromkeys(other for other in group if other != one))
    for letter, meant in _HOMOGLYPHS.items():
        found[letter] = {meant: None}
    return {character: "".join(others) for character, others in found.items()}


_ALIKE: Final = _alike()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A number that was probably meant, and the places (from 1) at which it differs; none where its length differs."""

    number: str
    places: tuple[int, ...] = ()


def find_suggestions(number: str) -> tuple[Suggestion, ...]:
    """Find all numbers of the same kind that may have been meant, the likeliest first (CODE-7, CODE-8)."""
    if len(number) in {CODE_LENGTH - 1, CODE_LENGTH, CODE_LENGTH + 1}:
        return _find(number, CODE_LENGTH)
    if len(number) in {REGISTRATION_LENGTH - 1, REGISTRATION_LENGTH, REGISTRATION_LENGTH + 1}:
        return _find(number, REGISTRATION_LENGTH)
    return ()


def render_suggestions(number: str, suggestions: tuple[Suggestion, ...]) -> Message:
    """Render what to do about a wrong number: what was probably meant, and by which characters (CODE-8, CODE-9)."""
    if not suggestions:
        return _nothing_found(number)
    first = suggestions[0]
    shown = tuple(one.number for one in suggestions[:SHOWN] if _breaks_inner(one.number) == _breaks_inner(first.number))
    if len(shown) > 1:
        return say("did you mean one of {codes}? Compare them with the business licence", codes=shown)
    if not 1 <= len(first.places) <= _PLACES_SHOWN:
        return say("did you mean {code}? Compare it with the business licence", code=first.number)
    place = first.places[0]
    found, meant = number[place - 1], first.number[place - 1]
    if len(first.places) == 1:
        return say(
            "did you mean {code}? Character {place} would be {meant}, not {found}; "
            "compare it with the business licence",
            code=first.number,
            place=place,
            meant=meant,
            found=render_character(found),
        )
    if len(first.places) == 2 and found == first.number[place] and meant == number[place]:  # noqa: PLR2004
        return say(
            "did you mean {code}? Characters {place} and {next} would have changed places; "
            "compare it with the business licence",
            code=first.number,
            place=place,
            next=place + 1,
        )
    return say(
        "did you mean {code}? The characters at {places} would be others; compare it with the business licence",
        code=first.number,
        places=first.places,
    )


def render_character(character: str) -> str:
    """Name a character: by its code point where a screen would not show it, or shows it as another one, or obeys it."""
    point = f"U+{ord(character):04X}"
    if character in _HOMOGLYPHS:
        return f"{character} ({point})"
    return character if character.isprintable() and not character.isspace() else point


def look_alikes(character: str, allowed: str) -> str:
    """Return which of the ``allowed`` characters look like one, the likeliest first."""
    return "".join(one for one in _ALIKE.get(character, "") if one in allowed)


def _find(number: str, length: int) -> tuple[Suggestion, ...]:
    allowed = ALPHABET if length == CODE_LENGTH else _DIGITS
    is_right = is_credit_code if length == CODE_LENGTH else is_registration_number
    written = _written(number, length, allowed)
    found = {one: None for one in written if is_right(one) and (length != CODE_LENGTH or one[_AREA].isdigit())}
    if found and len(number) == CODE_LENGTH and set(number) <= set(ALPHABET) and not _breaks_inner(number):
        found[number[:-1] + check_character(number[:-1])] = None
    suggestions = [Suggestion(number=one, places=_places(number, one)) for one in found]
    return tuple(sorted(suggestions, key=_rank))


def _written(number: str, length: int, allowed: str) -> Iterator[str]:
    if len(number) < length:
        yield from (number[:place] + number[place:][:1] + number[place:] for place in range(len(number)))
    elif len(number) > length:
        yield from (
            number[:place] + number[place + 1 :] for place in range(length) if number[place] == number[place + 1]
        )
    elif strange := [place for place, character in enumerate(number) if character not in allowed]:
        yield from _replaced(number, strange, allowed)
    else:
        for place, character in enumerate(number):
            yield from (number[:place] + one + number[place + 1 :] for one in look_alikes(character, allowed))
        yield from (number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(length - 1))


def _replaced(number: str, strange: list[int], allowed: str) -> Iterator[str]:
    letters = tuple(dict.fromkeys(number[place] for place in strange))
    for chosen in islice(product(*(look_alikes(letter, allowed) for letter in letters)), _TRIED):
        yield number.translate({ord(letter): one for letter, one in zip(letters, chosen, strict=True)})


def _places(number: str, meant: str) -> tuple[int, ...]:
    if len(number) != len(meant):
        return ()
    return tuple(place for place, pair in enumerate(zip(number, meant, strict=True), start=1) if pair[0] != pair[1])


def _rank(suggestion: Suggestion) -> tuple[bool, int, tuple[int, ...], str]:
    return _breaks_inner(suggestion.number), len(suggestion.places), suggestion.places, suggestion.number


def _breaks_inner(number: str) -> bool:
    return len(number) == CODE_LENGTH and not has_valid_organisation_check(number)


def _nothing_found(number: str) -> Message:
    if len(number) != CODE_LENGTH or any(character not in ALPHABET for character in number):
        return say("no look-alike explains it: compare it with the business licence, character by character")
    if has_valid_organisation_check(number):
        return say(
            "no look-alike and no exchange explains it; characters 9 to 17 keep their own check: "
            "compare the others with the business licence first"
        )
    return say(
        "no look-alike and no exchange explains it; characters 9 to 17 break their own check: "
        "compare those with the business licence first"
    )
