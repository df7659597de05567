"""A schedule as an iCalendar file (RFC 5545), for the calendars of phones and offices.

Each visit is an event of the whole day: a draw fixes days and no hours, and somebody can have several visits a day, so the events
do not mark anybody as busy. The same records give the same bytes: the time stamps are those of the draw or of the change that made
the event what it is. The UID follows from the chain's first slot and the entity and the SEQUENCE grows with each change, so that a
calendar into which a newer file is read replaces its events instead of doubling them, and removes those that were cancelled.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event

from inspect_cli.core.schedule import SeatRole, find_marks
from inspect_cli.errors import Message, say
from inspect_cli.language import translate
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, Slot
    from inspect_cli.core.schedule import ScheduledVisit, Seat
    from inspect_cli.core.visit.history import CalendarEntry

_PRODUCT: Final = "-//inspect-cli//schedule//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHead:
    """What a calendar says of itself: its title, and how the bureau calls its domains.

    ``provisional`` are first draws whose days rest on working days that are not published yet: calendars that events are read into have
    titles of their own, so each event says it.
    """

    title: str
    domains: Mapping[Domain, str]
    provisional: frozenset[Slot] = frozenset()


def render_calendar(entries: Iterable[CalendarEntry], head: CalendarHead) -> bytes:
    """Render the visits of a calendar as an iCalendar file in the settled language; a visit without a day is left out."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(head.title))
    for entry in entries:
        if entry.visit.day is not None:
            calendar.add_component(_make_event(entry, entry.visit.day, head))
    return bytes(calendar.to_ical())


def _make_event(entry: CalendarEntry, day: date, head: CalendarHead) -> Event:
    visit, stamp = entry.visit, entry.at.astimezone(UTC)
    name = hashlib.sha256(f"{visit.first}\n{visit.entity}".encode()).hexdigest()
    event = Event()
    event.add("uid", f"{name}@inspect-cli")
    event.add("sequence", entry.number)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
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
    for mark in find_marks(visit):
        yield visible(translate(mark))
    if visit.first in head.provisional:
        yield translate(say("made with a provisional calendar of working days"))


def _say_seat(seat: Seat) -> Message:
    match seat.role:
        case SeatRole.LEADER:
            return say("Team leader: {name} ({id})", name=seat.name, id=seat.id)
        case SeatRole.MEMBER:
            return say("Member: {name} ({id})", name=seat.name, id=seat.id)
        case SeatRole.EXPERT:
            return say("Expert: {name} ({id})", name=seat.name, id=seat.id)
