"""Who is in the frame, what is drawn, on which days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId, MatterId
from inspect_cli.core.plan.frame.build import build_frame, plan_days
from inspect_cli.core.plan.frame.exclusion import Exclusion, Reason
from inspect_cli.core.plan.plan import Scope, StratumField
from tests.core.plan.builders import (
    DAYS,
    DICE,
    HEALTH,
    LABOUR,
    SAFETY,
    bureau,
    entity,
    gathered,
    inspector,
    matter,
    plan,
    share,
    undrawn,
    visit,
)

if TYPE_CHECKING:
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.registry.entity import Entity

_NAMES = [EntityId(name) for name in ("E1", "E2", "E3", "E4", "E5", "E6", "甲", "é")]


@st.composite
def registries(draw: st.DrawFn) -> Gathered:
    """Draw up a small registry, a plan for some of its domains, and a past for some of its entities."""
    entities = tuple(
        entity(
            name,
            risk=draw(st.sampled_from(["A", "B", None])),
            domains=tuple(sorted(draw(st.sets(st.sampled_from([HEALTH, LABOUR, SAFETY]), min_size=1)))),
            zone=draw(st.sampled_from(["Z1", "Z2", None])),
            retired=draw(st.sampled_from([None, None, None, date(2026, 1, 1)])),
        )
        for name in _NAMES
    )
    keys = draw(
        st.sets(st.tuples(st.sampled_from([HEALTH, LABOUR]), st.sampled_from(["A", "B", "-", "*"])), max_size=5)
    )
    shares = tuple(
        share(domain, stratum, number=draw(st.integers(0, 2)), allow_zero=True)
        if draw(st.booleans())
        else share(domain, stratum, ratio=draw(st.sampled_from(["0", "0.3", "1"])))
        for domain, stratum in sorted(keys)
    )
    scope = draw(st.sampled_from([Scope(), Scope(fields=(("zone", ("Z1",)),))]))
    return gathered(
        entities=entities,
        plan=plan(shares=shares, scope=scope),
        bureau=bureau(cap=2),
        visits=tuple(visit(name, date(2026, 11, 3)) for name in draw(st.sets(st.sampled_from(_NAMES), max_size=2))),
        drawn=tuple(draw(st.sets(st.sampled_from(_NAMES), max_size=1))),
        undrawn=(undrawn(*draw(st.sets(st.sampled_from(_NAMES), max_size=1))),),
    )


class TestPartition:
    """PLAN-3 Every registered entity is exactly once in the frame or among the excluded, never both."""

    @given(found=registries())
    def test_everybody_once(self, found: Gathered) -> None:
        """PLAN-3, PLAN-4: each entity is once in or once out, and each domain of one that is in is once covered or once left out."""
        frame = build_frame(found)
        whole = [row.id for row in frame.excluded if row.domain is None]
        assert sorted([*whole, *(one.id for one in frame.entities)]) == sorted(one.id for one in found.entities)
        registered = {one.id: one for one in found.entities}
        single = Counter((row.id, row.domain) for row in frame.excluded if row.domain is not None)
        covered = Counter((one.id, domain) for one in frame.entities for domain in one.domains)
        applying = Counter((one.id, domain) for one in frame.entities for domain in registered[one.id].domains)
        assert single + covered == applying
        assert all(row.reason is Reason.FILTER for row in frame.excluded if row.domain is not None)

    @given(found=registries())
    def test_order(self, found: Gathered) -> None:
        """PLAN-3: the order of the registry changes nothing, and both lists are sorted by UTF-8 bytes."""
        frame = build_frame(found)
        turned = gathered(
            **{name: getattr(found, name) for name in ("plan", "bureau", "visits", "drawn", "undrawn")},
            entities=found.entities[::-1],
        )
        assert build_frame(turned) == frame
        ids = [one.id.encode() for one in frame.entities]
        assert ids == sorted(ids)
        places = [(row.id.encode(), (row.domain or "").encode()) for row in frame.excluded]
        assert places == sorted(places)


class TestCoverage:
    """PLAN-4 A domain applies when the entity has it and the plan has a share for its stratum."""

    def test_single_domain(self) -> None:
        """PLAN-4: safety applies but the plan draws for labour alone, so safety is left out with its reason."""
        frame = build_frame(gathered(entities=(entity(domains=(LABOUR, SAFETY)),)))
        assert [(one.domains, one.strata) for one in frame.entities] == [((LABOUR,), ("A",))]
        assert frame.excluded == (Exclusion(id=EntityId("E1"), reason=Reason.FILTER, domain=SAFETY),)

    def test_no_share(self) -> None:
        """PLAN-4: whoever has no domain that the plan covers is out as a whole."""
        frame = build_frame(gathered(entities=(entity(domains=(SAFETY,)),)))
        assert (frame.entities, frame.excluded) == ((), (Exclusion(id=EntityId("E1"), reason=Reason.FILTER),))

    def test_kept_fields(self) -> None:
        """PLAN-4: a frame entity has the name, zone and industry of the registry, and nothing of contacts."""
        one = entity(zone="Z1", industry="C13", contact="somebody", telephone="123", address="somewhere")
        (found,) = build_frame(gathered(entities=(one,))).entities
        assert (found.name, found.zone, found.industry) == ("Company E1", "Z1", "C13")
        assert not {"contact", "telephone", "address"} & set(type(found).__dataclass_fields__)


class TestQuotas:
    """PLAN-5, PLAN-6 Everybody in the frame can be drawn, and each domain and stratum of the frame has one quota."""

    @given(found=registries())
    def test_follow_from_the_frame(self, found: Gathered) -> None:
        """PLAN-5, PLAN-6: sizes are the frame's own counts, takes are within them or told, everybody is in a quota that takes."""
        frame = build_frame(found)
        counts = Counter(key for one in frame.entities for key in zip(one.domains, one.strata, strict=True))
        assert {(quota.domain, quota.stratum): quota.size for quota in frame.quotas} == counts
        taking = {(quota.domain, quota.stratum) for quota in frame.quotas if quota.take}
        for one in frame.entities:
            assert taking & set(zip(one.domains, one.strata, strict=True))
        assert list(frame.quotas) == sorted(frame.quotas, key=lambda quota: (quota.domain, quota.stratum))

    @given(count=st.integers(1, 40), ratio=st.sampled_from(["0.01", "0.05", "0.33", "1"]))
    def test_take(self, count: int, ratio: str) -> None:
        """PLAN-6: the take is the base times the ratio, rounded up."""
        entities = tuple(entity(f"E{number}") for number in range(count))
        (quota,) = build_frame(gathered(entities=entities, plan=plan(shares=(share(ratio=ratio),)))).quotas
        assert (quota.size, quota.take) == (count, ceil(count * Fraction(ratio)))

    def test_nobody_whom_no_quota_takes(self) -> None:
        """PLAN-5: who is only in strata that take nobody is excluded, but explained; who is in another too stays, and is counted."""
        shares = (share(LABOUR, "A", number=0, allow_zero=True), share(SAFETY, "A", number=1))
        entities = (entity("E1"), entity("E2", domains=(LABOUR, SAFETY)))
        frame = build_frame(gathered(entities=entities, plan=plan(shares=shares)))
        assert [one.id for one in frame.entities] == ["E2"]
        assert [(row.id, row.domain, row.reason) for row in frame.excluded] == [("E1", None, Reason.FILTER)]
        assert [(quota.domain, quota.size, quota.take) for quota in frame.quotas] == [(LABOUR, 1, 0), (SAFETY, 1, 1)]
        assert [(quota.domain, quota.size, quota.take) for quota in frame.computed] == [(LABOUR, 2, 0), (SAFETY, 1, 1)]

    def test_stratum_that_vanishes(self) -> None:
        """PLAN-6: a stratum of which nobody is left has no quota, though it is explained."""
        shares = (share(LABOUR, "A", number=0, allow_zero=True), share(LABOUR, "B"))
        frame = build_frame(gathered(entities=(entity("E1"), entity("E2", risk="B")), plan=plan(shares=shares)))
        assert [quota.stratum for quota in frame.quotas] == ["B"]
        assert [quota.stratum for quota in frame.computed] == ["A", "B"]

    def test_several_fields(self) -> None:
        """PLAN-6: strata by class and zone part what either field alone would join."""
        fields = (StratumField.RISK_CLASS, StratumField.ZONE)
        entities: tuple[Entity, ...] = (entity("E1", zone="Z1"), entity("E2", zone="Z2"), entity("E3"))
        frame = build_frame(gathered(entities=entities, plan=plan(strata=fields)))
        assert [quota.stratum for quota in frame.quotas] == ["A·-", "A·Z1", "A·Z2"]


