"""By when what is published: last days counted by hand in the calendar of 2026 and 2027."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspect_cli.core.names import Period
from inspect_cli.core.publish.deadline import (
    Duty,
    DutyKind,
    DutyState,
    add_years,
    count_days_left,
    count_punctuality,
    find_last_day,
    find_reminder,
    is_earlier,
    judge_duties,
    judge_duty,
)
from inspect_cli.core.workdays import Calendar, YearNotice

# Of 2026 here only the New Year holidays and one day to make up for them: 1 to 3 January off, Sunday 4 January worked.
CALENDAR = Calendar.of(
    [
        YearNotice(
            title="invented",
            year=2026,
            days_off=(date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)),
            make_up_days=(date(2026, 1, 4),),
        )
    ]
)


def a_duty(due: date | None, done: date | None = None) -> Duty:
    """Give a duty with a last day."""
    return Duty(
        kind=DutyKind.RESULT, period=Period("2026-06"), start=date(2026, 6, 1), due=due, basis="某规定", done=done
    )


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        (date(2026, 6, 1), 5, date(2026, 6, 8)),  # Monday; 2, 3, 4, 5 June, then Monday 8 June.
        (date(2026, 6, 5), 1, date(2026, 6, 8)),  # Friday.
        (date(2026, 1, 1), 2, date(2026, 1, 5)),  # Sunday 4 January is worked.
    ],
)
def test_a_term_in_working_days(start: date, number: int, last: date) -> None:
    """DUE-2, DUE-3, DUE-4, DUE-5: the last day of a term is so many working days after its beginning, make-up days included."""
    assert find_last_day(CALENDAR, start, number) == last


def test_a_term_into_an_unknown_year() -> None:
    """DUE-7: a term that runs into a year without a notice has no last day."""
    assert find_last_day(CALENDAR, date(2026, 12, 25), 20) is None
    assert judge_duty(CALENDAR, a_duty(None), date(2026, 12, 31), 5) is DutyState.UNKNOWN


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 6, 5), DutyState.LATER),  # Friday; six working days before Monday 15 June.
        (date(2026, 6, 8), DutyState.SOON),  # five
        (date(2026, 6, 14), DutyState.SOON),
        (date(2026, 6, 15), DutyState.DUE),
        (date(2026, 6, 16), DutyState.LATE),
    ],
)
def test_how_a_duty_stands(today: date, state: DutyState) -> None:
    """DUE-1, DUE-8: on its last day it is due, after it late, and soon from five working days before."""
    assert judge_duty(CALENDAR, a_duty(date(2026, 6, 15)), today, 5) is state


def test_what_is_done_late_stays_late() -> None:
    """DUE-8: what was done on its last day was in time, on the day after it was late, whenever it is looked at."""
    due = date(2026, 6, 15)
    assert judge_duty(CALENDAR, a_duty(due, due), date(2026, 12, 1), 5) is DutyState.DONE
    assert judge_duty(CALENDAR, a_duty(due, date(2026, 6, 16)), date(2026, 6, 16), 5) is DutyState.DONE_LATE
    undated = a_duty(None, due)
    assert judge_duty(CALENDAR, undated, due, 5) is DutyState.DONE_SOMETIME, "nobody can say whether it was in time"
    counted = count_punctuality(
        [undated, a_duty(due, due), a_duty(due, date(2026, 6, 16)), a_duty(due)], date(2026, 7, 1)
    )
    assert (counted.in_time, counted.late, counted.open_late, counted.undated, counted.due) == (1, 1, 1, 1, 3)
    missed = replace(a_duty(due), is_unrecorded=True)
    assert count_punctuality([missed], date(2026, 7, 1)).due == 0, "DUE-11: there is no result"


def test_soon_at_the_edge_of_the_known_years() -> None:
    """A reminder needs no calendar: where the next year is not known, days of the week are counted."""
    assert judge_duty(CALENDAR, a_duty(date(2027, 1, 4)), date(2026, 12, 30), 5) is DutyState.SOON
    assert judge_duty(CALENDAR, a_duty(date(2027, 2, 1)), date(2026, 12, 30), 5) is DutyState.LATER


def test_years_on_display() -> None:
    """DUE-6: the same day years later; for 29 February the first of March where there is none."""
    assert add_years(date(2026, 12, 8), 5) == date(2031, 12, 8)
    assert add_years(date(2028, 2, 29), 2) == date(2030, 3, 1)
    assert add_years(date(2028, 2, 29), 4) == date(2032, 2, 29)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 6, 5), 6),
        (date(2026, 6, 13), 1),
        (date(2026, 6, 15), 0),
        (date(2026, 6, 16), -1),
        (date(2026, 6, 22), -5),
    ],
)
def test_days_that_are_left(today: date, left: int) -> None:
    """Working days after today up to Monday 15 June; below 0 those since it."""
    assert count_days_left(CALENDAR, date(2026, 6, 15), today) == left


def test_days_into_an_unknown_year_are_not_counted() -> None:
    """DUE-7: nobody knows how many working days are left when the year is not known."""
    assert count_days_left(CALENDAR, date(2027, 1, 4), date(2026, 12, 30)) is None


def test_days_over_an_unknown_year_are_not_counted() -> None:
    """DUE-7: where a year between two known ones has no notice, the days are not counted either."""
    years = Calendar.of(YearNotice(title="invented", year=year, days_off=(), make_up_days=()) for year in (2026, 2028))
    assert count_days_left(years, date(2028, 1, 3), date(2026, 12, 31)) is None
    assert count_days_left(years, date(2028, 1, 4), date(2028, 1, 3)) == 1


def test_a_reminder_comes_working_days_before() -> None:
    """Five working days before Monday 15 June is Monday 8 June; in a year that is not known, days of the week are counted."""
    assert find_reminder(CALENDAR, date(2026, 6, 15), 5) == date(2026, 6, 8)
    assert find_reminder(CALENDAR, date(2027, 6, 14), 5) == date(2027, 6, 7)
    assert find_reminder(CALENDAR, date(2026, 1, 5), 1) == date(2026, 1, 4)


def test_the_most_urgent_comes_first() -> None:
    """DUE-8: late, due today, soon, not known, later, done late, done; the year that is missing is named."""
    day = date(2026, 6, 15)
    dues = [date(2026, 7, 15), None, date(2026, 6, 17), day, date(2026, 6, 12)]
    done = [a_duty(day, day), a_duty(None, day), a_duty(day, date(2026, 6, 16))]
    judged = judge_duties(CALENDAR, (*done, *map(a_duty, dues)), day, 5)
    assert [one.state for one in judged] == [state for state in DutyState if state is not DutyState.EARLIER]
    assert [(one.left, one.missing) for one in judged[:5]] == [
        (-1, None),
        (0, None),
        (2, None),
        (None, 2027),
        (22, None),
    ]


def test_due_before_an_upgrade() -> None:
    """DUE-10: what the store cannot know is neither late nor urgent, and counts in nothing; published anew it is done late."""
    old = replace(a_duty(date(2026, 6, 15)), is_earlier=True)
    (judged,) = judge_duties(CALENDAR, [old], date(2026, 7, 1), 5)
    assert (judged.state, judged.left, judged.remind) == (DutyState.EARLIER, None, None)
    assert count_punctuality([old], date(2026, 7, 1)).due == 0
    anew = replace(old, done=date(2026, 7, 1))
    assert judge_duty(CALENDAR, anew, date(2026, 7, 1), 5) is DutyState.DONE_LATE
    days = [date(2026, 6, 14), date(2026, 6, 15), None]
    assert [is_earlier(day, date(2026, 6, 15)) for day in days] == [True, False, False]
    assert not is_earlier(date(2026, 6, 14), None)
