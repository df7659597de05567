"""What a cell of a registry file says: text, codes, days, answers, numbers, lists.

What lives here: one function a kind of field, outside text in, value out, and what two fields must say together. What does
not: the bureau's words and the field's own (``words``), the form of a credit code (``core.credit_code``), and the place of a
cell in its file (``files.intake``). Every refusal is an ``InputError`` with what is wrong and what to do.

REG-1  Text is kept as it is written, in NFC and without white space around it, and never interpreted. A control character or
       a line or paragraph separator is refused; in a text that may have paragraphs, line breaks and tabs become one space.
REG-2  A code has half-width letters and digits and no white space, invisible or formatting character within.
REG-3  A number that a spreadsheet keeps as a number has 15 digits: a code in scientific notation, and one of 18 digits that
       ends in 000, are refused; an apostrophe before a code, or ``="..."`` around it, says that it was kept as text.
REG-6  Yes and no are 是/否, 有/无, √/×, 对/错, ☑/☐, yes/no, true/false, 1/0; a dash or a slash is no. A circle is neither, for it is a tick
       here and a nought there.
REG-7  Several values stand in one cell joined by ``,`` ``，`` ``、`` ``;`` ``；`` ``|`` or a line break; each counts once.
REG-8  A number of visits is whole, from 1 to 9999.
REG-9  A roster or matter number is an id: 1 to 64 code points, none of them white space, of category Cc or Cf, or a slash.
REG-10 An inspector who is no expert has a certificate.
REG-11 A time's last day is not before its first.
REG-17 A cell that holds nothing but dashes or a slash says nothing; in a text that may be left out, so does one that says 无.
REG-18 What a spreadsheet shows in place of a value that it cannot work out, such as #N/A, is no value.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.core.credit_code import CODE_LENGTH, ID_LIMIT, is_credit_code, parse_entity_id, require_alone
from inspect_cli.core.glyphs import drop_invisible, drop_variants, fold_width
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.core.registry.traditional import simplify
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

T = TypeVar("T")

_FORBIDDEN: Final = frozenset({"Cc", "Zl", "Zp"})
_PARAGRAPHS: Final = re.compile(r"\s*[\t\n\r\v\f\x85\u2028\u2029]\s*")
_JOINT: Final = re.compile(r"[,，、;；|｜\n\r\v\f\x85\u2028\u2029]")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]*)?[Ee]\+?[0-9]+")
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]*)?[Ee]\+[0-9]+")
_QUOTED: Final = re.compile(r'=\s*"(.*)"')
_YES: Final = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "✅", "y", "yes", "t", "true", "1"})
_NO: Final = frozenset(
    {"否", "无", "错", "×", "✗", "✘", "✕", "✖", "╳", "☐", "❌", "x", "n", "no", "f", "false", "0", "-", "—", "/"}
)
PLACEHOLDERS: Final = "-—–―−－_＿/／\\＼"
"""The characters of which cells consist that say nothing."""
_NOTHING: Final = re.compile(r"[-—–―−－_＿]+|[/／\\＼]")
_NONE: Final = frozenset({"无", "none", "n/a", "nil"})
_MAY_BE_NONE: Final = frozenset(PLACEHOLDERS + "无無nN \u3000\u00a0\u200b\ufeff")
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FORMULA!)|Err:[0-9]{3}"
)
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
    return parse_text(text if text.isprintable() else _PARAGRAPHS.sub(" ", text.strip()))


def parse_label(text: str) -> str:
    """Read a word by which rows are told apart, such as a zone: nothing invisible in it, each white space one blank."""
    return " ".join(parse_text(drop_invisible(text)).split())


def is_nothing(text: str) -> bool:
    """Say whether a cell holds a placeholder alone, a dash or a slash (REG-17)."""
    return _NOTHING.fullmatch(drop_invisible(text).strip()) is not None


def is_spreadsheet_error(text: str) -> bool:
    """Say whether a cell holds what a spreadsheet shows for a value that it cannot work out (REG-18)."""
    return _ERROR.fullmatch(text.strip()) is not None


def require_value(text: str) -> None:
    """Refuse (``InputError``) what a spreadsheet shows for a value that it cannot work out (REG-18)."""
    if text[0] in "#E" and is_spreadsheet_error(text):
        raise InputError(
            say("the spreadsheet shows an error here, and no value"),
            hint=say("correct the formula in the spreadsheet, or write the value itself"),
        )


def parse_or_none(text: str, parse: Callable[[str], T]) -> T | None:
    """Read a text that may be left out; a placeholder, or 无, is none (REG-17)."""
    if text[:1] in _MAY_BE_NONE and (is_nothing(text) or simplify(parse_code(text)).casefold() in _NONE):
        return None
    return parse(text)


def parse_code(text: str) -> str:
    """Read a code: half-width, without white space and invisible characters (REG-2)."""
    return _strip_text_mark(text)[0]


def parse_entity_code(text: str) -> EntityId:
    """Read a credit code or registration number from a cell, but none whose last digits a spreadsheet has lost (REG-3)."""
    if is_credit_code(text) and not text.endswith("000"):
        return EntityId(text)
    code, is_text = _strip_text_mark(text)
    if _SCIENTIFIC.fullmatch(code):
        raise InputError(
            say("the code was kept as a number and has lost its last digits"),
            hint=say("format the column as text in the spreadsheet and enter the code again"),
        )
    if len(code) > CODE_LENGTH:
        require_alone(fold_width(drop_invisible(text)).strip())
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


def parse_yes_no(text: str) -> bool:
    """Read an answer (REG-6)."""
    answer = drop_variants(simplify(parse_code(text))).casefold()
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


def _strip_text_mark(text: str) -> tuple[str, bool]:
    """Return a code as REG-2 wants it, and whether a mark around it says that a spreadsheet kept it as text."""
    code = "".join(fold_width(drop_invisible(text)).split())
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
