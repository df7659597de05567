"""Who can visit in the period: the roster's rows as a draw freezes them, salts aside.

Rules:

ROSTER-1  An inspector works on the days on which the certificate (执法证) is valid; without a certificate on none. An expert needs none,
          but one that is stated must be valid.
ROSTER-2  Nobody works on leave, nor from the day on which they left the roster, nor at all while not in service (人员状态 失效).
ROSTER-3  A day belongs to one draw: one on which another draw of the period has given somebody a seat, or on which they were at a
          visit of another draw that was moved there or made then, falls away. The day's cap is the person's own, else the bureau's.
          The month's cap is the person's own, else the squad's, else the bureau's, less the places that other draws have filled,
          never below 0.
ROSTER-4  Whoever has no day left is not on the roster.
ROSTER-5  Barred are the entities of recusals (回避) in force on any day of the period, in the frame or not, those of a group too
          (RECUSE-5). Their reasons stay behind.
ROSTER-6  Whoever was on the team at an entity's last visit is barred from it: never the same inspector twice in a row. Counted is when
          the visit was made, or is to be made; one that was cancelled or carried over is none. The settings can set this aside.
ROSTER-7  A day that stands on the roster of another draw of the period which is committed and not yet drawn falls away: two such
          draws never count on the same person. As many visits of the month as that draw can give somebody count as filled.
ROSTER-8  Members of a squad (中队) work on the squad's weekdays only. Somebody visits the zones that both they and their squad have; who
          has none left is not on the roster. The settings can let everybody visit any zone.
ROSTER-9  Where the settings say so, the month's cap is in proportion: × the days on which somebody can work ÷ the plan's days, rounded
          up. Days that other draws have taken are still days on which they can work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.bureau import ZoneRule
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.registry.recused import find_recused

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.bureau import Bureau, Squad
    from inspect_cli.core.names import Domain, EntityId, InspectorId
    from inspect_cli.core.plan.frame.gathered import Gathered
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
    """What other rows of the store say about each person: days of leave, days and places of other draws, entities barred."""

    leave: dict[InspectorId, set[date]]
    taken: dict[InspectorId, set[date]]
    filled: Counter[InspectorId]
    barred: dict[InspectorId, set[EntityId]]


def build_roster(gathered: Gathered, days: tuple[date, ...]) -> tuple[RosterRow, ...]:
    """Work out who can work on which of the plan's ``days`` (ROSTER-1 to ROSTER-9), sorted by id."""
    bookings = _collect_bookings(gathered, days)
    rows = (_build_row(person, gathered, bookings, days) for person in gathered.inspectors)
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: row.id.encode()))


def build_row(person: Inspector, gathered: Gathered, days: tuple[date, ...]) -> RosterRow | None:
    """Work out one person's row over the plan's ``days`` as ``build_roster`` does; None where they are not on the roster."""
    return _build_row(person, gathered, _collect_bookings(gathered, days), days)


def find_common_zones(person: Inspector, bureau: Bureau) -> tuple[str, ...] | None:
    """Find the zones that somebody visits (ROSTER-8), sorted: none for any zone, None where they and their squad have none in common."""
    squad = bureau.find_squad(person.squad)
    if bureau.rules.zones is ZoneRule.ANY:
        return ()
    if squad is None or not squad.zones:
        return person.zones
    if not person.zones:
        return squad.zones
    return tuple(zone for zone in person.zones if zone in squad.zones) or None


def find_day_cap(person: Inspector, bureau: Bureau) -> int:
    """Find how many visits a day somebody may have (ROSTER-3)."""
    return bureau.visits_a_day if person.day_cap is None else person.day_cap


def find_month_cap(person: Inspector, bureau: Bureau) -> int:
    """Find how many visits a month somebody may have, those that other draws have filled among them (ROSTER-3)."""
    if person.month_cap is not None:
        return person.month_cap
    squad = bureau.find_squad(person.squad)
    if squad is not None and squad.visits_a_month is not None:
        return squad.visits_a_month
    return bureau.visits_a_month


def _collect_bookings(gathered: Gathered, days: tuple[date, ...]) -> _Bookings:
    leave: dict[InspectorId, set[date]] = defaultdict(set)
    for each in gathered.leave:
        leave[each.inspector].update(day for day in days if each.covers(day))
    taken: dict[InspectorId, set[date]] = defaultdict(set)
    for seat in (*gathered.seats, *gathered.taken, *(seat for draw in gathered.undrawn for seat in draw.days)):
        taken[seat.inspector].add(seat.day)
    filled = Counter(seat.inspector for seat in gathered.seats)
    for draw in gathered.undrawn:
        filled.update(dict(draw.most))
    return _Bookings(leave, taken, filled, _collect_bars(gathered))


def _collect_bars(gathered: Gathered) -> dict[InspectorId, set[EntityId]]:
    """Collect whom each person must not visit (ROSTER-5, ROSTER-6)."""
    first, last = first_day(gathered.plan.period), last_day(gathered.plan.period)
    barred: dict[InspectorId, set[EntityId]] = defaultdict(set)
    groups = ((entity.id, entity.group) for entity in gathered.entities)
    for inspector, entity in find_recused(gathered.recusals, groups, first, last):
        barred[inspector].add(entity)
    for past in gathered.past_teams if gathered.bureau.rules.rotation else ():
        for member in past.team:
            barred[member].add(past.entity)
    return barred


def _build_row(person: Inspector, gathered: Gathered, bookings: _Bookings, days: tuple[date, ...]) -> RosterRow | None:
    bureau = gathered.bureau
    squad, zones = bureau.find_squad(person.squad), find_common_zones(person, bureau)
    day_cap = find_day_cap(person, bureau)
    away, taken = bookings.leave.get(person.id, ()), bookings.taken.get(person.id, ())
    at_work = [day for day in days if day not in away and person.may_act_on(day) and is_squad_day(squad, day)]
    free = [day for day in at_work if day not in taken]
    if not free or day_cap < 1 or zones is None:
        return None
    month_cap = find_month_cap(person, bureau)
    if bureau.rules.month_cap_in_proportion:
        month_cap = -(-month_cap * len(at_work) // len(days))
    return RosterRow(
        id=person.id,
        role=RosterRole.EXPERT if person.is_expert else RosterRole.INSPECTOR,
        lead=person.may_lead and not person.is_expert,
        skills=person.skills,
        days=tuple(RosterDay(day=day, cap=day_cap) for day in free),
        month_cap=max(0, month_cap - bookings.filled[person.id]),
        zones=zones,
        barred=tuple(sorted(bookings.barred.get(person.id, ()), key=str.encode)),
    )


def is_squad_day(squad: Squad | None, day: date) -> bool:
    """Say whether a squad works on a day (ROSTER-8)."""
    return squad is None or not squad.weekdays or day.weekday() in squad.weekdays
