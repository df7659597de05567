"""Leave that is not taken after all, and recusals that end."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.registry.take_back import cut_leave, end_recusals
from tests.registry_rows import a_leave, a_recusal

DAYS = st.dates(date(2026, 12, 1), date(2026, 12, 20))


def _span(first: date, last: date) -> set[date]:
    return {first + timedelta(days=count) for count in range((last - first).days + 1)}


class TestCutLeave:
    """LEAVE-1: days that are taken back fall out of a leave; what is left before and after them stays leave."""

    @given(st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS))
    def test_the_days_left_are_the_leaves_less_those_taken_back(
        self, leave: tuple[date, date], back: tuple[date, date]
    ) -> None:
        """Day by day, whatever the two spans: the parts are in order, do not touch, and keep person and reason."""
        (first, last), (from_day, to_day) = sorted(leave), sorted(back)
        parts = cut_leave(a_leave(first=first, last=last), from_day, to_day)
        days = [day for part in parts for day in sorted(_span(part.first, part.last))]
        assert days == sorted(_span(first, last) - _span(from_day, to_day))
        assert all(part.reason == "年休假" and part.inspector == "R001" for part in parts)

    def test_the_ends_of_the_calendar_are_days_like_others(self) -> None:
        """Leave for ever is cut at the last day that there is."""
        whole = a_leave(first=date.min, last=date.max)
        assert cut_leave(whole, date.min, date.max) == ()
        assert cut_leave(whole, date(2026, 12, 7), date.max) == (a_leave(first=date.min, last=date(2026, 12, 6)),)


class TestEndRecusals:
    """RECUSE-1: what bars the pair on the day ends with it; what has ended or begins later stays as it is."""

    @given(st.none() | DAYS, st.none() | DAYS, DAYS)
    def test_a_recusal_in_force_on_the_day_and_after_it_ends_with_it(
        self, start: date | None, end: date | None, on: date
    ) -> None:
        """It bars afterwards exactly the days that it barred before, up to the day named."""
        if start is not None and end is not None and start > end:
            start, end = end, start
        recusal = a_recusal(start=start, end=end)
        is_begun = start is None or start <= on
        goes_on = end is None or end > on
        expected = ((recusal, a_recusal(start=start, end=on)),) if is_begun and goes_on else ()
        assert end_recusals((recusal,), on) == expected
