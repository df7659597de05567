"""The words of imports as a Chinese reader sees them: values, places, what to do next, and what a table shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

CODE = "91350100M000100Y43"
OLD = "350100000000010"
"""A registration number with a right check digit."""
ROSTER = "编号,姓名,执法领域,执法证号,可任组长,人员状态\nR001,王一,{skills},闽1,{lead},{status}\n"


@pytest.fixture
def call(begun: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store; give the program as 甲 calls it in Chinese."""
    return lambda *words: begun("--lang", "zh", "--as", "甲", "--today", "2026-03-05", *words)


def _write(name: str, text: str, folder: Path, encoding: str = "utf-8") -> str:
    (folder / name).write_text(text, encoding)
    return name


def test_changes_are_told_in_the_readers_words(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Domains by their labels, yes and no as words, in a preview, in a refusal and where nobody can be asked."""
    call("inspector", "import", _write("a.csv", ROSTER.format(skills="劳动、安全", lead="是", status="有效"), tmp_path))
    changed = _write("b.csv", ROSTER.format(skills="卫生、劳动", lead="否", status="失效"), tmp_path)
    seen = call("inspector", "import", changed, "--dry-run").out
    assert "R001，执法领域：“劳动、安全”将改为“卫生、劳动”" in seen
    assert "R001，可任组长：“是”将改为“否”" in seen
    refused = call("inspector", "import", changed).err
    assert "第2行，执法领域：文件为“卫生、劳动”，名录库中为“劳动、安全”" in refused
    assert "第2行，人员状态：文件为“否”，名录库中为“是”" in refused
    unasked = call("inspector", "import", changed, "--update")
    assert unasked.status == 4
    assert "未导入任何内容：更改关键字段 2 处\n" in unasked.err


def test_a_filled_and_an_emptied_field_are_told(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Nothing is called a blank, before and after; several tags are joined as in Chinese."""
    sheet = "企业名称,统一社会信用代码,适用领域,网格,标签\n甲厂,{},劳动,{},{}\n"
    call("entity", "import", _write("a.csv", sheet.format(CODE, "网格01", ""), tmp_path))
    changed = _write("b.csv", sheet.format(CODE, "", "危化品、夜班"), tmp_path)
    seen = call("entity", "import", changed, "--dry-run").out
    assert f"{CODE}，网格：“网格01”将改为空白" in seen
    assert f"{CODE}，标签：空白将改为“危化品、夜班”" in seen
    refused = call("entity", "import", changed).err
    assert "第2行，网格：文件为空，名录库中为“网格01”" in refused
    assert "第2行，标签：文件为“危化品、夜班”，名录库中为空" in refused
    call("entity", "import", changed, "--update")
    assert "标签：无 → 危化品、夜班" in call("entity", "history", CODE).out


def test_the_next_step_names_the_report(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Mistakes lead to --report, and once it is written to the workbook; what to do about the cell comes first."""
    wrong = _write("a.csv", f"企业名称,统一社会信用代码,适用领域\n甲厂,{CODE},消防\n", tmp_path)
    found = call("entity", "import", wrong).err.splitlines()
    assert found[2].startswith("  第2行，适用领域：“消防”不是本单位的领域")
    assert found[3].startswith("办法：请填写其中之一")
    assert "--report" in found[4]
    found = call("entity", "import", wrong, "--report", "错误.xlsx").err.splitlines()
    assert found[-1] == "办法：请在 错误.xlsx 中改正标红的单元格，再导入该文件"


def test_a_text_in_another_encoding_is_suspected(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Where no header is found in a text, the encoding in which it was read is named, with the option for another."""
    big5 = _write("a.csv", "企業名稱,統一社會信用代碼,適用領域\n", tmp_path, "big5")
    found = call("entity", "import", big5)
    assert found.status == 3
    assert "文本按 gb18030 编码读取，如不对请用 --encoding 指明" in found.err


def test_a_workbook_without_a_cell_is_empty(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """A workbook that was sent before it was filled in is called empty, and not one without a header."""
    book = Workbook(tmp_path / "空.xlsx")
    book.add_worksheet()
    book.close()
    found = call("entity", "import", "空.xlsx")
    assert (found.status, "错误：文件是空的" in found.err, "没有表头" in found.err) == (3, True, False)


def test_each_frequency_that_is_read_as_a_cap_is_told(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """MATTER-6: 1次/年 and 每年1次 mean the same, and each is told where it first stands."""
    rows = "".join(
        f"M{number},劳动,事项,《法》,{text}\n" for number, text in enumerate(("1次/年", "每年1次", "1次/年"))
    )
    told = call("matter", "import", _write("a.csv", "编号,抽查领域,抽查事项,抽查依据,抽查频次\n" + rows, tmp_path)).err
    assert told.count("已理解为每年上限 1 次") == 2
    assert "第3行，抽查频次：“每年1次”" in told


def test_a_person_has_a_full_name(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """A person's name is 姓名 and a company's 名称; both numbers of a change of number have names of their own."""
    call("inspector", "import", _write("a.csv", ROSTER.format(skills="劳动", lead="是", status="有效"), tmp_path))
    assert "姓名" in call("inspector", "list").out
    assert "姓名" in call("inspector", "show", "R001").out
    numbers = f"企业名称,统一社会信用代码,注册号,适用领域\n甲厂,{CODE},{OLD},劳动\n"
    seen = call("entity", "import", _write("b.csv", numbers, tmp_path), "--dry-run").out
    assert ["C", "注册号", "注册号", OLD] in [line.split() for line in seen.splitlines()]


def test_names_are_read_beside_two_numbers(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """At 80 columns the list of the retired has room for names although each row may have two numbers."""
    call(
        "entity", "import", _write("a.csv", f"企业名称,统一社会信用代码,适用领域\n示例镇五金厂,{OLD},劳动\n", tmp_path)
    )
    assert call("entity", "renumber", OLD, CODE, "--reason", "换证", "--yes").status == 0
    shown = call("entity", "list", "--retired").out
    assert f"{OLD}     示例镇五金厂" in shown
    assert "2026-03-05  " + CODE in shown


def test_several_notices_name_their_file_once(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Above several notices stand the file and the sheet; a single one names them itself."""
    book = Workbook(tmp_path / "甲.xlsx")
    sheet = book.add_worksheet("名录")
    for place, row in enumerate((("企业名称", "统一社会信用代码", "适用领域", "备注"), ("甲厂", CODE, "劳动", "x"))):
        sheet.write_row(place, 0, row)
    book.close()
    assert (
        call("entity", "import", "甲.xlsx", "--dry-run").err
        == "注意：甲.xlsx，工作表 名录，第1行，备注：不认识该列，已略去\n"
    )
    call("entity", "import", "甲.xlsx")
    call("entity", "retire", CODE, "--reason", "注销")
    told = call("entity", "import", "甲.xlsx").err.splitlines()
    assert told[:2] == ["注意：甲.xlsx，工作表 名录", "  第1行，备注：不认识该列，已略去"]
    assert told[2].startswith(f"  “{CODE}”：名录库中此行已退出")
