"""What a cell of a registry file says: text, codes, days, answers, numbers, lists.

What lives here: one function a kind of field, outside text in, value out, and what two fields must say together. What does
not: the bureau's words and the field's own (``words``), the form of a credit code (``core.credit_code``), and the place of a
cell in its file (``files.intake``). Every refusal is an ``InputError`` with what is wrong and what to do.

REG-1  Text is kept as it is written, in NFC and without white space around it, and never interpreted. A control character or
       a line or paragraph separator is refused; in a text that may have paragraphs, line breaks and tabs become one space.
REG-2  A code has half-width letters and digits and no white space, invisible or formatting character within.
REG-3  A number that a spreadsheet keeps as a number has 15 digits: a code in scientific notation, and one of 18 digits that
       ends in 000, are refused; an apostrophe before a code, or ``="..."`` around it, says that it was kept as text.
REG-4  A day is written 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日 or 20260305, year first; a time of day after it is left
       out. No other order is guessed. The years are 1800 to 2199.
REG-5  An end that is 长期 or of the year 9999 is no end.
REG-6  Yes and no are 是/否, 有/无, √/×, yes/no, true/false, 1/0.
REG-7  Several values stand in one cell joined by ``,`` ``，`` ``、`` ``;`` or ``；``; each counts once.
REG-8  A number of visits is whole, from 1 to 9999.
REG-9  A roster or matter number is an id: 1 to 64 code points, none of them white space, of category Cc or Cf, or a slash.
REG-10 An inspector who is no expert has a certificate.
REG-11 A time's last day is not before its first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from inspect_cli.core.credit_code import CODE_LENGTH, ID_LIMIT, parse_entity_id
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.errors import InputError, Message, say

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199
NO_END_YEAR: Final = 9999

_FULL_WIDTH: Final = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_FORBIDDEN: Final = frozenset({"Cc", "Zl", "Zp"})
_PARAGRAPHS: Final = re.compile(r"\s*[\t\n\r\v\f\x85\u2028\u2029]\s*")
_JOINT: Final = re.compile(r"[,，、;；]")
_DAY: Final = re.compile(
    r"(?:([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2}) ?[日号]"
    r"|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_SPACED: Final = re.compile(r" ?([年月]) ?")
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4}")
_DAY_NUMBER: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]*)?[Ee]\+?[0-9]+")
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]*)?[Ee]\+[0-9]+")
_QUOTED: Final = re.compile(r'=\s*"(.*)"')
_NO_END: Final = frozenset({"长期", "长期有效", "永久", "无固定期限", "longterm", "long-term", "forever", "unlimited"})
_YES: Final = frozenset({"是", "有", "√", "✓", "✔", "y", "yes", "true", "1"})
_NO: Final = frozenset({"否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0"})
_COUNT: Final = re.compile(r"0*([1-9][0-9]{0,3})")


def parse_text(text: str) -> str:
    """Read a name or another line of text as it is written (REG-1)."""
    line = text.strip()
    if not line.isprintable():
        for place, character in enumerate(line, start=1):
            if unicodedata.category(character) in _FORBIDDEN:
                raise InputError(
                    say(
                        "character {place} is the control character {code}",
                        place=place,
                        code=f"U+{ord(character):04X}",
                    ),
                    hint=say("type the text anew, in one line"),
                )
    return unicodedata.normalize("NFC", line)


def parse_paragraphs(text: str) -> str:
    """Read a text that may have paragraphs, such as a legal basis, as one line (REG-1)."""
    return parse_text(_PARAGRAPHS.sub(" ", text.strip()))


def parse_label(text: str) -> str:
    """Read a word by which rows are told apart, such as a zone: nothing invisible in it, each white space one blank."""
    return " ".join(parse_text(_visible(text)).split())


def parse_code(text: str) -> str:
    """Read a code: half-width, without white space and invisible characters (REG-2)."""
    return _strip_text_mark(text)[0]


def parse_entity_code(text: str) -> EntityId:
    """Read a credit code or registration number from a cell, but none whose last digits a spreadsheet has lost (REG-3)."""
    code, is_text = _strip_text_mark(text)
    if _SCIENTIFIC.fullmatch(code):
        raise InputError(
            say("the code was kept as a number and has lost its last digits"),
            hint=say("format the column as text in the spreadsheet and enter the code again"),
        )
    entity = parse_entity_id(code)
    if len(code) == CODE_LENGTH and code.isdigit() and code.endswith("000") and not is_text:
        raise InputError(
            say("18 digits that end in 000: a spreadsheet that keeps a code as a number leaves such an end"),
            hint=say("compare it with the business licence; if it does end in 000, write an apostrophe before it"),
        )
    return entity


def parse_certificate(text: str) -> str:
    """Read the number of an enforcement certificate: opaque, but no number that a spreadsheet has rounded (REG-3)."""
    code = parse_text(parse_code(text))
    if _ROUNDED.fullmatch(code):
        raise InputError(
            say("the number was kept as a number and has lost its last digits"),
            hint=say("format the column as text in the spreadsheet and enter the number again"),
        )
    return code


def parse_inspector_id(text: str) -> InspectorId:
    """Read a roster number (REG-9)."""
    return InspectorId(_parse_id(text))


def parse_matter_id(text: str) -> MatterId:
    """Read a matter's number on the list (REG-9)."""
    return MatterId(_parse_id(text))


