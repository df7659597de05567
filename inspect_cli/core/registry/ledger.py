"""The ledger (台账): every visit that an entity received, by whomever, with the kinds that count towards caps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, MatterId


class VisitKind(StrEnum):
    """Why somebody came. Only the first three count towards the caps (国办发〔2024〕54号); the others are case checks (个案检查)."""

    COMBINED = "combined"
    ROUTINE = "routine"
    SPECIAL = "special"
    COMPLAINT = "complaint"
    ASSIGNED = "assigned"
    TIP = "tip"
    RECHECK = "recheck"
    REQUEST = "request"
    LICENSING = "licensing"
    EMERGENCY = "emergency"

    @property
    def is_counted(self) -> bool:
        """Say whether a visit of this kind counts towards the caps."""
        return self in {VisitKind.COMBINED, VisitKind.ROUTINE, VisitKind.SPECIAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVisit:
    """One visit: done on ``day``, or planned for it. ``domains`` is sorted; ``department`` is who came, in their own words.

    ``source`` is the slot of our own draw, or None for an imported row. ``matters`` are what was checked, where that is known, sorted.
    """

    entity: EntityId
    day: date
    kind: VisitKind
    domains: tuple[Domain, ...]
    department: str
    source: str | None = None
    matters: tuple[MatterId, ...] = ()
