"""Moving a visit to another day. Which days that can be is ``core.visit.move``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains, read_chain
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core import people
from inspect_cli.core.draw.rows import parse_inspector_rows
from inspect_cli.core.draw.supplement.standing import standing_of
from inspect_cli.core.people import Role
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.registry.number import name_frozen
from inspect_cli.core.registry.recused import is_concerned
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.ending import require_ahead
from inspect_cli.core.visit.move import Companion, MoveCase, require_possible
from inspect_cli.errors import RefusedError, StoreError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.registries import find_entity, find_inspector, find_leave, find_recusals
from inspect_cli.storage.visits import add_visit_changes, find_visit, update_visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.acts.visit.in_force import ChainInForce
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.supplement.standing import Standing
    from inspect_cli.core.names import EntityId, InspectorId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.schedule import ScheduledVisit, Seat
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOrder:
    """Which visit goes to which day, and why; the slot is any of its chain."""

    bureau: Bureau
    slot: Slot
    entity: EntityId
    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The visit's draw, where it was and where it is; ``is_new`` is false when it was there already."""

    slot: Slot
    entity: EntityId
    from_day: date
    to_day: date
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A visit as its schedule shows it, its company's group by now, the others in force in the month, and whom undrawn draws claim when."""

    own: ScheduledVisit
    group: str | None
    others: tuple[ScheduledVisit, ...]
    claimed: Mapping[InspectorId, Mapping[date, Slot]]


def move_visit(store: Store, actor: Actor, order: MoveOrder) -> Moved:
    """Move a visit to another day, the team as it is; a visit that is there already is left as it is.

    Raises ``UsageMistake`` where there is no such visit or no reason, ``RefusedError`` where the visit has an end, is open or held, or
    cannot be moved to that day: then the message says who cannot and which days would do.
    """
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    if not order.reason.strip():
        raise UsageMistake(say("a visit is moved for a reason"), hint=say("give it with --reason TEXT"))
    with store.transaction() as session:
        state = read_in_force(session, order.slot)
        (visit,) = state.require([order.entity])
        before = _require_day(visit)
        moved = Moved(
            slot=visit.slot, entity=visit.entity, from_day=before, to_day=order.day, is_new=order.day != before
        )
        if not moved.is_new:
            return moved
        require_possible(_gather(session, state, visit, actor.day), order.day)
        _keep(session, moved, order, actor)
    return moved


def read_case(session: Session, slot: Slot, entity: EntityId, today: date) -> MoveCase:
    """Read all that decides where a visit can be moved; raises as ``move_visit``."""
    state = read_in_force(session, slot)
    (visit,) = state.require([entity])
    _require_day(visit)
    return _gather(session, state, visit, today)


def _require_day(visit: VisitInForce) -> date:
    """Refuse a visit that nothing can become of, or that is open (MOVE-1)."""
    require_ahead(visit)
    if visit.day is None:
        raise RefusedError(
            say("the visit to {entity} is open: there is no team that could go on another day", entity=visit.entity),
            hint=say("a supplementary draw finds a team: inspect-cli draw supplement {slot}", slot=visit.slot),
        )
    return visit.day


def _keep(session: Session, moved: Moved, order: MoveOrder, actor: Actor) -> None:
    record = find_visit(session, moved.slot, moved.entity)
    if record is None:
        raise StoreError(say("{slot} has no visit to {entity}", slot=moved.slot, entity=moved.entity))
    change = VisitChange(
        slot=moved.slot,
        entity=moved.entity,
        kind=ChangeKind.MOVED,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        actor=actor.name,
        reason=order.reason.strip(),
        from_day=moved.from_day,
        to_day=moved.to_day,
    )
    add_visit_changes(session, [change])
    update_visit(session, replace(record, day=moved.to_day))
    days = {"from": moved.from_day.isoformat(), "to": moved.to_day.isoformat(), "reason": change.reason}
    add_act(session, actor, Act(act="schedule move", subject=f"{moved.slot} {moved.entity}", detail=dict(days)))


def _gather(session: Session, state: ChainInForce, visit: VisitInForce, today: date) -> MoveCase:
    chain = read_chain(state.chain)
    standing = standing_of(chain)
    row, entity = standing.rows[visit.entity], find_entity(session, state.numbers.current(visit.entity))
    month = _read_month(session, visit, None if entity is None else entity.group)
    first, last = first_day(visit.period), last_day(visit.period)
    return MoveCase(
        slot=state.chain.first.slot,
        entity=visit.entity,
        zone=(None if entity is None else entity.zone) or row.zone,
        day=_require_day(visit),
        today=today,
        days=_days(chain.first.commitment.days),
        own_days=None if row.days is None else frozenset(_days(row.days)),
        closed=frozenset(_days(standing.closed.get(visit.entity, ()))),
        blackouts=name_frozen(state.numbers, state.visits).spread(find_blackouts(session, first=first, last=last)),
        team=tuple(_companion(session, seat, standing, month) for seat in month.own.seats),
    )


def _read_month(session: Session, visit: VisitInForce, group: str | None) -> _Month:
    visits: dict[tuple[Slot, EntityId], ScheduledVisit] = {}
    claimed: dict[InspectorId, dict[date, Slot]] = {}
    for chain in find_chains(session, visit.period):
        if chain.drawn:
            schedule = read_schedule(session, chain.first.slot)
            visits.update(((one.slot, one.entity), one) for one in schedule.visits)
        if chain.pending is not None:
            for row in parse_inspector_rows(chain.pending.inspectors):
                days = claimed.setdefault(row.id, {})
                days.update((date.fromisoformat(day), chain.pending.slot) for day, _cap in row.days)
    own = visits.pop((visit.slot, visit.entity))
    return _Month(own=own, group=group, others=tuple(visits.values()), claimed=claimed)


def _companion(session: Session, seat: Seat, standing: Standing, month: _Month) -> Companion:
    row = standing.roster[seat.id]
    others = (one for one in month.others if any(each.id == seat.id for each in one.seats))
    return Companion(
        id=seat.id,
        name=seat.name,
        days=frozenset(_days(day for day, _cap in row.days)),
        person=find_inspector(session, seat.id),
        leave=find_leave(session, inspector=seat.id),
        recusals=tuple(
            one for one in find_recusals(session, inspector=seat.id) if is_concerned(one, month.own.number, month.group)
        ),
        booked={one.day: one.entity for one in others if one.day is not None},
        claimed=month.claimed.get(seat.id, {}),
    )


def _days(days: Iterable[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in days)
