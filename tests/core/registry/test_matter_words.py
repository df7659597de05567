"""What the free texts of a matter list say plainly."""

from __future__ import annotations

import pytest

from inspect_cli.core.registry.matter_words import (
    POWER_WORDS,
    find_strange_methods,
    find_visits_a_year,
    is_ratio,
    parse_power,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2次/年", 2),
        ("１次／年", 1),
        ("每年2次", 2),
        ("每年不超过2次", 2),
        ("每年 不超过 2 次。", 2),
        ("每户每年不超过2次", 2),
        ("不超过3次/年", 3),
        ("每年两次", 2),
        ("一年一次", 1),
        ("每年十次", 10),
        ("≤2次/年", 2),
        ("每年抽查1次", 1),
    ],
)
def test_a_plain_frequency(text: str, number: int) -> None:
    """MATTER-6: so many times a year, and at most so many, are the same cap."""
    assert find_visits_a_year(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("每年不少于1次", "每年至少1次", "每年1次33%", "每季度1次", "每两年1次", "1次/2年", "每年1-2次", "每年0次"),
        *("按计划", "不定期", "", "2", "每月1次", "每年1次，重点对象每年2次"),
    ],
)
def test_a_frequency_that_says_no_cap(text: str) -> None:
    """MATTER-6: a least number, another time, a ratio, a range and free words say nothing."""
    assert find_visits_a_year(text) is None


@pytest.mark.parametrize(
    "text", ["3%", "２‰", "3‰", "0.03", "≥5%", "每年1次33%", "1/3", "百分之三", "三分之一", "全覆盖", "不低于3.5%"]
)
def test_ratios(text: str) -> None:
    """MATTER-5: percent, per mille, a decimal or a fraction, alone or within a sentence."""
    assert is_ratio(text)


@pytest.mark.parametrize("text", ["按计划", "3", "随机", "10家", ""])
def test_no_ratios(text: str) -> None:
    """MATTER-5: a number of companies, or words, are no ratio."""
    assert not is_ratio(text)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("实地检查", ()),
        ("实地检查、书面检查；网络监测，检验检测", ()),
        ("检验、检测", ()),
        ("现场检查+抽检", ()),
        ("实地检查/走访", ("走访",)),
        ("电话询问、实地检查、走访", ("电话询问", "走访")),
        ("", ()),
    ],
)
def test_methods(text: str, strange: tuple[str, ...]) -> None:
    """MATTER-4: known methods stand joined; each word that is none is found, in its order."""
    assert find_strange_methods(text) == strange


@pytest.mark.parametrize(
    ("text", "power"), [("法律法规规定", "法定"), ("县级赋权", "赋权"), (" 委托执法 ", "委托"), ("代管", "代管")]
)
def test_powers(text: str, power: str) -> None:
    """MATTER-7: a source of power is one of three, by any of its words; another word stays."""
    assert parse_power(text) == power
    assert all(parse_power(word) == name for name, words in POWER_WORDS.items() for word in words)
