"""Small draws of all sorts for property tests: few people, rare skills, bars, zones, days, caps that run out.

Each is made from one number by hashing, which is many times faster than choosing every value by a strategy of its own, so that thousands
can be tried; the number in a failure's report makes the case again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from inspect_cli.core.draw.commitment import Combine, Commitment, TeamRule
from inspect_cli.core.draw.rows import EntityRow, InspectorRow, RowRole
from inspect_cli.core.draw.supplement.changes import Amends
from inspect_cli.core.names import Domain, EntityId, InspectorId
from tests.core.draw.builders import DAYS, commitment, frame, salt_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.frame import FrozenFrame

DOMAINS = tuple(map(Domain, ("environment", "health", "labour", "safety")))
ZONES = ("north", "south")
ENTITY_IDS = tuple(EntityId(f"E{number:02}") for number in range(9))
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallDraw:
    """A commitment and its frame."""

    commitment: Commitment
    frame: FrozenFrame


class Numbers:
    """Choices that follow from one number."""

    def __init__(self, number: int) -> None:
        """Start with a number."""
        self._state = sha256(str(number).encode()).digest()

    def below(self, bound: int) -> int:
        """Give a number from 0 to below a bound."""
        self._state = sha256(self._state).digest()
        return int.from_bytes(self._state[:8]) % bound

    def flag(self, one_in: int = 2) -> bool:
        """Give true once in so many times."""
        return self.below(one_in) == 0

    def one(self, items: Sequence[Item]) -> Item:
        """Give one of some items."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[Item], least: int = 0) -> tuple[Item, ...]:
        """Give some of the items, at least so many, in their order."""
        chosen = [item for item in items if self.flag()]
        return tuple(chosen) if len(chosen) >= least else self.some(items, least)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Give the items in another order."""
        return [item for _, _, item in sorted((self.below(1 << 60), place, item) for place, item in enumerate(items))]


def make_entity(numbers: Numbers, place: int) -> EntityRow:
    """Make the row of an entity."""
    domains = numbers.some(DOMAINS, 1)
    return EntityRow(
        id=ENTITY_IDS[place],
        salt=salt_of(ENTITY_IDS[place]),
        domains=domains,
        strata=tuple(numbers.one(("A", "B")) for _ in domains),
        zone=numbers.one((None, *ZONES)),
        days=numbers.some(DAYS, 1) if numbers.flag(3) else None,
    )


def make_person(numbers: Numbers, place: int) -> InspectorRow:
    """Make the row of an inspector or, one in four, an expert; some can do much, some little, some nothing."""
    name = InspectorId(f"R{place:02}")
    return InspectorRow(
        id=name,
        salt=salt_of(name),
        role=RowRole.EXPERT if numbers.flag(4) else RowRole.INSPECTOR,
        lead=numbers.flag(),
        skills=numbers.some(DOMAINS),
        days=tuple((day, 1 + numbers.below(3)) for day in numbers.some(DAYS)),
        month_cap=numbers.below(7),
        zones=numbers.some(ZONES) if numbers.flag(3) else None,
        barred=numbers.some(ENTITY_IDS) if numbers.flag(4) else (),
    )


def make_rule(numbers: Numbers) -> TeamRule:
    """Make a rule on teams."""
    most = 1 + numbers.below(4)
    return TeamRule(min=1 + numbers.below(min(most, 2)), max=most, expert_domains=numbers.some(DOMAINS))


def make_draw(numbers: Numbers) -> SmallDraw:
    """Make a first draw of one to nine entities and one to eight people."""
    entities = [make_entity(numbers, place) for place in range(1 + numbers.below(9))]
    people = [make_person(numbers, place) for place in range(1 + numbers.below(8))]
    lists = frame(entities, people)
    combine = numbers.one(tuple(Combine))
    made = commitment(lists, 1 + numbers.below(4), team=make_rule(numbers), combine=combine)
    return SmallDraw(commitment=made, frame=lists)


def make_supplement(numbers: Numbers) -> SmallDraw:
    """Make a draw whose rows can name a team and an expert, as only a supplement's do; it amends nothing that exists."""
    small = make_draw(numbers)
    rule = small.commitment.team
    rows = []
    for row in small.frame.entities:
        able = [person for person in small.frame.inspectors if row.id not in person.barred]
        team = numbers.shuffled([person.id for person in able if person.role is RowRole.INSPECTOR])
        experts = [person.id for person in able if person.role is RowRole.EXPERT]
        named = tuple(team[: numbers.below(rule.max + 1)]) if numbers.flag() else None
        rows.append(replace(row, team=named, expert=numbers.one(experts) if experts and numbers.flag() else None))
    lists = frame(rows, small.frame.inspectors)
    made = commitment(lists, team=rule, amends=Amends(result="0f" * 32, changes=()))
    return SmallDraw(commitment=made, frame=lists)


numbers = st.integers(0, 2**48).map(Numbers)
small_draws = numbers.map(make_draw)
small_supplements = numbers.map(make_supplement)
seeds = st.integers(0, 2**48).map(lambda number: sha256(str(number).encode()).hexdigest())
