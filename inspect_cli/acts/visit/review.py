"""Looking at results a second time: approving them, or returning them to be recorded anew. The rules are ``core.visit.review``'s."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain
from inspect_cli.acts.visit.dossier import find_names
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.recording import render_records
from inspect_cli.core import people
from inspect_cli.core.people import Role, is_same_person
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import (
    ReviewState,
    find_approved,
    find_current,
    require_day,
    require_not_made,
    require_other_person,
    require_reviewable,
)
from inspect_cli.errors import RefusedError, StoreError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.notices import find_entries, find_notices
from inspect_cli.storage.results import find_outcome_versions, update_outcome_versions
from inspect_cli.storage.visits import add_outcomes, find_visit, remove_outcomes, update_visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The versions that were approved or returned, and those that were so already, each sorted by entity.

    ``own`` await approval by somebody else than who asked for all of them, for they recorded them. ``names`` are the companies' frozen
    names, by the numbers under which they were drawn, and ``shown_in`` the document numbers of the notices that show a result of theirs.
    """

    slot: Slot
    versions: tuple[OutcomeVersion, ...]
    standing: tuple[OutcomeVersion, ...] = ()
    own: tuple[OutcomeVersion, ...] = ()
    names: Mapping[EntityId, str] = field(default_factory=dict)
    shown_in: Mapping[EntityId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrder:
    """Which results of a chain are meant, by any of its slots: all that await approval where no entity is named; why, where returned.

    ``not_made`` says of returned ones that there was no visit at all: the results were another company's (END-7).
    ``seen`` are the versions that somebody was shown before they said yes; None where nobody was asked.
    """

    bureau: Bureau
    slot: Slot
    entities: tuple[EntityId, ...] = ()
    reason: str = ""
    not_made: bool = False
    seen: tuple[OutcomeVersion, ...] | None = None


def approve_visits(store: Store, actor: Actor, order: ReviewOrder) -> Reviewed:
    """Approve the newest versions of results, of all that await it where no entity is named; what is approved already stands.

    All or none; where all are meant, those that the actor recorded are left to somebody else. Raises ``UsageMistake`` where there is no
    such visit, ``RefusedError`` where one has no result, the actor recorded it, is no approver, or results changed since they were seen.
    """
    with store.transaction() as session:
        found = look_at(session, actor, order)
        if order.seen is not None and order.seen != found.versions:
            raise RefusedError(
                say("results of {slot} changed while you looked at them: nothing was approved", slot=order.slot),
                hint=say("look again: inspect-cli visit approve {slot} --all", slot=order.slot),
            )
        approved = tuple(
            replace(one, state=ReviewState.APPROVED, reviewed_by=actor.name, reviewed_on=actor.day)
            for one in found.versions
        )
        if approved:
            update_outcome_versions(session, approved)
            _log(session, actor, order, approved)
    return replace(found, versions=approved)


def look_at(session: Session, actor: Actor, order: ReviewOrder) -> Reviewed:
    """Find what ``approve_visits`` would approve, as it stands before that; raises as it does, and changes nothing."""
    people.require_role(order.bureau.people, actor.name, Role.APPROVER)
    meant = _choose(session, order.slot, order.entities)
    standing = tuple(one for one in meant if one.state is ReviewState.APPROVED)
    awaiting = tuple(one for one in meant if one not in standing)
    others = tuple(one for one in awaiting if not is_same_person(one.recorded_by, actor.name))
    # Who asks for all leaves their own to somebody else; who has nothing but their own is told so.
    chosen = others if others and not order.entities and not order.bureau.two_roles else awaiting
    for one in chosen:
        require_day(one, actor.day)
        require_other_person(one, actor.name, two_roles=order.bureau.two_roles)
    own = tuple(one for one in awaiting if one not in chosen)
    return Reviewed(
        slot=order.slot,
        versions=chosen,
        standing=standing,
        own=own,
        names=find_names(find_chain(session, order.slot)),
        shown_in=_find_shown(session, chosen),
    )


def _find_shown(session: Session, versions: Iterable[OutcomeVersion]) -> dict[EntityId, str]:
    """Find which notices show results of companies whose corrections are looked at."""
    corrected = {(one.slot, one.entity) for one in versions if one.correction is not None}
    if not corrected:
        return {}
    documents = {one.number: one.document for one in find_notices(session)}
    return {
        entry.entity: documents[entry.notice]
        for slot in {slot for slot, _entity in corrected}
        for entry in find_entries(session, slot=slot)
        if (slot, entry.entity) in corrected and entry.is_shown and entry.replaced is None
    }


def return_visits(store: Store, actor: Actor, order: ReviewOrder) -> Reviewed:
    """Return results that await approval, so that they are recorded anew; what was returned just so already stands.

    All or none; entities are named. Raises ``UsageMistake`` where there is no such visit or no reason, ``RefusedError`` where one has no
    result, is approved, or the actor is no approver.
    """
    people.require_role(order.bureau.people, actor.name, Role.APPROVER)
    if not order.reason.strip():
        raise UsageMistake(say("a result is returned for a reason"), hint=say("say why with --reason TEXT"))
    if not order.entities:
        raise UsageMistake(say("no visit was named"), hint=say("name the entities whose results are returned"))
    with store.transaction() as session:
        meant = _choose(session, order.slot, order.entities, returned_for=order)
        standing = tuple(one for one in meant if one.state is ReviewState.RETURNED and one.not_made >= order.not_made)
        awaiting = tuple(one for one in meant if one not in standing)
        for one in awaiting:
            require_day(one, actor.day)
            if order.not_made:
                require_not_made(one, find_outcome_versions(session, one.slot, one.entity), actor.name)
            else:
                require_reviewable(one)
        returned = tuple(
            replace(
                one,
                state=ReviewState.RETURNED,
                reviewed_by=actor.name,
                reviewed_on=actor.day,
                review_reason=order.reason,
                not_made=order.not_made,
            )
            if one.state is ReviewState.AWAITING
            # That there was no visit may be found out later: who returned it, and why, stays.
            else replace(one, not_made=True)
            for one in awaiting
        )
        update_outcome_versions(session, returned)
        for one in returned:
            _take_back(session, one)
        if returned:
            _log(session, actor, order, returned)
    return Reviewed(slot=order.slot, versions=returned, standing=standing)


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


def _choose(
    session: Session, slot: Slot, named: tuple[EntityId, ...], returned_for: ReviewOrder | None = None
) -> tuple[OutcomeVersion, ...]:
    """Choose the versions that stand of the visits in force that are meant, sorted by entity.

    Where none is named, those that await approval. ``returned_for`` also gives the newest version where it was returned for that reason,
    or is to be marked as that of no visit.
    """
    state = read_in_force(session, slot)
    visits = state.require(named) if named else tuple(state.visits.values())
    versions: dict[tuple[Slot, EntityId], list[OutcomeVersion]] = {}
    for drawn in {visit.slot for visit in visits}:
        for one in find_outcome_versions(session, drawn):
            versions.setdefault((one.slot, one.entity), []).append(one)
    chosen: list[OutcomeVersion] = []
    for visit in visits:
        of_visit = versions.get((visit.slot, visit.entity), [])
        current = find_current(of_visit)
        if returned_for is not None and of_visit and of_visit[-1].state is ReviewState.RETURNED:
            is_meant = returned_for.not_made or of_visit[-1].review_reason == returned_for.reason
            current = of_visit[-1] if is_meant else current
        if named and current is None:
            raise _no_result(visit)
        if current is not None and (named or current.state is ReviewState.AWAITING):
            chosen.append(current)
    return tuple(chosen)


def _no_result(visit: VisitInForce) -> RefusedError:
    return RefusedError(
        say("{entity} of {slot} has no result yet", entity=visit.entity, slot=visit.slot),
        hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=visit.slot),
    )


def _log(session: Session, actor: Actor, order: ReviewOrder, versions: tuple[OutcomeVersion, ...]) -> None:
    act = "visit approve" if versions[0].state is ReviewState.APPROVED else "visit return"
    numbers: dict[str, JSON] = {one.entity: one.version for one in versions}
    detail: dict[str, JSON] = {"versions": numbers}
    both: list[JSON] = [one.entity for one in versions if one.is_by_one_person]
    detail |= {"one_person": both} if both else {}
    detail |= {"reason": order.reason} if order.reason else {}
    detail |= {"not_made": True} if order.not_made else {}
    add_act(session, actor, Act(act=act, subject=" ".join([order.slot, *numbers]), detail=detail))
