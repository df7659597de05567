"""Traditional characters, against OpenCC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import opencc
import pytest

from inspect_cli.core.registry.traditional import TRADITIONAL, simplify
from inspect_cli.files.intake import sheets
from inspect_cli.files.intake.headers import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

ORACLE = opencc.OpenCC("t2s")


def own_words() -> Iterator[str]:
    """Give every header that a sheet knows."""
    for sheet in vars(sheets).values():
        if isinstance(sheet, Sheet):
            yield from sheet.words


def test_each_pair_is_the_oracle_s() -> None:
    """Every character of the table is simplified as OpenCC simplifies it, and none of them is its own simplified form."""
    for character, simplified in TRADITIONAL.items():
        assert ORACLE.convert(chr(character)) == simplified != chr(character)


def test_simplified_words_stay() -> None:
    """No header of ours has a character that the table would change."""
    words = set(own_words())
    assert len(words) > 100
    assert {word for word in words if simplify(word) != word} == set()


def test_every_traditional_form_of_a_header_is_known() -> None:
    """Each traditional form, by OpenCC, of each character of each header is in the table: no header is missed for its script."""
    ours = set("".join(own_words()))
    forms = {chr(code): ORACLE.convert(chr(code)) for code in range(0x4E00, 0xA000)}
    assert {
        form for form, simple in forms.items() if form != simple and simple in ours and simplify(form) != simple
    } == set()


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("統一社會信用代碼", "统一社会信用代码"),
        ("企業名稱", "企业名称"),
        ("適用領域", "适用领域"),
        ("長期", "长期"),
        ("Company 名稱 1", "Company 名称 1"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_words_of_the_field(text: str, simple: str) -> None:
    """The words of the field are simplified; ASCII stays what it is."""
    assert simplify(text) == simple


def test_each_form_is_one_character_of_han() -> None:
    """The table is one to one between Han characters, so that places in a text stay what they are."""
    han = re.compile(r"[\u4e00-\u9fff]")
    assert all(han.fullmatch(chr(form)) and han.fullmatch(simple) for form, simple in TRADITIONAL.items())
