"""A month's portion of the year: what it should draw of what is left, and whether the rest can still be drawn after it.

What lives here: months, numbers and reach. What does not: how far the year has come (``progress``), and a month's plan
(``core.plan.draft``).

Rules:

YEAR-7  A month's portion is what is left divided by the months left, rounded up, and never more than can be drawn. The months left
        are those from the month (or the first month, when that is later) to the last month, and at least 1.
YEAR-8  A target is out of reach when more is left of it after the month than base × draws of one entity: in k months nobody is drawn
        more often than k ÷ (months of cooling-off, at least 1), rounded up, nor more often than the yearly cap allows (allowances aside).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.year.count import YearKey
    from inspect_cli.core.plan.year.progress import YearLine, YearPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What a month should draw of what is left (YEAR-7): ``drawable`` is how many can be drawn this month."""

    line: YearLine
    months: int
    drawable: int

    @property
    def wanted(self) -> int:
        """What is left divided by the months left, rounded up."""
        return -(-(self.line.left or 0) // self.months)

    @property
    def number(self) -> int:
        """The wanted number, or fewer where not so many can be drawn."""
        return min(self.wanted, self.drawable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """One stratum of the year after a month's plan, which takes ``take`` of it; ``reach`` is what later months can draw at most."""

    line: YearLine
    take: int
    reach: int

    @property
    def done(self) -> int:
        """What is done once this plan is drawn."""
        return self.line.done + self.take

    @property
    def left(self) -> int | None:
        """What is left of the target then; None where there is none."""
        return None if self.line.target is None else max(0, self.line.target - self.done)

    @property
    def is_out_of_reach(self) -> bool:
        """Say whether the target can no longer be met by the last month (YEAR-8)."""
        return self.left is not None and self.left > self.reach


def months_left(plan: YearPlan, month: int) -> int:
    """Tell over how many months what is left is spread, from ``month`` on (YEAR-7)."""
    return max(1, plan.last_month - max(month, plan.first_month) + 1)


def compute_reach(base: int, months: int, bureau: Bureau) -> int:
    """Tell how many of a base can be drawn in so many months at most (YEAR-8)."""
    pause = max(1, bureau.cooling_off_months.number)
    return base * min(bureau.visits_a_year.number, -(-months // pause))


def look_ahead(
    lines: Iterable[YearLine], takes: Mapping[YearKey, int], months: int, bureau: Bureau
) -> tuple[Afterwards, ...]:
    """Tell how the year stands after a plan that takes ``takes``, with ``months`` months left behind it (YEAR-8).

    ``takes`` of strata that no line names count to their domain's sum.
    """
    lines = tuple(lines)
    named = {(line.domain, line.stratum) for line in lines}
    added: Counter[YearKey] = Counter()
    for key, take in takes.items():
        added[key if key in named else (key[0], None)] += take
    return tuple(
        Afterwards(
            line=line,
            take=added[line.domain, line.stratum],
            reach=compute_reach(line.base, months, bureau),
        )
        for line in lines
    )
