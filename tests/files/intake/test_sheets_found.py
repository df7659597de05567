"""Which sheet of a workbook is the table's, what is hidden in it, and what a person says about both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import InputError, UsageMistake
from inspect_cli.files.intake.book import Book, Form, Grid
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.headers import Sheet, match_headers
from inspect_cli.files.intake.letters import column_letters
from inspect_cli.files.intake.preview import column_notices, render_ranges
from inspect_cli.files.intake.table import Table, find_table

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = Sheet(
    fields={
        "number": ("编号", "no"),
        "name": ("姓名",),
        "note": ("备注",),
        "day": ("检查日期",),
        "kind": ("检查类型",),
    },
    required=(("number",), ("name",)),
)
FULL = (("编号", "姓名"), ("R1", "甲"))


def a_grid(name: str, *rows: tuple[str, ...], **hidden: object) -> Grid:
    """Make a sheet with these rows, numbered from 1."""

    def walk() -> Iterator[tuple[int, list[str]]]:
        yield from ((number, list(cells)) for number, cells in enumerate(rows, start=1))

    return Grid(name=name, rows=walk, **hidden)  # type: ignore[arg-type]


def a_book(*grids: Grid) -> Book:
    """Make a workbook of these sheets."""
    return Book(file="对象.xlsx", digest="0" * 64, form=Form.XLSX, grids=grids)


def found(*grids: Grid, choices: ReadChoices | None = None) -> Table:
    """Find the table in a workbook of these sheets."""
    return find_table(a_book(*grids), SHEET, choices or ReadChoices())


def notices(table: Table) -> list[str]:
    """Give what is told of a table's sheet, rows and columns."""
    return [str(one.what) for one in column_notices(table, match_headers(table.header, SHEET, table.meant))]


def test_the_only_sheet_with_a_header_is_taken() -> None:
    """Empty sheets and sheets of other things are passed over, and named."""
    table = found(a_grid("说明", ("填表说明",)), a_grid("名录", ("某局名录",), *FULL), a_grid("Sheet3"))
    assert (table.grid.name, table.header_row) == ("名录", 2)
    assert table.passed_over == ("说明", "Sheet3")
    assert notices(table) == ["the table is taken from the sheet 名录; passed over: 说明, Sheet3"]


def test_the_sheet_with_all_required_columns_is_taken() -> None:
    """A sheet that names more fields, but not all that are required, does not stand in the way of one that has them."""
    other = a_grid("汇总", ("编号", "备注", "检查日期", "检查类型"))
    assert found(other, a_grid("名录", *FULL)).grid.name == "名录"


def test_the_sheet_with_the_most_fields_is_taken_where_none_is_complete() -> None:
    """Where every sheet lacks a column, the one that names the most is the one that was meant."""
    table = found(a_grid("甲", ("编号", "备注")), a_grid("乙", ("编号", "备注", "检查日期")))
    assert table.grid.name == "乙"


