"""Inspectors, experts, their leave and their recusals from outside files."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.recusals import read_recusals
from tests.files.intake.files import BUREAU, CODE, INSPECTOR_HEADER, OTHER, told, write

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
    """An ended certificate, a zone that is not listed and a row that is no longer valid are told; the last is left out."""
    path = write(
        tmp_path,
        "编号,姓名,执法证号,有效期至,执法领域,网格,人员状态",
        "R1,甲,苏1,2026-11-20,安全,九,有效",
        "R2,乙,,,,,失效",
        "R3,丙,苏3,2026-11-21,安全,,在岗",
    )
    intake = read_inspectors(path, dataclasses.replace(BUREAU, zones=("一",)), ReadChoices(today=TODAY))
    assert [inspector.id for inspector in intake.values] == ["R1", "R3"]
    assert told(intake.notices) == [
        (1, "可任组长", "without this column nobody may lead a team"),
        (2, "有效期至", "the certificate has ended"),
        (2, "网格", "the zone 九 is not listed in inspect.toml"),
        (3, "人员状态", "the row is left out; retire whoever is on the roster already"),
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


def test_recusals(tmp_path: Path) -> None:
    """A recusal is a pair with a reason, for ever unless it says otherwise; the same one twice is a mistake."""
    header = "编号,统一社会信用代码/注册号,回避原因,开始日期,结束日期"
    intake = read_recusals(
        write(tmp_path, header, f"R1,{CODE},亲属关系,,长期", f"R1,{OTHER},原单位,2025-01-01,2027-12-31"), BUREAU
    )
    first, second = intake.values
    assert isinstance(first, Recusal)
    assert (first.inspector, first.entity, first.reason, first.start, first.end) == ("R1", CODE, "亲属关系", None, None)
    assert (second.start, second.end) == (date(2025, 1, 1), date(2027, 12, 31))
    path = write(
        tmp_path, header, f"R1,{CODE},亲属关系,,", f"R1,{CODE},亲属关系,,", f"R2,{CODE},,2026-01-02,2026-01-01"
    )
    with pytest.raises(InputError) as caught:
        read_recusals(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (3, "编号"),
        (4, "回避原因"),
        (4, "结束日期"),
    ]