class TestDays:
    """PLAN-7 The days are the working days of the period after the latest date of the sources, less the plan's days off."""

    def test_all(self) -> None:
        """PLAN-7: with sources before the period they are its working days, sorted."""
        assert plan_days(gathered(working_days=DAYS[::-1])) == DAYS
        assert build_frame(gathered()).days == DAYS

    def test_days_off(self) -> None:
        """PLAN-7: a day off falls away, and the roster has no cap on it."""
        frame = build_frame(gathered(plan=plan(days_off=(DAYS[0],))))
        assert frame.days == DAYS[1:]
        assert {day.day for row in frame.roster for day in row.days} == set(DAYS[1:])

    @pytest.mark.parametrize(
        "at", ["2026-12-04T23:59:59+08:00", "2026-12-04T00:00:00+08:00", "2026-12-04T23:00:00-12:00"]
    )
    def test_sources_within_the_period(self, at: str) -> None:
        """PLAN-7: what happens on a day, as its date is written, opens the next one; the latest source counts."""
        promises = (DICE, {**DICE, "at": at})
        assert plan_days(gathered(plan=plan(promises=promises)))[0] == date(2026, 12, 7)


class TestMatters:
    """PLAN-8 The matters are those that the plan names, or all of its domains, and of these the ones valid throughout."""

    def test_all(self) -> None:
        """PLAN-8: without a list every valid matter of the plan's domains is meant, sorted by number."""
        matters = (
            matter("M3"),
            matter("M1"),
            matter("M2", SAFETY),
            matter("M4", valid_from=date(2026, 12, 2)),
            matter("M5", valid_until=date(2026, 12, 30)),
            matter("M6", retired=date(2026, 12, 31)),
            matter("M7", valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31), retired=date(2027, 1, 1)),
        )
        assert [one.id for one in build_frame(gathered(matters=matters)).matters] == ["M1", "M3", "M7"]

    def test_named(self) -> None:
        """PLAN-8: a list narrows them."""
        found = gathered(matters=(matter("M1"), matter("M2")), plan=plan(matters=(MatterId("M2"),)))
        assert [one.id for one in build_frame(found).matters] == ["M2"]


def test_roster() -> None:
    """PLAN-3: the frame has the roster of the plan's days."""
    frame = build_frame(gathered(inspectors=(inspector("R2"), inspector("R1", certificate=None))))
    assert [row.id for row in frame.roster] == ["R2"]
    assert Domain("labour") in frame.roster[0].skills
