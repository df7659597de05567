"""What is to be published as an iCalendar file (RFC 5545): a reminder for each last day, for the calendars of phones and offices.

Each is an event of the whole last day, with an alarm some working days before and one on the day itself, both at nine. The same store and
settings give the same bytes. The UID follows from the bureau, what is to be published and since when, and not from its last day: a calendar
into which a newer file is read moves its events and takes away those that are done, and two bureaus' files do not mix. The SEQUENCE is the
number of the store's newest act.
No company is named.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Alarm, Calendar, Event

from inspect_cli.core.publish.duty_steps import duty_basis, duty_command, duty_subject
from inspect_cli.errors import say
from inspect_cli.language import translate
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from inspect_cli.core.publish.deadline import Duty, JudgedDuty

_PRODUCT: Final = "-//inspect-cli//notices//EN"
_MORNING: Final = timedelta(hours=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Of which state of the store the file is: the number and the clock (aware) of its newest act."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The file, how many reminders are in it, and how many it takes away from a calendar."""

    data: bytes
    count: int
    gone: int


def render_reminders(judged: Iterable[JudgedDuty], stamp: Stamp, bureau: str) -> Reminders:
    """Render the reminders of a bureau in the settled language; what has no last day has none, nor what was due before an upgrade."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = translate(say("To be published: {bureau}", bureau=bureau))
    calendar.add("x-wr-calname", visible(title))
    events: dict[str, list[JudgedDuty]] = {}
    for one in judged:
        if one.duty.due is not None and not one.duty.is_earlier:
            events.setdefault(_name(one.duty, bureau), []).append(one)
    count = 0
    for name in sorted(events):
        parts = events[name]
        # What was published in parts stays open until its last part is.
        still_open = [one for one in parts if one.duty.done is None]
        calendar.add_component(_make_event(name, still_open or parts, stamp, is_open=bool(still_open)))
        count += bool(still_open)
    return Reminders(data=bytes(calendar.to_ical()), count=count, gone=len(events) - count)


def _name(duty: Duty, bureau: str) -> str:
    """Name what a bureau is to publish, whatever its last day: a result by its chain and day, a change by its notice too."""
    parts = (bureau, duty.kind.value, duty_subject(duty), duty.start.isoformat())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _make_event(name: str, parts: Sequence[JudgedDuty], stamp: Stamp, *, is_open: bool) -> Event:
    first, count = parts[0], sum(one.duty.count for one in parts)
    duty, at = first.duty, stamp.at.astimezone(UTC)
    day: date = min(one.duty.due for one in parts if one.duty.due is not None)
    summary = visible(_say_summary(duty))
    event = Event()
    event.add("uid", f"{name}@inspect-cli")
    event.add("sequence", stamp.number)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("status", "CONFIRMED" if is_open else "CANCELLED")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the first day after the event (RFC 5545, 3.6.1)
    event.add("summary", summary)
    event.add("description", "\n".join(visible(line) for line in _describe(duty, count)))
    event.add("transp", "TRANSPARENT")
    if is_open:
        for reminder in sorted({first.remind or day, day}):
            event.add_component(_make_alarm(reminder - day + _MORNING, summary))
    return event


def _make_alarm(trigger: timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", trigger)
    return alarm


def _say_summary(duty: Duty) -> str:
    return translate(say("Last day: {what}, {subject}", what=duty.kind.label.term, subject=duty_subject(duty)))


def _describe(duty: Duty, count: int) -> Iterable[str]:
    """Say what a person wants to know: since when, how many results, on what it rests, and the command that does it."""
    yield translate(say("Since: {day}", day=duty.start.isoformat()))
    if count > 1:
        yield translate(say("Results: {count}", count=count))
    yield translate(say("Basis: {basis}", basis=duty_basis(duty)))
    yield duty_command(duty)
