"""Workbooks from the first byte to the values: sheets, headers in two rows, hidden parts, and where a mistake is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from inspect_cli import language
from inspect_cli.error_text import render_error
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.report import ReportOrder, write_report
from inspect_cli.files.intake.sheets import ENTITIES
from tests.files.intake.files import BUREAU, CODE, OTHER, digest_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    ("某镇检查对象名录（2026年）",),
    ("序号", "企业信息", "", "", "检查信息"),
    ("", "企业名称*", "统一社會信用代碼", "片区", "適用領域", "法人身份证号"),
)


def write_book(
    path: Path, *rows: tuple[str, ...], hidden_row: int | None = None, hidden_column: int | None = None
) -> Path:
    """Write a workbook with a sheet of notes, a sheet of these rows below the head, and an empty one."""
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.add_worksheet("填表说明").write_string(0, 0, "请按要求填写")
        page = book.add_worksheet("名录")
        for number, row in enumerate((*HEAD, *rows)):
            for place, text in enumerate(row):
                page.write_string(number, place, text)
        if hidden_row is not None:
            page.set_row(hidden_row - 1, None, None, {"hidden": True})
        if hidden_column is not None:
            page.set_column(hidden_column, hidden_column, None, None, {"hidden": True})
        book.add_worksheet("Sheet3")
    return path


def test_workbook_with_all_that_stands_around_a_table(tmp_path: Path) -> None:
    """Notes, a title, a header in two rows, traditional characters, a remark right of the table: the values are those of the rows."""
    path = write_book(
        tmp_path / "对象.xlsx",
        ("1", "甲厂", CODE, "网格01", "安全", "110101199001010000", "", "已核"),
        ("2", "乙厂", OTHER, "", "劳动"),
    )
    intake = read_entities(path, BUREAU)
    assert [(row.row, row.value.name, row.value.zone) for row in intake.rows] == [
        (4, "甲厂", "网格01"),
        (5, "乙厂", None),
    ]
    assert (intake.sheet, intake.understood is not None and intake.understood.header_row) == ("名录", 3)
    whats = [str(one.what) for one in intake.notices]
    assert "the table is taken from the sheet 名录; passed over: 填表说明, Sheet3" in whats
    assert "numbers of identity cards are not stored" in whats
    assert "the column H has no header, and is left out" in whats
    assert not any("序号" in what or "running" in what for what in whats)


def test_mistake_names_sheet_row_and_column(tmp_path: Path) -> None:
    """A person is told the file, the sheet, the row, the column, the value and what to do, in both languages."""
    path = write_book(tmp_path / "对象.xlsx", ("1", "甲厂", CODE, "", "消防"))
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert "对象.xlsx, sheet 名录\n  row 4, 適用領域: “消防”: " in "\n".join(render_error(caught.value))
    language.settle("zh")
    assert "对象.xlsx，工作表 名录\n  第4行，適用領域：“消防”" in "\n".join(render_error(caught.value))


def test_hidden_parts_of_a_workbook(tmp_path: Path) -> None:
    """Hidden rows and columns are read and told, or left out and told; the sheet that is named is read as well."""
    rows = (("1", "甲厂", CODE, "网格01", "安全"), ("2", "乙厂", OTHER, "网格02", "安全"))
    path = write_book(tmp_path / "对象.xlsx", *rows, hidden_row=5, hidden_column=3)
    intake = read_entities(path, BUREAU, ReadChoices(sheet="名录"))
    assert [entity.zone for entity in intake.values] == ["网格01", "网格02"]
    assert intake.understood is not None
    assert (intake.understood.hidden_rows, intake.understood.hidden_columns) == ((5,), (3,))
    skipping = read_entities(path, BUREAU, ReadChoices(skip_hidden=True))
    assert [(entity.name, entity.zone) for entity in skipping.values] == [("甲厂", None)]


def test_report_of_a_workbook_keeps_what_is_hidden(tmp_path: Path) -> None:
    """The report of a sheet with a header in two rows is read like the sheet itself, and hides what was hidden."""
    rows = (("1", "甲厂", CODE, "网格01", "安全"), ("2", "", OTHER, "网格02", "安全"), ("3", "丙厂", "x", "", "安全"))
    path, target = write_book(tmp_path / "对象.xlsx", *rows, hidden_row=4, hidden_column=3), tmp_path / "a.xlsx"
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    write_report(
        target, ReportOrder(source=path, digest=digest_of(path), sheet=ENTITIES, mistakes=caught.value.mistakes)
    )
    with pytest.raises(InputError) as again:
        read_entities(target, BUREAU)
    assert [(one.where.row, one.where.column, one.value) for one in again.value.mistakes] == [
        (one.where.row, one.where.column, one.value) for one in caught.value.mistakes
    ]
    partial = read_entities(target, BUREAU, ReadChoices(partial=True, skip_hidden=True))
    assert partial.understood is not None
    assert (partial.understood.hidden_rows, partial.understood.hidden_columns) == ((4,), (3,))
