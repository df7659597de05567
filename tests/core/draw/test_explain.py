"""Explanations: the same outcome as the draw, every number reckoned again, and every reason true of the rows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from inspect_cli.core.draw.commitment import TeamRule
from inspect_cli.core.draw.cover import members
from inspect_cli.core.draw.explain import explain
from inspect_cli.core.draw.explain_visit import (
    DayOutcome,
    PassedOver,
    VisitExplanation,
    expert_obstacle,
    explain_visit,
    seat_obstacle,
)
from inspect_cli.core.draw.outcome import selected_rows
from inspect_cli.core.draw.rows import InspectorRow, RowRole
from inspect_cli.core.draw.selection import select
from inspect_cli.core.draw.staffing import Seat, Staffing, Wanted, visiting_order, wanted_visits
from inspect_cli.core.names import EntityId
from inspect_cli.core.verify.shape import parse_draw
from inspect_cli.errors import InputError
from tests.core.draw.builders import (
    DAYS,
    SEED,
    commitment,
    domains,
    drawn,
    entity,
    excluded,
    folders,
    frame,
    inspector,
    read_members,
)
from tests.core.draw.strategies import SmallDraw, seeds, small_draws, small_supplements

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.draw.ticket import Working


def is_right(shown: Working) -> bool:
    """Say whether a ticket is the SHA-256 of its lines."""
    return hashlib.sha256("\n".join(shown.lines).encode()).hexdigest() == shown.ticket


class TestVectors:
    """EXPLAIN-1, EXPLAIN-2: for every entity of every vector the explanation ends where the draw ended."""

    @pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
    def test_selection(self, folder: Path) -> None:
        """Ticket, ranks and cut-offs say for which domains somebody is drawn."""
        draw = parse_draw(read_members(folder))
        selected = {one.entity: one for one in draw.result.selection}
        for row in draw.frame.entities[::7] + draw.frame.entities[:5]:
            told = explain(draw, row.id)
            assert told.ticket is not None
            assert is_right(told.ticket)
            by_rank = tuple(place.quota.domain for place in told.places if place.rank <= place.quota.take)
            by_cut_off = tuple(p.quota.domain for p in told.places if p.cut_off and told.ticket.ticket <= p.cut_off)
            found = selected[row.id].drawn if row.id in selected else ()
            assert by_rank == by_cut_off == tuple(p.quota.domain for p in told.places if p.is_drawn) == found
            assert (told.visit is None) is (row.id not in selected)

    @pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
    def test_visits(self, folder: Path) -> None:
        """The visit is the result's, and each day and person before the chosen ones has a reason that the rows bear out."""
        draw = parse_draw(read_members(folder))
        for visit in draw.result.visits:
            told = explain(draw, visit.entity).visit
            assert told is not None
            assert told.visit == visit
            check_days(told)
            check_people(draw, told)


def check_days(told: VisitExplanation) -> None:
    """Assert that the days are in their order, and that the chosen one is the first with a size."""
    order = [(not step.is_light, step.ticket.ticket) for step in told.days]
    assert order == sorted(order)
    assert all(is_right(step.ticket) for step in told.days)
    assert all(step.is_light is (step.load < told.light) for step in told.days)
    outcomes = [step.outcome for step in told.days]
    if told.visit.day is None:
        assert not {DayOutcome.CHOSEN, DayOutcome.NOT_TRIED} & set(outcomes)
        assert (told.size, told.seats, told.expert) == (None, (), None)
    else:
        chosen = outcomes.index(DayOutcome.CHOSEN)
        assert told.days[chosen].day == told.visit.day
        assert set(outcomes[chosen + 1 :]) <= {DayOutcome.NOT_TRIED}
        assert not {DayOutcome.CHOSEN, DayOutcome.NOT_TRIED} & set(outcomes[:chosen])
        assert told.size == len(told.visit.team)


def check_people(draw: FinishedDraw, told: VisitExplanation) -> None:
    """Assert that candidates are in ticket order up to the chosen one, each before passed over for a reason that is true."""
    people = {row.id: row for row in draw.frame.inspectors}
    named = len(told.visit.team) - len(told.seats)
    for number, seat in enumerate(told.seats):
        tickets = [one.ticket.ticket for one in seat.candidates]
        assert tickets == sorted(tickets)
        assert all(is_right(one.ticket) for one in seat.candidates)
        assert seat.candidates[-1].person == told.visit.team[named + number]
        assert [one.passed_over is None for one in seat.candidates] == [False] * (len(tickets) - 1) + [True]
        team = told.visit.team[: named + number]
        assert set(seat.need) == set(told.visit.domains) - {skill for name in team for skill in people[name].skills}
        assert seat.lead_wanted is not any(people[name].lead for name in team)
        for one in seat.candidates[:-1]:
            person = people[one.person]
            assert is_true(one.passed_over, person, told, is_on_team=one.person in team)
            assert one.passed_over is not PassedOver.MAY_NOT_LEAD or (seat.lead_wanted and not person.lead)
            assert one.passed_over is not PassedOver.LACKS_SKILL or not set(person.skills) & set(seat.need)
            assert one.passed_over is not PassedOver.LEAVES_NEED or set(person.skills) & set(seat.need)
    if told.expert is not None and not told.expert.is_named:
        chosen = [one.person for one in told.expert.candidates if one.passed_over is None]
        assert chosen == ([told.visit.expert] if told.visit.expert else [])
        for one in told.expert.candidates:
            assert is_right(one.ticket)
            person = people[one.person]
            assert one.passed_over is None or is_true(one.passed_over, person, told, is_on_team=False)
            assert one.passed_over is not PassedOver.LACKS_SKILL or not set(person.skills) & set(told.expert.domains)


