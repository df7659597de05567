"""Entities from outside files."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.bureau import Applicable
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.entity import Entity
from inspect_cli.errors import InputError
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from tests.files.intake.files import BUREAU, CODE, ENTITY_HEADER, OTHER, told, write

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau

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


HEAD = "企业名称,统一社会信用代码,适用领域"
THIRD, FOURTH = "110108000000016", "91320500MA0000007J"
RULED = dataclasses.replace(
    BUREAU,
    applicable=(
        Applicable(industries=("C",), domains=(Domain("labour"), Domain("safety"))),
        Applicable(sizes=("大",), tags=("危化品",), domains=(Domain("environment"),)),
    ),
)


def read(path: Path, bureau: Bureau = BUREAU) -> tuple[Entity, ...]:
    """Read the entities of a file without mistakes."""
    return read_entities(path, bureau, ReadChoices(today=TODAY)).values


def notices(path: Path, bureau: Bureau = BUREAU) -> list[tuple[int | None, str | None, str]]:
    """Read what is told of a file without mistakes."""
    return told(read_entities(path, bureau, ReadChoices(today=TODAY)).notices)


def test_depth_of_an_entity(tmp_path: Path) -> None:
    """The class's day, the group and the tags come to their fields; codes, sizes and classes are read in their usual dress."""
    path = write(
        tmp_path,
        HEAD + ",行业,企业规模,信用风险等级,评定日期,所属集团,标签,登记状态",
        f"甲,{CODE},劳动 安全,3311,大型企业,Ａ类,46086,某集团,重点、危化品、重点,在业",
    )
    (entity,) = read(path)
    assert (entity.industry, entity.size, entity.risk_class) == ("C3311", "大", "A")
    assert (entity.risk_class_date, entity.group, entity.tags) == (date(2026, 3, 5), "某集团", ("危化品", "重点"))
    assert (entity.registration_status, entity.domains, entity.domains_by_rule) == ("在业", ("labour", "safety"), False)


def test_nothing_is_nothing(tmp_path: Path) -> None:
    """A dash or a slash says nothing, and 无 is nobody; in a column that must be filled a dash is an empty cell."""
    head = HEAD + ",网格,行业,企业规模,信用风险等级,评定日期,成立日期,所属集团,标签,登记状态,联系人,联系方式,法定代表人"
    path = write(tmp_path, head, f"甲,{CODE},安全,-,/,—,-,--,/,无,无,-,无,／,-")
    (entity,) = read(path)
    assert entity == Entity(id=entity.id, name="甲", domains=(Domain("safety"),))
    path = write(tmp_path, head, f"-,{CODE},-,,,,,,,,,,,,")
    with pytest.raises(InputError) as caught:
        read(path)
    assert told(caught.value.mistakes) == [(2, "企业名称", "the cell is empty"), (2, "适用领域", "the cell is empty")]


def test_error_of_a_spreadsheet_is_no_value(tmp_path: Path) -> None:
    """A formula that failed is a mistake in each column that is read, and never becomes a name."""
    path = write(tmp_path, HEAD + ",网格", f"#N/A,{CODE},#REF!,#VALUE!")
    with pytest.raises(InputError) as caught:
        read(path)
    assert {what for _, _, what in told(caught.value.mistakes)} == {"the spreadsheet shows an error here, and no value"}
    assert [column for _, column, _ in told(caught.value.mistakes)] == ["企业名称", "适用领域", "网格"]


def test_counted_days_are_told_once_a_column(tmp_path: Path) -> None:
    """A spreadsheet's counts of days are read, and told once for each column with an example."""
    path = write(
        tmp_path,
        HEAD + ",成立日期,评定日期",
        f"甲,{CODE},安全,2016-08-30,",
        f"乙,{OTHER},安全,42612,46086",
        f"丙,{THIRD},安全,42613,46087",
    )
    assert [entity.established for entity in read(path)] == [date(2016, 8, 30), date(2016, 8, 30), date(2016, 8, 31)]
    assert notices(path) == [
        (3, "成立日期", "42612 was read as 2016-08-30: it is a spreadsheet's count of days"),
        (3, "评定日期", "46086 was read as 2026-03-05: it is a spreadsheet's count of days"),
    ]


