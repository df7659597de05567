"""The numbers of a notice, counted from what was frozen, drawn and recorded.

Rules:

PUBLISH-6  Base, due and drawn are counted by domain and stratum: base and due are the commitment's, drawn is counted in the
           selection. How many are checked is counted in the visits, by domain: a reader is always shown both.
PUBLISH-7  Exclusions are counted by reason, entities apart from single domains.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inspect_cli.core.publish import view
from inspect_cli.core.publish.labels import REASONS, label_domain

if TYPE_CHECKING:
    from inspect_cli.core.draw.rows import ExcludedRow
    from inspect_cli.core.names import Domain
    from inspect_cli.core.publish.dossier import Committed, Drawn


def count_quotas(committed: Committed, drawn: Drawn | None) -> tuple[view.QuotaLine, ...]:
    """Count base, due and drawn of each stratum; drawn is None before the draw (PUBLISH-6)."""
    numbers = None if drawn is None else _count_drawn(drawn)
    return tuple(
        view.QuotaLine(
            domain=label_domain(committed.bureau, quota.domain),
            stratum=quota.stratum,
            base=quota.size,
            due=quota.take,
            drawn=None if numbers is None else numbers[quota.domain, quota.stratum],
        )
        for quota in committed.commitment.quotas
    )


def count_domains(committed: Committed, drawn: Drawn | None) -> tuple[view.DomainLine, ...]:
    """Count base, due, drawn and checked of each domain; the last two are None before the draw (PUBLISH-6)."""
    quotas = committed.commitment.quotas
    base: Counter[Domain] = Counter()
    due: Counter[Domain] = Counter()
    taken: Counter[Domain] = Counter()
    checked: Counter[Domain] = Counter()
    for quota in quotas:
        base[quota.domain] += quota.size
        due[quota.domain] += quota.take
    if drawn is not None:
        taken.update(domain for selected in drawn.result.selection for domain in selected.drawn)
        checked.update(domain for visit in drawn.result.visits for domain in visit.domains)
    return tuple(
        view.DomainLine(
            domain=label_domain(committed.bureau, domain),
            base=base[domain],
            due=due[domain],
            drawn=None if drawn is None else taken[domain],
            checked=None if drawn is None else checked[domain],
        )
        for domain in sorted(base)
    )


def _count_drawn(drawn: Drawn) -> Counter[tuple[Domain, str]]:
    """Count in the selection how many were drawn for each domain from each stratum."""
    rows = {row.id: row for row in drawn.entities}
    counts: Counter[tuple[Domain, str]] = Counter()
    for selected in drawn.result.selection:
        row = rows[selected.entity]
        strata = dict(zip(row.domains, row.strata, strict=True))
        counts.update((domain, strata[domain]) for domain in selected.drawn)
    return counts


def count_exclusions(excluded: tuple[ExcludedRow, ...]) -> tuple[view.ExclusionLine, ...]:
    """Count by reason who was left out whole, and for how many single domains (PUBLISH-7)."""
    entities = Counter(row.reason for row in excluded if row.domain is None)
    domains = Counter(row.reason for row in excluded if row.domain is not None)
    return tuple(
        view.ExclusionLine(reason=label, entities=entities[reason], domains=domains[reason])
        for reason, label in REASONS.items()
        if entities[reason] or domains[reason]
    )


def count_progress(drawn: Drawn) -> view.Progress:
    """Count where the visits stand."""
    visits = drawn.result.visits
    recorded = sum(visit.entity in drawn.outcomes for visit in visits)
    still_open = sum(visit.day is None and visit.entity not in drawn.outcomes for visit in visits)
    return view.Progress(
        drawn=len(visits), recorded=recorded, planned=len(visits) - recorded - still_open, open=still_open
    )
