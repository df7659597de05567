"""Who cannot be drawn this time, and why. What the others can be drawn for is worked out in ``candidate``, yearly caps in ``caps``.

Rules (an entity is excluded by the first that holds for it):

EXCLUDE-1  ``retired``: it left the registry on or before the period's last day.
EXCLUDE-2  ``month``: it received a counted visit in the period, or another draw of the period has drawn it.
EXCLUDE-3  ``other-slot``: it is in the frame of another slot of the period that is committed and not yet drawn.
EXCLUDE-4  ``cap``: its counted visits in the calendar year, planned ones included, reach the yearly cap (CAP-1).
EXCLUDE-5  ``cooling-off``: after a counted visit before the period's first day the months of cooling off, counted from that visit's
           day (the 31st plus one month is the month's last day), end after the period's first day.
EXCLUDE-6  ``filter``: it is outside the plan's scope, no day of the plan is left on which it can be visited, or the plan draws nobody
           from any of its strata, or no matter of the plan applies to it (MATTER-3). A domain that the plan does not cover, or of which no
           matter applies, is left out of an entity's domains for the same reason.
EXCLUDE-7  Visits of all departments count; case checks (个案检查) never do. Of our own visits those count that are planned or made, on
           that day; one that was cancelled or carried over does not, and one that was drawn again counts once.
EXCLUDE-8  ``cap``: a domain at its cap (CAP-2, CAP-3) is left out of an entity's domains, and an entity that has no other domain of the
           plan is excluded as a whole.
EXCLUDE-9  An allowance (ALLOW-1) lifts EXCLUDE-4 and EXCLUDE-8 together, or EXCLUDE-5, for the entity and the period that it names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.allowance import AllowanceRule
from inspect_cli.core.plan.frame.caps import YearVisits, entity_cap
from inspect_cli.core.registry.criteria import is_same_class, is_same_size
from inspect_cli.core.registry.industry import is_industry_within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId, Slot
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.plan import Scope
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.ledger import LedgerVisit


class Reason(StrEnum):
    """Why an entity, or one of its domains, is not in the frame; in order of precedence."""

    RETIRED = "retired"
    MONTH = "month"
    OTHER_SLOT = "other-slot"
    CAP = "cap"
    COOLING_OFF = "cooling-off"
    FILTER = "filter"


_IS_SAME: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "industry": is_industry_within,
    "size": is_same_size,
    "risk_class": is_same_class,
}
"""How a value of the registry meets one of the scope where it is not the same to the letter."""
STANDING_REASONS: Final = frozenset({Reason.RETIRED, Reason.MONTH, Reason.OTHER_SLOT})
"""What keeps an entity out whatever a plan, an allowance or a visit that was carried over says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An entity that is not in the frame, or (with ``domain``) a domain that is left out for an entity of the frame."""

    id: EntityId
    reason: Reason
    domain: Domain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the rules compare with: the period's ends, the settings, the days after which the cooling-off is not over."""

    first: date
    last: date
    bureau: Bureau
    cooling: frozenset[date]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of earlier and other visits, made for many look-ups.

    ``counted`` are the counted visits, by entity; ``held`` are the draws that are committed and not yet drawn, by the entities of their
    frames.
    """

    bounds: Bounds
    counted: dict[EntityId, list[LedgerVisit]]
    drawn: frozenset[EntityId]
    held: dict[EntityId, list[Slot]]
    allowed: frozenset[tuple[EntityId, AllowanceRule]]

    def visits_of_year(self, entity: EntityId) -> YearVisits:
        """Give the counted visits of an entity in the calendar year of the period."""
        year = self.bounds.first.year
        return YearVisits(tuple(visit for visit in self.counted.get(entity, ()) if visit.day.year == year))

    def is_allowed(self, entity: EntityId, rule: AllowanceRule) -> bool:
        """Say whether a rule is lifted for an entity (EXCLUDE-9)."""
        return (entity, rule) in self.allowed


def build_history(gathered: Gathered) -> History:
    """Sort out the counted visits (EXCLUDE-7) by entity, beside what other draws of the period hold."""
    counted: dict[EntityId, list[LedgerVisit]] = defaultdict(list)
    for visit in gathered.visits:
        if visit.kind.is_counted:
            counted[visit.entity].append(visit)
    held: dict[EntityId, list[Slot]] = defaultdict(list)
    for draw in gathered.undrawn:
        for entity in draw.entities:
            held[entity].append(draw.slot)
    first, months = first_day(gathered.plan.period), relativedelta(months=gathered.bureau.cooling_off_months.number)
    # Many visits share few days, and arithmetic of months is slow.
    days = {visit.day for visit in gathered.visits}
    bounds = Bounds(
        first=first,
        last=last_day(gathered.plan.period),
        bureau=gathered.bureau,
        cooling=frozenset(day for day in days if day < first < day + months),
    )
    return History(
        bounds,
        dict(counted),
        frozenset(gathered.drawn),
        dict(held),
        frozenset((one.entity, one.rule) for one in gathered.allowances),
    )


def find_reason(entity: Entity, history: History, scope: Scope) -> Reason | None:
    """Tell why an entity as a whole is excluded (EXCLUDE-1 to EXCLUDE-5, and the scope of EXCLUDE-6), or None."""
    bounds = history.bounds
    if not entity.is_registered_on(bounds.last):
        return Reason.RETIRED
    if entity.id in history.drawn or is_visited(entity, history):
        return Reason.MONTH
    if entity.id in history.held:
        return Reason.OTHER_SLOT
    if is_at_cap(entity, history) and not history.is_allowed(entity.id, AllowanceRule.CAP):
        return Reason.CAP
    if is_cooling(entity, history) and not history.is_allowed(entity.id, AllowanceRule.COOLING_OFF):
        return Reason.COOLING_OFF
    return None if is_in_scope(entity, scope) else Reason.FILTER


def is_visited(entity: Entity, history: History) -> bool:
    """Say whether the entity received a counted visit in the period, or is to receive one (EXCLUDE-2)."""
    bounds = history.bounds
    return any(bounds.first <= visit.day <= bounds.last for visit in history.counted.get(entity.id, ()))


def is_at_cap(entity: Entity, history: History) -> bool:
    """Say whether the year's counted visits reach the entity's cap (EXCLUDE-4), whatever allowances say."""
    if entity.id not in history.counted:
        return False
    cap = entity_cap(entity, history.bounds.bureau)
    return len(history.visits_of_year(entity.id).visits) >= cap.number


def is_cooling(entity: Entity, history: History) -> bool:
    """Say whether the entity is cooling off (EXCLUDE-5), whatever allowances say."""
    return any(visit.day in history.bounds.cooling for visit in history.counted.get(entity.id, ()))


def is_in_scope(entity: Entity, scope: Scope) -> bool:
    """Say whether each field that the scope names has one of its values.

    An industry is also matched by the codes above it (REG-20), a size and a risk class by any word for them (REG-21, REG-15).
    """
    for field, wanted in scope.fields:
        value: str | None = getattr(entity, field)
        if value is None:
            return False
        is_same = _IS_SAME.get(field)
        if value not in wanted and not (is_same is not None and any(is_same(value, one) for one in wanted)):
            return False
    return True
