"""Entities that no team can visit on any day of a plan, and why (SHORTAGE-11 in ``proof``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.plan.shortage.workforce import members

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.bureau import TeamSize
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.plan.frame.build import FrameEntity
    from inspect_cli.core.plan.shortage.workforce import Workforce


class Cause(StrEnum):
    """Why there is no team.

    Too few people who may go there, a skill that none of them has, nobody who may lead, skills spread over more people than a team has,
    or people who are never at work together.
    """

    FEW = "few"
    SKILL = "skill"
    LEADER = "leader"
    LARGE = "large"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why an entity cannot be visited; ``domains`` are the skills that are missing, sorted."""

    entity: EntityId
    cause: Cause
    domains: tuple[Domain, ...] = ()


class Obstacles:
    """Asks entity by entity, and remembers what is the same for many."""

    def __init__(self, force: Workforce, rule: TeamSize) -> None:
        """Note who is at work on each day."""
        self._force, self._rule = force, rule
        self._at_work = {day: force.at_work(day) for day in force.days}
        self._teams: dict[tuple[int, int], bool] = {}
        self._known: dict[tuple[int, frozenset[date], int], bool] = {}

    def find(self, entity: FrameEntity, domains: tuple[Domain, ...]) -> Obstacle | None:
        """Tell why no team can check ``domains`` at an entity on any of its days, or None where one can."""
        people, days, need = self._force.reaching(entity), self._force.days_of(entity), self._force.domain_set(domains)
        key = (people, days, need)
        if key not in self._known:
            self._known[key] = any(self._has_team(people & self._at_work[day], need) for day in sorted(days))
        return None if self._known[key] else self._explain(entity, people, domains)

    def _has_team(self, people: int, need: int) -> bool:
        key = (people, need)
        if key not in self._teams:
            self._teams[key] = self._force.smallest_team(need, people, self._rule) is not None
        return self._teams[key]

    def _explain(self, entity: FrameEntity, people: int, domains: tuple[Domain, ...]) -> Obstacle:
        """Name the first cause that holds for all who could ever go there."""
        ever = 0
        for day in self._force.days_of(entity):
            ever |= people & self._at_work[day]
        there = 0
        for person in members(ever):
            there |= self._force.skills[person]
        missing = tuple(one for one in domains if not self._force.domain_set((one,)) & there)
        if missing:
            return Obstacle(entity=entity.id, cause=Cause.SKILL, domains=missing)
        if ever.bit_count() < self._rule.min:
            return Obstacle(entity=entity.id, cause=Cause.FEW)
        if not ever & self._force.leads:
            return Obstacle(entity=entity.id, cause=Cause.LEADER)
        is_possible = self._has_team(ever, self._force.domain_set(domains))
        return Obstacle(entity=entity.id, cause=Cause.DAY if is_possible else Cause.LARGE)
