"""Before a draw is made: for each of its visits, on how many of its days a team could be made, and how many people could join.

What lives here: each visit looked at alone, with all caps as in the frame. What does not: the draw itself, in which visits compete.

REACH-1  A visit can be staffed on a day when its team has a size there with all caps as in the frame (TEAM-3); whoever is in the pool on
         such a day could join it, unless no seat is left to fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.staffing import Staffing, Wanted
from inspect_cli.core.draw.team import Roster

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.names import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A visit that is to be drawn: of its ``days`` how many are ``possible``, and how many ``people`` could join its team on those."""

    entity: EntityId
    days: int
    possible: int
    people: int


def find_reach(commitment: Commitment, frame: FrozenFrame) -> tuple[Reach, ...]:
    """Look at each entity of a frame that takes all, as a supplement does: could a team be made, and of how many people (REACH-1)."""
    staffing = Staffing(commitment, Roster(frame.inspectors), (), "")
    found = []
    for row in frame.entities:
        wanted = Wanted(row=row, ticket="", domains=row.domains)
        crew = staffing.crew(wanted)
        days = commitment.days if row.days is None else row.days
        possible, people = 0, 0
        for day in days:
            pool = staffing.pool(wanted, day) & ~crew.people
            size = staffing.roster.size(staffing.rule, crew, pool)
            if size is not None:
                possible += 1
                people |= pool if size > len(crew.members) else 0
        found.append(Reach(entity=row.id, days=len(days), possible=possible, people=people.bit_count()))
    return tuple(found)
