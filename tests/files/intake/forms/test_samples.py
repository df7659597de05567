"""The sample files, one for each form in which bureaus exchange a table: the same rows come out of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.intake.book import Book, Form, Grid
from inspect_cli.files.intake.opening import open_book

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parent.parent / "samples"
HEADER = ["企业名称", "统一社会信用代码", "成立日期", "适用领域"]
TABLE = [
    HEADER,
    ["示例镇兴腾电镀集团有限公司", "91990100MAC4MAMD64", "2016-08-30", "劳动、安全、环保"],
    ["示例镇德旺电镀有限公司", "9199010070427558XG", "2000-11-17", "劳动、安全"],
    ["示例镇联奇机械加工厂", "91990100MADE8HJ71B", "2023-02-04", "安全"],
]
TEXTS = {
    "utf-8.csv": ("utf-8", 1),
    "utf-8-mark-crlf.csv": ("utf-8", 1),
    "gb18030.csv": ("gb18030", 1),
    "titled.csv": ("gb18030", 3),
    "semicolon.csv": ("utf-8", 1),
    "utf-16-tab.txt": ("utf-16-le", 1),
    "gbk-tab.xls": ("gb18030", 1),
}
BOOKS = {
    "plain.xlsx": (Form.XLSX, 1),
    "titled.xlsx": (Form.XLSX, 3),
    "hidden.xlsx": (Form.XLSX, 1),
    "days-1904.xlsx": (Form.XLSX, 1),
    "biff.xls": (Form.XLS, 1),
    "hidden.xls": (Form.XLS, 1),
    "plain.ods": (Form.ODS, 4),
    "hidden.ods": (Form.ODS, 4),
    "spreadsheetml.xls": (Form.SPREADSHEETML, 3),
    "spreadsheetml-gb2312.xls": (Form.SPREADSHEETML, 3),
    "html.xls": (Form.HTML, 2),
    "html-gbk.xls": (Form.HTML, 2),
    "libreoffice/table.xlsx": (Form.XLSX, 1),
    "libreoffice/table.xls": (Form.XLS, 1),
    "libreoffice/table.ods": (Form.ODS, 1),
}


def grid_of(book: Book) -> Grid:
    """Return the grid that holds the table."""
    return next(grid for grid in book.grids if any(HEADER[0] in cells for _number, cells in grid.rows()))


def clean(rows: Iterator[tuple[int, list[str]]]) -> dict[int, list[str]]:
    """Give the rows by number, without what stands around a code."""
    return {number: [cell.strip() for cell in cells] for number, cells in rows}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    """A text in each encoding and with each separator, whatever it is called, gives the table under its own separator."""
    encoding, row = TEXTS[name]
    with open_book(SAMPLES / name) as book:
        assert (book.form, book.encoding, book.are_readings) == (Form.TEXT, encoding, True)
        readings = [[cells for number, cells in grid.rows() if number >= row] for grid in book.grids]
    assert TABLE in readings


@pytest.mark.parametrize("name", BOOKS)
def test_books(name: str) -> None:
    """A workbook of each form, whatever it is called, gives the table with the row numbers that a spreadsheet shows, again and again."""
    form, row = BOOKS[name]
    with open_book(SAMPLES / name) as book:
        assert (book.form, book.are_readings) == (form, False)
        grid = grid_of(book)
        rows = clean(grid.rows())
        assert clean(grid.rows()) == rows
        assert {number: cells for number, cells in rows.items() if number >= row} == dict(enumerate(TABLE, start=row))
        assert grid.row_count == len(rows)


@pytest.mark.parametrize(
    ("name", "rows", "columns", "sheets"),
    [
        ("plain.xlsx", (), (), []),
        ("hidden.xlsx", (3,), (2,), ["旧名录"]),
        ("hidden.xls", (3,), (2,), ["旧名录"]),
        ("hidden.ods", (6,), (2,), ["空"]),
        ("spreadsheetml.xls", (), (), ["空"]),
        ("spreadsheetml-gb2312.xls", (5,), (2,), ["空"]),
        ("html.xls", (4,), (), []),
        ("libreoffice/table.xlsx", (3,), (2,), ["旧名录"]),
        ("libreoffice/table.xls", (3,), (2,), ["旧名录"]),
        ("libreoffice/table.ods", (3,), (2,), ["旧名录"]),
    ],
)
def test_what_is_hidden(name: str, rows: tuple[int, ...], columns: tuple[int, ...], sheets: list[str]) -> None:
    """Hidden rows, filtered ones, hidden columns and hidden sheets are told, and read like the others."""
    with open_book(SAMPLES / name) as book:
        grid = grid_of(book)
        assert (grid.hidden_rows, grid.hidden_columns, grid.is_hidden) == (rows, columns, False)
        assert [other.name for other in book.grids if other.is_hidden] == sheets


def test_empty_sheets_beside_the_table() -> None:
    """Empty extra sheets are grids without rows."""
    with open_book(SAMPLES / "titled.xlsx") as book:
        assert [(grid.name, grid.row_count) for grid in book.grids] == [("Sheet1", 0), ("名录", 6), ("Sheet3", 0)]


def test_page_that_was_saved_without_what_is_hidden() -> None:
    """A page that LibreOffice wrote gives the rows and columns that it shows."""
    with open_book(SAMPLES / "libreoffice" / "table.html") as book:
        shown = [[row[0], row[1], row[3]] for row in TABLE if row is not TABLE[2]]
        assert list(clean(book.grids[0].rows()).values()) == shown


def test_each_kind_of_cell() -> None:
    """Numbers, days, times, answers, errors, formulas and texts are given as a person reads them."""
    with open_book(SAMPLES / "cells.xlsx") as book:
        cells = dict(book.grids[0].rows())
        assert [str(notice).split(":")[0] for notice in book.notices] == ["sheet 格"]
    expected = [
        "7",
        "1.5",
        "9.11301067396600E+17",
        "0.05",
        "12.5",
        "2026-03-05 12:00:00",
        "2026-03-05",
        "2026-03-05",
        "12:00:00",
        "123456789012345",
        "TRUE",
        "#N/A",
        "2",
        "7户",
        "#FORMULA!",
        "第一行\n第二行",
        "=cmd|'/c calc'!A1",
    ]
    assert cells == {number: [text] for number, text in enumerate(expected, start=1)}


@pytest.mark.parametrize(("name", "is_1904"), [("days-1904.xlsx", True), ("plain.xlsx", False), ("biff.xls", False)])
def test_count_of_days(name: str, is_1904: bool) -> None:
    """A workbook that counts from 1904 says so, and its days are right."""
    with open_book(SAMPLES / name) as book:
        assert book.is_1904 is is_1904
        assert bool(book.notices) is is_1904


def test_name_decides_nothing(tmp_path: Path) -> None:
    """A workbook that is called a text, and a text that is called a workbook, are read as what they are."""
    for name, form in (("plain.xlsx", Form.XLSX), ("utf-8.csv", Form.TEXT)):
        path = tmp_path / ("a.csv" if form is Form.XLSX else "a.xlsx")
        path.write_bytes((SAMPLES / name).read_bytes())
        with open_book(path) as book:
            assert book.form is form


def test_encoding_that_a_person_names(tmp_path: Path) -> None:
    """A named encoding stands before the cascade, for texts and pages alike."""
    path = tmp_path / "a.html"
    path.write_bytes("<html><table><tr><td>中文</td></tr></table>".encode("big5"))
    with open_book(path, "big5") as book:
        assert [cells for _number, cells in book.grids[0].rows()] == [["中文"]]
    with pytest.raises(InputError, match="are not utf-8"), open_book(path, "utf-8"):
        pass
