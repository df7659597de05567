"""What a cell of a registry file says, rule by rule."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from inspect_cli.core.registry.fields import (
    is_nothing,
    is_spreadsheet_error,
    parse_certificate,
    parse_code,
    parse_count,
    parse_entity_code,
    parse_inspector_id,
    parse_label,
    parse_list,
    parse_matter_id,
    parse_or_none,
    parse_paragraphs,
    parse_text,
    parse_yes_no,
    require_certificate,
    require_order,
    require_value,
)
from inspect_cli.errors import InputError

PARSERS = (
    parse_code, parse_count, parse_entity_code, parse_inspector_id, parse_label, parse_list, parse_matter_id,
    parse_paragraphs, parse_text, parse_yes_no, is_nothing, is_spreadsheet_error,
)  # fmt: skip
HOSTILE = (
    "<script>",
    "=cmd|'/c calc'!A1",
    "[/red]",
    "../../x",
    "a\u202eb",
    "名" * 4000,
    "@SUM(1)",
    "%s{0}",
    "\u200b名",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_never_interpreted(name: str) -> None:
    """REG-1: what looks like markup, a formula, a path or a format comes out as it went in."""
    assert parse_text(f"  {name}\u3000") == name


def test_text_is_composed() -> None:
    """REG-1: a letter and its accent become one code point (NFC), for the frame's rows are NFC."""
    assert parse_text("Cafe\u0301") == "Caf\u00e9"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\n", "\t", "\u2028", "\u2029"])
def test_text_refuses_control_characters(character: str) -> None:
    """REG-1: a control character within a line is refused, by its place and its code point."""
    with pytest.raises(InputError, match=f"character 2 is the control character U\\+{ord(character):04X}"):
        parse_text(f"甲{character}乙")


def test_paragraphs_become_one_line() -> None:
    """REG-1: line breaks and tabs of a long text become one space, while other control characters are refused."""
    assert parse_paragraphs(" 第一条\r\n  第二条\t第三条\u2028末\n") == "第一条 第二条 第三条 末"
    with pytest.raises(InputError):
        parse_paragraphs("第一条\x07")


def test_label_is_what_is_seen() -> None:
    """REG-1: two labels that look the same are the same, invisible characters and kinds of blanks notwithstanding."""
    assert parse_label("\ufeff第1\u200b网格\u00a0 东\u3000") == "第1网格 东"
    with pytest.raises(InputError):
        parse_label("第1\n网格")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ｒ００１", "R001"),
        ("\u00a0R\u200b0 01\t", "R001"),
        ("'R001", "R001"),
        ('="R001"', "R001"),
        ("苏A\u3000-12", "苏A-12"),
    ],
)
def test_code_is_half_width_without_blanks(text: str, code: str) -> None:
    """REG-2: full-width forms, blanks, invisible characters and a spreadsheet's text marks are no part of a code."""
    assert parse_code(text) == code
    assert parse_inspector_id(text) == code
    assert parse_matter_id(text) == code


@pytest.mark.parametrize(
    "text",
    ["91350100M000100Y43", " 91350100m000100y43\t", "９１３５０１００Ｍ０００１００Ｙ４３", "'91350100M000100Y43"],
)
def test_entity_code_of_the_standard(text: str) -> None:
    """REG-2: the example of GB 32100 is read however it was typed."""
    assert parse_entity_code(text) == "91350100M000100Y43"


@pytest.mark.parametrize("text", ["9.13501E+17", "9.1350100000000E+17", "9E17", "9.13501e+17"])
def test_scientific_notation_is_refused(text: str) -> None:
    """REG-3: a code in scientific notation has lost its digits, and the refusal says so."""
    with pytest.raises(InputError, match="lost its last digits") as caught:
        parse_entity_code(text)
    assert "format the column as text" in str(caught.value.hint)


def test_certificate_is_opaque_but_whole() -> None:
    """REG-3: any number of a certificate is taken, but not one in scientific notation."""
    assert parse_certificate(" 苏 A-００1E3 ") == "苏A-001E3"
    for text in ("3.2020E+13", "3E+13"):
        with pytest.raises(InputError, match="lost its last digits"):
            parse_certificate(text)


