"""Days on which somebody is not visited (停检日): one entity, all of a zone, or, for a local closure, anybody at all.

What a plan makes of them is ``core.plan``'s matter. Working days by which deadlines count are the State Council's and stay as they are.

Rules:

BLACK-4  Reopened days are taken out of every stretch that was closed for the same zone, the same entity or everybody; what lies before
         and after them stays closed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import EntityId

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackout:
    """Days without visits, both ends included; at most one of ``zone`` and ``entity`` is named, and with neither nobody is visited."""

    first: date
    last: date
    reason: str
    zone: str | None = None
    entity: EntityId | None = None

    def concerns_same(self, other: Blackout) -> bool:
        """Say whether both are days of the same zone, the same entity, or everybody."""
        return (self.zone, self.entity) == (other.zone, other.entity)

    def covers(self, day: date) -> bool:
        """Say whether a day is one of these."""
        return self.first <= day <= self.last

    def touches(self, other: Blackout) -> bool:
        """Say whether both have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def concerns(self, entity: EntityId, zone: str | None) -> bool:
        """Say whether an entity of a zone is among those who are not visited."""
        if self.entity is not None:
            return self.entity == entity
        return self.zone is None or self.zone == zone


def cut_blackout(closed: Blackout, reopened: Blackout) -> tuple[Blackout, ...]:
    """Give what of ``closed`` stays when the days of ``reopened`` are taken out of it (BLACK-4): up to two stretches."""
    if not closed.touches(reopened):
        return (closed,)
    before = replace(closed, last=reopened.first - _DAY) if closed.first < reopened.first else None
    after = replace(closed, first=reopened.last + _DAY) if reopened.last < closed.last else None
    return tuple(part for part in (before, after) if part is not None)
