"""Recording what visits found, and correcting it.

Which record is taken is ``core.visit``'s matter, looking at it a second time ``review``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.core import people
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.people import Approval, Role
from inspect_cli.core.publish.further import further_of, matter_names
from inspect_cli.core.unchecked import WITHOUT_MATTERS, find_left_out, name_matters
from inspect_cli.core.visit.ending import require_free
from inspect_cli.core.visit.follow_up import render_follow_up
from inspect_cli.core.visit.kept import render_matters
from inspect_cli.core.visit.outcome import Visit, VisitState
from inspect_cli.core.visit.recording import require_same, settle_outcome
from inspect_cli.core.visit.review import Correction, OutcomeVersion, ReviewState, find_current, require_correctable
from inspect_cli.errors import StoreError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.results import add_outcome_versions, find_outcome_versions
from inspect_cli.storage.visits import OutcomeRecord, add_outcomes, find_visit, remove_outcomes, update_visit

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.unchecked import UncheckedMatter
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.core.visit.recording import Claims
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOrder:
    """Which visit is recorded, and what somebody says about it."""

    slot: Slot
    entity: EntityId
    claims: Claims


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionOrder:
    """What a recorded visit is to say instead, by whose leave and for what reason, and the rule or finding that it rests on."""

    order: RecordOrder
    approval: Approval
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedVisit:
    """The outcome that stands, and the draw whose visit it is; ``is_new`` is false when it had been recorded before.

    ``without_matters`` were not to be checked at this visit (SCHED-7).
    """

    slot: Slot
    entity: EntityId
    outcome: Outcome
    is_new: bool
    version: int = 1
    without_matters: tuple[UncheckedMatter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A visit as it can be recorded, the versions of its result so far, and what was not to be checked."""

    visit: Visit
    versions: tuple[OutcomeVersion, ...]
    without_matters: tuple[UncheckedMatter, ...]


def record_visit(store: Store, actor: Actor, bureau: Bureau, order: RecordOrder) -> RecordedVisit:
    """Keep what a visit found, all its domains together; the same record again gives the one that stands.

    The slot is any of the chain, the entity any number of the company: recorded is the visit in force.
    Raises ``UsageMistake`` where there is no such visit or the claims do not fit it, ``RefusedError`` where it is too early, the visit
    is open, held or ended, the draw is void, another outcome stands, or the actor is no operator.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        standing = _require_visit(session, order.slot, order.entity)
        visit, outcome = standing.visit, settle_outcome(standing.visit, order.claims, actor.day)
        recorded = RecordedVisit(
            slot=visit.slot,
            entity=visit.entity,
            outcome=outcome,
            is_new=True,
            version=len(standing.versions) + 1,
            without_matters=standing.without_matters,
        )
        if visit.state is VisitState.RECORDED:
            current = find_current(standing.versions)
            require_same(visit, current.outcome, outcome)
            return replace(recorded, is_new=False, version=current.version)
        _keep(session, actor, recorded)
        _log(session, actor, recorded)
    return recorded


def correct_visit(store: Store, actor: Actor, bureau: Bureau, order: CorrectionOrder) -> RecordedVisit:
    """Keep another version of a result that was approved (REVIEW-3); it awaits approval itself.

    The same correction again gives the one that stands. Raises as ``record_visit``; ``RefusedError`` also where nothing was approved, the
    last version is not reviewed yet, nothing would change, or the second person may not give leave.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    people.require_second_person(bureau.people, actor, order.approval)
    if not order.basis.strip():
        raise UsageMistake(say("a correction rests on something"), hint=say("say on what with --basis TEXT"))
    correction = Correction(reason=order.approval.reason, basis=order.basis, approver=order.approval.approver)
    with store.transaction() as session:
        standing = _require_visit(session, order.order.slot, order.order.entity)
        visit = standing.visit
        outcome = settle_outcome(visit, order.order.claims, actor.day)
        recorded = RecordedVisit(
            slot=visit.slot,
            entity=visit.entity,
            outcome=outcome,
            is_new=True,
            version=len(standing.versions) + 1,
            without_matters=standing.without_matters,
        )
        last = standing.versions[-1] if standing.versions else None
        if last is not None and (last.outcome, last.correction) == (outcome, correction):
            return replace(recorded, is_new=False, version=last.version)
        require_correctable(visit.slot, visit.entity, standing.versions, outcome)
        remove_outcomes(session, visit.slot, visit.entity)
        _keep(session, actor, recorded, correction)
        _log(session, actor, recorded, order.approval)
    return recorded


