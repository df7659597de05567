"""Valid plans, registries and what else a frame is made from, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from inspect_cli.core.bureau import Bureau, Limit, Publication, new_bureau
from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Period, Slot
from inspect_cli.core.plan.frame.gathered import Gathered, Seat, Undrawn
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, Share, StratumField
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.matter import Matter

LABOUR, SAFETY, HEALTH = Domain("labour"), Domain("safety"), Domain("health")
PERIOD = Period("2026-12")
FIRST = date(2026, 12, 1)
DAYS = tuple(day for day in (FIRST + timedelta(days=n) for n in range(31)) if day.weekday() < 5)
DICE: dict[str, object] = {
    "kind": "dice",
    "name": "twenty dice",
    "at": "2026-11-30T09:00:00+08:00",
    "count": 20,
    "sides": 10,
}


def share(domain: Domain = LABOUR, stratum: str = "*", **change: Any) -> Share:
    """Build a share: half of every stratum, unless it says otherwise."""
    if "number" in change:
        return Share(domain=domain, stratum=stratum, **change)
    return Share(domain=domain, stratum=stratum, **{"ratio": "0.5", **change})


def plan(**change: Any) -> Plan:
    """Build a plan that draws half of every stratum for labour."""
    base = Plan(
        period=PERIOD,
        name="December",
        slot_number=None,
        combine="applicable",
        rounding=Rounding.CEIL,
        strata=(StratumField.RISK_CLASS,),
        scope=Scope(),
        team=bureau().team,
        shares=(share(),),
        matters=(),
        days_off=(),
        promises=(DICE,),
        names_published=False,
        text=b"",
    )
    return replace(base, **change)


def bureau(cap: int = 4, cooling_off: int = 3, **change: Any) -> Bureau:
    """Build a bureau: at most 4 visits a year, 3 months of cooling off."""
    rule = Limit(number=5, basis="rule")
    return replace(
        new_bureau("Bureau", "B"),
        result_working_days=Limit(number=20, basis="rule"),
        penalty_working_days=rule,
        display_years=rule,
        correction_working_days=rule,
        publication=Publication(draw_working_days=rule, statistics_working_days=rule, natural_person_years=rule),
        visits_a_year=Limit(number=cap, basis="rule"),
        cooling_off_months=Limit(number=cooling_off, basis="rule"),
        **change,
    )


def entity(
    name: str = "E1", *, risk: str | None = "A", domains: tuple[Domain, ...] = (LABOUR,), **change: Any
) -> Entity:
    """Build an entity of class A to which labour law applies."""
    return Entity(id=EntityId(name), name=f"Company {name}", domains=domains, risk_class=risk, **change)


def inspector(name: str = "R1", **change: Any) -> Inspector:
    """Build an inspector for labour with a long-term certificate, who may lead."""
    values: dict[str, Any] = {"skills": (LABOUR,), "certificate": f"C-{name}", "may_lead": True}
    return Inspector(id=InspectorId(name), name=f"Inspector {name}", **(values | change))


def matter(name: str = "M1", domain: Domain = LABOUR, **change: Any) -> Matter:
    """Build a matter that is always valid."""
    return Matter(id=MatterId(name), domain=domain, name=f"Matter {name}", basis="law", **change)


def visit(name: str, day: date, kind: VisitKind = VisitKind.ROUTINE) -> LedgerVisit:
    """Build a visit of another department."""
    return LedgerVisit(entity=EntityId(name), day=day, kind=kind, domains=(LABOUR,), department="elsewhere")


def checked(name: str, day: date, *domains: Domain, matters: tuple[str, ...] = ()) -> LedgerVisit:
    """Build a visit that is known to have checked some domains, and some matters."""
    return replace(visit(name, day), domains=domains, matters=tuple(map(MatterId, matters)))


def undrawn(*names: str, days: tuple[Seat, ...] = (), slot: str = "2026-12/7") -> Undrawn:
    """Build another draw of the period that is committed and not yet drawn, with entities in its frame."""
    return Undrawn(slot=Slot(slot), entities=tuple(map(EntityId, names)), days=days)


def gathered(**change: Any) -> Gathered:
    """Build what a plan is worked out from: one entity, two inspectors, one matter, December's weekdays."""
    base = Gathered(
        plan=plan(),
        bureau=bureau(),
        today=date(2026, 11, 20),
        entities=(entity(),),
        inspectors=(inspector("R1"), inspector("R2")),
        matters=(matter(),),
        working_days=DAYS,
    )
    return replace(base, **change)
