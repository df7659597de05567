"""``visit sheets`` and ``visit import-sheets`` as they are typed: written, filled in by another program, and taken back."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document as WordFile

from inspect_cli.acts.visit.papers import gather_sheets
from inspect_cli.core.names import Slot
from inspect_cli.core.visit.sheet import name_worksheet, part_days
from inspect_cli.files.visit_sheets.layout import make_text
from inspect_cli.files.visit_sheets.writing import render_sheets
from tests import small_month as month
from tests.filled_sheets import HEADER, fill, find_entities, is_sheet, read_grids, write_grids

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

SLOT = "2026-12/1"
LATER = "2026-12-31"
GOOD: Mapping[str, Mapping[str, object]] = {
    "domain:labour": {"result": 1.0},
    "domain:safety": {"result": "1 未发现问题"},
}


@cache
def _drawn_month() -> Path:
    folder = Path(mkdtemp())
    month.fill_folder(folder)
    month.draw_month(month.open_folder(folder))
    with month.open_folder(folder).reading() as session:
        days = part_days(gather_sheets(session, month.BUREAU, Slot(SLOT)).sheets)
    (folder / "sheets").mkdir()
    for day, sheets in days.items():
        texts = [make_text(one, name_worksheet(one.place, one.name), "zh") for one in sheets]
        (folder / "sheets" / f"sheets-{day.isoformat()}.xlsx").write_bytes(render_sheets(texts, "zh"))
    return folder


@pytest.fixture
def call(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with the small month drawn, acting on the last day of December."""
    copytree(_drawn_month(), tmp_path, dirs_exist_ok=True)
    options = ("--config", tmp_path / "inspect.toml", "--store", tmp_path / "inspect.db")
    return lambda *words: run_cli(*options, "--as", month.OPERATOR, "--today", LATER, *words)


def _find_books(folder: Path) -> list[Path]:
    """Find the workbooks of the month, one a day."""
    return sorted((folder / "sheets").glob("*.xlsx"))


def _answers(path: Path, entity: str) -> dict[str, Mapping[str, object]]:
    """Give a good answer for each domain row of a company's sheet."""
    (grid,) = [grid for grid in read_grids(path).values() if is_sheet(grid) and grid[3][2] == entity]
    return {str(row[0]): GOOD[str(row[0])] for row in grid[HEADER + 1 :] if str(row[0]) in GOOD}


def _first(books: list[Path]) -> tuple[Path, str]:
    """Give the first workbook whose first company is checked for both domains, and that company."""
    for book in books:
        for entity in find_entities(book):
            if len(_answers(book, entity)) == len(GOOD):
                return book, entity
    raise AssertionError(books)


