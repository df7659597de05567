"""Recusals from outside files: companies and groups of them, each with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.errors import InputError
from inspect_cli.files.intake.recusals import read_recusals
from tests.files.intake.files import BUREAU, CODE, OTHER, told, write

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "编号,统一社会信用代码/注册号,所属集团,回避原因,回避说明,开始日期,结束日期"


def test_recusals(tmp_path: Path) -> None:
    """A recusal is a pair with a reason, for ever unless it says otherwise; the same one twice is a mistake."""
    header = "编号,统一社会信用代码/注册号,回避原因,开始日期,结束日期"
    path = write(tmp_path, header, f"R1,{CODE},亲属关系,,长期", f"R1,{OTHER},原单位,2025-01-01,2027-12-31")
    first, second = read_recusals(path, BUREAU).values
    assert first == Recusal(inspector=first.inspector, entity=first.entity, reason=RecusalReason.KIN)
    assert (first.inspector, first.entity) == ("R1", CODE)
    assert (second.reason, second.start, second.end) == (
        RecusalReason.EMPLOYMENT,
        date(2025, 1, 1),
        date(2027, 12, 31),
    )
    path = write(tmp_path, header, f"R1,{CODE},亲属关系,,", f"R1,{CODE},亲属,,", f"R2,{CODE},,2026-01-02,2026-01-01")
    with pytest.raises(InputError) as caught:
        read_recusals(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (3, "编号"),
        (4, "回避原因"),
        (4, "结束日期"),
    ]


def test_groups(tmp_path: Path) -> None:
    """RECUSE-4: a row names a company or a group; the group's name is read as a label."""
    path = write(tmp_path, HEADER, "R1,,某某　集团,持有股份,,,", f"R1,{CODE},,其他,同学,,")
    group, single = read_recusals(path, BUREAU).values
    assert (group.entity, group.group, group.reason) == (None, "某某 集团", RecusalReason.SHARES)
    assert (single.entity, single.group, single.note) == (CODE, None, "同学")
    path = write(tmp_path, HEADER, f"R1,{CODE},某某集团,入股,,,", "R1,,,入股,,,")
    with pytest.raises(InputError) as caught:
        read_recusals(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (2, "所属集团"),
        (3, "统一社会信用代码/注册号"),
    ]


def test_no_group(tmp_path: Path) -> None:
    """无 under 所属集团 or 回避说明 is none: the row then names its company, or wants one."""
    path = write(tmp_path, HEADER, f"R1,{CODE},无,入股,/,,")
    (one,) = read_recusals(path, BUREAU).values
    assert (one.entity, one.group, one.note) == (CODE, None, None)
    with pytest.raises(InputError) as caught:
        read_recusals(write(tmp_path, HEADER, "R1,,无,入股,,,"), BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [(2, "统一社会信用代码/注册号")]


def test_reasons(tmp_path: Path) -> None:
    """RECUSE-2, RECUSE-3: an unknown word is a mistake that lists the words, and another reason wants a note."""
    path = write(tmp_path, HEADER, f"R1,{CODE},,邻居,,,", f"R2,{CODE},,其他,,,", f"R3,{CODE},,KIN,,,")
    with pytest.raises(InputError) as caught:
        read_recusals(path, BUREAU)
    assert told(caught.value.mistakes) == [
        (2, "回避原因", "邻居 is no reason of recusal"),
        (3, "回避说明", "another reason of recusal is said in words"),
    ]
    assert "亲属关系 (kin)" in str(caught.value.mistakes[0].remedy)


def test_a_file_of_groups_alone(tmp_path: Path) -> None:
    """A file may have no column for companies at all."""
    (one,) = read_recusals(write(tmp_path, "编号,集团名称,回避事由", "R1,某某集团,出资"), BUREAU).values
    assert (one.group, one.reason) == ("某某集团", RecusalReason.SHARES)
