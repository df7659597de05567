"""Small frames made at random, tight enough that some of them can be staffed by no seed; what follows from a seed is drawn for real."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import freeze
from inspect_cli.core.bureau import TeamSize
from inspect_cli.core.draw import commitment as frozen
from inspect_cli.core.draw.outcome import staff_selection
from inspect_cli.core.draw.selection import select
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.plan.frame.build import Frame, FrameEntity
from inspect_cli.core.plan.frame.roster import RosterDay, RosterRole, RosterRow
from inspect_cli.core.plan.quota import Quota
from tests.core.draw.builders import commitment
from tests.core.plan.builders import DAYS, HEALTH, LABOUR, SAFETY, plan, share
from tests.random_draws import Chance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.plan import Plan

DOMAINS = (HEALTH, LABOUR, SAFETY)
ZONES = ("Z1", "Z2", "Z3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan and its frame."""

    plan: Plan
    frame: Frame


def random_plan(name: str) -> Planned:
    """Make a plan whose frame is small and tight; the same name gives the same plan."""
    chance = Chance(name)
    days = DAYS[: chance.between(1, 4)]
    entities = tuple(_entity(chance, number, days) for number in range(chance.between(1, 12)))
    quotas = _quotas(chance, entities)
    least = chance.one((1, 2, 2, 2, 3))
    team = TeamSize(min=least, max=min(6, least + chance.below(3)))
    roster = tuple(_person(chance, number, days, entities) for number in range(chance.between(1, 7)))
    frame = Frame(entities=entities, excluded=(), roster=roster, computed=quotas, quotas=quotas, days=days, matters=())
    return Planned(plan=plan(combine=chance.one(("applicable", "applicable", "drawn")), team=team), frame=frame)


def _entity(chance: Chance, number: int, days: tuple[date, ...]) -> FrameEntity:
    domains = tuple(chance.some(DOMAINS, 50)) or (chance.one(DOMAINS),)
    stratum = chance.one(("A", "A", "B"))
    strata = tuple("C" if chance.often(10) else stratum for _ in domains)
    only = tuple(day for day in days if chance.often(50)) or days[:1]
    return FrameEntity(
        id=EntityId(f"E{number:02}"),
        name=f"Company {number}",
        domains=domains,
        strata=strata,
        zone=chance.one(ZONES) if chance.often(80) else None,
        days=only if chance.often(20) else None,
    )


def _quotas(chance: Chance, entities: tuple[FrameEntity, ...]) -> tuple[Quota, ...]:
    sizes = Counter(key for one in entities for key in zip(one.domains, one.strata, strict=True))
    takes = {key: chance.between(0, size) if chance.often(60) else size for key, size in sizes.items()}
    for one in entities:
        keys = list(zip(one.domains, one.strata, strict=True))
        if not any(takes[key] for key in keys):
            takes[keys[0]] = 1
    return tuple(
        Quota(domain=key[0], stratum=key[1], size=sizes[key], take=takes[key], share=share(key[0], key[1]))
        for key in sorted(sizes)
    )


def _person(chance: Chance, number: int, days: tuple[date, ...], entities: tuple[FrameEntity, ...]) -> RosterRow:
    free = [RosterDay(day=day, cap=chance.between(1, 3)) for day in days if chance.often(80)]
    return RosterRow(
        id=InspectorId(f"R{number}"),
        role=RosterRole.EXPERT if chance.often(5) else RosterRole.INSPECTOR,
        lead=chance.often(70),
        skills=tuple(chance.some(DOMAINS, 60)),
        days=tuple(free),
        month_cap=chance.between(0, 8),
        zones=tuple(chance.some(ZONES, 50)) if chance.often(40) else (),
        barred=tuple(one.id for one in entities if chance.often(8)),
    )


def visits_of(planned: Planned, seed: str) -> tuple[Visit, ...]:
    """Draw a plan for real."""
    rows = freeze(planned.frame, lambda row: sha256(row.encode()).hexdigest()[:32])
    made = replace(
        commitment(rows),
        quotas=frozen.sorted_quotas(
            frozen.Quota(domain=one.domain, stratum=one.stratum, size=one.size, take=one.take)
            for one in planned.frame.quotas
        ),
        combine=frozen.Combine(planned.plan.combine),
        team=frozen.TeamRule(min=planned.plan.team.min, max=planned.plan.team.max),
        days=tuple(day.isoformat() for day in planned.frame.days),
    )
    return staff_selection(made, rows, select(made.quotas, rows.entities, seed), seed)


def seed_of(number: int) -> str:
    """Give the seed with a number."""
    return sha256(f"seed {number}".encode()).hexdigest()


def small_frame(rows: list[tuple[tuple[Domain, ...], tuple[str, ...]]], take: Callable[[int], int]) -> Frame:
    """Build a frame of entities E00, E01, … with these domains and strata; ``take`` gives what each quota draws, by its place."""
    entities = tuple(
        FrameEntity(id=EntityId(f"E{number:02}"), name=f"Company {number}", domains=domains, strata=strata)
        for number, (domains, strata) in enumerate(rows)
    )
    sizes = Counter(key for one in entities for key in zip(one.domains, one.strata, strict=True))
    quotas = tuple(
        Quota(domain=key[0], stratum=key[1], size=sizes[key], take=take(number), share=share(key[0], key[1]))
        for number, key in enumerate(sorted(sizes))
    )
    return Frame(entities=entities, excluded=(), roster=(), computed=quotas, quotas=quotas, days=DAYS[:2], matters=())
