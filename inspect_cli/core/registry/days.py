"""What a cell that holds a day says: in the forms that bureaus write, and as a spreadsheet's count of days.

What lives here: outside text in, a day out, or what is wrong and what to do. What does not: the other fields (``fields``), and what a
file's reader makes of a cell that its spreadsheet kept as a date (``files.intake``).

REG-4  A day is written 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 二〇二六年三月五日 or 20260305, year first; a time of day after it is
       left out. No other order is guessed, and no century. The years are 1800 to 2199.
REG-5  An end that is 长期 or of the year 9999 is no end.
REG-16 A bare count of days of five digits, as a spreadsheet shows a day whose cell is not formatted as one, is the day of the 1900
       system, from 1950-01-01 (18264) to 2173-10-13 (99999). That system has a 29 February 1900, which never was, so that the count of
       every later day begins at 1899-12-30. Six digits may also be 100305, and are no day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from inspect_cli.core.glyphs import drop_invisible, fold_width
from inspect_cli.core.registry.traditional import simplify
from inspect_cli.errors import InputError, Message, say

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199
NO_END_YEAR: Final = 9999

_COUNT_ORIGIN: Final = date(1899, 12, 30)
_COUNTS: Final = range((date(1950, 1, 1) - _COUNT_ORIGIN).days, 100_000)
_COUNTS_WITHOUT_END: Final = range((date(NO_END_YEAR, 1, 1) - _COUNT_ORIGIN).days, (date.max - _COUNT_ORIGIN).days + 1)
_COUNT: Final = re.compile(r"([0-9]{5}|[0-9]{7})(?:\.[0-9]+)?")
_DAY: Final = re.compile(
    r"(?:([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]"
    r"|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:(?:[ T]|(?<=[日号]))[0-9]{1,2}[:时][0-9]{1,2}(?::[0-9]{2}(?:\.[0-9]+)?|分(?:[0-9]{1,2}秒)?)?)?"
)
_CHINESE_DAY: Final = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)[日号]"
)
_YEAR_DIGITS: Final = {ord(digit): str(value % 10) for value, digit in enumerate("〇一二三四五六七八九零")} | {
    ord("○"): "0"
}
_NUMBERS: Final = {
    ("", "十", "二十", "三十")[value // 10] + ("", *"一二三四五六七八九")[value % 10]: value for value in range(1, 32)
}
_SPACED: Final = re.compile(r" ?([-/.年月]) ?| (?=[日号])")
_QUOTED: Final = re.compile(r'= ?"(.*)"')
_MARKS: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"。": "."})
_REMEDIES: Final = (
    (
        re.compile(r"[0-9]{4}.*[0-9日号] ?(?:至|到|~|-)+ ?(?:[0-9]{4}[-/.年].*|长期)"),
        say("these are two days: write the one alone that the column is for, as 2026-03-05"),
    ),
    (
        re.compile(r"[0-9]{4}(?:年|[-/.年][0-9]{1,2}月?)?|(?:1[89]|2[01])[0-9]{2}(?:0[1-9]|1[0-2])"),
        say("the day of the month is missing: write it as 2026-03-05"),
    ),
    (re.compile(r"[0-9]{2}年[0-9]{1,2}月.*"), say("write the year with its four digits: 2026-03-05")),
    (
        re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{1,2})|[0-9]{6}"),
        say("which part is the year, the month and the day is not clear: write it as 2026-03-05"),
    ),
    (
        re.compile(r"[0-9]{1,2}(?:[-/.][0-9]{1,2}|月[0-9]{1,2}[日号]?)"),
        say("the year is missing: write it as 2026-03-05"),
    ),
)
"""What a text looks like that is no day, and what to do about it; the first that fits."""
_LONGEST: Final = 64
"""Characters of a text that is looked at for a remedy."""
_NO_END: Final = frozenset(
    {"长期", "长期有效", "至长期", "永久", "永久有效", "无固定期限", "无期限", "不限期"}
    | {"longterm", "long-term", "permanent", "forever", "unlimited", "indefinite"}
)


def parse_day(text: str) -> date:
    """Read a day in the forms that bureaus write (REG-4), or a spreadsheet's count of days (REG-16)."""
    return _parse_plain(text) or _require_day(text, _split_day(_fold(text), text))


def parse_end(text: str) -> date | None:
    """Read a last day; None is no end (REG-5)."""
    day = _parse_plain(text)
    if day is not None:
        return day
    written = _fold(text)
    count = _COUNT.fullmatch(written)
    if written.replace(" ", "").casefold() in _NO_END or (count and int(count[1]) in _COUNTS_WITHOUT_END):
        return None
    parts = _split_day(written, text)
    return None if parts[0] == NO_END_YEAR else _require_day(text, parts)


def is_count_of_days(text: str) -> bool:
    """Say whether ``parse_day`` reads the text as a spreadsheet's count of days (REG-16), which a person should be told."""
    found = _COUNT.fullmatch(_fold(text))
    return found is not None and int(found[1]) in _COUNTS


def _parse_plain(text: str) -> date | None:
    """Read 2026-03-05 at once, the form of nearly every day of a large file; None leaves the text to the others."""
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():  # noqa: PLR2004
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    return None


def _fold(text: str) -> str:
    folded = " ".join(simplify(fold_width(drop_invisible(text))).translate(_MARKS).split())
    quoted = _QUOTED.fullmatch(folded)
    return _SPACED.sub(r"\1", quoted[1] if quoted else folded.removeprefix("'"))


def _split_day(written: str, text: str) -> tuple[int, int, int]:
    if found := _DAY.fullmatch(written):
        year, month, day = (int(part) for part in found.groups() if part is not None and part.isdigit())
        return year, month, day
    if (found := _COUNT.fullmatch(written)) and int(found[1]) in _COUNTS:
        counted = _COUNT_ORIGIN + timedelta(days=int(found[1]))
        return counted.year, counted.month, counted.day
    found = _CHINESE_DAY.fullmatch(written)
    if found and found[2] in _NUMBERS and found[3] in _NUMBERS:
        return int(found[1].translate(_YEAR_DIGITS)), _NUMBERS[found[2]], _NUMBERS[found[3]]
    raise InputError(say("{text} is not a day", text=text.strip()), hint=_day_remedy(written))


def _day_remedy(written: str) -> Message:
    for form, remedy in _REMEDIES:
        if form.fullmatch(written[:_LONGEST]):
            return remedy
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
