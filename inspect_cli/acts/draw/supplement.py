"""The act that commits a supplementary draw: from what drops out to a commitment that leaves nothing to choose.

What lives here: looking ahead without writing, and keeping the commitment with the leave, recusals and closed days that come with it,
in one transaction and one row of the act log. What does not: which visits are drawn again (``core.draw.supplement.affected``), the
order (``supplement_order``), what a person is asked about (``prospect``), and the steps after it, which are those of any draw (``steps``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.books import read_books, read_situation
from inspect_cli.acts.draw.chains import find_chain, find_chains
from inspect_cli.acts.draw.drawn_visits import SUPPLEMENT
from inspect_cli.acts.draw.freeze import made_by
from inspect_cli.acts.draw.frozen import next_step, require_readable
from inspect_cli.acts.draw.hours import require_ahead
from inspect_cli.acts.draw.prospect import Prospect
from inspect_cli.acts.draw.steps import Recorded
from inspect_cli.acts.draw.supplement_order import digest_of, read_recusals, read_wishes, settle_closures, settle_leave
from inspect_cli.acts.registry.recusals import require_cause
from inspect_cli.core import people
from inspect_cli.core.canonical import digest, parse_canonical
from inspect_cli.core.draw.commitment import seal_commitment
from inspect_cli.core.draw.rows import (
    parse_others,
    render_entity_rows,
    render_excluded_rows,
    render_inspector_rows,
    render_others,
)
from inspect_cli.core.draw.supplement.affected import find_affected
from inspect_cli.core.draw.supplement.amend import supplement_days
from inspect_cli.core.draw.supplement.build import SupplementRequest, build_supplement
from inspect_cli.core.draw.supplement.situation import Cause
from inspect_cli.core.draw.supplement.wish_check import require_sensible
from inspect_cli.core.people import Role
from inspect_cli.core.plan.slot import choose_slot
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.bundle import AMENDS_LIMIT
from inspect_cli.storage.act_log import Act, add_act, find_acts
from inspect_cli.storage.calendar import add_blackout
from inspect_cli.storage.draws import DrawRecord, DrawState, add_draw, find_slots
from inspect_cli.storage.registries import add_leave, add_recusals

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.acts.draw.supplement_order import SupplementOrder
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


def look_ahead(session: Session, actor: Actor, order: SupplementOrder) -> Prospect:
    """Work out what a supplement would be, and write nothing.

    Raises ``UsageMistake`` where the order speaks of nobody and nothing, ``InputError`` and ``RefusedError`` where it cannot be drawn.
    """
    chain = find_chain(session, order.slot)
    _require_turn(session, chain)
    require_room(chain)
    for source in order.sources:
        require_ahead(source, actor)
    books = read_books(session, chain, order.bureau, actor.day)
    drawn = books.drawn
    if not supplement_days(drawn, order.sources):
        raise RefusedError(
            say("no day of the first draw is left after the sources"),
            hint=say(
                "name earlier sources, or end its visits: inspect-cli visit cancel, or inspect-cli visit carry-over"
            ),
        )
    situation = read_situation(session, books)
    wishes = read_wishes(session, books, order)
    require_sensible(drawn, wishes, situation)
    affected = find_affected(drawn, wishes, situation)
    period = chain.first.period
    request = SupplementRequest(
        slot=choose_slot(period, None, find_slots(session)),
        sources=order.sources,
        changes=affected.changes,
        absent=affected.absent,
        added=wishes.added,
    )
    return Prospect(
        amends=chain.last,
        chain=drawn,
        affected=affected,
        request=request,
        leave=settle_leave(session, order, period, actor.day),
        recusals=read_recusals(session, order),
        closures=settle_closures(session, order, period, actor.day),
        supplement=build_supplement(drawn, request),
    )


def find_ordered(session: Session, order: SupplementOrder) -> DrawRecord | None:
    """Find the supplement that this very order committed before, and that is not void."""
    wanted = digest_of(order)
    slots = set()
    for act in find_acts(session, act=SUPPLEMENT):
        detail = parse_canonical(act.detail.encode())
        if isinstance(detail, dict) and detail.get("order") == wanted:
            slots.add(act.subject)
    return next((one for one in find_chain(session, order.slot).records if one.slot in slots), None)


def confirm(order: SupplementOrder, prospect: Prospect | None) -> SupplementOrder:
    """Give an order with what a person was asked about; None where nobody was."""
    return replace(order, confirmed=prospect)


def commit_supplement(store: Store, actor: Actor, order: SupplementOrder) -> Recorded:
    """Freeze what follows from an order and keep its commitment under the period's next slot; enter what comes with it into the books.

    The same order again gives the commitment that stands. Raises as ``look_ahead`` does, and ``RefusedError`` where another supplement
    waits, something else was confirmed, the actor is no operator, or nobody else approves.
    """
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    people.require_second_person(order.bureau.people, actor, order.approval)
    if order.recused:
        require_cause(order.recusal_reason, order.recusal_note)
    with store.transaction() as session:
        standing = find_ordered(session, order)
        if standing is not None:
            return Recorded(draw=standing, is_new=False)
        prospect = look_ahead(session, actor, order)
        if order.confirmed is not None and order.confirmed != prospect:
            raise RefusedError(
                say("the registries changed while you were asked: nothing was frozen"),
                hint=say("look at it again with --preview, then order it"),
            )
        record = _freeze(prospect, actor, order)
        add_draw(session, record)
        add_leave(session, prospect.leave)
        add_recusals(session, prospect.recusals)
        for closure in prospect.closures:
            add_blackout(session, closure)
        detail = _detail(prospect, record, order)
        add_act(session, actor, Act(act=SUPPLEMENT, subject=record.slot, detail=detail, approval=_loggable(order)))
    return Recorded(draw=record, is_new=True)


def _loggable(order: SupplementOrder) -> Approval:
    """Give the approval as the log may show it: why somebody is recused stays with the recusal."""
    return replace(order.approval, reason=Cause.RECUSAL.value) if order.recused else order.approval


def require_room(chain: DrawChain) -> None:
    """Refuse (``RefusedError``) a supplement of a chain so long that no bundle could hold it, and so nobody could verify it."""
    if len(chain.records) > AMENDS_LIMIT:
        raise RefusedError(
            say(
                "{slot} has {limit} supplements, and a bundle holds no more: another one could not be verified",
                slot=chain.first.slot,
                limit=AMENDS_LIMIT,
            ),
            hint=say("end the visits that cannot be made with inspect-cli visit cancel or visit carry-over"),
        )


def _require_turn(session: Session, chain: DrawChain) -> None:
    """Refuse (``RefusedError``) a supplement while any draw of the period is committed and not drawn."""
    own = chain.pending
    if own is not None and own.amends is not None:
        raise RefusedError(
            say("another supplement of this draw, {slot}, is not drawn yet", slot=own.slot), hint=next_step(own)
        )
    for other in find_chains(session, chain.first.period):
        if other.pending is not None:
            raise RefusedError(
                say("the draw {slot} of this month is committed and not drawn yet", slot=other.pending.slot),
                hint=next_step(other.pending),
            )


def _freeze(prospect: Prospect, actor: Actor, order: SupplementOrder) -> DrawRecord:
    """Make the record, with salts and the further keys."""
    first = prospect.chain.first.commitment
    known = {key: value for key, value in parse_others(first.further).items() if key in {"plan", "matters", "calendar"}}
    added = tuple(
        replace(one, row=replace(one.row, salt=order.salts(f"inspectors/{one.row.id}")))
        for one in prospect.request.added
    )
    further = render_others({**known, **made_by(actor, order.software)})
    made = build_supplement(prospect.chain, replace(prospect.request, added=added, further=further))
    record = DrawRecord(
        slot=made.commitment.slot,
        period=prospect.amends.period,
        state=DrawState.COMMITTED,
        plan=prospect.amends.plan,
        commitment=seal_commitment(made.commitment),
        entities=render_entity_rows(made.frame.entities),
        inspectors=render_inspector_rows(made.frame.inspectors),
        excluded=render_excluded_rows(()),
        amends=prospect.amends.slot,
    )
    require_readable(record)
    return record


def _detail(prospect: Prospect, record: DrawRecord, order: SupplementOrder) -> dict[str, JSON]:
    """Give what the log says of it; of a recusal the pair alone."""
    affected = prospect.affected
    return {
        "amends": prospect.amends.slot,
        "commitment": digest(record.commitment),
        "order": digest_of(order),
        "visits": [change.entity for change in affected.changes],
        "absent": [absence.id for absence in affected.absent],
        "added": [one.row.id for one in prospect.request.added],
        "leave": [f"{one.inspector} {one.first.isoformat()}..{one.last.isoformat()}" for one in prospect.leave],
        "recusals": [f"{one.inspector} {one.entity}" for one in prospect.recusals],
        "closures": [
            f"{one.entity or '*'} {one.first.isoformat()}..{one.last.isoformat()}" for one in prospect.closures
        ],
    }
