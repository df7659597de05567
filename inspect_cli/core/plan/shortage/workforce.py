"""Who could go where: a frame's inspectors as bit sets, and its entities sorted by whom they could be visited by.

What lives here: people, the cells into which entities fall, and the largest number of visits that caps allow. What does not: how
many visits are certain (``certain``), and what follows from both (``proof``).

Rules:

SHORTAGE-7  Somebody can be seated at most as often as the month's cap allows and as the caps of the days allow on which the visits can
            be made, and once at each visit. So n visits with k seats each need Σ min(cap, n) ≥ k × n.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.plan.frame.roster import RosterRole
from inspect_cli.core.plan.shortage.smallest_team import smallest_team

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from inspect_cli.core.bureau import TeamSize
    from inspect_cli.core.names import Domain, InspectorId
    from inspect_cli.core.plan.frame.build import Frame, FrameEntity
    from inspect_cli.core.plan.shortage.certain import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Places that the same people visit on the same days: ``people`` is a bit set, bars aside."""

    people: int
    days: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Entities of a unit with the same profile. ``people`` are those who may visit at least one of them."""

    number: int
    unit: Unit
    profile: Profile
    people: int
    entities: tuple[FrameEntity, ...]


class Workforce:
    """The inspectors of a frame (experts aside) as bit sets: bit i stands for ``rows[i]``, and each domain has a bit too."""

    def __init__(self, frame: Frame) -> None:
        """Index the roster."""
        self.rows = tuple(row for row in frame.roster if row.role is RosterRole.INSPECTOR)
        self.days = frozenset(frame.days)
        self.leads = sum(1 << i for i, row in enumerate(self.rows) if row.lead)
        self._domains = {domain: 1 << i for i, domain in enumerate(sorted({quota.domain for quota in frame.quotas}))}
        self.skills = tuple(self.domain_set(row.skills) for row in self.rows)
        self._everywhere = sum(1 << i for i, row in enumerate(self.rows) if not row.zones)
        self._zones: dict[str, int] = defaultdict(int)
        self._barred: dict[str, int] = defaultdict(int)
        self._caps = [{free.day: free.cap for free in row.days} for row in self.rows]
        for i, row in enumerate(self.rows):
            for zone in row.zones:
                self._zones[zone] |= 1 << i
            for name in row.barred:
                self._barred[name] |= 1 << i

    def domain_set(self, domains: Iterable[Domain]) -> int:
        """Give those of some domains that the plan draws for as a bit set."""
        found = 0
        for domain in domains:
            found |= self._domains.get(domain, 0)
        return found

    def qualified(self, domains: int) -> int:
        """Give who has a skill among ``domains``."""
        return sum(1 << i for i, skills in enumerate(self.skills) if skills & domains)

    def visiting(self, zone: str | None) -> int:
        """Give who visits a zone, or entities without one."""
        return self._everywhere if zone is None else self._everywhere | self._zones.get(zone, 0)

    def reaching(self, entity: FrameEntity) -> int:
        """Give who may visit an entity: visits its zone, and is not barred from it."""
        return self.visiting(entity.zone) & ~self._barred.get(entity.id, 0)

    def days_of(self, entity: FrameEntity) -> frozenset[date]:
        """Tell on which days an entity can be visited."""
        return self.days if entity.days is None else self.days.intersection(entity.days)

    def at_work(self, day: date) -> int:
        """Give who can be seated on a day."""
        return sum(1 << i for i, row in enumerate(self.rows) if row.month_cap and day in self._caps[i])

    def caps(self, people: int, days: Iterable[date]) -> list[int]:
        """Tell for each of some people how often they can be seated on ``days``."""
        wanted = tuple(days)
        return [min(self.rows[i].month_cap, sum(self._caps[i].get(day, 0) for day in wanted)) for i in members(people)]

    def names(self, people: int) -> tuple[InspectorId, ...]:
        """Name some people, in the roster's order."""
        return tuple(self.rows[i].id for i in members(people))

    def smallest_team(self, domains: int, people: int, rule: TeamSize) -> int | None:
        """Tell how many of some people go at least where ``domains`` are checked; None where they make no team."""
        return smallest_team(domains, [(self.skills[i], bool(self.leads >> i & 1)) for i in members(people)], rule)


def sort_entities(frame: Frame, force: Workforce) -> tuple[Cell, ...]:
    """Sort the entities of a frame into cells."""
    found: dict[tuple[Unit, Profile], list[FrameEntity]] = defaultdict(list)
    for entity in frame.entities:
        unit = Unit(people=force.visiting(entity.zone), days=force.days_of(entity))
        found[unit, (entity.domains, entity.strata)].append(entity)
    cells = []
    for number, ((unit, profile), entities) in enumerate(found.items()):
        people = 0
        for entity in entities:
            people |= force.reaching(entity)
        cells.append(Cell(number=number, unit=unit, profile=profile, people=people, entities=tuple(entities)))
    return tuple(cells)


def most_visits(caps: Sequence[int], each: int) -> int:
    """Tell how many visits with ``each`` seats caps allow at most (SHORTAGE-7); a concave sum, so that fewer are allowed too."""
    count = sum(caps) // each
    while sum(min(cap, count) for cap in caps) < each * count:
        count -= 1
    return count


def members(people: int) -> list[int]:
    """Give the places of the bits that are set, ascending."""
    return [i for i in range(people.bit_length()) if people >> i & 1]
