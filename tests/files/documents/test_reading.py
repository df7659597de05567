"""The source of a paper → a document: every text comes through as it is seen, and nothing outside the model does."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from inspect_cli.core.publish.blocks import (
    Align,
    Block,
    Code,
    Column,
    Front,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Span,
    Table,
    plain_text,
)
from inspect_cli.errors import InputError
from inspect_cli.files.documents.markdown import render_markdown
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.text import escape_markdown, render_command
from inspect_cli.widths import visible
from tests.files.documents.papers import read
from tests.files.documents.test_text import HOSTILE

ANY = st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]<>|~&!$^@:{}#+-=.()0123456789 \t\n'\"/甲，"), st.characters()))


def plain(*texts: str) -> tuple[tuple[Span, ...], ...]:
    """Give lines of plain text, none for an empty one."""
    return tuple((Span(text=text),) if text else () for text in texts)


def refuse(source: str) -> tuple[str, int | None]:
    """Read what is no paper; give what is told, and the line."""
    with pytest.raises(InputError) as caught:
        read_document(source, "zh")
    assert caught.value.where is not None
    assert "docs/notices.md" in str(caught.value.hint)
    return str(caught.value.what), caught.value.where.row


class TestHead:
    """What stands around the text."""

    def test_all_of_it(self) -> None:
        """Each key is read, a title of two lines as two, a value's escapes as the text that they stand for."""
        document = read_document(
            "---\ntitle: 某局\ntitle: 关于\\[甲\\]的公告\n\nnumber: 示综抽查〔2026〕3号\naddressee: 甲厂：\nsignature: 某局\n"
            "date: 2026年12月8日\nseal: yes\nlandscape: yes\n---\n文\n",
            "zh",
        )
        assert document.language == "zh"
        assert document.front == Front(
            title=("某局", "关于[甲]的公告"),
            number="示综抽查〔2026〕3号",
            addressee="甲厂：",
            signature="某局",
            date="2026年12月8日",
            has_seal=True,
            is_landscape=True,
        )
        assert document.blocks == (Paragraph(lines=plain("文")),)

    def test_what_may_be_missing(self) -> None:
        """All but the title may be missing or empty; the source may come from Windows."""
        document = read_document("---\r\ntitle: T\r\nnumber:\r\nseal: no\r\nlandscape:\r\n---\r\n", "en")
        assert document.front == Front(title=("T",))
        assert document.blocks == ()

    @pytest.mark.parametrize(
        ("source", "what", "row"),
        [
            ("", "a paper begins with a head", 1),
            ("# T\n", "a paper begins with a head", 1),
            ("---\ntitle: T\n", "a paper begins with a head", 1),
            ("---\n---\n", "a paper has a title", 1),
            ("---\ntitle:\n---\n", "a paper has a title", 1),
            ("---\ntitle: T\ntitel: T\n---\n", "titel is no key", 3),
            ("---\ntitle: T\nnumber\n---\n", "number is no key", 3),
            ("---\ntitle: T\ndate: 1\ndate: 2\n---\n", "date is no key of a head, or comes again", 4),
            ("---\ntitle: T\nseal: maybe\n---\n", "seal is yes or no", 3),
        ],
    )
    def test_what_is_refused(self, source: str, what: str, row: int) -> None:
        """A head that is not one is told with its line."""
        told, line = refuse(source)
        assert told.startswith(what)
        assert line == row