def _show(call: Cli, entity: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(call("visit", "show", SLOT, entity, "--json").out)
    return shown


def test_sheets_come_back_as_they_were_filled_in(call: Cli, tmp_path: Path) -> None:
    """FILLED-2 and FILLED-3: numbers and words, a domain and a matter, method, finding, follow-up and day come to the store as written."""
    book, entity = _first(_find_books(tmp_path))
    fill(
        book,
        {
            entity: {
                "domain:labour": {"result": 1.0},
                "S-01": {
                    "result": "无法联系",
                    "method": "书面检查",
                    "finding": "=1+1 门锁着",
                    "follow_up": "责令限期改正",
                    "until": "2027-01-31",
                },
                "on": {"value": "2026年12月31日"},
            }
        },
    )
    taken = call("visit", "import-sheets", str(book), "--json")
    assert taken.status == 0
    assert [(one["entity"], one["new"], one["result"]) for one in json.loads(taken.out)["visits"]] == [
        (entity, True, 4)
    ]
    outcome = _show(call, entity)["versions"][0]["outcome"]
    assert outcome["visited_on"] == LATER
    labour, safety = outcome["domains"]
    assert (labour["result"], safety["result"], safety["follow_up"]) == (1, 4, "rectify:2027-01-31")
    (matter,) = safety["matters"]
    assert {key: matter[key] for key in ("matter", "result", "method", "finding", "follow_up")} == {
        "matter": "S-01",
        "result": 4,
        "method": "written",
        "finding": "=1+1 门锁着",
        "follow_up": "rectify:2027-01-31",
    }


def test_the_same_sheets_again_change_nothing(call: Cli, tmp_path: Path) -> None:
    """The second import says that all is recorded already; the log has one record alone."""
    book, entity = _first(_find_books(tmp_path))
    fill(book, {entity: _answers(book, entity)})
    assert "recorded: 1, recorded already: 0" in call("visit", "import-sheets", str(book)).out
    before = json.loads(call("log", "show", "--json").out)
    assert "recorded: 0, recorded already: 1" in call("visit", "import-sheets", str(book)).out
    assert json.loads(call("log", "show", "--json").out) == before


def test_a_dry_run_and_blank_sheets(call: Cli, tmp_path: Path) -> None:
    """FILLED-2: a sheet on which nothing is filled in is left out and named; a dry run says all of it and keeps nothing."""
    books = _find_books(tmp_path)
    book, entity = _first(books)
    fill(book, {entity: _answers(book, entity)})
    said = call("visit", "import-sheets", *map(str, books), "--dry-run")
    assert said.status == 0
    assert "would be recorded: 1, recorded already: 0, left empty: 4" in said.out
    assert "nothing is filled in on: " in said.err
    assert _show(call, entity)["versions"] == []


def test_one_mistake_keeps_all_out(call: Cli, tmp_path: Path) -> None:
    """Every mistake is told with file, sheet, row and column and what to do, and the good sheet is not taken either."""
    books = _find_books(tmp_path)
    book, entity = _first(books)
    fill(book, {entity: _answers(book, entity)})
    other = next(one for one in books if one != book)
    wrong = find_entities(other)[0]
    fill(other, {wrong: {"domain:labour": {"result": "没有问题吧", "until": "2027-01-31"}}})
    said = call("visit", "import-sheets", str(book), str(other))
    assert said.status == 3
    assert "nothing was taken: sheets with mistakes: 1" in said.err
    assert f"{other.name}, sheet 01 " in said.err
    assert f"row {HEADER + 2}, 检查结果: “没有问题吧”" in said.err
    assert "choose one of the list, or write its number, 1 to 13" in said.err
    assert "改正期限" in said.err
    assert _show(call, entity)["versions"] == []


def test_the_good_sheets_alone_and_the_report(call: Cli, tmp_path: Path) -> None:
    """With ``--partial`` exactly the good visits are taken; the report holds the others, and once corrected there it is taken."""
    books = _find_books(tmp_path)
    book, entity = _first(books)
    fill(book, {entity: _answers(book, entity)})
    other = next(one for one in books if one != book)
    wrong = find_entities(other)[0]
    fill(other, {wrong: {key: {"result": 77} for key in _answers(other, wrong)}})
    report = tmp_path / "wrong.xlsx"
    words = ("visit", "import-sheets", *map(str, (book, other)), "--partial")
    refused = call(*words)
    assert (refused.status, "--report" in refused.err) == (2, True)
    said = call(*words, "--report", str(report))
    assert said.status == 0
    assert "recorded: 1," in said.out
    assert "sheets with mistakes: 1; they stand in" in said.err
    assert f"{other.name}, sheet 01 " in said.err
    assert f"row {HEADER + 2}, 检查结果: “77”: 77 is not the number of a result" in said.err
    assert f"correct them there, then: inspect-cli visit import-sheets {report}" in said.err
    assert _show(call, wrong)["versions"] == []
    assert find_entities(report) == [wrong]
    told = [str(row[8]) for grid in read_grids(report).values() for row in grid if len(row) > 8 and row[8]]
    assert told[0] == "Problems"
    assert "“" not in told[1]
    assert "1 to 13" in told[1]
    fill(report, {wrong: _answers(report, wrong)})
    assert "recorded: 1," in call("visit", "import-sheets", str(report)).out
    assert len(_show(call, wrong)["versions"]) == 1


def test_a_wrong_day_is_told_at_its_cell(call: Cli, tmp_path: Path) -> None:
    """A check that is still to come is told with the row and the words of its cell, and not with an option of another command."""
    (book, *_others) = _find_books(tmp_path)
    entity = find_entities(book)[0]
    fill(book, {entity: _answers(book, entity) | {"on": {"value": "2027-11-30"}}})
    said = call("visit", "import-sheets", str(book))
    assert said.status == 3
    assert "row 10, 实际检查日期: “2027-11-30”: 2027-11-30 is still to come" in said.err
    assert "--on" not in said.err


def test_the_report_of_sheets_that_were_not_taken(call: Cli, tmp_path: Path) -> None:
    """Without ``--partial`` nothing is taken, and the report holds the sheets with mistakes; a dry run writes none."""
    (book, *_others) = _find_books(tmp_path)
    entity, report = find_entities(book)[0], tmp_path / "wrong.xlsx"
    fill(book, {entity: {"L-01": {"method": "电话"}}})
    words = ("visit", "import-sheets", str(book), "--report", str(report))
    assert call(*words, "--dry-run").status == 3
    assert not report.exists()
    said = call(*words)
    assert said.status == 3
    assert f"correct the sheets in {report}" in said.err
    assert find_entities(report) == [entity]
    assert call("visit", "import-sheets", str(report), "--report", str(report)).status == 2
    assert "ends in .xlsx" in call(*words[:-1], str(tmp_path / "wrong.txt")).err


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("layout", "visit-sheet-v0"), "layout visit-sheet-v1"),
        (("slot", "2026-11/1"), "there is no draw 2026-11/1"),
        (("slot", ""), "the cell is empty"),
        (("entity", "E99"), "no visit to this company"),
        (("name", "别家厂"), "the sheet was made for 示例第"),
        (("on", "46022"), "count of days"),
        (("on", "2027-01-05"), "still to come"),
        (("on", "下周"), "is not a day"),
    ],
)
def test_a_key_cell_that_was_changed(call: Cli, tmp_path: Path, change: tuple[str, str], word: str) -> None:
    """FILLED-1 and FILLED-4: another layout, draw, company or name is a mistake of that cell; so is a day that is none."""
    book, entity = _first(_find_books(tmp_path))
    fill(book, {entity: {**_answers(book, entity), change[0]: {"value": change[1]}}})
    said = call("visit", "import-sheets", str(book))
    assert said.status == 3
    assert word in said.err
    assert _show(call, entity)["versions"] == []


