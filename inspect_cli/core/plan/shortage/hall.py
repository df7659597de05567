"""The search for proofs: visits that are certain, set against the seats of those who alone could make them.

What lives here: which sets of visits are looked at, and what they want. What does not: how many visits are certain (``certain``), how
many seats people have (``workforce``), and what a proof says (``proof``).

Rules:

SHORTAGE-8   If all visits of a set were staffed, each would hold seats of people who may go there: those of the smallest team, one of
             somebody who may lead, and for some skills as many as nobody can cover with fewer. Where the people who could hold them have
             fewer seats than that, a visit of the set stays open whatever the seed (Hall 1935, On Representatives of Subsets).
SHORTAGE-9   The sets: places that the same people visit on the same days are one unit; all unions of up to six units, of more the
             single ones, pairs, all, and each unit with those that nobody but its people visit; and for skills the same way, all
             selections of up to six domains. So a proof may be missed where there are many, but none is ever wrong.
SHORTAGE-10  A day seats no more visits than each of these kinds of people allow that day: inspectors, those who may lead, those with a
             skill that every visit of the set wants.
SHORTAGE-11  Entities for which no team can be made on any day, if at least one of them is certain to be drawn, are a shortage too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core.plan.shortage.certain import Certainty, selections
from inspect_cli.core.plan.shortage.proof import Found, Shortage, Want, without_superfluous
from inspect_cli.core.plan.shortage.smallest_team import count_cover
from inspect_cli.core.plan.shortage.unstaffable import Obstacle, Obstacles
from inspect_cli.core.plan.shortage.workforce import Workforce, members, most_visits, sort_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.shortage.certain import Profile
    from inspect_cli.core.plan.shortage.workforce import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Have ``people`` the seats that some visits want? The visits of ``layers[k]`` want more than k of them.

    Visits are those drawn for one of ``drawn_for``; ``domains`` are the skills that the people have one of.
    """

    want: Want
    people: int
    layers: tuple[tuple[Cell, ...], ...]
    drawn_for: tuple[Domain, ...]
    domains: tuple[Domain, ...] = ()


def prove_shortages(plan: Plan, frame: Frame) -> tuple[Shortage, ...]:
    """Prove what of a frame can be staffed by no seed (SHORTAGE-8 to SHORTAGE-12), fewest people first."""
    return _Proof(plan, frame).find()


