"""Who cannot be drawn this time, and why. What the others can be drawn for is worked out in ``frame``.

Rules (an entity is excluded by the first that holds for it):

EXCLUDE-1  ``retired``: it left the registry on or before the period's last day.
EXCLUDE-2  ``month``: it received a counted visit in the period, or another draw of the period has drawn it.
EXCLUDE-3  ``other-slot``: it is in the frame of another slot of the period that is committed and not yet drawn.
EXCLUDE-4  ``cap``: its counted visits in the calendar year, planned ones included, reach the yearly cap.
EXCLUDE-5  ``cooling-off``: after a counted visit before the period's first day the months of cooling off, counted from that visit's
           day (the 31st plus one month is the month's last day), end after the period's first day.
EXCLUDE-6  ``filter``: it is outside the plan's scope, or the plan draws nobody from any of its strata. A domain that the plan does not
           cover is left out of an entity's domains for the same reason.
EXCLUDE-7  Visits of all departments count; case checks (个案检查) never do.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from inspect_cli.core.period import first_day, last_day

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.plan.gathered import Gathered
    from inspect_cli.core.plan.plan import Scope
    from inspect_cli.core.registry.entity import Entity


class Reason(StrEnum):
    """Why an entity, or one of its domains, is not in the frame; in order of precedence."""

    RETIRED = "retired"
    MONTH = "month"
    OTHER_SLOT = "other-slot"
    CAP = "cap"
    COOLING_OFF = "cooling-off"
    FILTER = "filter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An entity that is not in the frame, or (with ``domain``) a domain that is left out for an entity of the frame."""

    id: EntityId
    reason: Reason
    domain: Domain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the rules compare with: the period's ends, the yearly cap, the days after which the cooling-off is not over."""

    first: date
    last: date
    cap: int
    cooling: frozenset[date]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of earlier and other visits, made for many look-ups."""

    bounds: Bounds
    counted: dict[EntityId, list[date]]
    drawn: frozenset[EntityId]
    held: frozenset[EntityId]


def build_history(gathered: Gathered) -> History:
    """Sort out the counted visits (EXCLUDE-7) by entity, beside what other draws of the period hold."""
    counted: dict[EntityId, list[date]] = defaultdict(list)
    for visit in gathered.visits:
        if visit.kind.is_counted:
            counted[visit.entity].append(visit.day)
    first, months = first_day(gathered.plan.period), relativedelta(months=gathered.bureau.cooling_off_months.number)
    # Many visits share few days, and arithmetic of months is slow.
    days = {visit.day for visit in gathered.visits}
    bounds = Bounds(
        first=first,
        last=last_day(gathered.plan.period),
        cap=gathered.bureau.visits_a_year.number,
        cooling=frozenset(day for day in days if day < first < day + months),
    )
    held = frozenset(entity for draw in gathered.undrawn for entity in draw.entities)
    return History(bounds, dict(counted), frozenset(gathered.drawn), held)


def find_reason(entity: Entity, history: History, scope: Scope) -> Reason | None:
    """Tell why an entity as a whole is excluded (EXCLUDE-1 to EXCLUDE-5, and the scope of EXCLUDE-6), or None."""
    bounds = history.bounds
    days = history.counted.get(entity.id, ())
    if entity.retired is not None and entity.retired <= bounds.last:
        return Reason.RETIRED
    if entity.id in history.drawn or any(bounds.first <= day <= bounds.last for day in days):
        return Reason.MONTH
    if entity.id in history.held:
        return Reason.OTHER_SLOT
    if sum(day.year == bounds.first.year for day in days) >= bounds.cap:
        return Reason.CAP
    if not bounds.cooling.isdisjoint(days):
        return Reason.COOLING_OFF
    return None if is_in_scope(entity, scope) else Reason.FILTER


def is_in_scope(entity: Entity, scope: Scope) -> bool:
    """Say whether each field that the scope names has one of its values; an industry is also matched by the codes above it."""
    for field, wanted in scope.fields:
        value: str | None = getattr(entity, field)
        if value is None:
            return False
        if value not in wanted and not (field == "industry" and value.startswith(wanted)):
            return False
    return True
