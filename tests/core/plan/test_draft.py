"""A first plan from the registries."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.core.names import Domain
from inspect_cli.core.plan.draft import Registered, choose_source_day, draft_plan
from tests.core.plan.builders import DAYS, HEALTH, LABOUR, PERIOD, SAFETY, bureau, entity, matter

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
        assert draft_plan(PERIOD, bureau(utc_offset="+06:00"), registered).at == "2026-11-30T09:00:00+06:00"


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
