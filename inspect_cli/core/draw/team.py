"""Teams: how many go to a visit on a day, and who fits the next seat.

What lives here: skills and people as bit sets, and the rules on size and fitting. What does not: days, tickets and
caps, which change from visit to visit (``staffing``).

TEAM-1  A visit has a team, a need (its domains less the skills of its team) and for a day a pool: rows of role
        inspector that are not on the team, do not bar the entity, visit its zone, and have cap left that day and in the
        month.
TEAM-2  A lead is wanted while nobody on the team may lead.
TEAM-3  The size is the smallest number, at least ``min`` and the team's present size, at most ``max``, that the team
        can reach: with no seat left to fill, when the need is empty and no lead is wanted; else when somebody of the
        pool fits the first seat left.
TEAM-4  Somebody fits the next of k seats when they may lead if a lead is wanted, the rest of the pool numbers at least
        k - 1, and some k - 1 or fewer of the rest cover what is left of the need without their skills.
TEAM-5  An entity without a zone is visited only by those who have no list of zones.

People with the same skills and the same leave to lead are one class. Whoever takes a seat takes their skills out of the
need, so a second one of the same class covers nothing: what the rest can cover depends only on which classes the pool
has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.cover import Effort, fewest, members
from inspect_cli.core.draw.rows import RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspect_cli.core.draw.commitment import TeamRule
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.names import Domain, InspectorId

_ZONES_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillClass:
    """Inspectors who are alike for a team: ``people`` is a bit set of rows, ``skills`` one of domains."""

    people: int
    skills: int
    lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team in the making: indices of rows in seat order, the same as a bit set, the need that is left, whether it lacks a lead."""

    members: tuple[int, ...]
    people: int
    need: int
    lead_wanted: bool


