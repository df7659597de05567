"""A year's plan: targets, the year to date, a month's portion, and what is out of reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain
from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.year.count import Count
from inspect_cli.core.plan.year.portion import Portion, compute_reach, look_ahead, months_left
from inspect_cli.core.plan.year.progress import (
    Target,
    YearGathered,
    YearLine,
    YearPlan,
    compute_target,
    draft_year,
    find_target,
    sum_up_year,
)
from tests.core.plan.builders import HEALTH, LABOUR, SAFETY, bureau, entity

TODAY = date(2027, 3, 15)


def target(domain: Domain = LABOUR, stratum: str = "A", **change: str | int | None) -> Target:
    """Build a target of 3 % of a stratum."""
    values: dict[str, str | int | None] = {"ratio": "0.03", "basis": "rule", **change}
    return Target(domain=domain, stratum=stratum, **values)  # type: ignore[arg-type]


def year_plan(*targets: Target, **change: int) -> YearPlan:
    """Build a plan of 2027, January to November, by risk class."""
    plan = YearPlan(
        year=2027, first_month=1, last_month=11, strata=(StratumField.RISK_CLASS,), targets=targets or (target(),)
    )
    return replace(plan, **change)  # type: ignore[arg-type]


def line(target: int | None = 10, **change: int) -> YearLine:
    """Build a line of the year to date: a base of 100, nothing drawn yet."""
    values = {"base": 100, **change}
    return YearLine(domain=LABOUR, stratum="A", target=target, **values)


class TestTargets:
    """YEAR-1, YEAR-2 What a target stands for."""

    def test_star(self) -> None:
        """YEAR-1: the star holds for each stratum of its domain that no other target names, and for no other domain."""
        named, rest = target(stratum="A"), target(stratum="*", ratio="0.1")
        plan = year_plan(named, rest)
        assert find_target(plan, LABOUR, "A") == named
        assert find_target(plan, LABOUR, "C") == rest
        assert find_target(plan, SAFETY, "A") is None

    @pytest.mark.parametrize(
        ("base", "ratio", "expected"),
        [(100, "0.03", 3), (101, "0.03", 4), (30, "0.1", 3), (0, "0.5", 0), (1, "0.000001", 1), (7, "1", 7)],
    )
    def test_ratio(self, base: int, ratio: str, expected: int) -> None:
        """YEAR-2: base × ratio with exact fractions, rounded up; 30 × 0.1 is 3 and not 4."""
        assert compute_target(base, target(ratio=ratio)) == expected

    def test_number(self) -> None:
        """YEAR-2: a number is taken as it stands, also beyond the base: a company can be drawn more than once a year."""
        assert compute_target(5, target(ratio=None, number=12)) == 12


class TestToDate:
    """YEAR-2, YEAR-6 The year to date by domain and stratum."""

    def test_lines(self) -> None:
        """YEAR-6: settings' order of domains, each stratum with base, target, done and left; the unnamed are one line, last."""
        entities = (
            *(entity(f"A{n}") for n in range(40)),
            *(entity(f"C{n}", risk="C", domains=(LABOUR, SAFETY)) for n in range(10)),
            entity("X", risk=None),
            entity("gone", retired=TODAY),
            entity("going", retired=date(2027, 3, 16)),
            entity("fire", domains=(Domain("fire"),)),
        )
        plan = year_plan(target(ratio="0.1"), target(stratum="C", ratio=None, number=2), target(HEALTH, "D"))
        counts = {
            (LABOUR, "A"): Count(drawn=2, recorded=1, beside=3, committed=1),
            (LABOUR, "C"): Count(drawn=3),
            (LABOUR, "Z"): Count(drawn=1),
            (LABOUR, None): Count(drawn=4, recorded=4),
            (Domain("fire"), "A"): Count(drawn=1),
        }
        gathered = YearGathered(
            plan=plan, domains=(LABOUR, SAFETY, HEALTH), entities=entities, counts=counts, today=TODAY
        )
        found = [
            (one.domain, one.stratum, one.base, one.target, one.drawn, one.recorded, one.beside, one.committed)
            for one in sum_up_year(gathered)
        ]
        assert found == [
            # 40 of class A and the one that is still there today: ceil(4.1) is 5.
            ("labour", "A", 41, 5, 2, 1, 3, 1),
            ("labour", "C", 10, 2, 3, 0, 0, 0),
            ("labour", None, 1, None, 5, 4, 0, 0),
            ("safety", None, 10, None, 0, 0, 0, 0),
            ("health", "D", 0, 0, 0, 0, 0, 0),
            ("fire", None, 0, None, 1, 0, 0, 0),
        ]

    def test_star_is_a_line_for_each_stratum(self) -> None:
        """YEAR-1: under the star each registered stratum has its own target."""
        entities = (entity("E1"), entity("E2", risk="B"), entity("E3", risk="B"))
        gathered = YearGathered(
            plan=year_plan(target(stratum="*", ratio="0.5")),
            domains=(LABOUR,),
            entities=entities,
            counts={},
            today=TODAY,
        )
        assert [(one.stratum, one.target) for one in sum_up_year(gathered)] == [("A", 1), ("B", 1)]

    def test_without_plan(self) -> None:
        """YEAR-6: without a year plan everything is one line a domain, with nothing to be left."""
        gathered = YearGathered(
            plan=None,
            domains=(LABOUR,),
            entities=(entity("E1"), entity("E2", risk="B")),
            counts={(LABOUR, "A"): Count(drawn=1)},
            today=TODAY,
        )
        (only,) = sum_up_year(gathered)
        assert (only.stratum, only.base, only.target, only.drawn, only.left) == (None, 2, None, 1, None)

    @pytest.mark.parametrize(("drawn", "committed", "left"), [(0, 0, 10), (3, 2, 5), (10, 0, 0), (9, 4, 0)])
    def test_left(self, drawn: int, committed: int, left: int) -> None:
        """YEAR-6: left is target − drawn − committed, never below 0."""
        assert line(drawn=drawn, committed=committed).left == left


