"""A month's plan as ``plan new`` proposes it: from the registries, from an earlier plan, from the year's. A person decides; nothing binds.

What lives here: the proposal's values, and the first plan. What does not: taking an earlier plan over (``carry``), a month's portion of
the year (``year``), and the file (``files.plan_template``).

Rules:

PLAN-14  A first plan has a share for each domain of the settings and each risk class that the registry has: 3 % of class A, 5 % of B,
         10 % of C, 20 % of D, and 5 % of any other; and it names each matter that is valid throughout the period.
PLAN-15  Its source is 09:00 of the last working day before the period, or of the first one after today when that is later.
DRAFT-1  Where a year plan stands, a share's number is the month's portion (YEAR-7), by the year plan's strata fields; a portion of 0 says
         ``allow_zero``. A stratum in which nobody is registered gets no share. Shares that the year plan does not name stay as they
         are where an earlier plan had them and the strata fields are the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.core.period import first_day, last_day, month_of, year_of
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, Share, StratumField
from inspect_cli.core.plan.quota import ANY_STRATUM, parse_ratio
from inspect_cli.core.plan.stratum import stratum_of
from inspect_cli.core.plan.year.progress import OTHER_RATIO, YEARLY_RATIOS
from inspect_cli.core.registry.applies import drop_void_domains

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.bureau import Bureau, TeamSize
    from inspect_cli.core.names import Domain, Period
    from inspect_cli.core.plan.year.portion import Portion
    from inspect_cli.core.plan.year.progress import YearPlan
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter


DICE_NAME: Final = "公开掷二十枚十面骰"
"""What twenty ten-sided dice are called in a commitment: the same words whatever language the screen speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShare:
    """A proposed share, and how many entities the registry has for it; ``portion`` is set where its number comes from the year plan."""

    domain: Domain
    stratum: str
    count: int
    ratio: str | None = None
    number: int | None = None
    allow_zero: bool = False
    portion: Portion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposed plan. ``sources`` have the keys of a promise; a sealed text's ``digest`` is left out, for it is new each time.

    ``year`` is set where a year plan gave the numbers. No matter named means all that are valid.
    """

    period: Period
    bureau: Bureau
    name: str
    shares: tuple[DraftShare, ...]
    matters: tuple[Matter, ...]
    sources: tuple[Mapping[str, object], ...]
    team: TeamSize
    combine: str = "applicable"
    rounding: Rounding = Rounding.CEIL
    strata: tuple[StratumField, ...] = (StratumField.RISK_CLASS,)
    scope: Scope = field(default_factory=Scope)
    names_published: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a first plan is made from. ``source_day``: see ``choose_source_day``."""

    entities: tuple[Entity, ...]
    matters: tuple[Matter, ...]
    source_day: date


def draft_plan(period: Period, bureau: Bureau, registered: Registered) -> Draft:
    """Propose a plan for a month (PLAN-14, PLAN-15)."""
    domains = [label.domain for label in bureau.domains]
    matters = find_valid_matters(registered.matters, period)
    counts = count_strata(drop_void_domains(registered.entities, matters), period, (StratumField.RISK_CLASS,))
    return Draft(
        period=period,
        bureau=bureau,
        name=f"{bureau.name}{year_of(period)}年{month_of(period)}月双随机抽查计划",
        shares=tuple(
            DraftShare(
                domain=domain,
                stratum=stratum,
                ratio=YEARLY_RATIOS.get(stratum, OTHER_RATIO),
                count=counts[domain, stratum],
            )
            for domain, stratum in sorted(counts, key=lambda key: (_place(key[0], domains), key[1].encode()))
            if domain in domains
        ),
        matters=tuple(matter for matter in matters if matter.domain in domains),
        sources=(
            {
                "kind": "dice",
                "name": DICE_NAME,
                "at": f"{registered.source_day.isoformat()}T09:00:00{bureau.utc_offset}",
                "count": 20,
                "sides": 10,
            },
        ),
        team=bureau.team,
    )


def choose_source_day(period: Period, today: date, working_days: Iterable[date]) -> date | None:
    """Choose the day of a first plan's source among ``working_days``, sorted (PLAN-15); None when there is none after today."""
    first = first_day(period)
    later = [day for day in working_days if day > today]
    before = [day for day in later if day < first]
    return before[-1] if before else next(iter(later), None)


def find_valid_matters(matters: Iterable[Matter], period: Period) -> tuple[Matter, ...]:
    """Find the matters that are valid throughout a period, sorted by number."""
    first, last = first_day(period), last_day(period)
    return tuple(
        matter
        for matter in sorted(matters, key=lambda matter: matter.id.encode())
        if matter.is_valid_throughout(first, last)
    )


def count_strata(
    entities: Iterable[Entity], period: Period, fields: tuple[StratumField, ...]
) -> Counter[tuple[Domain, str]]:
    """Count the entities that stay registered beyond a period by domain and stratum."""
    last = last_day(period)
    return Counter(
        (domain, stratum_of(entity, fields))
        for entity in entities
        if entity.is_registered_on(last)
        for domain in entity.domains
    )


def share_the_year(draft: Draft, plan: YearPlan, portions: Iterable[Portion], others: tuple[DraftShare, ...]) -> Draft:
    """Take the shares from the year plan, and behind them the ``others`` that it does not name (DRAFT-1)."""
    domains = [label.domain for label in draft.bureau.domains]
    shares = [
        DraftShare(
            domain=portion.line.domain,
            stratum=portion.line.stratum,
            count=portion.line.base,
            number=portion.number,
            allow_zero=portion.number == 0,
            portion=portion,
        )
        for portion in portions
        if portion.line.stratum is not None and portion.line.base
    ]
    ordered = sorted((*shares, *others), key=lambda share: (_place(share.domain, domains), share.stratum.encode()))
    return replace(draft, year=plan.year, strata=plan.strata, shares=tuple(ordered))


def unnamed_shares(draft: Draft, plan: YearPlan) -> tuple[DraftShare, ...]:
    """Give the shares of strata that the year plan does not name, which can stay: none where the strata fields differ (DRAFT-1)."""
    if draft.strata != plan.strata:
        return ()
    named = {(target.domain, target.stratum) for target in plan.targets}
    covered = {domain for domain, stratum in named if stratum == ANY_STRATUM}
    return tuple(
        share for share in draft.shares if (share.domain, share.stratum) not in named and share.domain not in covered
    )


def plan_of(draft: Draft, **changes: Any) -> Plan:
    """Give a proposal as a plan, to work out its frame; its sources are promises that nobody has read yet."""
    plan = Plan(
        period=draft.period,
        name=draft.name,
        slot_number=None,
        combine=draft.combine,
        rounding=draft.rounding,
        strata=draft.strata,
        scope=draft.scope,
        team=draft.team,
        shares=tuple(_share_of(share) for share in draft.shares),
        matters=tuple(matter.id for matter in draft.matters),
        days_off=(),
        promises=draft.sources,
        names_published=draft.names_published,
        text=b"",
    )
    return replace(plan, **changes)


def _share_of(share: DraftShare) -> Share:
    return Share(
        domain=share.domain,
        stratum=share.stratum,
        ratio=None if share.ratio is None else parse_ratio(share.ratio),
        number=share.number,
        allow_zero=share.allow_zero,
    )


def _place(domain: Domain, domains: list[Domain]) -> int:
    return domains.index(domain) if domain in domains else len(domains)
