"""Columns of days."""

from __future__ import annotations

from datetime import date

from inspect_cli.core.registry.days import parse_end
from inspect_cli.files.intake.book import Grid
from inspect_cli.files.intake.cells import Cells
from inspect_cli.files.intake.day_cells import find_day, require_day
from inspect_cli.files.intake.headers import match_headers
from inspect_cli.files.intake.sheets import LEAVE
from inspect_cli.files.intake.table import Table

HEADER = ("开始日期", "结束日期")


def a_row(first: str, last: str, *, is_1904: bool) -> Cells:
    """Stand before a row of leave in a workbook."""
    grid = Grid(name="一", rows=lambda: iter([(2, [first, last])]))
    table = Table(
        file="假期.xls", grid=grid, sheet=LEAVE, header_row=1, header=HEADER, full_header=HEADER, shape="", mapping={}
    )
    cells = Cells(table, match_headers(HEADER, LEAVE))
    cells.is_1904 = is_1904
    cells.turn_to(cells.take([(2, [first, last])])[0])
    return cells


def test_count_in_a_workbook_that_counts_from_1904_is_refused() -> None:
    """REG-16: where a workbook counts from 1904 a bare number could be either, and is refused; a day that is written stays one."""
    cells = a_row("46086", "2026-03-05", is_1904=True)
    assert find_day(cells, "first") is None
    assert find_day(cells, "last", parse_end) == date(2026, 3, 5)
    assert [str(mistake.where.column) for mistake in cells.mistakes] == ["开始日期"]
    assert "1904" in str(cells.mistakes[0].what)


def test_count_in_any_other_workbook_is_told() -> None:
    """REG-16: elsewhere it is the day of the 1900 system, and told; 长期 and what has no column are no day."""
    cells = a_row("46086.5", "长期", is_1904=False)
    assert find_day(cells, "first") == date(2026, 3, 5)
    assert find_day(cells, "last", parse_end) is None
    assert find_day(cells, "reason") is None
    assert [str(notice.what) for notice in cells.notices] == [
        "46086.5 was read as 2026-03-05: it is a spreadsheet's count of days"
    ]
    assert cells.mistakes == []


def test_required_day() -> None:
    """REG-16: a day that must be there is read alike, and a blank cell is noted as empty."""
    cells = a_row("46086", "-", is_1904=False)
    assert require_day(cells, "first") == date(2026, 3, 5)
    assert require_day(cells, "last") is None
    assert [notice.where.column for notice in cells.notices] == ["开始日期"]
    assert [(mistake.where.column, str(mistake.what)) for mistake in cells.mistakes] == [
        ("结束日期", "the cell is empty")
    ]
