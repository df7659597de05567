"""What stands: the visits in force after a first draw and its supplements, and the roster as it has become.

What lives here: a chain of draws and what follows from it. What does not: whether a supplement is right (``amend``).

SUPP-2  A chain is a first draw and its supplements in order. In force are the first draw's visits, each replaced by the
        newest supplement's visit of that entity.
SUPP-3  The roster's whole is the first draw's rows, changed by each supplement in turn: days of ``absent`` go, who
        ``left`` an entity bars it from then on, ``added`` come as their row says.
SUPP-4  Closed for an entity is every day that any supplement closed; earlier days need not be named again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import require_amends

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.result import Result, Visit
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.draw.supplement.changes import Amends
    from inspect_cli.core.names import EntityId, InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedDraw:
    """One finished draw: what was committed, the frozen rows, and the result."""

    commitment: Commitment
    frame: FrozenFrame
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A first draw and its supplements in order; a supplement that is being made amends the last."""

    first: FinishedDraw
    supplements: tuple[FinishedDraw, ...] = ()

    @property
    def last(self) -> FinishedDraw:
        """The draw whose result stands last."""
        return self.supplements[-1] if self.supplements else self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a chain leaves: rows of the first draw, visits in force, closed days, the roster's whole."""

    rows: Mapping[EntityId, EntityRow]
    visits: Mapping[EntityId, Visit]
    closed: Mapping[EntityId, frozenset[str]]
    roster: Mapping[InspectorId, InspectorRow]


def standing_of(chain: Chain) -> Standing:
    """Give what stands after a chain (SUPP-2 to SUPP-4)."""
    visits = {visit.entity: visit for visit in chain.first.result.visits}
    roster: dict[InspectorId, InspectorRow] = {row.id: row for row in chain.first.frame.inspectors}
    standing = Standing(
        rows={row.id: row for row in chain.first.frame.entities if row.id in visits},
        visits=visits,
        closed={},
        roster=roster,
    )
    for record in chain.supplements:
        standing = with_amends(standing, require_amends(record.commitment), record.frame.inspectors)
        newer = {visit.entity: visit for visit in record.result.visits}
        standing = replace(standing, visits={**standing.visits, **newer})
    return standing


def with_amends(standing: Standing, amends: Amends, inspectors: Sequence[InspectorRow]) -> Standing:
    """Give the standing with a supplement's closed days and its roster, the visits as they were before its draw."""
    closed = dict(standing.closed)
    roster = dict(standing.roster)
    bars: dict[InspectorId, set[EntityId]] = {}
    for absence in amends.absent:
        row = roster.get(absence.id)
        if row is not None:
            roster[absence.id] = replace(row, days=tuple(item for item in row.days if item[0] not in absence.days))
    for change in amends.changes:
        if change.closed:
            closed[change.entity] = closed.get(change.entity, frozenset()).union(change.closed)
        for person in change.left:
            bars.setdefault(person, set()).add(change.entity)
    for (
        person,
        entities,
    ) in bars.items():  # Together and not one by one: somebody can leave many visits, and bar many more.
        row = roster.get(person)
        if row is not None:
            roster[person] = replace(row, barred=tuple(sorted(entities.union(row.barred))))
    added = {addition.id for addition in amends.added}
    roster.update((row.id, row) for row in inspectors if row.id in added)
    return replace(standing, closed=closed, roster=roster)


def days_left(standing: Standing, entity: EntityId, days: Sequence[str]) -> tuple[str, ...]:
    """Give those of ``days`` on which an entity can still be visited: days of its first row, and not closed."""
    first = standing.rows[entity].days
    closed = standing.closed.get(entity, frozenset())
    return tuple(day for day in days if (first is None or day in first) and day not in closed)
