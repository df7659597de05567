"""How companies and sole traders are named in public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.names import EntityId
from inspect_cli.core.publish.lines import PublicCompany, ResultLine
from inspect_cli.core.publish.naming import SOLE_TRADER, is_sole_trader, name_company
from inspect_cli.core.publish.notice import view_draw, view_result
from tests.sample_draw import FURTHER, make_committed, make_drawn, make_outcome, make_sample

if TYPE_CHECKING:
    from inspect_cli.core.publish.dossier import Drawn

CODE = "92990100556453689C"


@pytest.mark.parametrize(
    ("number", "size", "is_one"),
    [
        (CODE, None, True),
        (CODE, "微", True),
        ("91990100MAUL7KGPX4", None, False),
        ("93990100MAUL7KGPX4", "小", False),
        ("990100000001794", None, False),
        ("990100500001794", "小", False),
        ("990100600001794", None, True),
        ("990100900001794", "微", True),
        ("99010060000179", None, False),
        ("990100000001794", "个体工商户", True),
        ("990100000001794", " 个体 经营", True),
        ("990100000001794", "个体工商户（小）", True),
        ("990100000001794", "Sole Trader", True),
        ("990100000001794", "非个体", False),
        ("92", None, False),
    ],
)
def test_who_is_a_sole_trader(number: str, size: str | None, is_one: bool) -> None:
    """MASK-2: by the registry's size, by 92 at the head of a unified code (GB 32100-2015), or a registration number's seventh digit."""
    assert is_sole_trader(number, size) is is_one


@pytest.mark.parametrize(
    ("rule", "number", "shown"),
    [
        (None, CODE, PublicCompany(id=CODE, name="张三饭店")),
        (SoleTraders.FULL, CODE, PublicCompany(id=CODE, name="张三饭店")),
        (SoleTraders.FIRST, CODE, PublicCompany(id="****689C", name="张**")),
        (SoleTraders.CODE, CODE, PublicCompany(id="****689C", name=SOLE_TRADER)),
        (SoleTraders.CODE, "E-3", PublicCompany(id="****", name=SOLE_TRADER)),
    ],
)
def test_how_one_is_named(rule: SoleTraders | None, number: str, shown: PublicCompany) -> None:
    """MASK-1: in full, by one character, or not at all, and then by four characters of the number."""
    assert name_company(number, "张三饭店", rule) == shown


def test_notices_follow_the_settings() -> None:
    """MASK-1: in draw and results a sole trader is masked and a company is not; nothing else of a view holds name or number."""
    sample = make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}})
    drawn = make_drawn(
        sample,
        committed=make_committed(sample),
        outcomes={
            EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1),
            EntityId("E-3"): make_outcome("2026-12-01", labour=1, safety=1),
        },
        namings={EntityId("E-3"): SoleTraders.FIRST},
    )
    named = [(row.company.id, row.company.name) for row in view_result(drawn).rows if isinstance(row, ResultLine)]
    assert named == [("****", "丙**"), ("E-1", "甲厂")]
    assert [company.name for company in view_draw(drawn).companies if isinstance(company, PublicCompany)] == [
        "甲厂",
        "丙**",
    ]
    assert "丙厂" not in repr(view_draw(drawn)) + repr(view_result(drawn))


def test_who_is_withheld_is_not_named_again() -> None:
    """VERSION-3: whose result was taken from display is not named by a notice of the draw that is made later."""
    sample = make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}})
    drawn: Drawn = make_drawn(
        sample,
        outcomes={EntityId("E-3"): make_outcome("2026-12-01", labour=1, safety=1)},
        withheld=frozenset({EntityId("E-3")}),
    )
    assert view_draw(drawn).companies == ()