class TestBlocks:
    """What a text is made of."""

    @pytest.mark.parametrize(
        ("markdown", "blocks"),
        [
            (
                "## 一、\n### （一）\n#### 1.\n",
                [Heading(level=n, line=plain(t)[0]) for n, t in ((1, "一、"), (2, "（一）"), (3, "1."))],
            ),
            ("甲\\\n乙\n\n丙", [Paragraph(lines=plain("甲", "乙")), Paragraph(lines=plain("丙"))]),
            ("- 甲\n\n- 乙\\\n  丙\n-", [Items(items=(plain("甲"), plain("乙", "丙"), plain("")))]),
            ("1. 甲\n2. 乙\n", [Items(items=(plain("甲"), plain("乙")), is_numbered=True)]),
            ("> 甲\n>\n> 乙\n", [Paragraph(lines=plain(text), is_warning=True) for text in "甲乙"]),
            ("```sh\nprintf  '%s'\n\n\tx\n```\n", [Code(text="printf  '%s'\n\n    x")]),
            ("```signatures\n检查人员\n\n\\*日期\n```\n", [Signatures(labels=("检查人员", "*日期"))]),
            ("甲\n\n---\n\n乙", [Paragraph(lines=plain("甲")), PageBreak(), Paragraph(lines=plain("乙"))]),
        ],
    )
    def test_each_kind(self, markdown: str, blocks: list[Block]) -> None:
        """Each construct is the block that it stands for."""
        assert list(read(markdown).blocks) == blocks

    def test_a_table(self) -> None:
        """A table has its alignments, as many cells in each row as there are columns, and a bar within a cell."""
        (table,) = read("| a | b | c |\n| :--- | ---: | :---: |\n| 1 | x \\| y |\n|||\n").blocks
        columns = tuple(
            Column(head=plain(text)[0], align=align)
            for text, align in zip("abc", (Align.LEFT, Align.RIGHT, Align.CENTER), strict=True)
        )
        assert table == Table(columns=columns, rows=(plain("1", "x | y", ""), plain("", "", "")))

    def test_room_to_write_in(self) -> None:
        """A longer delimiter asks for as much room as it has dashes; three say nothing, and Markdown says it the same way."""
        source = "| a | b | c |\n| --- | ---------- | :------: |\n| 1 |  |  |\n"
        document = read(source)
        (table,) = document.blocks
        assert isinstance(table, Table)
        assert [column.room for column in table.columns] == [0, 10, 6]
        assert source in render_markdown(document)

    def test_a_heading_of_marks(self) -> None:
        """A heading that is a # stays one when it is written as Markdown and read again."""
        (heading,) = read("## \\#\n").blocks
        assert heading == Heading(level=1, line=plain("#")[0])
        assert "## \\#" in render_markdown(read("## \\#\n"))

    def test_line_ends_of_all_kinds(self) -> None:
        """Lines that end as on an old Mac are lines, so that a table's delimiter is found where it stands."""
        (table,) = read("| a |\r| ----- |\r| 1 |\r").blocks
        assert isinstance(table, Table)
        assert table.columns[0].room == 5

    def test_kinds_of_text(self) -> None:
        """Emphasis of either kind is strong, within each other once; code is code, strong or not; neighbours of one kind are one."""
        (paragraph,) = read("a **b *c* `d`** _e_`f`g\\*h").blocks
        assert paragraph == Paragraph(
            lines=(
                (
                    Span(text="a "),
                    Span(text="b c ", is_strong=True),
                    Span(text="d", is_strong=True, is_code=True),
                    Span(text=" "),
                    Span(text="e", is_strong=True),
                    Span(text="f", is_code=True),
                    Span(text="g*h"),
                ),
            )
        )

    @pytest.mark.parametrize(
        ("markdown", "text"),
        [("甲\n乙", "甲乙"), ("a\nb", "a b"), ("甲\nb", "甲 b"), ("甲，\n**乙**", "甲，乙"), ("a\n**b**", "a b")],
    )
    def test_a_line_end_within_a_paragraph(self, markdown: str, text: str) -> None:
        """Between two Chinese characters a line end is nothing, elsewhere a space."""
        (paragraph,) = read(markdown).blocks
        assert isinstance(paragraph, Paragraph)
        assert [plain_text(line) for line in paragraph.lines] == [text]

    @pytest.mark.parametrize(
        "markdown",
        [
            "<b>x</b>",
            "<script>",
            "<!-- x -->",
            "[x](https://example.com)",
            "![x](x.png)",
            "<https://example.com>",
            "[x]",
            "&amp; &#x202e;",
            "x\n===",
            "~~x~~",
        ],
    )
    def test_what_is_text_here(self, markdown: str) -> None:
        """HTML, links, pictures, entities and underlined headings are the characters that they are written with."""
        (paragraph,) = read(markdown + "\n\n[x]: https://example.com\n").blocks[:1]
        assert paragraph == Paragraph(lines=plain(markdown.replace("\n", " ")))

    @pytest.mark.parametrize(
        ("markdown", "what", "row"),
        [
            ("甲\n\n# 乙\n", "headings begin with two to four #", 6),
            ("##### 乙\n", "headings begin with two to four #", 4),
            ("- 甲\n  - 乙\n", "this cannot stand here in a paper", 5),
            ("- 甲\n\n  乙\n", "this cannot stand here in a paper", 6),
            ("- ## 甲\n", "this cannot stand here in a paper", 4),
            ("> - 甲\n", "this cannot stand here in a paper", 4),
            ("2. 甲\n", "a numbered list begins with 1", 4),
            (
                "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|\n" * 2000,
                "a paper has no room for so large a table",
                54,
            ),
            ("甲\n\n" * 25_000, "a paper has no room for so large a table, so many lines", 40_004),
            ("甲\n" + "_a_ *b* \\* " * 4000 + "\n" + "_a_ *b*" * 2000, "a paper has no room for so large a table", 6),
        ],
    )
    def test_what_is_refused(self, markdown: str, what: str, row: int) -> None:
        """What blocks cannot say is told with its line in the whole source."""
        told, line = refuse(f"---\ntitle: T\n---\n{markdown}")
        assert told.startswith(what)
        assert line == row


