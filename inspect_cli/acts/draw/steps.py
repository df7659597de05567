"""The acts of a draw: commit, seed, run, void. Each is one transaction and one row of the act log; the rules are in ``core``.

What a draw read is stored with it as frozen bytes, so that a later edit of a registry never changes its history. Each act can be
repeated: the same call again gives what is recorded and writes nothing, a different one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.answers import answer_promises, require_failed_beacon
from inspect_cli.acts.draw.chains import find_chain
from inspect_cli.acts.draw.drawn_visits import keep_visits
from inspect_cli.acts.draw.freeze import make_commitment
from inspect_cli.acts.draw.frozen import find_ceremony, require_draw, require_readable, stored_entropy
from inspect_cli.acts.draw.hours import require_ahead, require_known
from inspect_cli.acts.plan import check as plans
from inspect_cli.core import people
from inspect_cli.core.canonical import digest, render_canonical
from inspect_cli.core.draw.ceremony import Ceremony, is_said_anew, render_ceremony
from inspect_cli.core.draw.commitment import parse_commitment, seal_commitment
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.relayed import Answer
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.draw.rows import (
    parse_entity_rows,
    parse_inspector_rows,
    render_entity_rows,
    render_excluded_rows,
    render_inspector_rows,
)
from inspect_cli.core.draw.seed import entropy_values, seed_of
from inspect_cli.core.people import Role
from inspect_cli.core.plan.slot import choose_slot
from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.act_log import JSON, Act, add_act
from inspect_cli.storage.draws import (
    DrawRecord,
    DrawState,
    add_draw,
    find_draws,
    find_slots,
    keep_result,
    keep_seed,
    keep_void,
)
from inspect_cli.storage.results import find_visited

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.acts.draw.freeze import CommitOrder
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Slot
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A draw as it now stands in the store; ``is_new`` is false when the act had been done before."""

    draw: DrawRecord
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedOrder:
    """The values of a draw's sources, one for each, in the order of its promises; ``answers`` where any has a proof."""

    bureau: Bureau
    slot: Slot
    values: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """Which draw is to be made, and how it was held."""

    bureau: Bureau
    slot: Slot
    ceremony: Ceremony = field(default_factory=Ceremony)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidOrder:
    """Which draw is to be void, and by whose leave."""

    bureau: Bureau
    slot: Slot
    approval: Approval


def find_standing(session: Session, plan: Plan) -> DrawRecord | None:
    """Find the first draw that was committed from this very plan and is not void; its supplements keep the plan, but are not it."""
    draws = (one for one in find_draws(session, plan.period) if one.amends is None and one.state is not DrawState.VOID)
    return next((one for one in draws if one.plan == plan.text), None)


def require_turn_of_seed(record: DrawRecord, bureau: Bureau, actor: Actor) -> None:
    """Refuse (``RefusedError``) values of a draw that is void or whose sources nobody can know yet, or from who is no operator."""
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    _require_not_void(record)
    if record.entropy is None:
        for source in parse_commitment(record.commitment).sources:
            require_known(source, actor)


def commit(store: Store, actor: Actor, order: CommitOrder) -> Recorded:
    """Freeze the plan's frame and keep its commitment under a slot that was never used.

    The same plan again gives the commitment that stands. Raises ``InputError`` where the plan cannot be met, ``RefusedError``
    where a source is known already, the slot is taken, another frame was confirmed, or the actor is no operator.
    """
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    plan = order.plan
    with store.transaction() as session:
        standing = find_standing(session, plan)
        if standing is not None:
            return Recorded(draw=standing, is_new=False)
        slot = choose_slot(plan.period, plan.slot_number, find_slots(session))
        frame = plans.require_frame(session, plan, order.bureau, actor.day)
        _require_confirmed(frame, order)
        commitment, frozen = make_commitment(frame, slot, actor, order)
        for source in commitment.sources:
            require_ahead(source, actor)
        record = DrawRecord(
            slot=slot,
            period=plan.period,
            state=DrawState.COMMITTED,
            plan=plan.text,
            commitment=seal_commitment(commitment),
            entities=render_entity_rows(frozen.entities),
            inspectors=render_inspector_rows(frozen.inspectors),
            excluded=render_excluded_rows(frozen.excluded),
        )
        require_readable(record)
        add_draw(session, record)
        detail: dict[str, JSON] = {"commitment": digest(record.commitment), "plan": digest(plan.text)}
        add_act(session, actor, Act(act="draw commit", subject=slot, detail=detail))
    return Recorded(draw=record, is_new=True)


def keep_values(store: Store, actor: Actor, order: SeedOrder) -> Recorded:
    """Keep the values of a draw's sources, in the order of its promises, and the seed that follows; once and for ever.

    Raises ``InputError`` where a value has not its kind's form or its proof does not hold, ``RefusedError`` where another one is
    recorded, the time of a source has not come, or the draw is void.
    """
    slot = order.slot
    with store.transaction() as session:
        record = require_draw(session, slot)
        require_turn_of_seed(record, order.bureau, actor)
        answers = order.answers or tuple(Answer(value=value) for value in order.values)
        entropy = answer_promises(slot, parse_commitment(record.commitment).sources, answers)
        data = render_canonical([entropy_values(entry) for entry in entropy])
        if record.entropy is not None:
            _require_same(slot, record.entropy == data)
            return Recorded(draw=record, is_new=False)
        seed = seed_of(digest(record.commitment), entropy)
        keep_seed(session, slot, entropy=data, seed=seed)
        detail: dict[str, JSON] = {"seed": seed, "values": [entry.value for entry in entropy]}
        add_act(session, actor, Act(act="draw seed", subject=slot, detail=detail))
    return Recorded(draw=replace(record, state=DrawState.SEEDED, entropy=data, seed=seed), is_new=True)


