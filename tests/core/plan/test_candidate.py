"""What one entity can be drawn for, and when it can be visited."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.plan.allowance import Allowance, AllowanceRule
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.frame.exclusion import Exclusion, Reason
from inspect_cli.core.plan.frame.gathered import Carried
from inspect_cli.core.plan.plan import Scope
from inspect_cli.core.registry.blackout import Blackout
from tests.core.plan.builders import (
    DAYS,
    LABOUR,
    PERIOD,
    SAFETY,
    bureau,
    checked,
    entity,
    gathered,
    matter,
    plan,
    share,
    undrawn,
    visit,
)

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame, FrameEntity

E1 = EntityId("E1")
BOTH = (LABOUR, SAFETY)
MATTERS = (matter("M1"), matter("M2"), matter("S1", SAFETY))
SHARES = plan(shares=(share(), share(SAFETY)))
EARLY, LATER = date(2026, 2, 2), date(2026, 5, 5)


def frame_of(**change: Any) -> Frame:
    """Build the frame of one entity to which both domains apply, with shares and matters for both; without cooling off."""
    values: dict[str, Any] = {"entities": (entity(domains=BOTH, zone="Z1"),), "matters": MATTERS, "plan": SHARES}
    return build_frame(gathered(**(values | change)))


def row_of(**change: Any) -> FrameEntity:
    """Give the one row of that frame."""
    (row,) = frame_of(**change).entities
    return row


def caps_of(**caps: Any) -> Caps:
    """Build caps from plain numbers."""
    return Caps(
        **{
            kind: tuple((name, Limit(number=number, basis="rule")) for name, number in numbers.items())
            for kind, numbers in caps.items()
        }
    )


def allow(rule: AllowanceRule, name: str = "E1") -> Allowance:
    """Build an allowance for December."""
    return Allowance(period=PERIOD, entity=EntityId(name), rule=rule, actor="甲", approver="乙", reason="x")


def blackout(first: date, last: date, **whom: Any) -> Blackout:
    """Build days without visits."""
    return Blackout(first=first, last=last, reason="fair", **whom)


class TestDomainCaps:
    """CAP-2 A domain is at its cap when as many counted visits of the year checked it; EXCLUDE-8 it is left out with ``cap``."""

    @pytest.mark.parametrize(("count", "domains"), [(0, BOTH), (1, BOTH), (2, (SAFETY,)), (3, (SAFETY,))])
    def test_count(self, count: int, domains: tuple[Domain, ...]) -> None:
        """CAP-2, EXCLUDE-8: with a cap of 2 for labour the third visit is for safety alone."""
        visits = tuple(checked("E1", date(2026, month, 1), LABOUR) for month in range(1, count + 1))
        frame = frame_of(visits=visits, bureau=bureau(cap=9, cooling_off=0, caps=caps_of(domains={LABOUR: 2})))
        assert [row.domains for row in frame.entities] == [domains]
        left_out = [Exclusion(id=E1, reason=Reason.CAP, domain=LABOUR)] if count >= 2 else []
        assert list(frame.excluded) == left_out

    def test_whole(self) -> None:
        """EXCLUDE-8: with no other domain of the plan left an entity is out as a whole, for the cap and not for the plan's sake."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(domains={LABOUR: 1}))
        frame = frame_of(visits=(checked("E1", EARLY, LABOUR),), bureau=settings, plan=plan())
        assert frame.excluded == (Exclusion(id=E1, reason=Reason.CAP),)

    def test_uncovered_first(self) -> None:
        """EXCLUDE-6, EXCLUDE-8: a domain that the plan does not cover is left out for that, whatever its cap says."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(domains={SAFETY: 1}))
        frame = frame_of(visits=(checked("E1", EARLY, SAFETY),), bureau=settings, plan=plan())
        assert frame.excluded == (Exclusion(id=E1, reason=Reason.FILTER, domain=SAFETY),)

    def test_other_years(self) -> None:
        """CAP-2: last year's visits and those of other entities do not count."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(domains={LABOUR: 1}))
        visits = (checked("E1", date(2025, 12, 31), LABOUR), checked("E2", EARLY, LABOUR))
        assert row_of(visits=visits, bureau=settings).domains == BOTH


