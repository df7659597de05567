"""Supplementary draws: everything in their frame follows from what stands and from what they name.

What lives here: the frame that a supplement must have. What does not: what stands (``standing``), whether a given
supplement is that one (``amend_check``), and making one (``supplement``).

SUPP-5  Bureau, period and team are the first draw's, ``combine`` is ``applicable``, nobody is excluded, each stratum is
        ``supplement`` and each quota takes all.
SUPP-6  Every source is opened later than every source of the amended draw; the days are all days of the first draw
        after the latest date of the sources, as written.
SUPP-7  Who left: members, or the expert, of a visit that has a day. The row has that one day, the members who stay in
        their order (no key when nobody does), and the expert unless the expert left.
SUPP-8  Nobody left: the visit is drawn anew as a whole, because it is open or its day is closed. The row names nobody;
        it has days only when the first draw's row had them or any day is closed: the commitment's days that are left.
SUPP-9  Every visit in force that is open and has a day left is among the changes; a visit with no day left is not.
SUPP-10  A seat in force stays unless its holder leaves the visit or the visit is drawn anew; who is absent that day
         cannot stay.
SUPP-11  The roster has everybody of the roster's whole with their id, salt, role, lead, skills, zones and bars; the
         month cap is theirs less all their seats that stay, not below 0; the cap of each day is theirs less their seats
         that stay that day, left out below 1.
SUPP-12  Rows have the salt and zone of the first draw's row and the domains of the visit in force.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Quota, sorted_quotas
from inspect_cli.core.draw.frame import FrozenFrame
from inspect_cli.core.draw.rows import EntityRow
from inspect_cli.core.draw.supplement.standing import days_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.draw.supplement.changes import Amends, Change
    from inspect_cli.core.draw.supplement.standing import Chain, Standing
    from inspect_cli.core.names import EntityId, InspectorId

STRATUM = "supplement"


def supplement_days(chain: Chain, sources: Sequence[Promise]) -> tuple[str, ...]:
    """Give the days of a supplement: all days of the first draw after the latest date of its sources (SUPP-6)."""
    latest = max(source.at[:10] for source in sources)
    return tuple(day for day in chain.first.commitment.days if day > latest)


def supplement_frame(standing: Standing, amends: Amends, days: Sequence[str]) -> FrozenFrame:
    """Give the frame that follows; ``standing`` is that with the supplement's own changes, and they are true to it.

    Further keys are those of the rows that stand, so that a person sees who it is.
    """
    seats = Counter(standing_seats(standing, amends))
    month: Counter[InspectorId] = Counter()
    for (_, person, _), count in seats.items():
        month[person] += count
    on_day: Counter[tuple[InspectorId, str]] = Counter()
    for (_, person, day), count in seats.items():
        on_day[(person, day)] += count
    inspectors = []
    for person in sorted(standing.roster):
        row = standing.roster[person]
        caps = ((day, cap - on_day[(person, day)]) for day, cap in row.days if day in days)
        left = tuple((day, cap) for day, cap in caps if cap >= 1)
        inspectors.append(replace(row, days=left, month_cap=max(0, row.month_cap - month[person])))
    entities = tuple(_entity_row(standing, change, days) for change in amends.changes)
    return FrozenFrame(entities=entities, inspectors=tuple(inspectors))


def supplement_quotas(entities: Sequence[EntityRow]) -> tuple[Quota, ...]:
    """Give the quotas of a supplement: each domain takes all (SUPP-5)."""
    sizes = Counter(domain for row in entities for domain in row.domains)
    return sorted_quotas(Quota(domain=d, stratum=STRATUM, size=size, take=size) for d, size in sizes.items())


def standing_seats(standing: Standing, amends: Amends) -> Iterator[tuple[EntityId, InspectorId, str]]:
    """Give each seat in force that stays, as entity, person and day (SUPP-10)."""
    changes = {change.entity: change for change in amends.changes}
    for entity, visit in standing.visits.items():
        change = changes.get(entity)
        if visit.day is None or (change is not None and not change.left):
            continue
        gone = () if change is None else change.left
        for person in visit.people:
            if person not in gone:
                yield entity, person, visit.day


def _entity_row(standing: Standing, change: Change, days: Sequence[str]) -> EntityRow:
    """Give the row of a changed visit (SUPP-7, SUPP-8, SUPP-12)."""
    first, visit = standing.rows[change.entity], standing.visits[change.entity]
    row = EntityRow(
        id=first.id,
        salt=first.salt,
        domains=visit.domains,
        strata=(STRATUM,) * len(visit.domains),
        zone=first.zone,
        others=first.others,
    )
    if change.left and visit.day is not None:
        stay = tuple(person for person in visit.team if person not in change.left)
        expert = None if visit.expert in change.left else visit.expert
        return replace(row, days=(visit.day,), team=stay or None, expert=expert)
    if first.days is None and change.entity not in standing.closed:
        return row
    return replace(row, days=days_left(standing, change.entity, days))