def run(store: Store, actor: Actor, order: RunOrder) -> Recorded:
    """Draw: keep the one result that commitment, rows and seed allow, and its visits, and how it was held.

    The same again gives the recorded result; ``RefusedError`` where it was held otherwise, or there is no seed yet.
    """
    slot = order.slot
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        record = require_draw(session, slot)
        _require_not_void(record)
        if record.result is not None:
            if is_said_anew(find_ceremony(session, slot), order.ceremony):
                add_act(session, actor, Act(act="draw ceremony", subject=slot, detail=render_ceremony(order.ceremony)))
            return Recorded(draw=record, is_new=False)
        if record.entropy is None:
            raise RefusedError(
                say("the draw {slot} has no seed yet", slot=slot),
                hint=say("when its sources are known: inspect-cli draw seed {slot}", slot=slot),
            )
        result = draw(
            parse_commitment(record.commitment),
            parse_entity_rows(record.entities),
            parse_inspector_rows(record.inspectors),
            stored_entropy(record),
        )
        data = render_result(result)
        keep_result(session, slot, result=data)
        keep_visits(session, actor, record, result)
        detail: dict[str, JSON] = {
            "result": digest(data),
            "visits": len(result.visits),
            **render_ceremony(order.ceremony),
        }
        add_act(session, actor, Act(act="draw run", subject=slot, detail=detail))
    return Recorded(draw=replace(record, state=DrawState.DRAWN, result=data), is_new=True)


def void(store: Store, actor: Actor, order: VoidOrder) -> Recorded:
    """Declare a draw void (作废) with a second person's approval and a reason; it stays on record, and its name is used up."""
    slot, approval = order.slot, order.approval
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    people.require_second_person(order.bureau.people, actor, approval)
    with store.transaction() as session:
        record = require_draw(session, slot)
        if record.state is DrawState.VOID:
            _require_same_void(record, approval)
            return Recorded(draw=record, is_new=False)
        _require_unsupplemented(session, record)
        require_failed_beacon(record, approval, actor)
        # A result that was returned counts too, unless nobody went: what was found is known, and nothing is drawn until it fits.
        if find_visited(session, slot):
            raise RefusedError(
                say("the draw {slot} cannot be voided: results of its visits are recorded", slot=slot),
                hint=say("draw again what has to be: inspect-cli draw supplement {slot}", slot=slot),
            )
        keep_void(session, slot, reason=approval.reason)
        detail = {"state": record.state.value}
        add_act(session, actor, Act(act="draw void", subject=slot, detail=detail, approval=approval))
    return Recorded(draw=replace(record, state=DrawState.VOID, void_reason=approval.reason), is_new=True)


def _require_confirmed(frame: Frame, order: CommitOrder) -> None:
    """Refuse to freeze anything but what the person was asked about."""
    if order.confirmed is not None and order.confirmed != frame:
        raise RefusedError(
            say("the registries changed while you were asked: nothing was frozen"),
            hint=say("look at the plan again with inspect-cli plan check, then commit it"),
        )


def _require_not_void(record: DrawRecord) -> None:
    if record.state is DrawState.VOID:
        raise RefusedError(
            say("the draw {slot} is void", slot=record.slot),
            hint=say("commit the plan again, it takes the next slot of its period: inspect-cli draw commit PLAN")
            if record.amends is None
            else say("order it anew: inspect-cli draw supplement {slot}", slot=record.amends),
        )


def _require_unsupplemented(session: Session, record: DrawRecord) -> None:
    """Refuse to void what other draws rest on, and a supplement that is drawn: that would be drawing until it fits."""
    if record.amends is not None:
        if record.result is not None:
            raise RefusedError(
                say(
                    "the supplement {slot} is drawn, and cannot be voided: nothing is drawn until it fits",
                    slot=record.slot,
                ),
                hint=say("draw again what has to be: inspect-cli draw supplement {slot}", slot=record.slot),
            )
        return
    later = find_chain(session, record.slot).records[1:]
    if later:
        raise RefusedError(
            say(
                "the draw {slot} cannot be voided: {later} is a supplement of it",
                slot=record.slot,
                later=later[-1].slot,
            ),
            hint=say(
                "a supplement that is not drawn can be voided; single visits end by inspect-cli visit cancel or visit carry-over"
            ),
        )


def _require_same_void(record: DrawRecord, approval: Approval) -> None:
    if record.void_reason != approval.reason:
        raise RefusedError(
            say("{slot} is void already, for another reason: {reason}", slot=record.slot, reason=record.void_reason),
            hint=say("nothing is left to do; see it with inspect-cli draw show {slot}", slot=record.slot),
        )


def _require_same(slot: Slot, is_same: bool) -> None:
    if not is_same:
        raise RefusedError(
            say("something else is recorded for {slot}, and it is never changed", slot=slot),
            hint=say(
                "see it with inspect-cli draw show {slot}; a wrong draw is voided with inspect-cli draw void", slot=slot
            ),
        )
