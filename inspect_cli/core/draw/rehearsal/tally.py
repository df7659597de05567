"""A rehearsal counted up: how often visits stay open and what they lack, who would carry how much, and who would be visited.

Means are exact fractions. Whoever shows them rounds them.

REHEARSE-4  Of entities alike (the same strata, or the same zone) the chance of a visit is the share of them that is visited, over all
            seeds. For a domain it is exactly take ÷ size; a visit for any domain is at least as likely.
REHEARSE-5  A load is a seat in a visit that has a day; it stands beside the caps of the frame: the month's, and the sum of the days'.
REHEARSE-8  Where none of n seeds leaves a visit open, the odds that one stays open are below 1 − 0.05^(1/n), with a confidence of 95 %
            (Hanley and Lippman-Hand 1983, If Nothing Goes Wrong, Is Everything All Right?).
REHEARSE-9  A visit that has a day and goes without the expert whom one of its domains wants is counted: it is not open (STAFF-4).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.rehearsal.trial import Lack, OpenVisit, Trial
    from inspect_cli.core.draw.result import OpenReason
    from inspect_cli.core.draw.rows import RowRole
    from inspect_cli.core.names import EntityId, InspectorId

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a number lies over all seeds; the median is the lower of the two in the middle where their count is even."""

    least: int
    median: int
    most: int
    mean: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLoad:
    """The visits of an inspector or expert: over all seeds, beside what the frame allows (REHEARSE-5)."""

    id: InspectorId
    role: RowRole
    visits: Spread
    month_cap: int
    day_caps: int

    @property
    def cap(self) -> int:
        """Tell how many visits the frame allows at most."""
        return min(self.month_cap, self.day_caps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entities alike: how many there are, and over all seeds how many visits they had, those included that stayed open."""

    name: str | None
    entities: int
    visits: int
    open: int
    seeds: int

    @property
    def chance(self) -> Fraction:
        """Tell the chance of one of them to be visited (REHEARSE-4)."""
        return Fraction(self.visits, self.entities * self.seeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEntity:
    """An entity whose visit stayed open with so many of the seeds that drew it."""

    id: EntityId
    drawn: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Everything that a rehearsal tells; lists that rank are ordered by their numbers, largest first, others as in the frame."""

    seeds: int
    failed: tuple[str, ...]
    visits: Spread
    open: Spread
    unaided: Spread
    reasons: tuple[tuple[OpenReason, int], ...]
    lacks: tuple[tuple[Lack, int], ...]
    people: tuple[PersonLoad, ...]
    days: tuple[tuple[str, Spread], ...]
    strata: tuple[Group, ...]
    zones: tuple[Group, ...]
    open_entities: tuple[OpenEntity, ...]

    @property
    def open_visits(self) -> int:
        """Tell how many visits stayed open over all seeds."""
        return sum(count for _, count in self.reasons)


def tally(commitment: Commitment, frame: FrozenFrame, trials: Sequence[Trial]) -> Rehearsal:
    """Count up the trials of a frame, of which there is at least one."""
    left = [one for trial in trials for one in trial.open]
    return Rehearsal(
        seeds=len(trials),
        failed=tuple(trial.seed for trial in trials if trial.open),
        visits=_spread([len(trial.visits) for trial in trials]),
        open=_spread([len(trial.open) for trial in trials]),
        unaided=_spread([_count_unaided(commitment, trial) for trial in trials]),
        reasons=_rank(one.visit.open for one in left if one.visit.open is not None),
        lacks=_rank(lack for one in left for lack in one.lacks),
        people=_tally_people(frame, trials),
        days=_tally_days(commitment, trials),
        strata=_tally_groups(frame, trials, {row.id: " + ".join(sorted(set(row.strata))) for row in frame.entities}),
        zones=_tally_groups(frame, trials, {row.id: row.zone for row in frame.entities}),
        open_entities=_tally_open(left, trials),
    )


def odds_bound(seeds: int) -> Fraction:
    """Tell below which the odds of an open visit are where no seed left one, rounded up to a tenth of a per cent (REHEARSE-8)."""
    return Fraction(ceil(1000 * (1 - 0.05 ** (1 / seeds))), 1000)


def _count_unaided(commitment: Commitment, trial: Trial) -> int:
    """Count the visits that go without the expert whom they want (REHEARSE-9)."""
    wanting = set(commitment.team.expert_domains)
    return sum(
        visit.day is not None and visit.expert is None and not wanting.isdisjoint(visit.domains)
        for visit in trial.visits
    )


def _tally_people(frame: FrozenFrame, trials: Sequence[Trial]) -> tuple[PersonLoad, ...]:
    loads = [Counter(holder for visit in trial.visits for holder in visit.people) for trial in trials]
    return tuple(
        PersonLoad(
            id=row.id,
            role=row.role,
            visits=_spread([load[row.id] for load in loads]),
            month_cap=row.month_cap,
            day_caps=sum(cap for _, cap in row.days),
        )
        for row in frame.inspectors
    )


def _tally_days(commitment: Commitment, trials: Sequence[Trial]) -> tuple[tuple[str, Spread], ...]:
    loads = [Counter(visit.day for visit in trial.visits) for trial in trials]
    return tuple((day, _spread([load[day] for load in loads])) for day in commitment.days)


def _tally_groups(
    frame: FrozenFrame, trials: Sequence[Trial], names: dict[EntityId, str] | dict[EntityId, str | None]
) -> tuple[Group, ...]:
    entities = Counter(names[row.id] for row in frame.entities)
    visits = Counter(names[visit.entity] for trial in trials for visit in trial.visits)
    left = Counter(names[one.visit.entity] for trial in trials for one in trial.open)
    return tuple(
        Group(name=name, entities=entities[name], visits=visits[name], open=left[name], seeds=len(trials))
        for name in sorted(entities, key=lambda name: name or "")
    )


def _tally_open(left: Iterable[OpenVisit], trials: Sequence[Trial]) -> tuple[OpenEntity, ...]:
    drawn = Counter(visit.entity for trial in trials for visit in trial.visits)
    ranked = _rank(one.visit.entity for one in left)
    return tuple(OpenEntity(id=name, drawn=drawn[name], open=count) for name, count in ranked)


def _spread(numbers: Sequence[int]) -> Spread:
    ordered = sorted(numbers)
    return Spread(
        least=ordered[0],
        median=ordered[(len(ordered) - 1) // 2],
        most=ordered[-1],
        mean=Fraction(sum(ordered), len(ordered)),
    )


def _rank(things: Iterable[T]) -> tuple[tuple[T, int], ...]:
    """Count things, the most frequent first, equals in their order."""
    return tuple(sorted(Counter(things).items(), key=lambda item: (-item[1], str(item[0]))))
