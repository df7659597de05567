"""How a drawn visit may have stood at a moment, from its rows and their days, and counting such visits.

A row tells the day on which something happened and not the hour. What happened on the very day of a notice may have been counted in it or
not: each visit has then several ways in which it may have stood, and a figure has a least and a most. Where nothing happened on that day
they are the same. What does not live here: the figures of a whole month (``figures``), and comparing them (``papers``, ``statistics``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING

from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.report.month import DomainDone, MonthEnd
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.review import ReviewState
from inspect_cli.core.visit.steps import FollowUpState, begin, find_counting, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from inspect_cli.core.names import Domain
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.publish.proof.visits import TracedVisit
    from inspect_cli.core.visit.outcome import DomainOutcome
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.visit.steps import TakenStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most that a figure can be."""

    least: int
    most: int

    def has(self, text: str) -> bool:
        """Say whether a cell has a number within the bounds."""
        return text.isdecimal() and self.least <= int(text) <= self.most

    def __str__(self) -> str:
        """Write the figure, or what it lies between."""
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


def exactly(value: int) -> Bounds:
    """Give the bounds of a figure that is known."""
    return Bounds(least=value, most=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When statistics were published: the day, the machine's clock (aware), and the number of the notice in the store.

    Of statistics that were corrected: when they were, and the number of the notice that announced it. ``ahead`` are the notices that an
    earlier number withdrew lines of on a later day, and that day: there were such where the statistics' day was dated back.
    """

    day: date
    clock: datetime
    number: int
    ahead: frozenset[tuple[int, date]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit:
    """A drawn visit: the domains it checks, the day of its draw, whether that left it open, its steps, and its entries (of results)."""

    traced: TracedVisit
    domains: tuple[Domain, ...]
    drawn_on: date
    was_open: bool = False
    steps: tuple[TakenStep, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One way in which a visit may have stood at the moment; ``end`` None: it was not drawn yet."""

    domains: tuple[Domain, ...]
    end: MonthEnd | None
    done: tuple[DomainDone, ...] = ()
    is_published: bool = False

    @property
    def is_in_force(self) -> bool:
        """Say whether it is a visit that no supplement has drawn again (MONTH-2)."""
        return self.end not in {None, MonthEnd.SUPPLEMENT}

    @property
    def is_closed(self) -> bool:
        """Say whether its result is published and nothing is left to be done about it (MONTH-5)."""
        return self.is_published and all(each.state in {None, FollowUpState.CLOSED} for each in self.done)


def find_stands(visits: Iterable[CountedVisit], moment: Moment) -> tuple[tuple[Stand, ...], ...]:
    """Give of every visit that may have been drawn by the moment all ways in which it may have stood."""
    return tuple(tuple(_find_stands(visit, moment)) for visit in visits if visit.drawn_on <= moment.day)


def count_stands(stands: Iterable[tuple[Stand, ...]], value: Callable[[Stand], int]) -> Bounds:
    """Sum up over visits what ``value`` gives for each."""
    counted = [[int(value(stand)) for stand in each] for each in stands]
    return Bounds(least=sum(map(min, counted)), most=sum(map(max, counted)))


def count_ends(stands: Iterable[tuple[Stand, ...]], end: MonthEnd) -> Bounds:
    """Count the visits that stand where ``end`` says (MONTH-1)."""
    return count_stands(stands, lambda one: one.end is end)


def count_in_force(stands: Iterable[tuple[Stand, ...]]) -> Bounds:
    """Count the visits in force (MONTH-2)."""
    return count_stands(stands, lambda one: one.is_in_force)


def _find_stands(visit: CountedVisit, moment: Moment) -> Iterator[Stand]:
    """Give every way in which a drawn visit may have stood."""
    if visit.drawn_on == moment.day:
        yield Stand(domains=visit.domains, end=None)
    steps = tuple(_find_steps(visit, moment))
    for version in _find_versions(visit.traced, moment):
        if version is None:
            yield from (Stand(domains=visit.domains, end=end) for end in _find_ends(visit, moment))
            continue
        for taken, is_published in product(steps, _find_published(visit, moment)):
            done = tuple(_read_done(visit, one, version, taken) for one in version.outcome.domains)
            yield Stand(domains=visit.domains, end=MonthEnd.RESULT, done=done, is_published=is_published)


def _find_versions(traced: TracedVisit, moment: Moment) -> Iterator[OutcomeVersion | None]:
    """Give the approved versions that may have been the newest, None for none: approved before the day, or on it."""
    approved = [one for one in traced.versions if one.state is ReviewState.APPROVED and one.reviewed_on is not None]
    before = [one for one in approved if one.reviewed_on and one.reviewed_on < moment.day]
    yield before[-1] if before else None
    yield from (one for one in approved if one.reviewed_on == moment.day)


def _find_ends(visit: CountedVisit, moment: Moment) -> Iterator[MonthEnd]:
    """Give where a visit without an approved result may have stood."""
    ends = [change for change in visit.traced.changes if change.kind.is_end and change.day <= moment.day]
    yield from (_ENDS[change.kind] for change in ends)
    if any(change.day < moment.day for change in ends):
        return
    recorded = [one for one in visit.traced.versions if one.day <= moment.day]
    back = [one.reviewed_on for one in recorded if one.state is ReviewState.RETURNED and one.reviewed_on is not None]
    returned = recorded[-1].reviewed_on if recorded and recorded[-1].state is ReviewState.RETURNED else None
    if recorded and (returned is None or returned >= moment.day):
        yield MonthEnd.AWAITING
    if not recorded or recorded[-1].day == moment.day or (returned is not None and returned <= moment.day):
        # A result that was returned leaves its visit planned, whatever the draw had left.
        yield MonthEnd.OPEN if visit.was_open and not any(day < moment.day for day in back) else MonthEnd.PLANNED
        yield from (MonthEnd.PLANNED for day in back if day == moment.day)


_ENDS = {
    ChangeKind.REPLACED: MonthEnd.SUPPLEMENT,
    ChangeKind.CANCELLED: MonthEnd.CANCELLED,
    ChangeKind.CARRIED_OVER: MonthEnd.CARRIED_OVER,
}


def _find_steps(visit: CountedVisit, moment: Moment) -> Iterator[tuple[TakenStep, ...]]:
    """Give the steps that may have been taken: a step is entered on its day or later, in their order."""
    steps = [step for step in visit.steps if step.day <= moment.day]
    certain = 0
    while certain < len(steps) and _was_taken(steps[certain], moment):
        certain += 1
    yield from (tuple(steps[:count]) for count in range(certain, len(steps) + 1))


def _was_taken(step: TakenStep, moment: Moment) -> bool:
    return step.day < moment.day and datetime.fromisoformat(step.clock) <= moment.clock


def _find_published(visit: CountedVisit, moment: Moment) -> set[bool]:
    """Say whether a notice before showed the result, or it was withdrawn since; both where that happened on the day (MONTH-5)."""
    before = [entry for entry in visit.entries if entry.notice < moment.number]
    kept = any(
        entry.state is not IssueAction.WITHDRAWN
        or (entry.since > moment.day and (entry.notice, entry.since) not in moment.ahead)
        for entry in before
    )
    return {kept} | {True for entry in before if not kept and entry.since == moment.day}


def _read_done(
    visit: CountedVisit, outcome: DomainOutcome, version: OutcomeVersion, taken: tuple[TakenStep, ...]
) -> DomainDone:
    first, _ = begin(outcome)
    counting = find_counting(visit.traced.versions, outcome, taken)
    state = follow(outcome, version.outcome.visited_on, counting).state
    return DomainDone(
        domain=outcome.domain, result=outcome.result, state=None if first is FollowUpState.CLOSED else state
    )
