"""Teams and staffing: the protocol word for word on small draws, and what holds whatever the seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from inspect_cli.core.draw.commitment import TeamRule
from inspect_cli.core.draw.cover import members
from inspect_cli.core.draw.outcome import draw, staff_selection
from inspect_cli.core.draw.result import OpenReason, Visit
from inspect_cli.core.draw.rows import RowRole
from inspect_cli.core.draw.selection import select
from inspect_cli.core.draw.staffing import Capacity, Staffing, Wanted, staff, visiting_order
from inspect_cli.core.draw.team import Roster
from inspect_cli.errors import InputError
from tests import oracle
from tests.core.draw.builders import (
    DAYS,
    SEED,
    commitment,
    domains,
    entity,
    entropy_for,
    frame,
    inspector,
    oracle_draw,
    oracle_rows,
)
from tests.core.draw.strategies import (
    DOMAINS,
    Numbers,
    SmallDraw,
    make_person,
    make_rule,
    numbers,
    seeds,
    small_draws,
    small_supplements,
)

if TYPE_CHECKING:
    from inspect_cli.core.names import InspectorId
    from tests.oracle_form import Row


def visits_of(small: SmallDraw, seed: str) -> tuple[Visit, ...]:
    """Draw and staff a small draw with a seed."""
    selection = select(small.commitment.quotas, small.frame.entities, seed)
    return staff_selection(small.commitment, small.frame, selection, seed)


def told(visit: Visit) -> Row:
    """Give a visit as the oracle, a slow reading of the protocol, tells it."""
    known = {"entity": visit.entity, "domains": list(visit.domains)}
    if visit.open is not None:
        return {**known, "open": visit.open.value}
    expert = {} if visit.expert is None else {"expert": visit.expert}
    return {**known, "day": visit.day, "team": list(visit.team), **expert}


def expected_of(small: SmallDraw, seed: str) -> list[Row]:
    """Let the oracle draw and staff a small draw with a seed."""
    draw = oracle_draw(small.commitment, small.frame)
    return oracle.visits_of(draw, oracle.selection_of(draw["commitment"], draw["entities"], seed), seed)


class TestByDefinition:
    """STAFF-1, STAFF-2, STAFF-3, STAFF-4, STAFF-5, STAFF-6, TEAM-1: the visits are those of a slow reading of sections 7 and 8.

    In ``tests/verifiers`` the verifiers find the same in 2,000 larger draws and in their supplements, staffed by that reading.
    """

    @pytest.mark.untraced
    @settings(max_examples=500)
    @given(small_draws, seeds)
    def test_first_draws(self, small: SmallDraw, seed: str) -> None:
        """Days, teams in seat order, experts and open visits of a first draw."""
        assert [told(visit) for visit in visits_of(small, seed)] == expected_of(small, seed)

    @pytest.mark.untraced
    @settings(max_examples=500)
    @given(small_supplements, seeds)
    def test_rows_that_name_people(self, small: SmallDraw, seed: str) -> None:
        """Teams that are there already are filled up; whom the row named is not counted again."""
        assert [told(visit) for visit in visits_of(small, seed)] == expected_of(small, seed)


class TestSize:
    """TEAM-3, TEAM-4: the size is the smallest that can be reached, found here by trying out every team."""

    @pytest.mark.untraced
    @settings(max_examples=1500)
    @given(numbers)
    def test_against_every_team(self, chance: Numbers) -> None:
        """The size with some people on the team and the others in the pool is that of brute force."""
        people = [replace(make_person(chance, place), role=RowRole.INSPECTOR) for place in range(chance.below(8))]
        rule = make_rule(chance)
        on_team, need = chance.below(min(len(people), rule.max) + 1), chance.some((*DOMAINS, *domains("nobody's")), 1)
        roster = Roster(people)
        crew = roster.crew([person.id for person in people[:on_team]], need)
        pool = sum(1 << place for place in range(on_team, len(people)))
        team, others = oracle_rows(people[:on_team]), oracle_rows(people[on_team:])
        terms = {"team": {"min": rule.min, "max": rule.max}}
        assert roster.size(rule, crew, pool) == oracle.size_of(terms, team, others, list(need))

    def test_one_person_who_can_do_all_is_not_enough_for_two_seats(self) -> None:
        """The rest of the pool must fill the other seats, skilled or not."""
        roster = Roster([inspector("R1", "health", "safety"), inspector("R2", "labour", lead=False)])
        crew = roster.crew([], domains("health", "safety"))
        rule = TeamRule(min=2, max=4)
        assert roster.size(rule, crew, 0b11) == 2
        assert members(roster.fitting(crew, 0b11, 2)) == [0]
        assert roster.size(rule, crew, 0b01) is None

    def test_many_domains_with_one_skill_each(self) -> None:
        """Six domains held by six people want a team of six, and of seven domains no team is large enough."""
        names = tuple("abcdefg")
        roster = Roster([inspector(f"R{name}", name) for name in names])
        rule = TeamRule(min=1, max=6)
        assert roster.size(rule, roster.crew([], domains(*names[:6])), 0b111111) == 6
        assert roster.size(rule, roster.crew([], domains(*names)), 0b1111111) is None
        assert not roster.covers(0b1111111, roster.domain_set(domains("nobody has this")), 6)


class TestRulesHold:
    """TEAM-1, TEAM-2, STAFF-4, STAFF-5: caps, days, bars and zones hold, every team covers its domains and has a lead."""

    @pytest.mark.untraced
    @settings(max_examples=1500)
    @given(small_draws, seeds)
    def test_every_visit(self, small: SmallDraw, seed: str) -> None:
        """Whatever the seed, nobody goes where they must not, more often than they can, or without whom they need."""
        rows = {row.id: row for row in small.frame.entities}
        people = {row.id: row for row in small.frame.inspectors}
        on_day: Counter[tuple[InspectorId, str]] = Counter()
        for visit in visits_of(small, seed):
            if visit.day is None:
                assert visit.open is not None
                assert visit.team == ()
                continue
            row, team = rows[visit.entity], [people[name] for name in visit.team]
            assert visit.day in (row.days or small.commitment.days)
            assert small.commitment.team.min <= len(team) <= small.commitment.team.max
            assert len({person.id for person in team}) == len(team)
            assert set(visit.domains) <= {skill for person in team for skill in person.skills}
            assert any(person.lead for person in team)
            assert all(person.role is RowRole.INSPECTOR for person in team)
            experts = [people[visit.expert]] if visit.expert else []
            assert all(person.role is RowRole.EXPERT for person in experts)
            for person in team + experts:
                assert row.id not in person.barred
                assert person.zones is None or row.zone in person.zones
                on_day[(person.id, visit.day)] += 1
        for (name, day), count in on_day.items():
            assert count <= dict(people[name].days)[day]
        for name, person in people.items():
            assert sum(count for (other, _), count in on_day.items() if other == name) <= person.month_cap

    @given(small_draws, numbers)
    def test_the_order_of_rows_never_matters(self, small: SmallDraw, chance: Numbers) -> None:
        """DRAW-6: the same rows in another order give the same result."""
        entities, people = chance.shuffled(small.frame.entities), chance.shuffled(small.frame.inspectors)
        entropy = entropy_for(small.commitment.sources)
        expected = draw(small.commitment, small.frame.entities, small.frame.inspectors, entropy)
        assert draw(small.commitment, entities, people, entropy) == expected


def wanted(name: str, ticket: str, *needs: str, **others: object) -> Wanted:
    """Build a visit that is to be staffed."""
    row = entity(name, *needs, **others)  # type: ignore[arg-type]  # a test names the fields it means
    return Wanted(row=row, ticket=ticket, domains=row.domains)


class TestByHand:
    """STAFF-1 to STAFF-6: single rules in cases small enough to see through."""

    def test_rows_with_days_go_first(self) -> None:
        """STAFF-1: whoever can be visited on few days is staffed before the others, else tickets decide."""
        visits = [wanted("E1", "b"), wanted("E2", "c", days=DAYS[:1]), wanted("E3", "a"), wanted("E4", "d", days=DAYS)]
        assert [one.row.id for one in visiting_order(visits)] == ["E2", "E4", "E3", "E1"]

    def test_days_fill_evenly(self) -> None:
        """STAFF-2: with everybody always free, ten visits on five days are two a day."""
        visits = [wanted(f"E{number:02}", f"{number:02}") for number in range(10)]
        people = [inspector(f"R{number:02}", cap=9) for number in range(4)]
        placed = staff(commitment(), people, visits, SEED)
        assert set(Counter(visit.day for visit in placed).values()) == {2}
        assert [visit.entity for visit in placed] == [one.row.id for one in visits]

    def test_a_full_day_is_taken_when_no_other_can_be_staffed(self) -> None:
        """STAFF-2: days that hold L visits already are tried after the others, not left out."""
        visits = [wanted(f"E{number:02}", f"{number:02}") for number in range(5)]
        people = [inspector(f"R{number:02}", cap=9, days=DAYS[:1]) for number in range(2)]
        assert {visit.day for visit in staff(commitment(), people, visits, SEED)} == {DAYS[0]}

    def test_open_visits_say_why(self) -> None:
        """STAFF-6: without anybody who could ever come it is "no day", when they are used up it is "no team"."""
        people = [inspector("R1", cap=1, days=DAYS[:1]), inspector("R2", cap=1, days=DAYS[:1])]
        visits = [wanted("E1", "a"), wanted("E2", "b"), wanted("E3", "c", "health"), wanted("E4", "d", days=DAYS[1:2])]
        placed = staff(commitment(), people, visits, SEED)
        assert [visit.open for visit in placed] == [None, OpenReason.NO_TEAM, OpenReason.NO_DAY, OpenReason.NO_DAY]

    def test_a_month_cap_of_nothing_is_no_person(self) -> None:
        """STAFF-6: whoever has no visit left in the month counts in no frame."""
        people = [inspector("R1"), inspector("R2", month_cap=0)]
        assert staff(commitment(), people, [wanted("E1", "a")], SEED)[0].open is OpenReason.NO_DAY

    def test_people_whom_the_row_names_keep_their_caps(self) -> None:
        """STAFF-5: their caps were lowered when the supplement was made."""
        people = [inspector("R1", cap=1, days=DAYS[:1]), inspector("R2", cap=1, days=DAYS[:1])]
        visits = [wanted("E1", "a", team=("R1", "R2")), wanted("E2", "b", days=DAYS[:1])]
        assert {visit.team for visit in staff(commitment(), people, visits, SEED) if visit.day} == {
            ("R1", "R2"),
            *(visit.team for visit in staff(commitment(), people, visits[1:], SEED)),
        }

    def test_a_full_team_without_a_lead_has_no_size(self) -> None:
        """TEAM-3: with no seat left, the need must be empty and a lead there."""
        people = [inspector("R1", lead=False), inspector("R2", lead=False), inspector("R3")]
        rule = TeamRule(min=2, max=2)
        visits = [wanted("E1", "a", team=("R1", "R2"))]
        assert staff(commitment(team=rule), people, visits, SEED)[0].open is OpenReason.NO_DAY
        placed = staff(commitment(team=TeamRule(min=2, max=3)), people, visits, SEED)[0]
        assert placed.team == ("R1", "R2", "R3")

    def test_an_expert_joins_without_counting(self) -> None:
        """STAFF-4: an expert with a skill among the domains that want one joins the two, and their caps run out."""
        rule = TeamRule(min=2, max=2, expert_domains=domains("safety"))
        people = [inspector("R1", cap=9), inspector("R2", cap=9), inspector("X1", role=RowRole.EXPERT, month_cap=1)]
        visits = [wanted("E1", "a"), wanted("E2", "b")]
        placed = staff(commitment(team=rule), people, visits, SEED)
        assert [visit.expert for visit in placed] == ["X1", None]
        assert {len(visit.team) for visit in placed} == {2}

    def test_no_expert_for_domains_that_want_none(self) -> None:
        """STAFF-4: the visit's domains and those that want an expert must meet in a skill."""
        rule = TeamRule(min=2, max=2, expert_domains=domains("health", "safety"))
        people = [inspector("R1"), inspector("R2"), inspector("X1", "health", role=RowRole.EXPERT)]
        assert staff(commitment(team=rule), people, [wanted("E1", "a")], SEED)[0].expert is None

    @pytest.mark.parametrize(("zone", "expected"), [("north", ("R1", "R2")), (None, ("R2",))])
    def test_zones(self, zone: str | None, expected: tuple[str, ...]) -> None:
        """TEAM-5: an entity without a zone is visited only by those who go anywhere."""
        people = [inspector("R1", zones=("north",)), inspector("R2"), inspector("R3", zones=())]
        staffing = Staffing(commitment(), people, [], SEED)
        pool = staffing.pool(wanted("E1", "a", zone=zone), DAYS[0])
        assert tuple(people[place].id for place in members(pool)) == expected


