"""What becomes of a visit after the draw: it is moved to another day, or it ends without a result.

What lives here: the value. What does not: where a visit stands after its changes (``ending``), its versions (``history``), the results
(``outcome``), and drawing a visit again (``core.draw.supplement.build``).

Rules:

END-1  A visit ends exactly once: with a result, replaced by a supplementary draw, cancelled, or carried over to a later period.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import EntityId, Period, Slot


class ChangeKind(StrEnum):
    """What happened to a visit; all but the first end it (END-1)."""

    MOVED = "moved"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    CARRIED_OVER = "carried-over"

    @property
    def is_end(self) -> bool:
        """Say whether the visit ended by this."""
        return self is not ChangeKind.MOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """One change of a visit. ``clock`` is the machine's, as text with its offset; ``day`` is the day that the rules used.

    ``from_day`` and ``to_day`` are set when it was moved (``from_day`` also when it ended and had a day), ``by_slot`` is the
    supplementary draw that replaced it, ``to_period`` where it was carried over to. ``reason`` stays inside the bureau.
    """

    slot: Slot
    entity: EntityId
    kind: ChangeKind
    clock: str
    day: date
    actor: str
    reason: str
    from_day: date | None = None
    to_day: date | None = None
    by_slot: Slot | None = None
    to_period: Period | None = None
    approver: str | None = None
