"""Which visits may be shown on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.visit.showing import VisitToShow, settle_showing

DECEMBER, LAST, AFTER = Period("2026-12"), date(2026, 12, 31), date(2027, 1, 1)
A, B, C = map(EntityId, "ABC")
PLAIN = (VisitToShow(entity=A, is_recorded=True), VisitToShow(entity=B, is_recorded=False))
CARRIED = (*PLAIN, VisitToShow(entity=C, is_recorded=False, carried_to=Period("2027-02")))


def test_the_recorded_and_then_all() -> None:
    """SHOW-2: until the last day of the month what is recorded, from the next day on all."""
    before, after = (settle_showing(DECEMBER, PLAIN, day) for day in (LAST, AFTER))
    assert (set(before.visits), set(before.recorded), before.is_over) == ({A}, {A}, False)
    assert (set(after.visits), set(after.recorded), after.is_over) == ({A, B}, {A}, True)
    assert before.over_on == after.over_on == AFTER


@pytest.mark.parametrize(
    ("day", "shown"), [(LAST, {A}), (AFTER, {A, B}), (date(2027, 2, 28), {A, B}), (date(2027, 3, 1), {A, B, C})]
)
def test_a_visit_that_was_carried_over_is_still_to_come(day: date, shown: set[EntityId]) -> None:
    """SHOW-1, SHOW-2: it is shown when the later month is over, and the draw is over then."""
    found = settle_showing(DECEMBER, CARRIED, day)
    assert found.visits == shown
    assert found.is_over == (C in shown)
    assert found.over_on == date(2027, 3, 1)


def test_a_draw_without_visits() -> None:
    """SHOW-1: it is over with its month."""
    found = settle_showing(DECEMBER, (), LAST)
    assert (found.visits, found.is_over) == (frozenset(), False)
    assert settle_showing(DECEMBER, (), LAST + timedelta(1)).is_over
