"""What a month amounts to, as numbers alone: drawn, done, found, followed up, and what it spared the companies.

What lives here: counting. What does not: reading the store (``acts.publish.month_numbers``), and what is published of it
(``core.publish.month_notice``).

Rules:

MONTH-1  Counted are the visits of all draws of the month that are drawn and not void, supplements included. Each is in exactly one of:
         result (approved), awaiting approval, planned, open, drawn again by a supplement, cancelled, carried over.
MONTH-2  In force are all visits but those that a supplement drew again. Due are the quotas of the first draws, drawn the domains for which
         these drew somebody; a supplement adds to neither.
MONTH-3  Results are counted where they are approved: a company once, by the worst of its domains, and each domain by its own result.
MONTH-4  Follow-ups are counted by domain, where anything follows from an approved result, by how they stand now.
MONTH-5  Completed: the results that are published, of the visits in force, whatever became of these: neither cancelling nor carrying over
         makes the rate better. Closed: of the published results those all of whose follow-ups are closed. Combined: of the visits in force
         those that check several domains. Which results were published in time is told by their last days (DUE-8).
MONTH-6  A rate is a percentage with one decimal, rounded half up from whole numbers; of nothing there is no rate.
MONTH-7  Spared are the visits that there would have been had each department gone alone (BURDEN-2), less those in force.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.report.burden import count_alone
from inspect_cli.core.visit.result import Label, find_worst
from inspect_cli.core.visit.steps import FollowUpState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.names import Domain, Slot
    from inspect_cli.core.visit.result import ResultClass


class MonthEnd(StrEnum):
    """Where a drawn visit stands in the numbers of its month (MONTH-1)."""

    RESULT = "result"
    AWAITING = "awaiting"
    PLANNED = "planned"
    OPEN = "open"
    SUPPLEMENT = "supplement"
    CANCELLED = "cancelled"
    CARRIED_OVER = "carried-over"

    @property
    def label(self) -> Label:
        """Say it in the words of the rules."""
        return _END_LABELS[self]


_END_LABELS: Final = {
    MonthEnd.RESULT: Label(zh="已有审核结果", en="result approved"),
    MonthEnd.AWAITING: Label(zh="结果待审核", en="result awaiting approval"),
    MonthEnd.PLANNED: Label(zh="尚待检查", en="still to be visited"),
    MonthEnd.OPEN: Label(zh="未能排定", en="without a day or a team"),
    MonthEnd.SUPPLEMENT: Label(zh="已补充抽取", en="drawn again by a supplement"),
    MonthEnd.CANCELLED: Label(zh="已取消", en="cancelled"),
    MonthEnd.CARRIED_OVER: Label(zh="转入以后月份", en="carried over to a later month"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainDone:
    """The approved result of one domain; ``state`` is where its follow-up stands, None where nothing follows."""

    domain: Domain
    result: ResultClass
    state: FollowUpState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthVisit:
    """A drawn visit and the domains that it checks; ``done`` is not empty exactly for ``MonthEnd.RESULT``.

    ``is_published``: a notice of results has named it.
    """

    end: MonthEnd
    domains: tuple[Domain, ...]
    done: tuple[DomainDone, ...] = ()
    is_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChain:
    """A first draw of the month with its result, the visits of its whole chain, and how many supplements were drawn."""

    commitment: Commitment
    result: Result
    visits: tuple[MonthVisit, ...]
    supplements: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def tenths(self) -> int | None:
        """Give the rate in tenths of a percent (MONTH-6); None of nothing."""
        return (2 * 1000 * self.part + self.whole) // (2 * self.whole) if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCount:
    """One first draw: entities in its frame, due, drawn, and the visits that it drew (MONTH-2)."""

    slot: Slot
    base: int
    due: int
    drawn: int
    visits: int
    supplements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainCount:
    """One domain: ``checked`` are the visits in force that check it, ``results`` counts the approved results by class."""

    domain: Domain
    base: int
    due: int
    drawn: int
    checked: int
    results: tuple[tuple[ResultClass, int], ...]

    @property
    def done(self) -> int:
        """Say how many approved results there are."""
        return sum(count for _, count in self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """The numbers of a month; ``alone`` is how many visits there would have been had each department gone alone."""

    draws: tuple[DrawCount, ...]
    domains: tuple[DomainCount, ...]
    ends: Mapping[MonthEnd, int]
    classes: tuple[tuple[ResultClass, int], ...]
    follow_ups: Mapping[FollowUpState, int]
    unfollowed: int
    alone: int
    completed: Rate
    closed: Rate
    combined: Rate

    @property
    def due(self) -> int:
        """Sum up what was due (MONTH-2)."""
        return sum(one.due for one in self.draws)

    @property
    def drawn(self) -> int:
        """Sum up what was drawn (MONTH-2)."""
        return sum(one.drawn for one in self.draws)

    @property
    def visits(self) -> int:
        """Count every visit that was drawn (MONTH-1)."""
        return sum(self.ends.values())

    @property
    def in_force(self) -> int:
        """Count the visits in force (MONTH-2)."""
        return self.visits - self.ends[MonthEnd.SUPPLEMENT]

    @property
    def done(self) -> int:
        """Count the visits with an approved result."""
        return self.ends[MonthEnd.RESULT]

    @property
    def spared(self) -> int:
        """Count the visits that the companies were spared (MONTH-7)."""
        return self.alone - self.in_force


def count_month(chains: Iterable[MonthChain]) -> MonthCounts:
    """Count a month (MONTH-1 to MONTH-7): draws by slot as given, domains and classes sorted."""
    chains = tuple(chains)
    visits = tuple(visit for chain in chains for visit in chain.visits)
    in_force = tuple(visit for visit in visits if visit.end is not MonthEnd.SUPPLEMENT)
    ends = Counter(visit.end for visit in visits)
    published = tuple(visit for visit in visits if visit.is_published)
    done = tuple(each for visit in visits for each in visit.done)
    states = Counter(each.state for each in done if each.state is not None)
    worst = Counter(find_worst(each.result for each in visit.done) for visit in visits if visit.done)
    return MonthCounts(
        draws=tuple(map(_count_draw, chains)),
        domains=_count_domains(chains, in_force, done),
        ends={end: ends[end] for end in MonthEnd},
        classes=tuple(sorted(worst.items())),
        follow_ups={state: states[state] for state in FollowUpState},
        unfollowed=len(done) - states.total(),
        alone=sum(count_alone(chain.commitment) for chain in chains),
        completed=Rate(part=len(published), whole=len(in_force)),
        closed=Rate(part=sum(map(_is_closed, published)), whole=len(published)),
        combined=Rate(part=sum(len(visit.domains) > 1 for visit in in_force), whole=len(in_force)),
    )


def _is_closed(visit: MonthVisit) -> bool:
    return all(each.state in {None, FollowUpState.CLOSED} for each in visit.done)


def _count_draw(chain: MonthChain) -> DrawCount:
    return DrawCount(
        slot=chain.commitment.slot,
        base=chain.commitment.frame.entities.count,
        due=sum(quota.take for quota in chain.commitment.quotas),
        drawn=sum(len(selected.drawn) for selected in chain.result.selection),
        visits=len(chain.result.visits),
        supplements=chain.supplements,
    )


def _count_domains(
    chains: tuple[MonthChain, ...], in_force: tuple[MonthVisit, ...], done: tuple[DomainDone, ...]
) -> tuple[DomainCount, ...]:
    base: Counter[Domain] = Counter()
    due: Counter[Domain] = Counter()
    drawn: Counter[Domain] = Counter()
    for chain in chains:
        for quota in chain.commitment.quotas:
            base[quota.domain] += quota.size
            due[quota.domain] += quota.take
        drawn.update(domain for selected in chain.result.selection for domain in selected.drawn)
    checked = Counter(domain for visit in in_force for domain in visit.domains)
    results = Counter((each.domain, each.result) for each in done)
    return tuple(
        DomainCount(
            domain=domain,
            base=base[domain],
            due=due[domain],
            drawn=drawn[domain],
            checked=checked[domain],
            results=tuple(sorted((found, count) for (of, found), count in results.items() if of == domain)),
        )
        for domain in sorted({*base, *checked})
    )
