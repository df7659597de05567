"""Seats wanted against seats there are: whether a plan's visits look as if they could be staffed. An estimate, not a proof.

Rules:

SHORTAGE-1  With one ticket for all domains an entity is visited when its ticket is low enough for any of them. The expected number
            of visits is about Σ over entities of the largest take ÷ size among its quotas (exactly that where all domains have the
            same strata); it is at least the largest domain's takes, and at most Σ takes and the number of entities.
SHORTAGE-2  A skill is wanted once for each expected visit whose checked domains include it: the entity's domains (``applicable``), or
            those it is drawn for (``drawn``: then Σ takes of the domain).
SHORTAGE-3  Seats there are: for each inspector the smaller of the month's cap and the sum of the days' caps. Experts do not count.
SHORTAGE-4  Worth a warning: a domain for which nobody, or on some day nobody, has the skill; fewer seats than wanted, in all or by
            skill; nobody who may lead; an entity whose zone fewer inspectors visit than a team needs; an expert wanted where none is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from inspect_cli.core.plan.frame.roster import RosterRole
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from inspect_cli.core.bureau import TeamSize
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame, FrameEntity
    from inspect_cli.core.plan.frame.roster import RosterRow
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.errors import Message, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForecast:
    """How many visits a plan is expected to lead to: ``least`` and ``most`` are certain, ``expected`` is an estimate (SHORTAGE-1)."""

    least: int
    most: int
    expected: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSupply:
    """One skill: expected visits that want it, the inspectors who have it, and their seats in the period (SHORTAGE-2, 3)."""

    domain: Domain
    wanted: Fraction
    inspectors: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySupply:
    """One day: inspectors at work, their seats, those among them who may lead, and the seats by skill, in the domains' order."""

    day: date
    inspectors: int
    seats: int
    leaders: int
    by_skill: tuple[tuple[Domain, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Seats wanted against seats there are; ``seats_wanted`` = expected visits × the smallest team."""

    visits: VisitForecast
    seats_wanted: Fraction
    seats: int
    skills: tuple[SkillSupply, ...]
    days: tuple[DaySupply, ...]
    warnings: tuple[Message, ...]


def forecast_staffing(plan: Plan, frame: Frame, label: Callable[[Domain], Term]) -> Staffing:
    """Set seats wanted against seats there are, by skill and by day (SHORTAGE-1 to SHORTAGE-4); ``label`` names a domain for people."""
    inspectors = tuple(row for row in frame.roster if row.role is RosterRole.INSPECTOR)
    domains = tuple(sorted({quota.domain for quota in frame.quotas}))
    visits = forecast_visits(frame)
    wanted = _wanted_by_skill(plan, frame)
    skills = tuple(_supply_skill(domain, wanted.get(domain, Fraction(0)), inspectors) for domain in domains)
    days = tuple(_supply_day(day, inspectors, domains) for day in frame.days)
    seats_wanted, seats = visits.expected * plan.team.min, sum(map(_seats, inspectors))
    return Staffing(
        visits=visits,
        seats_wanted=seats_wanted,
        seats=seats,
        skills=skills,
        days=days,
        warnings=(
            *_short_seats(seats_wanted, seats, inspectors),
            *_short_skills(skills, days, label),
            *_short_zones(frame.entities, inspectors, plan.team),
            *_short_experts((plan.team, domains), frame.roster, label),
        ),
    )


def forecast_visits(frame: Frame) -> VisitForecast:
    """Bound and estimate the number of visits (SHORTAGE-1)."""
    takes: Counter[Domain] = Counter()
    for quota in frame.quotas:
        takes[quota.domain] += quota.take
    return VisitForecast(
        least=max(takes.values(), default=0),
        most=min(sum(takes.values()), len(frame.entities)),
        expected=sum((chance * count for chance, _, count in _chances(frame)), Fraction(0)),
    )


def _chances(frame: Frame) -> Iterator[tuple[Fraction, tuple[Domain, ...], int]]:
    """Give the chance of a visit, the domains, and the number of entities, for each group of equal entities."""
    ratio = {(quota.domain, quota.stratum): Fraction(quota.take, quota.size) for quota in frame.quotas}
    groups = Counter((entity.domains, entity.strata) for entity in frame.entities)
    for (domains, strata), count in groups.items():
        # A number beyond its base is refused elsewhere; here nobody is visited more than once.
        yield min(Fraction(1), max(ratio[key] for key in zip(domains, strata, strict=True))), domains, count


def _wanted_by_skill(plan: Plan, frame: Frame) -> dict[Domain, Fraction]:
    wanted: dict[Domain, Fraction] = {}
    if plan.combine == "drawn":
        for quota in frame.quotas:
            wanted[quota.domain] = wanted.get(quota.domain, Fraction(0)) + quota.take
        return wanted
    for chance, domains, count in _chances(frame):
        for domain in domains:
            wanted[domain] = wanted.get(domain, Fraction(0)) + chance * count
    return wanted


def _seats(row: RosterRow) -> int:
    return min(row.month_cap, sum(day.cap for day in row.days))


def _supply_skill(domain: Domain, wanted: Fraction, inspectors: Iterable[RosterRow]) -> SkillSupply:
    skilled = [row for row in inspectors if domain in row.skills]
    return SkillSupply(domain=domain, wanted=wanted, inspectors=len(skilled), seats=sum(map(_seats, skilled)))


def _supply_day(day: date, inspectors: Iterable[RosterRow], domains: tuple[Domain, ...]) -> DaySupply:
    at_work = [(row, free.cap) for row in inspectors if row.month_cap for free in row.days if free.day == day]
    return DaySupply(
        day=day,
        inspectors=len(at_work),
        seats=sum(cap for _, cap in at_work),
        leaders=sum(row.lead for row, _ in at_work),
        by_skill=tuple((domain, sum(cap for row, cap in at_work if domain in row.skills)) for domain in domains),
    )


def _short_seats(wanted: Fraction, seats: int, inspectors: tuple[RosterRow, ...]) -> Iterator[Message]:
    if seats < wanted:
        yield say("{wanted} seats are wanted, and there are {seats}", wanted=render_tenths(wanted), seats=seats)
    if not any(row.lead for row in inspectors):
        yield say("nobody on the roster may lead a team: every visit would stay open")


def _short_skills(
    skills: tuple[SkillSupply, ...], days: tuple[DaySupply, ...], label: Callable[[Domain], Term]
) -> Iterator[Message]:
    for skill in skills:
        if not skill.inspectors:
            yield say(
                "no inspector on the roster is qualified for {domain}: its visits would stay open",
                domain=label(skill.domain),
            )
            continue
        if skill.seats < skill.wanted:
            yield say(
                "{wanted} visits want the skill {domain}, and there are {seats} seats with it",
                wanted=render_tenths(skill.wanted),
                domain=label(skill.domain),
                seats=skill.seats,
            )
        without = [day.day.isoformat() for day in days if not dict(day.by_skill)[skill.domain]]
        if without:
            yield say(
                "nobody who is qualified for {domain} can work on {days}",
                domain=label(skill.domain),
                days=tuple(without),
            )


def _short_zones(entities: Iterable[FrameEntity], inspectors: Iterable[RosterRow], team: TeamSize) -> Iterator[Message]:
    everywhere = sum(not row.zones for row in inspectors)
    local = Counter(zone for row in inspectors for zone in row.zones)
    places = Counter(entity.zone for entity in entities)
    for zone, count in sorted(places.items(), key=lambda place: place[0] or ""):
        there = everywhere + (0 if zone is None else local[zone])
        if there < team.min:
            yield say(
                "{inspectors} inspectors visit the zone {zone}, too few for a team; it has {count} entities",
                inspectors=there,
                zone=zone or "-",
                count=count,
            )


def _short_experts(
    wanted: tuple[TeamSize, tuple[Domain, ...]], roster: Iterable[RosterRow], label: Callable[[Domain], Term]
) -> Iterator[Message]:
    team, domains = wanted
    known = {skill for row in roster if row.role is RosterRole.EXPERT for skill in row.skills}
    for domain in team.expert_domains:
        if domain in domains and domain not in known:
            yield say("an expert is wanted for {domain}, and none is on the roster", domain=label(domain))


def render_tenths(number: Fraction) -> str:
    """Render a number of at least 0 with one decimal, halves up."""
    tenths = (number * 20 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"
