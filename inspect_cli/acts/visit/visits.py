"""Recording what visits found, and reading it back. Which record is taken is ``core.visit``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_held
from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core import people
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.people import Role
from inspect_cli.core.publish.further import matter_names
from inspect_cli.core.schedule import sort_by_day
from inspect_cli.core.unchecked import WITHOUT_MATTERS, find_left_out, name_matters
from inspect_cli.core.visit.ending import VisitStatus, find_status, require_free
from inspect_cli.core.visit.follow_up import parse_follow_up, render_follow_up
from inspect_cli.core.visit.history import last_of_each_draw
from inspect_cli.core.visit.kept import parse_matters, render_matters
from inspect_cli.core.visit.outcome import (
    DomainOutcome,
    Outcome,
    Visit,
    VisitState,
    require_same,
    settle_outcome,
)
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.errors import StoreError, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.results import add_outcome_versions
from inspect_cli.storage.visits import (
    OutcomeRecord,
    add_outcomes,
    find_outcomes,
    find_unended_visits,
    find_visit,
    find_visit_changes,
    find_visits,
    update_visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.schedule import ScheduledVisit
    from inspect_cli.core.unchecked import UncheckedMatter
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.outcome import Claims
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
class RecordedVisit:
    """The outcome that stands, and the draw whose visit it is; ``is_new`` is false when it had been recorded before.

    ``without_matters`` were not to be checked at this visit (SCHED-7).
    """

    slot: Slot
    entity: EntityId
    outcome: Outcome
    is_new: bool
    without_matters: tuple[UncheckedMatter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVisit:
    """One visit of a chain, where it stands, and what was found; None until it is recorded.

    ``end`` is how it was replaced, cancelled or carried over; ``held_by`` the supplement that draws it again and is not drawn yet.
    """

    visit: ScheduledVisit
    state: VisitStatus
    outcome: Outcome | None
    end: VisitChange | None = None
    held_by: Slot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnendedVisit:
    """A visit of an earlier period that has neither a result nor another end; ``day`` is None when it is open."""

    slot: Slot
    entity: EntityId
    day: date | None


def record_visit(store: Store, actor: Actor, bureau: Bureau, order: RecordOrder) -> RecordedVisit:
    """Keep what a visit found, all its domains together; the same record again gives the one that stands.

    The slot is any of the chain, the entity any number of the company: recorded is the visit in force.
    Raises ``UsageMistake`` where there is no such visit or the claims do not fit it, ``RefusedError`` where it is too early, the visit
    is open, held or ended, the draw is void, another outcome stands, or the actor is no operator.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        visit = _require_visit(session, order.slot, order.entity)
        outcome = settle_outcome(visit, order.claims, actor.day)
        recorded = RecordedVisit(
            slot=visit.slot,
            entity=visit.entity,
            outcome=outcome,
            is_new=True,
            without_matters=_find_unchecked(require_draw(session, visit.slot), visit.entity),
        )
        if visit.state is VisitState.RECORDED:
            standing = read_outcomes(find_outcomes(session, visit.slot, visit.entity))
            require_same(visit, standing[visit.entity], outcome)
            return replace(recorded, is_new=False)
        _keep(session, actor, recorded)
    return recorded


def list_visits(session: Session, slot: Slot) -> tuple[ListedVisit, ...]:
    """List all visits of a slot's chain, those that were drawn again too, by day, open ones last; raises as ``read_schedule``."""
    schedule = read_schedule(session, slot)
    held = find_held(session, find_chain(session, slot))
    visits = [visit for history in schedule.histories for visit in last_of_each_draw(history)]
    found: dict[tuple[Slot, EntityId], ListedVisit] = {}
    for drawn in schedule.draws:
        found |= _list_draw(session, drawn.slot, visits)
    listed = (found[visit.slot, visit.entity] for visit in sort_by_day(visits))
    return tuple(one if one.state.is_end else replace(one, held_by=held.get(one.visit.entity)) for one in listed)


def _list_draw(
    session: Session, slot: Slot, visits: Iterable[ScheduledVisit]
) -> dict[tuple[Slot, EntityId], ListedVisit]:
    """Say of each visit that a draw drew where it stands."""
    states = {record.entity: record.state for record in find_visits(session, slot)}
    outcomes = read_outcomes(find_outcomes(session, slot))
    changes: dict[EntityId, list[VisitChange]] = {}
    for change in find_visit_changes(session, slot):
        changes.setdefault(change.entity, []).append(change)
    return {
        (slot, visit.entity): ListedVisit(
            visit=visit,
            state=find_status(states[visit.entity], changes.get(visit.entity, ())),
            outcome=outcomes.get(visit.entity),
            end=next((change for change in changes.get(visit.entity, ()) if change.kind.is_end), None),
        )
        for visit in visits
        if visit.slot == slot
    }


