"""What is wrong with a plan, and what should be looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import MatterId
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.plan import Scope
from inspect_cli.core.plan.soundness import Fault, find_faults, find_warnings
from tests.core.plan.builders import (
    DAYS,
    DICE,
    SAFETY,
    entity,
    gathered,
    matter,
    plan,
    share,
    undrawn,
    visit,
)


def faults_of(**change: Any) -> tuple[Fault, ...]:
    """Find the faults, given what a test changes."""
    found = gathered(**change)
    return find_faults(found, build_frame(found))


def warnings_of(**change: Any) -> list[str]:
    """Find the warnings as sentences, given what a test changes."""
    found = gathered(**change)
    return [str(warning) for warning in find_warnings(found, build_frame(found))]


def test_nothing_wrong() -> None:
    """PLAN-9 to PLAN-13: a plan that is as it should be has neither faults nor warnings."""
    assert faults_of() == ()
    assert warnings_of() == []


class TestMatters:
    """PLAN-9 Each domain has a matter that is valid throughout; PLAN-10 a matter that the plan names exists and is valid."""

    def test_domain_without_matter(self) -> None:
        """PLAN-9: outside the list there is no inspection, and the way out is named."""
        (fault,) = faults_of(matters=(matter("M1", valid_until=date(2026, 12, 30)),))
        assert str(fault.what) == "no matter of the domain Labour is valid throughout 2026-12"
        assert "inspect-cli matter import" in str(fault.remedy)

    def test_other_domain(self) -> None:
        """PLAN-9: another domain's matter does not help."""
        assert len(faults_of(matters=(matter("M1", SAFETY),))) == 1

    def test_named(self) -> None:
        """PLAN-10: a number that is not on the list, and one that is not valid throughout, are each told."""
        found = faults_of(
            matters=(matter("M1"), matter("M2", retired=date(2026, 12, 31))),
            plan=plan(matters=(MatterId("M1"), MatterId("M2"), MatterId("M3"))),
        )
        assert [str(fault.what) for fault in found] == [
            "the matter M2 is not valid throughout 2026-12",
            "there is no matter M3 on the list",
        ]

    def test_idle(self) -> None:
        """PLAN-10: a matter of a domain for which nothing is drawn is worth a look."""
        found = warnings_of(
            matters=(matter("M1"), matter("M2", SAFETY)), plan=plan(matters=(MatterId("M1"), MatterId("M2")))
        )
        assert found == ["the matter M2 is of the domain Safety, for which nothing is drawn"]


class TestStrata:
    """PLAN-11 A share names a stratum that the registry has; what is excluded or not covered is worth a warning."""

    def test_unknown(self) -> None:
        """PLAN-11: a stratum of which the registry has nobody is a slip of the pen, and those that it has are named."""
        entities = (entity("E1"), entity("E2", risk="B"), entity("E3", risk="a", retired=date(2026, 1, 1)))
        (fault,) = faults_of(entities=entities, plan=plan(shares=(share(), share(stratum="a"))))
        assert str(fault.what) == "the registry has nobody in the stratum a of the domain Labour"
        assert fault.remedy is not None
        assert fault.remedy.values == {"strata": ("A", "B")}

    def test_unknown_domain(self) -> None:
        """PLAN-11: where the domain has nobody at all there is nothing to name."""
        (fault,) = faults_of(matters=(matter(), matter("M2", SAFETY)), plan=plan(shares=(share(), share(SAFETY, "A"))))
        assert fault.remedy is None

    def test_all_excluded(self) -> None:
        """PLAN-11: a share whose entities are all excluded draws nobody, which is no mistake."""
        entities = (entity("E1"), entity("E2", risk="D"))
        change = {"entities": entities, "visits": (visit("E2", DAYS[0]),)}
        shares = (share(stratum="A"), share(stratum="D"))
        assert faults_of(plan=plan(shares=shares), **change) == ()
        expected = "the share Labour D draws nobody: it has no entity that is not excluded"
        assert warnings_of(plan=plan(shares=shares), **change) == [expected]

    def test_general_share_without_anybody(self) -> None:
        """PLAN-11: so does a share for all strata of a domain that nobody has."""
        change: dict[str, Any] = {
            "matters": (matter(), matter("M2", SAFETY)),
            "plan": plan(shares=(share(), share(SAFETY))),
        }
        assert faults_of(**change) == ()
        assert warnings_of(**change) == ["the share Safety * draws nobody: it has no entity that is not excluded"]

    def test_uncovered(self) -> None:
        """PLAN-11: a stratum that no share of a drawn domain names is told with its count, retired ones and those out of scope aside."""
        entities = (
            entity("E1", zone="Z1"),
            entity("E2", risk="B", zone="Z1"),
            entity("E3", risk="B", zone="Z1", retired=date(2026, 12, 31)),
            entity("E4", risk="B", zone="Z2"),
            entity("E5", risk="B", zone="Z1", domains=(SAFETY,)),
            entity("E6", risk="B", zone="Z1", retired=date(2027, 1, 1)),
        )
        scope = Scope(fields=(("zone", ("Z1",)),))
        found = warnings_of(entities=entities, plan=plan(shares=(share(stratum="A"),), scope=scope))
        assert found == ["no share covers the stratum B of the domain Labour: 2 entities cannot be drawn for it"]


