"""The frame (名录库快照) that a plan leads to: who is in it, who is not and why, what is drawn, who can visit, and when.

Why an entity is excluded as a whole is ``exclusion``'s matter, how many are drawn ``quota``'s, who can visit ``roster``'s, what
is wrong with the whole ``soundness``'s. Salts are added when the frame is frozen.

Rules:

PLAN-3  Every registered entity is exactly once in the frame or among the excluded, never both.
PLAN-4  A domain applies to an entity of the frame when the entity has it and the plan has a share for its stratum; the entity's
        other domains are excluded one by one.
PLAN-5  An entity of the frame is in at least one quota with a take of 1 or more.
PLAN-6  There is one quota for each domain and stratum that occurs in the frame; its size is the number of its entities.
PLAN-7  The days are the working days of the period after the latest date of the plan's sources, less the plan's days off.
PLAN-8  The matters are those that the plan names, or all of its domains, and of these the ones valid throughout the period.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.exclusion import Exclusion, Reason, build_history, find_reason
from inspect_cli.core.plan.quota import Quota, compute_take, find_share, index_shares
from inspect_cli.core.plan.roster import build_roster
from inspect_cli.core.plan.stratum import stratum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.plan.gathered import Gathered
    from inspect_cli.core.plan.plan import Plan, Share
    from inspect_cli.core.plan.quota import StratumKey
    from inspect_cli.core.plan.roster import RosterRow
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameEntity:
    """An entity that can be drawn. ``domains`` is sorted; ``strata`` names one stratum for each of them, in their order."""

    id: EntityId
    name: str
    domains: tuple[Domain, ...]
    strata: tuple[str, ...]
    zone: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a plan leads to, salts aside; all lists are sorted by UTF-8 bytes, quotas by domain and stratum.

    ``computed`` are the quotas before entities that no quota can draw were taken out: what a person is shown. ``quotas`` are
    those that are committed.
    """

    entities: tuple[FrameEntity, ...]
    excluded: tuple[Exclusion, ...]
    roster: tuple[RosterRow, ...]
    computed: tuple[Quota, ...]
    quotas: tuple[Quota, ...]
    days: tuple[date, ...]
    matters: tuple[Matter, ...]


def build_frame(gathered: Gathered) -> Frame:
    """Work out the frame of a plan (PLAN-3 to PLAN-8); what is wrong with it is told by ``soundness``, nothing is refused here."""
    plan = gathered.plan
    candidates, excluded = _sift(gathered)
    computed = _compute_quotas(plan, candidates)
    drawing = {(quota.domain, quota.stratum) for quota in computed if quota.take >= 1}
    entities = [entity for entity in candidates if not drawing.isdisjoint(_keys(entity))]
    listed = {entity.id for entity in entities}
    excluded += [Exclusion(id=entity.id, reason=Reason.FILTER) for entity in candidates if entity.id not in listed]
    excluded += _left_out_domains(gathered.entities, entities)
    days = plan_days(gathered)
    return Frame(
        entities=tuple(sorted(entities, key=lambda entity: entity.id.encode())),
        excluded=tuple(sorted(excluded, key=lambda row: (row.id.encode(), (row.domain or "").encode()))),
        roster=build_roster(gathered, days),
        computed=computed,
        quotas=_compute_sizes(computed, entities),
        days=days,
        matters=find_matters(gathered),
    )


def plan_days(gathered: Gathered) -> tuple[date, ...]:
    """Tell the days on which the plan's visits can be made (PLAN-7), sorted."""
    revealed = max(
        (date.fromisoformat(str(promise["at"])[:10]) for promise in gathered.plan.promises), default=date.min
    )
    return tuple(sorted(day for day in set(gathered.working_days).difference(gathered.plan.days_off) if day > revealed))


def plan_domains(plan: Plan) -> frozenset[Domain]:
    """Tell the domains for which the plan draws."""
    return frozenset(share.domain for share in plan.shares)


def find_matters(gathered: Gathered) -> tuple[Matter, ...]:
    """Find the matters of the plan's domains that may be inspected throughout the period (PLAN-8), sorted by number."""
    plan, domains = gathered.plan, plan_domains(gathered.plan)
    first, last = first_day(plan.period), last_day(plan.period)
    valid = (
        matter
        for matter in gathered.matters
        if matter.domain in domains
        and (not plan.matters or matter.id in plan.matters)
        and matter.is_valid_throughout(first, last)
    )
    return tuple(sorted(valid, key=lambda matter: matter.id.encode()))


def _sift(gathered: Gathered) -> tuple[list[FrameEntity], list[Exclusion]]:
    """Part those who may be in the frame from those who are excluded as a whole (PLAN-4)."""
    plan, history = gathered.plan, build_history(gathered)
    shares = index_shares(plan.shares)
    candidates: list[FrameEntity] = []
    excluded: list[Exclusion] = []
    for entity in gathered.entities:
        reason = find_reason(entity, history, plan.scope)
        candidate = None if reason is not None else _cover(entity, plan, shares)
        if candidate is None:
            excluded.append(Exclusion(id=entity.id, reason=reason or Reason.FILTER))
        else:
            candidates.append(candidate)
    return candidates, excluded


def _cover(entity: Entity, plan: Plan, shares: Mapping[StratumKey, Share]) -> FrameEntity | None:
    """Keep those of an entity's domains that the plan covers; None where there is none."""
    stratum = stratum_of(entity, plan.strata)
    domains = tuple(domain for domain in entity.domains if find_share(shares, domain, stratum) is not None)
    if not domains:
        return None
    return FrameEntity(
        id=entity.id,
        name=entity.name,
        domains=domains,
        strata=(stratum,) * len(domains),
        zone=entity.zone,
        industry=entity.industry,
    )


def _keys(entity: FrameEntity) -> Iterable[StratumKey]:
    return zip(entity.domains, entity.strata, strict=True)


def _compute_quotas(plan: Plan, entities: Iterable[FrameEntity]) -> tuple[Quota, ...]:
    index = index_shares(plan.shares)
    bases = Counter(key for entity in entities for key in _keys(entity))
    shares = {key: share for key in bases if (share := find_share(index, *key)) is not None}
    return tuple(
        Quota(
            domain=key[0],
            stratum=key[1],
            size=bases[key],
            take=compute_take(bases[key], share, plan.rounding),
            share=share,
        )
        for key, share in sorted(shares.items(), key=lambda item: (item[0][0].encode(), item[0][1].encode()))
    )


def _compute_sizes(quotas: tuple[Quota, ...], entities: Iterable[FrameEntity]) -> tuple[Quota, ...]:
    """Count anew the quotas that take nobody, for entities that only they hold are gone; the others lost nobody (PLAN-6)."""
    sizes = Counter(key for entity in entities for key in _keys(entity))
    resized = (replace(quota, size=sizes[quota.domain, quota.stratum]) for quota in quotas)
    return tuple(quota for quota in resized if quota.size)


def _left_out_domains(registered: Iterable[Entity], entities: Iterable[FrameEntity]) -> list[Exclusion]:
    """List the domains of the frame's entities that the plan does not cover (PLAN-4)."""
    covered = {entity.id: entity.domains for entity in entities}
    return [
        Exclusion(id=entity.id, reason=Reason.FILTER, domain=domain)
        for entity in registered
        if entity.id in covered
        for domain in entity.domains
        if domain not in covered[entity.id]
    ]
