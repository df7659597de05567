"""Matters, and visits for the ledger, from outside files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.matter import Matter
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.files.intake.visits import read_visits
from tests.files.intake.files import BUREAU, CODE, VISIT_HEADER, told, write

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)


def test_matter_with_every_field(tmp_path: Path) -> None:
    """Each column comes to its field; paragraphs of a legal basis become one line."""
    path = write(
        tmp_path,
        "编号,抽查领域,抽查事项,抽查内容,抽查依据,抽查对象,抽查方式,抽查比例,抽查频次,事项类别(一般/重点),权力来源,生效日期,失效日期,备注",
        'AQ01,安全生产,用电检查,线路,"第一条\n第二条",企业,实地检查,5%,1次/年,重点,赋权,2025-01-01,9999-09-09,无',
    )
    intake = read_matters(path, BUREAU)
    (matter,) = intake.values
    assert told(intake.notices) == [
        (2, "抽查频次", "read as a cap of 1 a year (每年上限); give the column 每年上限 to say otherwise")
    ]
    assert "visits_a_year" in intake.fields
    assert matter == Matter(
        id=matter.id,
        domain=matter.domain,
        name="用电检查",
        basis="第一条 第二条",
        content="线路",
        object_type="企业",
        method="实地检查",
        ratio="5%",
        frequency="1次/年",
        is_key=True,
        source_of_power="赋权",
        valid_from=date(2025, 1, 1),
        valid_until=None,
        remarks="无",
        visits_a_year=1,
    )
    assert (matter.id, matter.domain) == ("AQ01", "safety")


def test_the_objects_of_a_matter(tmp_path: Path) -> None:
    """To whom a matter applies stands in four columns of joined values, sorted and folded; 不限 and a blank cell are any."""
    path = write(
        tmp_path,
        "编号,抽查领域,抽查事项,抽查依据,适用行业,适用规模,适用风险等级,适用标签,每年上限",
        "1,安全,甲,法,c26、C13；Ｈ61,小型、大型,B级，a类,涉氨,2",
        "2,安全,乙,法,不限,,全部,/,",
    )
    intake = read_matters(path, BUREAU)
    first, second = intake.values
    assert (first.of_industries, first.of_sizes) == (("C13", "C26", "H61"), ("大", "小"))
    assert (first.of_risk_classes, first.of_tags, first.visits_a_year) == (("A", "B"), ("涉氨",), 2)
    assert (second.of_industries, second.of_sizes, second.of_risk_classes, second.of_tags) == ((), (), (), ())
    assert second.visits_a_year is None
    assert intake.notices == ()


def test_texts_that_are_not_understood(tmp_path: Path) -> None:
    """MATTER-4 to MATTER-7: each strange word is told once and kept; a frequency is asked only where no column says the cap."""
    header = "编号,抽查领域,抽查事项,抽查依据,抽查方式,抽查比例,抽查频次,权力来源"
    path = write(
        tmp_path,
        header,
        "1,安全,甲,法,走访、实地检查,按计划,每年1次33%,代管",
        "2,安全,乙,法,走访,按计划,按计划,县级赋权",
    )
    intake = read_matters(path, BUREAU)
    assert [(row, column, what.partition(" ")[0]) for row, column, what in told(intake.notices)] == [
        (2, "抽查方式", "走访"),
        (2, "抽查比例", "按计划"),
        (2, "权力来源", "代管"),
    ]
    assert [(one.method, one.source_of_power, one.visits_a_year) for one in intake.values] == [
        ("走访、实地检查", "代管", None),
        ("走访", "赋权", None),
    ]
    assert "visits_a_year" not in intake.fields
    path = write(tmp_path, f"{header},每年上限", "1,安全,甲,法,实地检查,3%,2次/年,法定,")
    (one,) = read_matters(path, BUREAU).values
    assert one.visits_a_year is None


def test_mistakes_about_matters(tmp_path: Path) -> None:
    """REG-11: a matter needs number, domain, name and basis, ends after it begins, and is listed once."""
    path = write(
        tmp_path,
        "编号,抽查领域,抽查事项,抽查依据,生效日期,失效日期",
        "1,安全,甲,法,2025-01-02,2025-01-01",
        ",,,,,",
        ",安全、劳动,,,,",
        "1,劳动,乙,法,,",
    )
    with pytest.raises(InputError) as caught:
        read_matters(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (2, "失效日期"),
        (4, "编号"),
        (4, "抽查领域"),
        (4, "抽查事项"),
        (4, "抽查依据"),
        (5, "编号"),
    ]


def test_visits(tmp_path: Path) -> None:
    """Visits come with their kinds; one that lies in the future is told."""
    path = write(
        tmp_path, VISIT_HEADER, f"{CODE},2026/11/20,日常检查,环保,某局", f"{CODE},2026/11/23,投诉举报,安全,某局"
    )
    intake = read_visits(path, BUREAU, ReadChoices(today=TODAY))
    first, second = intake.values
    assert isinstance(first, LedgerVisit)
    assert (first.entity, first.day, first.kind) == (CODE, date(2026, 11, 20), VisitKind.ROUTINE)
    assert (first.domains, first.department, first.source) == (("environment",), "某局", None)
    assert second.kind is VisitKind.COMPLAINT
    assert told(intake.notices) == [(3, "检查日期", "the day lies in the future")]


def test_matters_of_visits(tmp_path: Path) -> None:
    """Which matters were checked may be told by number; what is none is left out and told; two such rows are still one visit."""
    path = write(
        tmp_path,
        VISIT_HEADER + ",事项编号",
        f"{CODE},2026-11-18,日常,环保,某局,HB02、 HB01、HB02",
        f"{CODE},2026-11-19,日常,环保,某局,排污/许可",
        f"{CODE},2026-11-20,日常,环保,某局,",
    )
    intake = read_visits(path, BUREAU)
    assert [visit.matters for visit in intake.values] == [("HB01", "HB02"), (), ()]
    assert told(intake.notices) == [(3, "事项编号", "排污/许可 is no number of a matter: it is left out")]
    write(
        tmp_path,
        VISIT_HEADER + ",抽查事项",
        f"{CODE},2026-11-20,日常,环保,某局,HB01",
        f"{CODE},2026-11-20,日常,环保,某局,HB02",
    )
    with pytest.raises(InputError):
        read_visits(path, BUREAU)


def test_mistakes_about_visits(tmp_path: Path) -> None:
    """The same visit twice would count twice: it is a mistake, and so is each cell that says nothing known."""
    path = write(
        tmp_path,
        VISIT_HEADER,
        f"{CODE},2026-11-20,日常,环保,某局",
        f"{CODE},2026年11月20日,routine,环境,某局",
        ",,串门,,",
    )
    with pytest.raises(InputError) as caught:
        read_visits(path, BUREAU)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (3, "统一社会信用代码/注册号"),
        (4, "统一社会信用代码/注册号"),
        (4, "检查日期"),
        (4, "检查类型"),
        (4, "检查领域"),
        (4, "检查部门"),
    ]
