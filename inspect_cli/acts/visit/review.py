"""Looking at results a second time: approving them, or returning them to be recorded anew. The rules are ``core.visit.review``'s."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.recording import render_records
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import ReviewState, find_approved, require_other_person, require_reviewable
from inspect_cli.errors import RefusedError, StoreError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.results import find_outcome_versions, update_outcome_versions
from inspect_cli.storage.visits import add_outcomes, find_visit, remove_outcomes, update_visit

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The versions that were approved or returned, and those that were so already, each sorted by entity."""

    slot: Slot
    versions: tuple[OutcomeVersion, ...]
    standing: tuple[OutcomeVersion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrder:
    """Which results of a chain are meant, by any of its slots: all that await approval where no entity is named; why, where returned."""

    bureau: Bureau
    slot: Slot
    entities: tuple[EntityId, ...] = ()
    reason: str = ""


def approve_visits(store: Store, actor: Actor, order: ReviewOrder) -> Reviewed:
    """Approve the newest versions of results, of all that await it where no entity is named; what is approved already stands.

    All or none. Raises ``UsageMistake`` where there is no such visit, ``RefusedError`` where one has no result, the actor recorded it, or
    is no approver.
    """
    people.require_role(order.bureau.people, actor.name, Role.APPROVER)
    with store.transaction() as session:
        meant = _choose(session, order.slot, order.entities)
        standing = tuple(one for one in meant if one.state is ReviewState.APPROVED)
        awaiting = tuple(one for one in meant if one not in standing)
        for one in awaiting:
            require_reviewable(one)
            require_other_person(one, actor.name, two_roles=order.bureau.two_roles)
        approved = tuple(
            replace(one, state=ReviewState.APPROVED, reviewed_by=actor.name, reviewed_on=actor.day) for one in awaiting
        )
        if approved:
            update_outcome_versions(session, approved)
            _log(session, actor, order, approved)
    return Reviewed(slot=order.slot, versions=approved, standing=standing)


def return_visits(store: Store, actor: Actor, order: ReviewOrder) -> Reviewed:
    """Return results that await approval, so that they are recorded anew; entities are named, and raises as ``approve_visits``."""
    people.require_role(order.bureau.people, actor.name, Role.APPROVER)
    if not order.reason.strip():
        raise UsageMistake(say("a result is returned for a reason"), hint=say("say why with --reason TEXT"))
    if not order.entities:
        raise UsageMistake(say("no visit was named"), hint=say("name the entities whose results are returned"))
    with store.transaction() as session:
        meant = _choose(session, order.slot, order.entities)
        for one in meant:
            require_reviewable(one)
        returned = tuple(
            replace(
                one,
                state=ReviewState.RETURNED,
                reviewed_by=actor.name,
                reviewed_on=actor.day,
                review_reason=order.reason,
            )
            for one in meant
        )
        update_outcome_versions(session, returned)
        for one in returned:
            _take_back(session, one)
        _log(session, actor, order, returned)
    return Reviewed(slot=order.slot, versions=returned)


def _take_back(session: Session, returned: OutcomeVersion) -> None:
    """Let the visit be recorded anew; where a correction is returned, what was approved before stands again."""
    remove_outcomes(session, returned.slot, returned.entity)
    approved = find_approved(find_outcome_versions(session, returned.slot, returned.entity))
    if approved is not None:
        add_outcomes(session, render_records(approved))
        return
    visit = find_visit(session, returned.slot, returned.entity)
    if visit is None:
        raise StoreError(say("{slot} has no visit to {entity}", slot=returned.slot, entity=returned.entity))
    update_visit(session, replace(visit, state=VisitState.PLANNED))


def _choose(session: Session, slot: Slot, named: tuple[EntityId, ...]) -> tuple[OutcomeVersion, ...]:
    """Choose the newest versions of the visits in force that are meant, sorted by entity; those that await approval where none is named."""
    state = read_in_force(session, slot)
    visits = state.require(named) if named else tuple(state.visits.values())
    newest: dict[tuple[Slot, EntityId], OutcomeVersion] = {}
    for drawn in {visit.slot for visit in visits}:
        newest |= {(one.slot, one.entity): one for one in find_outcome_versions(session, drawn)}
    meant = [newest.get((visit.slot, visit.entity)) for visit in visits]
    if not named:
        return tuple(one for one in meant if one is not None and one.state is ReviewState.AWAITING)
    for visit, one in zip(visits, meant, strict=True):
        if one is None:
            raise RefusedError(
                say("{entity} of {slot} has no result yet", entity=visit.entity, slot=visit.slot),
                hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=slot),
            )
    return tuple(one for one in meant if one is not None)


def _log(session: Session, actor: Actor, order: ReviewOrder, versions: tuple[OutcomeVersion, ...]) -> None:
    act = "visit approve" if versions[0].state is ReviewState.APPROVED else "visit return"
    numbers: dict[str, JSON] = {one.entity: one.version for one in versions}
    detail: dict[str, JSON] = {"versions": numbers}
    both: list[JSON] = [one.entity for one in versions if one.is_by_one_person]
    detail |= {"one_person": both} if both else {}
    detail |= {"reason": order.reason} if order.reason else {}
    add_act(session, actor, Act(act=act, subject=" ".join([order.slot, *numbers]), detail=detail))
