"""The workbook of the month, read back by the library that bureaus' files are read with, and by its XML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from inspect_cli import language
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.schedule import Directory, ScheduledVisit, build_schedule
from inspect_cli.core.unchecked import UncheckedMatter
from inspect_cli.files.workbook import WorkbookHead, render_workbook
from inspect_cli.widths import visible
from tests.files.documents.test_text import HOSTILE
from tests.sample_draw import DRAWN_AT, LABOUR, PEOPLE, SAFETY, make_sample

HEAD = WorkbookHead(title="2026-12/1 检查安排", created=DRAWN_AT, domains={LABOUR: "劳动", SAFETY: "安全"})


def make_visits() -> tuple[ScheduledVisit, ...]:
    """Make the sample's schedule: E-3 on 1 December, E-1 on the 2nd, E-2 open."""
    directory = Directory(
        addresses={EntityId("E-1"): "人民路1号"}, people={InspectorId(id): name for id, name in PEOPLE.items()}
    )
    return build_schedule(make_sample().slot, directory)


def read_sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """Read all sheets back, each as its rows."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def read_xml(data: bytes, name: str) -> str:
    """Read one part of the file."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_month_by_day() -> None:
    """A row a visit in the order of days, which are days and no texts; the open one last, with its reason."""
    sheet = read_sheets(render_workbook(make_visits(), HEAD))["by day"]
    assert sheet[0][0] == "2026-12/1 检查安排"
    assert sheet[1] == ["day", "entity", "name", "zone", "address", "domains", "team", "remarks"]
    assert sheet[2] == [date(2026, 12, 1), "E-3", "丙厂", "东片", "", "劳动, 安全", "张一, 王三", ""]
    assert sheet[3] == [
        date(2026, 12, 2),
        "E-1",
        "甲厂",
        "东片",
        "人民路1号",
        "劳动, 安全",
        "张一, 李二, 赵专家 (expert)",
        "",
    ]
    assert (sheet[4][0], sheet[4][1], sheet[4][7]) == ("", "E-2", "open: no team left")


def test_the_month_by_person() -> None:
    """Each person with their visits; who has two has two rows, and the open visit is nobody's."""
    sheet = read_sheets(render_workbook(make_visits(), HEAD))["by person"]
    assert [row[:4] for row in sheet[2:]] == [
        ["R-1", "张一", date(2026, 12, 1), "E-3"],
        ["R-1", "张一", date(2026, 12, 2), "E-1"],
        ["R-2", "李二", date(2026, 12, 2), "E-1"],
        ["R-3", "王三", date(2026, 12, 1), "E-3"],
        ["X-1", "赵专家", date(2026, 12, 2), "E-1"],
    ]


def test_the_month_by_entity() -> None:
    """Each company once, sorted, with the draw that drew it; what became of a visit is a remark."""
    third, first, second = make_visits()
    moved = replace(first, slot=Slot("2026-12/3"), day=date(2026, 12, 4))
    sheet = read_sheets(render_workbook((third, moved, second), HEAD))["by entity"]
    assert [(row[0], row[4], row[7], row[8]) for row in sheet[2:]] == [
        ("E-1", date(2026, 12, 4), "2026-12/3", "drawn again: 2026-12/3, moved from 2026-12-02"),
        ("E-2", "", "2026-12/1", "open: no team left"),
        ("E-3", date(2026, 12, 1), "2026-12/1", ""),
    ]


