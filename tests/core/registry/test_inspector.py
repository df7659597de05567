"""Leave and recusals: which days they are about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason

START = date(2026, 12, 1)
MANY = 20


def day_of(number: int) -> date:
    """Give a day by its number from the start."""
    return START + timedelta(days=number)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, MANY))
def test_leave_covers_its_first_day_its_last_day_and_all_between(first: int, length: int, day: int) -> None:
    """Leave is about exactly its days, both ends included."""
    leave = Leave(inspector=InspectorId("R001"), first=day_of(first), last=day_of(first + length), reason="annual")
    assert leave.covers(day_of(day)) is (day in range(first, first + length + 1))


@pytest.mark.parametrize("start", [None, 0, 4, 9])
@pytest.mark.parametrize("end", [None, 9, 13, MANY])
@given(st.integers(0, 9), st.integers(0, 9))
def test_recusal_is_in_force_where_it_shares_a_day(start: int | None, end: int | None, first: int, length: int) -> None:
    """A recusal is in force among days when it bars the pair on one of them, for ever and from ever where it has no bounds."""
    recusal = Recusal(
        inspector=InspectorId("R001"),
        entity=EntityId("E1"),
        reason=RecusalReason.KIN,
        start=None if start is None else day_of(start),
        end=None if end is None else day_of(end),
    )
    barred = set(range(0 if start is None else start, (MANY if end is None else end) + 1))
    asked = set(range(first, first + length + 1))
    assert recusal.is_in_force(day_of(first), day_of(first + length)) is bool(barred & asked)