def _require_visit(session: Session, slot: Slot, entity: EntityId) -> _Standing:
    """Find the visit in force that can be recorded, or was, with its domains and matters, which only its draw knows."""
    (found,) = read_in_force(session, slot).require([entity])
    if found.state is not VisitState.RECORDED:
        require_free(found)
    record = require_draw(session, found.slot)
    domains = next(visit.domains for visit in require_result(record).visits if visit.entity == found.entity)
    commitment = parse_commitment(record.commitment)
    left_out = _find_left_out(record, found.entity)
    visit = Visit(
        slot=found.slot,
        entity=found.entity,
        domains=domains,
        day=found.day,
        state=found.state,
        matters={domain: _matters_of(commitment, domain, left_out) for domain in domains},
    )
    return _Standing(
        visit=visit,
        versions=find_outcome_versions(session, found.slot, found.entity),
        without_matters=name_matters(left_out, matter_names(commitment)),
    )


def _matters_of(commitment: Commitment, domain: Domain, left_out: tuple[MatterId, ...]) -> tuple[MatterId, ...]:
    """Give the matters of a domain that a visit checks, in the plan's order."""
    further = further_of(commitment)
    listed = further.nested_list("matters") if "matters" in further.values else ()
    numbers = tuple(MatterId(matter.text("id")) for matter in listed if matter.text("domain") == domain)
    return tuple(number for number in numbers if number not in left_out)


def _find_left_out(record: DrawRecord, entity: EntityId) -> tuple[MatterId, ...]:
    """Find which matters a draw leaves out of a visit; most frames leave out none, and are not read for it."""
    if f'"{WITHOUT_MATTERS}"'.encode() not in record.entities:
        return ()
    return find_left_out(next(row for row in parse_entity_rows(record.entities) if row.id == entity))


def _keep(session: Session, actor: Actor, recorded: RecordedVisit, correction: Correction | None = None) -> None:
    record = find_visit(session, recorded.slot, recorded.entity)
    if record is None:
        raise StoreError(say("{slot} has no visit to {entity}", slot=recorded.slot, entity=recorded.entity))
    version = OutcomeVersion(
        slot=recorded.slot,
        entity=recorded.entity,
        version=recorded.version,
        outcome=recorded.outcome,
        state=ReviewState.AWAITING,
        recorded_by=actor.name,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        correction=correction,
    )
    add_outcome_versions(session, (version,))
    add_outcomes(session, render_records(version))
    update_visit(session, replace(record, state=VisitState.RECORDED))


def _log(session: Session, actor: Actor, recorded: RecordedVisit, approval: Approval | None = None) -> None:
    outcome = recorded.outcome
    results: dict[str, JSON] = {each.domain: each.result.value for each in outcome.domains}
    matters: dict[str, JSON] = {one.matter: one.result.value for each in outcome.domains for one in each.matters}
    detail: dict[str, JSON] = {"results": results, "visited_on": outcome.visited_on.isoformat()}
    detail |= {"matters": matters} if matters else {}
    detail |= {"version": recorded.version} if recorded.version > 1 else {}
    act = Act(
        act="visit record" if approval is None else "visit correct",
        subject=f"{recorded.slot} {recorded.entity}",
        detail=detail,
        approval=approval,
    )
    add_act(session, actor, act)


def render_records(version: OutcomeVersion) -> tuple[OutcomeRecord, ...]:
    """Give a version of a result as the rows by which the store looks for it, one a domain."""
    return tuple(
        OutcomeRecord(
            slot=version.slot,
            entity=version.entity,
            domain=each.domain,
            result_class=each.result.value,
            method=each.method.value,
            finding=each.finding,
            follow_up=None if each.follow_up is None else render_follow_up(each.follow_up),
            visited_on=version.outcome.visited_on,
            recorded_by=version.recorded_by,
            matters=render_matters(each.matters),
        )
        for each in version.outcome.domains
    )
