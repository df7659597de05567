"""A draw small enough to be counted by hand: four entities, two domains, two visits with a day and one without.

All of it is set down here and nothing is computed from a seed, so that what the tests expect can be read off this page:

===========  ==============  ======================  ===========================
entity       domains         drawn for               visit
===========  ==============  ======================  ===========================
E-1 甲厂     labour safety   safety                  2 December, R-2 R-1, expert X-1
E-2 乙厂     safety          safety                  open, no team
E-3 丙厂     labour safety   labour                  1 December, R-1 R-3
E-4 丁厂     labour          nothing                 none
===========  ==============  ======================  ===========================

Excluded: E-5 and E-6 (retired), E-7 (cap), safety of E-4 (cap).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from inspect_cli.core.bureau import Complaints, new_bureau
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Combine, Commitment, Quota, TeamRule, commitment_digest
from inspect_cli.core.draw.frame import FrozenFrame, seal_frame
from inspect_cli.core.draw.promise import DicePromise, TextPromise
from inspect_cli.core.draw.result import OpenReason, Result, Selected, Visit
from inspect_cli.core.draw.rows import (
    EntityRow,
    ExcludedRow,
    InspectorRow,
    Reason,
    RowRole,
    parse_others,
    render_others,
)
from inspect_cli.core.draw.seed import Entropy, seed_of
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
from inspect_cli.core.people import Actor, Person, Role
from inspect_cli.core.publish.dossier import Committed, Drawn
from inspect_cli.core.schedule import DrawnSlot
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import DomainOutcome, Outcome
from inspect_cli.core.visit.result import ResultClass

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOT = Slot("2026-12/1")
LABOUR, SAFETY = Domain("labour"), Domain("safety")
NAMES = {"E-1": "甲厂", "E-2": "乙厂", "E-3": "丙厂", "E-4": "丁厂"}
PEOPLE = {"R-1": "张一", "R-2": "李二", "R-3": "王三", "X-1": "赵专家"}
SEALED = "风调雨顺"
DRAWN_AT = datetime.fromisoformat("2026-11-30T09:12:05+08:00")
OPERATOR = "操作员甲"
BUREAU = replace(
    new_bureau("示例镇综合行政执法局", "示综执"),
    name_en="Sample Township Enforcement Bureau",
    complaints=Complaints(telephone="0510-86000000", address="示例镇人民路1号"),
    people=(
        Person(name=OPERATOR, roles=(Role.OPERATOR,)),
        Person(name="审核员乙", roles=(Role.AUDITOR,)),
        Person(name="审批人乙", roles=(Role.APPROVER,)),
        Person(name="公示员丙", roles=(Role.PUBLISHER,)),
    ),
)
FURTHER: Mapping[str, Any] = {
    "plan": {
        "name": "2026年12月双随机抽查计划",
        "digest": "ab" * 32,
        "type": "untargeted",
        "names_published": False,
    },
    "matters": [
        {"id": "L-01", "name": "劳动合同检查", "domain": "labour"},
        {"id": "S-01", "name": "安全生产检查", "domain": "safety"},
    ],
    "limits": [
        {"limit": "visits_a_year", "number": 4, "basis": BUREAU.visits_a_year.basis},
        {"limit": "cooling_off_months", "number": 3, "basis": BUREAU.cooling_off_months.basis},
    ],
    "software": "inspect-cli 0.1.0",
    "made": "2026-11-20T10:00:00+08:00",
    "day": "2026-11-20",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The whole draw: its frozen rows, commitment and result."""

    frame: FrozenFrame
    commitment: Commitment
    result: Result

    @property
    def slot(self) -> DrawnSlot:
        """Give the draw as a schedule is made from it."""
        return DrawnSlot(
            slot=self.commitment.slot,
            result=self.result,
            entities=self.frame.entities,
            inspectors=self.frame.inspectors,
        )


def make_sample(names: Mapping[str, str] | None = None, further: Mapping[str, Any] | None = None) -> Sample:
    """Make the draw; ``names`` and ``further`` replace single companies' names and keys of the commitment."""
    frame = FrozenFrame(
        entities=tuple(_entity(id, name) for id, name in {**NAMES, **(names or {})}.items()),
        inspectors=(
            _inspector("R-1", lead=True),
            _inspector("R-2"),
            _inspector("R-3"),
            _inspector("X-1", role=RowRole.EXPERT),
        ),
        excluded=(
            ExcludedRow(id=EntityId("E-4"), domain=SAFETY, reason=Reason.CAP, salt="0" * 32),
            ExcludedRow(id=EntityId("E-5"), reason=Reason.RETIRED, salt="0" * 32),
            ExcludedRow(id=EntityId("E-6"), reason=Reason.RETIRED, salt="0" * 32),
            ExcludedRow(id=EntityId("E-7"), reason=Reason.CAP, salt="0" * 32),
        ),
    )
    commitment = Commitment(
        slot=SLOT,
        bureau=BUREAU.name,
        period=Period("2026-12"),
        frame=seal_frame(frame),
        quotas=(
            Quota(domain=LABOUR, stratum="A", size=3, take=1),
            Quota(domain=SAFETY, stratum="A", size=2, take=1),
            Quota(domain=SAFETY, stratum="B", size=1, take=1),
        ),
        combine=Combine.APPLICABLE,
        team=TeamRule(min=2, max=4, expert_domains=(SAFETY,)),
        days=("2026-12-01", "2026-12-02"),
        sources=(
            TextPromise(name="商会见证人", at="2026-11-29T17:00:00+08:00", digest=digest(SEALED.encode())),
            DicePromise(name="镇政府大厅掷骰", at="2026-11-30T01:00:00Z", count=5, sides=10),
        ),
        further=render_others({**FURTHER, **(further or {})}),
    )
    return Sample(frame=frame, commitment=commitment, result=_result(commitment))


