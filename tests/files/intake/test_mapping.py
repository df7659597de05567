"""What a person says that headers mean: read, resolved, kept, and used for files of the same shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.errors import InputError, UsageMistake
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.headers import shape_of
from inspect_cli.files.intake.mapping import parse_kept_mapping, parse_mapping, render_mapping, resolve_mapping
from inspect_cli.files.intake.sheets import ENTITIES
from tests.files.intake.files import BUREAU, CODE, told, write

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "企业,统一社会信用代码,适用领域,备注"
ROW = f"甲厂,{CODE},安全,x"


def test_mapping_names_a_field_or_one_of_its_headers(tmp_path: Path) -> None:
    """A header means what a person says: by a field's name, by a known header, and with a dash nothing at all."""
    path = write(tmp_path, HEADER, ROW)
    for meaning in ("name", "企业名称", "市场主体名称"):
        intake = read_entities(path, BUREAU, ReadChoices(mapping={"企业": meaning, "备注": "-"}))
        assert [entity.name for entity in intake.values] == ["甲厂"]
        assert intake.notices == ()
        assert intake.understood is not None
        assert intake.understood.mapping == {"企业": meaning, "备注": "-"}
        assert not intake.understood.is_mapping_kept
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert "--map HEADER=name" in str(caught.value.mistakes[0].remedy)


def test_mapping_stands_before_the_words(tmp_path: Path) -> None:
    """A person's word is taken even where the header is a known one of another field."""
    path = write(tmp_path, "单位名称,名称,统一社会信用代码,适用领域", f"某所,甲厂,{CODE},安全")
    choices = ReadChoices(mapping={"单位名称": "supervising_unit"})
    (entity,) = read_entities(path, BUREAU, choices).values
    assert (entity.name, entity.supervising_unit) == ("甲厂", "某所")


def test_mapping_can_find_the_header(tmp_path: Path) -> None:
    """A header none of whose words is known is found by the mapping alone."""
    path = write(tmp_path, "某局", "A,B,C", f"甲厂,{CODE},安全")
    choices = ReadChoices(mapping={"A": "name", "B": "credit_code", "C": "domains"})
    intake = read_entities(path, BUREAU, choices)
    assert [(row.row, row.value.name) for row in intake.rows] == [(3, "甲厂")]


@pytest.mark.parametrize(
    ("mapping", "what", "hint"),
    [
        ({"公司": "name"}, "the file has no column 公司", "企业, 统一社会信用代码, 适用领域, 备注"),
        ({"企业": "nmae"}, "nmae is no field of this sheet", "name (企业名称), credit_code"),
    ],
)
def test_mapping_of_what_is_not_there(tmp_path: Path, mapping: dict[str, str], what: str, hint: str) -> None:
    """A header that the file lacks and a field that the sheet lacks are mistakes of usage that list what there is."""
    with pytest.raises(UsageMistake, match=what) as caught:
        read_entities(write(tmp_path, HEADER, ROW), BUREAU, ReadChoices(mapping={"企业": "name", **mapping}))
    assert hint in str(caught.value.hint)


def test_two_columns_of_one_meaning(tmp_path: Path) -> None:
    """A mapping that doubles a column is told, with the way to leave one out."""
    path = write(tmp_path, "企业,企业名称,统一社会信用代码,适用领域", f"甲,甲厂,{CODE},安全")
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU, ReadChoices(mapping={"企业": "name"}))
    assert [column for _row, column, _what in told(caught.value.mistakes)] == ["企业", "企业名称"]
    assert "--map HEADER=-" in str(caught.value.mistakes[0].remedy)
    assert read_entities(path, BUREAU, ReadChoices(mapping={"企业": "name", "企业名称": "-"})).values[0].name == "甲"


def test_kept_mapping_is_used_for_the_same_shape(tmp_path: Path) -> None:
    """A mapping that was kept is taken for headers of the same shape alone, and told; what is said now stands before it."""
    first = read_entities(write(tmp_path, HEADER, ROW), BUREAU, ReadChoices(mapping={"企业": "name"})).understood
    assert first is not None
    kept = {first.shape: first.mapping}
    again = read_entities(
        write(tmp_path, "企 业*,统一社会信用代码（必填）,適用領域,备注", ROW), BUREAU, ReadChoices(kept=kept)
    )
    assert [entity.name for entity in again.values] == ["甲厂"]
    assert again.understood is not None
    assert again.understood.is_mapping_kept
    assert "the headers mean what was said with an earlier file: 企业=name; --forget-map drops it" in [
        what for _row, _column, what in told(again.notices)
    ]
    with pytest.raises(InputError):
        read_entities(
            write(tmp_path, "企业,适用领域,统一社会信用代码,备注", f"甲,安全,{CODE},"), BUREAU, ReadChoices(kept=kept)
        )
    now = ReadChoices(kept=kept, mapping={"备注": "contact"})
    assert read_entities(write(tmp_path, HEADER, ROW), BUREAU, now).values[0].contact == "x"


def test_shape_minds_neither_dress_nor_the_columns_of_a_report() -> None:
    """The shape is the same in any dress, without identity numbers, and with the column of problems that a report adds."""
    shape = shape_of(["企业名称", "网格", ""])
    assert shape == shape_of([" 企業名稱*", "網格", "身份证号", "问题"]) == shape_of(["企业名称", "网格", "Problems"])
    assert shape != shape_of(["网格", "企业名称"])
    assert shape != shape_of(["企业名称网格"])
    assert len(shape) == 64


def test_what_the_command_line_says() -> None:
    """The last equals sign divides header from meaning; blanks around both are nothing."""
    assert parse_mapping(["企业=name", " 备注 = - ", "a=b=zone"]) == {"企业": "name", "备注": "-", "a=b": "zone"}


@pytest.mark.parametrize("texts", [["name"], ["=name"], ["企业="], ["企业=name", "企业=zone"], ["*=name"]])
def test_what_the_command_line_cannot_say(texts: list[str]) -> None:
    """A text without two sides, and two meanings of one header, are mistakes of usage."""
    with pytest.raises(UsageMistake):
        parse_mapping(texts)


@given(
    mapping=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_kept_text_gives_the_mapping_back(mapping: dict[str, str]) -> None:
    """Whatever is kept is read back as it was, and equal mappings give equal texts."""
    text = render_mapping(mapping)
    assert parse_kept_mapping(text) == mapping
    assert render_mapping(dict(reversed(mapping.items()))) == text


@pytest.mark.parametrize("text", ["", "{", "[1]", '["a"]', '[["a",1]]', '[["a","b","c"]]', "5"])
def test_kept_text_that_is_none_is_refused(text: str) -> None:
    """A text that nobody could have kept is refused."""
    with pytest.raises(InputError, match="cannot be read"):
        parse_kept_mapping(text)


def test_every_field_can_be_meant_by_its_name() -> None:
    """Each field's own name and each of its headers resolve to the field."""
    for field, headers in ENTITIES.fields.items():
        assert {*resolve_mapping({header: header for header in (field, *headers)}, ENTITIES).values()} == {field}
