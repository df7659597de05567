"""Entities from outside files."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.registry.entity import Entity
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from tests.files.intake.files import BUREAU, CODE, ENTITY_HEADER, OTHER, told, write

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)
HOSTILE = ("<script>", "=cmd|'/c calc'!A1", "[/red]", "../../x", "a\u202eb", "名" * 4000)


def test_entity_with_every_field(tmp_path: Path) -> None:
    """Each column comes to its field, and the digest is that of the file's bytes."""
    path = write(
        tmp_path,
        ENTITY_HEADER,
        f"某机械厂,{CODE},张某,某路1号,某局,某所,C34,小,b级,第1网格,存续,2016年8月30日,李某,0510-0,安全、劳动",
        encoding="gb18030",
    )
    intake = read_entities(path, BUREAU, ReadChoices(today=TODAY))
    assert intake.file == "对象.csv"
    assert intake.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [row.row for row in intake.rows] == [2]
    assert intake.notices == ()
    (entity,) = intake.values
    assert isinstance(entity, Entity)
    assert (entity.id, entity.name, entity.domains) == (CODE, "某机械厂", ("labour", "safety"))
    assert (entity.zone, entity.industry, entity.size, entity.risk_class) == ("第1网格", "C34", "小", "B")
    assert (entity.address, entity.legal_representative) == ("某路1号", "张某")
    assert (entity.registration_authority, entity.supervising_unit) == ("某局", "某所")
    assert (entity.registration_status, entity.established) == ("存续", date(2016, 8, 30))
    assert (entity.contact, entity.telephone, entity.retired) == ("李某", "0510-0", None)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str, tmp_path: Path) -> None:
    """What looks like markup, a formula, a path or a turn of direction comes through an import unchanged."""
    path = write(tmp_path, "company name,credit code,domains", f'"{name}",{CODE},safety')
    assert read_entities(path, BUREAU).values[0].name == name


def test_same_entity_twice_names_both_rows(tmp_path: Path) -> None:
    """Two rows of one entity are a mistake that names both, however the code was typed, and whatever else is wrong."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域", f"甲,{CODE},", f"乙,'{CODE.lower()},安全")
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert told(caught.value.mistakes) == [
        (2, "适用领域", "the cell is empty"),
        (3, "统一社会信用代码", "row 2 says the same"),
    ]


def test_registration_number_in_a_column_of_its_own(tmp_path: Path) -> None:
    """An entity without a credit code is known by its registration number; one with neither is a mistake."""
    path = write(
        tmp_path,
        "企业名称,统一社会信用代码,注册号,适用领域",
        f"甲,{CODE},110108000000016,安全",
        "乙,,110108000000016,安全",
    )
    assert [entity.id for entity in read_entities(path, BUREAU).values] == [CODE, "110108000000016"]
    path = write(tmp_path, "企业名称,注册号,适用领域", "甲,,安全")
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert len(caught.value.mistakes) == 1


def test_notices_about_entities(tmp_path: Path) -> None:
    """A future day, an old number and a zone that the bureau does not list are told, the zone once."""
    path = write(
        tmp_path,
        "企业名称,统一社会信用代码/注册号,适用领域,网格,成立日期",
        f"甲,{CODE},安全,九,2026-11-22",
        f"乙,{OTHER},安全,九,2026-11-21",
        "丙,企合苏字第00001号,安全,一,",
    )
    bureau = dataclasses.replace(BUREAU, zones=("一", "二"))
    notices = told(read_entities(path, bureau, ReadChoices(today=TODAY)).notices)
    assert (2, "成立日期", "the day lies in the future") in notices
    assert (2, "网格", "the zone 九 is not listed in inspect.toml") in notices
    assert [row for row, column, _ in notices if column == "网格"] == [2]
    assert [row for row, column, _ in notices if column == "统一社会信用代码/注册号"] == [4]
    assert [row for row, column, _ in notices if column == "成立日期"] == [2]
