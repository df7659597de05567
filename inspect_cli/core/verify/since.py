"""Month against month: how the frame of one draw differs from that of an earlier one.

What lives here: the differences of two draws that were read, as values. What does not: verdicts (``checks``), words for a screen,
and any opinion about a difference. Of a supplement the first draw of its chain is compared, for a supplement's frame is a part of it.

SINCE-1  Two draws are compared when they are not the same draw and the new one's period is not before the old one's.
SINCE-2  Who is in the old frame alone left it, for the reason of the new excluded list, or because the new registry does not have them;
         who is in the new frame alone entered it, and was before what the old excluded list says, or not in the registry.
SINCE-3  Of who is in both frames these are compared, each a change of its own: the zone, the domains, the strata of the domains in
         common, and whether only certain days are open. Which days these are is of its own month and not compared.
SINCE-4  Of the roster it is told who came and who went, and of who is in both: role, lead, skills, zones and bars. Days and caps are of
         their own month and not compared.
SINCE-5  Of the quotas each domain and stratum whose size or take is not the same; of the rules the team, ``combine``, and the sources by
         kind and name, for their times and rounds are of their own month.
SINCE-6  The changes of entities are counted (one for who left or entered, one for each kind of change else), and those among them that
         touch an entity in neither selection.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.promise import kind_of
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.draw.commitment import Commitment, Quota
    from inspect_cli.core.draw.rows import EntityRow, ExcludedRow, InspectorRow, Reason, RowRole
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import Domain, EntityId, InspectorId


class EntityAspect(StrEnum):
    """What can change of an entity that is in both frames, in the order in which it is told."""

    ZONE = "zone"
    DOMAINS = "domains"
    STRATA = "strata"
    DAYS = "days"


class RuleAspect(StrEnum):
    """What can change of the rules of a draw."""

    TEAM_MIN = "team.min"
    TEAM_MAX = "team.max"
    EXPERT_DOMAINS = "team.expert_domains"
    COMBINE = "combine"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """What is compared of an entity; ``strata`` runs parallel to ``domains``; ``has_days``: only certain days are open."""

    domains: tuple[Domain, ...]
    strata: tuple[str, ...]
    zone: str | None
    has_days: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorFacts:
    """What is compared of somebody on the roster; ``zones`` None: any."""

    role: RowRole
    lead: bool
    skills: tuple[Domain, ...]
    zones: tuple[str, ...] | None
    barred: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """An entity that left or entered a frame; ``reason`` is that of the draw in whose frame it is not, None: not in its registry."""

    id: EntityId
    facts: EntityFacts
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityChange:
    """An entity of both frames, and in what it changed; ``left_out`` are lost domains that the new excluded list names, with the reason."""

    id: EntityId
    before: EntityFacts
    after: EntityFacts
    aspects: tuple[EntityAspect, ...]
    left_out: tuple[tuple[Domain, Reason], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorChange:
    """Somebody of the roster; ``before`` None: came, ``after`` None: went."""

    id: InspectorId
    before: InspectorFacts | None
    after: InspectorFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaChange:
    """A domain and stratum; ``before`` None: there was none, ``after`` None: there is none."""

    domain: Domain
    stratum: str
    before: Quota | None
    after: Quota | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule of the draw, each side as texts."""

    aspect: RuleAspect
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """All differences: entities and people sorted by id (UTF-8 bytes), quotas by (domain, stratum); the counts are those of SINCE-6."""

    left: tuple[Crossing, ...]
    entered: tuple[Crossing, ...]
    entities: tuple[EntityChange, ...]
    inspectors: tuple[InspectorChange, ...]
    quotas: tuple[QuotaChange, ...]
    rules: tuple[RuleChange, ...]
    changes: int
    changes_of_undrawn: int


def first_of(draws: Sequence[FinishedDraw]) -> FinishedDraw:
    """Give the first draw of a chain whose latest draw stands first; raises ``InputError`` where it is not there."""
    draw = draws[-1]
    if draw.commitment.amends is not None:
        raise InputError(
            say("the first draw of the chain of {slot} is not in the bundle", slot=draw.commitment.slot),
            hint=say("take the bundle of the first draw, or one with all that it amends"),
        )
    return draw


def find_since(old: FinishedDraw, new: FinishedDraw) -> Since:
    """Compare two first draws; raises ``InputError`` where SINCE-1 does not hold."""
    _require_order(old.commitment, new.commitment)
    before, after = _entities_by_id(old), _entities_by_id(new)
    left = tuple(_find_crossings(before, after, new.frame.excluded))
    entered = tuple(_find_crossings(after, before, old.frame.excluded))
    entities = tuple(_find_entity_changes(before, after, new.frame.excluded))
    touched = [*(one.id for one in (*left, *entered)), *(one.id for one in entities for _ in one.aspects)]
    drawn = {one.entity for draw in (old, new) for one in draw.result.selection}
    return Since(
        left=left,
        entered=entered,
        entities=entities,
        inspectors=tuple(_find_inspector_changes(old.frame.inspectors, new.frame.inspectors)),
        quotas=tuple(_find_quota_changes(old.commitment.quotas, new.commitment.quotas)),
        rules=tuple(_find_rule_changes(old.commitment, new.commitment)),
        changes=len(touched),
        changes_of_undrawn=sum(one not in drawn for one in touched),
    )


