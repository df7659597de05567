"""Working days by the State Council's notices, against the library's calendar and against days counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # the library has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.period import parse_period
from inspect_cli.core.workdays import (
    Calendar,
    DayKind,
    YearNotice,
    add_working_days,
    day_kind,
    is_working_day,
    missing_public_holidays,
    notice_fault,
    working_days,
    working_days_of,
)
from inspect_cli.errors import InputError


def notice(
    year: int = 2026, off: tuple[str, ...] = (), make_up: tuple[str, ...] = (), title: str = "test"
) -> YearNotice:
    """Build a notice; by default one that changes nothing."""
    return YearNotice(
        year=year,
        title=title,
        days_off=tuple(date.fromisoformat(day) for day in off),
        make_up_days=tuple(date.fromisoformat(day) for day in make_up),
    )


# The first days of October 2026 as published: off from the 1st to the 7th, worked on Sunday 20 September and Saturday 10.
OCTOBER = notice(
    off=tuple(f"2026-10-{day:02d}" for day in range(1, 8)),
    make_up=("2026-09-20", "2026-10-10"),
)


def library_calendar() -> Calendar:
    """Build a calendar of 2024 to 2026 out of the library's tables, without the adapter."""
    return Calendar.of(
        YearNotice(
            year=year,
            title="library",
            days_off=tuple(sorted(day for day in chinese_calendar.holidays if day.year == year)),
            make_up_days=tuple(sorted(day for day in chinese_calendar.workdays if day.year == year)),
        )
        for year in (2024, 2025, 2026)
    )


LIBRARY = library_calendar()


class TestDays:
    """WORK-1: worked are Monday to Friday less the days off, and the make-up days."""

    @pytest.mark.parametrize(
        ("day", "kind", "is_worked"),
        [
            ("2026-09-20", DayKind.MAKE_UP, True),
            ("2026-09-27", DayKind.WEEKEND, False),
            ("2026-09-30", DayKind.WORKDAY, True),
            ("2026-10-01", DayKind.OFF, False),
            ("2026-10-03", DayKind.OFF, False),
            ("2026-10-10", DayKind.MAKE_UP, True),
        ],
    )
    def test_kinds_of_days(self, day: str, kind: DayKind, is_worked: bool) -> None:
        """Each kind of day around the National Day of 2026 is told apart, and worked or not."""
        calendar = Calendar.of([OCTOBER])
        assert day_kind(calendar, date.fromisoformat(day)) is kind
        assert is_working_day(calendar, date.fromisoformat(day)) is is_worked

    @given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    def test_every_day_as_the_library_says(self, day: date) -> None:
        """Each day of three years is worked when the library says so."""
        assert is_working_day(LIBRARY, day) == chinese_calendar.is_workday(day)

    def test_december_2026_by_hand(self) -> None:
        """December 2026 begins on a Tuesday, has no holiday, and so 23 working days."""
        days = working_days_of(LIBRARY, parse_period("2026-12"))
        assert len(days) == 23
        assert (days[0], days[-1]) == (date(2026, 12, 1), date(2026, 12, 31))

    def test_a_range_includes_both_ends(self) -> None:
        """The first and the last day are in the range; a range that ends before it begins is empty."""
        calendar = Calendar.of([OCTOBER])
        assert working_days(calendar, date(2026, 10, 8), date(2026, 10, 12)) == (
            date(2026, 10, 8),
            date(2026, 10, 9),
            date(2026, 10, 10),
            date(2026, 10, 12),
        )
        assert working_days(calendar, date(2026, 10, 8), date(2026, 10, 7)) == ()


class TestUnknownYear:
    """WORK-2: a year without a notice is refused with the way out."""

    def test_refused_with_the_way_out(self) -> None:
        """The refusal names the year and the command that imports its notice."""
        with pytest.raises(InputError) as caught:
            working_days_of(LIBRARY, parse_period("2027-01"))
        assert caught.value.what.values["year"] == 2027
        assert caught.value.hint is not None
        assert "inspect-cli workdays import" in str(caught.value.hint)

    def test_one_day_of_it_is_enough(self) -> None:
        """A range that reaches into an unknown year is refused whole."""
        with pytest.raises(InputError):
            working_days(LIBRARY, date(2026, 12, 1), date(2027, 1, 1))

    def test_a_deadline_in_it_is_refused(self) -> None:
        """Counting on into an unknown year is refused: 30 December 2026 and two working days."""
        with pytest.raises(InputError):
            add_working_days(LIBRARY, date(2026, 12, 30), 2)


class TestNotice:
    """WORK-3: make-up days are weekends, and all days are of the notice's year."""

    @pytest.mark.parametrize(
        ("day", "kind", "is_fault"),
        [
            ("2026-10-10", DayKind.MAKE_UP, False),
            ("2026-10-12", DayKind.MAKE_UP, True),
            ("2026-10-03", DayKind.OFF, False),
            ("2026-10-05", DayKind.OFF, False),
            ("2027-01-01", DayKind.OFF, True),
        ],
    )
    def test_faults(self, day: str, kind: DayKind, is_fault: bool) -> None:
        """A worked weekday and a day of another year make no sense; a day off on a weekend does."""
        assert (notice_fault(2026, date.fromisoformat(day), kind) is not None) == is_fault

    def test_missing_public_holidays(self) -> None:
        """A notice that leaves a public holiday of fixed date worked is probably cut short; 3 October 2026 is a Saturday."""
        assert missing_public_holidays(OCTOBER) == (date(2026, 1, 1), date(2026, 5, 1))
        assert missing_public_holidays(notice()) == (
            date(2026, 1, 1),
            date(2026, 5, 1),
            date(2026, 10, 1),
            date(2026, 10, 2),
        )


class TestDeadline:
    """WORK-4: the n-th working day after a day does not count that day itself."""

    @pytest.mark.parametrize(
        ("start", "count", "end"),
        [
            ("2026-09-30", 0, "2026-09-30"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-09-30", 3, "2026-10-10"),
            ("2026-09-30", 4, "2026-10-12"),
            ("2026-10-03", 1, "2026-10-08"),
            ("2026-10-03", 0, "2026-10-03"),
        ],
    )
    def test_over_the_national_day_by_hand(self, start: str, count: int, end: str) -> None:
        """Deadlines pass over the holidays and count the make-up Saturday."""
        calendar = Calendar.of([OCTOBER])
        assert add_working_days(calendar, date.fromisoformat(start), count) == date.fromisoformat(end)

    @given(st.dates(date(2024, 1, 1), date(2026, 6, 30)), st.integers(1, 60))
    def test_as_many_working_days_lie_between(self, start: date, count: int) -> None:
        """The deadline is a working day, and ``count`` working days have passed when it ends."""
        end = add_working_days(LIBRARY, start, count)
        assert chinese_calendar.is_workday(end)
        assert len(chinese_calendar.get_workdays(start + timedelta(days=1), end)) == count

    def test_less_than_nothing_is_a_programmer_s_mistake(self) -> None:
        """Nobody counts deadlines backwards."""
        with pytest.raises(ValueError, match="-1"):
            add_working_days(LIBRARY, date(2026, 1, 5), -1)


class TestPrecedence:
    """WORK-5: of two notices of one year the later stands."""

    def test_the_imported_notice_stands(self) -> None:
        """A notice given after the library's replaces it whole."""
        calendar = Calendar.of([OCTOBER, notice(title="imported")])
        assert calendar.notice_of(2026).title == "imported"
        assert is_working_day(calendar, date(2026, 10, 1))
