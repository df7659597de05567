"""The visits of a chain and what they found, read for those who look at them. Recording is ``recording``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_held
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.publish.version import leave_recalled
from inspect_cli.core.schedule import sort_by_day
from inspect_cli.core.visit.ending import VisitStatus, find_status
from inspect_cli.core.visit.follow_up import parse_follow_up
from inspect_cli.core.visit.history import last_of_each_draw
from inspect_cli.core.visit.kept import parse_matters
from inspect_cli.core.visit.outcome import DomainOutcome, Outcome
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.review import ResultStage, find_current, find_stage
from inspect_cli.errors import StoreError, UsageMistake, say
from inspect_cli.storage.faults import RESTORE
from inspect_cli.storage.notice_heads import find_recalled
from inspect_cli.storage.notices import find_entries, find_notices
from inspect_cli.storage.results import find_outcome_versions
from inspect_cli.storage.visits import (
    OutcomeRecord,
    find_outcomes,
    find_unended_visits,
    find_visit_changes,
    find_visits,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.schedule import ScheduledVisit
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.review import OutcomeVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVisit:
    """One visit of a chain, where it stands, and what was found; None until it is recorded.

    ``version`` is the newest version of its result, also where it was returned; ``stage`` how far the result has come (REVIEW-6), and
    ``entry`` how the notice ``document`` names it. ``end`` is how it was replaced, cancelled or carried over; ``held_by`` the supplement
    that draws it again and is not drawn yet.
    """

    visit: ScheduledVisit
    state: VisitStatus
    outcome: Outcome | None
    stage: ResultStage = ResultStage.UNRECORDED
    version: OutcomeVersion | None = None
    entry: Entry | None = None
    document: str | None = None
    end: VisitChange | None = None
    held_by: Slot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnendedVisit:
    """A visit of an earlier period that has neither a result nor another end; ``day`` is None when it is open."""

    slot: Slot
    entity: EntityId
    day: date | None


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
    versions = find_versions(session, slot)
    entries = find_newest_entries(session, slot)
    documents = {notice.number: notice.document for notice in find_notices(session)} if entries else {}
    return {
        (slot, visit.entity): ListedVisit(
            visit=visit,
            state=find_status(states[visit.entity], changes.get(visit.entity, ())),
            outcome=outcomes.get(visit.entity),
            stage=find_result_stage(find_current(versions.get(visit.entity, ())), entry),
            version=versions[visit.entity][-1] if visit.entity in versions else None,
            entry=entry,
            document=None if entry is None else documents[entry.notice],
            end=next((change for change in changes.get(visit.entity, ()) if change.kind.is_end), None),
        )
        for visit in visits
        if visit.slot == slot
        for entry in (entries.get(visit.entity),)
    }


def find_result_stage(current: OutcomeVersion | None, entry: Entry | None) -> ResultStage:
    """Say how far a result has come (REVIEW-6); ``entry`` is how a notice names it.

    A line whose credit was repaired, or whose years are over, tells nothing any more: a later correction is not published.
    """
    is_over = entry is not None and entry.state in {IssueAction.REPAIRED, IssueAction.EXPIRED}
    if entry is None or current is None:
        return find_stage(current, None)
    return find_stage(current, current.version if is_over else entry.outcome_version)


def find_versions(session: Session, slot: Slot) -> dict[EntityId, tuple[OutcomeVersion, ...]]:
    """Find the versions of the results of one draw, by entity."""
    found = groupby(find_outcome_versions(session, slot), key=lambda version: version.entity)
    return {entity: tuple(versions) for entity, versions in found}


def find_newest_entries(session: Session, slot: Slot) -> dict[EntityId, Entry]:
    """Find how notices name the visits of one draw: of each the entry that is shown, or else the one of the newest notice.

    One that was withdrawn together with its notice names nobody any more (VERSION-8).
    """
    entries = leave_recalled(find_entries(session, slot=slot), find_recalled(session))
    found = (entry for entry in entries if entry.replaced is None)
    return {entry.entity: entry for entry in sorted(found, key=lambda entry: (entry.is_shown, entry.notice))}


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
    """Put the outcomes of one draw together by entity; the records are sorted by entity and domain.

    ``StoreError`` where one is damaged.
    """
    found: dict[EntityId, Outcome] = {}
    for entity, group in groupby(records, key=lambda record: record.entity):
        rows = tuple(group)
        found[entity] = Outcome(visited_on=rows[0].visited_on, domains=tuple(map(_read_domain, rows)))
    return found


def _read_domain(record: OutcomeRecord) -> DomainOutcome:
    try:
        return DomainOutcome(
            domain=record.domain,
            result=ResultClass(record.result_class),
            method=Method(record.method),
            finding=record.finding,
            follow_up=None if record.follow_up is None else parse_follow_up(record.follow_up),
            matters=parse_matters(record.matters),
        )
    except (ValueError, UsageMistake) as error:
        raise StoreError(
            say("the result of {entity} in {slot} is damaged in the store", entity=record.entity, slot=record.slot),
            hint=RESTORE,
        ) from error