def test_the_workbook_speaks_the_settled_language() -> None:
    """Sheets and headers are in Chinese where that is settled."""
    language.settle("zh")
    sheets = read_sheets(render_workbook(make_visits(), HEAD))
    assert list(sheets) == ["按日期", "按人员", "按检查对象"]
    assert sheets["按人员"][1][:3] == ["人员编号", "姓名", "日期"]
    assert sheets["按日期"][2][5] == "劳动、安全"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text: str) -> None:
    """A name, an address and a title of any wording are no formula and no link, and come back as they are shown on a screen."""
    visit = replace(make_visits()[1], name=text, address=text, zone=text)
    data = render_workbook((visit,), replace(HEAD, title=text))
    sheet = read_sheets(data)["by day"]
    assert (sheet[0][0], sheet[2][2], sheet[2][4]) == (visible(text),) * 2 + (visible(text),)
    for number in (1, 2, 3):
        xml = read_xml(data, f"xl/worksheets/sheet{number}.xml")
        assert "<f>" not in xml
        assert "<hyperlink" not in xml


@pytest.mark.parametrize("text", ["=1+1", "+86 510", "-1", "@SUM(A1)", "http://example.com", "mailto:a@b.c", "007"])
def test_what_looks_like_something_else_is_a_text(text: str) -> None:
    """Formulas, links and numbers in a name stay the very text."""
    data = render_workbook((replace(make_visits()[1], name=text),), HEAD)
    assert read_sheets(data)["by day"][2][2] == text
    assert "<f>" not in read_xml(data, "xl/worksheets/sheet1.xml")


def test_the_same_records_give_the_same_bytes() -> None:
    """The file is dated by the records, and by no clock."""
    data = render_workbook(make_visits(), HEAD)
    assert data == render_workbook(make_visits(), HEAD)
    assert "2026-11-30T01:12:05Z" in read_xml(data, "docProps/core.xml")
    with ZipFile(BytesIO(data)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


def test_a_sheet_can_be_printed() -> None:
    """A4 across, one page wide, title and header on each page, and the header stays while the rest is scrolled."""
    data = render_workbook(make_visits(), HEAD)
    for number in (1, 2, 3):
        xml = read_xml(data, f"xl/worksheets/sheet{number}.xml")
        assert '<pane ySplit="2" topLeftCell="A3"' in xml
        assert 'paperSize="9"' in xml
        assert 'orientation="landscape"' in xml
        assert 'fitToHeight="0"' in xml
    assert read_xml(data, "xl/workbook.xml").count("$1:$2") == 3


def test_columns_are_as_wide_as_their_texts() -> None:
    """A Chinese character takes two units: the column of domains fits 劳动, 安全 (10) and two more; a long text is wrapped at 26."""
    long = replace(make_visits()[1], address="很长的地址" * 20)
    xml = read_xml(render_workbook((long,), HEAD), "xl/worksheets/sheet1.xml")
    assert '<col min="6" max="6" width="12.7' in xml
    assert '<col min="5" max="5" width="26.7' in xml


def test_rows_are_as_high_as_their_texts() -> None:
    """A line takes 15 points: 100 cells of address in a column of 26 take several; a text without end takes no more than Excel allows."""
    visits = make_visits()[:2]
    long = (replace(visits[0], address="很长的地址" * 10), replace(visits[1], address="很长的地址" * 400))
    xml = read_xml(render_workbook(long, HEAD), "xl/worksheets/sheet1.xml")
    heights = [float(height) for height in re.findall(r'<row r="[34]"[^>]* ht="([0-9.]+)"', xml)]
    assert 60 <= heights[0] <= 90
    assert heights[1] == 405


def test_an_empty_month_is_a_workbook() -> None:
    """Where nothing is left the sheets have their headers."""
    sheets = read_sheets(render_workbook((), HEAD))
    assert [len(rows) for rows in sheets.values()] == [2, 2, 2]


def test_a_row_says_what_is_not_checked() -> None:
    """SCHED-7: a matter at its yearly cap is a remark on each of the three sheets."""
    visit = replace(make_visits()[1], without_matters=(UncheckedMatter(id=MatterId("S-01"), name="安全生产检查"),))
    for rows in read_sheets(render_workbook((visit,), HEAD)).values():
        assert rows[2][-1] == "not to be checked: S-01 安全生产检查"
