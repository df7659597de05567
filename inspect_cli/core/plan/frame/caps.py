"""Yearly caps (频次上限): how many counted visits an entity has received, and which caps they reach. Who is excluded: ``exclusion``.

Rules:

CAP-1  An entity has the bureau's yearly cap, or that of its risk class where that is smaller.
CAP-2  A domain is at its cap for an entity when as many counted visits of the year checked it.
CAP-3  A matter (抽查事项) is at its cap for an entity when as many counted visits of the year are known to have checked it; it is not
       checked at this visit. A domain of which every matter of the plan that applies to the entity (MATTER-1) is at its cap is itself
       at its cap.
CAP-4  A matter's cap is that of the settings, else its own number of visits a year (每年上限), with the matter's basis.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core.bureau import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.bureau import Bureau, Caps
    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True)
class YearVisits:
    """The counted visits of one entity in one calendar year."""

    visits: tuple[LedgerVisit, ...]

    def of_domain(self, domain: Domain) -> tuple[LedgerVisit, ...]:
        """Give those that checked a domain."""
        return tuple(visit for visit in self.visits if domain in visit.domains)


def entity_cap(entity: Entity, bureau: Bureau) -> Limit:
    """Choose the cap that holds for an entity as a whole: the smaller one, the bureau's where both are equal (CAP-1)."""
    limits = (bureau.visits_a_year, *(limit for name, limit in bureau.caps.classes if name == entity.risk_class))
    return min(limits, key=lambda limit: limit.number)


def settle_caps(caps: Caps, matters: Iterable[Matter]) -> Caps:
    """Give the settings' caps with those that the matters have of their own (CAP-4), in the matters' order."""
    named = {matter for matter, _ in caps.matters}
    own = tuple(
        (matter.id, Limit(number=matter.visits_a_year, basis=matter.basis))
        for matter in matters
        if matter.visits_a_year is not None and matter.id not in named
    )
    return replace(caps, matters=(*caps.matters, *own)) if own else caps


def find_capped_matters(visits: YearVisits, caps: Caps) -> frozenset[MatterId]:
    """Find the matters that are at their caps (CAP-3); every cap is 1 or more."""
    if not visits.visits:  # Most entities of a large registry, each of them asked about every matter of the list.
        return frozenset()
    counts = Counter(matter for visit in visits.visits for matter in set(visit.matters))
    return frozenset(matter for matter, limit in caps.matters if counts[matter] >= limit.number)


def find_capped_domains(visits: YearVisits, caps: Caps, matters: Iterable[Matter]) -> frozenset[Domain]:
    """Find the domains that are at their caps, by their own number or because all their ``matters`` are (CAP-2, CAP-3).

    ``matters`` are those of the plan that apply to the entity.
    """
    by_number = {domain for domain, limit in caps.domains if len(visits.of_domain(domain)) >= limit.number}
    capped = find_capped_matters(visits, caps)
    listed = tuple(matters)
    open_domains = {matter.domain for matter in listed if matter.id not in capped}
    return frozenset(by_number | ({matter.domain for matter in listed} - open_domains))