def test_files_that_are_no_visit_sheets(call: Cli, tmp_path: Path) -> None:
    """A text, another workbook, an empty one and one that only begins as one of ours are refused with what to do."""
    text, other, short = tmp_path / "a.csv", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    text.write_text("编号,检查结果\n1,1\n", "utf-8")
    write_grids(other, {"甲": [["名称", "数量"], ["厂", 1]]})
    (book, _entity) = _first(_find_books(tmp_path))
    write_grids(short, {"甲": [row for row in next(iter(read_grids(book).values())) if row[0] != "抽查任务"]})
    for path, word in (
        (text, "visit sheets are a workbook"),
        (other, "this is no visit sheet"),
        (short, "it lacks 抽查任务"),
    ):
        said = (
            call("--lang", "zh", "visit", "import-sheets", str(path))
            if path == short
            else call("visit", "import-sheets", str(path))
        )
        assert said.status == 3
        assert word in said.err or path == short
    write_grids(other, {"甲": []})
    assert "no visit sheet is in this file" in call("visit", "import-sheets", str(other)).err


def test_papers_in_one_file_and_in_a_folder(call: Cli, tmp_path: Path) -> None:
    """One file holds all papers; a folder a file for each visit, or each day; the same store gives the same bytes."""
    one = tmp_path / "all.md"
    words = ("visit", "sheets", SLOT, "--kind", "run", "--kind", "sheet", "-o", str(one))
    assert "papers in it: " in call(*words).out
    text = one.read_text("utf-8")
    assert text.count("综合检查记录表（一企一表）") == 5
    assert "内部资料" in text
    assert "is there already, the same to the byte" in call(*words).out
    assert "is there already, and is not the same" in call(*words, "--lang", "en").err
    assert (
        call("visit", "sheets", SLOT, "--kind", "notice", "--format", "html", "-o", str(tmp_path / "notices")).status
        == 0
    )
    names = sorted(path.name for path in (tmp_path / "notices").iterdir())
    assert len(names) == 5
    assert all(name.startswith("notice-2026-12-") and name.endswith("厂.html") for name in names)


def test_letters_in_the_bureaus_word_template(call: Cli, tmp_path: Path) -> None:
    """A notice to a company is written into the bureau's Word template, a file each; what is filled in is not."""
    word = WordFile()
    word.add_paragraph("本局抬头 {{ addressee }}")
    word.add_paragraph("{{ body }}")
    word.save(str(tmp_path / "paper.docx"))
    words = ("visit", "sheets", SLOT, "--format", "docx", "--word-template", str(tmp_path / "paper.docx"), "-o")
    assert call(*words, str(tmp_path / "letters"), "--kind", "notice").status == 0
    letters = sorted((tmp_path / "letters").iterdir())
    assert len(letters) == 5
    assert WordFile(str(letters[0])).paragraphs[0].text.startswith("本局抬头 示例第")
    refused = call(*words, str(tmp_path / "all.docx"), "--kind", "notice")
    assert (refused.status, "these are 5" in refused.err) == (2, True)
    refused = call(*words, str(tmp_path / "sheets"))
    assert (refused.status, "a page of its own" in refused.err) == (2, True)
    settings = tmp_path / "inspect.toml"
    text = settings.read_text("utf-8")
    assert "[documents]\n" in text
    settings.write_text(text.replace("[documents]\n", '[documents]\nword_template = "paper.docx"\n'), "utf-8")
    assert call("visit", "sheets", SLOT, "--format", "docx", "-o", str(tmp_path / "ours")).status == 0
    assert "本局抬头" not in WordFile(str(next((tmp_path / "ours").iterdir()))).paragraphs[0].text


