"""Seats wanted against seats there are."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.bureau import TeamSize
from inspect_cli.core.plan.frame.build import Frame, build_frame
from inspect_cli.core.plan.shortage.forecast import Staffing, forecast_staffing, forecast_visits, render_tenths
from inspect_cli.core.registry.inspector import Leave
from tests.core.plan.builders import (
    DAYS,
    HEALTH,
    LABOUR,
    SAFETY,
    bureau,
    entity,
    gathered,
    inspector,
    plan,
    share,
)


def staffing_of(**change: Any) -> Staffing:
    """Forecast the staffing of a plan, given what a test changes."""
    found = gathered(**change)
    return forecast_staffing(found.plan, build_frame(found), found.bureau.domain_term)


def warnings_of(**change: Any) -> list[str]:
    """Find the warnings as sentences."""
    return [str(warning) for warning in staffing_of(**change).warnings]


def visits_by_ticket(frame: Frame) -> list[int]:
    """Count the visits for every order of tickets that there can be: the oracle of SHORTAGE-1."""
    counts = []
    for order in permutations(frame.entities):
        drawn = set()
        for quota in frame.quotas:
            stratum = [
                one for one in order if (quota.domain, quota.stratum) in zip(one.domains, one.strata, strict=True)
            ]
            drawn |= {one.id for one in stratum[: quota.take]}
        counts.append(len(drawn))
    return counts


class TestVisits:
    """SHORTAGE-1 How many visits are expected, at least and at most."""

    @given(
        domains=st.lists(
            st.sampled_from([(LABOUR,), (SAFETY,), (LABOUR, SAFETY), (HEALTH, LABOUR, SAFETY)]), min_size=1, max_size=5
        ),
        takes=st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3)),
    )
    def test_bounds(self, domains: list[tuple[Any, ...]], takes: tuple[int, int, int]) -> None:
        """SHORTAGE-1: over all orders of tickets no draw has fewer visits than the least or more than the most."""
        entities = tuple(entity(f"E{number}", domains=names) for number, names in enumerate(domains))
        counts = {name: sum(name in one.domains for one in entities) for name in (LABOUR, SAFETY, HEALTH)}
        shares = tuple(
            share(name, number=min(take, counts[name]), allow_zero=True)
            for name, take in zip(counts, takes, strict=True)
        )
        frame = build_frame(gathered(entities=entities, plan=plan(shares=shares)))
        forecast, real = forecast_visits(frame), visits_by_ticket(frame)
        assert forecast.least <= min(real)
        assert max(real) <= forecast.most
        assert forecast.least <= forecast.expected <= forecast.most

    @given(count=st.integers(1, 5), labour=st.integers(1, 5), safety=st.integers(1, 5))
    def test_expected(self, count: int, labour: int, safety: int) -> None:
        """SHORTAGE-1: where all domains have the same strata, the estimate is the mean over all orders of tickets."""
        entities = tuple(entity(f"E{number}", domains=(LABOUR, SAFETY)) for number in range(count))
        shares = (share(LABOUR, number=min(labour, count)), share(SAFETY, number=min(safety, count)))
        frame = build_frame(gathered(entities=entities, plan=plan(shares=shares)))
        real = visits_by_ticket(frame)
        assert forecast_visits(frame).expected == Fraction(sum(real), factorial(count))

    def test_a_number_beyond_its_base(self) -> None:
        """SHORTAGE-1: a number that exceeds its base, which is refused elsewhere, is not estimated to visit anybody twice."""
        entities = (entity("E1", domains=(LABOUR,)), entity("E2", domains=(LABOUR,)))
        frame = build_frame(gathered(entities=entities, plan=plan(shares=(share(LABOUR, number=500),))))
        assert forecast_visits(frame).expected == Fraction(2)

    def test_nobody(self) -> None:
        """SHORTAGE-1: an empty frame has no visits."""
        forecast = forecast_visits(build_frame(gathered(entities=())))
        assert (forecast.least, forecast.most, forecast.expected) == (0, 0, Fraction(0))


class TestSkills:
    """SHORTAGE-2 What each skill is wanted for; SHORTAGE-3 the seats there are."""

    entities = (
        entity("E1", domains=(LABOUR, SAFETY)),
        entity("E2", domains=(LABOUR,)),
        entity("E3", domains=(SAFETY,)),
        entity("E4", domains=(SAFETY,)),
    )
    shares = (share(LABOUR, ratio="0.5"), share(SAFETY, ratio="1"))

    @pytest.mark.parametrize(("combine", "labour"), [("applicable", Fraction(3, 2)), ("drawn", Fraction(1))])
    def test_wanted(self, combine: str, labour: Fraction) -> None:
        """SHORTAGE-2: E1 is visited for certain and E2 every second time; under ``drawn`` labour is checked once."""
        found = staffing_of(entities=self.entities, plan=plan(shares=self.shares, combine=combine))
        assert [(skill.domain, skill.wanted) for skill in found.skills] == [(LABOUR, labour), (SAFETY, Fraction(3))]

    def test_seats(self) -> None:
        """SHORTAGE-3: R1 is bound by the month, R2 by the days; the expert does not count."""
        found = staffing_of(
            inspectors=(
                inspector("R1", month_cap=5, skills=(LABOUR, SAFETY)),
                inspector("R2", may_lead=False),
                inspector("R3", is_expert=True),
            ),
            bureau=bureau(visits_a_day=2, visits_a_month=100),
        )
        assert found.seats == 5 + 2 * len(DAYS)
        assert [(skill.inspectors, skill.seats) for skill in found.skills] == [(2, found.seats)]
        assert [(day.day, day.inspectors, day.seats, day.leaders) for day in found.days] == [
            (day, 2, 4, 1) for day in DAYS
        ]
        assert {day.by_skill for day in found.days} == {((LABOUR, 4),)}

    def test_seats_wanted(self) -> None:
        """SHORTAGE-2: the expected visits, each with the smallest team."""
        found = staffing_of(plan=plan(team=TeamSize(min=3, max=4)))
        assert (found.visits.expected, found.seats_wanted) == (Fraction(1), Fraction(3))


class TestWarnings:
    """SHORTAGE-4 What should be looked at before the plan is committed."""

    def test_nothing(self) -> None:
        """SHORTAGE-4: where everything is there, nothing is said."""
        assert warnings_of() == []

    def test_seats(self) -> None:
        """SHORTAGE-4: fewer seats than wanted, in all and by skill."""
        entities = tuple(entity(f"E{number}") for number in range(5))
        found = warnings_of(
            entities=entities,
            plan=plan(shares=(share(ratio="1"),)),
            inspectors=(inspector("R1", month_cap=2), inspector("R2", month_cap=2)),
        )
        assert found == [
            "10.0 seats are wanted, and there are 4",
            "5.0 visits want the skill Labour, and there are 4 seats with it",
        ]

    def test_leader(self) -> None:
        """SHORTAGE-4: a roster without anybody who may lead."""
        people = (inspector("R1", may_lead=False), inspector("R2", may_lead=False), inspector("R3", is_expert=True))
        assert warnings_of(inspectors=people) == ["nobody on the roster may lead a team: every visit would stay open"]

    def test_skill(self) -> None:
        """SHORTAGE-4: a skill that nobody has, and one that nobody has on a day."""
        away = tuple(
            Leave(inspector=inspector(name).id, first=DAYS[1], last=DAYS[2], reason="x") for name in ("R1", "R2")
        )
        found = staffing_of(leave=away).warnings
        assert [warning.values for warning in found] == [
            {"domain": bureau().domain_term(LABOUR), "days": (DAYS[1].isoformat(), DAYS[2].isoformat())}
        ]
        without = (inspector("R1", skills=(SAFETY,)), inspector("R2", skills=(SAFETY,)))
        expected = "no inspector on the roster is qualified for Labour: its visits would stay open"
        assert warnings_of(inspectors=without) == [expected]

    def test_zones(self) -> None:
        """SHORTAGE-4: a zone for which there is no team; who has no zone is visited only by those who visit any."""
        entities = (entity("E1", zone="Z1"), entity("E2", zone="Z2"), entity("E3"), entity("E4"))
        people = (inspector("R1"), inspector("R2", zones=("Z1",)), inspector("R3", zones=("Z1", "Z2")))
        assert warnings_of(entities=entities, inspectors=people) == [
            "1 inspectors visit the zone -, too few for a team; it has 2 entities"
        ]

    def test_experts(self) -> None:
        """SHORTAGE-4: an expert is missed only for a domain that the plan draws for."""
        team = TeamSize(expert_domains=(LABOUR, SAFETY))
        missing = ["an expert is wanted for Labour, and none is on the roster"]
        assert warnings_of(plan=plan(team=team)) == missing
        people = (inspector("R1"), inspector("R2"), inspector("X1", is_expert=True))
        assert warnings_of(plan=plan(team=team), inspectors=people) == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1, 20), "0.1"),
        (Fraction(1, 21), "0.0"),
        (Fraction(199, 20), "10.0"),
        (Fraction(2, 3), "0.7"),
    ],
)
def test_render_tenths(number: Fraction, text: str) -> None:
    """SHORTAGE-1: a mean is shown with one decimal, halves up."""
    assert render_tenths(number) == text
