"""Selection, teams and staffing once more, slowly and word for word as the protocol says them: the oracle of the property tests.

Plain lists and sets, every team tried out, no bit sets, nothing remembered from one question to the next. It shares no code with the
package but the values that go in and come out.
"""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow


def hashed(*lines: str) -> str:
    """Give the SHA-256 of lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def entity_ticket(seed: str, row: EntityRow) -> str:
    """Give an entity's ticket."""
    return hashed(seed, "entity", row.id, row.salt)


def plain_selection(
    commitment: Commitment, entities: Sequence[EntityRow], seed: str
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give (entity, ticket, drawn domains) in ticket order: section 6."""
    drawn: dict[str, set[str]] = {}
    for quota in commitment.quotas:
        stratum = [
            row for row in entities if (quota.domain, quota.stratum) in zip(row.domains, row.strata, strict=True)
        ]
        for row in sorted(stratum, key=lambda row: entity_ticket(seed, row))[: quota.take]:
            drawn.setdefault(row.id, set()).add(quota.domain)
    chosen = sorted((row for row in entities if row.id in drawn), key=lambda row: entity_ticket(seed, row))
    return [(row.id, entity_ticket(seed, row), tuple(sorted(drawn[row.id]))) for row in chosen]


def covers(people: Sequence[InspectorRow], need: set[str]) -> bool:
    """Say whether some people have all skills of a need between them."""
    return need <= {skill for person in people for skill in person.skills}


def fits(  # noqa: PLR0913, PLR0917 - the protocol's own words
    person: InspectorRow, seats: int, need: set[str], lead_wanted: bool, pool: Sequence[InspectorRow]
) -> bool:
    """Say whether somebody of the pool fits the next of some seats: section 7, every choice of the rest tried out."""
    rest = [other for other in pool if other is not person]
    left = need - set(person.skills)
    if (lead_wanted and not person.lead) or len(rest) < seats - 1:
        return False
    return any(covers(some, left) for size in range(seats) for some in combinations(rest, size))


def team_size(
    team: Sequence[InspectorRow], domains: Sequence[str], pool: Sequence[InspectorRow], rule: tuple[int, int]
) -> int | None:
    """Give the size of section 7, or None."""
    least, most = rule
    need = set(domains) - {skill for person in team for skill in person.skills}
    lead_wanted = not any(person.lead for person in team)
    for size in range(max(least, len(team)), most + 1):
        seats = size - len(team)
        if seats == 0:
            if not need and not lead_wanted:
                return size
        elif any(fits(person, seats, need, lead_wanted, pool) for person in pool):
            return size
    return None


class PlainStaffing:
    """Section 8, visit by visit."""

    def __init__(self, commitment: Commitment, people: Sequence[InspectorRow], seed: str) -> None:
        """Start with the caps of the frame."""
        self.commitment, self.people, self.seed = commitment, people, seed
        self.caps = {(person.id, day): cap for person in people for day, cap in person.days}
        self.month = {person.id: person.month_cap for person in people}
        self.frame_caps, self.frame_month = dict(self.caps), dict(self.month)
        self.loads = dict.fromkeys(commitment.days, 0)
        self.rule = (commitment.team.min, commitment.team.max)

    def may_visit(self, person: InspectorRow, row: EntityRow) -> bool:
        """Say whether somebody may visit an entity at all."""
        in_zone = person.zones is None or (row.zone is not None and row.zone in person.zones)
        return row.id not in person.barred and in_zone

    def pool(
        self, row: EntityRow, day: str, team: Sequence[InspectorRow], *, fresh: bool = False
    ) -> list[InspectorRow]:
        """Give the pool of a day, with the caps as they are or, ``fresh``, as in the frame."""
        caps, month = (self.frame_caps, self.frame_month) if fresh else (self.caps, self.month)
        return [
            person
            for person in self.people
            if person.role == "inspector"
            and person not in team
            and self.may_visit(person, row)
            and caps.get((person.id, day), 0) > 0
            and month[person.id] > 0
        ]

    def seat(self, person: InspectorRow, day: str) -> None:
        """Use one visit of somebody's caps."""
        self.caps[(person.id, day)] -= 1
        self.month[person.id] -= 1

    def staff(self, row: EntityRow, domains: Sequence[str], light: int) -> tuple[object, ...]:
        """Give (day, team, expert) of a visit, or why it is open."""
        named = [next(person for person in self.people if person.id == name) for name in row.team or ()]
        days = list(self.commitment.days if row.days is None else row.days)
        by_ticket = sorted(days, key=lambda day: hashed(self.seed, "day", row.id, row.salt, day))
        order = [day for day in by_ticket if self.loads[day] < light] + [
            day for day in by_ticket if self.loads[day] >= light
        ]
        for day in order:
            size = team_size(named, domains, self.pool(row, day, named), self.rule)
            if size is not None:
                return self.fill(row, domains, day, named, size)
        never = all(
            team_size(named, domains, self.pool(row, day, named, fresh=True), self.rule) is None for day in days
        )
        return ("no day" if never else "no team",)

    def fill(  # noqa: PLR0913, PLR0917 - the values that section 8 speaks of
        self, row: EntityRow, domains: Sequence[str], day: str, named: list[InspectorRow], size: int
    ) -> tuple[object, ...]:
        """Fill the seats of a day, then the expert's."""
        team = list(named)
        while len(team) < size:
            pool = self.pool(row, day, team)
            need = set(domains) - {skill for person in team for skill in person.skills}
            lead_wanted = not any(person.lead for person in team)
            able = [person for person in pool if fits(person, size - len(team), need, lead_wanted, pool)]
            team.append(min(able, key=lambda person: hashed(self.seed, "inspector", row.id, row.salt, person.id)))
        for person in team[len(named) :]:
            self.seat(person, day)
        self.loads[day] += 1
        return (day, tuple(person.id for person in team), self.expert(row, domains, day))

    def expert(self, row: EntityRow, domains: Sequence[str], day: str) -> str | None:
        """Give the expert of a visit."""
        if row.expert is not None:
            return row.expert
        common = set(domains) & set(self.commitment.team.expert_domains)
        able = [
            person
            for person in self.people
            if person.role == "expert"
            and self.may_visit(person, row)
            and self.caps.get((person.id, day), 0) > 0
            and self.month[person.id] > 0
            and common & set(person.skills)
        ]
        if not able:
            return None
        chosen = min(able, key=lambda person: hashed(self.seed, "expert", row.id, row.salt, person.id))
        self.seat(chosen, day)
        return chosen.id


def plain_visits(
    commitment: Commitment, entities: Sequence[EntityRow], people: Sequence[InspectorRow], seed: str
) -> dict[str, tuple[object, ...]]:
    """Give (domains, day, team, expert) or (domains, reason) for each entity that is drawn."""
    rows: dict[str, EntityRow] = {row.id: row for row in entities}
    selection = plain_selection(commitment, entities, seed)
    staffing = PlainStaffing(commitment, people, seed)
    light = (len(selection) + len(commitment.days) - 1) // len(commitment.days)
    first = [item for item in selection if rows[item[0]].days is not None]
    last = [item for item in selection if rows[item[0]].days is None]
    found = {}
    for name, _, drawn in first + last:
        row = rows[name]
        domains = row.domains if commitment.combine == "applicable" else drawn
        found[name] = (domains, *staffing.staff(row, domains, light))
    return found