def test_workbooks_in_a_folder(call: Cli, tmp_path: Path) -> None:
    """A folder gets a workbook a day, the same to the byte as the one that was written before."""
    made = call("visit", "sheets", SLOT, "--format", "xlsx", "-o", str(tmp_path / "again"))
    assert (made.status, made.err) == (0, "")
    books = _find_books(tmp_path)
    assert [path.name for path in sorted((tmp_path / "again").iterdir())] == [path.name for path in books]
    assert all((tmp_path / "again" / path.name).read_bytes() == path.read_bytes() for path in books)


def test_run_sheets_as_a_workbook(call: Cli, tmp_path: Path) -> None:
    """A worksheet a team's day, named by day and leader, that says all the run sheet says: whose trip it is, and that it is internal."""
    path = tmp_path / "runs.xlsx"
    assert call("visit", "sheets", SLOT, "--kind", "run", "-o", str(path)).status == 0
    assert "the same to the byte" in call("visit", "sheets", SLOT, "--kind", "run", "-o", str(path)).out
    grids = read_grids(path)
    for name, grid in grids.items():
        texts = [str(cell) for row in grid for cell in row]
        assert re.fullmatch(r"[0-9]{2} 2026-12-[0-9]{2} .+", name)
        assert any("内部资料" in text for text in texts)
        assert any(text.startswith("检查人员：") for text in texts)
        assert "联系人和电话" in texts
    made = call("visit", "sheets", SLOT, "--kind", "run", "-o", str(tmp_path / "runs.md"))
    assert f"papers in it: {len(grids)}" in made.out


def test_one_day_and_one_team(call: Cli, tmp_path: Path) -> None:
    """``--day`` and ``--team`` keep the visits of a day and those on which all these people go; none is a mistake that says so."""
    (book, *_others) = _find_books(tmp_path)
    day = book.stem.removeprefix("sheets-")
    single = tmp_path / "day.xlsx"
    assert call("visit", "sheets", SLOT, "--day", day, "-o", str(single)).status == 0
    assert single.read_bytes() == book.read_bytes()
    schedule = json.loads(call("schedule", "show", SLOT, "--json").out)
    visits = schedule["visits"] if isinstance(schedule, dict) else schedule
    member = visits[0]["team"][0]["id"] if isinstance(visits[0]["team"][0], dict) else visits[0]["team"][0]
    paper = tmp_path / "team.md"
    assert call("visit", "sheets", SLOT, "--team", member, "-o", str(paper)).status == 0
    assert 0 < paper.read_text("utf-8").count("综合检查记录表（一企一表）") <= 5
    none = call("visit", "sheets", SLOT, "--team", "R99", "-o", str(tmp_path / "none.md"))
    assert (none.status, "no visit of that day and those people" in none.err) == (2, True)


def test_the_record_of_the_draw(call: Cli, tmp_path: Path) -> None:
    """The record names place, host, operator, sources with their values, the digests, and the film by its digest."""
    film, paper = tmp_path / "抽取.mp4", tmp_path / "record.md"
    film.write_bytes(b"abc")
    words = (
        "visit",
        "sheets",
        SLOT,
        "--kind",
        "record",
        "--place",
        "镇政府大厅",
        "--host",
        "<b>主持人</b>",
        "--video",
        str(film),
    )
    assert call(*words, "-o", str(paper)).status == 0
    text = paper.read_text("utf-8")
    for word in (
        "镇政府大厅",
        "\\<b\\>主持人",
        month.OPERATOR,
        month.SEALED,
        "31415",
        "抽取.mp4",
        "3 字节",
        "2026年11月30日",
    ):
        assert word in text
    # FIPS 180-2, appendix B.1
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in text
    seed = json.loads(call("draw", "show", SLOT, "--json").out)["seed"]
    assert seed in text


def test_what_does_not_go_together(call: Cli, tmp_path: Path) -> None:
    """Signed papers are no workbook, and one workbook holds one day alone."""
    notice = call("visit", "sheets", SLOT, "--kind", "notice", "-o", str(tmp_path / "a.xlsx"))
    assert (notice.status, "--format pdf or docx" in notice.err) == (2, True)
    days = call("visit", "sheets", SLOT, "-o", str(tmp_path / "a.xlsx"))
    assert (days.status, "a folder with -o" in days.err) == (2, True)
