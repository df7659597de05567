"""Notices of working days typed into a table: good ones, and all mistakes of a bad one."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from inspect_cli.core.workdays import Calendar, DayKind, working_days
from inspect_cli.errors import InputError
from inspect_cli.files.workday_notice import NoticeFile, parse_day_kind, read_year_notice

SAMPLE = Path(__file__).parents[2] / "fixtures" / "workdays-2027.csv"
# What a whole notice gives off beside the moon's holidays; 2 and 3 October 2027 are a weekend.
FIXED = "2027-01-01,放假,元旦\n2027-05-01,放假,劳动节\n2027-10-01,放假,国庆节\n"


def read(folder: Path, text: str, encoding: str = "utf-8", *, provisional: bool = False) -> NoticeFile:
    """Write a table and read it."""
    path = folder / "notice.csv"
    path.write_bytes(text.encode(encoding))
    return read_year_notice(path, provisional=provisional)


def mistakes(folder: Path, text: str) -> list[tuple[int | None, str | None]]:
    """Return row and column of each mistake of a table."""
    with pytest.raises(InputError) as caught:
        read(folder, text)
    return [(mistake.where.row, mistake.where.column) for mistake in caught.value.mistakes]


def test_the_sample_notice() -> None:
    """The township's notice of 2027 is read, and February has the working days that one counts by hand."""
    file = read_year_notice(SAMPLE)
    assert (file.notice.year, file.notice.title, file.notice.provisional) == (2027, "workdays-2027.csv", False)
    assert file.digest == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert file.notices == ()
    # Off from Friday the 5th to Saturday the 13th, worked on Saturday the 20th: 20 weekdays less 6 and one more.
    assert len(working_days(Calendar.of([file.notice]), date(2027, 2, 1), date(2027, 2, 28))) == 15


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_headers_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    """Headers and words are read in each encoding of the cascade; rows may stand in any order."""
    file = read(tmp_path, f"日期,类型,名称\n2027年2月20日,上班,春节调休\n2027/2/8,放假,春节\n{FIXED}", encoding)
    assert file.notice.days_off == (date(2027, 1, 1), date(2027, 2, 8), date(2027, 5, 1), date(2027, 10, 1))
    assert file.notice.make_up_days == (date(2027, 2, 20),)


def test_english_headers_and_words(tmp_path: Path) -> None:
    """The same table in English, without names; a day off on a weekend is fine."""
    file = read(tmp_path, "date,kind\n2027-02-06,off\n2027-02-20,work\n", provisional=True)
    assert file.notice.days_off == (date(2027, 2, 6),)
    assert file.notice.make_up_days == (date(2027, 2, 20),)
    assert file.notice.provisional


def test_a_notice_that_was_cut_short_is_told(tmp_path: Path) -> None:
    """Public holidays of fixed date that stay working days are told: 1 January and 1 October 2027 are Fridays."""
    file = read(tmp_path, "日期,类型\n2027-02-08,放假\n")
    assert [notice.what.values["day"] for notice in file.notices] == ["2027-01-01", "2027-10-01"]


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Each bad row is told with its row and column: no day, no kind, a worked weekday, twice, and another year."""
    table = (
        "日期,类型,名称\n"
        "2027-01-01,放假,元旦\n"
        "2027-02-30,放假,春节\n"
        "2027-02-08,调休,春节\n"
        "2027-02-22,上班,春节\n"
        "2027-01-01,放假,元旦\n"
        "2026-12-31,放假,元旦\n"
        ",放假,元旦\n"
        "2028-01-01,,元旦\n"
    )
    assert mistakes(tmp_path, table) == [
        (3, "日期"),
        (4, "类型"),
        (5, "日期"),
        (6, "日期"),
        (7, "日期"),
        (8, "日期"),
        (9, "日期"),
        (9, "类型"),
    ]


def test_a_day_off_and_worked_is_refused(tmp_path: Path) -> None:
    """No day is both: the second row is told."""
    assert mistakes(tmp_path, "日期,类型\n2027-02-20,放假\n2027-02-20,上班\n") == [(3, "日期")]


def test_a_table_without_a_day_is_refused(tmp_path: Path) -> None:
    """A header alone is no notice."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, "日期,类型,名称\n")
    assert str(caught.value) == "the table has no day"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("放假", DayKind.OFF), (" 上 班 ", DayKind.MAKE_UP), ("OFF", DayKind.OFF), ("补班", DayKind.MAKE_UP)],
)
def test_words(word: str, kind: DayKind) -> None:
    """The words of notices are read without regard to blanks and case."""
    assert parse_day_kind(word) is kind


@pytest.mark.parametrize("word", ["调休", "=cmd|'/c calc'!A1", "<script>", "1"])
def test_other_words_are_refused(word: str) -> None:
    """A word that does not settle the day is refused as it stands."""
    with pytest.raises(InputError) as caught:
        parse_day_kind(word)
    assert caught.value.what.values["text"] == word
