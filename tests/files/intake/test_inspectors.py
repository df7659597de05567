"""Inspectors, experts, and their leave from outside files."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.registry.inspector import Inspector, Leave
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from tests.files.intake.files import BUREAU, INSPECTOR_HEADER, told, write

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)


def test_inspector_with_every_field(tmp_path: Path) -> None:
    """Each column comes to its field; long-term is no end, and zones are sorted."""
    path = write(
        tmp_path,
        INSPECTOR_HEADER,
        "R001,甲,苏A-001,长期,某省,某局,一中队,队员,劳动；安全,否,√,网格2、网格1,2,８,139,有效",
    )
    intake = read_inspectors(path, BUREAU, ReadChoices(today=TODAY))
    assert intake.notices == ()
    (inspector,) = intake.values
    assert inspector == Inspector(
        id=inspector.id,
        name="甲",
        skills=inspector.skills,
        certificate="苏A-001",
        valid_until=None,
        is_expert=False,
        may_lead=True,
        zones=("网格1", "网格2"),
        day_cap=2,
        month_cap=8,
        unit="某局",
        squad="一中队",
        position="队员",
        issuing_authority="某省",
        telephone="139",
    )
    assert (inspector.id, inspector.skills) == ("R001", ("labour", "safety"))


def test_certificates(tmp_path: Path) -> None:
    """REG-10: an inspector needs a certificate with its end, no two have the same, and an expert needs none."""
    path = write(
        tmp_path,
        INSPECTOR_HEADER,
        "R1,甲,,长期,,,,,安全,否,,,,,,",
        "R2,乙,苏1,,,,,,安全,,,,,,,",
        "R3,丙,苏1,长期,,,,,安全,,,,,,,",
        "R4,丁,3.20E+13,长期,,,,,安全,,,,,,,",
        "E1,戊,,,,,,,安全,是,,,,,,",
        "R1,己,苏2,2026-11-20,,,,,安全,,,,,,,",
    )
    with pytest.raises(InputError) as caught:
        read_inspectors(path, BUREAU, ReadChoices(today=TODAY))
    assert told(caught.value.mistakes) == [
        (2, "执法证号", "an inspector who is no expert needs an enforcement certificate"),
        (3, "有效期至", "the cell is empty"),
        (4, "执法证号", "row 3 says the same"),
        (5, "执法证号", "the number was kept as a number and has lost its last digits"),
        (7, "编号", "row 2 says the same"),
    ]


def test_notices_about_inspectors(tmp_path: Path) -> None:
    """Told are an ended certificate, a zone that is not listed, and who is out of service; without a certificate they are left out."""
    path = write(
        tmp_path,
        "编号,姓名,执法证号,有效期至,执法领域,网格,人员状态",
        "R1,甲,苏1,2026-11-20,安全,九,有效",
        "R2,乙,,,,,失效",
        "R3,丙,苏3,2026-11-21,安全,,在岗",
        "R4,丁,苏4,,,,离岗",
    )
    intake = read_inspectors(path, dataclasses.replace(BUREAU, zones=("一",)), ReadChoices(today=TODAY))
    assert [(one.id, one.in_service, one.skills) for one in intake.values] == [
        ("R1", True, ("safety",)),
        ("R2", False, ()),
        ("R3", True, ("safety",)),
        ("R4", False, ()),
    ]
    assert told(intake.notices) == [
        (1, "可任组长", "without this column nobody may lead a team"),
        (2, "有效期至", "the certificate has ended"),
        (2, "网格", "the zone 九 is not listed in inspect.toml"),
        (3, "人员状态", "out of service: seated in no draw"),
        (5, "人员状态", "out of service: seated in no draw"),
    ]
    path = write(tmp_path, "编号,姓名,执法证号,执法领域,人员状态", "R1,甲,苏1,安全,休假")
    with pytest.raises(InputError) as caught:
        read_inspectors(path, BUREAU)
    assert told(caught.value.mistakes) == [(2, "人员状态", "休假 is neither valid nor invalid")]


def test_roster_without_ends_of_certificates(tmp_path: Path) -> None:
    """Where the file has no column for it, certificates are long-term, and that is told."""
    intake = read_inspectors(write(tmp_path, "编号,姓名,执法证号,执法领域,组长", "R1,甲,苏1,安全,是"), BUREAU)
    assert [inspector.valid_until for inspector in intake.values] == [None]
    assert told(intake.notices) == [(1, "有效期至", "without this column every certificate is taken as long-term")]


def test_leave(tmp_path: Path) -> None:
    """REG-11: leave has two days in order; the same leave twice is a mistake."""
    header = "编号,姓名,开始日期,结束日期,原因"
    intake = read_leave(
        write(tmp_path, header, "R1,甲,2026-12-01,2026-12-01,培训", "R1,甲,2026-12-03,2026-12-04,"), BUREAU
    )
    assert intake.values[0] == Leave(
        inspector=intake.values[0].inspector, first=date(2026, 12, 1), last=date(2026, 12, 1), reason="培训"
    )
    assert intake.values[1].reason == ""
    assert told(intake.notices) == [(1, "姓名", "the column is not known, and is left out")]
    path = write(
        tmp_path,
        header,
        "R1,,2026-12-01,2026-12-02,a",
        "R1,,2026-12-01,2026-12-02,b",
        "R2,,2026-12-02,2026-12-01,",
        ",,,,",
    )
    with pytest.raises(InputError) as caught:
        read_leave(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [(3, "编号"), (4, "结束日期")]
    with pytest.raises(InputError) as caught:
        read_leave(write(tmp_path, header, "R1,甲,,,"), BUREAU)
    assert len(caught.value.mistakes) == 2


def test_columns_by_the_words_of_bureaus(tmp_path: Path) -> None:
    """岗位资格, 部门, 所属中队, 是否组长, 日上限 and 执法证状态 are columns of the roster as much as the words that we write."""
    path = write(
        tmp_path,
        "工号,执法人员姓名,执法证编号,执法证有效期至,部门,所属中队,岗位资格,是否组长,日上限,月上限,执法证状态",
        "7,甲,苏7,2027-03-31,综合执法局,二中队,安全、劳动,是,1,6,有效",
    )
    (one,) = read_inspectors(path, BUREAU).values
    assert (one.id, one.certificate, one.valid_until, one.unit, one.squad) == (
        "7",
        "苏7",
        date(2027, 3, 31),
        "综合执法局",
        "二中队",
    )
    assert (one.skills, one.may_lead, one.day_cap, one.month_cap, one.in_service) == (
        ("labour", "safety"),
        True,
        1,
        6,
        True,
    )
    path = write(tmp_path, "编号,姓名,执法证号,有效期至,执法事项范围", "7,甲,苏7,长期,卫生")
    assert [one.skills for one in read_inspectors(path, BUREAU).values] == [("health",)]


@pytest.mark.parametrize(
    ("word", "in_service"),
    [
        ("有效", True),
        ("在 岗", True),
        ("是", True),
        ("失效", False),
        ("退休", False),
        ("否", False),
        ("Inactive", False),
    ],
)
def test_standing(tmp_path: Path, word: str, in_service: bool) -> None:
    """人员状态 says whether somebody is in service; an expert who is not needs no certificate for that either."""
    header = "编号,姓名,执法证号,有效期至,执法领域,是否专家,人员状态"
    path = write(tmp_path, header, f"R1,甲,苏1,长期,安全,否,{word}", f"X1,乙,,,安全,是,{word}")
    assert [(one.id, one.in_service) for one in read_inspectors(path, BUREAU).values] == [
        ("R1", in_service),
        ("X1", in_service),
    ]


def test_whoever_is_out_of_service_is_read_with_care_all_the_same(tmp_path: Path) -> None:
    """IMPORT-7: certificates stay unique and numbers too; only skills, the certificate and its end may be missing."""
    header = "编号,姓名,执法证号,有效期至,执法领域,人员状态"
    path = write(tmp_path, header, "R1,甲,苏1,长期,安全,有效", "R2,乙,苏1,,,失效", ",丙,苏3,,,失效")
    with pytest.raises(InputError) as caught:
        read_inspectors(path, BUREAU)
    assert told(caught.value.mistakes) == [(3, "执法证号", "row 2 says the same"), (4, "编号", "the cell is empty")]
