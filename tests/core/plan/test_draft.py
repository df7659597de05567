"""A first plan from the registries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import Domain
from inspect_cli.core.plan.draft import (
    Draft,
    Registered,
    choose_source_day,
    draft_plan,
    plan_of,
    share_the_year,
    unnamed_shares,
)
from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.year.portion import Portion
from inspect_cli.core.plan.year.progress import Target, YearLine, YearPlan
from tests.core.plan.builders import DAYS, HEALTH, LABOUR, PERIOD, SAFETY, bureau, entity, matter

YEAR = YearPlan(
    year=2026,
    first_month=1,
    last_month=12,
    strata=(StratumField.RISK_CLASS,),
    targets=(Target(domain=LABOUR, stratum="A", basis="rule", ratio="0.1"),),
)
_NOVEMBER = (date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30))


class TestDraft:
    """PLAN-14 A share for each domain of the settings and each class of the registry, and each matter that is valid."""

    def test_shares(self) -> None:
        """PLAN-14: domains in the settings' order, classes with the usual ratios, any other with 5 %; unknown domains are left out."""
        entities = (
            entity("E1", domains=(LABOUR, SAFETY)),
            entity("E2"),
            entity("E3", risk="B"),
            entity("E4", risk="C"),
            entity("E5", risk="D"),
            entity("E6", risk=None),
            entity("E7", domains=(Domain("fire"),)),
            entity("E8", retired=date(2026, 12, 31)),
            entity("E9", domains=(HEALTH,), retired=date(2027, 1, 1)),
        )
        found = draft_plan(PERIOD, bureau(), Registered(entities=entities, matters=(), source_day=DAYS[0]))
        assert [(one.domain, one.stratum, one.ratio, one.count) for one in found.shares] == [
            (LABOUR, "-", "5%", 1),
            (LABOUR, "A", "3%", 2),
            (LABOUR, "B", "5%", 1),
            (LABOUR, "C", "10%", 1),
            (LABOUR, "D", "20%", 1),
            (SAFETY, "A", "3%", 1),
            (HEALTH, "A", "3%", 1),
        ]

    def test_matters_for_some(self) -> None:
        """MATTER-3: whoever no valid matter of a domain applies to is counted in none of its strata."""
        entities = (entity("E1", domains=(LABOUR, SAFETY)), entity("E2", domains=(LABOUR, SAFETY), size="大型"))
        matters = (matter("M1"), matter("S1", SAFETY, of_sizes=("大型",)), matter("S2", SAFETY, retired=DAYS[0]))
        found = draft_plan(PERIOD, bureau(), Registered(entities=entities, matters=matters, source_day=DAYS[0]))
        assert [(one.domain, one.count) for one in found.shares] == [(LABOUR, 2), (SAFETY, 1)]

    def test_matters(self) -> None:
        """PLAN-14: the valid matters of the settings' domains, sorted by number."""
        matters = (
            matter("M3"),
            matter("M1", SAFETY),
            matter("M2", Domain("fire")),
            matter("M4", retired=date(2026, 5, 1)),
        )
        found = draft_plan(PERIOD, bureau(), Registered(entities=(), matters=matters, source_day=DAYS[0]))
        assert [one.id for one in found.matters] == ["M1", "M3"]

    def test_source(self) -> None:
        """PLAN-15: nine o'clock of the source's day, with the bureau's offset."""
        registered = Registered(entities=(), matters=(), source_day=date(2026, 11, 30))
        (source,) = draft_plan(PERIOD, bureau(utc_offset="+06:00"), registered).sources
        assert (source["kind"], source["at"]) == ("dice", "2026-11-30T09:00:00+06:00")

    def test_plan(self) -> None:
        """PLAN-14: the proposal as a plan has the same shares, with exact ratios."""
        registered = Registered(
            entities=(entity("E1"), entity("E2", risk="D")), matters=(matter(),), source_day=DAYS[0]
        )
        found = plan_of(draft_plan(PERIOD, bureau(), registered), name="another")
        assert [(one.stratum, one.ratio) for one in found.shares] == [("A", "0.03"), ("D", "0.2")]
        assert (found.name, found.matters, found.period) == ("another", ("M1",), PERIOD)


class TestYear:
    """DRAFT-1 Where a year plan stands, the numbers are the month's portions."""

    def draft(self, **change: Any) -> Draft:
        """Build a first plan of a registry with the classes A and B for labour."""
        registered = Registered(entities=(entity("E1"), entity("E2", risk="B")), matters=(), source_day=DAYS[0])
        return replace(draft_plan(PERIOD, bureau(), registered), **change)

    def portion(self, stratum: str | None = "A", *, base: int = 9, left: int = 6, domain: Domain = LABOUR) -> Portion:
        """Build a portion with two months left, of which as many can be drawn as there are."""
        return Portion(line=YearLine(domain=domain, stratum=stratum, base=base, target=left), months=2, drawable=base)

    def test_numbers(self) -> None:
        """DRAFT-1: a portion is a number; one of 0 says so; nobody registered, or no stratum, is no share."""
        portions = (
            self.portion(domain=SAFETY),
            self.portion(left=5),
            self.portion("B", left=0),
            self.portion("C", base=0),
            self.portion(None),
        )
        found = share_the_year(self.draft(), YEAR, portions, ())
        assert [(one.domain, one.stratum, one.number, one.allow_zero, one.count) for one in found.shares] == [
            (LABOUR, "A", 3, False, 9),
            (LABOUR, "B", 0, True, 9),
            (SAFETY, "A", 3, False, 9),
        ]
        assert (found.year, found.strata) == (2026, YEAR.strata)

    def test_unnamed(self) -> None:
        """DRAFT-1: shares that the year plan does not name stay; under a star of the year plan nothing is unnamed."""
        draft = self.draft()
        others = unnamed_shares(draft, YEAR)
        assert [(one.stratum, one.ratio) for one in others] == [("B", "5%")]
        assert share_the_year(draft, YEAR, (self.portion(),), others).shares[1:] == others
        star = replace(YEAR, targets=(replace(YEAR.targets[0], stratum="*"),))
        assert unnamed_shares(draft, star) == ()

    def test_other_fields(self) -> None:
        """DRAFT-1: by other strata fields an old share means something else, and none stays."""
        assert unnamed_shares(self.draft(strata=(StratumField.ZONE,)), YEAR) == ()

    def test_unknown_domain(self) -> None:
        """DRAFT-1: a domain that the settings do not list stands behind the others."""
        portions = (self.portion(domain=Domain("fire")), self.portion())
        found = share_the_year(self.draft(), YEAR, portions, ())
        assert [one.domain for one in found.shares] == [LABOUR, "fire"]


class TestSourceDay:
    """PLAN-15 The source's day is the last working day before the period, or the first after today when that is later."""

    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            (date(2026, 11, 20), date(2026, 11, 30)),
            (date(2026, 11, 29), date(2026, 11, 30)),
            (date(2026, 11, 30), date(2026, 12, 1)),
            (date(2026, 12, 4), date(2026, 12, 7)),
            (date(2026, 12, 31), None),
        ],
    )
    def test_choice(self, today: date, expected: date | None) -> None:
        """PLAN-15: never today itself, for a source is announced before it happens; none when the month is over."""
        assert choose_source_day(PERIOD, today, (*_NOVEMBER, *DAYS)) == expected