class TestMatterCaps:
    """CAP-3 A matter is at its cap when as many counted visits are known to have checked it; it is not checked at this visit."""

    def test_left_out(self) -> None:
        """CAP-3: the matter is named in the row, and its domain stays, for another matter of it can be checked."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(matters={"M2": 1, "S1": 2}))
        visits = (checked("E1", EARLY, LABOUR, SAFETY, matters=("M1", "M2", "S1")),)
        row = row_of(visits=visits, bureau=settings)
        assert (row.domains, row.without_matters) == (BOTH, ("M2",))

    def test_all_of_a_domain(self) -> None:
        """CAP-3, EXCLUDE-8: where every matter of a domain is at its cap, the domain is; matters beside the plan do not help."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(matters={"M1": 1, "M2": 1}))
        visits = (checked("E1", EARLY, LABOUR, matters=("M1", "M2")),)
        frame = frame_of(visits=visits, bureau=settings)
        assert [(row.domains, row.without_matters) for row in frame.entities] == [((SAFETY,), ())]
        assert frame.excluded == (Exclusion(id=E1, reason=Reason.CAP, domain=LABOUR),)
        more = frame_of(
            visits=visits, bureau=settings, matters=(*MATTERS, matter("M3", valid_until=date(2026, 12, 30)))
        )
        assert more.excluded == frame.excluded

    def test_unknown(self) -> None:
        """CAP-3: a visit of which nobody knows what it checked counts for no matter."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(matters={"M1": 1}))
        assert row_of(visits=(checked("E1", EARLY, LABOUR),), bureau=settings).without_matters == ()
        assert row_of(bureau=settings).without_matters == ()


class TestAllowances:
    """EXCLUDE-9, ALLOW-1 An allowance lifts one rule for one entity, and the row says so."""

    def test_cap(self) -> None:
        """EXCLUDE-9: the caps of the year, of a domain and of a matter are lifted together."""
        visits = (checked("E1", EARLY, LABOUR, matters=("M1",)), checked("E1", LATER, LABOUR))
        for settings in (
            bureau(cap=2, cooling_off=0),
            bureau(cap=9, cooling_off=0, caps=caps_of(domains={LABOUR: 1})),
            bureau(cap=9, cooling_off=0, caps=caps_of(matters={"M1": 1})),
        ):
            row = row_of(visits=visits, bureau=settings, allowances=(allow(AllowanceRule.CAP),))
            assert (row.domains, row.without_matters, row.allowed) == (BOTH, (), (AllowanceRule.CAP,))

    def test_cooling_off(self) -> None:
        """EXCLUDE-9: an allowance for the one rule does not lift the other, and an allowance for somebody else lifts nothing."""
        visits = (visit("E1", date(2026, 11, 3)),)
        row = row_of(visits=visits, allowances=(allow(AllowanceRule.COOLING_OFF),))
        assert row.allowed == (AllowanceRule.COOLING_OFF,)
        for other in (allow(AllowanceRule.CAP), allow(AllowanceRule.COOLING_OFF, "E2")):
            assert frame_of(visits=visits, allowances=(other,)).excluded == (
                Exclusion(id=E1, reason=Reason.COOLING_OFF),
            )

    def test_not_needed(self) -> None:
        """EXCLUDE-9: a row says nothing of an allowance that changed nothing."""
        both = (allow(AllowanceRule.CAP), allow(AllowanceRule.COOLING_OFF))
        assert row_of(allowances=both).allowed == ()
        settings = bureau(caps=caps_of(matters={"M1": 1}), cooling_off=0)
        assert row_of(allowances=both, bureau=settings, visits=(visit("E1", EARLY),)).allowed == ()


class TestBlackouts:
    """BLACK-1 A local closure takes its days from the plan; BLACK-2 a zone's or an entity's days are theirs alone."""

    def test_closure(self) -> None:
        """BLACK-1: nobody is visited on these days, and no row needs to say so."""
        frame = frame_of(blackouts=(blackout(DAYS[0], DAYS[2]),))
        assert frame.days == DAYS[3:]
        assert [row.days for row in frame.entities] == [None]

    def test_zone_and_entity(self) -> None:
        """BLACK-2: an entity keeps the days that neither its zone nor it loses; others keep them all."""
        entities = (entity("E1", zone="Z1"), entity("E2", zone="Z1"), entity("E3", zone="Z2"), entity("E4"))
        found = frame_of(
            entities=entities,
            blackouts=(blackout(DAYS[0], DAYS[1], zone="Z1"), blackout(DAYS[3], DAYS[3], entity=E1)),
        )
        assert found.days == DAYS
        days = {row.id: row.days for row in found.entities}
        assert days == {"E1": (DAYS[2], *DAYS[4:]), "E2": DAYS[2:], "E3": None, "E4": None}

    def test_no_day(self) -> None:
        """BLACK-2, EXCLUDE-6: with no day left an entity is not in the frame."""
        frame = frame_of(blackouts=(blackout(DAYS[0], DAYS[-1], zone="Z1"),))
        assert (frame.entities, frame.excluded) == ((), (Exclusion(id=E1, reason=Reason.FILTER),))

    def test_elsewhere(self) -> None:
        """BLACK-2: days on which the plan visits nobody anyway restrict no row."""
        frame = frame_of(
            blackouts=(
                blackout(date(2026, 12, 5), date(2026, 12, 6), zone="Z1"),
                blackout(DAYS[0], DAYS[0], zone="Z1"),
            ),
            plan=plan(shares=SHARES.shares, days_off=(DAYS[0],)),
        )
        assert [row.days for row in frame.entities] == [None]

    @given(
        zone=st.text(min_size=1, max_size=5),
        other=st.text(min_size=1, max_size=5),
        name=st.sampled_from(["E1", "<script>", "../../x", "=cmd|'/c calc'!A1", "\u202eE1"]),
    )
    def test_names_are_names(self, zone: str, other: str, name: str) -> None:
        """BLACK-2: a zone or an id concerns exactly the one that has it, whatever it is made of."""
        found = frame_of(
            entities=(entity(name, zone=zone), entity("E0", zone=other)),
            blackouts=(blackout(DAYS[0], DAYS[0], zone=zone), blackout(DAYS[1], DAYS[1], entity=EntityId(name))),
        )
        days = {row.id: row.days for row in found.entities}
        assert days == {name: DAYS[2:], "E0": DAYS[1:] if zone == other else None}


class TestCarried:
    """CARRY-1 A visit that was carried over is made, whatever scope, caps and cooling-off say; CARRY-2 the rest is as ever."""

    def carried(self, *domains: Domain, name: str = "E1") -> Carried:
        """Build a visit that November carried over."""
        return Carried(slot=Slot("2026-11/1"), entity=EntityId(name), domains=domains or BOTH)

    def test_all_taken(self) -> None:
        """CARRY-1: the stratum holds those who were carried over and nobody else, and its quota takes all of them."""
        entities = tuple(entity(f"E{number}", domains=BOTH) for number in range(1, 7))
        frame = frame_of(entities=entities, carried=(self.carried(), self.carried(LABOUR, name="E2")))
        strata = {str(row.id): row.strata for row in frame.entities}
        assert strata["E1"] == ("carried-over", "carried-over")
        assert strata["E2"] == ("carried-over", "A")
        assert strata["E3"] == ("A", "A")
        takes = {(quota.domain, quota.stratum): (quota.take, quota.size) for quota in frame.quotas}
        assert takes == {
            (LABOUR, "carried-over"): (2, 2),
            (LABOUR, "A"): (2, 4),
            (SAFETY, "carried-over"): (1, 1),
            (SAFETY, "A"): (3, 5),
        }

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"bureau": bureau(cap=1, cooling_off=0), "visits": (visit("E1", EARLY),)}, Reason.CAP),
            ({"visits": (visit("E1", date(2026, 11, 3)),)}, Reason.COOLING_OFF),
            ({"plan": plan(shares=SHARES.shares, scope=Scope(fields=(("zone", ("Z9",)),)))}, Reason.FILTER),
        ],
    )
    def test_in_spite(self, change: dict[str, Any], reason: Reason) -> None:
        """CARRY-1, CARRY-2: cap, cooling-off and scope keep its other domains out, each with that reason, and not what was carried over."""
        frame = frame_of(carried=(self.carried(LABOUR),), **change)
        assert [(row.domains, row.strata) for row in frame.entities] == [((LABOUR,), ("carried-over",))]
        assert frame.excluded == (Exclusion(id=E1, reason=reason, domain=SAFETY),)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"entities": (entity(retired=date(2026, 12, 1)),)}, Reason.RETIRED),
            ({"visits": (visit("E1", DAYS[2]),)}, Reason.MONTH),
            ({"undrawn": (undrawn("E1"),)}, Reason.OTHER_SLOT),
            ({"blackouts": (blackout(DAYS[0], DAYS[-1], entity=E1),)}, Reason.FILTER),
        ],
    )
    def test_not_in_spite(self, change: dict[str, Any], reason: Reason) -> None:
        """CARRY-1: who is gone, visited or held this month, or has no day left, is out all the same."""
        frame = frame_of(carried=(self.carried(),), **change)
        assert frame.excluded == (Exclusion(id=E1, reason=reason),)

    def test_domain_caps(self) -> None:
        """CARRY-1: caps of the domain and its matters do not hold for what was carried over."""
        settings = bureau(cap=9, cooling_off=0, caps=caps_of(domains={LABOUR: 1}, matters={"M1": 1, "S1": 1}))
        visits = (checked("E1", EARLY, *BOTH, matters=("M1", "S1")),)
        row = row_of(carried=(self.carried(),), visits=visits, bureau=settings)
        assert (row.strata, row.without_matters) == (("carried-over", "carried-over"), ())

    def test_uncovered(self) -> None:
        """CARRY-1: for a domain that the plan does not draw for, or that the entity no longer has, nothing is made."""
        row = row_of(carried=(self.carried(SAFETY),), plan=plan())
        assert (row.domains, row.strata) == ((LABOUR,), ("A",))
        row = row_of(carried=(self.carried(SAFETY),), entities=(entity(domains=(LABOUR,)),))
        assert row.strata == ("A",)

    @given(names=st.sets(st.sampled_from(["E1", "E2", "E3", "E4"])), ratio=st.sampled_from(["0", "0.1", "1"]))
    def test_base(self, names: set[str], ratio: str) -> None:
        """CARRY-1: who was carried over is in no other quota of that domain: bases are of those who were not."""
        entities = tuple(entity(f"E{number}") for number in range(1, 6))
        frame = frame_of(
            entities=entities,
            plan=plan(shares=(share(ratio=ratio, allow_zero=True),)),
            carried=tuple(self.carried(LABOUR, name=name) for name in names),
        )
        bases = Counter({quota.stratum: quota.size for quota in frame.computed})
        assert (bases["carried-over"], bases["A"]) == (len(names), 5 - len(names))