def leave_out(sample: Sample, entity: str, *matters: str) -> Sample:
    """Have the frozen row of an entity name matters that are not checked at its visit."""
    row = next(row for row in sample.frame.entities if row.id == entity)
    without = replace(row, others=render_others({**parse_others(row.others), "without_matters": list(matters)}))
    entities = tuple(without if row.id == entity else row for row in sample.frame.entities)
    return replace(sample, frame=replace(sample.frame, entities=entities))


def make_committed(sample: Sample | None = None, **changes: Any) -> Committed:
    """Make what the commitment's notice is made from."""
    commitment = (sample or make_sample()).commitment
    return replace(Committed(bureau=BUREAU, commitment=commitment, void_reason=None), **changes)


def make_drawn(sample: Sample | None = None, **changes: Any) -> Drawn:
    """Make what the notices of draw and results are made from; nothing is recorded unless ``outcomes`` says so."""
    sample = sample or make_sample()
    plain = Drawn(
        committed=make_committed(sample),
        result=sample.result,
        drawn_at=DRAWN_AT,
        day=DRAWN_AT.date(),
        entities=sample.frame.entities,
        excluded=sample.frame.excluded,
        outcomes={},
    )
    return replace(plain, **changes)


def make_outcome(day: str, **results: int) -> Outcome:
    """Make an outcome: ``make_outcome("2026-12-02", labour=1, safety=5)``."""
    domains = tuple(DomainOutcome(domain=Domain(name), result=ResultClass(number)) for name, number in results.items())
    return Outcome(visited_on=date.fromisoformat(day), domains=domains)


def order_all(results: Mapping[Domain, ResultClass], until: str = "2027-03-31") -> dict[Domain, FollowUp]:
    """Give each domain with result 5 the order to rectify that goes with it (RECORD-7)."""
    order = FollowUp(kind=FollowUpKind.RECTIFY, until=date.fromisoformat(until))
    return {domain: order for domain, result in results.items() if result is ResultClass.ORDERED_TO_RECTIFY}


def actor_on(day: str, name: str = OPERATOR) -> Actor:
    """Make somebody who acts at noon of a day."""
    clock = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    return Actor(name=name, clock=clock, day=clock.date())


def _entity(id: str, name: str) -> EntityRow:
    domains = {"E-2": (SAFETY,), "E-4": (LABOUR,)}.get(id, (LABOUR, SAFETY))
    stratum = "B" if id == "E-2" else "A"
    return EntityRow(
        id=EntityId(id),
        salt="0" * 32,
        domains=domains,
        strata=(stratum,) * len(domains),
        zone="东片",
        others=render_others({"name": name}),
    )


def _inspector(id: str, *, lead: bool = False, role: RowRole = RowRole.INSPECTOR) -> InspectorRow:
    return InspectorRow(
        id=InspectorId(id),
        salt="0" * 32,
        role=role,
        lead=lead,
        skills=(LABOUR, SAFETY),
        days=(("2026-12-01", 2), ("2026-12-02", 2)),
        month_cap=20,
    )


def _result(commitment: Commitment) -> Result:
    sealed, dice = commitment.sources
    entropy = (Entropy(promise=sealed, value=SEALED), Entropy(promise=dice, value="31415"))
    first, second, third = EntityId("E-1"), EntityId("E-2"), EntityId("E-3")
    return Result(
        commitment=commitment_digest(commitment),
        entropy=entropy,
        seed=seed_of(commitment_digest(commitment), entropy),
        selection=(
            Selected(entity=first, ticket="1" * 64, drawn=(SAFETY,)),
            Selected(entity=second, ticket="2" * 64, drawn=(SAFETY,)),
            Selected(entity=third, ticket="3" * 64, drawn=(LABOUR,)),
        ),
        visits=(
            Visit(
                entity=first,
                domains=(LABOUR, SAFETY),
                day="2026-12-02",
                team=(InspectorId("R-2"), InspectorId("R-1")),
                expert=InspectorId("X-1"),
            ),
            Visit(entity=second, domains=(SAFETY,), open=OpenReason.NO_TEAM),
            Visit(
                entity=third,
                domains=(LABOUR, SAFETY),
                day="2026-12-01",
                team=(InspectorId("R-1"), InspectorId("R-3")),
            ),
        ),
    )
