"""Notices that were published, their versions, and the entries by which they name companies.

What does not live here: what a notice shows (``view``), its number (``number``), by when it is due (``deadline``), and keeping all
this (``storage.notices``).

Rules:

ISSUE-1  A notice that is published has a document number and a first version; what was published is kept as it was, in both languages.
ISSUE-2  A correction, a repair of credit, a withdrawal and an expiry make a new version of the notice: with a reason, a basis and an
         approver (an expiry rests on the display term alone). The earlier versions stay in the store.
ISSUE-3  Outside, a notice is shown in its newest version alone; an entry that is no longer shown leaves a stub without name and result.
ISSUE-4  A visit's result is shown by at most one notice of results at a time; a notice of a correction tells besides what it was before,
         and one of a draw, where the plan publishes names, names the company alone.
ISSUE-5  A notice, and each later version of one, is dated no earlier than what it tells: its commitment or draw, the checks and approvals
         of its results, the last day of a month that is counted, and the version that it replaces.
ISSUE-6  A result whose correction awaits approval is told by no new notice: it is known to be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.bureau import SoleTraders
    from inspect_cli.core.names import EntityId, Slot


class NoticeKind(StrEnum):
    """The public notices of a bureau, in the order in which a month makes them."""

    MATTERS = "matters"
    PLAN = "plan"
    COMMITMENT = "commitment"
    DRAW = "draw"
    RESULT = "result"
    CHANGE = "change"
    STATISTICS = "statistics"

    @property
    def label(self) -> Label:
        """Say the kind in the words of the rules."""
        return _KIND_LABELS[self]

    @property
    def is_of_draw(self) -> bool:
        """Say whether the notice is about one draw; the others are about a month, a year, or another notice."""
        return self in {NoticeKind.COMMITMENT, NoticeKind.DRAW, NoticeKind.RESULT}


_KIND_LABELS: Final = {
    NoticeKind.MATTERS: Label(zh="随机抽查事项清单", en="matter list"),
    NoticeKind.PLAN: Label(zh="抽查工作计划", en="inspection plan"),
    NoticeKind.COMMITMENT: Label(zh="种子承诺公告", en="notice of commitment"),
    NoticeKind.DRAW: Label(zh="抽取结果公告", en="notice of the draw"),
    NoticeKind.RESULT: Label(zh="抽查检查结果公告", en="notice of results"),
    NoticeKind.CHANGE: Label(zh="更正（修复、停止公示）公告", en="notice of a change"),
    NoticeKind.STATISTICS: Label(zh="月度通报", en="month's statistics"),
}


DRAW_NOTICES: Final = tuple(kind for kind in NoticeKind if kind.is_of_draw)
"""The notices of one draw, in the order in which it makes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a notice is about: a draw (``slot``), or a day, a month or a year (``period``); exactly one of both, as its kind asks for.

    ``as_of`` is the day on which statistics are made.
    """

    kind: NoticeKind
    slot: Slot | None = None
    period: str | None = None
    as_of: date | None = None


class IssueAction(StrEnum):
    """What made a version of a notice (ISSUE-2)."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> Label:
        """Say the action in the words of the rules."""
        return _ACTION_LABELS[self]


_ACTION_LABELS: Final = {
    IssueAction.PUBLISHED: Label(zh="公示", en="published"),
    IssueAction.CORRECTED: Label(zh="更正", en="corrected"),
    IssueAction.REPAIRED: Label(zh="信用修复", en="credit repaired"),
    IssueAction.WITHDRAWN: Label(zh="停止公示", en="withdrawn"),
    IssueAction.EXPIRED: Label(zh="公示期满", en="display term ended"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A published notice: ``slot`` for those of a draw, ``period`` (a month or a year) for the others, ``document`` its number (文号).

    ``number`` is the store's own and never shown outside.
    """

    number: int
    kind: NoticeKind
    slot: Slot | None
    period: str | None
    series: str
    year: int
    serial: int
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedVersion:
    """One version of a published notice, from 1.

    ``clock`` is the machine's, as text with its offset; ``day`` the day that the rules used. ``by`` is the notice of a change that
    announced it. ``due`` is the last day on which the rules let it be published, None where no rule says. ``zh`` and ``en`` are the
    notice's source as it was published (``files.documents``).
    """

    notice: int
    version: int
    action: IssueAction
    clock: str
    day: date
    publisher: str
    approver: str | None = None
    reason: str | None = None
    basis: str | None = None
    by: int | None = None
    due: date | None = None
    zh: str
    en: str

    @property
    def is_late(self) -> bool:
        """Say whether it was published after its last day."""
        return self.due is not None and self.day > self.due


def name_notice(kind: NoticeKind, announces: IssueAction | None = None) -> Label:
    """Name a kind of notice in a column; one of a change by what it ``announces``, where that is known."""
    return _SHORT_LABELS[kind] if announces is None else _ANNOUNCED[announces]


_ANNOUNCED: Final = {
    IssueAction.CORRECTED: Label(zh="更正公告", en="correction"),
    IssueAction.REPAIRED: Label(zh="信用修复公告", en="credit repair"),
    IssueAction.WITHDRAWN: Label(zh="停止公示公告", en="withdrawal"),
}


_SHORT_LABELS: Final = {
    NoticeKind.MATTERS: Label(zh="事项清单", en="matters"),
    NoticeKind.PLAN: Label(zh="工作计划", en="plan"),
    NoticeKind.COMMITMENT: Label(zh="种子承诺", en="commitment"),
    NoticeKind.DRAW: Label(zh="抽取结果", en="draw"),
    NoticeKind.RESULT: Label(zh="检查结果", en="results"),
    NoticeKind.CHANGE: Label(zh="变更公告", en="change"),
    NoticeKind.STATISTICS: Label(zh="月度通报", en="statistics"),
}


def require_later(day: date, told: Iterable[date]) -> None:
    """Refuse (``RefusedError``) to date a notice before what it tells (ISSUE-5)."""
    last = max(told, default=day)
    if day < last:
        raise RefusedError(
            say("a notice of {day} would be earlier than what it tells, which is of {last}", day=day, last=last),
            hint=say("publish on that day or later; --today before the command names the day"),
        )


NAME_ALONE: Final = 0
"""What stands for ``Entry.replaced`` in a notice of a draw: versions of results count from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A visit's result as a notice names it: which version of the result, and why it is no longer shown (``published``: it is shown).

    ``place`` is its number in the notice, from 1, and stays; ``since`` is the day of the last change. ``naming`` is how a sole trader is
    named in it, None for a company, and stays (MASK-3). In a notice of a correction ``replaced`` is the version that stood before, in
    one of results it is None, and in one of a draw ``NAME_ALONE``.
    """

    notice: int
    slot: Slot
    entity: EntityId
    place: int
    outcome_version: int
    state: IssueAction
    since: date
    replaced: int | None = None
    naming: SoleTraders | None = None

    @property
    def is_shown(self) -> bool:
        """Say whether company and result can be seen (ISSUE-3)."""
        return self.state in {IssueAction.PUBLISHED, IssueAction.CORRECTED}

    @property
    def is_name(self) -> bool:
        """Say whether the notice names the company without its result (ISSUE-4)."""
        return self.replaced == NAME_ALONE
