"""Characters that no face has are told before anything is printed, and replaced as somebody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from inspect_cli.core.publish.blocks import Code, Heading, Items, PageBreak, Signatures
from inspect_cli.errors import InputError, UsageMistake
from inspect_cli.files.documents import faces
from inspect_cli.files.documents.glyphs import find_missing_glyphs, parse_substitutes, substitute_glyphs
from inspect_cli.files.documents.pdf import render_pdf
from tests.files.documents.pdf.sheets import document, line, paragraph, read_text, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RARE = "𠮷"
EVERYWHERE = document(
    Heading(level=1, line=line(RARE)), paragraph(RARE), Items(items=((line(RARE),),)), table((RARE,), (RARE,)), Code(text=RARE),
    Signatures(labels=(RARE,)), PageBreak(),
    title=(RARE,), number=RARE, addressee=RARE, signature=RARE, date=RARE,
)  # fmt: skip


@pytest.mark.parametrize(("face", "path"), [(faces.serif, serif_path()), (faces.sans, sans_path())])
def test_faces_as_fonttools_reads_them(face: Callable[[], faces.Face], path: Path) -> None:
    """Which characters a face has, and how wide each is, is what another reader of fonts finds."""
    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap()
        widths = {char: font["hmtx"][cmap[ord(char)]][0] for char in "0Aim—国，〔§é"}
    found = face()
    assert found.glyphs.keys() == cmap.keys()
    assert {char: found.width(char) for char in widths} == widths


def test_names_of_companies() -> None:
    """Of the rare characters that companies have in their names, the faces have all but 𠮷."""
    assert [glyph.char for glyph in find_missing_glyphs([document(paragraph("镕㛃䶮𠮷𬭎"))])] == ["𠮷"]


def test_told_with_place_and_count() -> None:
    """Each is told once, with its code point, the paper, the text around its first place, and how often it occurs."""
    papers = [
        document(paragraph("好"), title=("甲",)),
        document(paragraph("某县示例市示例区大𠮷野家餐饮有限公司食堂", "😀𠮷"), title=("乙", "丙")),
    ]
    first, second = find_missing_glyphs(papers)
    assert (first.char, first.code, first.title, first.count) == ("𠮷", "U+20BB7", "乙丙", 2)
    assert first.where == "县示例市示例区大𠮷野家餐饮有限公司"
    assert (second.char, second.code, second.count) == ("😀", "U+1F600", 1)


def test_found_everywhere() -> None:
    """Wherever text can stand, a character is found and replaced."""
    assert find_missing_glyphs([EVERYWHERE])[0].count == 12
    assert find_missing_glyphs([substitute_glyphs(EVERYWHERE, {RARE: "吉"})]) == ()
    assert read_text(substitute_glyphs(EVERYWHERE, {RARE: "（土口）"})).count("（土口）") == 12
    assert substitute_glyphs(EVERYWHERE, {}) is EVERYWHERE


def test_refused_before_printing() -> None:
    """Printing is refused with every character, its place and the option that helps."""
    told: list[int] = []
    with pytest.raises(InputError) as caught:
        render_pdf([document(paragraph("𠮷𪚥"))], told.append)
    assert [mistake.where.file for mistake in caught.value.mistakes] == ["公告"] * 2
    assert "𪚥" in str(caught.value.mistakes[1].what)
    assert "--substitute 𠮷=" in str(caught.value.hint)
    assert told == []


def test_variants_are_no_gap() -> None:
    """A selector of a variant that the face has not leaves the character as it is."""
    assert find_missing_glyphs([document(paragraph("葛\U000e0100"))]) == ()
    assert "葛" in read_text(document(paragraph("葛\U000e0100")))


def test_substitutes_parsed() -> None:
    """A replacement is one character, an equals sign and a text; the same one twice is one."""
    assert parse_substitutes(["𠮷=吉", "𬭎=釒+宏", "𠮷=吉", "==="]) == {"𠮷": "吉", "𬭎": "釒+宏", "=": "="}


@pytest.mark.parametrize("options", [["𠮷"], ["𠮷="], ["吉野=x"], [""], ["𠮷=吉", "𠮷=土"], ["𠮷=𪚥"]])
def test_substitutes_refused(options: list[str]) -> None:
    """Another form, two replacements for one character, and one that cannot be printed itself are refused."""
    with pytest.raises(UsageMistake) as caught:
        parse_substitutes(options)
    assert "--substitute" in str(caught.value.hint)
