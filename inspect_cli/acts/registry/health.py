"""Reading what the roster's health is worked out from. Nothing is changed here; the rules are in ``core.report.health``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.core.period import last_day, period_of
from inspect_cli.core.report.health.roster import Roster
from inspect_cli.core.workdays import working_days
from inspect_cli.storage.registries import find_inspectors, find_leave, find_zones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.workdays import Calendar


def read_roster(session: Session, bureau: Bureau, today: date, until: date) -> Roster:
    """Read the roster with everything that its health hangs on, from ``today`` to ``until``."""
    people = find_inspectors(session)
    return Roster(
        people=people,
        leave=find_leave(session, first=today, last=until),
        bureau=bureau,
        zones=tuple(sorted({*bureau.zones, *find_zones(session)}, key=str.encode)),
        today=today,
        until=until,
        left=dict(_count_days_left(people, calendar_of(session))),
    )


def _count_days_left(people: tuple[Inspector, ...], calendar: Calendar) -> Iterator[tuple[date, int]]:
    """Count the working days of its month behind the last day of each certificate, where the year is known."""
    for day in {person.valid_until for person in people if person.valid_until is not None}:
        if day.year in calendar.years:
            end = last_day(period_of(day))
            yield day, len(working_days(calendar, day + timedelta(days=1), end))
