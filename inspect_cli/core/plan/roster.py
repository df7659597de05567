"""Who can visit in the period: the roster's rows as a draw freezes them, salts aside.

Rules:

ROSTER-1  An inspector works on the days on which the certificate (执法证) is valid; without a certificate on none. An expert needs none,
          but one that is stated must be valid.
ROSTER-2  Nobody works on leave, nor from the day on which they left the roster.
ROSTER-3  The day's cap is the person's own, else the bureau's, less the places that other draws have filled that day; a day with
          nothing left falls away. The month's cap likewise, never below 0.
ROSTER-4  Whoever has no day left is not on the roster.
ROSTER-5  Barred are the entities of recusals (回避) in force on any day of the period, in the frame or not. Their reasons stay behind.
ROSTER-6  Whoever was on the team at an entity's last visit is barred from it: never the same inspector twice in a row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, InspectorId
    from inspect_cli.core.plan.gathered import Gathered
    from inspect_cli.core.registry.inspector import Inspector


class RosterRole(StrEnum):
    """Who counts towards a team, and who only assists."""

    INSPECTOR = "inspector"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDay:
    """A day on which somebody can work, and how many visits are left to them that day (at least 1)."""

    day: date
    cap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """Somebody who can visit in the period. ``skills``, ``zones`` and ``barred`` are sorted; no ``zones`` means any."""

    id: InspectorId
    role: RosterRole
    lead: bool
    skills: tuple[Domain, ...]
    days: tuple[RosterDay, ...]
    month_cap: int
    zones: tuple[str, ...]
    barred: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class _Bookings:
    """What other rows of the store say about each person: days away, places filled, entities barred."""

    away: dict[InspectorId, set[date]]
    filled_days: Counter[tuple[InspectorId, date]]
    filled: Counter[InspectorId]
    barred: dict[InspectorId, set[EntityId]]


def build_roster(gathered: Gathered, days: tuple[date, ...]) -> tuple[RosterRow, ...]:
    """Work out who can work on which of the plan's ``days`` (ROSTER-1 to ROSTER-6), sorted by id."""
    bookings = _collect_bookings(gathered, days)
    rows = (_build_row(person, gathered, bookings, days) for person in gathered.inspectors)
    return tuple(sorted((row for row in rows if row.days), key=lambda row: row.id.encode()))


def _collect_bookings(gathered: Gathered, days: tuple[date, ...]) -> _Bookings:
    away: dict[InspectorId, set[date]] = defaultdict(set)
    for leave in gathered.leave:
        away[leave.inspector].update(day for day in days if leave.first <= day <= leave.last)
    first, last = first_day(gathered.plan.period), last_day(gathered.plan.period)
    barred: dict[InspectorId, set[EntityId]] = defaultdict(set)
    for recusal in gathered.recusals:
        if (recusal.start is None or recusal.start <= last) and (recusal.end is None or recusal.end >= first):
            barred[recusal.inspector].add(recusal.entity)
    for past in gathered.past_teams:
        for member in past.team:
            barred[member].add(past.entity)
    return _Bookings(
        away,
        Counter((seat.inspector, seat.day) for seat in gathered.seats),
        Counter(seat.inspector for seat in gathered.seats),
        barred,
    )


def _build_row(person: Inspector, gathered: Gathered, bookings: _Bookings, days: tuple[date, ...]) -> RosterRow:
    day_cap = gathered.bureau.visits_a_day if person.day_cap is None else person.day_cap
    month_cap = gathered.bureau.visits_a_month if person.month_cap is None else person.month_cap
    free = (
        RosterDay(day=day, cap=day_cap - bookings.filled_days[person.id, day])
        for day in days
        if _is_fit(person, day) and day not in bookings.away.get(person.id, ())
    )
    return RosterRow(
        id=person.id,
        role=RosterRole.EXPERT if person.is_expert else RosterRole.INSPECTOR,
        lead=person.may_lead and not person.is_expert,
        skills=person.skills,
        days=tuple(day for day in free if day.cap >= 1),
        month_cap=max(0, month_cap - bookings.filled[person.id]),
        zones=person.zones,
        barred=tuple(sorted(bookings.barred.get(person.id, ()), key=str.encode)),
    )


def _is_fit(person: Inspector, day: date) -> bool:
    """Say whether somebody may act on a day (ROSTER-1, and leaving the roster of ROSTER-2)."""
    return (
        (person.is_expert or person.certificate is not None)
        and (person.valid_until is None or day <= person.valid_until)
        and (person.retired is None or day < person.retired)
    )
