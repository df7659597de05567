"""What one entity can be drawn for, and when it can be visited: its row of the frame. Why it is out as a whole: ``exclusion``.

Rules:

PLAN-4   A domain applies to an entity of the frame when the entity has it, the plan has a share for its stratum, a matter of the plan
         applies to the entity (MATTER-3) and it is not at a cap (EXCLUDE-8); the entity's other domains are excluded one by one. A matter
         of the plan that does not apply to the entity (MATTER-1) is not checked at it.
BLACK-1  Nobody is visited on a day of a local closure: it is no day of the plan.
BLACK-2  An entity is not visited on its own blackout days, nor on those of its zone: its row names the days of the plan that remain.
         One without such days in the plan names none.
CARRY-1  A visit that was carried over into the period is made in it: its entity is in the stratum ``carried-over`` of each domain that
         was to be checked, that it still has, of which a matter applies to it and that the plan draws for, and that stratum's quota takes
         all. Scope, caps and cooling-off do not keep it out; EXCLUDE-1 to EXCLUDE-3 and blackout days do.
CARRY-2  For its other domains such an entity can be drawn as any other, unless one of these rules keeps it out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.names import MatterId
from inspect_cli.core.plan.allowance import AllowanceRule
from inspect_cli.core.plan.frame.caps import find_capped_domains, find_capped_matters, settle_caps
from inspect_cli.core.plan.frame.exclusion import (
    STANDING_REASONS,
    Reason,
    build_history,
    find_reason,
    is_at_cap,
    is_cooling,
)
from inspect_cli.core.plan.quota import find_share, index_shares
from inspect_cli.core.plan.stratum import CARRIED_OVER, stratum_of
from inspect_cli.core.registry.applies import filter_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.bureau import Caps
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.plan.frame.exclusion import History
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.plan import Plan, Share
    from inspect_cli.core.plan.quota import StratumKey
    from inspect_cli.core.registry.applies import ObjectFilter
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameEntity:
    """An entity that can be drawn. ``domains`` is sorted; ``strata`` names one stratum for each of them, in their order.

    ``days`` are the only days on which it can be visited, None: any of the plan. ``without_matters`` are not checked this time, sorted.
    ``allowed`` are the rules that would have kept it out and were lifted.
    """

    id: EntityId
    name: str
    domains: tuple[Domain, ...]
    strata: tuple[str, ...]
    zone: str | None = None
    industry: str | None = None
    days: tuple[date, ...] | None = None
    without_matters: tuple[MatterId, ...] = ()
    allowed: tuple[AllowanceRule, ...] = ()

    @property
    def carried(self) -> frozenset[Domain]:
        """The domains for which it is taken because a visit was carried over (CARRY-1)."""
        pairs = zip(self.domains, self.strata, strict=True)
        return frozenset(domain for domain, stratum in pairs if stratum == CARRIED_OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be in the frame, and the domains that are left out for them, sorted, each with the reason."""

    row: FrameEntity
    left_out: tuple[tuple[Domain, Reason], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What every entity of the registry is held against, made for many look-ups."""

    plan: Plan
    history: History
    shares: Mapping[StratumKey, Share]
    objects: ObjectFilter
    caps: Caps
    days: tuple[date, ...]
    blackouts: Blackouts
    carried: Mapping[EntityId, frozenset[Domain]]


@dataclass(frozen=True, slots=True)
class Blackouts:
    """The days on which a zone or an entity is not visited."""

    zones: Mapping[str, tuple[Blackout, ...]]
    entities: Mapping[EntityId, tuple[Blackout, ...]]

    def find(self, entity: EntityId, zone: str | None) -> tuple[Blackout, ...]:
        """Find what concerns an entity of a zone (BLACK-2), its own first."""
        return (*self.entities.get(entity, ()), *(() if zone is None else self.zones.get(zone, ())))


def build_sieve(gathered: Gathered, days: tuple[date, ...], matters: tuple[Matter, ...]) -> Sieve:
    """Lay out what entities are held against: ``days`` and ``matters`` are the plan's."""
    return Sieve(
        plan=gathered.plan,
        history=build_history(gathered),
        shares=index_shares(gathered.plan.shares),
        objects=filter_objects(matters),
        caps=settle_caps(gathered.bureau.caps, matters),
        days=days,
        blackouts=index_blackouts(gathered.blackouts),
        carried=find_carried_domains(gathered, matters),
    )


def index_blackouts(blackouts: Iterable[Blackout]) -> Blackouts:
    """Sort blackout days out by zone and by entity; local closures are neither."""
    zones: dict[str, list[Blackout]] = defaultdict(list)
    entities: dict[EntityId, list[Blackout]] = defaultdict(list)
    for blackout in blackouts:
        if blackout.zone is not None:
            zones[blackout.zone].append(blackout)
        elif blackout.entity is not None:
            entities[blackout.entity].append(blackout)
    return Blackouts(
        {zone: tuple(found) for zone, found in zones.items()},
        {entity: tuple(found) for entity, found in entities.items()},
    )


def find_carried_domains(gathered: Gathered, matters: Iterable[Matter]) -> Mapping[EntityId, frozenset[Domain]]:
    """Find for which domains whom the plan takes because of visits that were carried over (CARRY-1), exclusions aside.

    ``matters`` are the plan's.
    """
    covered, named = {share.domain for share in gathered.plan.shares}, {one.entity for one in gathered.carried}
    objects = filter_objects(matters)
    has = {
        entity.id: covered.intersection(entity.domains) - objects.find_void_domains(entity)
        for entity in gathered.entities
        if entity.id in named
    }
    wanted: dict[EntityId, set[Domain]] = defaultdict(set)
    for one in gathered.carried:
        wanted[one.entity].update(has.get(one.entity, set()).intersection(one.domains))
    return {entity: frozenset(domains) for entity, domains in wanted.items() if domains}


def sift(entity: Entity, sieve: Sieve) -> Candidate | Reason:
    """Work out an entity's row of the frame (PLAN-4, BLACK-2, CARRY-1, CARRY-2), or why it has none."""
    reason = find_reason(entity, sieve.history, sieve.plan.scope)
    if reason in STANDING_REASONS:
        return reason
    strata, left_out = _part_domains(entity, sieve, reason)
    if not strata:
        return reason or (Reason.CAP if Reason.CAP in left_out.values() else Reason.FILTER)
    days = find_days(entity, sieve)
    if days == ():
        return Reason.FILTER
    row = FrameEntity(
        id=entity.id,
        name=entity.name,
        domains=tuple(strata),
        strata=tuple(strata.values()),
        zone=entity.zone,
        industry=entity.industry,
        days=days,
        without_matters=_find_left_out_matters(entity, sieve, strata),
        allowed=_find_lifted(entity, sieve),
    )
    return Candidate(row=row, left_out=tuple(left_out.items()))


def find_days(entity: Entity, sieve: Sieve) -> tuple[date, ...] | None:
    """Find the days of the plan on which an entity can be visited (BLACK-2); None: any of them."""
    found = sieve.blackouts.find(entity.id, entity.zone)
    if not found:
        return None
    left = tuple(day for day in sieve.days if not any(one.covers(day) for one in found))
    return None if left == sieve.days else left


def _part_domains(
    entity: Entity, sieve: Sieve, reason: Reason | None
) -> tuple[dict[Domain, str], dict[Domain, Reason]]:
    """Part an entity's domains into those that it can be drawn for, with their strata, and the others, with their reasons.

    ``reason`` is why the entity would be out as a whole were no visit carried over.
    """
    stratum, carried = stratum_of(entity, sieve.plan.strata), sieve.carried.get(entity.id, frozenset())
    capped, void = _find_capped(entity, sieve), sieve.objects.find_void_domains(entity)
    strata: dict[Domain, str] = {}
    left_out: dict[Domain, Reason] = {}
    for domain in entity.domains:
        if domain in carried:
            strata[domain] = CARRIED_OVER
        elif reason is not None:
            left_out[domain] = reason
        elif domain in void or find_share(sieve.shares, domain, stratum) is None:
            left_out[domain] = Reason.FILTER
        elif domain in capped:
            left_out[domain] = Reason.CAP
        else:
            strata[domain] = stratum
    return strata, left_out


def _find_capped(entity: Entity, sieve: Sieve) -> frozenset[Domain]:
    """Find the domains that caps leave out (EXCLUDE-8), allowances considered."""
    if sieve.history.is_allowed(entity.id, AllowanceRule.CAP):
        return frozenset()
    return find_capped_of(entity, sieve)


def find_capped_of(entity: Entity, sieve: Sieve) -> frozenset[Domain]:
    """Find the domains of an entity that are at their caps, whatever allowances say."""
    caps = sieve.caps
    if entity.id not in sieve.history.counted or not (caps.domains or caps.matters):
        return frozenset()
    return find_capped_domains(sieve.history.visits_of_year(entity.id), caps, find_applying(entity, sieve))


def find_applying(entity: Entity, sieve: Sieve) -> tuple[Matter, ...]:
    """Find the matters of the plan that apply to an entity (MATTER-1)."""
    void = sieve.objects.find_void_matters(entity)
    return tuple(matter for matter in sieve.objects.matters if matter.id not in void)


def _find_left_out_matters(entity: Entity, sieve: Sieve, strata: Mapping[Domain, str]) -> tuple[MatterId, ...]:
    """Find the matters of its domains that are not checked: those that do not apply to it (MATTER-1), and those at their caps (CAP-3).

    What was to be checked at a visit that was carried over is checked at its cap too.
    """
    void, capped = sieve.objects.find_void_matters(entity), frozenset[MatterId]()
    if sieve.caps.matters and not sieve.history.is_allowed(entity.id, AllowanceRule.CAP):
        capped = find_capped_matters(sieve.history.visits_of_year(entity.id), sieve.caps)
    if not void and not capped:
        return ()
    return tuple(
        matter.id
        for matter in sieve.objects.matters
        if matter.domain in strata
        and (matter.id in void or (matter.id in capped and strata[matter.domain] != CARRIED_OVER))
    )


def _find_lifted(entity: Entity, sieve: Sieve) -> tuple[AllowanceRule, ...]:
    """Find the rules that would have kept an entity, a domain or a matter out, had they not been lifted (EXCLUDE-9)."""
    history = sieve.history
    holds = {
        AllowanceRule.CAP: lambda: is_at_cap(entity, history) or _has_capped_part(entity, sieve),
        AllowanceRule.COOLING_OFF: lambda: is_cooling(entity, history),
    }
    return tuple(rule for rule in AllowanceRule if history.is_allowed(entity.id, rule) and holds[rule]())


def _has_capped_part(entity: Entity, sieve: Sieve) -> bool:
    """Say whether a domain of the entity, or a matter of one, is at its cap."""
    capped = find_capped_matters(sieve.history.visits_of_year(entity.id), sieve.caps)
    return not find_capped_of(entity, sieve).isdisjoint(entity.domains) or any(
        matter.id in capped and matter.domain in entity.domains for matter in find_applying(entity, sieve)
    )
