"""The adapter of the library's calendar, against the library's own answers."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # the library has no types
import pytest

from inspect_cli.core.workdays import Calendar, DayKind, is_working_day, missing_public_holidays, notice_fault
from inspect_cli.errors import InputError
from inspect_cli.files.calendar_years import known_years, read_library_year


def test_every_day_of_every_year_as_the_library_answers() -> None:
    """Each day from 2004 to 2026 is worked exactly when the library says so."""
    calendar = Calendar.of(read_library_year(year) for year in known_years())
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert is_working_day(calendar, day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_years_are_2004_and_on_without_a_gap() -> None:
    """The years begin with 2004, reach 2026 at least, and none is left out between."""
    assert known_years() == tuple(range(2004, max(known_years()) + 1))
    assert 2026 in known_years()


@pytest.mark.parametrize("year", known_years())
def test_each_notice_keeps_the_rules(year: int) -> None:
    """Each year's notice has sorted days of its own year, make-up days on weekends, and New Year's Day off."""
    notice = read_library_year(year)
    assert list(notice.days_off) == sorted(set(notice.days_off))
    assert list(notice.make_up_days) == sorted(set(notice.make_up_days))
    assert not set(notice.days_off) & set(notice.make_up_days)
    assert all(notice_fault(year, day, DayKind.OFF) is None for day in notice.days_off)
    assert all(notice_fault(year, day, DayKind.MAKE_UP) is None for day in notice.make_up_days)
    assert missing_public_holidays(notice) == ()
    assert not notice.provisional


@pytest.mark.parametrize("year", [2003, 2100])
def test_other_years_are_refused(year: int) -> None:
    """A year beyond the library is refused with the way out, not guessed."""
    with pytest.raises(InputError) as caught:
        read_library_year(year)
    assert "inspect-cli workdays import" in str(caught.value.hint)
