"""Which visits of a draw may be shown to those outside the bureau, and from which day on.

What lives here: the rule, on what became of the visits. What does not: what is shown of them (``core.draw.disclosure``).

Rules:

SHOW-1  A draw is over on the day after the last day of its month and of every later month to which one of its visits was carried over.
SHOW-2  The public may see a visit that is recorded; after the month of the draw every visit with a day, but none that was carried over
        to a month that is not over; once the draw is over, all.
SHOW-3  A company may have its receipt when its visit is recorded, and everybody when the draw is over. Before, whoever asks is refused in
        the same words: a refusal must not tell who was drawn.
SHOW-4  The commitment of a supplement names every company that it draws again. Nothing of a supplement is shown before all of them are
        recorded, or the draw is over.
SHOW-5  The public sees nobody whom the notices do not name: neither whose line was taken from display, nor a sole trader whose name is
        masked. They are counted; of a supplement whose commitment names one of them nothing is shown to the public. A receipt is the
        company's own, and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day, month_after

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.names import EntityId, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitToShow:
    """A visit in force, as far as it matters for who may see it; ``carried_to`` is the month to which it was carried over."""

    entity: EntityId
    is_recorded: bool
    carried_to: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What may be shown on a day: the visits, whether the draw is over, and on which day it is."""

    visits: frozenset[EntityId]
    recorded: frozenset[EntityId]
    is_over: bool
    over_on: date


def settle_showing(period: Period, visits: Iterable[VisitToShow], today: date) -> Showing:
    """Settle which visits of a period's draw may be shown on a day (SHOW-1, SHOW-2)."""
    standing = tuple(visits)
    last = max((period, *(visit.carried_to for visit in standing if visit.carried_to is not None)))
    recorded = frozenset(visit.entity for visit in standing if visit.is_recorded)
    past = {
        visit.entity for visit in standing if today > last_day(period if visit.carried_to is None else visit.carried_to)
    }
    return Showing(
        visits=recorded | past,
        recorded=recorded,
        is_over=today > last_day(last),
        over_on=first_day(month_after(last)),
    )
