"""What follows from a result (后续处置), as it is recorded beside it. It is kept inside the bureau and never published by company.

Rules:

FOLLOW-1  A follow-up is one of six kinds; an order to rectify names the last day by which it is to be obeyed, and nothing else has one.
FOLLOW-2  That day is not before the day of the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable

_JOINT: Final = ":"


class FollowUpKind(StrEnum):
    """The kinds of follow-up (FOLLOW-1)."""

    NONE = "none"
    SUPERVISION = "supervision"
    RECTIFY = "rectify"
    CASE = "case"
    NOTIFIED = "notified"
    OTHER = "other"

    @property
    def label(self) -> Label:
        """Say the kind in the words of the rules."""
        return _LABELS[self]


_LABELS: Final = {
    FollowUpKind.NONE: Label(zh="无需后续处置", en="none needed"),
    FollowUpKind.SUPERVISION: Label(zh="转入日常监管", en="handed to daily supervision"),
    FollowUpKind.RECTIFY: Label(zh="责令限期改正", en="ordered to rectify by a day"),
    FollowUpKind.CASE: Label(zh="移送立案查处", en="case transferred"),
    FollowUpKind.NOTIFIED: Label(zh="通报其他部门", en="other department notified"),
    FollowUpKind.OTHER: Label(zh="其他", en="other"),
}


_GRAVITY: Final = (
    FollowUpKind.NONE,
    FollowUpKind.SUPERVISION,
    FollowUpKind.OTHER,
    FollowUpKind.NOTIFIED,
    FollowUpKind.RECTIFY,
    FollowUpKind.CASE,
)
"""The kinds of follow-up from the mildest to the gravest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One follow-up; ``until`` is the last day of an order to rectify and None for every other kind."""

    kind: FollowUpKind
    until: date | None = None


def parse_follow_up(text: str) -> FollowUp:
    """Parse ``supervision`` or ``rectify:2026-12-31`` (FOLLOW-1); ``UsageMistake`` when it is neither."""
    word, joint, day = text.partition(_JOINT)
    if word not in {kind.value for kind in FollowUpKind} or bool(joint) is not (word == FollowUpKind.RECTIFY):
        raise UsageMistake(
            say("{value} is not a follow-up", value=text),
            hint=say("say none, supervision, case, notified, other, or rectify with its last day: rectify:2026-12-31"),
        )
    if not joint:
        return FollowUp(kind=FollowUpKind(word))
    try:
        return FollowUp(kind=FollowUpKind.RECTIFY, until=date.fromisoformat(day))
    except ValueError as error:
        raise UsageMistake(
            say("{value} is not a day", value=day), hint=say("write a day as YYYY-MM-DD, such as 2026-12-31")
        ) from error


def render_follow_up(follow_up: FollowUp) -> str:
    """Render a follow-up as ``parse_follow_up`` reads it."""
    return (
        follow_up.kind.value
        if follow_up.until is None
        else f"{follow_up.kind.value}{_JOINT}{follow_up.until.isoformat()}"
    )


def find_gravest(follow_ups: Iterable[FollowUp | None]) -> FollowUp | None:
    """Find the gravest follow-up, of orders to rectify the one that ends first (RECORD-6); None where there is none."""
    said = [each for each in follow_ups if each is not None]
    terms = sorted((each for each in said if each.until is not None), key=lambda order: str(order.until))
    gravest = max(said, key=lambda one: _GRAVITY.index(one.kind), default=None)
    return terms[0] if gravest is not None and gravest.until is not None else gravest