class TestCarriedStratum:
    """CARRY-3 No registered entity has a stratum named ``carried-over``."""

    @pytest.mark.parametrize("risk", ["carried-over", "Carried-over"])
    def test_name(self, risk: str) -> None:
        """CARRY-3: that very name is kept for visits that were carried over; whoever left the registry does not matter."""
        entities = (entity("E1"), entity("E2", risk=risk))
        found = [str(fault.what) for fault in faults_of(entities=entities)]
        assert ["kept for visits that were carried over" in one for one in found] == [True] * (risk == "carried-over")
        gone = (entity("E1"), entity("E2", risk=risk, retired=date(2026, 1, 1)))
        assert faults_of(entities=gone) == ()


class TestEmptiness:
    """PLAN-12 A plan has a day and an entity that can be drawn; its quotas keep QUOTA-2 and QUOTA-3."""

    def test_no_day(self) -> None:
        """PLAN-12: a plan whose days are all off has no day."""
        assert [fault.key for fault in faults_of(plan=plan(days_off=DAYS))] == ["days_off"]

    def test_nobody(self) -> None:
        """PLAN-12: a plan that excludes everybody draws nobody."""
        found = faults_of(visits=(visit("E1", DAYS[0]),))
        assert [str(fault.what) for fault in found] == ["nobody can be drawn"]

    def test_held(self) -> None:
        """PLAN-12, PLAN-16: where another draw holds them, the way out is that draw, not the scope."""
        (fault,) = faults_of(undrawn=(undrawn("E1"),))
        assert str(fault.remedy).startswith("draw 2026-12/7 first")
        (fault,) = faults_of(visits=(visit("E1", DAYS[0]),))
        assert "widen the scope" in str(fault.remedy)

    @pytest.mark.parametrize(("number", "text"), [(2, "2 cannot be drawn from a base of 1"), (0, "the quota is 0")])
    def test_quotas(self, number: int, text: str) -> None:
        """PLAN-12: QUOTA-2 and QUOTA-3 are kept, and a mistaken quota stands in the explanation."""
        found = faults_of(plan=plan(shares=(share(number=number),)))
        assert text in str(found[0].what)
        assert found[0].key == "share"


class TestOddDays:
    """PLAN-13 A day off that is no working day, and a first day that is not after today, are worth a warning."""

    def test_day_off(self) -> None:
        """PLAN-13: a Saturday off changes nothing."""
        assert warnings_of(plan=plan(days_off=(date(2026, 12, 5), DAYS[0]))) == [
            "the day off 2026-12-05 is no working day anyway"
        ]

    @pytest.mark.parametrize(
        ("today", "count"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (date(2026, 12, 9), 1)]
    )
    def test_late(self, today: date, count: int) -> None:
        """PLAN-13: a plan whose visits would have begun already cannot be committed in time."""
        assert sum("the first day" in warning for warning in warnings_of(today=today)) == count

    @pytest.mark.parametrize(("today", "count"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1)])
    def test_past_source(self, today: date, count: int) -> None:
        """PLAN-13: a source whose day is over cannot be committed to; on its own day it depends on the hour."""
        assert sum("which is past" in warning for warning in warnings_of(today=today)) == count

    def test_no_days(self) -> None:
        """PLAN-13: without any day there is no first one."""
        promises = ({**DICE, "at": "2026-12-31T09:00:00+08:00"},)
        assert warnings_of(plan=plan(promises=promises)) == []
