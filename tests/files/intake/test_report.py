"""A person's own rows with the mistakes beside them: the same rows, marked, ready to be corrected and imported again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from inspect_cli import language
from inspect_cli.errors import InputError, Mistake, Position, RefusedError, UsageMistake, say
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.report import ReportOrder, write_report
from inspect_cli.files.intake.sheets import ENTITIES
from tests.files.intake.files import BUREAU, CODE, OTHER, digest_of, write

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "企业名称,统一社会信用代码,适用领域,身份证号,网格,备注"
HOSTILE = "=cmd|'/c calc'!A1"
LINES = (
    "某局检查对象名录",
    HEADER,
    f"甲厂,{CODE},安全,110101199001010000,网格01,{HOSTILE}",
    "",
    f"乙厂,{OTHER[:-1]}X,安全,110101199001010001,007,http://a.example",
    f",{OTHER},消防,,网格02,",
)


def mistakes_of(path: Path, choices: ReadChoices) -> tuple[Mistake, ...]:
    """Give the mistakes of a file that has some."""
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU, choices)
    return caught.value.mistakes


def cells_of(path: Path) -> list[list[object]]:
    """Give the cells of a workbook's only sheet as another program reads them, from A1 on."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def rewrite(path: Path, changes: dict[tuple[int, int], str]) -> None:
    """Write the workbook anew with some cells changed, as a person in a spreadsheet program would."""
    rows = cells_of(path)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if text := changes.get((number, place), str(cell)):
                    page.write_string(number, place, text)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write a report of a file with three mistakes in two rows."""
    source, target = write(tmp_path, *LINES), tmp_path / "问题.xlsx"
    choices = ReadChoices(today=date(2026, 11, 22))
    order = ReportOrder(
        source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes_of(source, choices), choices=choices
    )
    assert write_report(target, order) == 2
    return target


def test_report_holds_the_persons_own_rows_in_place(report: Path) -> None:
    """Each row stands where it stood, note rows and gaps too, with its texts as texts; identity numbers are left out."""
    rows = cells_of(report)
    assert rows[0][0] == "某局检查对象名录"
    assert rows[1] == ["企业名称", "统一社会信用代码", "适用领域", "网格", "备注", "Problems"]
    assert rows[2] == ["甲厂", CODE, "安全", "网格01", HOSTILE, ""]
    assert not any(rows[3])
    assert rows[4][:5] == ["乙厂", f"{OTHER[:-1]}X", "安全", "007", "http://a.example"]
    assert not any("110101199001010000" in str(row) for row in rows)


def test_report_says_each_mistake_beside_its_row(report: Path) -> None:
    """The last column names column, mistake and remedy, one mistake a line; a good row has nothing there."""
    rows = cells_of(report)
    assert str(rows[4][-1]).startswith("统一社会信用代码: the check character of the credit code is X")
    first, second = str(rows[5][-1]).split("\n")
    assert first == "企业名称: the cell is empty; fill it in"
    assert second.startswith("适用领域: 消防 is no domain of the bureau; name one of")
    assert rows[2][-1] == ""


def test_corrected_report_is_imported(report: Path) -> None:
    """With the marked cells corrected the report itself is imported: its own column and its gaps are no mistakes."""
    rewrite(report, {(4, 1): OTHER, (5, 0): "丙厂", (5, 1): "110108000000016", (5, 2): "安全"})
    intake = read_entities(report, BUREAU)
    assert [(row.row, row.value.name) for row in intake.rows] == [(3, "甲厂"), (5, "乙厂"), (6, "丙厂")]
    assert [one.where.column for one in intake.notices if one.where.column] == ["备注"]
    assert intake.values[1].zone == "007"


def test_report_of_the_bad_rows_alone(tmp_path: Path) -> None:
    """Beside a partial import the report holds the header and the rows that were left out, nothing else."""
    source, target = write(tmp_path, *LINES), tmp_path / "a.xlsx"
    intake = read_entities(source, BUREAU, ReadChoices(partial=True))
    assert [row.row for row in intake.rows] == [3]
    assert intake.rows_read == 3
    order = ReportOrder(
        source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=intake.mistakes, only_bad=True
    )
    assert write_report(target, order) == 2
    rows = cells_of(target)
    assert [row[1] for row in rows] == ["统一社会信用代码", f"{OTHER[:-1]}X", OTHER]
    rewrite(target, {(1, 1): OTHER, (2, 0): "丙厂", (2, 1): "110108000000016", (2, 2): "安全"})
    assert [entity.name for entity in read_entities(target, BUREAU).values] == ["乙厂", "丙厂"]


def test_report_in_chinese(tmp_path: Path) -> None:
    """The column of problems has its Chinese name in Chinese, and is known as well."""
    language.settle("zh")
    source, target = write(tmp_path, *LINES), tmp_path / "a.xlsx"
    write_report(
        target,
        ReportOrder(
            source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes_of(source, ReadChoices())
        ),
    )
    rows = cells_of(target)
    assert rows[1][-1] == "问题"
    assert "企业名称" in str(rows[5][-1])


def test_mistakes_that_the_file_does_not_show(tmp_path: Path) -> None:
    """Mistakes without a column, without a row, with a field's first header, and more than a cell can take are all told."""
    source, target = write(tmp_path, *LINES[1:3]), tmp_path / "a.xlsx"
    here = Position(file=source.name, row=2)
    mistakes = (
        Mistake(what=say("nobody on the roster has this number"), where=here),
        Mistake(
            what=say("the cell is empty"), where=Position(file=source.name, row=2, column="统一社会信用代码/注册号")
        ),
        Mistake(what=say("the cell is empty"), where=Position(file=source.name, row=2, column="登记机关")),
        Mistake(what=say("the column is missing"), where=Position(file=source.name)),
        *[Mistake(what=say("the cell is empty"), where=here)] * 30,
    )
    assert (
        write_report(target, ReportOrder(source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes))
        == 1
    )
    lines = str(cells_of(target)[1][-1]).split("\n")
    assert lines[0] == "nobody on the roster has this number"
    assert lines[-1] == "… and 13 more"


