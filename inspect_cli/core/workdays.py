"""Working days (工作日): which days of a year are worked, by the State Council's notice of that year with its make-up days (调休).

What lives here: the rules over notices that are at hand. What does not: where a notice comes from (``files.calendar_years``,
``files.workday_notice``, the store), and the month as such (``core.period``).

WORK-1  Worked are Monday to Friday less the days off of the year's notice, and its make-up days.
WORK-2  A year without a notice is refused with the way out: its working days are never guessed.
WORK-3  A make-up day is a Saturday or Sunday; no day is both off and a make-up day; all days of a notice are of its year.
WORK-4  The n-th working day after a day does not count that day itself; the 0th is the day itself, worked or not.
WORK-5  Of two notices of one year the later stands: an imported one before the library's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from inspect_cli.core.period import first_day, last_day
from inspect_cli.errors import InputError, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.names import Period

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
# 全国年节及纪念日放假办法: the holidays that the calendar fixes; the others follow the moon and the sun.
_FIXED_HOLIDAYS: Final = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


class DayKind(StrEnum):
    """What a day is: an ordinary working day or weekend, or one that the year's notice has changed."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    OFF = "off"
    MAKE_UP = "make-up"

    @property
    def is_worked(self) -> bool:
        """Say whether people work on a day of this kind."""
        return self in {DayKind.WORKDAY, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNotice:
    """A year's notice; both lists are sorted, and days off may fall on a weekend.

    ``title`` says where it comes from. ``provisional`` marks a bureau's own expectation of a year that is not published yet.
    """

    year: int
    title: str
    days_off: tuple[date, ...]
    make_up_days: tuple[date, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The notices at hand, by year."""

    years: Mapping[int, YearNotice]

    @classmethod
    def of(cls, notices: Iterable[YearNotice]) -> Self:
        """Make a calendar; of two notices of one year the later stands (WORK-5)."""
        return cls(years=MappingProxyType({notice.year: notice for notice in notices}))

    def notice_of(self, year: int) -> YearNotice:
        """Return the notice of ``year``; ``InputError`` when there is none (WORK-2)."""
        notice = self.years.get(year)
        if notice is None:
            raise unknown_year(year)
        return notice


def unknown_year(year: int) -> InputError:
    """Make the refusal of a year whose notice is not at hand (WORK-2), with the way out."""
    return InputError(
        say("the working days of {year} are not known", year=year),
        hint=say(
            "import the State Council's notice of that year with {command}",
            command="inspect-cli workdays import FILE",
        ),
    )


def is_weekend(day: date) -> bool:
    """Say whether ``day`` is a Saturday or Sunday."""
    return day.weekday() >= _SATURDAY


def day_kind(calendar: Calendar, day: date) -> DayKind:
    """Tell what ``day`` is (WORK-1); ``InputError`` when its year is not known."""
    notice = calendar.notice_of(day.year)
    if day in notice.make_up_days:
        return DayKind.MAKE_UP
    if day in notice.days_off:
        return DayKind.OFF
    return DayKind.WEEKEND if is_weekend(day) else DayKind.WORKDAY


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Say whether ``day`` is worked (WORK-1); ``InputError`` when its year is not known."""
    return day_kind(calendar, day).is_worked


def working_days(calendar: Calendar, first: date, last: date) -> tuple[date, ...]:
    """Return the working days from ``first`` to ``last``, both included, in order; ``InputError`` for an unknown year."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return tuple(day for day in days if is_working_day(calendar, day))


def working_days_of(calendar: Calendar, period: Period) -> tuple[date, ...]:
    """Return the working days of a month, in order; ``InputError`` for an unknown year."""
    return working_days(calendar, first_day(period), last_day(period))


def add_working_days(calendar: Calendar, start: date, count: int) -> date:
    """Return the ``count``-th working day after ``start``, ``count`` ≥ 0 (WORK-4); ``InputError`` on the way into an unknown year."""
    if count < 0:
        raise ValueError(count)
    day = start
    left = count
    while left:
        day += _DAY
        left -= is_working_day(calendar, day)
    return day


def notice_fault(year: int, day: date, kind: DayKind) -> Message | None:
    """Say why a notice of ``year`` cannot make ``day`` such a day (WORK-3), or None when it can."""
    if day.year != year:
        return say("{day} is not in {year}, the year of the other days", day=day.isoformat(), year=year)
    if kind is DayKind.MAKE_UP and not is_weekend(day):
        return say("{day} is no Saturday or Sunday: it is worked without a make-up day", day=day.isoformat())
    return None


def missing_public_holidays(notice: YearNotice) -> tuple[date, ...]:
    """Return the public holidays of fixed date that a notice leaves as working days: it is probably not complete."""
    fixed = (date(notice.year, month, day) for month, day in _FIXED_HOLIDAYS)
    return tuple(day for day in fixed if is_working_day(Calendar.of((notice,)), day))
