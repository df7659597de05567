"""Selection: each domain takes the lowest tickets of its own strata, and all domains share one ticket per entity.

What lives here: who is drawn, for which domains, and whether the quotas are those of the frame. What does not: days and
teams.

DRAW-3  For each quota, among the frame's entities of that domain and stratum, the ``take`` with the lowest entity
        tickets are drawn for that domain.
DRAW-4  There is one quota for each (domain, stratum) of the frame, its ``size`` is the number of its entities, and
        every entity is in at least one quota with ``take`` ≥ 1.
DRAW-5  The selection lists each drawn entity with its ticket and the sorted domains for which it was drawn, in ticket
        order.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from heapq import nsmallest
from typing import TYPE_CHECKING

from inspect_cli.core.draw.result import Selected
from inspect_cli.core.draw.ticket import Purpose
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.core.draw.commitment import Quota
    from inspect_cli.core.draw.rows import EntityRow
    from inspect_cli.core.names import Domain

Profile = tuple[tuple["Domain", ...], tuple[str, ...]]
"""The domains of an entity and their strata: entities that share it stand in the same quotas."""


def entity_tickets(seed: str, entities: Sequence[EntityRow]) -> list[str]:
    """Give the entity ticket of each row, in the order of the rows (DRAW-2, written out: a frame can have millions)."""
    start = f"{seed}\n{Purpose.ENTITY}\n"
    return [sha256(f"{start}{row.id}\n{row.salt}".encode()).hexdigest() for row in entities]


def select(quotas: Sequence[Quota], entities: Sequence[EntityRow], seed: str) -> tuple[Selected, ...]:
    """Draw: give who is selected, in ticket order (DRAW-3, DRAW-5).

    Only the lowest tickets can be drawn, so that higher ones are put aside before strata are looked at; the limit rises until
    each quota has enough below it. Which limits are tried decides how long it takes, never who is drawn.
    """
    tickets = entity_tickets(seed, entities)
    takes = {(quota.domain, quota.stratum): quota.take for quota in quotas}
    share = max((quota.take / quota.size for quota in quotas), default=0.0)
    while True:
        share *= 2
        candidates = _lowest(takes, entities, tickets, _limit(share))
        if share >= 1 or all(len(candidates[place]) >= take for place, take in takes.items()):
            break
    drawn: dict[tuple[str, int], list[Domain]] = {}
    for place in sorted(takes):
        for candidate in nsmallest(takes[place], candidates[place]):
            drawn.setdefault(candidate, []).append(place[0])
    return tuple(
        Selected(entity=entities[index].id, ticket=ticket, drawn=tuple(domains))
        for (ticket, index), domains in sorted(drawn.items())
    )


def _limit(share: float) -> str:
    """Give the text below which about that share of all tickets is; the letter g is above every hex digit."""
    return f"{int(share * 16**8):08x}" if share < 1 else "g"


def _lowest(
    takes: Mapping[tuple[Domain, str], int], entities: Sequence[EntityRow], tickets: Sequence[str], limit: str
) -> dict[tuple[Domain, str], list[tuple[str, int]]]:
    """Give for each quota its entities with a ticket below the limit, as (ticket, index of the row)."""
    candidates: dict[tuple[Domain, str], list[tuple[str, int]]] = {place: [] for place in takes}
    for index in [index for index, ticket in enumerate(tickets) if ticket < limit]:
        row = entities[index]
        for place in zip(row.domains, row.strata, strict=True):
            if place in candidates:
                candidates[place].append((tickets[index], index))
    return candidates


def quota_fault(quotas: Sequence[Quota], entities: Sequence[EntityRow]) -> Message | None:
    """Say where the quotas are not those of the frame (DRAW-4), or None."""
    sizes: Counter[tuple[Domain, str]] = Counter()
    takes = {(quota.domain, quota.stratum): quota.take for quota in quotas}
    profiles: Counter[Profile] = Counter((row.domains, row.strata) for row in entities)
    for (domains, strata), count in profiles.items():
        for place in zip(domains, strata, strict=True):
            sizes[place] += count
    for quota in quotas:
        found = sizes[(quota.domain, quota.stratum)]
        if found != quota.size:
            return say(
                "the frame has {found} entities of {domain} {stratum}, its quota says {expected}",
                found=found,
                domain=quota.domain,
                stratum=quota.stratum,
                expected=quota.size,
            )
    for domain, stratum in sorted(sizes):
        if (domain, stratum) not in takes:
            return say("there is no quota for {domain} {stratum}", domain=domain, stratum=stratum)
    hopeless = {profile for profile in profiles if not any(takes[place] for place in zip(*profile, strict=True))}
    for row in entities:
        if (row.domains, row.strata) in hopeless:
            return say("{entity} is in no quota that takes anybody", entity=row.id)
    return None
