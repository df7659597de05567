"""A year's plan (年度抽查计划): what is to be drawn in a year, and how far it has come.

What lives here: the plan's values, a first plan, and the year to date by domain and stratum. What does not: counting what the draws
drew (``count``), what a month should draw of what is left (``portion``), and the file (``files.year_file``).

Rules:

YEAR-1  A year plan names its year, its first and last month, its strata fields, and targets by domain and stratum: each a ratio or a
        number, with its basis. The target ``*`` of a domain holds for each of its strata that no other target of the domain names.
YEAR-2  The base of a stratum is whoever of it is registered today and has the domain, unless that is void today (MATTER-3). Target =
        base × ratio with exact fractions, rounded up; a number is taken as it stands.
YEAR-6  Done is what was drawn, and what the draws that are committed and not yet drawn will take. Left is target − done, never below 0.
        Strata that the year plan does not name are summed up by domain, without a target.
YEAR-9  A first plan of a year has a target for each domain of the settings and each risk class of the registry, the ratios of PLAN-14,
        from January to November; each basis is to be verified.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.quota import ANY_STRATUM
from inspect_cli.core.plan.stratum import stratum_of
from inspect_cli.core.plan.year.count import Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.year.count import YearKey
    from inspect_cli.core.registry.entity import Entity

YEARLY_RATIOS: Final = {"A": "3%", "B": "5%", "C": "10%", "D": "20%"}
OTHER_RATIO: Final = "5%"
"""What is proposed for any other risk class than those of ``YEARLY_RATIOS``: a person verifies both."""

_LAST_MONTH = 11
_BASIS = "本年度抽查计划（请核实）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a year draws from a stratum for a domain: a ``ratio`` (decimal string) or a ``number``; exactly one is set (YEAR-1)."""

    domain: Domain
    stratum: str
    basis: str
    ratio: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """A year's plan as its file states it; months are 1 to 12, ``file`` names it for messages."""

    year: int
    first_month: int
    last_month: int
    strata: tuple[StratumField, ...]
    targets: tuple[Target, ...]
    file: str = "year.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDraft:
    """A proposed target, and how many entities the registry has for it."""

    domain: Domain
    stratum: str
    ratio: str
    basis: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDraft:
    """A first plan of a year (YEAR-9)."""

    year: int
    first_month: int
    last_month: int
    targets: tuple[TargetDraft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """How far the year has come in one stratum of one domain; ``stratum`` None sums up those that the plan does not name.

    ``drawn`` (of these ``recorded``), ``beside`` (checked without having been drawn for) and ``committed`` are as in ``count``.
    ``target`` is None where the plan has none.
    """

    domain: Domain
    stratum: str | None
    base: int
    target: int | None
    drawn: int = 0
    recorded: int = 0
    beside: int = 0
    committed: int = 0

    @property
    def done(self) -> int:
        """What was drawn or will be for certain (YEAR-6)."""
        return self.drawn + self.committed

    @property
    def left(self) -> int | None:
        """What is left of the target (YEAR-6); None where there is none."""
        return None if self.target is None else max(0, self.target - self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGathered:
    """What the year to date is worked out from. ``plan`` None: no year plan stands, and everything is summed up by domain."""

    plan: YearPlan | None
    domains: tuple[Domain, ...]
    entities: tuple[Entity, ...]
    counts: Mapping[YearKey, Count]
    today: date


def find_target(plan: YearPlan, domain: Domain, stratum: str) -> Target | None:
    """Find the target that holds for a stratum of a domain (YEAR-1), or None."""
    index = {(target.domain, target.stratum): target for target in plan.targets}
    return index.get((domain, stratum)) or index.get((domain, ANY_STRATUM))


def compute_target(base: int, target: Target) -> int:
    """Compute how many a target stands for (YEAR-2)."""
    if target.number is not None:
        return target.number
    wanted = base * Fraction(target.ratio or "0")
    return -(-wanted.numerator // wanted.denominator)


def sum_up_year(gathered: YearGathered) -> tuple[YearLine, ...]:
    """Tell how far the year has come (YEAR-2, YEAR-6): lines in the order of the settings' domains, unnamed strata last."""
    plan = gathered.plan
    bases = _bases(gathered)
    named = {
        key: target
        for key in {*bases, *gathered.counts, *_planned(plan)}
        if plan is not None and key[1] is not None and (target := find_target(plan, key[0], key[1])) is not None
    }
    lines = [
        _line(key, bases[key], compute_target(bases[key], target), gathered.counts.get(key, Count()))
        for key, target in named.items()
    ]
    for domain in {domain for domain, _ in {*bases, *gathered.counts} - set(named)}:
        unnamed = [key for key in {*bases, *gathered.counts} - set(named) if key[0] == domain]
        total = sum((gathered.counts.get(key, Count()) for key in unnamed), Count())
        lines.append(_line((domain, None), sum(bases[key] for key in unnamed), None, total))
    places = {domain: place for place, domain in enumerate(gathered.domains)}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                places.get(line.domain, len(places)),
                line.domain,
                line.stratum is None,
                (line.stratum or "").encode(),
            ),
        )
    )


def draft_year(year: int, bureau: Bureau, entities: Iterable[Entity], today: date) -> YearDraft:
    """Propose a year's plan from the registry (YEAR-9)."""
    domains = [label.domain for label in bureau.domains]
    counts = Counter(
        (domain, stratum_of(entity, (StratumField.RISK_CLASS,)))
        for entity in entities
        if entity.is_registered_on(today)
        for domain in entity.domains
        if domain in domains
    )
    return YearDraft(
        year=year,
        first_month=1,
        last_month=_LAST_MONTH,
        targets=tuple(
            TargetDraft(
                domain=domain,
                stratum=stratum,
                ratio=YEARLY_RATIOS.get(stratum, OTHER_RATIO),
                basis=_BASIS,
                count=counts[domain, stratum],
            )
            for domain, stratum in sorted(counts, key=lambda key: (domains.index(key[0]), key[1].encode()))
        ),
    )


def _bases(gathered: YearGathered) -> Counter[YearKey]:
    fields = (StratumField.RISK_CLASS,) if gathered.plan is None else gathered.plan.strata
    return Counter(
        (domain, stratum_of(entity, fields))
        for entity in gathered.entities
        if entity.is_registered_on(gathered.today)
        for domain in entity.domains
        if domain in gathered.domains
    )


def _planned(plan: YearPlan | None) -> set[YearKey]:
    targets = () if plan is None else plan.targets
    return {(target.domain, target.stratum) for target in targets if target.stratum != ANY_STRATUM}


def _line(key: YearKey, base: int, target: int | None, count: Count) -> YearLine:
    return YearLine(
        domain=key[0],
        stratum=key[1],
        base=base,
        target=target,
        drawn=count.drawn,
        recorded=count.recorded,
        beside=count.beside,
        committed=count.committed,
    )
