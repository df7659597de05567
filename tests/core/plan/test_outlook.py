"""What lies ahead of a plan: deadlines in an unknown year, and certificates that lapse on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.outlook import find_outlook
from inspect_cli.core.workdays import Calendar, YearNotice
from tests.core.plan.builders import DAYS, gathered, inspector, plan

Y2026 = YearNotice(year=2026, title="2026", days_off=(), make_up_days=())
Y2027 = YearNotice(year=2027, title="2027", days_off=(date(2027, 1, 1),), make_up_days=())


def _outlook(*notices: YearNotice, **changes: Any) -> list[dict[str, object]]:
    found = gathered(**changes)
    return [dict(one.values) for one in find_outlook(found, build_frame(found), Calendar.of(notices))]


class TestDeadlines:
    """OUTLOOK-1: told is the first day of the plan whose result is due in a year that is not known."""

    def test_the_first_day_whose_deadline_is_unknown_is_named(self) -> None:
        """Twenty working days after the 3rd of December is the last one of the year, the 31st."""
        weekdays = [day for day in (date(2026, 12, 3) + timedelta(days=n) for n in range(1, 29)) if day.weekday() < 5]
        assert weekdays[19] == date(2026, 12, 31)
        assert _outlook(Y2026) == [{"day": "2026-12-04", "count": 20}]

    def test_a_year_that_is_known_is_no_worry(self) -> None:
        """Once its notice is imported."""
        assert _outlook(Y2026, Y2027) == []

    def test_a_plan_without_days_has_no_deadline(self) -> None:
        """That it has none is told elsewhere."""
        assert _outlook(Y2026, plan=plan(days_off=DAYS)) == []


class TestCertificates:
    """OUTLOOK-2: told is who cannot act on the plan's last day any more."""

    def test_people_are_named_with_their_last_day(self) -> None:
        """In the order of their ids; who is on no roster, or valid to the end, is not."""
        people = (
            inspector("R4"),
            inspector("R3", valid_until=date(2026, 12, 8)),
            inspector("R2", valid_until=date(2026, 12, 30)),
            inspector("R1", valid_until=date(2026, 12, 31)),
            inspector("R0", valid_until=date(2026, 11, 30)),
        )
        assert _outlook(Y2026, Y2027, inspectors=people) == [{"people": ("R2 (2026-12-30)", "R3 (2026-12-08)")}]
