"""Text with separators as rows with the numbers that a spreadsheet shows."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.errors import InputError
from inspect_cli.files.intake.book import Book, Form, Grid
from inspect_cli.files.intake.forms.text import SEPARATORS, Text, read_records
from inspect_cli.files.intake.headers import Sheet
from inspect_cli.files.intake.table import find_table

SHEET = Sheet(
    fields={"number": ("编号", "no"), "name": ("姓名",), "note": ("备注",)}, required=(("number",), ("name",))
)


def as_book(text: str) -> Book:
    """Make the readings of a text that a file would give."""
    data = Text(data=text.encode(), encoding="utf-8", file="a.csv")
    grids = tuple(Grid(name=None, rows=partial(read_records, data, separator)) for separator in SEPARATORS)
    return Book(file="a.csv", digest="0" * 64, form=Form.TEXT, grids=grids, are_readings=True)


def read(text: str) -> tuple[int, tuple[str, ...], list[tuple[int, list[str]]]]:
    """Parse a table and give its header row, its header, and its rows."""
    table = find_table(as_book(text), SHEET)
    return table.header_row, table.header, list(table.rows())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_separator_and_line_end(separator: str, end: str) -> None:
    """Comma, semicolon and tab, and the line ends of three systems, give the same table."""
    text = end.join(separator.join(cells) for cells in (("编号", "姓名"), ("R1", "甲"), ("R2", "乙"))) + end
    assert read(text) == (1, ("编号", "姓名"), [(2, ["R1", "甲"]), (3, ["R2", "乙"])])


def test_other_separators_within_cells_change_nothing() -> None:
    """The header decides the separator, however often another one occurs in the cells below."""
    assert read("编号;姓名\nR1;a,b,c,d\nR2;e,f,g,h\n")[2] == [(2, ["R1", "a,b,c,d"]), (3, ["R2", "e,f,g,h"])]


def test_titles_and_notes_above_the_header() -> None:
    """A merged title, a note and blank rows above the header are passed over, and rows keep the spreadsheet's numbers."""
    text = "执法检查人员名录库,,\n填表说明:编号不可重复,,\n,,\n编号,姓名,备注\nR1,甲,\n,,\n\nR2,乙,x\n"
    assert read(text) == (4, ("编号", "姓名", "备注"), [(5, ["R1", "甲", ""]), (8, ["R2", "乙", "x"])])


def test_title_that_is_a_header_word_is_no_header() -> None:
    """One cell that happens to name a field does not make a header."""
    assert read("姓名\n编号,姓名\nR1,甲\n")[0] == 2


def test_row_that_names_most_fields_is_the_header() -> None:
    """Of two rows that could be the header, the one that names more fields is it; of equals the first."""
    assert read("编号,姓名\n编号,姓名,备注\nR1,甲,\n")[0] == 2
    assert read("编号,姓名\n编号,姓名\nR1,甲\n")[0] == 1


def test_cell_with_line_breaks_is_one_cell_of_one_row() -> None:
    """A quoted cell keeps its separators, quotation marks and line breaks, and counts as one row."""
    text = '编号,姓名\nR1,"甲, ""乙""\r\n丙"\nR2,丁\n'
    assert read(text)[2] == [(2, ["R1", '甲, "乙"\r\n丙']), (3, ["R2", "丁"])]


def test_header_loses_its_blank_tail_only() -> None:
    """Blank headers at the end are not there, one in the middle is."""
    assert read("编号,,姓名, ,\nR1,,甲\n")[1] == ("编号", "", "姓名")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('编号,姓名\nR1,"甲\nR2,乙\n', 2),
        ('编号,姓名\nR1,甲\n\nR2,"乙"x\nR3,丙\n', 4),
        ("编号,姓名\nR1," + "甲" * 200_000 + "\n", 2),
    ],
    ids=["never closed", "goes on behind", "longer than any cell"],
)
def test_broken_quotation_is_told_with_its_row(text: str, row: int) -> None:
    """A row whose quotation marks do not match is refused with its number."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.where is not None
    assert caught.value.where.row == row


@pytest.mark.parametrize("text", ["", "\n\n", " \n\u3000\n"])
def test_a_text_of_blanks_holds_nothing(text: str) -> None:
    """A text without anything but blanks is called empty, and not one without a header."""
    with pytest.raises(InputError, match="holds nothing"):
        read(text)


@pytest.mark.parametrize("text", ["一,二\n三,四\n", "\n" * 25 + "编号,姓名\n", "编号\nR1\n"])
def test_table_without_header_is_refused(text: str) -> None:
    """A text none of whose first rows names two fields is refused, with the columns that are needed."""
    with pytest.raises(InputError, match="is a header") as caught:
        read(text)
    assert "编号, 姓名" in str(caught.value.hint)


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """More columns or rows than the bounds are refused at the row that passes them."""
    with pytest.raises(InputError, match="larger than"):
        read("编号,姓名\n" + "," * 1024 + "\n")
    monkeypatch.setattr("inspect_cli.files.intake.forms.text.ROW_LIMIT", 3)
    assert len(read("编号,姓名\nR1,甲\nR2,乙\n")[2]) == 2
    with pytest.raises(InputError, match="larger than") as caught:
        read("编号,姓名\nR1,甲\nR2,乙\nR3,丙\n")
    assert caught.value.where is not None
    assert caught.value.where.row == 4


@given(text=st.text(st.sampled_from('编号姓名备注,;\t"\r\n =a'), max_size=60))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    """No text raises anything but a refusal."""
    with suppress(InputError):
        read(text)
