"""Why somebody is excluded, in words for a person of the bureau: which visits reached the cap, when the cooling-off ends.

What lives here: sentences. What does not: who is excluded (``exclusion``, ``candidate``). Nothing of this is ever published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from dateutil.relativedelta import relativedelta

from inspect_cli.core.plan.frame.candidate import build_sieve, find_applying, find_days
from inspect_cli.core.plan.frame.caps import entity_cap, find_capped_matters
from inspect_cli.core.plan.frame.exclusion import Reason, is_at_cap, is_in_scope
from inspect_cli.core.plan.quota import find_share
from inspect_cli.core.plan.stratum import stratum_of
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspect_cli.core.bureau import Limit
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.frame.candidate import Sieve
    from inspect_cli.core.plan.frame.exclusion import Exclusion
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.errors import Message

_NAMED: Final = 6
"""Visits that a sentence names; of more it tells how many there are."""


def explain_exclusions(gathered: Gathered, frame: Frame) -> Iterator[tuple[Exclusion, Message]]:
    """Give each exclusion of a frame with its reason in words, in the frame's order."""
    sieve = build_sieve(gathered, frame.days, frame.matters)
    entities = {entity.id: entity for entity in gathered.entities}
    for row in frame.excluded:
        yield row, _explain(row, entities[row.id], gathered, sieve)


def _explain(row: Exclusion, entity: Entity, gathered: Gathered, sieve: Sieve) -> Message:
    match row.reason:
        case Reason.RETIRED:
            return say("left the registry on {day}", day=entity.retired and entity.retired.isoformat())
        case Reason.MONTH:
            return _explain_month(entity, sieve)
        case Reason.OTHER_SLOT:
            slots = tuple(sieve.history.held[entity.id])
            return say("in the frame of {slots}, which is not drawn yet", slots=slots)
        case Reason.CAP:
            return _explain_cap(row.domain, entity, gathered, sieve)
        case Reason.COOLING_OFF:
            return _explain_cooling(entity, gathered, sieve)
        case Reason.FILTER:
            return _explain_filter(row.domain, entity, sieve)
        case _:
            assert_never(row.reason)


def _explain_month(entity: Entity, sieve: Sieve) -> Message:
    bounds = sieve.history.bounds
    visits = [one for one in sieve.history.counted.get(entity.id, ()) if bounds.first <= one.day <= bounds.last]
    if visits:
        return say("visited in the month: {visits}", visits=_name_visits(visits))
    return say("drawn in the month already, by a visit that has no day or was ended")


def _explain_cap(domain: Domain | None, entity: Entity, gathered: Gathered, sieve: Sieve) -> Message:
    """Tell which visits reached which cap; of an entity that is out because all its domains are at theirs, each domain's."""
    visits, bureau = sieve.history.visits_of_year(entity.id), gathered.bureau
    if is_at_cap(entity, sieve.history):
        return _tell_cap(visits.visits, entity_cap(entity, bureau))
    if domain is None:
        parts = tuple(
            say("{domain}: {cap}", domain=bureau.domain_term(one), cap=_explain_cap(one, entity, gathered, sieve))
            for one in entity.domains
            if _is_covered(one, entity, sieve) and one not in sieve.objects.find_void_domains(entity)
        )
        return say("all domains are at their caps: {domains}", domains=parts)
    for name, limit in sieve.caps.domains:
        if name == domain and len(visits.of_domain(domain)) >= limit.number:
            return _tell_cap(visits.of_domain(domain), limit)
    capped = find_capped_matters(visits, sieve.caps)
    matters = tuple(
        matter.id for matter in find_applying(entity, sieve) if matter.domain == domain and matter.id in capped
    )
    return say("all its matters are at their caps this year: {matters}", matters=matters)


def _tell_cap(visits: tuple[LedgerVisit, ...], limit: Limit) -> Message:
    return say(
        "{count} of {cap} visits of the year are used ({basis}): {visits}",
        count=len(visits),
        cap=limit.number,
        basis=limit.basis,
        visits=_name_visits(visits),
    )


def _explain_cooling(entity: Entity, gathered: Gathered, sieve: Sieve) -> Message:
    limit, history = gathered.bureau.cooling_off_months, sieve.history
    last = max(visit.day for visit in history.counted[entity.id] if visit.day in history.bounds.cooling)
    return say(
        "visited on {day}; the {months} months of cooling-off end on {end} ({basis})",
        day=last.isoformat(),
        months=limit.number,
        end=(last + relativedelta(months=limit.number)).isoformat(),
        basis=limit.basis,
    )


def _explain_filter(domain: Domain | None, entity: Entity, sieve: Sieve) -> Message:
    void = sieve.objects.find_void_domains(entity)
    if domain is not None and domain in void and is_in_scope(entity, sieve.plan.scope):
        return _explain_void(domain, sieve)
    if domain is not None and is_in_scope(entity, sieve.plan.scope):
        return say("the plan has no share for its stratum")
    if not is_in_scope(entity, sieve.plan.scope):
        return say("outside the scope of the plan")
    covered = [one for one in entity.domains if _is_covered(one, entity, sieve)]
    if not covered and entity.id not in sieve.carried:
        return say("the plan has no share for any of its strata")
    if covered and void.issuperset(covered) and entity.id not in sieve.carried:
        return say(
            "no matter of the plan applies to it: its industry, size, class and tags are none of those that they name"
        )
    if find_days(entity, sieve) == ():
        reasons = dict.fromkeys(one.reason for one in sieve.blackouts.find(entity.id, entity.zone))
        return say("no day of the plan is left, because of days without visits: {reasons}", reasons=tuple(reasons))
    return say("the plan draws nobody from its strata")


def _explain_void(domain: Domain, sieve: Sieve) -> Message:
    """Tell of a domain that no matter of the plan applies (MATTER-3)."""
    return say(
        "none of the matters {matters} applies to it: its industry, size, class and tags are none of those that they name",
        matters=tuple(matter.id for matter in sieve.objects.matters if matter.domain == domain),
    )


def _is_covered(domain: Domain, entity: Entity, sieve: Sieve) -> bool:
    return find_share(sieve.shares, domain, stratum_of(entity, sieve.plan.strata)) is not None


def _name_visits(visits: Iterable[LedgerVisit]) -> tuple[object, ...]:
    """Name visits by day and who came, the latest first; our own by their slot too."""
    ordered = sorted(visits, key=lambda visit: (visit.day, visit.department), reverse=True)
    named: list[object] = [
        say("{day} by {who}", day=visit.day.isoformat(), who=visit.department)
        if visit.source is None
        else say("{day} by {who}, {slot}", day=visit.day.isoformat(), who=visit.department, slot=visit.source)
        for visit in ordered[:_NAMED]
    ]
    more = len(ordered) - _NAMED
    return tuple(named) if more <= 0 else (*named, say("and {count} more", count=more))
