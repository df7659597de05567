"""Industries by GB/T 4754-2017."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.registry.industry import (
    SECTIONS,
    find_industry_code,
    find_industry_notice,
    is_industry_within,
    parse_industry,
    parse_industry_filter,
)
from inspect_cli.errors import InputError
from inspect_cli.resources import fixtures


def test_the_standard_s_table() -> None:
    """REG-19: the standard has 20 sections, A to T, and 97 divisions that follow each other without a gap."""
    assert "".join(section.letter for section in SECTIONS) == "ABCDEFGHIJKLMNOPQRST"
    assert [number for section in SECTIONS for number in range(section.first, section.last + 1)] == list(range(1, 98))


@pytest.mark.parametrize(
    ("text", "industry", "code"),
    [
        ("C33金属制品业", "C33金属制品业", "C33"),
        (" c33 ", "C33", "C33"),
        ("Ｃ３３金属制品业", "C33金属制品业", "C33"),
        ("C 33 金属制品业", "C33 金属制品业", "C33"),
        ("C-3311", "C3311", "C3311"),
        ("33", "C33", "C33"),
        ("3311 集装箱制造", "C3311 集装箱制造", "C3311"),
        ("0111", "A0111", "A0111"),
        ("７０", "K70", "K70"),
        ("制造业", "C制造业", "C"),
        ("製造業", "C製造業", "C"),
        ("c 制造业", "C制造业", "C"),
        ("农林牧渔业", "A农林牧渔业", "A"),
        ("批发零售业", "F批发零售业", "F"),
        ("教育", "P教育", "P"),
        ("t", "T", "T"),
    ],
)
def test_code_comes_first(text: str, industry: str, code: str) -> None:
    """REG-19: however a code is written it stands first with its section's letter, and what was read is read again as it is."""
    assert parse_industry(text) == industry
    assert parse_industry(industry) == industry
    assert find_industry_code(industry) == code
    assert find_industry_notice(industry) is None


@pytest.mark.parametrize(
    "text",
    [
        "五金店",
        "K歌房",
        "IT服务",
        "CNC加工",
        "C 农业",
        "4S店",
        "24小时便利店",
        "99",
        "5",
        "33110",
        "X86服务器",
        "U",
        "A农业",
        "C331A",
        "服装制造业",
    ],
)
def test_other_words_are_kept_and_told(text: str) -> None:
    """REG-19: what only looks like a code is none, and a person is told that there is none."""
    assert parse_industry(text) == text
    assert find_industry_code(text) is None
    assert "no code" in str(find_industry_notice(text))


@pytest.mark.parametrize(
    ("industry", "values"),
    [
        ("C99", {"letter": "C", "first": "13", "last": "43", "division": "99"}),
        ("A3311", {"letter": "A", "first": "01", "last": "05", "division": "33"}),
        ("C00", {"letter": "C", "first": "13", "last": "43", "division": "00"}),
    ],
)
def test_impossible_division_is_told(industry: str, values: dict[str, str]) -> None:
    """REG-19: a division that the section has not is told with those that it has."""
    notice = find_industry_notice(parse_industry(industry))
    assert notice is not None
    assert dict(notice.values) == values


@pytest.mark.parametrize("text", ["331", " 111 ", "331 集装箱"])
def test_three_digits_are_never_guessed(text: str) -> None:
    """REG-19: three digits alone are a group, or a class that a spreadsheet took the zero from; with its letter a group is a group."""
    with pytest.raises(InputError, match="leading zero"):
        parse_industry(text)
    assert parse_industry("C331") == "C331"


@pytest.mark.parametrize(
    ("wanted", "industry", "is_within"),
    [
        ("C", "C33金属制品业", True),
        ("C", "C制造业", True),
        ("制造业", "C3311", True),
        ("C33", "C33金属制品业", True),
        ("C33", "C3311 集装箱制造", True),
        ("C33金属制品业", "C3311", True),
        ("C3311", "C33", False),
        ("C33", "C34", False),
        ("C", "CNC加工", False),
        ("I", "IT服务", False),
        ("五金", "五金店", True),
        ("五金店", "五金", False),
        ("五金", "C33五金", False),
    ],
)
def test_filter_holds_for_what_is_beneath(wanted: str, industry: str, is_within: bool) -> None:
    """REG-20: a code holds for the codes beneath it and for no word that begins with its letter; words hold for their beginning."""
    assert is_industry_within(industry, wanted) == is_within
    assert is_industry_within(industry, parse_industry_filter(wanted)) == is_within


def test_the_sample_s_industries_stay() -> None:
    """REG-19: every industry of the sample township is read as it is written."""
    with (fixtures() / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        industries = {row["行业"] for row in csv.DictReader(file)}
    assert len(industries) > 20
    for industry in industries:
        assert parse_industry(industry) == industry
        assert find_industry_notice(industry) is None


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    """REG-19: what was read once is read again as itself, unless it is refused."""
    try:
        industry = parse_industry(text)
    except InputError:
        return
    assert parse_industry(industry) == industry
    find_industry_notice(industry)
