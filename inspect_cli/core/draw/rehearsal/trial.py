"""Rehearsing a draw: what it would be with seeds that nobody will ever use. Counting it all up is ``tally``'s matter.

Rules:

REHEARSE-1  Seed k of a plan, from 1, is the SHA-256 of lines("rehearse", digest of the plan's text, k in decimal).
REHEARSE-2  Each trial takes the very steps of the draw (SELECT, STAFF): with the seed of a real draw it is that draw. Its salts are not
            those of the draw to come, so that it tells nothing about who will be drawn.
REHEARSE-3  What an open visit lacks is told of the day that comes nearest, by who had cap left when the visit's turn came: people
            for the smallest team; else skills that nobody has and somebody who may lead; else all are there, but no team of the
            largest size has them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.core.draw.cover import members
from inspect_cli.core.draw.outcome import selected_visits
from inspect_cli.core.draw.selection import select
from inspect_cli.core.draw.staffing import Staffing, visiting_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.result import Selected, Visit
    from inspect_cli.core.draw.staffing import Wanted


class Missing(StrEnum):
    """What stands between a visit and its team."""

    PEOPLE = "people"
    SKILL = "skill"
    LEADER = "leader"
    TEAM = "team"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Lack:
    """One thing that an open visit lacks; ``domain`` (else empty) is the skill."""

    missing: Missing
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVisit:
    """A visit that stayed open, its zone, and what it lacked."""

    visit: Visit
    zone: str | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one seed leads to: selection and visits as a result has them, in ticket order, and the visits that stay open."""

    seed: str
    selection: tuple[Selected, ...]
    visits: tuple[Visit, ...]
    open: tuple[OpenVisit, ...]


def rehearsal_seeds(plan_digest: str, count: int) -> Iterator[str]:
    """Give the seeds of a plan's rehearsal (REHEARSE-1)."""
    for number in range(1, count + 1):
        yield sha256(f"rehearse\n{plan_digest}\n{number}".encode()).hexdigest()


def rehearse(commitment: Commitment, frame: FrozenFrame, seed: str) -> Trial:
    """Draw with a seed (REHEARSE-2), and see at each visit that stays open what it lacks."""
    selection = select(commitment.quotas, frame.entities, seed)
    visits = selected_visits(commitment, frame, selection)
    staffing = Staffing(commitment, frame.inspectors, visits, seed)
    placed: dict[str, Visit] = {}
    left: dict[str, OpenVisit] = {}
    for wanted in visiting_order(visits):
        visit = placed[wanted.ticket] = staffing.place(wanted)
        if visit.day is None:
            left[wanted.ticket] = OpenVisit(visit=visit, zone=wanted.row.zone, lacks=_find_lacks(staffing, wanted))
    return Trial(
        seed=seed,
        selection=selection,
        visits=tuple(placed[ticket] for ticket in sorted(placed)),
        open=tuple(left[ticket] for ticket in sorted(left)),
    )


def _find_lacks(staffing: Staffing, wanted: Wanted) -> tuple[Lack, ...]:
    """Tell what an open visit lacks on the day that comes nearest (REHEARSE-3)."""
    found = [_lacks_on(staffing, wanted, day) for day in staffing.day_order(wanted)]
    return min(found, key=lambda lacks: (len(lacks), lacks[0].missing is Missing.PEOPLE, lacks))


def _lacks_on(staffing: Staffing, wanted: Wanted, day: str) -> tuple[Lack, ...]:
    roster, crew = staffing.roster, staffing.crew(wanted)
    pool = staffing.pool(wanted, day) & ~crew.people
    if len(crew.members) + pool.bit_count() < staffing.rule.min:
        return (Lack(missing=Missing.PEOPLE),)
    need = crew.need
    for person in members(pool):
        need &= ~roster.skills[person]
    lacks = [Lack(missing=Missing.SKILL, domain=one) for one in wanted.domains if need & roster.domain_set((one,))]
    if crew.lead_wanted and not pool & roster.leads:
        lacks.append(Lack(missing=Missing.LEADER))
    return tuple(lacks) or (Lack(missing=Missing.TEAM),)
