"""REG-23: numbers of identity cards among other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.registry.identity import has_identity_number

EXAMPLE = "11010519491231002X"
"""The example of GB 11643-1999."""


@pytest.mark.parametrize(
    "text",
    [EXAMPLE, EXAMPLE.lower(), f"李某 {EXAMPLE}", f"身份证{EXAMPLE}、电话", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_number_in_a_text(text: str) -> None:
    """REG-23: The standard's example is known wherever it stands, in either width and case."""
    assert has_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13800000000",
        "110105194912310021",  # Another check character.
        "11010519491331002X",  # Month 13.
        "440524188001010014",  # The standard's other example, of 1880: nobody alive.
        f"9{EXAMPLE}",
        f"{EXAMPLE}A",
        "91350100M000100Y43",
        "6222021001116245702",
    ],
)
def test_what_is_no_number(text: str) -> None:
    """REG-23: A telephone, a credit code, an account, a wrong day or check character, and a longer run of digits are none."""
    assert not has_identity_number(text)


def _remainder(digits: str) -> int:
    """ISO 7064 MOD 11-2, by its own recursion and not by the weights."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2 % 11
    return total


@given(day=st.dates(), place=st.integers(110000, 659999), sequence=st.integers(0, 999))
def test_check_character(day: object, place: int, sequence: int) -> None:
    """REG-23: Of the eleven check characters exactly the one that makes the whole congruent to 1 is right."""
    digits = f"{place}19{str(day)[2:4]}{str(day)[5:7]}{str(day)[8:10]}{sequence:03}"
    try_all = [character for character in "0123456789X" if has_identity_number(digits + character)]
    right = [c for c in "0123456789X" if (_remainder(digits) + (10 if c == "X" else int(c))) % 11 == 1]
    is_leap_day = str(day)[5:] == "02-29"
    assert try_all == right or (is_leap_day and try_all == [])
