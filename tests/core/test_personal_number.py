"""Telephones and identity numbers are found in a text however they are spaced, and other numbers are left alone."""

from __future__ import annotations

import pytest

from inspect_cli.core.personal_number import find_personal_number

# 11010519491231002X is the example that GB 11643-1999 itself prints.
IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+8613800138000",
        "86 138 0013 8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "0591-8888888",
        "010 8888 8888",
        "02088888888",
        IDENTITY,
        IDENTITY.lower(),
        "110105 19491231 002X",
        "110105-1949-1231-002X",
        "110105194912310021",
    ],
)
def test_whose_number_it_is_does_not_get_out(number: str) -> None:
    """PERSONAL-1, PERSONAL-2, PERSONAL-3: alone, within words, and beside another number."""
    for text in (number, f"联系人{number}，已改正", f"第 3 号 {number}"):
        assert find_personal_number(text) is not None, text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "复核意见",
        "示综执抽查〔2026〕12号",
        "2026-12-30 至 2027-01-15",
        "国市监信规〔2019〕44号，自2026年12月30日起",
        "91990100MAUL7KGPX4",
        "919901004963864282",
        "11010519491331002X",
        "11010518991231002X",
        "12345",
        "1380013800",
        "2380013800012",
        "12800138000",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Document numbers, days, credit codes, a month that there is not, nobody's year, too few digits or too many."""
    assert find_personal_number(text) is None


def test_the_first_is_named() -> None:
    """Of several numbers the one that stands first is told, as it stands."""
    assert find_personal_number(f"甲 {IDENTITY}，乙 138 0013 8000") == IDENTITY
    assert find_personal_number(f"乙 138 0013 8000，甲 {IDENTITY}") == "138 0013 8000"
