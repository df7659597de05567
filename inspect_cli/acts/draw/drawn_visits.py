"""The visits that a draw's result leaves in the store, and what a supplement's do to those that stood before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_standing_visits
from inspect_cli.core.draw.commitment import parse_commitment, require_amends
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import StoreError, say
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.visits import VisitRecord, add_visit_changes, add_visits

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.draw.result import Result, Visit
    from inspect_cli.core.names import Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.storage.act_log import ActRecord
    from inspect_cli.storage.draws import DrawRecord

SUPPLEMENT = "draw supplement"
"""The act that commits a supplementary draw, as the log names it."""


def keep_visits(session: Session, actor: Actor, record: DrawRecord, result: Result) -> None:
    """Keep the visits of a draw that is run; those that a supplement replaces end by it (END-1).

    A visit that was cancelled or carried over stays ended: where a supplement had to name it, its new visit is not kept. Who ordered
    and who approved the supplement answers for the change, whoever runs the draw.
    """
    if record.amends is None:
        add_visits(session, (_visit_record(record.slot, visit) for visit in result.visits))
        return
    chain = find_chain(session, record.amends)
    standing = {visit.record.entity: visit for visit in find_standing_visits(session, chain)}
    reasons = {one.entity: one.reason for one in require_amends(parse_commitment(record.commitment)).changes}
    ordered = find_supplement(session, record.slot)
    made = [visit for visit in result.visits if standing[visit.entity].end is None]
    add_visits(session, (_visit_record(record.slot, visit) for visit in made))
    before = (standing[visit.entity].record for visit in made)
    changes = (
        VisitChange(
            slot=visit.slot,
            entity=visit.entity,
            kind=ChangeKind.REPLACED,
            clock=actor.clock.isoformat(timespec="seconds"),
            day=actor.day,
            actor=ordered.actor,
            reason=reasons[visit.entity],
            from_day=visit.day,
            by_slot=record.slot,
            approver=ordered.approver,
        )
        for visit in before
    )
    add_visit_changes(session, changes)


def find_supplement(session: Session, slot: Slot) -> ActRecord:
    """Find in the log the act that committed a supplement; ``StoreError`` where the log has lost it."""
    for act in find_acts(session, act=SUPPLEMENT, subject=slot, limit=1):
        return act
    raise StoreError(
        say("the log does not say who approved the supplement {slot}", slot=slot),
        hint=say("check the store with inspect-cli db check"),
    )


def _visit_record(slot: Slot, visit: Visit) -> VisitRecord:
    return VisitRecord(
        slot=slot,
        entity=visit.entity,
        day=None if visit.day is None else date.fromisoformat(visit.day),
        open_reason=None if visit.open is None else visit.open.value,
        state=VisitState.OPEN if visit.day is None else VisitState.PLANNED,
    )
