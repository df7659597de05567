"""The names of planned draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.draw.fields import is_id
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.plan.slot import choose_slot, slot_name
from inspect_cli.errors import RefusedError

DECEMBER, NOVEMBER = Period("2026-12"), Period("2026-11")


def test_a_slot_is_named_after_its_period_and_a_number_from_one() -> None:
    """SLOT-1: the first draw of December is 2026-12/1, and its name is an id once the stroke is a dash, as draw-v1 wants it."""
    assert slot_name(DECEMBER, 1) == "2026-12/1"
    assert choose_slot(DECEMBER, None, ()) == "2026-12/1"
    assert is_id(slot_name(DECEMBER, 999).replace("/", "-"))


def test_the_next_draw_takes_the_next_number_of_its_own_period() -> None:
    """SLOT-1: draws of other months do not count."""
    used = {Slot("2026-11/1"), Slot("2026-11/2"), Slot("2026-12/1")}
    assert choose_slot(DECEMBER, None, used) == "2026-12/2"
    assert choose_slot(NOVEMBER, None, used) == "2026-11/3"


def test_ten_comes_after_nine() -> None:
    """SLOT-1: numbers are numbers, not texts: after the ninth slot comes the tenth."""
    used = {slot_name(DECEMBER, number) for number in range(1, 10)}
    assert choose_slot(DECEMBER, None, used) == "2026-12/10"


def test_a_plan_may_name_its_number() -> None:
    """SLOT-1: a plan that asks for number 7 gets it, whether or not there are earlier ones."""
    assert choose_slot(DECEMBER, 7, ()) == "2026-12/7"


def test_a_used_name_is_refused() -> None:
    """SLOT-2: a plan that asks for a number that was used is refused with the name and the way out."""
    with pytest.raises(RefusedError, match="2026-12/1 was used before") as caught:
        choose_slot(DECEMBER, 1, {Slot("2026-12/1")})
    assert "leave slot_number out" in str(caught.value.hint)


@given(used=st.sets(st.integers(min_value=1, max_value=30)))
def test_no_name_is_ever_given_twice(used: set[int]) -> None:
    """SLOT-2: whichever numbers were used, the next name is none of them."""
    names = {slot_name(DECEMBER, number) for number in used}
    assert choose_slot(DECEMBER, None, names) not in names
