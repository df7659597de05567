"""The frame (名录库快照) that a plan leads to: who is in it, who is not and why, what is drawn, who can visit, and when.

What one entity can be drawn for is ``candidate``'s matter, why it is excluded as a whole ``exclusion``'s, how many are drawn
``core.plan.quota``'s, who can visit ``roster``'s, what is wrong with the whole ``core.plan.soundness``'s. Salts are added when the
frame is frozen.

Rules:

PLAN-3  Every registered entity is exactly once in the frame or among the excluded, never both.
PLAN-5  An entity of the frame is in at least one quota with a take of 1 or more.
PLAN-6  There is one quota for each domain and stratum that occurs in the frame; its size is the number of its entities.
PLAN-7  The days are the working days of the period after the latest date of the plan's sources, less the plan's days off and the
        days of local closures.
PLAN-8  The matters are those that the plan names, or all of its domains, and of these the ones valid throughout the period.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.frame.candidate import Candidate, FrameEntity, build_sieve, sift
from inspect_cli.core.plan.frame.exclusion import Exclusion, Reason
from inspect_cli.core.plan.frame.roster import build_roster
from inspect_cli.core.plan.plan import Share
from inspect_cli.core.plan.quota import Quota, compute_take, find_share, index_shares
from inspect_cli.core.plan.stratum import CARRIED_OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.frame.roster import RosterRow
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.quota import StratumKey
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.matter import Matter

__all__ = ["Frame", "FrameEntity", "build_frame", "find_closures", "find_matters", "plan_days", "plan_domains"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a plan leads to, salts aside; all lists are sorted by UTF-8 bytes, quotas by domain and stratum.

    ``computed`` are the quotas before entities that no quota can draw were taken out: what a person is shown. ``quotas`` are
    those that are committed. ``provisional`` are the years whose working days are the bureau's own expectation.
    """

    entities: tuple[FrameEntity, ...]
    excluded: tuple[Exclusion, ...]
    roster: tuple[RosterRow, ...]
    computed: tuple[Quota, ...]
    quotas: tuple[Quota, ...]
    days: tuple[date, ...]
    matters: tuple[Matter, ...]
    provisional: tuple[int, ...] = ()


def build_frame(gathered: Gathered) -> Frame:
    """Work out the frame of a plan (PLAN-3 to PLAN-8); what is wrong with it is told by ``soundness``, nothing is refused here."""
    days, matters = plan_days(gathered), find_matters(gathered)
    sieve = build_sieve(gathered, days, matters)
    sifted = [(entity.id, sift(entity, sieve)) for entity in gathered.entities]
    candidates = [found for _, found in sifted if isinstance(found, Candidate)]
    excluded = [Exclusion(id=entity, reason=found) for entity, found in sifted if not isinstance(found, Candidate)]
    computed = _compute_quotas(gathered.plan, [one.row for one in candidates])
    drawing = {(quota.domain, quota.stratum) for quota in computed if quota.take >= 1}
    listed = [one for one in candidates if not drawing.isdisjoint(_keys(one.row))]
    entities = [one.row for one in listed]
    excluded += [
        Exclusion(id=one.row.id, reason=Reason.FILTER) for one in candidates if drawing.isdisjoint(_keys(one.row))
    ]
    excluded += [
        Exclusion(id=one.row.id, reason=reason, domain=domain) for one in listed for domain, reason in one.left_out
    ]
    return Frame(
        entities=tuple(sorted(entities, key=lambda entity: entity.id.encode())),
        excluded=tuple(sorted(excluded, key=lambda row: (row.id.encode(), (row.domain or "").encode()))),
        roster=build_roster(gathered, days),
        computed=computed,
        quotas=_compute_sizes(computed, entities),
        days=days,
        matters=matters,
        provisional=gathered.provisional,
    )


def plan_days(gathered: Gathered) -> tuple[date, ...]:
    """Tell the days on which the plan's visits can be made (PLAN-7), sorted."""
    revealed = max(
        (date.fromisoformat(str(promise["at"])[:10]) for promise in gathered.plan.promises), default=date.min
    )
    closures = find_closures(gathered)
    return tuple(
        day
        for day in sorted(set(gathered.working_days).difference(gathered.plan.days_off))
        if day > revealed and not any(one.covers(day) for one in closures)
    )


def find_closures(gathered: Gathered) -> tuple[Blackout, ...]:
    """Find the local closures (BLACK-1), on whose days nobody at all is visited."""
    return tuple(one for one in gathered.blackouts if one.zone is None and one.entity is None)


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


def _keys(entity: FrameEntity) -> Iterable[StratumKey]:
    return zip(entity.domains, entity.strata, strict=True)


def _compute_quotas(plan: Plan, entities: Iterable[FrameEntity]) -> tuple[Quota, ...]:
    index = index_shares(plan.shares)
    bases = Counter(key for entity in entities for key in _keys(entity))
    shares = {key: share for key in bases if (share := _find_share(index, *key)) is not None}
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


def _find_share(index: Mapping[StratumKey, Share], domain: Domain, stratum: str) -> Share | None:
    """Find the share of a stratum; of those carried over all are taken (CARRY-1)."""
    return (
        Share(domain=domain, stratum=stratum, ratio="1")
        if stratum == CARRIED_OVER
        else find_share(index, domain, stratum)
    )


def _compute_sizes(quotas: tuple[Quota, ...], entities: Iterable[FrameEntity]) -> tuple[Quota, ...]:
    """Count anew the quotas that take nobody, for entities that only they hold are gone; the others lost nobody (PLAN-6)."""
    sizes = Counter(key for entity in entities for key in _keys(entity))
    resized = (replace(quota, size=sizes[quota.domain, quota.stratum]) for quota in quotas)
    return tuple(quota for quota in resized if quota.size)
