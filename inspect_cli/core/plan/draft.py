"""A first plan for a month, from the registries: what ``plan new`` proposes. A person decides; nothing here binds.

Rules:

PLAN-14  A first plan has a share for each domain of the settings and each risk class that the registry has: 3 % of class A, 5 % of B,
         10 % of C, 20 % of D, and 5 % of any other; and it names each matter that is valid throughout the period.
PLAN-15  Its source is 09:00 of the last working day before the period, or of the first one after today when that is later.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.stratum import stratum_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, Period
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter

_RATIOS = {"A": "3%", "B": "5%", "C": "10%", "D": "20%"}
_OTHER_RATIO = "5%"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShare:
    """A proposed share, and how many entities the registry has for it."""

    domain: Domain
    stratum: str
    ratio: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a first plan says; ``at`` is the announced time of its source (RFC 3339)."""

    period: Period
    bureau: Bureau
    at: str
    shares: tuple[DraftShare, ...]
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a first plan is made from. ``source_day``: see ``choose_source_day``."""

    entities: tuple[Entity, ...]
    matters: tuple[Matter, ...]
    source_day: date


def draft_plan(period: Period, bureau: Bureau, registered: Registered) -> Draft:
    """Propose a plan for a month (PLAN-14, PLAN-15)."""
    first, last = first_day(period), last_day(period)
    domains = [label.domain for label in bureau.domains]
    counts = Counter(
        (domain, stratum_of(entity, (StratumField.RISK_CLASS,)))
        for entity in registered.entities
        if entity.retired is None or entity.retired > last
        for domain in entity.domains
        if domain in domains
    )
    return Draft(
        period=period,
        bureau=bureau,
        at=f"{registered.source_day.isoformat()}T09:00:00{bureau.utc_offset}",
        shares=tuple(
            DraftShare(
                domain=domain, stratum=stratum, ratio=_RATIOS.get(stratum, _OTHER_RATIO), count=counts[domain, stratum]
            )
            for domain, stratum in sorted(counts, key=lambda key: (domains.index(key[0]), key[1]))
        ),
        matters=tuple(
            matter
            for matter in sorted(registered.matters, key=lambda matter: matter.id)
            if matter.domain in domains and matter.is_valid_throughout(first, last)
        ),
    )


def choose_source_day(period: Period, today: date, working_days: Iterable[date]) -> date | None:
    """Choose the day of a first plan's source among ``working_days``, sorted (PLAN-15); None when there is none after today."""
    first = first_day(period)
    later = [day for day in working_days if day > today]
    before = [day for day in later if day < first]
    return before[-1] if before else next(iter(later), None)