@pytest.mark.parametrize(
    "rows", [(FULL, FULL), (FULL, (("编号", "姓名", "备注"),)), ((("编号", "备注"),), (("姓名", "备注"),))]
)
def test_two_sheets_that_qualify_are_refused(rows: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    """Where two sheets could be meant, both are named and a person chooses; nothing is guessed."""
    with pytest.raises(InputError, match="several sheets hold such a table: 一季度, 二季度") as caught:
        found(a_grid("一季度", *rows[0]), a_grid("二季度", *rows[1]))
    assert "--sheet 一季度" in str(caught.value.hint)


def test_a_person_names_the_sheet() -> None:
    """The sheet that is named is read, written as it is or with other blanks and case."""
    grids = (a_grid("一季度", *FULL), a_grid("Sheet2", *FULL))
    assert found(*grids, choices=ReadChoices(sheet="一季度")).grid.name == "一季度"
    assert found(*grids, choices=ReadChoices(sheet=" sheet2")).grid.name == "Sheet2"
    with pytest.raises(UsageMistake, match=r"对象\.xlsx has no sheet 三季度") as caught:
        found(*grids, choices=ReadChoices(sheet="三季度"))
    assert "一季度, Sheet2" in str(caught.value.hint)


def test_a_text_has_no_sheets() -> None:
    """To name a sheet of a CSV file is a mistake of usage."""
    book = Book(file="a.csv", digest="0" * 64, form=Form.TEXT, grids=(Grid(name=None, rows=lambda: iter(())),))
    with pytest.raises(UsageMistake, match="is a text and has no sheets"):
        find_table(book, SHEET, ReadChoices(sheet="名录"))


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    """A hidden sheet neither competes with a shown one nor is taken silently."""
    hidden = a_grid("旧名录", *FULL, is_hidden=True)
    assert found(hidden, a_grid("名录", *FULL)).grid.name == "名录"
    with pytest.raises(InputError, match="the table stands on a hidden sheet: 旧名录") as caught:
        found(hidden)
    assert "--sheet 旧名录" in str(caught.value.hint)
    assert found(hidden, choices=ReadChoices(sheet="旧名录")).grid.name == "旧名录"


def test_no_sheet_has_a_header() -> None:
    """A workbook of other things is refused with the columns that are needed."""
    with pytest.raises(InputError, match="none of the first 20 rows is a header") as caught:
        found(a_grid("甲", ("一",)), a_grid("乙"))
    assert "编号, 姓名" in str(caught.value.hint)


def test_header_is_among_the_first_rows_of_the_sheet() -> None:
    """A header below row 20 is none, also where the rows above it are not there at all."""

    def walk() -> Iterator[tuple[int, list[str]]]:
        yield from ((21, ["编号", "姓名"]), (22, ["R1", "甲"]))

    with pytest.raises(InputError, match="is a header"):
        found(Grid(name="名录", rows=walk))


def test_hidden_rows_and_columns_are_told_and_read() -> None:
    """What is hidden is read like the rest unless a person says otherwise, and is named by its numbers."""
    grid = a_grid("名录", ("编号", "备注", "姓名"), *FULL[1:] * 6, hidden_rows=(1, 3, 4, 6), hidden_columns=(1, 7))
    table = found(grid)
    assert [number for number, _cells in table.rows()] == [2, 3, 4, 5, 6, 7]
    assert notices(table) == [
        "hidden rows are read like the others: 3–4, 6; --skip-hidden leaves them out",
        "hidden columns are read like the others: B 备注; --skip-hidden leaves them out",
    ]


def test_hidden_rows_and_columns_are_left_out() -> None:
    """With the choice to skip them, hidden rows give nothing and hidden columns are not there."""
    grid = a_grid("名录", ("编号", "备注", "姓名"), *FULL[1:] * 6, hidden_rows=(3, 4, 6), hidden_columns=(1,))
    table = found(grid, choices=ReadChoices(skip_hidden=True))
    assert [number for number, _cells in table.rows()] == [2, 5, 7]
    assert match_headers(table.header, SHEET).places == {"number": 0, "name": 2}
    assert table.shape == found(grid).shape
    assert notices(table) == ["hidden rows are left out: 3–4, 6", "hidden columns are left out: B 备注"]


def test_group_names_above_the_header() -> None:
    """A row of merged group names above the real header is passed over."""
    table = found(
        a_grid("名录", ("人员信息", "", "检查信息"), ("编号", "姓名", "检查日期"), ("R1", "甲", "2026-01-01"))
    )
    assert (table.header_row, table.header) == (2, ("编号", "姓名", "检查日期"))


def test_header_merged_across_two_rows() -> None:
    """Names that are merged over two rows and names below a group's name make one header."""
    rows = (("编号", "姓名", "检查信息", ""), ("", "", "检查日期", "检查类型"), ("R1", "甲", "2026-01-01", "日常"))
    table = found(a_grid("名录", *rows))
    assert table.header == ("编号", "姓名", "检查日期", "检查类型")
    assert [number for number, _cells in table.rows()] == [3]


def test_header_merged_across_two_rows_with_columns_that_are_not_read() -> None:
    """A column that is no field, such as a running number, keeps its name from the row above; a title gives none."""
    rows = (("某局名录", "", ""), ("序号", "人员信息", ""), ("", "编号", "姓名"), ("1", "R1", "甲"))
    table = found(a_grid("名录", *rows))
    assert (table.header_row, table.header) == (3, ("序号", "编号", "姓名"))
    assert found(a_grid("名录", ("某局名录", "", ""), ("", "编号", "姓名"))).header == ("", "编号", "姓名")


def test_a_row_below_a_header_is_no_part_of_it() -> None:
    """A first row of data with gaps, even one that holds a header's word, does not swallow the header."""
    table = found(a_grid("名录", ("编号", "姓名", "备注"), ("R1", "", "姓名"), ("R2", "乙", "")))
    assert table.header_row == 1
    assert [number for number, _cells in table.rows()] == [2, 3]


def test_numbers_as_ranges_and_columns_as_letters() -> None:
    """Runs of numbers are joined, and columns are named as spreadsheets name them."""
    assert render_ranges((12, 5, 6, 9, 7, 8, 5)) == ("5–9", "12")
    assert render_ranges(()) == ()
    assert [column_letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
