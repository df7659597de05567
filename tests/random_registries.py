"""Small registries, settings and plans made at random: the world in which the random months happen.

Chance is that of ``random_draws``: all follows from a name, so that a month that fails is found again by its number.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from inspect_cli.core.bureau import Bureau, Caps, Limit, Rules, Squad, TeamSize, ZoneRule, new_bureau
from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Period
from inspect_cli.core.plan.allowance import Allowance, AllowanceRule
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, Share, StratumField
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal, RecusalReason
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.matter import Matter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.random_draws import Chance

DOMAINS = tuple(map(Domain, ("environment", "health", "labour", "safety")))
CLASSES = ("A", "B", "C", "D")
ZONES = ("东片", "西片", "南片", "north")
SQUADS = ("一中队", "二中队")
INDUSTRIES = ("C26", "C33", "H61")
SIZES = ("large", "small")
GROUPS = ("某某集团", "另一集团")
TAGS = ("涉氨", "涉爆粉尘")
PERIODS = ("2026-12", "2027-01", "2027-02", "2027-03", "2028-02", "2027-08")
KINDS = (*VisitKind, VisitKind.COMBINED, VisitKind.ROUTINE, VisitKind.ROUTINE, VisitKind.ROUTINE)


@dataclass
class World:
    """What a bureau's books hold; they grow as things happen."""

    period: Period
    bureau: Bureau
    entities: dict[str, Entity]
    inspectors: dict[str, Inspector]
    matters: tuple[Matter, ...]
    leave: list[Leave] = field(default_factory=list)
    recusals: list[Recusal] = field(default_factory=list)
    ledger: list[LedgerVisit] = field(default_factory=list)
    blackouts: list[Blackout] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)


def make_world(chance: Chance, period: Period | None = None) -> World:
    """Make the books of a bureau before its first month."""
    period = period or Period(chance.one(PERIODS))
    zones, domains = ZONES[: chance.between(2, 4)], DOMAINS[: chance.between(1, 4)]
    people = [InspectorId(f"R{number:02}") for number in range(chance.between(3, 10))]
    people += [InspectorId(f"X{number}") for number in range(chance.one((0, 0, 1, 2)))]
    world = World(
        period=period,
        bureau=make_bureau(chance, domains, zones),
        entities={
            one.id: one for number in range(chance.between(5, 25)) for one in [make_entity(chance, number, period)]
        },
        inspectors={},
        matters=tuple(make_matters(domains)),
    )
    for name in people:
        world.inspectors[name] = make_inspector(chance, name, world)
        if chance.often(40):
            world.leave += [make_leave(chance, name, period) for _ in range(chance.between(1, 2))]
    world.entities = {id: clip(chance, one, domains, zones) for id, one in world.entities.items()}
    pairs = [(name, one.id) for name in people for one in world.entities.values() if chance.often(6)]
    world.recusals += [make_recusal(chance, name, entity, period) for name, entity in pairs]
    names = tuple(one.id for one in world.entities.values())
    world.ledger += [make_ledger_visit(chance, chance.one(names), domains, period) for _ in range(chance.below(13))]
    if chance.often(40):
        world.blackouts += [make_blackout(chance, names, zones, period) for _ in range(chance.between(1, 3))]
    if chance.often(30):
        world.allowances += [make_allowance(chance, name, period) for name in chance.some(names, 10)]
    if chance.often(50):
        deepen(chance, world)
    return world


def deepen(chance: Chance, world: World) -> None:
    """Give companies groups and tags, people recusals from groups, matters their objects, and put somebody out of service."""
    world.entities = {
        id: replace(
            one,
            group=chance.one(GROUPS) if chance.often(30) else None,
            tags=tuple(chance.some(TAGS, 40)),
        )
        for id, one in world.entities.items()
    }
    for name in chance.some(tuple(world.inspectors), 25):
        plain = make_recusal(chance, InspectorId(name), EntityId(""), world.period)
        world.recusals.append(replace(plain, entity=None, group=chance.one(GROUPS)))
    for name in chance.some(tuple(world.inspectors), 8):
        world.inspectors[name] = replace(world.inspectors[name], in_service=False)
    world.matters = tuple(make_choosy(chance, one) if chance.often(35) else one for one in world.matters)


def make_choosy(chance: Chance, matter: Matter) -> Matter:
    """Let a matter apply to some companies alone."""
    return replace(
        matter,
        of_industries=tuple(chance.some(("C", "C26", "H"), 50)) if chance.often(40) else (),
        of_sizes=(chance.one(SIZES),) if chance.often(20) else (),
        of_risk_classes=tuple(chance.some(CLASSES, 70)) if chance.often(20) else (),
        of_tags=tuple(chance.some(TAGS, 60)) if chance.often(30) else (),
    )


# Days


def first_of(period: str) -> date:
    """Give the first day of a month."""
    return date.fromisoformat(f"{period}-01")


def last_of(period: str) -> date:
    """Give the last day of a month."""
    first = first_of(period)
    return first.replace(day=monthrange(first.year, first.month)[1])


