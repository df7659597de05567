"""Months."""

from __future__ import annotations

import calendar
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Period
from inspect_cli.core.period import first_day, last_day, month_after, month_of, parse_period, period_of, year_of
from inspect_cli.errors import InputError


class TestPeriod:
    """PERIOD-1 A period is a calendar month, written ``YYYY-MM``."""

    @given(year=st.integers(1000, 2999), month=st.integers(1, 12))
    def test_ends(self, year: int, month: int) -> None:
        """PERIOD-1: it goes from the 1st to the last day that the calendar gives the month."""
        period = parse_period(f"{year}-{month:02}")
        assert first_day(period).isoformat() == f"{year}-{month:02}-01"
        assert last_day(period).isoformat() == f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
        assert period_of(first_day(period)) == period_of(last_day(period)) == period
        assert (year_of(period), month_of(period)) == (year, month)

    @given(year=st.integers(1000, 2998), month=st.integers(1, 12))
    def test_next(self, year: int, month: int) -> None:
        """PERIOD-1: the month after it begins on the day after its last one."""
        period = parse_period(f"{year}-{month:02}")
        assert first_day(month_after(period)) == last_day(period) + timedelta(days=1)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-12-01",
            "202612",
            "2026/12",
            "２０２６-１２",
            "2026-12\n",
            "0999-12",
            "3000-01",
        ],
    )
    def test_refused(self, text: str) -> None:
        """PERIOD-1: anything else is refused."""
        with pytest.raises(InputError, match="is not a month"):
            parse_period(text)

    def test_last_of_all(self) -> None:
        """PERIOD-1: the last month that Python's calendar has ends on its last day."""
        assert last_day(Period("9999-12")).isoformat() == "9999-12-31"
