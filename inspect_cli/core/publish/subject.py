"""What a notice is about, as a person writes it: a draw, a month, a year or a day.

Rules:

SUBJECT-1  The notices of a draw are about its slot; a list of matters is about a year or a day, a plan about a month or a year, and
           statistics about a month.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from inspect_cli.core.names import Slot
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from inspect_cli.errors import Message

_YEAR: Final = re.compile(r"[12][0-9]{3}", re.ASCII)
_MONTH: Final = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", re.ASCII)
_DAY: Final = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", re.ASCII)


def parse_subject(kind: NoticeKind, text: str, today: date) -> Subject:
    """Read what a notice of a kind is about (SUBJECT-1), when it is made ``today``; ``UsageMistake`` where it cannot be about that.

    ``ValueError`` for a notice of a change, which is about another notice.
    """
    if kind.is_of_draw and _MONTH.fullmatch(text):
        raise UsageMistake(
            say("{kind} is about a draw, and {subject} is a month", kind=kind.label.term, subject=text),
            hint=say("name a draw of the month, such as {slot}: inspect-cli draw list", slot=f"{text}/1"),
        )
    if kind.is_of_draw:
        return Subject(kind=kind, slot=Slot(text))
    if kind is NoticeKind.CHANGE:
        raise ValueError(kind)
    if not _is_period(kind, text):
        raise UsageMistake(say("{kind} is not about {subject}", kind=kind.label.term, subject=text), hint=_FORMS[kind])
    return Subject(kind=kind, period=text, as_of=today)


_FORMS: Final[dict[NoticeKind, Message]] = {
    NoticeKind.MATTERS: say("name a year or a day: inspect-cli notice publish matters 2026"),
    NoticeKind.PLAN: say("name a month or a year: inspect-cli notice publish plan 2026-12"),
    NoticeKind.STATISTICS: say("name a month: inspect-cli notice publish statistics 2026-12"),
}


def _is_period(kind: NoticeKind, text: str) -> bool:
    if _YEAR.fullmatch(text):
        return kind is not NoticeKind.STATISTICS
    if _MONTH.fullmatch(text):
        return kind is not NoticeKind.MATTERS
    return kind is NoticeKind.MATTERS and _is_day(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None