def next_period(period: str) -> Period:
    """Give the month after a month."""
    return Period((last_of(period) + timedelta(days=1)).isoformat()[:7])


def workdays_of(period: str) -> tuple[date, ...]:
    """Give the working days of a month: its weekdays, without holidays, but for the first one of the month."""
    first = first_of(period)
    days = [first + timedelta(days=number) for number in range(last_of(period).day)]
    return tuple(day for day in days if day.weekday() < 5 and day != first)


def some_day(chance: Chance, period: str, before: int = 0, after: int = 0) -> date:
    """Choose a day of a month, or of so many days before or after it."""
    first, last = first_of(period) - timedelta(days=before), last_of(period) + timedelta(days=after)
    return first + timedelta(days=chance.below((last - first).days + 1))


# Settings


def make_bureau(chance: Chance, domains: Sequence[Domain], zones: Sequence[str]) -> Bureau:
    """Make settings with rules on and off, and caps that bind."""
    least = chance.one((2, 2, 2, 3))
    bureau = new_bureau("示例局", "示")
    squads = [make_squad(chance, name, zones) for name in SQUADS[: chance.one((0, 0, 1, 2))]]
    return replace(
        bureau,
        domains=tuple(label for label in bureau.domains if label.domain in domains),
        zones=tuple(zones),
        team=TeamSize(min=least, max=chance.between(least, 4), expert_domains=tuple(chance.some(domains, 30))),
        visits_a_day=chance.between(1, 3),
        visits_a_month=chance.one((3, 5, 8, 20)),
        visits_a_year=Limit(number=chance.between(1, 4), basis="b"),
        cooling_off_months=Limit(number=chance.one((0, 1, 3, 6)), basis="b"),
        caps=Caps(
            domains=tuple((domain, Limit(number=chance.between(1, 3), basis="b")) for domain in chance.some(domains, 15)),
            classes=tuple((name, Limit(number=chance.between(1, 4), basis="b")) for name in chance.some(CLASSES, 15)),
        ),
        rules=Rules(
            rotation=chance.often(75),
            zones=chance.one((ZoneRule.OWN, ZoneRule.OWN, ZoneRule.ANY)),
            month_cap_in_proportion=chance.often(30),
        ),
        squads=tuple(squads),
    )  # fmt: skip


def make_squad(chance: Chance, name: str, zones: Sequence[str]) -> Squad:
    """Make what holds for a squad."""
    return Squad(
        name=name,
        zones=tuple(sorted(chance.some(zones, 70))) if chance.often(40) else (),
        weekdays=tuple(chance.some(range(5), 75)) if chance.often(40) else (),
        visits_a_month=chance.between(2, 9) if chance.often(30) else None,
    )


# Registries


def make_matters(domains: Sequence[Domain]) -> list[Matter]:
    """Make two matters for each domain that are always valid."""
    return [
        Matter(id=MatterId(f"{domain}-{number}"), domain=domain, name=f"{domain} {number}", basis="b")
        for domain in domains
        for number in (1, 2)
    ]


def make_entity(chance: Chance, number: int, period: str) -> Entity:
    """Make a company; what it has that the bureau lacks is taken away by ``clip``."""
    id = EntityId(f"{chance.one(('E', '9132', '企', 'é'))}{number:02}")
    retired = some_day(chance, period, 20, 40) if chance.often(6) else None
    return Entity(
        id=id,
        name="<script>",
        domains=tuple(chance.some(DOMAINS, 60)),
        zone=chance.one(ZONES) if chance.often(90) else None,
        risk_class=chance.one(CLASSES) if chance.often(95) else None,
        industry=chance.one(INDUSTRIES),
        size=chance.one(SIZES),
        retired=retired,
        retired_reason=None if retired is None else "r",
    )


def clip(chance: Chance, entity: Entity, domains: Sequence[Domain], zones: Sequence[str]) -> Entity:
    """Leave a company the domains and zones of the bureau."""
    kept = tuple(domain for domain in entity.domains if domain in domains) or (chance.one(domains),)
    zone = entity.zone if entity.zone in zones or entity.zone is None else zones[0]
    return replace(entity, domains=kept, zone=zone)


def make_inspector(chance: Chance, name: InspectorId, world: World) -> Inspector:
    """Make an inspector, or an expert where the name says so."""
    expert, bureau = name.startswith("X"), world.bureau
    domains = tuple(label.domain for label in bureau.domains)
    lapses = some_day(chance, world.period, 30, 60) if chance.often(25) else None
    retired = some_day(chance, world.period, 10, 40) if chance.often(6) else None
    return Inspector(
        id=name,
        name=f"检查员{name}",
        skills=tuple(sorted(chance.some(domains, 70))),
        certificate=None if chance.often(4) or (expert and chance.often(70)) else f"证{name}",
        valid_until=lapses,
        is_expert=expert,
        may_lead=chance.often(60),
        zones=tuple(sorted(chance.some(bureau.zones, 65))) if chance.often(25) else (),
        day_cap=chance.between(1, 3) if chance.often(20) else None,
        month_cap=chance.between(1, 8) if chance.often(25) else None,
        squad=chance.one(SQUADS) if chance.often(60) else None,
        retired=retired,
        retired_reason=None if retired is None else "r",
    )


