"""Visit sheets as workbooks: what is in the file, what of it is protected, and that hostile texts come back as they are shown."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from inspect_cli.core.names import EntityId
from inspect_cli.core.visit.filled import find_layout_mistakes, read_claims
from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.sheet import LAYOUT, name_worksheet
from inspect_cli.errors import InputError, Mistake, say
from inspect_cli.files.visit_sheets.layout import make_text, show_text
from inspect_cli.files.visit_sheets.reading import ROWS_READ, read_sheets
from inspect_cli.files.visit_sheets.report import render_report
from inspect_cli.files.visit_sheets.writing import render_sheets
from tests.filled_sheets import HEADER, Grid, fill, read_grids, write_grids
from tests.visit_papers import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.visit.sheet import VisitSheet

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "../../x",
    "CON",
    "[a]:*?/\\",
    "\u202egnp.exe",
    "a\x01b_x0041_c",
    "厂" * 4000,
    "{{ view }} {% raw %}",
    "'00123",
    "https://example.com",
    "\ufffe\ud800",
)


def _render(*sheets: VisitSheet, language: str = "zh") -> bytes:
    texts = [make_text(one, name_worksheet(place, one.name), language) for place, one in enumerate(sheets, start=1)]
    return render_sheets(texts, language)


def _parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as book:
        return {part.filename: book.read(part).decode() for part in book.infolist()}


def test_all_cells_are_texts() -> None:
    """No cell is a formula, a number or a link, whatever is in it; the only references are those of the lists to choose from."""
    parts = _parts(_render(*(make_sheet(name=name, address=name, zone=name) for name in HOSTILE)))
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert len(pages) == len(HOSTILE) + 1
    for page in pages:
        assert "<f>" not in page
        assert "<hyperlink" not in page
        assert set(re.findall(r'<c [^>]*?t="(\w+)"', page)) <= {"s"}
        assert re.findall(r"<c [^>]*?><v>", re.sub(r'<c [^>]*?t="s"[^>]*>', "", page)) == []
        assert set(re.findall(r"<formula1>(.*?)</formula1>", page)) <= {
            f"'选项'!${letter}$2:${letter}${count + 1}"
            for letter, count in (("A", len(ResultClass)), ("B", len(Method)), ("C", len(FollowUpKind)))
        }
    assert not any("externalLink" in name for name in parts)


def test_the_same_sheets_are_the_same_bytes() -> None:
    """The file bears no date and no name of a machine or a person."""
    assert _render(make_sheet()) == _render(make_sheet())
    core = _parts(_render(make_sheet()))["docProps/core.xml"]
    assert "1980-01-01T00:00:00Z" in core
    assert "<dc:creator></dc:creator>" in core


def test_what_says_which_visit_it_is_cannot_be_typed_over() -> None:
    """Sheets are protected, without a password; what is filled in is open: five cells of each row, and the day of the check."""
    parts = _parts(_render(make_sheet()))
    page, styles = parts["xl/worksheets/sheet1.xml"], parts["xl/styles.xml"]
    assert "<sheetProtection " in page
    assert "password" not in page
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    free = {str(number) for number, text in enumerate(formats) if 'locked="0"' in text}
    cells = re.findall(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"', page)
    first = HEADER + 2
    rows = range(first, first + len(make_sheet().rows))
    assert {place for place, style in cells if style in free} == {
        f"{column}{row}" for column in "DEFGH" for row in rows
    } | {"C10"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_hostile_name_comes_back_as_it_is_shown(tmp_path: Path, language: str) -> None:
    """FILLED-1: whatever a company is called, its sheet is read as its own, by our readers and as another program writes it."""
    sheets = [
        make_sheet(entity=EntityId(f"E{place:02}"), name=name, address=name, zone=name)
        for place, name in enumerate(HOSTILE)
    ]
    path = tmp_path / "day.xlsx"
    path.write_bytes(_render(*sheets, language=language))
    for read, sheet in zip(read_sheets(path).sheets, sheets, strict=True):
        assert read.filled is not None
        assert find_layout_mistakes(read.filled) == ()
        assert read.filled.name.text == show_text(sheet.name)
        assert read.filled.is_blank
    fill(path, {sheet.entity: {row.key: {"result": 1.0} for row in sheet.rows} for sheet in sheets})
    for again, sheet in zip(read_sheets(path).sheets, sheets, strict=True):
        assert again.filled is not None
        claims, mistakes = read_claims(sheet, show_text(sheet.name), again.filled)
        assert mistakes == ()
        assert set(claims.results.values()) == {ResultClass.NO_PROBLEM}


def test_rows_may_be_moved_and_columns_added(tmp_path: Path) -> None:
    """A reader goes by words: rows that were put in above, and columns of one's own behind, change nothing."""
    path = tmp_path / "day.xlsx"
    path.write_bytes(_render(make_sheet()))
    name, grid = next(iter(read_grids(path).items()))
    moved: Grid = [grid[0], ["备注"], [], *grid[1:HEADER], [*grid[HEADER], "", "我的列"], *grid[HEADER + 1 :]]
    write_grids(path, {name: moved, "空表": [[]]})
    (read,) = read_sheets(path).sheets
    assert read.filled is not None
    assert (read.filled.layout.text, read.filled.layout.where.row) == (LAYOUT, 4)
    assert [row.key.text for row in read.filled.rows] == [row.key for row in make_sheet().rows]


