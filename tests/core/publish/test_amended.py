"""What a notice says otherwise than it did, from two papers by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.publish.amended import list_text_changes
from inspect_cli.core.publish.blocks import (
    Code,
    Column,
    Document,
    Front,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Span,
    Table,
)

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Block, Line
    from inspect_cli.core.publish.lines import TextChange


def a_line(text: str) -> Line:
    """Give a line of plain text."""
    return (Span(text=text),)


def a_paper(language: str, *blocks: Block) -> Document:
    """Give a paper under one heading."""
    head = Heading(level=1, line=a_line("一、计划" if language == "zh" else "1. Plan"))
    return Document(language=language, front=Front(title=("题",)), blocks=(head, *blocks))


def a_table(*rows: tuple[str, ...], heads: tuple[str, ...] = ("序号", "名称", "数量")) -> Table:
    """Give a table of three columns."""
    columns = tuple(Column(head=a_line(head)) for head in heads)
    return Table(columns=columns, rows=tuple(tuple(map(a_line, row)) for row in rows))


def compare(before: tuple[Block, ...], after: tuple[Block, ...]) -> list[tuple[str, str, str]]:
    """Compare Chinese papers (the English ones are the same), and give what changed in Chinese."""
    papers = ((a_paper("zh", *blocks), a_paper("en", *blocks)) for blocks in (before, after))
    return [_chinese(one) for one in list_text_changes(*papers)]


def _chinese(one: TextChange) -> tuple[str, str, str]:
    return (one.part.zh, one.before.zh, one.after.zh)


def test_the_same_paper_says_nothing_else() -> None:
    """AMEND-1: no line differs, whatever kinds of blocks there are; a page's end is no line."""
    blocks = (Paragraph(lines=(a_line("甲"),)), a_table(("1", "乙", "2")), Code(text="x"), PageBreak())
    assert compare(blocks, blocks) == []


def test_a_row_names_its_first_cell_and_what_differs() -> None:
    """AMEND-1: of a row that changed the number and the changed cell, of one that is new or gone all that it says."""
    before = a_table(("1", "甲计划", "10"), ("2", "乙计划", "5"))
    after = a_table(("1", "甲计划", "12"))
    assert compare((before,), (after,)) == [
        ("一、计划", "序号：1；数量：10", "序号：1；数量：12"),
        ("一、计划", "序号：2；名称：乙计划；数量：5", "（删去）"),
    ]
    assert compare((), (a_table(("1", "", "9")),)) == [("一、计划", "（无）", "序号：1；数量：9")]


def test_lines_of_text_stand_whole() -> None:
    """AMEND-1: paragraphs, items, commands and headings; a table with other columns is another table."""
    before = (
        Paragraph(lines=(a_line("原文"),)),
        Items(items=((a_line("期间：一月"),),)),
        Code(text="甲"),
        a_table(("1", "乙", "2")),
    )
    after = (
        Paragraph(lines=(a_line("新文"),)),
        Items(items=((a_line("期间：二月"),),)),
        Code(text="乙"),
        a_table(("1", "乙", "2"), heads=("序号", "名称", "户数")),
    )
    assert compare(before, after) == [
        ("一、计划", "原文", "新文"),
        ("一、计划", "期间：一月", "期间：二月"),
        ("一、计划", "甲", "乙"),
        ("一、计划", "序号：1；名称：乙；数量：2", "序号：1；名称：乙；户数：2"),
    ]


def test_a_part_that_is_new_or_gone_is_told_by_its_heading() -> None:
    """AMEND-1: how many lines it has, not each of them; what changed beside it is told; a heading that changed is a line."""
    stays, other = Paragraph(lines=(a_line("甲"),)), Paragraph(lines=(a_line("乙"),))
    added = (Heading(level=1, line=a_line("二、新增")), a_table(("1", "丙", "2"), ("2", "丁", "3")), stays)
    whole = "此部分全部内容（3 行）"
    assert compare((stays,), (stays, *added)) == [("二、新增", "（无）", whole)]
    assert compare((stays, *added), (stays,)) == [("二、新增", whole, "（删去）")]
    assert compare((stays,), (other, *added)) == [("一、计划", "甲", "乙"), ("二、新增", "（无）", whole)]
    renamed = (Heading(level=1, line=a_line("二、改名")), *added[1:])
    assert compare(added, renamed)[0] == ("二、改名", "二、新增", "二、改名")


def test_what_stands_before_the_first_heading_has_a_name() -> None:
    """AMEND-1: a part without a heading is the beginning, in both languages."""
    papers = [
        tuple(
            Document(language=language, front=Front(title=("题",)), blocks=(Paragraph(lines=(a_line(text),)),))
            for language in ("zh", "en")
        )
        for text in ("甲", "乙")
    ]
    (one,) = list_text_changes((papers[0][0], papers[0][1]), (papers[1][0], papers[1][1]))
    assert (one.part.zh, one.part.en) == ("开头部分", "beginning")


def test_both_languages_stand_side_by_side() -> None:
    """AMEND-1: each says its own; what one language alone has changed leaves the other empty."""
    old = (a_paper("zh", Paragraph(lines=(a_line("甲"),))), a_paper("en", a_table(("1", "a", "2"))))
    new = (a_paper("zh", Paragraph(lines=(a_line("乙"),))), a_paper("en", a_table(("1", "b", "3"))))
    (one,) = list_text_changes(old, new)
    assert (one.part.en, one.before.en, one.after.en) == (
        "1. Plan",
        "序号: 1; 名称: a; 数量: 2",
        "序号: 1; 名称: b; 数量: 3",
    )
    (only,) = list_text_changes(old, (new[0], old[1]))
    assert (only.before.zh, only.after.zh, only.before.en, only.after.en) == ("甲", "乙", "", "")