def find_unended(session: Session, before: Period, today: date) -> tuple[UnendedVisit, ...]:
    """Find the visits in force of earlier periods that have no end yet, sorted by slot and entity.

    They are open, or planned for a day before ``today`` and not recorded.
    """
    return tuple(
        UnendedVisit(slot=visit.slot, entity=visit.entity, day=visit.day)
        for visit in find_unended_visits(session, before)
        if visit.day is None or visit.day < today
    )


def read_outcomes(records: Iterable[OutcomeRecord]) -> dict[EntityId, Outcome]:
    """Put the outcomes of one draw together by entity; the records are sorted by entity and domain."""
    found: dict[EntityId, Outcome] = {}
    for entity, group in groupby(records, key=lambda record: record.entity):
        rows = tuple(group)
        found[entity] = Outcome(visited_on=rows[0].visited_on, domains=tuple(map(_read_domain, rows)))
    return found


def _require_visit(session: Session, slot: Slot, entity: EntityId) -> Visit:
    """Find the visit in force that can be recorded, or was, with its domains, which only its draw's result knows."""
    (found,) = read_in_force(session, slot).require([entity])
    if found.state is not VisitState.RECORDED:
        require_free(found)
    drawn = require_result(require_draw(session, found.slot))
    domains = next(visit.domains for visit in drawn.visits if visit.entity == found.entity)
    return Visit(slot=found.slot, entity=found.entity, domains=domains, day=found.day, state=found.state)


def _find_unchecked(record: DrawRecord, entity: EntityId) -> tuple[UncheckedMatter, ...]:
    """Find which matters a draw leaves out of a visit; most frames leave out none, and are not read for it."""
    if f'"{WITHOUT_MATTERS}"'.encode() not in record.entities:
        return ()
    row = next(row for row in parse_entity_rows(record.entities) if row.id == entity)
    return name_matters(find_left_out(row), matter_names(parse_commitment(record.commitment)))


def _keep(session: Session, actor: Actor, recorded: RecordedVisit) -> None:
    record = find_visit(session, recorded.slot, recorded.entity)
    if record is None:
        raise StoreError(say("{slot} has no visit to {entity}", slot=recorded.slot, entity=recorded.entity))
    add_outcomes(session, _outcome_records(recorded, actor))
    update_visit(session, replace(record, state=VisitState.RECORDED))
    outcome = recorded.outcome
    add_outcome_versions(session, (_first_version(recorded, actor),))
    results: dict[str, JSON] = {each.domain: each.result.value for each in outcome.domains}
    detail: dict[str, JSON] = {"results": results, "visited_on": outcome.visited_on.isoformat()}
    add_act(session, actor, Act(act="visit record", subject=f"{recorded.slot} {recorded.entity}", detail=detail))


def _first_version(recorded: RecordedVisit, actor: Actor) -> OutcomeVersion:
    return OutcomeVersion(
        slot=recorded.slot,
        entity=recorded.entity,
        version=1,
        outcome=recorded.outcome,
        state=ReviewState.AWAITING,
        recorded_by=actor.name,
        clock=actor.clock.isoformat(),
        day=actor.day,
    )


def _outcome_records(recorded: RecordedVisit, actor: Actor) -> tuple[OutcomeRecord, ...]:
    return tuple(
        OutcomeRecord(
            slot=recorded.slot,
            entity=recorded.entity,
            domain=each.domain,
            result_class=each.result.value,
            method=each.method.value,
            finding=each.finding,
            follow_up=None if each.follow_up is None else render_follow_up(each.follow_up),
            visited_on=recorded.outcome.visited_on,
            recorded_by=actor.name,
            matters=render_matters(each.matters),
        )
        for each in recorded.outcome.domains
    )


def _read_domain(record: OutcomeRecord) -> DomainOutcome:
    return DomainOutcome(
        domain=record.domain,
        result=ResultClass(record.result_class),
        method=Method(record.method),
        finding=record.finding,
        follow_up=None if record.follow_up is None else parse_follow_up(record.follow_up),
        matters=parse_matters(record.matters),
    )
