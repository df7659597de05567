"""Proofs that a plan cannot be staffed: what each says, and which of several are worth telling.

What does not live here: how they are found (``hall``), and the words (``words``).

Rules:

SHORTAGE-12  Of proofs about the same places, or some of them, one is left out when another one, about all or some of its people, lacks
             as many seats: whoever mends that one cannot do with less.
SHORTAGE-13  So is one that another one of the same kind says again of more people, fewer than twice as many, where more seats are lacking.
             At most eight are told, those that lack most.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.names import Domain, InspectorId
    from inspect_cli.core.plan.shortage.certain import CertainVisits
    from inspect_cli.core.plan.shortage.unstaffable import Obstacle

_TOLD: Final = 8


class Want(StrEnum):
    """What is short: seats of inspectors, of people who may lead, of people with a skill; places on days; any team at all."""

    INSPECTOR = "inspector"
    LEADER = "leader"
    SKILL = "skill"
    DAY = "day"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A proof that a visit stays open: ``wanted`` seats (for ``DAY`` and ``TEAM``: visits) where there are ``seats``.

    ``people`` are all who could hold those seats. ``zones`` are those of the visits, None for entities without one; empty: all places.
    ``domains`` are the skills of which each of the seats wants one. ``days``: the only days of these visits; empty: all of the plan.
    ``by_day`` (for ``DAY``): the most visits that each day seats. ``obstacles`` (for ``TEAM``): why there is no team.
    """

    want: Want
    visits: CertainVisits
    wanted: int
    seats: int
    people: tuple[InspectorId, ...] = ()
    domains: tuple[Domain, ...] = ()
    zones: tuple[str | None, ...] = ()
    days: tuple[date, ...] = ()
    by_day: tuple[tuple[date, int], ...] = ()
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def lacking(self) -> int:
        """Tell how many seats are missing."""
        return self.wanted - self.seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A proof with the cells, the units and the people that it is about, as bit sets (``workforce``)."""

    shortage: Shortage
    cells: int
    units: int
    people: int


def without_superfluous(found: Iterable[Found]) -> list[Shortage]:
    """Leave out proofs that others make superfluous (SHORTAGE-12, SHORTAGE-13), and give the others, fewest people first."""
    order = sorted(
        found,
        key=lambda one: (
            one.people.bit_count(),
            -one.shortage.lacking,
            one.units.bit_count(),
            one.units,
            one.people,
            len(one.shortage.domains),
        ),
    )
    kept: list[Found] = []
    for one in order:
        if not any(_holds(other, one) for other in kept):
            kept.append(one)
    kept = [one for one in kept if not any(_widens(other, one) for other in kept)]
    told = sorted(kept, key=lambda one: -one.shortage.lacking)[:_TOLD]
    return [one.shortage for one in kept if one in told]


def _holds(one: Found, other: Found) -> bool:
    """Say whether the first proof lacks as many seats, of nobody but people of the other, at the same places (SHORTAGE-12)."""
    return (
        not one.people & ~other.people
        and one.shortage.lacking >= other.shortage.lacking
        and one.units & other.units in {one.units, other.units}
    )


def _widens(one: Found, other: Found) -> bool:
    """Say whether the first proof is the other one again for more places, with few more people (SHORTAGE-13)."""
    return (
        one.shortage.want is other.shortage.want
        and one.shortage.domains == other.shortage.domains
        and one.shortage.lacking > other.shortage.lacking
        and not other.people & ~one.people
        and one.people.bit_count() < 2 * other.people.bit_count()
    )
