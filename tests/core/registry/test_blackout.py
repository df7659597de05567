"""Days without visits, and opening them again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.blackout import Blackout, cut_blackout

if TYPE_CHECKING:
    from typing import Any

START = date(2026, 12, 1)


def stretch(first: int, last: int, **whom: Any) -> Blackout:
    """Build days without visits by their numbers from the start."""
    return Blackout(first=START + timedelta(days=first), last=START + timedelta(days=last), reason="fair", **whom)


def days_of(*stretches: Blackout) -> set[date]:
    """Lay out the days of some stretches."""
    return {one.first + timedelta(days=n) for one in stretches for n in range((one.last - one.first).days + 1)}


class TestCut:
    """BLACK-4 Reopened days are taken out of a stretch; what lies before and after them stays closed."""

    @given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
    def test_days(self, first: int, length: int, other: int, width: int) -> None:
        """BLACK-4: what is left are exactly the days that were closed and not reopened, each with its reason."""
        closed, opened = stretch(first, first + length), stretch(other, other + width)
        left = cut_blackout(closed, opened)
        assert days_of(*left) == days_of(closed) - days_of(opened)
        assert all(one.first <= one.last and one.reason == "fair" for one in left)
        assert closed.touches(opened) is bool(days_of(closed) & days_of(opened))
        assert all(closed.covers(day) is (day in days_of(closed)) for day in days_of(opened))


@pytest.mark.parametrize(
    ("whom", "is_meant"),
    [
        ({}, True),
        ({"zone": "Z1"}, True),
        ({"zone": "Z2"}, False),
        ({"entity": EntityId("E1")}, True),
        ({"entity": EntityId("E2")}, False),
    ],
)
def test_whom(whom: dict[str, Any], is_meant: bool) -> None:
    """BLACK-4: days are everybody's, a zone's or an entity's, and the same ones only where exactly these are named."""
    one = stretch(0, 3, **whom)
    assert one.concerns(EntityId("E1"), "Z1") is is_meant
    assert one.concerns_same(stretch(5, 5, **whom))
    assert not one.concerns_same(stretch(0, 3, zone="Z9"))
    assert not stretch(0, 3, zone="Z1").concerns(EntityId("E1"), None)
