"""What lies ahead of a plan, behind its last day: deadlines in a year that is not known yet, and certificates that lapse on the way.

What does not live here: what is wrong with the plan itself (``soundness``), and the roster as a whole (``core.report.health``).

Rules:

OUTLOOK-1  Worth a warning: a day of the plan from which the deadline for publishing a result runs into a year whose working days are not
           known. The first such day is named, for until then the deadline can be told.
OUTLOOK-2  Worth a warning: people who are on the roster, and whose certificate is not valid on the plan's last day any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.workdays import add_working_days
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.workdays import Calendar
    from inspect_cli.errors import Message


def find_outlook(gathered: Gathered, frame: Frame, calendar: Calendar) -> tuple[Message, ...]:
    """Find what should be seen to before it comes (OUTLOOK-1, OUTLOOK-2)."""
    if not frame.days:
        return ()
    return (*_unknown_deadlines(gathered, frame, calendar), *_lapsing_certificates(gathered, frame))


def _unknown_deadlines(gathered: Gathered, frame: Frame, calendar: Calendar) -> Iterator[Message]:
    count = gathered.bureau.result_working_days.number
    first = next((day for day in frame.days if not _has_deadline(calendar, day, count)), None)
    if first is not None:
        yield say(
            "results of visits from {day} on are due {count} working days later, in a year whose working days are not known yet: "
            "import its notice before, inspect-cli workdays import FILE",
            day=first.isoformat(),
            count=count,
        )


def _has_deadline(calendar: Calendar, day: date, count: int) -> bool:
    try:
        add_working_days(calendar, day, count)
    except InputError:
        return False
    return True


def _lapsing_certificates(gathered: Gathered, frame: Frame) -> Iterator[Message]:
    """Name the people with the last day on which they can act; whoever cannot act at all is not on the roster."""
    on_roster = {row.id for row in frame.roster}
    lapsing = [
        f"{person.id} ({person.valid_until.isoformat()})"
        for person in sorted(gathered.inspectors, key=lambda person: person.id.encode())
        if person.id in on_roster and person.valid_until is not None and person.valid_until < frame.days[-1]
    ]
    if lapsing:
        yield say(
            "certificates lapse before the plan's last day, and nobody acts after theirs: {people}",
            people=tuple(lapsing),
        )
