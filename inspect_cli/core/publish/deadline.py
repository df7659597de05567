"""By when what is to be published: the duties of a bureau, each with its last day and the rule it rests on.

What does not live here: which duties there are (``duties``, ``line_duties``), and the calendar (``core.workdays``).

Rules:

DUE-1  A commitment is published before the first of its sources has its value: at the latest on the day of that source.
DUE-2  A draw is published within so many working days of the day on which it was drawn.
DUE-3  Each result is published within so many working days of the day of its check, whoever has still to approve it.
DUE-4  A correction that changes what the public reads is published within so many working days of the day on which it was approved.
DUE-5  A month's statistics are published within the first so many working days of the following month.
DUE-6  What is shown is taken from display when its years are over: the day of publication, so many years later, is the first day
       without it; for 29 February that is 1 March.
DUE-7  A term that runs into a year whose working days are not known has no last day: it is said so, and never guessed.
DUE-8  A duty is late after its last day, due on it, soon so many working days before, and later before that; done after its last day,
       it was done late, and stays so. Of one that was done while its last day is not known nobody can say whether it was done in time: it
       counts as neither.
DUE-9  What was published keeps the last day that it had then, whatever the settings or the calendar say since; of results that were
       published together each keeps the term that the notice had.
DUE-10 A store that was brought from a version without notices does not know what was published until then. What it held on that day, with a
       last day before it, is told as such: it is neither late nor counted, unless it is published anew.
DUE-11 Visits whose day is past and of which nothing is recorded are listed with the results, those of one draw together, by the day of the
       oldest, as if it had been made then; in the punctuality of results they do not count, for there is none.
DUE-12 A notice that was withdrawn whole does no duty: until another one is published the duty is open. A month's statistics are not done by
       a notice of before the month's last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label
from inspect_cli.core.workdays import add_working_days, is_weekend, is_working_day, working_days
from inspect_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_SHORT_LABELS: Final = {
    DutyKind.COMMITMENT: Label(zh="种子承诺", en="commitment"),
    DutyKind.DRAW: Label(zh="抽取结果", en="draw"),
    DutyKind.RESULT: Label(zh="检查结果", en="results"),
    DutyKind.CORRECTION: Label(zh="更正", en="correction"),
    DutyKind.STATISTICS: Label(zh="月度通报", en="statistics"),
    DutyKind.EXPIRY: Label(zh="期满撤下", en="end of display"),
}
_UNRECORDED: Final = Label(zh="结果录入", en="recording")


class DutyState(StrEnum):
    """How a duty stands on a day (DUE-8), the most urgent first."""

    LATE = "late"
    DUE = "due"
    SOON = "soon"
    UNKNOWN = "unknown"
    LATER = "later"
    EARLIER = "earlier"
    DONE_LATE = "done-late"
    DONE_SOMETIME = "done-sometime"
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
    DutyState.EARLIER: Label(zh="升级之前", en="before the upgrade"),
    DutyState.DONE_LATE: Label(zh="逾期完成", en="done late"),
    DutyState.DONE_SOMETIME: Label(zh="完成，期限未知", en="done, last day not known"),
    DutyState.DONE: Label(zh="按期完成", en="in time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that is to be published: since ``start``, at the latest on ``due`` (None: DUE-7), done on ``done``.

    ``slot`` names the draw, of results the first one of its chain, ``period`` the month, ``document`` the notice that is to change or
    that was made. ``count`` says how many results are meant, ``awaiting`` how many of them nobody has approved yet; ``basis`` is the rule.
    ``is_unrecorded``: they are visits of which nothing is recorded (DUE-11).
    ``is_earlier``: the store cannot know whether it was done (DUE-10).
    """

    kind: DutyKind
    period: Period
    start: date
    due: date | None
    basis: str
    slot: Slot | None = None
    document: str | None = None
    count: int = 1
    awaiting: int = 0
    done: date | None = None
    is_earlier: bool = False
    is_unrecorded: bool = False

    @property
    def short_label(self) -> Label:
        """Say in a column what is to be published."""
        return _UNRECORDED if self.is_unrecorded else _SHORT_LABELS[self.kind]

    @property
    def is_late(self) -> bool:
        """Say whether it was done after its last day (DUE-8)."""
        return self.done is not None and self.due is not None and self.done > self.due

    def is_missed(self, today: date) -> bool:
        """Say whether it is not done though its last day is past (DUE-8)."""
        return self.done is None and not self.is_earlier and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDuty:
    """A duty as it stands on a day.

    Of one that is not done ``left`` are the working days that are left, below 0 those since its last day, None where a year is not known;
    ``missing`` is the year whose working days would tell its last day, ``remind`` the day on which it becomes urgent.
    """

    duty: Duty
    state: DutyState
    left: int | None = None
    missing: int | None = None
    remind: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """How many of the things that were due by a day were done in time, were done late, or are late and not done.

    ``undated`` were done while their last day is not known, and are none of these (DUE-8).
    """

    in_time: int
    late: int
    open_late: int
    undated: int = 0

    @property
    def due(self) -> int:
        """Say how many were due."""
        return self.in_time + self.late + self.open_late

    @property
    def rate(self) -> float | None:
        """Give the share that was published in time (公示率), 0 to 1; None where nothing was due."""
        return self.in_time / self.due if self.due else None


