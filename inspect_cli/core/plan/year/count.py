"""Counting what a year's draws drew, by domain and stratum, whatever became of the visits. What is to be drawn is ``progress``' matter.

Rules:

YEAR-3  Drawn is who a first draw of a month of the year selected for the domain, void draws aside, in the stratum of the frozen row. Who
        stands in the stratum ``carried-over`` counts where drawn first. A visit that ended cancelled does not count, nor one
        that was carried over and then cancelled.
YEAR-4  Recorded is who of the drawn has a result, of the visit itself or of the one that it was carried over to. Checked beside is
        who has a result for the domain without having been drawn for it.
YEAR-5  Committed is what the first draws of the year that are committed and not yet drawn take. Nothing but draws counts: no case
        check, and no visit of another department.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from inspect_cli.core.period import year_of
from inspect_cli.core.plan.stratum import CARRIED_OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.names import Domain, EntityId, Period

YearKey: TypeAlias = "tuple[Domain, str | None]"
"""A domain and a stratum by the year's fields; None for a stratum that these fields cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnVisit:
    """A visit in force of a drawn chain. ``strata`` are the frozen row's domains with their strata by the year's fields.

    ``drawn`` are the domains for which the entity was drawn, ``checked`` those that have a result; ``to_period`` is set when the
    visit was carried over, ``is_cancelled`` when it was cancelled.
    """

    period: Period
    entity: EntityId
    strata: tuple[tuple[Domain, str | None], ...]
    drawn: tuple[Domain, ...]
    checked: tuple[Domain, ...] = ()
    to_period: Period | None = None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A quota of a draw that is committed and not yet drawn."""

    domain: Domain
    stratum: str | None
    take: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What the draws of a year did in one stratum of one domain (YEAR-3 to YEAR-5)."""

    drawn: int = 0
    recorded: int = 0
    beside: int = 0
    committed: int = 0

    def __add__(self, other: Count) -> Count:
        """Add up two counts."""
        return Count(
            drawn=self.drawn + other.drawn,
            recorded=self.recorded + other.recorded,
            beside=self.beside + other.beside,
            committed=self.committed + other.committed,
        )


def count_year(year: int, visits: Iterable[DrawnVisit], waiting: Iterable[Waiting]) -> Mapping[YearKey, Count]:
    """Count what the draws of a year drew (YEAR-3 to YEAR-5).

    ``visits`` are those of the year and of the later periods to which they were carried over; ``waiting`` are the year's.
    """
    visits = tuple(visits)
    later = {(visit.period, visit.entity): visit for visit in visits if _is_carried(visit)}
    counts: dict[YearKey, Count] = {}
    for visit in visits:
        if year_of(visit.period) == year:
            for key, count in _count_visit(visit, _follow(visit, later)):
                counts[key] = counts.get(key, Count()) + count
    for quota in waiting:
        if quota.stratum != CARRIED_OVER:
            key = (quota.domain, quota.stratum)
            counts[key] = counts.get(key, Count()) + Count(committed=quota.take)
    return counts


def _is_carried(visit: DrawnVisit) -> bool:
    return any(stratum == CARRIED_OVER for _, stratum in visit.strata)


def _follow(visit: DrawnVisit, later: Mapping[tuple[Period, EntityId], DrawnVisit]) -> DrawnVisit:
    """Give the visit that a carried-over one has become; itself while the later period is not drawn, or when it was not carried over."""
    while visit.to_period is not None and visit.to_period > visit.period:
        if (visit.to_period, visit.entity) not in later:
            break
        visit = later[visit.to_period, visit.entity]
    return visit


def _count_visit(visit: DrawnVisit, last: DrawnVisit) -> Iterable[tuple[YearKey, Count]]:
    """Count one visit, whose end is that of ``last``, domain by domain."""
    for domain, stratum in visit.strata:
        is_recorded = domain in last.checked
        if stratum == CARRIED_OVER:
            continue
        if domain in visit.drawn and not last.is_cancelled:
            yield (domain, stratum), Count(drawn=1, recorded=int(is_recorded))
        elif domain not in visit.drawn and is_recorded:
            yield (domain, stratum), Count(beside=1)