def parse_day(text: str) -> date:
    """Read a day in the forms that bureaus write (REG-4)."""
    return _require_day(text, _split_day(text))


def parse_end(text: str) -> date | None:
    """Read a last day; None is no end (REG-5)."""
    if parse_code(text).casefold() in _NO_END:
        return None
    parts = _split_day(text)
    return None if parts[0] == NO_END_YEAR else _require_day(text, parts)


def parse_yes_no(text: str) -> bool:
    """Read an answer (REG-6)."""
    answer = parse_code(text).casefold()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise InputError(say("{text} is neither yes nor no", text=text.strip()), hint=say("write 是 or 否"))


def parse_list(text: str) -> tuple[str, ...]:
    """Read the values that stand in one cell, in their order (REG-7)."""
    return tuple(dict.fromkeys(value for part in _JOINT.split(text) if (value := parse_label(part))))


def parse_count(text: str) -> int:
    """Read a number of visits (REG-8)."""
    found = _COUNT.fullmatch(parse_code(text))
    if found is None:
        raise InputError(
            say("{text} is not a whole number from 1 to 9999", text=text.strip()),
            hint=say("write a whole number, or leave the cell empty for the bureau's setting"),
        )
    return int(found[1])


def require_certificate(certificate: str | None, *, is_expert: bool) -> None:
    """Refuse (``InputError``) an inspector without a certificate who is no expert (REG-10)."""
    if certificate is None and not is_expert:
        raise InputError(
            say("an inspector who is no expert needs an enforcement certificate"),
            hint=say("enter the certificate's number; nobody without one inspects, and an expert only assists"),
        )


def require_order(first: date | None, last: date | None) -> None:
    """Refuse (``InputError``) a time that ends before it begins; None is unbounded (REG-11)."""
    if first is not None and last is not None and last < first:
        raise InputError(
            say("the last day {last} is before the first day {first}", last=last, first=first),
            hint=say("check both days; they may have changed places"),
        )


def _visible(text: str) -> str:
    return text if text.isprintable() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def _split_day(text: str) -> tuple[int, int, int]:
    written = _SPACED.sub(r"\1", " ".join(_visible(text).translate(_FULL_WIDTH).split()))
    found = _DAY.fullmatch(written)
    if found is None:
        raise InputError(say("{text} is not a day", text=text.strip()), hint=_day_remedy(written))
    year, month, day = (int(part) for part in found.groups() if part is not None and part.isdigit())
    return year, month, day


def _day_remedy(written: str) -> Message:
    if _DAY_NUMBER.fullmatch(written):
        return say("this is a spreadsheet's count of days: format the column as a date, and save the file again")
    if _YEAR_LAST.fullmatch(written):
        return say("which part is the day and which the month is not clear: write it as 2026-03-05")
    return say("write it as 2026-03-05")


def _require_day(text: str, parts: tuple[int, int, int]) -> date:
    if not FIRST_YEAR <= parts[0] <= LAST_YEAR:
        raise InputError(
            say("the year {year} is not between {first} and {last}", year=parts[0], first=FIRST_YEAR, last=LAST_YEAR),
            hint=say("check the year"),
        )
    try:
        return date(*parts)
    except ValueError as error:
        raise InputError(
            say("there is no day {text}", text=text.strip()), hint=say("check the month and the day")
        ) from error


def _strip_text_mark(text: str) -> tuple[str, bool]:
    """Return a code as REG-2 wants it, and whether a mark around it says that a spreadsheet kept it as text."""
    code = "".join(_visible(text).translate(_FULL_WIDTH).split())
    bare = code.removeprefix("'")
    if quoted := _QUOTED.fullmatch(bare):
        bare = quoted[1]
    return unicodedata.normalize("NFC", bare), bare != code


def _parse_id(text: str) -> str:
    code = parse_code(text)
    if not 1 <= len(code) <= ID_LIMIT:
        raise InputError(
            say("the number has {count} characters, and may have 1 to {limit}", count=len(code), limit=ID_LIMIT),
            hint=say("write the number alone"),
        )
    for place, character in enumerate(code, start=1):
        if character == "/" or unicodedata.category(character) == "Cc":
            raise InputError(
                say(
                    "character {place} of the number is {character}, which an id cannot hold",
                    place=place,
                    character=character if character == "/" else f"U+{ord(character):04X}",
                ),
                hint=say("take the character out"),
            )
    return code
