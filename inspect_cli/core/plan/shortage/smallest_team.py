"""The smallest team that some people could make for some domains: what a plan needs to know of the draw's rules on teams.

People and domains are bit sets here: a skill is a bit, and what somebody can do is the sum of theirs. Who visits where and when is
``workforce``'s matter.

Rules:

SHORTAGE-5  A team has somebody who may lead and together every skill that is checked, at least ``min`` and at most ``max`` members: the
            same teams that the draw can make (TEAM-3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from inspect_cli.core.bureau import TeamSize

Able = tuple[int, bool]
"""What somebody can do: their skills as a bit set, and whether they may lead."""

_WIDEST: Final = 12
"""Domains up to which covers are searched; whoever has more is taken to need one person for each question, which is never too many."""


def count_cover(need: int, skills: Iterable[int], most: int) -> int | None:
    """Count the fewest sets of skills that have all of ``need``; None where ``most`` of them do not."""
    useful = {one & need for one in skills} - {0}
    if need.bit_count() > _WIDEST:
        return 1
    reached = {0}
    for count in range(most + 1):
        if need in reached:
            return count
        reached = {there | one for there in reached for one in useful}
    return None


def smallest_team(need: int, people: Collection[Able], rule: TeamSize) -> int | None:
    """Tell how many go at least (SHORTAGE-5); None where these people make no team at all."""
    if len(people) < rule.min:
        return None
    kinds = {(skills & need, may_lead) for skills, may_lead in people}
    beside = [
        count
        for skills, may_lead in kinds
        if may_lead and (count := count_cover(need & ~skills, (one for one, _ in kinds), rule.max - 1)) is not None
    ]
    return max(rule.min, 1 + min(beside)) if beside else None