def test_report_replaces_neither_the_file_nor_another(tmp_path: Path) -> None:
    """The file itself, another file and a name that is no workbook's are refused; the same report again changes nothing."""
    source, target = write(tmp_path, *LINES), tmp_path / "a.xlsx"
    order = ReportOrder(
        source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes_of(source, ReadChoices())
    )
    with pytest.raises(UsageMistake, match="no name for one"):
        write_report(tmp_path / "a.csv", order)
    write_report(target, order)
    assert write_report(target, order) == 2
    target.write_bytes(b"mine")
    with pytest.raises(RefusedError, match="is there already"):
        write_report(target, order)
    assert target.read_bytes() == b"mine"
    write_report(target, order, overwrite=True)
    again = ReportOrder(source=target, digest=digest_of(target), sheet=ENTITIES, mistakes=())
    with pytest.raises(RefusedError, match="take the place of the file itself"):
        write_report(target, again, overwrite=True)


def test_report_within_the_bounds_of_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that no sheet could hold is refused before it stands anywhere, with the way around."""
    source, target = write(tmp_path, *LINES), tmp_path / "a.xlsx"
    mistakes = mistakes_of(source, ReadChoices())
    monkeypatch.setattr("inspect_cli.files.intake.report.ROW_LIMIT", 4)
    with pytest.raises(InputError, match="more than 4 rows") as caught:
        write_report(target, ReportOrder(source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes))
    assert "--partial" in str(caught.value.hint)
    assert not target.exists()
    write_report(
        target, ReportOrder(source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes, only_bad=True)
    )


def test_texts_that_no_workbook_can_hold(tmp_path: Path) -> None:
    """Control characters, half a screen of text and the two characters that XML does not know leave a workbook that opens."""
    name = "甲\x07\ufffe\uffff" + "长" * 40_000
    source, target = write(tmp_path, HEADER, f"{name},{CODE},安全,,,_x0041_"), tmp_path / "a.xlsx"
    order = ReportOrder(
        source=source,
        digest=digest_of(source),
        sheet=ENTITIES,
        mistakes=(Mistake(what=say("the cell is empty"), where=Position(file="a", row=2)),),
    )
    write_report(target, order)
    assert len(str(cells_of(target)[1][0])) >= 32_000
    assert str(cells_of(target)[1][-1]).startswith("企业名称: only the first 32767 characters stand here")


def test_cell_that_is_cut_is_told_in_a_good_row_too(tmp_path: Path) -> None:
    """A text longer than a cell takes is marked beside its row, which is no row with mistakes for that."""
    lines = (HEADER, f"甲厂,{CODE},安全,,,{'长' * 32_768}", f"乙厂,{OTHER},安全,,,{'长' * 32_767}", ",,安全,,,")
    source, target = write(tmp_path, *lines), tmp_path / "a.xlsx"
    mistakes = mistakes_of(source, ReadChoices())
    assert {one.where.row for one in mistakes} == {4}
    order = ReportOrder(source=source, digest=digest_of(source), sheet=ENTITIES, mistakes=mistakes)
    assert write_report(target, order) == 1
    rows = cells_of(target)
    assert str(rows[1][-1]).startswith("备注: only the first 32767 characters stand here")
    assert [rows[2][-1], len(str(rows[1][4])), len(str(rows[2][4]))] == ["", 32_767, 32_767]


def test_file_that_was_changed_meanwhile(tmp_path: Path) -> None:
    """A file saved anew between the reading and the report is refused: its mistakes would stand beside the wrong rows."""
    source, target = write(tmp_path, *LINES), tmp_path / "a.xlsx"
    with pytest.raises(InputError) as found:
        read_entities(source, BUREAU)
    digest = found.value.digest
    assert digest == digest_of(source)
    write(tmp_path, *LINES[:2], LINES[-1], *LINES[2:])
    order = ReportOrder(source=source, digest=digest, sheet=ENTITIES, mistakes=found.value.mistakes)
    with pytest.raises(InputError, match="was changed while it was read") as caught:
        write_report(target, order)
    assert caught.value.where == Position(file=source.name)
    assert not target.exists()