def make_leave(chance: Chance, name: InspectorId, period: str) -> Leave:
    """Make leave of one to nine days."""
    first = some_day(chance, period, 5, 20)
    return Leave(inspector=name, first=first, last=first + timedelta(days=chance.below(9)), reason="公差")


def make_recusal(chance: Chance, name: InspectorId, entity: EntityId, period: str) -> Recusal:
    """Make a recusal, for ever or for a time."""
    start = some_day(chance, period, 60, 20) if chance.often(50) else None
    end = (start or first_of(period)) + timedelta(days=chance.below(60)) if chance.often(50) else None
    return Recusal(inspector=name, entity=entity, reason=RecusalReason.KIN, start=start, end=end)


def make_ledger_visit(chance: Chance, entity: EntityId, domains: Sequence[Domain], period: str) -> LedgerVisit:
    """Make a visit of another department, in the year before, the month itself, or soon after."""
    before = chance.one((20, 100, 200, 400))
    return LedgerVisit(
        entity=entity,
        day=some_day(chance, period, before, 20),
        kind=chance.one(KINDS),
        domains=tuple(chance.some(domains, 50)),
        department="消防",
    )


def make_blackout(chance: Chance, entities: Sequence[EntityId], zones: Sequence[str], period: str) -> Blackout:
    """Make days on which a company, a zone or everybody is left alone."""
    first, what = some_day(chance, period, 3), chance.below(5)
    return Blackout(
        first=first,
        last=first + timedelta(days=chance.one((0, 0, 1, 3, 12))),
        reason="停电",
        zone=chance.one(zones) if what == 0 else None,
        entity=chance.one(entities) if what > 1 else None,
    )


def make_allowance(chance: Chance, entity: EntityId, period: Period) -> Allowance:
    """Make leave to draw a company although one rule keeps it out."""
    rule = chance.one(tuple(AllowanceRule))
    return Allowance(period=period, entity=entity, rule=rule, actor="甲", approver="乙", reason="r")


# Plans


def make_plan(chance: Chance, world: World, period: Period, number: int) -> Plan:
    """Make a plan; one in some cannot be met."""
    domains = [label.domain for label in world.bureau.domains]
    fields = chance.one(
        ((StratumField.RISK_CLASS,), (StratumField.ZONE,), (StratumField.RISK_CLASS, StratumField.ZONE))
    )
    source = chance.one((first_of(period) - timedelta(days=1), *workdays_of(period)[:5]))
    shares = [
        share for domain in chance.some(domains, 80) or domains[:1] for share in make_shares(chance, domain, fields)
    ]
    return Plan(
        period=period,
        name=f"{period} {number}",
        slot_number=None,
        combine=chance.one(("applicable", "applicable", "drawn")),
        rounding=chance.one(tuple(Rounding)),
        strata=fields,
        scope=make_scope(chance, world),
        team=world.bureau.team,
        shares=tuple(shares),
        matters=(),
        days_off=tuple(chance.some(workdays_of(period), 5)),
        promises=(dice_on(source, number),),
        names_published=False,
        text=f"{period} {number}".encode(),
    )  # fmt: skip


def make_shares(chance: Chance, domain: Domain, fields: tuple[StratumField, ...]) -> list[Share]:
    """Make a domain's shares: one for all strata, and sometimes one for a class of its own."""
    shares = [make_share(chance, domain, "*")]
    if fields == (StratumField.RISK_CLASS,) and chance.often(40):
        shares.append(make_share(chance, domain, chance.one(CLASSES)))
    return shares


def make_share(chance: Chance, domain: Domain, stratum: str) -> Share:
    """Make a share: mostly a ratio, for numbers are soon too large."""
    allow_zero = chance.often(92)
    if chance.often(10):
        return Share(domain=domain, stratum=stratum, number=chance.below(3), allow_zero=allow_zero)
    ratio = chance.one(("0.03", "0.1", "0.25", "0.5", "0.75", "1"))
    return Share(domain=domain, stratum=stratum, ratio=ratio, allow_zero=allow_zero)


def make_scope(chance: Chance, world: World) -> Scope:
    """Make a filter, or none."""
    kinds: Mapping[str, Sequence[str]] = {
        "zone": world.bureau.zones,
        "risk_class": CLASSES,
        "industry": ("C", "C26", "H"),
    }
    name = chance.one((None, None, None, None, *kinds))
    if name is None:
        return Scope()
    return Scope(fields=((name, tuple(sorted(chance.some(kinds[name], 60) or kinds[name]))),))


def dice_on(day: date, number: int = 0) -> Mapping[str, object]:
    """Promise ten dice on a day."""
    at = f"{day.isoformat()}T09:{number:02}:00+08:00"
    return {"kind": "dice", "name": f"dice {number}", "at": at, "count": 10, "sides": 10}
