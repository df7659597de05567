"""How text stands on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.widths import cells, cut, fit, longest_word, pad, visible, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("检查", 4), ("A检", 3), ("，", 2), ("e\u0301", 1), ("ｶ", 1), ("Ａ", 2)],
)
def test_cells_counts_wide_characters_twice_and_marks_not_at_all(text: str, width: int) -> None:
    """A Chinese or full-width character takes two cells, a combining mark none (Unicode annex 11)."""
    assert cells(text) == width


@given(st.text(), st.integers(0, 40))
def test_padded_text_reaches_its_width(text: str, width: int) -> None:
    """Padding reaches the width and never shortens."""
    assert cells(pad(text, width)) == max(width, cells(text))
    assert pad(text, width).startswith(text)


@given(st.text(), st.integers(1, 40))
def test_cut_text_fits_its_width(text: str, width: int) -> None:
    """A cut text fits, and only what was cut ends in an ellipsis of ours."""
    shown = cut(text, width)
    assert cells(shown) <= max(width, 0)
    assert (shown == text) == (cells(text) <= width)


def test_hidden_characters_are_shown_by_name() -> None:
    """An override that turns text around, a line break, an escape and a zero-width space become words; Chinese stays."""
    text = "甲\u202e公司\n\x1b[31m\u200b\u2028\ud800"
    assert visible(text) == "甲⟨U+202E⟩公司⟨U+000A⟩⟨U+001B⟩[31m⟨U+200B⟩⟨U+2028⟩⟨U+D800⟩"


@given(st.text())
def test_visible_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    """Nothing visible is a control character, and what was visible before is left alone."""
    shown = visible(text)
    assert not any(char in shown for char in "\x00\x07\x08\x1b\x7f\x9b\u202e\u2066\r\n")
    assert visible(shown) == shown


@given(st.text(st.sampled_from("检查对象，。（）abc -")), st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    """Every line fits its width, and the lines together hold every character but spaces, in order."""
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_between_characters_but_not_before_a_comma() -> None:
    """A line of Chinese ends anywhere but before a closing mark or after an opening one; English ends at a space."""
    assert wrap("抽取检查对象，公示", 12) == ["抽取检查对", "象，公示"]
    assert wrap("检查（双随机）", 6) == ["检查", "（双随", "机）"]
    assert wrap("one seed for all", 8) == ["one seed", "for all"]
    assert wrap("a word beyond", 4) == ["a", "word", "beyo", "nd"]


@pytest.mark.parametrize(
    ("widths", "least", "available", "fitted"),
    [
        ([18, 40, 3], [18, 0, 3], 61, [18, 40, 3]),
        ([18, 40, 3], [18, 0, 3], 41, [18, 20, 3]),
        ([30, 10, 20], [0, 0, 0], 40, [15, 10, 15]),
        ([30, 10, 20], [18, 0, 0], 40, [18, 10, 12]),
        ([18, 40, 3], [18, 0, 3], 12, [7, 2, 3]),
        ([5, 5], [0, 0], 1, [2, 2]),
        ([], [], 0, []),
    ],
)
def test_columns_give_way_in_order(widths: list[int], least: list[int], available: int, fitted: list[int]) -> None:
    """The widest column gives way first, below its least width only when the others are at theirs; none vanishes."""
    assert fit(widths, least, available) == fitted


def test_the_longest_word_is_what_a_line_cannot_break() -> None:
    """A credit code beside a Chinese name is one word of 18 cells; Chinese alone breaks between any two characters."""
    assert longest_word("91350100M000100Y43 示例镇福进泵业厂") == 18
    assert longest_word("抽取对象") == 2
    assert longest_word("") == 0
