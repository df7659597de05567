"""CUTOFF-1: whether what is shown of a draw agrees with itself, its quotas and its cut-offs.

What lives here: the faults that a public disclosure or a receipt can show without the other rows. What does not: that nobody else has a
lower ticket, which needs all rows (SELECT-1).

CUTOFF-1  All of these hold.

1. Each (domain, stratum) of a shown row has a quota, and at least one of them takes somebody.
2. There are cut-offs (standings: of the row's domains) for exactly the quotas that take somebody.
3. A domain of the row is in ``drawn`` exactly when its quota takes somebody and the ticket is at or below the cut-off; nothing else is.
4. Public: a shown visit was drawn for something. Of no quota more visits are shown than it takes; where as many are, the highest of their
   tickets is the cut-off.
5. Receipt: 1 ≤ rank ≤ size, and the ticket is below, at or above the cut-off as the rank is below, at or above what the quota takes.
6. Public: ``domains`` are the row's, or with ``combine`` drawn those of ``drawn``; the day is a day of the commitment, and of the row's
   days where it has any.
7. Public: as many visits are shown as the counts say; as many were selected as there are visits; shown and open ones are no more than all;
   and as many were selected as the largest quota takes at least, and as all take together at most.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.draw.commitment import Commitment, Quota
    from inspect_cli.core.draw.disclosure.public import PublicDisclosure, ShownVisit
    from inspect_cli.core.draw.disclosure.receipt import InFrame, Standing
    from inspect_cli.core.draw.rows import EntityRow
    from inspect_cli.core.names import Domain, EntityId

Stratum = tuple["Domain", str]
"""What a quota is found by."""


def public_fault(commitment: Commitment, disclosure: PublicDisclosure) -> Message | None:
    """Say where a public disclosure does not agree with itself (CUTOFF-1), or None."""
    quotas = _quotas(commitment)
    expected = [place for place, quota in quotas.items() if quota.take]
    found = [(one.domain, one.stratum) for one in disclosure.cut_offs]
    if expected != found:
        return say("the cut-offs are not those of the quotas that take somebody")
    cut_offs = {(one.domain, one.stratum): one.ticket for one in disclosure.cut_offs}
    for visit in disclosure.visits:
        fault = _visit_fault(commitment, visit, cut_offs)
        if fault is not None:
            return fault
    return _full_fault(disclosure, quotas, cut_offs) or _count_fault(commitment, disclosure)


def standing_fault(commitment: Commitment, frame: InFrame) -> Message | None:
    """Say where an entity's receipt does not agree with itself (CUTOFF-1), or None."""
    row, quotas = frame.proved.row, _quotas(commitment)
    fault = _quota_fault(row, quotas)
    if fault is not None:
        return fault
    expected = [place for place in _strata(row) if quotas[place].take]
    if expected != [(one.domain, one.stratum) for one in frame.standings]:
        return say("the standings of {entity} are not those of its quotas that take somebody", entity=row.id)
    for one in frame.standings:
        fault = _rank_fault(frame, one, quotas[one.domain, one.stratum])
        if fault is not None:
            return fault
    drawn = tuple(one.domain for one in frame.standings if frame.ticket <= one.cut_off)
    return _drawn_fault(row.id, drawn, frame.drawn)


def _visit_fault(commitment: Commitment, visit: ShownVisit, cut_offs: Mapping[Stratum, str]) -> Message | None:
    row = visit.proved.row
    fault = _quota_fault(row, _quotas(commitment))
    if fault is not None:
        return fault
    drawn = tuple(place[0] for place in _strata(row) if place in cut_offs and visit.ticket <= cut_offs[place])
    if not drawn:
        return say("the ticket of {entity} is above all cut-offs: it was not drawn", entity=row.id)
    fault = _drawn_fault(row.id, drawn, visit.drawn)
    if fault is not None:
        return fault
    checked = row.domains if commitment.combine is Combine.APPLICABLE else drawn
    if visit.domains != checked:
        return say(
            "{entity} is visited for {found}, but {expected} follow",
            entity=row.id,
            found=visit.domains,
            expected=checked,
        )
    if visit.day not in (commitment.days if row.days is None else row.days):
        return say("{entity} cannot be visited on {day}", entity=row.id, day=visit.day)
    return None


