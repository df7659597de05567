"""What a month's draw spares the companies: visits made, and what they would have been otherwise, both ways.

What lives here: counting from a frozen draw. What does not: which visits took place (``core.visit``).

Rules:

BURDEN-1  *Base* is the number of entities in the frame, *due* the sum of all quotas, *drawn* the number of domains for which
          somebody was drawn, *checks* the number of domains that the visits check, *visits* the number of visits.
BURDEN-2  Each department alone: every quota is met by visits of its own, so there are as many visits as are due.
BURDEN-3  Separate draws, joined where they meet: each domain draws its quotas with tickets of its own, from the seed's digest with
          the domain's name, and an entity that several domains draw is visited once. This is one such draw, not an average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.selection import select

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.names import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """The numbers of a month (BURDEN-1), and the visits there would have been otherwise (BURDEN-2, BURDEN-3)."""

    base: int
    due: int
    drawn: int
    checks: int
    visits: int
    open: int
    visits_alone: int
    visits_joined: int


def measure_burden(commitment: Commitment, frame: FrozenFrame, result: Result) -> Burden:
    """Count what a draw asks of the companies, and what it would have asked without one ticket for all domains."""
    due = sum(quota.take for quota in commitment.quotas)
    return Burden(
        base=len(frame.entities),
        due=due,
        drawn=sum(len(selected.drawn) for selected in result.selection),
        checks=sum(len(visit.domains) for visit in result.visits),
        visits=len(result.visits),
        open=sum(visit.open is not None for visit in result.visits),
        visits_alone=count_alone(commitment),
        visits_joined=_joined(commitment, frame, result.seed),
    )


def count_alone(commitment: Commitment) -> int:
    """Count the visits that there would have been had each department gone alone (BURDEN-2)."""
    return sum(quota.take for quota in commitment.quotas)


def _joined(commitment: Commitment, frame: FrozenFrame, seed: str) -> int:
    """Draw each domain with tickets of its own, and count the entities that are drawn at all (BURDEN-3)."""
    visited: set[EntityId] = set()
    for domain in sorted({quota.domain for quota in commitment.quotas}):
        quotas = tuple(quota for quota in commitment.quotas if quota.domain == domain)
        own_seed = digest(f"{seed}\n{domain}".encode())
        visited.update(selected.entity for selected in select(quotas, frame.entities, own_seed))
    return len(visited)
