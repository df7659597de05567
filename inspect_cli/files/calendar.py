"""A schedule as an iCalendar file (RFC 5545), for the calendars of phones and offices.

Each visit is an event of the whole day: a draw fixes days and no hours, and somebody can have several visits a day, so the events
do not mark anybody as busy. The same schedule gives the same bytes: the time stamp is that of the draw, the UID follows from slot
and entity, so that a calendar that is read in again replaces its events instead of doubling them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event

from inspect_cli.core.schedule import SeatRole
from inspect_cli.errors import Message, say
from inspect_cli.language import translate
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, Slot
    from inspect_cli.core.schedule import ScheduledVisit, Seat

_PRODUCT: Final = "-//inspect-cli//schedule//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHead:
    """What a calendar says of itself: its title, when each draw was recorded (aware), and how the bureau calls its domains."""

    title: str
    drawn_at: Mapping[Slot, datetime]
    domains: Mapping[Domain, str]


def render_calendar(visits: Iterable[ScheduledVisit], head: CalendarHead) -> bytes:
    """Render the visits that have a day as an iCalendar file in the settled language."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(head.title))
    for visit in visits:
        if visit.day is not None:
            calendar.add_component(_make_event(visit, visit.day, head))
    return bytes(calendar.to_ical())


def _make_event(visit: ScheduledVisit, day: date, head: CalendarHead) -> Event:
    name = hashlib.sha256(f"{visit.slot}\n{visit.entity}".encode()).hexdigest()
    event = Event()
    event.add("uid", f"{name}@inspect-cli")
    event.add("dtstamp", head.drawn_at[visit.slot].astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the first day after the event (RFC 5545, 3.6.1)
    event.add("summary", visible(visit.name))
    if visit.address is not None:
        event.add("location", visible(visit.address))
    event.add("description", "\n".join(_describe(visit, head)))
    event.add("transp", "TRANSPARENT")
    return event


def _describe(visit: ScheduledVisit, head: CalendarHead) -> Iterable[str]:
    """Say what a person wants to read: who goes, what is checked, and which company of which draw it is."""
    for seat in visit.seats:
        yield visible(translate(_say_seat(seat)))
    domains = tuple(head.domains.get(domain, domain) for domain in visit.domains)
    yield visible(translate(say("Domains: {domains}", domains=domains)))
    yield visible(translate(say("Entity: {entity}", entity=visit.entity)))
    if visit.zone is not None:
        yield visible(translate(say("Zone: {zone}", zone=visit.zone)))
    yield visible(translate(say("Draw: {slot}", slot=visit.slot)))


def _say_seat(seat: Seat) -> Message:
    match seat.role:
        case SeatRole.LEADER:
            return say("Team leader: {name} ({id})", name=seat.name, id=seat.id)
        case SeatRole.MEMBER:
            return say("Member: {name} ({id})", name=seat.name, id=seat.id)
        case SeatRole.EXPERT:
            return say("Expert: {name} ({id})", name=seat.name, id=seat.id)