def test_warnings_do_not_block(tmp_path: Path) -> None:
    """A future day, an industry without a code or with an impossible one, and a company that is gone are told, and every row is taken."""
    path = write(
        tmp_path,
        HEAD + ",行业,评定日期,登记状态",
        f"甲,{CODE},安全,五金,2026-11-22,存续",
        f"乙,{OTHER},安全,C99,2026-11-21,註銷",
        f"丙,{THIRD},安全,粮油,,吊销",
    )
    assert len(read(path)) == 3
    found = notices(path)
    assert (2, "评定日期", "the day lies in the future") in found
    assert [row for row, column, _ in found if column == "评定日期"] == [2]
    assert [row for row, column, _ in found if column == "行业"] == [2, 3]
    assert [row for row, column, _ in found if column == "登记状态"] == [3, 4]
    assert any(f"inspect-cli entity retire {OTHER} --reason REASON" in what for _, _, what in found)


def test_label_in_another_dress_is_told(tmp_path: Path) -> None:
    """A label that differs from an earlier row's in script, width or case alone is told once, with the other; nothing is changed."""
    path = write(
        tmp_path,
        HEAD + ",网格,信用风险等级,所属集团,标签",
        f"甲,{CODE},安全,东门网格,较高风险,ABC集团,重点",
        f"乙,{OTHER},安全,東門網格,較高風險,ＡＢＣ集团,重點、新",
        f"丙,{THIRD},安全,東門網格,较高风险,ABC集团,重点",
    )
    assert [entity.zone for entity in read(path)] == ["东门网格", "東門網格", "東門網格"]
    assert notices(path) == [
        (3, "网格", "東門網格 is written 东门网格 in another row, and counts as another value"),
        (3, "信用风险等级", "較高風險 is written 较高风险 in another row, and counts as another value"),
        (3, "所属集团", "ＡＢＣ集团 is written ABC集团 in another row, and counts as another value"),
        (3, "标签", "重點 is written 重点 in another row, and counts as another value"),
    ]


def test_zone_of_the_settings_is_suggested(tmp_path: Path) -> None:
    """A zone that the settings list in another script or width is told with the zone that is meant, once."""
    bureau = dataclasses.replace(BUREAU, zones=("东门网格", "网格01"))
    path = write(
        tmp_path,
        HEAD + ",网格",
        f"甲,{CODE},安全,東門網格",
        f"乙,{OTHER},安全,网格０１",
        f"丙,{THIRD},安全,東門網格",
        f"丁,{FOURTH},安全,网格1",
    )
    assert notices(path, bureau) == [
        (2, "网格", "the zone 東門網格 is not listed in inspect.toml; did you mean 东门网格?"),
        (3, "网格", "the zone 网格０１ is not listed in inspect.toml; did you mean 网格01?"),
        (5, "网格", "the zone 网格1 is not listed in inspect.toml; did you mean 网格01?"),
    ]


def test_domains_by_rule(tmp_path: Path) -> None:
    """APPLY-4: a blank cell falls to the rules of the settings, and what a cell names stands before them."""
    path = write(
        tmp_path,
        HEAD + ",行业,企业规模,标签",
        f"甲,{CODE},,C33金属制品业,小,",
        f"乙,{OTHER},卫生,制造业,小,",
        f"丙,{THIRD},-,3311,大型,危化品",
    )
    first, second, third = read(path, RULED)
    assert (first.domains, first.domains_by_rule) == (("labour", "safety"), True)
    assert (second.domains, second.domains_by_rule) == (("health",), False)
    assert (third.domains, third.domains_by_rule) == (("environment", "labour", "safety"), True)