class _Proof:
    """One search for proofs."""

    def __init__(self, plan: Plan, frame: Frame) -> None:
        self._rule, self._is_joint = plan.team, plan.combine == "applicable"
        self._force, self._certainty = Workforce(frame), Certainty(frame)
        self._cells = sort_entities(frame, self._force)
        self._units = sorted({cell.unit for cell in self._cells}, key=lambda unit: (unit.people, sorted(unit.days)))
        self._domains = tuple(sorted({quota.domain for quota in frame.quotas}))
        self._zones = {entity.zone for entity in frame.entities}
        self._covers: dict[tuple[int, int], int] = {}
        self._teams = {cell.number: self._team(cell) for cell in self._cells}

    def find(self) -> tuple[Shortage, ...]:
        """Find all proofs, and leave out those that others make superfluous (SHORTAGE-12)."""
        found = [one for cells in self._unions() for one in self._shortages(cells)]
        without_anybody = [one.cells for one in found if not one.people]
        left = [cell for cell in self._cells if not any(cells >> cell.number & 1 for cells in without_anybody)]
        found += self._unstaffable(left)
        return tuple(without_superfluous(found))

    def _unions(self) -> Iterator[tuple[Cell, ...]]:
        """Give the sets of cells that are looked at (SHORTAGE-9)."""
        held = (
            tuple(other for other in self._units if not other.people & ~unit.people and other.days <= unit.days)
            for unit in self._units
        )
        for chosen in dict.fromkeys((*selections(self._units), *held)):
            yield tuple(cell for cell in self._cells if cell.unit in chosen)

    def _shortages(self, cells: tuple[Cell, ...]) -> list[Found]:
        found = [one for question in self._questions(cells) if (one := self._answer(question)) is not None]
        if not found:
            found = [
                one for question in self._day_questions(cells) if (one := self._answer_by_day(question)) is not None
            ]
        return found

    def _questions(self, cells: tuple[Cell, ...]) -> Iterator[_Question]:
        """Ask for inspectors, for people who may lead, and for skills (SHORTAGE-8)."""
        everybody, every = (1 << len(self._force.rows)) - 1, self._domains
        layers = tuple(tuple(cell for cell in cells if self._teams[cell.number] > k) for k in range(self._rule.max))
        yield _Question(want=Want.INSPECTOR, people=everybody, layers=layers, drawn_for=every)
        yield _Question(want=Want.LEADER, people=self._force.leads, layers=(cells,), drawn_for=every)
        for domains in selections(every):
            bits = self._force.domain_set(domains)
            covers = {cell.number: self._cover(cell, bits) for cell in cells}
            # Where only what was drawn for is checked, nobody knows how many of these skills a visit wants beyond the first.
            most = self._rule.max if self._is_joint else 1
            yield _Question(
                want=Want.SKILL,
                people=self._force.qualified(bits),
                layers=tuple(tuple(cell for cell in cells if covers[cell.number] > k) for k in range(most)),
                drawn_for=every if self._is_joint else domains,
                domains=domains,
            )

    def _day_questions(self, cells: tuple[Cell, ...]) -> Iterator[_Question]:
        """Ask for all visits, and for those that want one skill, how many the days seat (SHORTAGE-10)."""
        everybody = (1 << len(self._force.rows)) - 1
        if self._is_joint:
            yield _Question(want=Want.DAY, people=everybody, layers=(cells,), drawn_for=self._domains)
        for domain in self._domains:
            with_it = tuple(cell for cell in cells if domain in cell.profile[0])
            drawn_for = self._domains if self._is_joint else (domain,)
            yield _Question(want=Want.DAY, people=everybody, layers=(with_it,), drawn_for=drawn_for, domains=(domain,))

    def _answer(self, question: _Question) -> Found | None:
        """Give the proof that lacks most seats, of those that look at one layer and the one that adds all layers up."""
        layers = [cells for cells in question.layers if cells]
        found = []
        for k, cells in enumerate(layers, start=1):
            # A visit that wants k seats or more is counted with k; the same visits with more prove more.
            if k == len(layers) or len(layers[k]) < len(cells):
                found += self._count(question, cells, k)
        if layers and len(layers[-1]) < len(layers[0]):
            found += self._add_up(question, layers)
        return max(found, key=lambda one: one.shortage.lacking, default=None)

    def _count(self, question: _Question, cells: tuple[Cell, ...], each: int) -> list[Found]:
        """Set the visits of some cells, each with so many seats, against what caps allow (SHORTAGE-7)."""
        people, profiles = question.people & _reach(cells), _profiles(cells)
        caps = self._force.caps(people, _days(cells))
        most = most_visits(caps, each)
        if self._certainty.at_most(profiles, question.drawn_for) <= most:
            return []
        visits = self._certainty.count_certain(profiles, question.drawn_for)
        if visits.count <= most:
            return []
        seats = sum(min(cap, visits.count) for cap in caps)
        shortage = Shortage(want=question.want, visits=visits, wanted=each * visits.count, seats=seats)
        return [self._describe(shortage, question, cells, people)]

    def _add_up(self, question: _Question, layers: Sequence[tuple[Cell, ...]]) -> list[Found]:
        """Set the seats that visits of different needs want together against all seats."""
        people, drawn_for = question.people & _reach(layers[0]), question.drawn_for
        seats = sum(self._force.caps(people, _days(layers[0])))
        if sum(self._certainty.at_most(_profiles(cells), drawn_for) for cells in layers) <= seats:
            return []
        visits = [self._certainty.count_certain(_profiles(cells), drawn_for) for cells in layers]
        wanted = sum(one.count for one in visits)
        if wanted <= seats:
            return []
        shortage = Shortage(want=question.want, visits=visits[0], wanted=wanted, seats=seats)
        return [self._describe(shortage, question, layers[0], people)]

    def _answer_by_day(self, question: _Question) -> Found | None:
        """Set the visits of a question against what the days seat (SHORTAGE-10)."""
        cells = question.layers[0]
        if not cells:
            return None
        profiles, reach = _profiles(cells), _reach(cells)
        bound = self._certainty.at_most(profiles, question.drawn_for)
        kinds = [(min(self._teams[cell.number] for cell in cells), reach), (1, reach & self._force.leads)]
        common = frozenset.intersection(*(frozenset(cell.profile[0]) for cell in cells))
        wanted = sorted(common) if self._is_joint else question.domains
        kinds += [(1, reach & self._force.qualified(self._force.domain_set((domain,)))) for domain in wanted]
        by_day: list[tuple[date, int]] = []
        for day in sorted(_days(cells)):
            by_day.append((day, min(most_visits(self._force.caps(people, (day,)), each) for each, people in kinds)))
            if sum(most for _, most in by_day) >= bound:
                return None
        visits, most = self._certainty.count_certain(profiles, question.drawn_for), sum(most for _, most in by_day)
        if visits.count <= most:
            return None
        shortage = Shortage(
            want=Want.DAY,
            visits=visits,
            wanted=visits.count,
            seats=most,
            domains=question.domains,
            by_day=tuple(by_day),
        )
        return self._describe(shortage, question, cells, reach)

    def _unstaffable(self, cells: Sequence[Cell]) -> Iterator[Found]:
        """Find entities for which there is no team, where one of them is certain to be drawn (SHORTAGE-11)."""
        obstacles = Obstacles(self._force, self._rule)
        for drawn_for in (self._domains,) if self._is_joint else tuple((domain,) for domain in self._domains):
            found: list[Obstacle] = []
            hit: list[Cell] = []
            for cell in cells:
                checked = tuple(domain for domain in cell.profile[0] if domain in drawn_for)
                there = [one for entity in cell.entities if checked and (one := obstacles.find(entity, checked))]
                if there:
                    named = {one.entity for one in there}
                    hit.append(replace(cell, entities=tuple(one for one in cell.entities if one.id in named)))
                    found += there
            visits = self._certainty.count_certain(_profiles(hit), drawn_for)
            if visits.count:
                shortage = Shortage(
                    want=Want.TEAM,
                    visits=visits,
                    wanted=visits.count,
                    seats=0,
                    obstacles=tuple(sorted(found, key=lambda one: one.entity.encode())),
                )
                domains = () if self._is_joint else drawn_for
                question = _Question(want=Want.TEAM, people=0, layers=(), drawn_for=drawn_for, domains=domains)
                yield self._describe(shortage, question, hit, 0)

    def _describe(self, shortage: Shortage, question: _Question, cells: Sequence[Cell], people: int) -> Found:
        """Add to a proof what it is about."""
        zones, days = {entity.zone for cell in cells for entity in cell.entities}, _days(cells)
        described = replace(
            shortage,
            people=self._force.names(people),
            domains=question.domains,
            zones=() if zones == self._zones else tuple(sorted(zones, key=lambda zone: zone or "")),
            days=() if days == self._force.days else tuple(sorted(days)),
        )
        units = {cell.unit for cell in cells}
        return Found(
            shortage=described,
            cells=sum(1 << cell.number for cell in cells),
            units=sum(1 << place for place, unit in enumerate(self._units) if unit in units),
            people=people,
        )

    def _team(self, cell: Cell) -> int:
        """Tell how many go at least to an entity of a cell; where no team can, the least that any team has."""
        domains = self._force.domain_set(cell.profile[0]) if self._is_joint else 0
        return self._force.smallest_team(domains, cell.people, self._rule) or self._rule.min

    def _cover(self, cell: Cell, domains: int) -> int:
        """Tell how many people with a skill among ``domains`` a visit wants at least; where nobody has one of them, still one."""
        need = self._force.domain_set(cell.profile[0]) & domains
        key = (cell.number, need)
        if key not in self._covers:
            skills = (self._force.skills[person] for person in members(cell.people))
            self._covers[key] = count_cover(need, set(skills), self._rule.max) or min(need.bit_count(), 1)
        return self._covers[key]


def _reach(cells: Iterable[Cell]) -> int:
    people = 0
    for cell in cells:
        people |= cell.people
    return people


def _days(cells: Iterable[Cell]) -> frozenset[date]:
    return frozenset().union(*(cell.unit.days for cell in cells))


def _profiles(cells: Iterable[Cell]) -> Counter[Profile]:
    found: Counter[Profile] = Counter()
    for cell in cells:
        found[cell.profile] += len(cell.entities)
    return found