def is_true(why: PassedOver | None, person: InspectorRow, told: VisitExplanation, *, is_on_team: bool) -> bool:
    """Say whether what the rows show agrees with a reason, as far as rows show it."""
    works = told.visit.day in dict(person.days)
    if why in {PassedOver.BARRED, PassedOver.ABSENT, PassedOver.ON_TEAM}:
        is_barred = told.visit.entity in person.barred
        return {PassedOver.BARRED: is_barred, PassedOver.ABSENT: not works, PassedOver.ON_TEAM: is_on_team}[why]
    return told.visit.entity not in person.barred and not is_on_team and (works or why is PassedOver.OTHER_ZONE)


def staffings(small: SmallDraw, seed: str) -> tuple[Staffing, tuple[Wanted, ...]]:
    """Give a staffing at its beginning, and its visits in their order."""
    selection = select(small.commitment.quotas, small.frame.entities, seed)
    visits = wanted_visits(small.commitment.combine, selection, selected_rows(small.frame, selection))
    return Staffing(small.commitment, small.frame.inspectors, visits, seed), visiting_order(visits)


class TestNoDrift:
    """EXPLAIN-1: somebody has an obstacle exactly when they could not be chosen, whatever the draw."""

    @settings(max_examples=500)
    @given(small_draws, small_supplements, seeds)
    def test_obstacles_are_what_keeps_people_from_seats(self, one: SmallDraw, other: SmallDraw, seed: str) -> None:
        """For every seat of every visit, and for every expert."""
        for small in (one, other):
            staffing, order = staffings(small, seed)
            for wanted in order:
                attempt = tuple(staffing.attempts(wanted))[-1]
                for seat in staffing.seats(wanted, attempt):
                    fitting = members(seat.fitting)
                    able = [
                        person
                        for person in members(staffing.roster.inspectors)
                        if seat_obstacle(staffing, wanted, seat, person) is None
                    ]
                    assert able == fitting
                experts = members(staffing.experts(wanted, attempt.day))
                assert experts == [
                    person
                    for person in members(staffing.roster.experts)
                    if expert_obstacle(staffing, wanted, attempt.day, person) is None
                ]
                staffing.place(wanted)

    @given(small_supplements, seeds)
    def test_explaining_places_the_visit(self, small: SmallDraw, seed: str) -> None:
        """Visits explained one after another are those that are placed one after another."""
        (told, order), (placed, _) = staffings(small, seed), staffings(small, seed)
        for place, wanted in enumerate(order, start=1):
            found = explain_visit(told, wanted, place)
            assert found.visit == placed.place(wanted)
            assert (found.place, found.count) == (place, len(order))


def visit_of(lists: list[InspectorRow], rule: TeamRule, **others: object) -> VisitExplanation:
    """Explain the only visit of a draw."""
    row = entity("E1", **others)  # type: ignore[arg-type]  # a test names the fields it means
    wanted = Wanted(row=row, ticket="0", domains=row.domains)
    return explain_visit(Staffing(commitment(team=rule), lists, [wanted], SEED), wanted, 1)


