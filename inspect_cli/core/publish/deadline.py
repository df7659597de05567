"""By when what is to be published: the duties of a bureau, each with its last day and the rule it rests on.

What does not live here: which duties a store has (``acts.publish.due``), and the calendar (``core.workdays``).

Rules:

DUE-1  A commitment is published before the first of its sources has its value: at the latest on the day of that source.
DUE-2  A draw is published within so many working days of the day on which it was drawn.
DUE-3  Each result is published within so many working days of the day of its check, whoever has still to approve it.
DUE-4  A correction is published within so many working days of the day on which it was approved.
DUE-5  A month's statistics are published within the first so many working days of the following month.
DUE-6  What is shown is taken from display when its years are over: the day of publication, so many years later, is the first day
       without it; for 29 February that is 1 March.
DUE-7  A term that runs into a year whose working days are not known has no last day: it is said so, and never guessed.
DUE-8  A duty is late after its last day, due on it, soon so many working days before, and later before that; done after its last day,
       it was done late, and stays so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label
from inspect_cli.core.workdays import add_working_days
from inspect_cli.errors import InputError

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Limit
    from inspect_cli.core.names import Period, Slot
    from inspect_cli.core.workdays import Calendar


class DutyKind(StrEnum):
    """What is to be published, or taken from display."""

    COMMITMENT = "commitment"
    DRAW = "draw"
    RESULT = "result"
    CORRECTION = "correction"
    STATISTICS = "statistics"
    EXPIRY = "expiry"

    @property
    def label(self) -> Label:
        """Say the kind in the words of the rules."""
        return _KIND_LABELS[self]


_KIND_LABELS: Final = {
    DutyKind.COMMITMENT: Label(zh="种子承诺公告", en="notice of commitment"),
    DutyKind.DRAW: Label(zh="抽取结果公告", en="notice of the draw"),
    DutyKind.RESULT: Label(zh="检查结果公告", en="notice of results"),
    DutyKind.CORRECTION: Label(zh="更正公告", en="notice of correction"),
    DutyKind.STATISTICS: Label(zh="月度通报", en="month's statistics"),
    DutyKind.EXPIRY: Label(zh="公示期满撤下", en="end of the display term"),
}


class DutyState(StrEnum):
    """How a duty stands on a day (DUE-8), the most urgent first."""

    LATE = "late"
    DUE = "due"
    SOON = "soon"
    UNKNOWN = "unknown"
    LATER = "later"
    DONE_LATE = "done-late"
    DONE = "done"

    @property
    def label(self) -> Label:
        """Say the state in Chinese or English."""
        return _STATE_LABELS[self]


_STATE_LABELS: Final = {
    DutyState.LATE: Label(zh="已逾期", en="late"),
    DutyState.DUE: Label(zh="今日到期", en="due today"),
    DutyState.SOON: Label(zh="即将到期", en="soon"),
    DutyState.UNKNOWN: Label(zh="期限未知", en="last day not known"),
    DutyState.LATER: Label(zh="未到期", en="later"),
    DutyState.DONE_LATE: Label(zh="逾期完成", en="done late"),
    DutyState.DONE: Label(zh="已按期完成", en="done in time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that is to be published: since ``start``, at the latest on ``due`` (None: DUE-7), done on ``done``.

    ``slot`` names the draw, ``period`` the month, ``document`` the notice that is to change or that was made; ``count`` how many results
    are meant; ``basis`` the rule.
    """

    kind: DutyKind
    period: Period
    start: date
    due: date | None
    basis: str
    slot: Slot | None = None
    document: str | None = None
    count: int = 1
    done: date | None = None


def find_last_day(calendar: Calendar, start: date, term: Limit) -> date | None:
    """Find the last day of a term in working days after ``start`` (DUE-2 to DUE-5); None where a year is not known (DUE-7)."""
    try:
        return add_working_days(calendar, start, term.number)
    except InputError:
        return None


def add_years(day: date, years: int) -> date:
    """Give the day so many years later (DUE-6)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def judge_duty(calendar: Calendar, duty: Duty, today: date, soon: int) -> DutyState:
    """Say how a duty stands on a day; ``soon`` in working days (DUE-8)."""
    if duty.done is not None:
        return DutyState.DONE if duty.due is None or duty.done <= duty.due else DutyState.DONE_LATE
    if duty.due is None:
        return DutyState.UNKNOWN
    if duty.due < today:
        return DutyState.LATE
    if duty.due == today:
        return DutyState.DUE
    return DutyState.SOON if duty.due <= _add_days(calendar, today, soon) else DutyState.LATER


def _add_days(calendar: Calendar, today: date, count: int) -> date:
    """Give the ``count``-th working day after today; in an unknown year as many days of the week, for a reminder and not for a term."""
    try:
        return add_working_days(calendar, today, count)
    except InputError:
        return today + timedelta(days=count + 2 * (count // 5 + 1))