def test_rounded_code_is_refused_though_its_check_holds() -> None:
    """REG-3: 18 digits ending in 000 are refused even where the check character holds, unless marked as text."""
    numbers = (f"91350100{number:07}000" for number in range(10_000))
    code = next(number for number in numbers if uscc.is_valid(number))
    with pytest.raises(InputError, match="end in 000"):
        parse_entity_code(code)
    assert parse_entity_code(f"'{code}") == code
    assert parse_entity_code(f'="{code}"') == code


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("是", "有", "對", "√", "✔️", "☑\ufe0e", "Y", "yes", "TRUE", "Ｔ", "１", " 是\u3000", "\u200b是"), True),
        (("否", "无", "無", "錯", "×", "✖️", "☐", "n", "No", "false", "0", "-", "—", "／", "Ｘ"), False),
    ],
)
def test_yes_and_no(words: tuple[str, ...], answer: bool) -> None:
    """REG-6: each word for yes and for no is understood."""
    assert [parse_yes_no(word) for word in words] == [answer] * len(words)


@pytest.mark.parametrize("text", ["待定", "〇", "○", "是否", ""])
def test_perhaps_is_refused(text: str) -> None:
    """REG-6: any other answer is refused, a circle too, which is a tick to some and a nought to others."""
    with pytest.raises(InputError, match="neither yes nor no"):
        parse_yes_no(text)


def test_list_is_split_at_every_joint() -> None:
    """REG-7: every joint splits, empty values vanish, and each value counts once, in the order of the cell."""
    assert parse_list("乙,甲，丙、 丁 ;戊；甲；；己|庚｜辛\r\n壬\n") == (
        "乙",
        "甲",
        "丙",
        "丁",
        "戊",
        "己",
        "庚",
        "辛",
        "壬",
    )
    assert parse_list("A/B区") == ("A/B区",)
    assert parse_list(" 、 ") == ()


@pytest.mark.parametrize("text", ["-", "--", " — ", "——", "/", "／", "\\", "－", "\u200b-", "_"])
def test_placeholder_says_nothing(text: str) -> None:
    """REG-17: a dash or a slash alone stands for nothing."""
    assert is_nothing(text)
    assert parse_or_none(text, parse_text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("无", None),
        ("無", None),
        (" 无 ", None),
        ("None", None),
        ("N/A", None),
        ("无锡", "无锡"),
        ("-1", "-1"),
        ("//", "//"),
        ("张三", "张三"),
    ],
)
def test_none_in_a_text_that_may_be_left_out(text: str, value: str | None) -> None:
    """REG-17: 无 alone is none, and part of a word otherwise."""
    assert parse_or_none(text, parse_text) == value
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "is_error"),
    [
        ("#N/A", True),
        ("#REF!", True),
        (" #NAME? ", True),
        ("#DIV/0!", True),
        ("Err:508", True),
        ("#1", False),
        ("N/A", False),
    ],
)
def test_what_a_spreadsheet_shows_for_an_error(text: str, is_error: bool) -> None:
    """REG-18: the words that spreadsheets have for a failed formula are known, and nothing like them."""
    assert is_spreadsheet_error(text) == is_error
    with pytest.raises(InputError, match="shows an error") if is_error else nullcontext():
        require_value(text.strip())


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("9999", 9999), ("０８", 8), (" 12 ", 12)])
def test_count(text: str, count: int) -> None:
    """REG-8: a whole number from 1 to 9999 is read."""
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "10000", "两", "", "1e3", "٣"])
def test_count_refuses(text: str) -> None:
    """REG-8: nothing else is a number of visits."""
    with pytest.raises(InputError, match="not a whole number"):
        parse_count(text)


@pytest.mark.parametrize("text", ["", "'", "R/1", "x" * 65, "R\x07"])
def test_id_refuses(text: str) -> None:
    """REG-9: an id is neither empty nor longer than 64 code points, and has no slash or control character."""
    for parse in (parse_inspector_id, parse_matter_id):
        with pytest.raises(InputError):
            parse(text)


def test_certificate_is_required_of_inspectors_only() -> None:
    """REG-10: an expert needs no certificate, an inspector does."""
    require_certificate(None, is_expert=True)
    require_certificate("示执00001", is_expert=False)
    with pytest.raises(InputError, match="needs an enforcement certificate"):
        require_certificate(None, is_expert=False)


def test_order_of_two_days() -> None:
    """REG-11: a time may be one day or unbounded, but not end before it begins."""
    day, later = date(2026, 3, 5), date(2026, 3, 6)
    for first, last in ((day, day), (day, later), (None, day), (day, None), (None, None)):
        require_order(first, last)
    with pytest.raises(InputError, match="before the first day"):
        require_order(later, day)


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No cell raises anything but a refusal with its remedy."""
    for parse in PARSERS:
        with suppress(InputError):
            parse(text)