class TestByHand:
    """EXPLAIN-2: each reason in a case small enough to see through."""

    def test_why_a_day_has_no_team(self) -> None:
        """Too few people, nobody to lead, or no way to cover the domains."""
        rule = TeamRule(min=2, max=2)
        people = [
            inspector("R1", days=DAYS[:3]),
            inspector("R2", lead=False, days=(DAYS[1], DAYS[3])),
            inspector("R3", lead=False, days=(DAYS[3], DAYS[4])),
            inspector("R4", "health", days=(DAYS[4],)),
        ]
        told = visit_of(people, replace(rule, max=3), days=(DAYS[0], DAYS[3]))
        assert {step.day: step.outcome for step in told.days} == {
            DAYS[0]: DayOutcome.TOO_FEW,
            DAYS[3]: DayOutcome.NO_LEAD,
        }
        health = visit_of([inspector("R5"), inspector("R6")], rule, domains=domains("health"), strata=("A",))
        assert {step.outcome for step in health.days} == {DayOutcome.NOT_COVERED}
        late = visit_of(people, rule, days=(DAYS[1], DAYS[4]))
        assert sorted(step.outcome for step in late.days) == ["chosen", "not tried"]

    def test_named_experts_and_none(self) -> None:
        """A named expert needs no ticket, a domain that wants none has none, and nobody able is told one by one."""
        wants = TeamRule(min=1, max=1, expert_domains=domains("safety"))
        people = [
            inspector("R1"),
            inspector("X1", role=RowRole.EXPERT, barred=("E1",)),
            inspector("X2", "health", role=RowRole.EXPERT),
            inspector("X3", role=RowRole.EXPERT, zones=("north",)),
            inspector("X4", role=RowRole.EXPERT, days=()),
            inspector("X5", role=RowRole.EXPERT, month_cap=0),
        ]
        told = visit_of(people, wants)
        assert told.expert is not None
        assert {one.person: one.passed_over for one in told.expert.candidates} == {
            "X1": PassedOver.BARRED,
            "X2": PassedOver.LACKS_SKILL,
            "X3": PassedOver.OTHER_ZONE,
            "X4": PassedOver.ABSENT,
            "X5": PassedOver.FULL_MONTH,
        }
        named = visit_of(people, wants, expert="X5").expert
        assert named is not None
        assert (named.is_named, named.candidates) == (True, ())
        assert visit_of(people, TeamRule(min=1, max=1)).expert is None

    def test_a_pool_that_is_too_small(self) -> None:
        """Whoever takes one of two seats where the pool has only themselves would leave too few."""
        row = entity("E1")
        wanted = Wanted(row=row, ticket="0", domains=row.domains)
        staffing = Staffing(commitment(), [inspector("R1")], [wanted], SEED)
        seat = Seat(day=DAYS[0], crew=staffing.crew(wanted), pool=1, seats=2, fitting=0, person=0)
        assert seat_obstacle(staffing, wanted, seat, 0) is PassedOver.TOO_FEW

    def test_a_full_day(self) -> None:
        """Whoever has used up a day is full that day."""
        rows = [entity(name, days=DAYS[:1]) for name in ("E1", "E2")]
        wanted = [Wanted(row=row, ticket=row.id, domains=row.domains) for row in rows]
        staffing = Staffing(commitment(team=TeamRule(min=1, max=1)), [inspector("R1", cap=1)], wanted, SEED)
        staffing.place(wanted[0])
        seat = Seat(day=DAYS[0], crew=staffing.crew(wanted[1]), pool=0, seats=1, fitting=0, person=0)
        assert seat_obstacle(staffing, wanted[1], seat, 0) is PassedOver.FULL_DAY


class TestEntities:
    """EXPLAIN-1: what is told of an entity that was not drawn, excluded, or never there."""

    LISTS = frame(
        [entity("E1", "health", "safety"), entity("E2", "health", "safety"), entity("E3", "safety")],
        out=[excluded("E3", domain="health"), excluded("E9")],
    )

    def test_not_drawn(self) -> None:
        """Somebody who was not drawn has ranks behind the cut-off and no visit."""
        draw = drawn(self.LISTS, take=1)
        told = [explain(draw, row.id) for row in self.LISTS.entities]
        assert [one.visit is not None for one in told].count(False) >= 1
        ranks = [place.rank for one in told for place in one.places if place.quota.domain == "safety"]
        assert sorted(ranks) == [1, 2, 3]

    def test_a_quota_of_nobody_has_no_cut_off(self) -> None:
        """Where nobody is taken there is no last ticket."""
        made = commitment(self.LISTS)
        quotas = tuple(replace(quota, take=0) if quota.domain == "health" else quota for quota in made.quotas)
        places = explain(drawn(self.LISTS, quotas=quotas), EntityId("E1")).places
        assert [place.cut_off is None for place in places] == [True, False]

    def test_excluded(self) -> None:
        """An excluded entity has a reason and no ticket; an excluded domain a reason beside the places of the others."""
        draw = drawn(self.LISTS)
        assert [row.reason for row in explain(draw, EntityId("E9")).excluded] == ["cap"]
        assert explain(draw, EntityId("E9")).ticket is None
        third = explain(draw, EntityId("E3"))
        assert ([row.domain for row in third.excluded], len(third.places)) == (["health"], 1)

    def test_nobody_knows_it(self) -> None:
        """An id that the frame neither holds nor excludes is refused, at a length that a screen bears."""
        with pytest.raises(InputError, match="is neither in the frame") as caught:
            explain(drawn(self.LISTS), EntityId("x" * 4000))
        assert len(str(caught.value)) < 200

    def test_a_draw_that_does_not_follow(self) -> None:
        """A draw with other quotas than its frame's is to be verified first."""
        draw = drawn(self.LISTS)
        with pytest.raises(InputError, match="there is no quota"):
            explain(replace(draw, commitment=replace(draw.commitment, quotas=())), EntityId("E1"))