def test_what_a_source_has_room_for() -> None:
    """A table of many strong cells is read, and so are many paragraphs and names with many marks, which are escaped."""
    rows = "| **a** | b |\n" * 300
    name = escape_markdown("*" * 30_000)
    document = read(
        f"| h | h |\n| --- | --- |\n{rows}\n" + f"**{'a ' * 10}**\n\n" * 300 + f"{name}\n\n| {name} |\n| --- |\n"
    )
    assert len(document.blocks) == 303


def make_source(text: str) -> str:
    """Make a source with a text in every place that a template can put one."""
    x = escape_markdown(text)
    return (
        f"---\ntitle: {x}\ntitle: T{x}\nnumber: {x}\naddressee: {x}\nsignature: {x}\ndate: {x}\n---\n"
        f"## {x}\n\n#### 1{x}#\n\n甲{x}\\\n乙 {x} 丙\n\n- {x}\n- 甲{x}\n\n1. {x}\n\n> {x}x\n\n"
        f"| {x} | h |\n| --- | --- |\n| {x} | 甲{x} |\n\n"
        f"**{x}x**\n\n```signatures\n甲{x}\n```\n"
    )


def find_texts(source: str) -> list[str]:
    """Read a source, and give its texts in their order."""
    document = read_document(source, "zh")
    front = document.front
    texts = [*front.title, front.number, front.addressee, front.signature, front.date]
    for block in document.blocks:
        match block:
            case Heading():
                texts.append(plain_text(block.line))
            case Paragraph():
                texts += map(plain_text, block.lines)
            case Items():
                texts += [plain_text(line) for lines in block.items for line in lines]
            case Table():
                texts += [plain_text(column.head) for column in block.columns]
                texts += [plain_text(cell) for row in block.rows for cell in row]
            case Signatures():
                texts += block.labels
            case _:
                raise AssertionError(block)
    return texts


def assert_comes_through(text: str) -> None:
    """Assert that a text is seen as it is in each place of a document, and that the blocks are those of the source."""
    x = visible(text).strip()
    title = [x] if x else []
    expected = [*title, f"T{x}", x, x, x, x, x, f"1{x}#", f"甲{x}", f"乙 {x} 丙", x, f"甲{x}", x, f"{x}x"]
    expected += [x, "h", x, f"甲{x}", f"{x}x", f"甲{x}"]
    assert find_texts(make_source(text)) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_through(text: str) -> None:
    """BLOCK-1: whatever a name says, the span's text is exactly what can be seen of it."""
    assert_comes_through(text)


@given(ANY)
@example("a #")
@example("a|b\\")
@example(":-:")
@example("`a`|")
def test_any_text_comes_through(text: str) -> None:
    """BLOCK-1: the same for any text that anybody could write."""
    assert_comes_through(text)


@given(ANY)
@example("```")
@example("x````")
def test_any_command_comes_through(text: str) -> None:
    """A line that is typed is code, whatever fences it holds."""
    assume(text and text.isprintable())
    assert read(f"{render_command(text)}\n").blocks == (Code(text=text),)


@given(st.text(alphabet=st.sampled_from("#*_`>|-=+~.1!\\[]()<>&:;{} \n\r\t甲a\u202e\x00\x1b")))
def test_no_source_breaks_the_reader(markdown: str) -> None:
    """Whatever a source is, it is a document or refused; and no span holds what cannot be seen."""
    try:
        document = read(markdown)
    except InputError:
        return
    shown = repr(document)
    assert not any(char in shown for char in ("\\u202e", "\\x00", "\\x1b", "\\t"))
