"""A visit's history: what the first draw said of it, and every change since, so that schedules and calendars follow it.

What lives here: the versions of each visit of a chain of draws, and what a person's calendar shows of them. What does not: the changes
themselves (``change``), and calendar files (``files.calendar``).

Rules:

HIST-1  A history begins with the first draw's visit, numbered 0. Each change adds one version: the visit on another day (moved), the
        supplement's visit (replaced), or the visit as it was, now over (cancelled, carried over).
HIST-2  In force is the last version, unless it is over.
HIST-3  A calendar shows somebody a visit while they are on it and it has a day. Once they are not, or it is over, the visit is shown as
        cancelled, with the number of the version that took it away, so that the calendar removes it.
HIST-4  A version is dated by the draw or the change that made it, and by no other clock.
HIST-5  Where a draw is declared void after it was run, all its visits are over: calendars that were handed out lose them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from inspect_cli.core.visit.change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspect_cli.core.names import EntityId, InspectorId, Slot
    from inspect_cli.core.schedule import ScheduledVisit
    from inspect_cli.core.visit.change import VisitChange


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedSchedule:
    """What one draw's result said (``core.schedule.build_schedule``), and when it was drawn."""

    slot: Slot
    drawn_at: datetime
    visits: tuple[ScheduledVisit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A visit as it stood since ``at`` (aware); ``end`` is the change by which it was over, and a void draw's is over without one."""

    visit: ScheduledVisit
    at: datetime
    end: VisitChange | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitHistory:
    """All versions of one entity's visit in order, at least one (HIST-1)."""

    versions: tuple[Version, ...]

    @property
    def visit(self) -> ScheduledVisit:
        """The visit as it stands, or stood when it ended."""
        return self.versions[-1].visit

    @property
    def end(self) -> VisitChange | None:
        """How the visit was cancelled or carried over; None where it was not (HIST-2)."""
        return self.versions[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What a calendar shows of a visit (HIST-3): ``number`` grows with each version, ``at`` dates it."""

    visit: ScheduledVisit
    number: int
    at: datetime
    is_cancelled: bool


def trace_visits(draws: Sequence[DatedSchedule], changes: Iterable[VisitChange]) -> tuple[VisitHistory, ...]:
    """Give the history of each visit of a chain (HIST-1), in the order of the first draw's schedule.

    ``draws`` are the chain's in order; ``changes`` those of its visits, each entity's in the order in which they happened.
    """
    drawn = {
        (draw.slot, visit.entity): Version(visit=visit, at=draw.drawn_at) for draw in draws for visit in draw.visits
    }
    first = draws[0]
    histories = {visit.entity: [drawn[first.slot, visit.entity]] for visit in first.visits}
    for change in changes:
        versions = histories[change.entity]
        versions.append(_follow(versions[-1], change, drawn))
    return tuple(VisitHistory(versions=tuple(versions)) for versions in histories.values())


def last_of_each_draw(history: VisitHistory) -> tuple[ScheduledVisit, ...]:
    """Give the visit of each draw that drew it, in order, as it stood last: on the day to which it was moved."""
    last = {version.visit.slot: version.visit for version in history.versions}
    return tuple(last.values())


def end_by_void(history: VisitHistory, at: datetime) -> VisitHistory:
    """Give the history of a visit whose draw was declared void at a time (HIST-5)."""
    return VisitHistory(versions=(*history.versions, Version(visit=history.visit, at=at, is_void=True)))


def find_entries(histories: Iterable[VisitHistory], person: InspectorId | None = None) -> tuple[CalendarEntry, ...]:
    """Say what a person's calendar (None: the office's) shows of all visits, by day (HIST-3)."""
    found = (find_entry(history, person) for history in histories)
    return tuple(sorted((entry for entry in found if entry), key=lambda entry: entry.visit.day or date.max))


def find_entry(history: VisitHistory, person: InspectorId | None = None) -> CalendarEntry | None:
    """Say what a person's calendar (None: the office's) shows of a visit; None where it never was on it (HIST-3)."""
    shown = [number for number, version in enumerate(history.versions) if _is_shown(version, person)]
    if not shown:
        return None
    last, newest = shown[-1], len(history.versions) - 1
    number = last if last == newest else last + 1
    return CalendarEntry(
        visit=history.versions[last].visit,
        number=number,
        at=history.versions[number].at,
        is_cancelled=last != newest,
    )


def _follow(version: Version, change: VisitChange, drawn: Mapping[tuple[Slot, EntityId], Version]) -> Version:
    """Give the version that a change makes of the one before."""
    at = datetime.fromisoformat(change.clock)
    if change.kind is ChangeKind.MOVED:
        return Version(visit=replace(version.visit, day=change.to_day), at=at)
    if change.by_slot is not None:
        return Version(visit=drawn[change.by_slot, change.entity].visit, at=at)
    return Version(visit=version.visit, at=at, end=change)


def _is_shown(version: Version, person: InspectorId | None) -> bool:
    visit = version.visit
    if version.end is not None or version.is_void or visit.day is None:
        return False
    return person is None or any(seat.id == person for seat in visit.seats)
