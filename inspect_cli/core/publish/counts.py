"""The numbers of a notice, counted from what was frozen, drawn and recorded.

Rules:

PUBLISH-6  Base, due and drawn are counted by domain and stratum: base and due are the commitment's, drawn is counted in the
           selection. How many are checked is counted in the visits, by domain: a reader is always shown both.
PUBLISH-7  Exclusions are counted by reason, entities apart from single domains. The limits that left somebody out stand beside them with
           their basis, as they were when the draw was committed, and how many are in the frame although a limit speaks against it, by a
           second person's leave, is a number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from inspect_cli.core.names import Domain
from inspect_cli.core.publish import lines
from inspect_cli.core.publish.chain import visits_in_force
from inspect_cli.core.publish.further import limits_of, notice_month
from inspect_cli.core.publish.labels import (
    COOLING_OFF,
    MONTHS,
    REASONS,
    VISITS_A_YEAR,
    label_cap,
    label_domain,
    label_stratum,
)
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau, Limit
    from inspect_cli.core.draw.rows import ExcludedRow
    from inspect_cli.core.names import Period
    from inspect_cli.core.publish.dossier import Committed, Drawn

_COOLING_OFF: Final = "cooling_off_months"


def count_quotas(committed: Committed, drawn: Drawn | None) -> tuple[lines.QuotaLine, ...]:
    """Count base, due and drawn of each stratum; drawn is None before the draw (PUBLISH-6)."""
    numbers = None if drawn is None else _count_drawn(drawn)
    return tuple(
        lines.QuotaLine(
            domain=label_domain(committed.bureau, quota.domain),
            stratum=label_stratum(quota.stratum),
            base=quota.size,
            due=quota.take,
            drawn=None if numbers is None else numbers[quota.domain, quota.stratum],
        )
        for quota in committed.commitment.quotas
    )


def count_domains(committed: Committed, drawn: Drawn | None) -> tuple[lines.DomainLine, ...]:
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
        lines.DomainLine(
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


def count_exclusions(excluded: tuple[ExcludedRow, ...]) -> tuple[lines.ExclusionLine, ...]:
    """Count by reason who was left out whole, and for how many single domains (PUBLISH-7)."""
    entities = Counter(row.reason for row in excluded if row.domain is None)
    domains = Counter(row.reason for row in excluded if row.domain is not None)
    return tuple(
        lines.ExclusionLine(reason=label, entities=entities[reason], domains=domains[reason])
        for reason, label in REASONS.items()
        if entities[reason] or domains[reason]
    )


def list_limits(committed: Committed) -> tuple[lines.LimitLine, ...]:
    """List the limits that left entities out when the draw was committed, each with its basis, caps first (PUBLISH-7)."""
    frozen = sorted(limits_of(committed.commitment), key=lambda one: one[0] == _COOLING_OFF)
    return tuple(
        lines.LimitLine(
            limit=label_limit(name, committed.bureau),
            number=limit.number,
            unit=MONTHS if name == _COOLING_OFF else VISITS_A_YEAR,
            basis=limit.basis,
        )
        for name, limit in frozen
    )


def list_caps(bureau: Bureau) -> tuple[tuple[Label, Limit], ...]:
    """List the yearly caps of today's settings with their names: the bureau's own, then those of domains, classes and matters."""
    named = ((key.removeprefix("limits."), limit) for key, limit in bureau.named_limits() if key.startswith("limits."))
    return tuple((label_limit(name, bureau), limit) for name, limit in named if name != _COOLING_OFF)


def label_limit(name: str, bureau: Bureau) -> Label:
    """Say a limit, which is named as in the settings, in Chinese or English."""
    if name == _COOLING_OFF:
        return COOLING_OFF
    kind, _, of = name.partition(".")
    match kind:
        case "domains":
            label = label_domain(bureau, Domain(of))
            return label_cap(Label(zh=f"{label.zh}领域", en=label.en))
        case "classes":
            return label_cap(Label(zh=f"风险等级 {of} 的", en=f"risk class {of}"))
        case "matters":
            return label_cap(Label(zh=f"事项 {of} 的", en=f"matter {of}"))
        case _:
            return label_cap()


def count_progress(drawn: Drawn) -> lines.Progress:
    """Count where the visits in force of a chain stand, each company once (PUBLISH-12)."""
    visits = visits_in_force(drawn)
    carried: Counter[Period] = Counter()
    recorded = cancelled = still_open = awaiting = 0
    for entity, visit in visits.items():
        end = drawn.ends.get(entity)
        if entity in drawn.outcomes:
            recorded += 1
        elif entity in drawn.awaiting:
            awaiting += 1
        elif end is None:
            still_open += visit.day is None
        elif end.to_period is None:
            cancelled += 1
        else:
            carried[end.to_period] += 1
    return lines.Progress(
        drawn=len(visits),
        recorded=recorded,
        planned=len(visits) - recorded - awaiting - cancelled - still_open - carried.total(),
        open=still_open,
        awaiting=awaiting,
        cancelled=cancelled,
        carried=tuple(
            lines.CarriedLine(month=notice_month(period), visits=carried[period]) for period in sorted(carried)
        ),
    )