class TestCapacity:
    """STAFF-5: caps run out by day and by month."""

    def test_by_day_and_month(self) -> None:
        """A visit uses one of that day and one of the month; the frame's caps stay known."""
        capacity = Capacity([inspector("R1", cap=2, days=DAYS[:2], month_cap=3)])
        capacity.take(0, DAYS[0])
        assert (capacity.on(DAYS[0]), capacity.day_left(0, DAYS[0]), capacity.month_left(0)) == (1, 1, 2)
        capacity.take(0, DAYS[0])
        assert (capacity.on(DAYS[0]), capacity.on(DAYS[1]), capacity.day_left(0, DAYS[0])) == (0, 1, 0)
        capacity.take(0, DAYS[1])
        assert (capacity.on(DAYS[1]), capacity.month_left(0)) == (0, 0)
        assert (capacity.on(DAYS[2]), capacity.day_left(0, DAYS[2])) == (0, None)
        assert capacity.frame == {DAYS[0]: 1, DAYS[1]: 1}


class TestDraw:
    """DRAW-6: what does not fit together is refused rather than drawn."""

    def test_refusals(self) -> None:
        """Entropy for other promises, of a wrong form, quotas of another frame, or days that nobody committed."""
        lists = frame()
        made = commitment(lists)
        good = entropy_for(made.sources)
        assert draw(made, lists.entities, lists.inspectors, good).seed
        for entities, entropy in (
            (lists.entities, ()),
            (lists.entities, (replace(good[0], value="x"),)),
            ((*lists.entities, entity("E02")), good),
            ((entity(days=("2026-12-31",)),), good),
        ):
            with pytest.raises(InputError):
                draw(made, entities, lists.inspectors, entropy)
