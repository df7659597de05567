"""Values as the text of a document: how each kind of value is written, and how foreign text is kept from becoming markup.

What does not live here: templates and their words. The rule goes by the kind of value, so that no template can forget it: text is
escaped, whole numbers are written in digits, days and instants as the language writes them, and anything else is refused.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from inspect_cli.core.period import ENGLISH_MONTHS
from inspect_cli.core.publish.lines import Month
from inspect_cli.core.publish.view import Stamp
from inspect_cli.core.visit.result import Label
from inspect_cli.widths import visible

_OPENING: Final = frozenset("\\`*_[]<>|~&!$^@{}")
"""Marks that can open a construct anywhere in a line, in CommonMark or in the dialects that publishers use."""
_BLOCK_OPENING: Final = ("-", "+", "=", "#", ":")
"""Marks that make a block (list, heading, underline) of the text that begins with them."""
_NUMBERED: Final = re.compile(r"([0-9]+)([.)])")
_CLOSING: Final = re.compile(r"(?<=\s)#")
"""Marks that a heading's line would end with."""
_COLON: Final = re.compile(r":(?=//|(?![0-9][0-9]:)[A-Za-z0-9_+-]+:)")
"""A colon in an address of the web, or in what dialects take for the name of a picture (:smile:), but not in a time of day."""
_WWW: Final = re.compile(r"\b(www)\.", re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9a-f]+")
_TICKS: Final = re.compile("`+")
_COLONS: Final = {"zh": "：", "en": ":"}


class Marked(str):
    """Text that already is Markdown, and is put into a document as it stands."""

    __slots__ = ()


def render_value(value: object, language: str) -> str:
    """Render one value as inline Markdown in ``zh`` or ``en``; ``TypeError`` for a kind that documents do not know."""
    match value:
        case Marked():
            return value
        case str():
            return escape_markdown(value)
        case bool():
            pass
        case int():
            return str(value)
        case Stamp():
            return render_stamp(value, language)
        case datetime():
            return render_instant(value, language)
        case date():
            return render_day(value, language)
        case Month():
            return render_month(value, language)
        case Label():
            return escape_markdown(value.text(language))
    raise TypeError(type(value).__name__)


def escape_markdown(text: str) -> str:
    """Escape foreign text so that every reader of Markdown shows it as it stands, in a line, a list or a cell of a table.

    Characters that cannot be seen (controls, reversed direction, line ends) are shown by their code point: ``⟨U+202E⟩``.
    """
    return escape_start(escape_inline(visible(text).strip()))


def escape_start(markdown: str) -> str:
    """Escape a line that is escaped already so that no block begins with it (a list, a heading)."""
    if markdown.startswith(_BLOCK_OPENING):
        return f"\\{markdown}"
    return _NUMBERED.sub(r"\1\\\2", markdown, count=1) if _NUMBERED.match(markdown) else markdown


def escape_inline(text: str) -> str:
    """Escape what can be seen of a text for a place within a line, where no block begins."""
    escaped = "".join(f"\\{char}" if char in _OPENING else char for char in text)
    return _CLOSING.sub(r"\#", _COLON.sub(r"\:", _WWW.sub(r"\1\\.", escaped)))


def render_digest(text: str) -> Marked:
    """Render a digest, seed or root (lower-case hex) as code; ``ValueError`` for anything else."""
    if not _HEX.fullmatch(text):
        raise ValueError(text)
    return Marked(f"`{text}`")


def render_command(text: str) -> Marked:
    """Render one line that a person can type as a block of code; ``ValueError`` for anything else."""
    if not text or not text.isprintable():
        raise ValueError(text)
    return Marked(render_fence(text, "sh"))


def render_fence(text: str, info: str) -> str:
    """Render lines as a block of code, whose fence is longer than any run of ticks in them."""
    ticks = "`" * max(3, count_ticks(text) + 1)
    return f"{ticks}{info}\n{text}\n{ticks}"


def count_ticks(text: str) -> int:
    """Count the ticks of the longest run."""
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def add_colon(text: str, language: str) -> str:
    """Put a colon after what introduces something (主送机关：), unless one stands there."""
    return text if text.endswith(tuple(_COLONS.values())) else text + _COLONS[language]


def render_month(month: Month, language: str) -> str:
    """Write a month: 2026年12月, or December 2026."""
    return f"{month.year}年{month.month}月" if language == "zh" else f"{ENGLISH_MONTHS[month.month - 1]} {month.year}"


def render_day(day: date, language: str) -> str:
    """Write a day as official papers do: 2026年12月1日, or 1 December 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def render_stamp(stamp: Stamp, language: str) -> str:
    """Write when something was done, and for which day where the clock showed another."""
    instant = render_instant(stamp.at, language)
    if stamp.day is None:
        return instant
    day = render_day(stamp.day, language)
    return f"{instant}，按{day}办理" if language == "zh" else f"{instant}, done for {day}"


def render_instant(instant: datetime, language: str) -> str:
    """Write an aware instant to the minute, or to the second where it has seconds, with its distance from UTC."""
    clock = f"{instant:%H:%M:%S}" if instant.second else f"{instant:%H:%M}"
    zone = f"UTC{instant.isoformat()[-6:]}" if instant.utcoffset() else "UTC"
    if language == "zh":
        return f"{render_day(instant, language)} {clock}（{zone}）"
    return f"{render_day(instant, language)}, {clock} ({zone})"