def _require_order(old: Commitment, new: Commitment) -> None:
    if commitment_digest(old) == commitment_digest(new):
        raise InputError(
            say("both bundles are of the same draw, {slot}", slot=new.slot),
            hint=say("give the bundle of an earlier draw with --since"),
        )
    if new.period < old.period:
        raise InputError(
            say("the bundle of {old} is later than that of {new}", old=old.period, new=new.period),
            hint=say("give the later bundle first, and the earlier one with --since"),
        )


def _entities_by_id(draw: FinishedDraw) -> dict[EntityId, EntityRow]:
    return {row.id: row for row in draw.frame.entities}


def _find_crossings(
    there: dict[EntityId, EntityRow], other: dict[EntityId, EntityRow], excluded: tuple[ExcludedRow, ...]
) -> Iterator[Crossing]:
    """Give who is in one frame and not in the other, whose excluded list may say why (SINCE-2)."""
    reasons = {row.id: row.reason for row in excluded if row.domain is None}
    for name, row in there.items():
        if name not in other:
            yield Crossing(id=name, facts=entity_facts(row), reason=reasons.get(name))


def _find_entity_changes(
    before: dict[EntityId, EntityRow], after: dict[EntityId, EntityRow], excluded: tuple[ExcludedRow, ...]
) -> Iterator[EntityChange]:
    """Give who is in both frames and changed (SINCE-3)."""
    reasons = {(row.id, row.domain): row.reason for row in excluded if row.domain is not None}
    for name, row in after.items():
        if name not in before:
            continue
        was, now = entity_facts(before[name]), entity_facts(row)
        if was == now:
            continue
        yield EntityChange(
            id=name,
            before=was,
            after=now,
            aspects=tuple(_find_aspects(was, now)),
            left_out=tuple((one, reasons[name, one]) for one in was.domains if (name, one) in reasons),
        )


def _find_aspects(was: EntityFacts, now: EntityFacts) -> Iterator[EntityAspect]:
    if was.zone != now.zone:
        yield EntityAspect.ZONE
    if was.domains != now.domains:
        yield EntityAspect.DOMAINS
    strata = dict(zip(was.domains, was.strata, strict=True))
    if any(strata.get(domain, stratum) != stratum for domain, stratum in zip(now.domains, now.strata, strict=True)):
        yield EntityAspect.STRATA
    if was.has_days != now.has_days:
        yield EntityAspect.DAYS


def _find_inspector_changes(old: tuple[InspectorRow, ...], new: tuple[InspectorRow, ...]) -> Iterator[InspectorChange]:
    """Give who came, went or changed (SINCE-4)."""
    before = {row.id: inspector_facts(row) for row in old}
    after = {row.id: inspector_facts(row) for row in new}
    for name in sorted({*before, *after}, key=str.encode):
        if before.get(name) != after.get(name):
            yield InspectorChange(id=name, before=before.get(name), after=after.get(name))


def _find_quota_changes(old: tuple[Quota, ...], new: tuple[Quota, ...]) -> Iterator[QuotaChange]:
    """Give the quotas that moved, came or went (SINCE-5)."""
    before = {(quota.domain, quota.stratum): quota for quota in old}
    after = {(quota.domain, quota.stratum): quota for quota in new}
    for place in sorted({*before, *after}):
        was, now = before.get(place), after.get(place)
        if was != now:
            yield QuotaChange(domain=place[0], stratum=place[1], before=was, after=now)


def _find_rule_changes(old: Commitment, new: Commitment) -> Iterator[RuleChange]:
    """Give the rules that are not the same (SINCE-5)."""
    before, after = _rules(old), _rules(new)
    for aspect in RuleAspect:
        if before[aspect] != after[aspect]:
            yield RuleChange(aspect=aspect, before=before[aspect], after=after[aspect])


def _rules(commitment: Commitment) -> dict[RuleAspect, tuple[str, ...]]:
    team = commitment.team
    return {
        RuleAspect.TEAM_MIN: (str(team.min),),
        RuleAspect.TEAM_MAX: (str(team.max),),
        RuleAspect.EXPERT_DOMAINS: team.expert_domains,
        RuleAspect.COMBINE: (commitment.combine.value,),
        RuleAspect.SOURCES: tuple(f"{kind_of(source).value} {source.name}" for source in commitment.sources),
    }


def entity_facts(row: EntityRow) -> EntityFacts:
    """Give what is compared of an entity."""
    return EntityFacts(domains=row.domains, strata=row.strata, zone=row.zone, has_days=row.days is not None)


def inspector_facts(row: InspectorRow) -> InspectorFacts:
    """Give what is compared of somebody on the roster."""
    return InspectorFacts(role=row.role, lead=row.lead, skills=row.skills, zones=row.zones, barred=row.barred)
