"""What would mend a draw that leaves visits open: one change at a time, tried on the seeds that failed. Nothing is changed by it.

What does not live here: a further day, which needs the registries (``acts.plan.rehearse``), and the words.

REHEARSE-6  Changes are tried one at a time, each on the same seeds: the first twenty of those that left a visit open. A change is told
            when it leaves fewer visits open, best first: by seeds that it mends, then by visits that stay open.
REHEARSE-7  Tried are: one more inspector, of any zone, for each domain of the open visits, and where that is better one who may lead; two
            visits a month more for everybody; one visit a day more; everybody in any zone; teams of one more, up to six. Smaller teams
            are never tried: what the law asks for is not what mends a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.rehearsal.trial import rehearse
from inspect_cli.core.draw.rows import InspectorRow, RowRole
from inspect_cli.core.names import Domain, InspectorId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame

TRIED: Final = 20
"""Seeds that failed, on which a change is tried."""
MORE_A_MONTH: Final = 2
_LARGEST_TEAM: Final = 6


class Change(StrEnum):
    """What is changed."""

    OFFICER = "officer"
    LEADER = "leader"
    MONTH_CAP = "month-cap"
    DAY_CAP = "day-cap"
    DAY = "day"
    ANY_ZONE = "any-zone"
    LARGER_TEAM = "larger-team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A change, and what would be drawn from with it. ``detail`` is the domain, the day or the size that it is about."""

    change: Change
    commitment: Commitment
    frame: FrozenFrame
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a new inspector could do: visits a day and a month."""

    day: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How a change did: seeds on which it was tried, seeds with nothing open any more, visits open over these seeds before and after."""

    change: Change
    detail: str
    seeds: int
    mended: int
    before: int
    after: int


def list_remedies(
    commitment: Commitment, frame: FrozenFrame, domains: Iterable[Domain], caps: Caps
) -> Iterator[Remedy]:
    """Give the changes that are tried (REHEARSE-7), a further day aside."""
    for domain in domains:
        for change in (Change.OFFICER, Change.LEADER):
            row = _newcomer(commitment, frame, domain, caps)
            people = (*frame.inspectors, replace(row, lead=change is Change.LEADER))
            yield Remedy(change=change, commitment=commitment, frame=replace(frame, inspectors=people), detail=domain)
    more = tuple(replace(row, month_cap=row.month_cap + MORE_A_MONTH) for row in frame.inspectors)
    yield Remedy(change=Change.MONTH_CAP, commitment=commitment, frame=replace(frame, inspectors=more))
    more = tuple(replace(row, days=tuple((day, cap + 1) for day, cap in row.days)) for row in frame.inspectors)
    yield Remedy(change=Change.DAY_CAP, commitment=commitment, frame=replace(frame, inspectors=more))
    if any(row.zones is not None for row in frame.inspectors):
        more = tuple(replace(row, zones=None) for row in frame.inspectors)
        yield Remedy(change=Change.ANY_ZONE, commitment=commitment, frame=replace(frame, inspectors=more))
    if commitment.team.max < _LARGEST_TEAM:
        size = commitment.team.max + 1
        team = replace(commitment.team, max=size)
        yield Remedy(
            change=Change.LARGER_TEAM, commitment=replace(commitment, team=team), frame=frame, detail=str(size)
        )


def try_remedy(remedy: Remedy, failed: Sequence[tuple[str, int]]) -> Tried:
    """Draw again with a change; ``failed`` are seeds with the number of visits that they left open."""
    after = [len(rehearse(remedy.commitment, remedy.frame, seed).open) for seed, _ in failed]
    return Tried(
        change=remedy.change,
        detail=remedy.detail,
        seeds=len(failed),
        mended=after.count(0),
        before=sum(count for _, count in failed),
        after=sum(after),
    )


def rank_remedies(tried: Iterable[Tried]) -> tuple[Tried, ...]:
    """Keep what helps, best first; a leader only where an inspector who may not lead does less (REHEARSE-6)."""
    found = tuple(tried)
    plain = {one.detail: (one.mended, -one.after) for one in found if one.change is Change.OFFICER}
    kept = (
        one
        for one in found
        if one.after < one.before
        and not (one.change is Change.LEADER and (one.mended, -one.after) <= plain.get(one.detail, (-1, 0)))
    )
    return tuple(sorted(kept, key=lambda one: (-one.mended, one.after, list(Change).index(one.change), one.detail)))


def _newcomer(commitment: Commitment, frame: FrozenFrame, domain: Domain, caps: Caps) -> InspectorRow:
    """Make a row for somebody who is not there yet, whose id nobody has."""
    taken, name = {row.id for row in frame.inspectors}, "newcomer"
    while name in taken:
        name += "+"
    return InspectorRow(
        id=InspectorId(name),
        salt=sha256(name.encode()).hexdigest()[:32],
        role=RowRole.INSPECTOR,
        lead=False,
        skills=(domain,),
        days=tuple((day, caps.day) for day in commitment.days),
        month_cap=caps.month,
    )
