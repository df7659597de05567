"""``notice export``: the sheets of other platforms, read back by another program, hold what each may hold."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from tests import published_month
from tests.small_month import APPROVER, OPERATOR, PUBLISHER
from tests.terminal import call

if TYPE_CHECKING:
    from pathlib import Path

PROVINCIAL = [
    "抽查计划名称",
    "抽查任务编号",
    "抽查类型",
    "检查对象名称",
    "统一社会信用代码",
    "检查机关",
    "检查人员",
    "执法证号",
    "抽查领域",
    "抽查事项编号",
    "抽查事项",
    "检查方式",
    "检查日期",
    "检查结果代码",
    "检查结果",
    "发现问题情况",
    "后续处置",
    "整改期限",
    "审核日期",
    "公示日期",
    "公示文号",
]
CREDIT = [
    "抽查计划名称",
    "抽查任务编号",
    "抽查类型",
    "企业名称",
    "统一社会信用代码",
    "检查实施机关",
    "类型",
    "日期",
    "结果",
    "备注",
    "公示文号",
    "公示日期",
]


def _read(path: Path) -> tuple[list[str], list[dict[str, object]]]:
    """Read the only sheet of a workbook: its header, and its rows by header; every cell is a text, and none a formula."""
    with zipfile.ZipFile(path) as parts:
        assert re.findall("<[fv][> ]", parts.read("xl/worksheets/sheet1.xml").decode().partition('<row r="2"')[2]) == []
    book = CalamineWorkbook.from_path(path)
    (name,) = book.sheet_names
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [str(cell) for cell in head], [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _export(folder: Path, platform: str, about: str = "2026-12") -> tuple[list[str], list[dict[str, object]]]:
    target = folder / f"{platform}.xlsx"
    published_month.run(
        folder, OPERATOR, "2026-12-29", "notice", "export", "--platform", platform, about, "-o", target, "--force"
    )
    return _read(target)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Give the folder of the published month."""
    published_month.fill_folder(tmp_path)
    return tmp_path


def test_the_credit_systems_sheet(month: Path) -> None:
    """PLATFORM-1: a line for each of the four companies that the notice shows, with what it shows of them."""
    head, rows = _export(month, "credit")
    assert head == CREDIT
    visited = published_month.entities_of(month)[2:]
    assert [row["统一社会信用代码"] for row in rows] == list(visited)
    assert rows[0] == {
        "抽查计划名称": "2026年12月双随机抽查计划",
        "抽查任务编号": "2026-12/1",
        "抽查类型": "不定向",
        "企业名称": f"示例第{int(visited[0][1:])}厂",
        "统一社会信用代码": visited[0],
        "检查实施机关": "示例镇综合行政执法局",
        "类型": "抽查",
        "日期": rows[0]["日期"],
        "结果": "发现问题待后续处理" if "安全" in str(rows[0]["备注"]) else "发现问题已责令改正",
        "备注": rows[0]["备注"],
        "公示文号": "示综执抽查〔2026〕3号",
        "公示日期": "2026-12-28",
    }
    assert str(rows[0]["备注"]).startswith("劳动：发现问题已责令改正")


def test_the_provincial_sheet(month: Path) -> None:
    """PLATFORM-2: a line for each domain with two people who went there, their certificates, and the result's number and word."""
    head, rows = _export(month, "provincial", "2026-12/1")
    assert head == PROVINCIAL
    assert {row["统一社会信用代码"] for row in rows} == set(published_month.entities_of(month)[2:])
    for row in rows:
        people, certificates = (str(row[name]).split("、") for name in ("检查人员", "执法证号"))
        assert [name.removeprefix("检查员") for name in people[:2]] == [
            one.removeprefix("示执") for one in certificates[:2]
        ]
        assert (row["检查结果代码"], row["检查结果"]) in {
            ("1", "未发现问题"),
            ("5", "发现问题已责令改正"),
            ("8", "发现问题待后续处理"),
        }
        assert (row["检查方式"], row["审核日期"], row["公示日期"]) == ("实地检查", "2026-12-27", "2026-12-28")


def test_who_takes_internal_fields_out_is_in_the_log(month: Path) -> None:
    """The provincial sheet is said to be internal, wants an operator, and is logged with its columns; the credit system's is not."""
    words = ("notice", "export", "2026-12", "-o", month / "p.xlsx", "--platform")
    status, _, err = call(*published_month.options(month), "--as", OPERATOR, *words, "provincial")
    assert (status, "internal" in err) == (0, True)
    assert call(*published_month.options(month), "--as", PUBLISHER, *words, "provincial", "--force")[0] == 4
    assert call(*published_month.options(month), *words, "credit", "--force")[0] == 0
    log = json.loads(published_month.run(month, OPERATOR, "2026-12-29", "log", "show", "--json"))
    assert [entry["detail"]["fields"][:2] for entry in log if entry["act"] == "notice export"] == [
        ["检查人员", "执法证号"]
    ]


def test_what_is_no_longer_shown_is_not_given_to_the_credit_system(month: Path) -> None:
    """PLATFORM-1, PLATFORM-3: after a withdrawal the line is gone there, and stays in the province's sheet, which is internal."""
    gone = published_month.entities_of(month)[2]
    why = ("--reason", "公示有误", "--basis", "复核意见", "--approver", APPROVER, "--yes")
    document = "示综执抽查〔2026〕3号"
    published_month.run(month, PUBLISHER, "2026-12-29", "notice", "withdraw", document, gone, *why)
    assert gone not in [row["统一社会信用代码"] for row in _export(month, "credit")[1]]
    lines = [row for row in _export(month, "provincial")[1] if row["统一社会信用代码"] == gone]
    assert {row["公示文号"] for row in lines} == {""}


def test_the_same_store_gives_the_same_bytes(month: Path) -> None:
    """A sheet that is written twice is the same to the byte."""
    for platform in ("credit", "provincial"):
        _export(month, platform)
        before = (month / f"{platform}.xlsx").read_bytes()
        _export(month, platform)
        assert (month / f"{platform}.xlsx").read_bytes() == before


@pytest.mark.parametrize("about", ["2026-11", "2026-12/7"])
def test_what_is_not_there_is_a_usage_mistake(month: Path, about: str) -> None:
    """A month without a draw and a draw that is not there are refused, and nothing is written."""
    target = month / "x.xlsx"
    words = ("notice", "export", "--platform", "credit", about, "-o", target)
    assert call(*published_month.options(month), *words)[0] == 2
    assert not target.exists()