def test_no_column_for_domains_is_needed_where_rules_give_them(tmp_path: Path) -> None:
    """APPLY-4: with rules a file needs no column 适用领域; a row that no rule reaches is refused with both ways out."""
    path = write(tmp_path, "企业名称,统一社会信用代码,行业", f"甲,{CODE},C33", f"乙,{OTHER},A01", f"丙,{OTHER}0,A01")
    with pytest.raises(InputError) as caught:
        read(path, RULED)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (3, "适用领域"),
        (4, "统一社会信用代码"),
    ]
    assert "inspect.toml" in str(caught.value.mistakes[0].remedy)
    path = write(tmp_path, "企业名称,统一社会信用代码,行业", f"甲,{CODE},C33")
    intake = read_entities(path, RULED)
    assert [entity.domains for entity in intake.values] == [("labour", "safety")]
    assert "domains" not in intake.fields


def test_without_rules_the_column_is_needed(tmp_path: Path) -> None:
    """APPLY-4: without rules a file without 适用领域 is refused, and the refusal names the column and the rules."""
    path = write(tmp_path, "企业名称,统一社会信用代码,行业", f"甲,{CODE},C33")
    with pytest.raises(InputError) as caught:
        read(path)
    (mistake,) = caught.value.mistakes
    assert mistake.where.column == "适用领域"
    assert "[[applicable]]" in str(mistake.remedy)


def test_every_mistake_of_a_row_is_told(tmp_path: Path) -> None:
    """A row with several mistakes has all of them told, and those of a rule only when nothing else is wrong."""
    path = write(tmp_path, "企业名称,统一社会信用代码,行业,成立日期", f",{CODE}x,331,2026年3月", f"乙,{OTHER},A01,明天")
    with pytest.raises(InputError) as caught:
        read(path, RULED)
    assert [(row, column) for row, column, _ in told(caught.value.mistakes)] == [
        (2, "企业名称"),
        (2, "统一社会信用代码"),
        (2, "行业"),
        (2, "成立日期"),
        (3, "成立日期"),
    ]


def test_wrong_code_comes_with_a_suggestion(tmp_path: Path) -> None:
    """CODE-7: an O for a 0 is told with its place and the whole code that was meant."""
    path = write(tmp_path, HEAD, f"甲,{CODE.replace('0', 'O', 1)},安全")
    with pytest.raises(InputError) as caught:
        read(path)
    (mistake,) = caught.value.mistakes
    assert str(mistake.what) == "character 5 is O, which does not occur in such a number"
    assert mistake.remedy is not None
    assert mistake.remedy.values["code"] == CODE


def test_former_number_of_a_row(tmp_path: Path) -> None:
    """A right registration number beside a credit code is the row's former number; a wrong one or the same is not, and no mistake."""
    head = "企业名称,统一社会信用代码,注册号,适用领域"
    path = write(
        tmp_path,
        head,
        f"甲,{CODE},{THIRD},安全",
        f"乙,{OTHER},110108000000017,安全",
        f"丙,{FOURTH},{FOURTH},安全",
        f"丁,,{THIRD},安全",
    )
    assert [(row.value.id, row.former) for row in read_entities(path, BUREAU).rows] == [
        (CODE, THIRD),
        (OTHER, None),
        (FOURTH, None),
        (THIRD, None),
    ]


@pytest.mark.parametrize("cell", ["\u206a\u206f", "\u061c", "\u200b \u2062", "\ufff9-"])
def test_invisible_characters_of_any_kind_are_no_value(cell: str, tmp_path: Path) -> None:
    """A cell that shows nothing says nothing: it leaves the field empty, and no empty name gets into the registry."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域,所属集团,网格", f"甲,{CODE},安全,{cell},{cell}")
    (entity,) = read_entities(path, BUREAU).values
    assert (entity.group, entity.zone) == (None, None)
