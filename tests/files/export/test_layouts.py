"""The columns of an export: their order, and that an import knows every one of them or passes it over."""

from __future__ import annotations

import pytest

from inspect_cli.files.export.layouts import Wanted
from inspect_cli.files.intake.headers import INFORMING, fold_header
from tests.files.export.raw_sheets import REGISTRIES
from tests.files.intake.files import BUREAU

NOUNS = tuple(REGISTRIES)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_import_knows_every_header(noun: str, language: str) -> None:
    """In either language each column that is read names a field of the sheet, each another one, and none of the others does."""
    registry = REGISTRIES[noun]
    wanted = Wanted(bureau=BUREAU, language=language, private=True, retired=True, by_rule=True)
    columns = registry.lay_out(wanted).columns
    read = [registry.sheet.find_field(column.header) for column in columns if column.is_read]
    assert None not in read
    assert len(set(read)) == len(read)
    others = set(registry.sheet.fields) - set(read)
    assert others <= {"registration_number"}
    assert [registry.sheet.find_field(column.header) for column in columns if not column.is_read] == [None] * (
        len(columns) - len(read)
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_every_needed_column_is_there_without_private_ones(noun: str) -> None:
    """An export without private fields still has each column that an import asks for; of recusals there is none."""
    registry = REGISTRIES[noun]
    fields = {registry.sheet.find_field(column.header) for column in registry.lay_out(Wanted(bureau=BUREAU)).columns}
    assert all(fields & set(group) for group in registry.sheet.required)


def test_entities_stand_in_the_order_of_the_platforms() -> None:
    """The layout of DOMAIN's list: code, name, representative, address, authorities, industry, then the class."""
    headers = [column.header for column in REGISTRIES["entity"].lay_out(Wanted(bureau=BUREAU)).columns]
    assert headers[:7] == [
        "统一社会信用代码/注册号",
        "企业名称",
        "法定代表人",
        "住所",
        "登记机关",
        "管辖单位",
        "行业",
    ]  # fmt: skip
    assert "联系人" not in headers
    assert "联系方式" not in headers
    private = [column.header for column in REGISTRIES["entity"].lay_out(Wanted(bureau=BUREAU, private=True)).columns]
    assert private[-2:] == ["联系人", "联系方式"]


def test_no_column_that_informs_has_a_field_s_name() -> None:
    """What an import passes over cannot be mistaken for a column of any sheet."""
    words = {fold_header(text) for term in INFORMING.values() for text in (term.zh, term.en)}
    for registry in REGISTRIES.values():
        assert not words & set(registry.sheet.words)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_that_is_filled_in_has_guidance(noun: str, language: str) -> None:
    """An empty sheet says of each column what belongs there, in one short line."""
    for column in REGISTRIES[noun].lay_out(Wanted(bureau=BUREAU, language=language, private=True)).columns:
        assert bool(column.guide) is column.is_read
        assert "\n" not in column.guide
        assert len(column.guide) <= 60
