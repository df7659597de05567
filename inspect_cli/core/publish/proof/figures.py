"""The figures of a month counted anew, as they stood when its statistics were published: from frozen results, rows, and their days.

What does not live here: how a visit may have stood (``stands``), comparing (``statistics``), and how the notice itself was counted
(``core.report.month``): a mistake there is found here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.publish.proof.stands import Bounds, count_ends, count_in_force, count_stands, exactly, find_stands
from inspect_cli.core.visit.result import find_worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, Slot
    from inspect_cli.core.publish.proof.expected import ProvenDraw
    from inspect_cli.core.publish.proof.stands import CountedVisit, Moment, Stand
    from inspect_cli.core.report.month import MonthEnd
    from inspect_cli.core.visit.steps import FollowUpState


@dataclass(frozen=True, slots=True, kw_only=True)
class Timely:
    """How many results were published in time and late before the moment, and how many were late and not published (DUE-8).

    ``undated`` were published while their last day was not known. In time are at least those whose last day was in a year that was
    known, at most those too whose year may have become known since.
    """

    in_time: Bounds
    late: int
    overdue: Bounds
    undated: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDraws:
    """What a month's figures are counted from: its first draws, on which days their supplements were drawn, all visits, and punctuality."""

    firsts: Mapping[Slot, ProvenDraw]
    supplements: Mapping[Slot, tuple[date, ...]]
    visits: tuple[CountedVisit, ...]
    timely: Timely


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A month as it stood at a moment: everything but the numbers of draws and domains is counted from how its visits may have stood.

    ``draws`` are base, due, drawn, visits and supplements of each first draw, ``domains`` base, due and drawn of each domain.
    """

    draws: Mapping[Slot, tuple[Bounds, ...]]
    domains: Mapping[Domain, tuple[int, int, int]]
    stands: tuple[tuple[Stand, ...], ...]
    timely: Timely

    @property
    def alone(self) -> int:
        """Say how many visits there would have been had each department gone alone (MONTH-7)."""
        return sum(due for _, due, _ in self.domains.values())

    def count(self, value: Callable[[Stand], int]) -> Bounds:
        """Sum up over all visits what ``value`` gives for each."""
        return count_stands(self.stands, value)

    def count_end(self, end: MonthEnd) -> Bounds:
        """Count the visits that stand where ``end`` says (MONTH-1)."""
        return count_ends(self.stands, end)

    @property
    def in_force(self) -> Bounds:
        """Count the visits in force (MONTH-2)."""
        return count_in_force(self.stands)

    def count_checked(self, domain: Domain) -> Bounds:
        """Count the visits in force that check a domain (MONTH-2)."""
        return self.count(lambda one: one.is_in_force and domain in one.domains)

    def count_done(self, domain: Domain) -> Bounds:
        """Count the approved results of a domain (MONTH-3)."""
        return self.count(lambda one: any(each.domain == domain for each in one.done))

    @property
    def rates(self) -> tuple[tuple[Bounds, Bounds], ...]:
        """Give the numbers of each rate: completed, in time, closed, combined (MONTH-5)."""
        in_force, published = self.in_force, self.count(lambda one: one.is_published)
        combined = self.count(lambda one: one.is_in_force and len(one.domains) > 1)
        in_time, late, overdue = self.timely.in_time, self.timely.late, self.timely.overdue
        due = Bounds(least=in_time.least + late + overdue.least, most=in_time.most + late + overdue.most)
        return (
            (published, in_force),
            (in_time, due),
            (self.count(lambda one: one.is_closed), published),
            (combined, in_force),
        )

    def count_worst(self, number: int) -> Bounds:
        """Count the companies whose worst result is a class (MONTH-3)."""
        return self.count(lambda one: bool(one.done) and find_worst(each.result for each in one.done).value == number)

    def count_results(self, domain: Domain, number: int) -> Bounds:
        """Count the results of a domain that are a class (MONTH-3)."""
        return self.count(lambda one: sum((each.domain, each.result.value) == (domain, number) for each in one.done))

    def count_follow_ups(self, state: FollowUpState | None) -> Bounds:
        """Count the follow-ups that stand in a state, or (None) the results that nothing follows (MONTH-4)."""
        return self.count(lambda one: sum(each.state is state for each in one.done))


def count_figures(draws: CountedDraws, moment: Moment) -> Figures:
    """Count a month as it stood at a moment."""
    return Figures(
        draws={slot: _count_draw(draws, slot, moment) for slot in draws.firsts},
        domains=_count_domains(draws),
        stands=find_stands(draws.visits, moment),
        timely=draws.timely,
    )


def _count_draw(draws: CountedDraws, slot: Slot, moment: Moment) -> tuple[Bounds, ...]:
    first, days = draws.firsts[slot], draws.supplements.get(slot, ())
    selection = first.result.selection if first.result else ()
    return (
        exactly(len(first.entities)),
        exactly(sum(quota.take for quota in first.commitment.quotas)),
        exactly(sum(len(one.drawn) for one in selection)),
        exactly(len(first.result.visits if first.result else ())),
        Bounds(least=sum(day < moment.day for day in days), most=sum(day <= moment.day for day in days)),
    )


def _count_domains(draws: CountedDraws) -> dict[Domain, tuple[int, int, int]]:
    """Count base, due and drawn of each domain that is drawn or checked: base are the rows of the strata that have a quota."""
    base: Counter[Domain] = Counter()
    due: Counter[Domain] = Counter()
    drawn: Counter[Domain] = Counter()
    for draw in draws.firsts.values():
        strata = {(quota.domain, quota.stratum) for quota in draw.commitment.quotas}
        for quota in draw.commitment.quotas:
            due[quota.domain] += quota.take
        for row in draw.entities:
            base.update(one for one, stratum in zip(row.domains, row.strata, strict=True) if (one, stratum) in strata)
        drawn.update(domain for one in (draw.result.selection if draw.result else ()) for domain in one.drawn)
    checked = {domain for visit in draws.visits for domain in visit.domains}
    return {domain: (base[domain], due[domain], drawn[domain]) for domain in sorted({*due, *checked})}
