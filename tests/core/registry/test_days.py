"""Days in every form of the field, and a spreadsheet's count of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.registry.days import is_count_of_days, parse_day, parse_end
from inspect_cli.errors import InputError

every_day = st.dates(date(1800, 1, 1), date(2199, 12, 31))
ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026-3-5", "2026/3/5", "2026/03/05", "2026.3.5", "2026年3月5日", "2026年03月05号", "20260305",
        "２０２６年３月５日", " 2026 年 3 月 5 日 ", "2026-03-05 00:00:00", "2026/3/5 0:00", "2026-03-05T08:30:00.000",
        "2026-03-05\u200b", "\u00a02026-03-05", "2026年3月5號", "2026. 3. 5", "2026—3—5", "２０２６－３－５", "2026。3。5",
        "'2026-03-05", '="2026-03-05"', "2026年3月5日 10时30分", "2026年3月5日10:30", "2026年3月5日10时30分15秒", "2026年3月5日 8:30:00",
        "二〇二六年三月五日", "二零二六年三月五日", "二○二六年三月五號",
    ],
)  # fmt: skip
def test_day_in_every_form(text: str) -> None:
    """REG-4: each form that bureaus write is the same day."""
    assert parse_day(text) == date(2026, 3, 5)
    assert parse_end(text) == date(2026, 3, 5)
    assert not is_count_of_days(text)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("05/03/2026", "not clear"),
        ("3.5.26", "not clear"),
        ("26.3.5", "not clear"),
        ("26/03/05", "not clear"),
        ("260305", "not clear"),
        ("26年3月5日", "four digits"),
        ("2026年3月", "the day of the month is missing"),
        ("2026.3", "the day of the month is missing"),
        ("202603", "the day of the month is missing"),
        ("2026", "the day of the month is missing"),
        ("2026年", "the day of the month is missing"),
        ("3月5日", "the year is missing"),
        ("3-5", "the year is missing"),
        ("2021-1-1至2026-3-5", "two days"),
        ("2021.1.1-2026.3.5", "two days"),
        ("2021年1月1日至长期", "two days"),
        ("2026-3/5", "write it as"),
        ("明天", "write it as"),
        ("", "write it as"),
        ("二〇二六年十十月五日", "write it as"),
        ("二〇二六年三月一一日", "write it as"),
        ("2026-W10-4", "write it as"),
        ("2026-02-29", "check the month and the day"),
        ("2026-13-01", "check the month and the day"),
        ("二〇二六年二月三十日", "check the month and the day"),
        ("1799-12-31", "check the year"),
        ("2200-01-01", "check the year"),
        ("9999-09-09", "check the year"),
    ],
)
def test_day_is_never_guessed(text: str, remedy: str) -> None:
    """REG-4: what is no day, or could be two, is refused with what to do."""
    with pytest.raises(InputError) as caught:
        parse_day(text)
    assert remedy in str(caught.value.hint)


@given(every_day)
def test_every_day_is_read_back(day: date) -> None:
    """REG-4: each day of the years 1800 to 2199 is read from each form in which it can be written."""
    year, month, number = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}-{month}-{number}",
        f"{year}/{month}/{number}",
        f"{year}.{month:02}.{number:02}",
        f"{year}{month:02}{number:02}",
        f"{year}年{month}月{number}日",
        f"{day.isoformat()} 00:00:00",
        f"{''.join('〇一二三四五六七八九'[int(digit)] for digit in str(year))}年{spell(month)}月{spell(number)}日",
    ):
        assert parse_day(text) == day


def spell(number: int) -> str:
    """Write a number from 1 to 31 in Chinese."""
    tens = "" if number < 10 else "十" if number < 20 else f"{ONES[number // 10]}十"
    return tens + ONES[number % 10]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A spreadsheet shows 1 January 2000 as 36526 and 1 March 1900 as 61; the others are counted from there.
        ("36526", date(2000, 1, 1)),
        ("46086", date(2026, 3, 5)),
        ("46086.75", date(2026, 3, 5)),
        ("４６０８６", date(2026, 3, 5)),
        ("18264", date(1950, 1, 1)),
        ("99999", date(2173, 10, 13)),
    ],
)
def test_count_of_days(text: str, day: date) -> None:
    """REG-16: a spreadsheet's count of days is the day of the 1900 system, and known as a count."""
    assert parse_day(text) == day
    assert parse_end(text) == day
    assert is_count_of_days(text)


@given(st.dates(date(1950, 1, 1), date(2173, 10, 13)))
def test_count_is_from_the_known_day(day: date) -> None:
    """REG-16: one day more is one more, from 36526, 1 January 2000, in both directions."""
    assert parse_day(str(36526 + (day - date(2000, 1, 1)) // timedelta(days=1))) == day


@pytest.mark.parametrize("text", ["1", "60", "61", "18263", "100000", "101231", "-46086", "46086,5", "9999", "1234567"])
def test_other_numbers_are_no_count(text: str) -> None:
    """REG-16: a number that no day of a registry has, six digits that may be a short date, and the day that never was are refused."""
    assert not is_count_of_days(text)
    with pytest.raises(InputError):
        parse_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "长期", " 长 期 ", "長期", "长期有效", "永久", "9999-09-09", "9999/12/31", "9999年9月9日", "99990909", "Long-Term", "long term",
        "2958465", "2958101", "\u200b长期",
    ],
)  # fmt: skip
def test_no_end(text: str) -> None:
    """REG-5: long-term, in a word, as the year 9999, or as a spreadsheet's count of a day of that year, is no end."""
    assert parse_end(text) is None


@pytest.mark.parametrize("text", ["很久", "", "2958100", "无"])
def test_end_is_a_day_otherwise(text: str) -> None:
    """REG-5: anything else must be a day."""
    with pytest.raises(InputError):
        parse_end(text)


@given(text=st.one_of(st.text(max_size=40), st.text("0123456789-/.年月日 :T至长期", max_size=40)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No cell raises anything but a refusal with its remedy."""
    is_count_of_days(text)
    for parse in (parse_day, parse_end):
        with suppress(InputError):
            parse(text)
