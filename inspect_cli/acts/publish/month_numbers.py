"""Reading what a month's numbers are counted from: its draws, what became of their visits, and what was published.

What is counted, and how, is ``core.report.month``'s matter. Nothing is changed here, and no frozen row is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.publish.due import read_books
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.publish.deadline import count_punctuality
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.publish.line_duties import find_result_duties
from inspect_cli.core.publish.month_notice import MonthNumbers
from inspect_cli.core.report.month import DomainDone, MonthChain, MonthEnd, MonthVisit, count_month
from inspect_cli.core.visit.ending import VisitStatus, find_status
from inspect_cli.core.visit.review import find_approved
from inspect_cli.core.visit.steps import FollowUpState, begin, find_counting, follow
from inspect_cli.storage.draws import DrawState, find_heads
from inspect_cli.storage.notices import find_entries
from inspect_cli.storage.results import find_outcome_versions, find_steps
from inspect_cli.storage.visits import find_visit_changes, find_visits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.names import EntityId, Period
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.outcome import DomainOutcome
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.visit.steps import TakenStep
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.visits import VisitRecord

_ENDS: Final = {
    VisitStatus.PLANNED: MonthEnd.PLANNED,
    VisitStatus.OPEN: MonthEnd.OPEN,
    VisitStatus.REPLACED: MonthEnd.SUPPLEMENT,
    VisitStatus.CANCELLED: MonthEnd.CANCELLED,
    VisitStatus.CARRIED_OVER: MonthEnd.CARRIED_OVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _After:
    """What the store holds of one visit since it was drawn."""

    changes: list[VisitChange] = field(default_factory=list)
    versions: list[OutcomeVersion] = field(default_factory=list)
    steps: list[TakenStep] = field(default_factory=list)


def count_period(session: Session, bureau: Bureau, period: Period, as_of: date) -> MonthNumbers | None:
    """Count a month as it stands, and how punctually it was published by a day; None where nothing of it is drawn."""
    chains = [chain for chain in find_chains(session, period) if chain.drawn]
    if not chains:
        return None
    counts = count_month(_read_chain(session, chain) for chain in chains)
    duties = (duty for duty in find_result_duties(read_books(session, bureau)) if duty.period == period)
    return MonthNumbers(counts=counts, punctuality=count_punctuality(duties, as_of))


def find_void(session: Session, period: Period) -> int:
    """Count the void draws of a month."""
    return sum(head.state is DrawState.VOID for head in find_heads(session) if head.period == period)


def find_pending(session: Session, period: Period) -> int:
    """Count the draws of a month that are committed and not drawn yet."""
    done = {DrawState.VOID, DrawState.DRAWN}
    return sum(head.state not in done for head in find_heads(session) if head.period == period)


def _read_chain(session: Session, chain: DrawChain) -> MonthChain:
    return MonthChain(
        commitment=parse_commitment(chain.first.commitment),
        result=parse_result(chain.first.result or b""),
        visits=tuple(visit for draw in chain.drawn for visit in _read_visits(session, draw)),
        supplements=len(chain.drawn) - 1,
    )


def _read_visits(session: Session, draw: DrawRecord) -> Iterator[MonthVisit]:
    """Give every visit that a draw has drawn, sorted by entity."""
    drawn = {visit.entity: visit for visit in parse_result(draw.result or b"").visits}
    after: dict[EntityId, _After] = {entity: _After() for entity in drawn}
    for change in find_visit_changes(session, draw.slot):
        after[change.entity].changes.append(change)
    for version in find_outcome_versions(session, draw.slot):
        after[version.entity].versions.append(version)
    for step in find_steps(session, draw.slot):
        after[step.entity].steps.append(step)
    published = {
        entry.entity
        for entry in find_entries(session, slot=draw.slot)
        if entry.replaced is None and entry.state is not IssueAction.WITHDRAWN
    }
    for record in find_visits(session, draw.slot):
        is_published = record.entity in published
        yield _read_visit(record, drawn[record.entity], after[record.entity], is_published=is_published)


def _read_visit(record: VisitRecord, visit: Visit, after: _After, *, is_published: bool) -> MonthVisit:
    approved = find_approved(after.versions)
    status = find_status(record.state, after.changes)
    if approved is not None:
        done = tuple(_read_done(one, approved, after) for one in approved.outcome.domains)
        return MonthVisit(end=MonthEnd.RESULT, domains=visit.domains, done=done, is_published=is_published)
    if status is VisitStatus.RECORDED:
        return MonthVisit(end=MonthEnd.AWAITING, domains=visit.domains)
    return MonthVisit(end=_ENDS[status], domains=visit.domains)


def _read_done(outcome: DomainOutcome, approved: OutcomeVersion, after: _After) -> DomainDone:
    first, _ = begin(outcome)
    steps = find_counting(after.versions, outcome, after.steps)
    standing = follow(outcome, approved.outcome.visited_on, steps)
    state = None if first is FollowUpState.CLOSED else standing.state
    return DomainDone(domain=outcome.domain, result=outcome.result, state=state)
