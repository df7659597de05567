"""The headers of bureaus' files, Chinese and English, in the ways in which they are written."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.files.intake import sheets
from inspect_cli.files.intake.headers import INFORMING, NEAR_FROM, Sheet, fold_header, is_identity, match_headers

SHEETS = {
    name: sheet for name, sheet in vars(sheets).items() if isinstance(sheet, Sheet)
}  # every sheet of the module, under its name
# The synonyms that the field's description lists.
FIELD_HEADERS = {
    "ENTITIES": (
        "企业名称 市场主体名称 检查对象 统一社会信用代码 统一社会信用代码/注册号 统一社会信用代码(注册号) 注册号 "
        "法定代表人 注册地址 住所 经营场所 登记机关 管辖单位 行业 行业代码 信用风险等级 "
        "风险分类 网格 片区 登记状态 成立日期 联系人 联系方式 企业规模 适用领域"
    ),
    "INSPECTORS": (
        "编号 姓名 执法证号 执法证编号 有效期至 发证机关 单位 部门 中队 职务 执法领域 岗位资格 执法事项范围 是否专家 可任组长 网格 "
        "每日上限 每月上限 人员状态 手机号"
    ),
    "MATTERS": (
        "编号 抽查领域 抽查事项 抽查内容 抽查依据 抽查对象 抽查方式 抽查比例 抽查频次 "
        "事项类别 事项类别(一般/重点) 权力来源 生效日期 失效日期 备注"
    ),
    "VISITS": "统一社会信用代码/注册号 检查日期 检查类型 检查领域 检查部门",
    "LEAVE": "编号 开始日期 结束日期 原因",
    "RECUSALS": "编号 统一社会信用代码/注册号 回避原因 开始日期 结束日期",
}


@pytest.mark.parametrize(
    ("sheet", "header"), [(sheet, header) for sheet, text in FIELD_HEADERS.items() for header in text.split()]
)
def test_headers_of_the_field_are_known(sheet: str, header: str) -> None:
    """Every header that bureaus' files are known to carry names a field."""
    assert SHEETS[sheet].find_field(header) is not None


@pytest.mark.parametrize("name", SHEETS)
def test_no_header_names_two_fields(name: str) -> None:
    """Within a sheet each header, folded, belongs to one field, and each field's own name is a header."""
    sheet = SHEETS[name]
    owners = defaultdict(set)
    for field, headers in sheet.fields.items():
        for header in (*headers, field):
            owners[fold_header(header)].add(field)
    assert [header for header, fields in owners.items() if len(fields) > 1] == []
    assert all(sheet.find_field(field) == field for field in sheet.fields)


@pytest.mark.parametrize(
    "header",
    [
        "企业名称",
        " 企业 名称\u3000",
        "*企业名称",
        "企业名称:",
        "企业名称：",
        "企业名称（必填）",
        "企业\n名称",
        "\ufeff企业名称\u200b",
        "企业名称(全称)",
        "Company Name",
        "company_name",
        "ＣＯＭＰＡＮＹ－ＮＡＭＥ",
    ],
)
def test_header_in_every_dress(header: str) -> None:
    """Blanks, marks for required columns, width, case and remarks in brackets make no other header."""
    assert sheets.ENTITIES.find_field(header) == "name"


@pytest.mark.parametrize(
    "header", ["身份证号", "公民身份号码", "法定代表人(身份证号)", "联系方式 / 身份证", "ID card no."]
)
def test_identity_numbers_are_recognised_first(header: str) -> None:
    """A column of identity numbers is recognised as one, even where its header begins like another."""
    assert is_identity(header)
    columns = match_headers(["企业名称", header], sheets.ENTITIES)
    assert columns.identity == (1,)
    assert set(columns.places) == {"name"}