class TestPortion:
    """YEAR-7 What a month should draw of what is left."""

    @pytest.mark.parametrize(("month", "expected"), [(1, 9), (3, 9), (4, 8), (11, 1), (12, 1)])
    def test_months_left(self, month: int, expected: int) -> None:
        """YEAR-7: from the month, or from the first one (March), to November; at least 1, in December too."""
        assert months_left(year_plan(first_month=3), month) == expected

    @pytest.mark.parametrize(
        ("drawn", "months", "drawable", "number"),
        [(0, 3, 50, 4), (4, 2, 50, 3), (10, 5, 50, 0), (12, 5, 50, 0), (0, 1, 7, 7), (0, 1, 0, 0)],
    )
    def test_number(self, drawn: int, months: int, drawable: int, number: int) -> None:
        """YEAR-7: what is left of ten over the months left, rounded up, and never more than can be drawn."""
        assert Portion(line=line(drawn=drawn), months=months, drawable=drawable).number == number

    def test_no_target(self) -> None:
        """YEAR-7: where there is no target, nothing is wanted."""
        assert Portion(line=line(None), months=1, drawable=9).number == 0


class TestFollowed:
    """YEAR-7 Whoever follows the proposals each month meets the target by the last month, exactly.

    Proof: let L be what is left before a month and m the months left. With L = q·m + r, 0 ≤ r < m, the portion is q where r = 0, and q + 1
    otherwise; then m − 1 months are left for q·(m − 1), or for q·(m − 1) + (r − 1) with r − 1 < m − 1. So the first r months draw
    q + 1 and the others q: never more than what is left, all of it at the end, and no month differs from target ÷ months by 1 or
    more. The target itself exceeds base × ratio by less than 1, which is all that rounding up allows.
    """

    @given(
        base=st.integers(0, 5000),
        ratio=st.integers(0, 10_000),
        first=st.integers(1, 12),
        span=st.integers(0, 11),
    )
    def test_exactly(self, base: int, ratio: int, first: int, span: int) -> None:
        """YEAR-7: with a constant base the sum of the portions is the target; each is the target ÷ months, rounded up or down."""
        last = min(12, first + span)
        plan = year_plan(target(ratio=f"{ratio / 10_000:.4f}"), first_month=first, last_month=last)
        whole = compute_target(base, plan.targets[0])
        wanted = base * Fraction(ratio, 10_000)
        assert 0 <= whole - wanted < 1
        drawn, portions = 0, []
        for month in range(first, last + 1):
            portion = Portion(line=line(whole, base=base, drawn=drawn), months=months_left(plan, month), drawable=base)
            drawn += portion.number
            portions.append(portion.number)
            assert drawn <= whole
        assert drawn == whole
        months = last - first + 1
        assert set(portions) <= {whole // months, -(-whole // months)}

    @given(
        whole=st.integers(0, 300),
        drawable=st.lists(st.integers(0, 60), min_size=11, max_size=11),
    )
    def test_never_more(self, whole: int, drawable: list[int]) -> None:
        """YEAR-7: whatever a month can draw, the target is never exceeded, and met where the last month can draw what is left."""
        drawn = 0
        for month, most in enumerate(drawable, start=1):
            left = whole - drawn
            portion = Portion(line=line(whole, drawn=drawn), months=months_left(year_plan(), month), drawable=most)
            assert portion.number <= min(most, left)
            drawn += portion.number
        assert drawn <= whole
        assert drawn == whole or drawable[-1] < whole - (drawn - portion.number)


class TestAhead:
    """YEAR-8 The year after a month's plan, and what is out of reach."""

    @pytest.mark.parametrize(
        ("months", "cap", "pause", "expected"),
        [
            (0, 4, 3, 0),
            (1, 4, 3, 100),
            (3, 4, 3, 100),
            (4, 4, 3, 200),
            (11, 4, 3, 400),
            (11, 2, 3, 200),
            (5, 4, 0, 400),
        ],
    )
    def test_reach(self, months: int, cap: int, pause: int, expected: int) -> None:
        """YEAR-8: with 3 months of cooling-off once in 3 months, twice in 4; never beyond the yearly cap; 0 months are nothing."""
        assert compute_reach(100, months, bureau(cap, pause)) == expected

    @pytest.mark.parametrize(("take", "months", "is_out"), [(10, 0, False), (9, 0, True), (9, 1, False), (0, 1, False)])
    def test_out_of_reach(self, take: int, months: int, is_out: bool) -> None:
        """YEAR-8: what is left behind the last month is out of reach; a month that can draw the whole base is enough for it."""
        (found,) = look_ahead([line(10)], {(LABOUR, "A"): take}, months, bureau())
        assert (found.done, found.left, found.is_out_of_reach) == (take, 10 - take, is_out)

    def test_more_than_the_base(self) -> None:
        """YEAR-8: a number beyond what the base can give in the months left is out of reach."""
        (found,) = look_ahead([line(250)], {(LABOUR, "A"): 50}, 3, bureau())
        assert (found.left, found.reach, found.is_out_of_reach) == (200, 100, True)

    def test_unnamed(self) -> None:
        """YEAR-6: takes of strata that no line names count to the domain's other strata, which have no target."""
        rest = replace(line(None), stratum=None)
        takes = {(LABOUR, "A"): 1, (LABOUR, "Z"): 2, (LABOUR, None): 3}
        named, other = look_ahead([line(), rest], takes, 5, bureau())
        assert (named.take, other.take, other.left, other.is_out_of_reach) == (1, 5, None, False)


class TestDraft:
    """YEAR-9 A first plan of a year."""

    def test_targets(self) -> None:
        """YEAR-9: each domain of the settings and each class of today's registry, with the usual ratios, to be verified."""
        entities = (
            entity("E1", domains=(LABOUR, SAFETY)),
            entity("E2", risk="D"),
            entity("E3", risk=None),
            entity("E4", risk="B", retired=TODAY),
            entity("E5", domains=(Domain("fire"),)),
        )
        found = draft_year(2027, bureau(), entities, TODAY)
        assert (found.year, found.first_month, found.last_month) == (2027, 1, 11)
        assert [(one.domain, one.stratum, one.ratio, one.count) for one in found.targets] == [
            (LABOUR, "-", "5%", 1),
            (LABOUR, "A", "3%", 1),
            (LABOUR, "D", "20%", 1),
            (SAFETY, "A", "3%", 1),
        ]
        assert all("请核实" in one.basis for one in found.targets)