def _drawn_fault(entity: EntityId, expected: tuple[Domain, ...], found: tuple[Domain, ...]) -> Message | None:
    if expected == found:
        return None
    return say(
        "{entity} was drawn for {found}, but by ticket and cut-offs for {expected}",
        entity=entity,
        found=found or say("nothing"),
        expected=expected or say("nothing"),
    )


def _rank_fault(frame: InFrame, standing: Standing, quota: Quota) -> Message | None:
    if standing.rank > quota.size:
        return say(
            "{entity} is number {rank} of {size} for {domain}",
            entity=frame.proved.row.id,
            rank=standing.rank,
            size=quota.size,
            domain=quota.domain,
        )
    by_ticket = (frame.ticket > standing.cut_off) - (frame.ticket < standing.cut_off)
    by_rank = (standing.rank > quota.take) - (standing.rank < quota.take)
    if by_ticket == by_rank:
        return None
    return say(
        "{entity} is number {rank} of the {take} drawn first for {domain}, but its ticket stands otherwise to the cut-off",
        entity=frame.proved.row.id,
        rank=standing.rank,
        take=quota.take,
        domain=quota.domain,
    )


def _full_fault(
    disclosure: PublicDisclosure, quotas: Mapping[Stratum, Quota], cut_offs: Mapping[Stratum, str]
) -> Message | None:
    """Say which quota shows more than it takes, or all that it takes and another cut-off."""
    shown: defaultdict[Stratum, list[str]] = defaultdict(list)
    for visit in disclosure.visits:
        for place in _strata(visit.proved.row):
            if place[0] in visit.drawn:
                shown[place].append(visit.ticket)
    for place, tickets in shown.items():
        quota = quotas[place]
        if len(tickets) > quota.take:
            return say(
                "{domain} {stratum} takes {take}, shown are {found}",
                domain=quota.domain,
                stratum=quota.stratum,
                take=quota.take,
                found=len(tickets),
            )
        if len(tickets) == quota.take and max(tickets) != cut_offs[place]:
            return say(
                "all {take} of {domain} {stratum} are shown, and the highest ticket is {expected}, not the cut-off {found}",
                take=quota.take,
                domain=quota.domain,
                stratum=quota.stratum,
                expected=max(tickets),
                found=cut_offs[place],
            )
    return None


def _count_fault(commitment: Commitment, disclosure: PublicDisclosure) -> Message | None:
    counts, takes = disclosure.counts, [quota.take for quota in commitment.quotas]
    if counts.shown != len(disclosure.visits):
        return say(
            "{found} visits are shown, {expected} are counted", found=len(disclosure.visits), expected=counts.shown
        )
    if counts.selected != counts.visits:
        return say("{found} visits for {expected} that were drawn", found=counts.visits, expected=counts.selected)
    if counts.shown + counts.open > counts.visits:
        return say(
            "{visits} visits cannot be {shown} shown and {open} open",
            visits=counts.visits,
            shown=counts.shown,
            open=counts.open,
        )
    if not max(takes, default=0) <= counts.selected <= sum(takes):
        return say(
            "{found} were drawn, but the quotas take {least} to {most}",
            found=counts.selected,
            least=max(takes, default=0),
            most=sum(takes),
        )
    return None


def _quota_fault(row: EntityRow, quotas: Mapping[Stratum, Quota]) -> Message | None:
    for domain, stratum in _strata(row):
        if (domain, stratum) not in quotas:
            return say("there is no quota for {domain} {stratum}", domain=domain, stratum=stratum)
    if not any(quotas[place].take for place in _strata(row)):
        return say("{entity} is in no quota that takes anybody", entity=row.id)
    return None


def _strata(row: EntityRow) -> tuple[Stratum, ...]:
    return tuple(zip(row.domains, row.strata, strict=True))


def _quotas(commitment: Commitment) -> dict[Stratum, Quota]:
    return {(quota.domain, quota.stratum): quota for quota in commitment.quotas}
