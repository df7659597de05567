"""Moving a visit to another day (改期): the same team goes on a day on which all of them can. Nothing is drawn.

What lives here: on which days that is possible, and why not on the others. What does not: whether the visit may be touched at all
(``ending``), and keeping the new day.

Rules:

MOVE-1  Moved is a visit that has a day; an open one is for a supplement. Its team stays as it is.
MOVE-2  The new day is one of the first draw's days and lies after today.
MOVE-3  The entity can be visited on that day: it is among the days of its row, where that has days, no supplement closed it, and there is
        no blackout of the entity, of its zone, or of the bureau.
MOVE-4  Each member and the expert can work that day: it stands on the roster as it was frozen and changed by supplements, and today's
        registry has no leave, no lapsed certificate and no departure that day, has them in service, and no recusal from the entity.
MOVE-5  None of them has another visit that day, in whatever draw of the month.
MOVE-6  None of them can be seated that day by a draw of the month that is committed and not yet drawn.
MOVE-7  It takes a reason and no approver. The day that the visit has already changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.errors import Message, RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from inspect_cli.core.names import EntityId, InspectorId, Slot
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Somebody on the visit: the days of their frozen row, and what else is known of them.

    ``person`` is today's row of the registry, None where it has none; ``recusals`` are those from the entity; ``booked`` are their other
    visits of the month, by day, and ``claimed`` the days on which a draw that is not drawn yet can seat them, each with its slot.
    """

    id: InspectorId
    name: str
    days: frozenset[date]
    person: Inspector | None = None
    leave: tuple[Leave, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    booked: Mapping[date, EntityId]
    claimed: Mapping[date, Slot]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase:
    """A visit that is on ``day``, and all that decides where it can go.

    ``days`` are the first draw's, sorted; ``own_days`` those of the entity's row (None: any), ``closed`` what supplements closed.
    """

    slot: Slot
    entity: EntityId
    zone: str | None
    day: date
    today: date
    days: tuple[date, ...]
    own_days: frozenset[date] | None
    closed: frozenset[date]
    blackouts: tuple[Blackout, ...]
    team: tuple[Companion, ...]


def find_obstacles(case: MoveCase, day: date) -> tuple[Message, ...]:
    """Say everything that forbids a day (MOVE-2 to MOVE-6); nothing where the visit can go there."""
    if day not in case.days:
        return (say("it is no day of the draw {slot}", slot=case.slot),)
    if day <= case.today:
        return (say("it is not after today, {today}", today=case.today.isoformat()),)
    return (*_entity_obstacles(case, day), *(one for each in case.team for one in _person_obstacles(each, day)))


def possible_days(case: MoveCase) -> tuple[date, ...]:
    """Give the other days to which a visit can be moved, in order."""
    return tuple(day for day in case.days if day != case.day and not find_obstacles(case, day))


def require_possible(case: MoveCase, day: date) -> None:
    """Refuse (``RefusedError``) a day to which a visit cannot be moved, with the reasons and the days that would do."""
    obstacles = find_obstacles(case, day)
    if not obstacles:
        return
    others = tuple(one.isoformat() for one in possible_days(case))
    raise RefusedError(
        say(
            "the visit to {entity} cannot be moved to {day}: {reasons}",
            entity=case.entity,
            day=day.isoformat(),
            reasons=obstacles,
        ),
        hint=say(
            "these days would do: {days}; inspect-cli schedule move {slot} {entity} DAY --reason TEXT",
            days=others,
            slot=case.slot,
            entity=case.entity,
        )
        if others
        else say(
            "no other day would do for this team; a supplementary draw finds another: inspect-cli draw supplement {slot}",
            slot=case.slot,
        ),
    )


def _entity_obstacles(case: MoveCase, day: date) -> Iterator[Message]:
    """Say why the entity cannot be visited (MOVE-3)."""
    if case.own_days is not None and day not in case.own_days:
        yield say("{entity} can be visited on other days only", entity=case.entity)
    if day in case.closed:
        yield say("a supplementary draw closed that day for {entity}", entity=case.entity)
    for blackout in case.blackouts:
        if blackout.covers(day) and blackout.concerns(case.entity, case.zone):
            yield say("no visits that day: {reason}", reason=blackout.reason)


def _person_obstacles(one: Companion, day: date) -> Iterator[Message]:
    """Say why somebody cannot go (MOVE-4 to MOVE-6)."""
    if any(leave.covers(day) for leave in one.leave):
        yield say("{name} is on leave", name=one.name)
    elif day not in one.days:
        yield say("{name} is not on the roster that day", name=one.name)
    person = one.person
    if person is not None and person.valid_until is not None and person.valid_until < day:
        yield say("the certificate of {name} ends on {last}", name=one.name, last=person.valid_until.isoformat())
    if person is not None and person.retired is not None and person.retired <= day:
        yield say("{name} has left the roster", name=one.name)
    if person is not None and not person.in_service:
        yield say("{name} is not in service", name=one.name)
    if any(each.is_in_force(day, day) for each in one.recusals):
        yield say("{name} is recused from this visit", name=one.name)
    if day in one.booked:
        yield say("{name} visits {entity} that day", name=one.name, entity=one.booked[day])
    if day in one.claimed:
        yield say("{slot}, which is not drawn yet, can seat {name} that day", slot=one.claimed[day], name=one.name)