class Roster:
    """The rows of ``inspectors.jsonl`` as bit sets: bit i stands for row i, and each domain has a bit of its own."""

    def __init__(self, rows: Sequence[InspectorRow], effort: Effort | None = None) -> None:
        """Index the rows; ``effort`` is what several draws share, else the draw has all of its own (COVER-1)."""
        self.rows = tuple(rows)
        self.effort = Effort() if effort is None else effort
        self.index = {row.id: i for i, row in enumerate(self.rows)}
        self.inspectors = self._where(row.role is RowRole.INSPECTOR for row in self.rows)
        self.experts = self._where(row.role is RowRole.EXPERT for row in self.rows)
        self._domains: dict[Domain, int] = {}
        for row in self.rows:
            for domain in row.skills:
                self._domains.setdefault(domain, len(self._domains))
        self.effort.spend(len(self.rows) * len(self._domains) // 8)  # The bytes of all sets of skills.
        self.skills = tuple(self.domain_set(row.skills) for row in self.rows)
        self.leads = self._where(row.lead for row in self.rows)
        self._everywhere = self._where(row.zones is None for row in self.rows)
        # Lists and not bit sets: of those a long roster with long lists would hold gigabytes.
        self._zones: dict[str, list[int]] = {}
        self._zone_bits: dict[str, int] = {}
        self._barring: dict[str, list[int]] = {}
        for i, row in enumerate(self.rows):
            for zone in row.zones or ():
                self._zones.setdefault(zone, []).append(i)
            for entity in row.barred:
                self._barring.setdefault(entity, []).append(i)
        self.classes = self._classes()
        self._covers: dict[tuple[int, int], int] = {}
        self._ables: dict[tuple[int, int, bool, int], int] = {}

    @staticmethod
    def _where(flags: Iterable[bool]) -> int:
        return sum(1 << i for i, flag in enumerate(flags) if flag)

    def _classes(self) -> tuple[SkillClass, ...]:
        found: dict[tuple[int, bool], int] = {}
        for i in members(self.inspectors):
            key = (self.skills[i], self.rows[i].lead)
            found[key] = found.get(key, 0) | 1 << i
        return tuple(SkillClass(people=people, skills=skills, lead=lead) for (skills, lead), people in found.items())

    def domain_set(self, domains: Sequence[Domain]) -> int:
        """Give domains as a bit set; a domain that nobody has a skill for gets a bit as well."""
        self.effort.spend(len(domains), len(self._domains))
        return bit_set(self._domains.setdefault(domain, len(self._domains)) for domain in domains)

    def visiting(self, zone: str | None) -> int:
        """Give who visits entities of a zone, or entities without one (TEAM-5)."""
        if zone is None:
            return self._everywhere
        found = self._zone_bits.get(zone)
        if found is None:
            if len(self._zone_bits) >= _ZONES_KEPT:
                self._zone_bits.clear()
            found = self._zone_bits[zone] = self._everywhere | bit_set(self._zones.get(zone, ()))
        return found

    def barring(self, entity: EntityRow) -> int:
        """Give who must not visit an entity."""
        return bit_set(self._barring.get(entity.id, ()))

    def crew(self, names: Iterable[InspectorId], domains: Sequence[Domain]) -> Crew:
        """Give the team of a visit before any seat is filled: those whom its row names, in their order."""
        crew = Crew(members=(), people=0, need=self.domain_set(domains), lead_wanted=True)
        for name in names:
            crew = self.join(crew, self.index[name])
        return crew

    def join(self, crew: Crew, person: int) -> Crew:
        """Give the team with one more member."""
        return Crew(
            members=(*crew.members, person),
            people=crew.people | 1 << person,
            need=crew.need & ~self.skills[person],
            lead_wanted=crew.lead_wanted and not self.rows[person].lead,
        )

    def size(self, rule: TeamRule, crew: Crew, pool: int) -> int | None:
        """Give the size that the team can reach with the pool, or None where there is none (TEAM-3)."""
        there, count, present = len(crew.members), pool.bit_count(), self._present(pool)
        for size in range(max(rule.min, there), rule.max + 1):
            if size == there:
                if not crew.need and not crew.lead_wanted:
                    return size
            elif size - there <= count and self._able(crew, present, size - there):
                return size
        return None

    def fitting(self, crew: Crew, pool: int, seats: int) -> int:
        """Give who of the pool fits the next of ``seats`` seats (TEAM-4)."""
        return self._able(crew, self._present(pool), seats) & pool if pool.bit_count() >= seats else 0

    def _able(self, crew: Crew, present: int, seats: int) -> int:
        """Give everybody of the classes that fit where these classes are present and people enough (TEAM-4)."""
        key = (present, crew.need, crew.lead_wanted, seats)
        people = self._ables.get(key)
        if people is None:
            people = 0
            for alike in (self.classes[i] for i in members(present)):
                can_lead = alike.lead or not crew.lead_wanted
                if can_lead and self.covering(present, crew.need & ~alike.skills) < seats:
                    people |= alike.people
            self._ables[key] = people
        return people

    def covers(self, pool: int, need: int, seats: int) -> bool:
        """Say whether some ``seats`` or fewer of the pool cover the need."""
        return self.covering(self._present(pool), need) <= seats

    def covering(self, present: int, need: int) -> int:
        """Give how few people of the classes in ``present`` cover the need; more than a team has where they cannot."""
        key = (present, need)
        found = self._covers.get(key)
        if found is None:
            alike = members(present)
            self.effort.spend(len(alike))
            found = self._covers[key] = fewest(need, (self.classes[i].skills for i in alike), self.effort)
        return found

    def _present(self, pool: int) -> int:
        """Give the classes of which the pool has somebody, as a bit set of ``classes``."""
        self.effort.spend(1 + len(self.classes), len(self.rows))
        present = 0
        bit = 1
        for alike in self.classes:
            if alike.people & pool:
                present |= bit
            bit <<= 1
        return present


def bit_set(indices: Iterable[int]) -> int:
    """Give the bit set of rows, or of domains, by their places."""
    bits = 0
    for i in indices:
        bits |= 1 << i
    return bits