def find_last_day(calendar: Calendar, start: date, term: int) -> date | None:
    """Find the last day of a term in working days after ``start`` (DUE-2 to DUE-5); None where a year is not known (DUE-7)."""
    try:
        return add_working_days(calendar, start, term)
    except InputError:
        return None


def is_earlier(due: date | None, kept_since: date | None) -> bool:
    """Say whether a last day was past when the store began to keep notices (DUE-10); None: it has kept them from its beginning."""
    return due is not None and kept_since is not None and due < kept_since


def add_years(day: date, years: int) -> date:
    """Give the day so many years later (DUE-6)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def judge_duty(calendar: Calendar, duty: Duty, today: date, soon: int) -> DutyState:
    """Say how a duty stands on a day; ``soon`` in working days (DUE-8, DUE-10)."""
    if duty.done is not None:
        done = DutyState.DONE if duty.due is not None else DutyState.DONE_SOMETIME
        return DutyState.DONE_LATE if duty.is_late else done
    if duty.is_earlier:
        return DutyState.EARLIER
    if duty.due is None:
        return DutyState.UNKNOWN
    if duty.due < today:
        return DutyState.LATE
    if duty.due == today:
        return DutyState.DUE
    return DutyState.SOON if duty.due <= _add_days(calendar, today, soon) else DutyState.LATER


def count_days_left(calendar: Calendar, due: date, today: date) -> int | None:
    """Count the working days after today up to a last day, below 0 those since it; None where a year is not known (DUE-7)."""
    if due.year not in calendar.years or today.year not in calendar.years:
        return None
    first, last = sorted((due, today))
    try:
        count = len(working_days(calendar, first + timedelta(days=1), last))
    except InputError:  # A year between them is not known.
        return None
    return count if due >= today else -count


def find_reminder(calendar: Calendar, due: date, soon: int) -> date:
    """Give the day so many working days before a last day; in an unknown year as many days of the week, for it is a reminder."""
    day, left = due, soon
    while left:
        day -= timedelta(days=1)
        try:
            left -= is_working_day(calendar, day)
        except InputError:
            left -= not is_weekend(day)
    return day


def _find_unknown_year(calendar: Calendar, duty: Duty) -> int:
    """Name the year whose working days are missing where a duty has no last day (DUE-7)."""
    year = duty.start.year
    while year in calendar.years:
        year += 1
    return year


def count_punctuality(duties: Iterable[Duty], today: date) -> Punctuality:
    """Count what was due by a day, each duty as many times as it has results (DUE-8, DUE-10, DUE-11)."""
    in_time = late = open_late = undated = 0
    for duty in duties:
        if duty.is_unrecorded:
            continue
        if duty.done is None:
            open_late += duty.count if duty.is_missed(today) else 0
        elif duty.due is None:
            undated += duty.count
        elif duty.is_late:
            late += duty.count
        else:
            in_time += duty.count
    return Punctuality(in_time=in_time, late=late, open_late=open_late, undated=undated)


def judge_duties(calendar: Calendar, duties: Iterable[Duty], today: date, soon: int) -> tuple[JudgedDuty, ...]:
    """Say of each duty how it stands on a day, the most urgent first, else in the order given (DUE-8)."""
    judged = [_judge(calendar, duty, today, soon) for duty in duties]
    urgency = {state: place for place, state in enumerate(DutyState)}
    return tuple(sorted(judged, key=lambda one: urgency[one.state]))


def _judge(calendar: Calendar, duty: Duty, today: date, soon: int) -> JudgedDuty:
    state = judge_duty(calendar, duty, today, soon)
    if duty.done is not None or duty.is_earlier:
        return JudgedDuty(duty=duty, state=state)
    if duty.due is None:
        return JudgedDuty(duty=duty, state=state, missing=_find_unknown_year(calendar, duty))
    left, remind = count_days_left(calendar, duty.due, today), find_reminder(calendar, duty.due, soon)
    return JudgedDuty(duty=duty, state=state, left=left, remind=remind)


def _add_days(calendar: Calendar, today: date, count: int) -> date:
    """Give the ``count``-th working day after today; in an unknown year as many days of the week, for a reminder and not for a term."""
    try:
        return add_working_days(calendar, today, count)
    except InputError:
        return today + timedelta(days=count + 2 * (count // 5 + 1))