def test_sheets_that_lack_something(tmp_path: Path) -> None:
    """A sheet without a header, and one without the column of results, are none of ours; what they lack is named."""
    path = tmp_path / "day.xlsx"
    path.write_bytes(_render(make_sheet()))
    name, grid = next(iter(read_grids(path).items()))
    without = [[cell if cell != "检查结果" else "结论" for cell in cells] for cells in grid]
    write_grids(path, {name: without, "无表头": grid[:HEADER]})
    first, second = read_sheets(path).sheets
    assert first.filled is None
    assert second.filled is None
    assert "Result" in str(first.mistakes[0].what)
    assert "No." in str(second.mistakes[0].what)


def test_bounds(tmp_path: Path) -> None:
    """More rows than a visit can have are refused; a text is no workbook."""
    path = tmp_path / "day.xlsx"
    path.write_bytes(_render(make_sheet()))
    name, grid = next(iter(read_grids(path).items()))
    write_grids(path, {name: grid + [["x"]] * ROWS_READ})
    (read,) = read_sheets(path).sheets
    assert read.filled is None
    assert "more than 2000 rows" in str(read.mistakes[0].what)
    text = tmp_path / "day.csv"
    text.write_text("a,b\n", "utf-8")
    with pytest.raises(InputError, match="this is a text"):
        read_sheets(text)


def test_a_report_is_the_sheets_with_their_mistakes(tmp_path: Path) -> None:
    """What was filled in stays in its place, strange sheets too; a report of a report has the new mistakes alone."""
    path, report = tmp_path / "day.xlsx", tmp_path / "wrong.xlsx"
    path.write_bytes(_render(make_sheet(), replace(make_sheet(), name="另一厂")))
    fill(path, {"E01": {"L-01": {"result": "=1+1", "finding": "甲"}}})
    write_grids(path, read_grids(path) | {"便条": [["随手记", "乙"]]})
    sheets = read_sheets(path).sheets
    for told in ("first mistake", "second mistake"):
        wrong = [
            (
                one,
                one.mistakes
                or (
                    Mistake(
                        what=say("{value} is no result", value=told),
                        where=replace(one.where, row=HEADER + 3, column="检查结果"),
                    ),
                    Mistake(what=say("the row is there twice"), where=replace(one.where, row=HEADER + 1)),
                    Mistake(what=say("the cell is empty"), where=one.where),
                ),
            )
            for one in sheets
        ]
        report.write_bytes(render_report(wrong))
        grids = read_grids(report)
        assert list(grids)[:3] == ["01 示例第1厂", "02 另一厂", "03 便条"]
        text = str(grids["01 示例第1厂"])
        assert ("=1+1" in text, "甲" in text, told in text) == (True, True, True)
        assert "first mistake" not in text or told == "first mistake"
        assert "乙" in str(grids["03 便条"])
        sheets = read_sheets(report).sheets
    assert all(one.filled is not None for one in sheets[:2])
