"""Ending visits without a result: cancelled, or carried over to a later month. When that may be is ``core.visit.ending``'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_periods, read_chain
from inspect_cli.acts.visit.dossier import find_names
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.core import people
from inspect_cli.core.draw.supplement.standing import days_left, standing_of
from inspect_cli.core.people import Role
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.ending import Ending, choose_period, require_ending, require_period
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.visits import add_visit_changes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.visit.in_force import ChainInForce
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOrder:
    """Which visits end, and by whose leave; the slot is any of the chain.

    ``open_ones`` takes, beside the ``entities``, every open visit that no day is left for. ``to_period`` is where they are carried
    over to; None lets the rules choose.
    """

    bureau: Bureau
    slot: Slot
    approval: Approval
    entities: tuple[EntityId, ...] = ()
    open_ones: bool = False
    to_period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The visits that ended so, sorted; ``standing`` had before. Of those that ended now, a supplement could have staffed ``staffable``.

    ``has_draw`` says that something was committed already in the month to which they were carried over.
    """

    slot: Slot
    to_period: Period | None
    ended: tuple[EntityId, ...]
    standing: tuple[EntityId, ...]
    staffable: tuple[EntityId, ...]
    has_draw: bool


def cancel_visits(store: Store, actor: Actor, order: EndOrder) -> Ended:
    """Cancel visits (取消) for a reason, with a second person's approval; the same again changes nothing.

    All of them or none. Raises ``UsageMistake`` where there is no such visit, ``RefusedError`` where one has another end or a result,
    is held by a supplement, or its company is gone, which is a result.
    """
    return _end_visits(store, actor, order, ChangeKind.CANCELLED)


def carry_over_visits(store: Store, actor: Actor, order: EndOrder) -> Ended:
    """Carry visits over (结转) to a later month, whose plan takes them whatever its quotas say; raises as ``cancel_visits``."""
    return _end_visits(store, actor, order, ChangeKind.CARRIED_OVER)


def name_visits(session: Session, actor: Actor, order: EndOrder) -> tuple[tuple[VisitInForce, str], ...]:
    """Say which visits an order would end, with the companies' frozen names.

    Raises where the actor or the approver may not end them, or there is no such visit.
    """
    _require_leave(actor, order)
    state = read_in_force(session, order.slot)
    names = find_names(state.chain)
    meant = _choose(state, order, _staffable(state, actor.day))
    return tuple((visit, names.get(visit.entity, visit.entity)) for visit in meant if visit.end is None)


def _require_leave(actor: Actor, order: EndOrder) -> None:
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    people.require_second_person(order.bureau.people, actor, order.approval)
    if not order.entities and not order.open_ones:
        raise UsageMistake(say("no visit was named"), hint=say("name the entities, or all open visits with --open"))


def _end_visits(store: Store, actor: Actor, order: EndOrder, kind: ChangeKind) -> Ended:
    _require_leave(actor, order)
    with store.transaction() as session:
        state = read_in_force(session, order.slot)
        staffable = _staffable(state, actor.day)
        meant = _choose(state, order, staffable)
        named = frozenset(visit.entity for visit in state.require(order.entities))
        drawn = find_periods(session)
        is_carried = kind is ChangeKind.CARRIED_OVER and bool(meant)
        ending = Ending(
            reason=order.approval.reason,
            approver=order.approval.approver,
            to_period=_choose_month(order, meant, actor.day, drawn) if is_carried else None,
        )
        done = tuple(visit for visit in meant if ending.is_done(visit.end))
        # With --open alone, visits that ended otherwise are not meant.
        new = tuple(visit for visit in meant if visit not in done and (visit.entity in named or visit.end is None))
        for visit in new:
            require_ending(visit, ending)
        if new:
            require_period(ending.to_period, actor.day)
            _keep(session, actor, order, [_make_change(visit, ending, actor) for visit in new])
    return Ended(
        slot=state.chain.first.slot,
        to_period=ending.to_period,
        ended=tuple(visit.entity for visit in new),
        standing=tuple(visit.entity for visit in done),
        staffable=tuple(visit.entity for visit in new if visit.entity in staffable),
        has_draw=ending.to_period in drawn,
    )


def _choose_month(order: EndOrder, meant: tuple[VisitInForce, ...], today: date, drawn: Collection[Period]) -> Period:
    """Choose the month to which visits are carried over (END-4); in ``drawn`` something was committed already.

    Visits that were carried over before are not sent to another month because the first one has got its draw since.
    """
    before = sorted(visit.end.to_period for visit in meant if visit.end is not None and visit.end.to_period is not None)
    return order.to_period or next(iter(before), None) or choose_period(meant[0].period, today, drawn)


def _staffable(state: ChainInForce, today: date) -> frozenset[EntityId]:
    """Name the open visits that a supplement could still staff: a day after today is left for them."""
    chain = read_chain(state.chain)
    days = [day for day in chain.first.commitment.days if day > today.isoformat()]
    standing = standing_of(chain)
    return frozenset(
        visit.entity
        for visit in state.visits.values()
        if visit.state is VisitState.OPEN and days_left(standing, visit.entity, days)
    )


def _choose(state: ChainInForce, order: EndOrder, staffable: frozenset[EntityId]) -> tuple[VisitInForce, ...]:
    """Choose the visits that are meant: the named ones, and with ``open_ones`` those that no day is left for."""
    wanted = list(order.entities)
    if order.open_ones:
        visits = state.visits.values()
        wanted += [one.entity for one in visits if one.state is VisitState.OPEN and one.entity not in staffable]
    return state.require(wanted)


def _make_change(visit: VisitInForce, ending: Ending, actor: Actor) -> VisitChange:
    return VisitChange(
        slot=visit.slot,
        entity=visit.entity,
        kind=ChangeKind.CANCELLED if ending.to_period is None else ChangeKind.CARRIED_OVER,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        actor=actor.name,
        reason=ending.reason,
        from_day=visit.day,
        to_period=ending.to_period,
        approver=ending.approver,
    )


def _keep(session: Session, actor: Actor, order: EndOrder, changes: list[VisitChange]) -> None:
    add_visit_changes(session, changes)
    kind, to_period = changes[0].kind, changes[0].to_period
    visits: dict[str, JSON] = {change.entity: change.slot for change in changes}
    detail: dict[str, JSON] = {"visits": visits} | ({} if to_period is None else {"to": to_period})
    act = "visit cancel" if kind is ChangeKind.CANCELLED else "visit carry-over"
    subject = " ".join([order.slot, *visits])
    add_act(session, actor, Act(act=act, subject=subject, detail=detail, approval=order.approval))