def test_match_tells_all_about_a_header_row() -> None:
    """Places, doubles, missing groups, and unknown columns are found in one go; a blank header is none of them."""
    columns = match_headers(["行业", "企业名称", "行业代码", "", "颜色"], sheets.ENTITIES)
    assert columns.places == {"industry": 0, "name": 1}
    assert columns.doubled == ((0, "industry"), (2, "industry"))
    assert columns.missing == (("credit_code", "registration_number"), ("domains",))
    assert columns.unknown == (4,)


def test_one_of_two_alternatives_is_enough() -> None:
    """A registration number stands in for the credit code."""
    assert match_headers(["企业名称", "注册号", "适用领域"], sheets.ENTITIES).missing == ()


@pytest.mark.parametrize(
    ("sheet", "header", "field"),
    [
        ("ENTITIES", "統一社會信用代碼", "credit_code"),
        ("ENTITIES", "企業名稱", "name"),
        ("ENTITIES", "網格", "zone"),
        ("ENTITIES", "適用領域", "domains"),
        ("ENTITIES", "信用風險等級", "risk_class"),
        ("ENTITIES", "統一社會信用代碼／註冊號", "credit_code"),
        ("INSPECTORS", "執法證號", "certificate"),
        ("INSPECTORS", "人員狀態", "in_service"),
        ("MATTERS", "抽查事項", "name"),
        ("VISITS", "檢查日期", "day"),
        ("LEAVE", "結束日期", "last"),
        ("RECUSALS", "迴避原因", "reason"),
    ],
)
def test_traditional_characters(sheet: str, header: str, field: str) -> None:
    """Headers in traditional characters are those in simplified ones."""
    assert SHEETS[sheet].find_field(header) == field


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("统一社会信用代吗", "统一社会信用代码"),
        ("统一社会用信代码", "统一社会信用代码"),
        ("统社会信用代码", "统一社会信用代码"),
        ("统一社会信用代码码", "统一社会信用代码"),
        ("企业名成", "企业名称"),
        ("campany name", "company name"),
    ],
)
def test_near_miss_of_a_header(header: str, meant: str) -> None:
    """One character wrong, missing, too many, or two changed: the header that was meant is named, and the column is not read."""
    assert sheets.ENTITIES.find_field(header) is None
    near = sheets.ENTITIES.find_near(header)
    assert near is not None
    assert near[1] == meant


@pytest.mark.parametrize("header", ["", "行也", "网各", "颜色标记", "统一社会信代吗", "企业电话号码"])
def test_what_is_no_near_miss(header: str) -> None:
    """Short headers, and those with two characters wrong, could mean anything."""
    assert sheets.ENTITIES.find_near(header) is None


@given(
    header=st.sampled_from([h for f in sheets.ENTITIES.fields.values() for h in f if len(fold_header(h)) > NEAR_FROM]),
    place=st.integers(0, 30),
    other=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
)
def test_any_one_wrong_character_is_near(header: str, place: int, other: str) -> None:
    """Whichever character of a header is another one, some header that it misses is found, or it is another known header."""
    at = place % len(header)
    wrong = header[:at] + other + header[at + 1 :]
    assert sheets.ENTITIES.find_field(wrong) is not None or sheets.ENTITIES.find_near(wrong) is not None


def test_columns_that_are_known_and_not_read() -> None:
    """A running number, and the problems of a report, are passed over without a word; the day of the last visit with one."""
    columns = match_headers(["序号", "企业名称", "问题", "Problems", "上次抽查日期"], sheets.ENTITIES)
    assert columns.places == {"name": 1}
    assert columns.left_out == (0, 2, 3)
    assert columns.unknown == (4,)
    what = sheets.ENTITIES.find_apart("上次抽查日期")
    assert "inspect-cli visit import" in str(what)
    assert sheets.ENTITIES.find_apart("颜色") is None


def test_columns_of_an_export_that_only_inform_are_left_out_without_a_word() -> None:
    """What an export adds for its reader, in either language, is neither a field nor unknown."""
    for term in INFORMING.values():
        for header in (term.zh, term.en):
            columns = match_headers(["企业名称", header], sheets.ENTITIES)
            assert columns.unknown == ()
            assert columns.left_out == (1,)
