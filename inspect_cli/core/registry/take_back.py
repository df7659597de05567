"""Taking back what keeps somebody away: leave that is not taken after all, and a recusal whose cause is gone.

What lives here: what becomes of the entries. What does not: keeping them (``storage``), and who may do it
(``acts.registry.availability``, ``acts.registry.recusals``).

Rules:

LEAVE-1  Days that are taken back fall out of each leave that has them; what is left before and after them stays leave.
RECUSE-1  A recusal is ended, never erased: whatever barred the pair on the day named ends with that day. One that has ended before, or
          begins later, stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.registry.inspector import Leave, Recusal

_DAY = timedelta(days=1)


def cut_leave(leave: Leave, first: date, last: date) -> tuple[Leave, ...]:
    """Take the days from ``first`` to ``last`` out of a leave, and give what is left of it, in order (LEAVE-1)."""
    parts = []
    if leave.first < first:
        parts.append(replace(leave, last=min(leave.last, first - _DAY)))
    if leave.last > last:
        parts.append(replace(leave, first=max(leave.first, last + _DAY)))
    return tuple(parts)


def end_recusals(recusals: Iterable[Recusal], on: date) -> tuple[tuple[Recusal, Recusal], ...]:
    """Give the recusals of a pair that end with the day ``on``, each as it was and as it is then (RECUSE-1)."""
    return tuple(
        (one, replace(one, end=on))
        for one in recusals
        if (one.start is None or one.start <= on) and (one.end is None or one.end > on)
    )
